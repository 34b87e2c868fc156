"""A batch of archive pages: what was declared of it, what came of each sheet, and what people may change of a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TypeAlias


class PageRole(Enum):
    """What a page is to its file."""

    PAGE = "page"
    BLANK = "blank"
    COPY = "copy"  # the very same picture as an earlier page
    SEPARATOR = "separator"
    UNREAD = "separator-unread"  # a separator whose number must be asked for
    BROKEN = "broken"  # no whole picture
    REPLACED = "replaced"  # another page was scanned in its place; it stays


# Left, top, right, bottom as shares of a picture as it was scanned.
Box: TypeAlias = tuple[float, float, float, float]
WHOLE: Box = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True)
class Declared:
    """What the officer says the pile holds; 0 = not said. Pages without separators, blanks and copies."""

    pages: int = 0
    files: int = 0


@dataclass(frozen=True)
class BatchProfile:
    """How a batch is scanned. ``kind``: V vehicle, D driver. ``source``: as the scanner's sources are called, or files.

    ``serial``, ``business``: of the pages before the first separator, "" = nobody's. ``paper``: a4, a3, … or "" for the
    scanner's own. ``earlier``: 转入业务补录, files from before the vehicle came here, under a number of the officer's own;
    it names the 流水号 of the transfer that they belong to.
    """

    kind: str
    source: str
    dpi: int = 300
    colour: str = "colour"
    paper: str = "a4"
    serial: str = ""
    business: str = ""
    declared: Declared = field(default_factory=Declared)
    earlier: str = ""


class BatchState(Enum):
    """Where a batch stands. A closed one was begun and thrown away before any page came."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Batch:
    """``department``: the station's name; ``region``: its administrative division."""

    id: str
    profile: BatchProfile
    state: BatchState
    started: datetime
    officer: str
    department: str
    region: str


@dataclass(frozen=True)
class PageFound:
    """What measuring found of one sheet, beside its place in a file. ``gap``: behind which unread separator (0: before the
    first one). ``copy_of``: the id of the page it repeats. ``reasons``: ids of resources/pages.toml. ``content``: where
    anything is written."""

    gap: int = 0
    copy_of: str = ""
    skew_deg: float = 0.0
    turn: int = 0
    dpi: int = 0
    reasons: tuple[str, ...] = ()
    content: Box = WHOLE


@dataclass(frozen=True)
class Standing:
    """What people may change of a page, and undo.

    ``place``: pages of a file lie in its order. ``type``: id of resources/archive/types.toml, "" = not known; ``by``: who
    says so (see TypedBy), ``because`` of what; ``confidence`` 0…1. ``turn``: degrees clockwise that make it upright.
    ``crop``: what of the picture is shown and handed out; the picture itself stays whole.
    ``rejected``: why it must be scanned again. ``passed_by``: the second officer who signed for a page with reasons
    against it.
    """

    role: PageRole
    kind: str
    serial: str
    business: str
    place: float
    type: str = ""
    by: str = ""
    confidence: float = 0.0
    because: str = ""
    turn: int = 0
    crop: Box = WHOLE
    rejected: str = ""
    passed_by: str = ""


class TypedBy(Enum):
    """Which step said what a page is."""

    MEASURE = "measure"  # blank or separator
    BARCODE = "barcode"
    TITLE = "title"
    WORDS = "words"  # bigrams of what the title strip says
    PICTURE = "picture"  # the small image model
    REMOTE = "remote"
    OFFICER = "officer"


@dataclass(frozen=True)
class ArchivePage:
    """One sheet's side. ``number``: of the sheet, in the order of the feeder. ``found`` None: not measured yet."""

    id: str
    batch: str
    number: int
    side: str
    dpi: int
    size: int
    digest: str
    media_type: str
    arrived: datetime
    found: PageFound | None
    standing: Standing
    receipt: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is a page of its file: blanks, separators, copies and replaced ones stay, but do not count."""
        return self.standing.role is PageRole.PAGE


class FileState(Enum):
    """Where one file of a batch stands."""

    OPEN = "open"
    ACCEPTED = "accepted"  # on its way to the back end
    SENT = "sent"  # acknowledged
    RETURNED = "returned"  # 驳回: pages of it must be scanned again


@dataclass(frozen=True)
class FileFacts:
    """What a file is searched by. "" = not known."""

    plate: str = ""
    plate_kind: str = ""
    vin: str = ""
    archive_number: str = ""
    id_number: str = ""
    name: str = ""


@dataclass(frozen=True)
class ArchiveFile:
    """Pages under one 流水号. ``officer``: who accepted it; ``second``: who signed for its red pages. ``error``: why the
    back end has not taken it yet, or why it was returned."""

    batch: str
    kind: str
    serial: str
    business: str
    facts: FileFacts
    state: FileState
    department: str
    scanned_by: str
    scanned: datetime
    officer: str = ""
    second: str = ""
    accepted: datetime | None = None
    receipt: str = ""
    error: str = ""
    related: str = ""  # 转入业务补录: the transfer's own 流水号


def same_file(page: ArchivePage, kind: str, serial: str) -> bool:
    """Whether a page lies under that number."""
    return (page.standing.kind, page.standing.serial) == (kind, serial)

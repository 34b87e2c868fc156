"""A pile of files going through the scanner: each page measured while the next one is drawn in, sorted under its 流水号.

The pages' files are on the disk before they come here. What is found of each stands in a journal beside them, a JSON line a
page, fsynced. A page whose line is missing (the power went between the two) is measured first when the pile is taken up
again. Nothing is moved, renamed or thrown away: blank pages, separators and copies are marked.
"""

from __future__ import annotations

import json
import os
import queue
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import Any

from app.archive.judging import is_blank, page_limits, page_reasons
from app.archive.page_facts import measured
from app.archive.separators import FileKind, Separator, SeparatorReading, separator_on
from app.domain.errors import BadInput
from app.imaging.decode import decode
from app.security.digest import sm3_hex

JOURNAL = "pile.jsonl"
_LONGEST_LINE = 64 * 1024


class Role(Enum):
    """What a page is to its file."""

    PAGE = "page"
    BLANK = "blank"
    COPY = "copy"  # the very same picture as an earlier page
    SEPARATOR = "separator"
    UNREAD = "separator-unread"  # a separator whose number must be asked for
    BROKEN = "broken"  # no whole picture


@dataclass(frozen=True)
class PiledPage:
    """One line of the journal. ``serial`` "": nobody knows yet whose it is, and ``gap`` says behind which unread separator
    (0: before the first one). ``copy_of``: the file of the page it repeats. ``reasons``: ids of resources/pages.toml."""

    file: str
    number: int
    side: str
    dpi: int
    digest: str
    role: Role
    kind: str = ""
    serial: str = ""
    business: str = ""
    gap: int = 0
    copy_of: str = ""
    skew_deg: float = 0.0
    reasons: tuple[str, ...] = ()

    def line(self) -> str:
        """As it is written."""
        return json.dumps({**asdict(self), "role": self.role.value}, ensure_ascii=False)

    @classmethod
    def of_line(cls, text: str) -> PiledPage | None:
        """None for a line that is none: half written when the power went, or somebody else's."""
        try:
            row: Any = json.loads(text[:_LONGEST_LINE])
            return cls(**{**row, "role": Role(row["role"]), "reasons": tuple(row["reasons"])})
        except (ValueError, TypeError, KeyError, RecursionError):
            return None


@dataclass(frozen=True)
class PiledFile:
    """Pages under one 流水号, in their order; ``serial`` "" for those behind a separator that was not read."""

    kind: str
    serial: str
    business: str
    gap: int
    pages: tuple[PiledPage, ...]


@dataclass(frozen=True)
class Declared:
    """What the officer says the pile holds; 0 = not said. Pages without separators, blanks and copies."""

    pages: int = 0
    files: int = 0


@dataclass(frozen=True)
class PileReport:
    """``asked``: ids of what a person must decide, with the numbers to say: see resources/pages.toml."""

    files: tuple[PiledFile, ...]
    asked: tuple[tuple[str, dict[str, int]], ...]


@dataclass
class _Standing:
    """Whose pages come now."""

    separator: Separator | None
    gap: int = 0

    def place(self, reading: SeparatorReading | None) -> None:
        if reading is None:
            return
        self.separator = reading.separator
        self.gap += reading.separator is None


@dataclass
class _Found:
    """Everything of the pile so far; digests of pages that were seen."""

    pages: list[PiledPage] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)


class Pile:
    """``add`` on the scanner's thread, at once; measuring runs on a thread of its own, in order. ``close`` once."""

    def __init__(self, folder: Path, first: Separator | None) -> None:
        self._folder = folder
        self._standing = _Standing(first)
        self._found = _Found()
        self._waiting: queue.Queue[tuple[str, int, str, int] | None] = queue.Queue()
        known = self._read()
        for name, number, side in _pages_in(folder):
            if name not in known:
                self._waiting.put((name, number, side, 0))
        self._measuring = ThreadPoolExecutor(1, thread_name_prefix="pile")
        self._work_done = self._measuring.submit(self._work)

    def _read(self) -> set[str]:
        """The journal as it stood; whose pages come next is what its last separator said."""
        path = self._folder / JOURNAL
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
        for page in filter(None, map(PiledPage.of_line, lines)):
            self._found.pages.append(page)
            self._found.digests.setdefault(page.digest, page.file)
            if page.role is Role.SEPARATOR:
                self._standing = _Standing(Separator(FileKind(page.kind), page.serial, page.business), page.gap)
            elif page.role is Role.UNREAD:
                self._standing = _Standing(None, page.gap)
        return {page.file for page in self._found.pages}

    def add(self, file: str, number: int, side: str, dpi: int) -> None:
        """A page whose file is whole on the disk."""
        self._waiting.put((file, number, side, dpi))

    def close(self) -> tuple[PiledPage, ...]:
        """Wait for everything to be measured. Raises OSError where the journal or a page could not be written or read."""
        self._waiting.put(None)
        try:
            self._work_done.result()
        finally:
            self._measuring.shutdown()
        return tuple(self._found.pages)

    def _work(self) -> None:
        with (self._folder / JOURNAL).open("a", encoding="utf-8") as journal:
            journal.write("\n" if self._torn() else "")
            while (waiting := self._waiting.get()) is not None:
                page = self._placed(*waiting)
                self._found.pages.append(page)
                journal.write(page.line() + "\n")
                journal.flush()
                os.fsync(journal.fileno())

    def _torn(self) -> bool:
        """Whether the power went in the middle of the journal's last line."""
        data = (self._folder / JOURNAL).read_bytes()
        return bool(data) and not data.endswith(b"\n")

    def _placed(self, file: str, number: int, side: str, dpi: int) -> PiledPage:
        data = (self._folder / file).read_bytes()
        page = PiledPage(file, number, side, dpi, sm3_hex(data), Role.PAGE)
        try:
            picture = decode(data)
        except BadInput as error:
            return self._whose(replace(page, role=Role.BROKEN, reasons=(error.code,)))
        tag = float(dpi) or (picture.facts.dpi[0] if picture.facts.dpi else 0.0)
        facts, limits = measured(picture.pixels, tag), page_limits()
        reading = separator_on(picture.pixels, facts.dpi.value)
        self._standing.place(reading)
        reasons = tuple(reason.id for reason in page_reasons(facts, reading, limits, "en"))
        page = replace(page, skew_deg=round(facts.skew.degrees, 2), dpi=round(facts.dpi.value), reasons=reasons)
        if reading is not None:
            return self._whose(replace(page, role=Role.UNREAD if reading.separator is None else Role.SEPARATOR))
        if is_blank(facts, limits):
            return self._whose(replace(page, role=Role.BLANK))
        before = self._found.digests.setdefault(page.digest, file)
        return self._whose(page if before == file else replace(page, role=Role.COPY, copy_of=before))

    def _whose(self, page: PiledPage) -> PiledPage:
        known = self._standing.separator
        if known is None:
            return replace(page, gap=self._standing.gap)
        return replace(page, kind=known.kind.value, serial=known.serial, business=known.business, gap=self._standing.gap)


def _pages_in(folder: Path) -> list[tuple[str, int, str]]:
    """Name, number and side of the pages that are there, in their order (written by ``scan``)."""
    found = []
    for path in folder.glob("page-*-*.*"):
        parts = path.stem.split("-")
        if path.suffix in {".jpg", ".png"} and len(parts) == 3 and parts[1].isdecimal():
            found.append((path.name, int(parts[1]), parts[2]))
    return sorted(found, key=lambda each: each[1])


def report(pages: Iterable[PiledPage], declared: Declared, *, duplex: bool) -> PileReport:
    """The files of a pile, and what stands against taking them as they are. Pure."""
    pages = list(pages)
    by_file: dict[tuple[str, str, str, int], list[PiledPage]] = {}
    for page in pages:
        key = (page.kind, page.serial, page.business, 0 if page.serial else page.gap)
        by_file.setdefault(key, []).append(page)
    files = tuple(PiledFile(*key, tuple(each)) for key, each in by_file.items())
    return PileReport(files, tuple(_asked(pages, files, declared, duplex)))


def _asked(
    pages: list[PiledPage], files: tuple[PiledFile, ...], declared: Declared, duplex: bool
) -> Iterable[tuple[str, dict[str, int]]]:
    roles = Counter(page.role for page in pages)
    if roles[Role.UNREAD]:
        yield "separators-unread", {"count": roles[Role.UNREAD]}
    lost = [page for page in pages if not page.serial and page.role is Role.PAGE]
    if lost:
        yield "pages-of-nobody", {"count": len(lost)}
    for role, name in ((Role.COPY, "copies"), (Role.BROKEN, "broken")):
        if roles[role]:
            yield name, {"count": roles[role]}
    sides: Mapping[str, int] = Counter(page.side for page in pages)
    if duplex and sides.get("front", 0) != sides.get("back", 0):
        yield "sides-differ", {"front": sides.get("front", 0), "back": sides.get("back", 0)}
    if declared.pages and declared.pages != roles[Role.PAGE]:
        yield "pages-declared", {"declared": declared.pages, "found": roles[Role.PAGE]}
    known = sum(bool(each.serial) for each in files)
    if declared.files and declared.files != known:
        yield "files-declared", {"declared": declared.files, "found": known}
    empty = sum(bool(each.serial) and all(page.role is not Role.PAGE for page in each.pages) for each in files)
    if empty:
        yield "files-empty", {"count": empty}

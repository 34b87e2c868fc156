"""Each sheet of a pile looked at once: a separator, blank, a copy, or a page of whoever stood on the last separator."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.archive.judging import is_blank, page_limits, page_reasons
from app.archive.page_facts import PageFacts, measured
from app.archive.separators import FileKind, Separator, separator_on
from app.domain.archive_batch import PageFound, PageRole
from app.domain.errors import BadInput
from app.imaging.decode import Pixels, decode


@dataclass(frozen=True)
class Owner:
    """Whose a page is. ``serial`` "": nobody knows yet."""

    kind: str = ""
    serial: str = ""
    business: str = ""
    gap: int = 0


@dataclass(frozen=True)
class Looked:
    """One sheet by itself. ``separator`` None where its number cannot be read, or it is none; ``pixels`` and ``facts`` None
    for one that is no whole picture."""

    role: PageRole
    found: PageFound
    separator: Separator | None = None
    pixels: Pixels | None = None
    facts: PageFacts | None = None


@dataclass(frozen=True)
class Sorted:
    """What came of one sheet in its place."""

    role: PageRole
    owner: Owner
    found: PageFound


@dataclass
class Sorter:
    """Knows whose pages come now and which pictures were seen. Sheets in the order of the feeder, one at a time."""

    owner: Owner = field(default_factory=Owner)
    seen: dict[str, str] = field(default_factory=dict)

    @classmethod
    def starting(cls, first: Separator | None) -> Sorter:
        """``first``: whose pages come before any separator, None = nobody's."""
        return cls(Owner() if first is None else Owner(first.kind.value, first.serial, first.business))

    def remember(self, page_id: str, digest: str, role: PageRole, owner: Owner) -> None:
        """A sheet that was sorted before, in its order."""
        self.seen.setdefault(digest, page_id)
        if role in {PageRole.SEPARATOR, PageRole.UNREAD}:
            self.owner = owner

    def sort(self, page_id: str, digest: str, data: bytes, scan_dpi: int) -> Sorted:
        """``data``: the picture's file; ``scan_dpi``: what the scanner says, 0 = nothing."""
        return self.place(page_id, digest, looked_at(data, scan_dpi))

    def place(self, page_id: str, digest: str, looked: Looked) -> Sorted:
        """What was looked at joins whoever stands on the last separator."""
        role, copy_of = looked.role, ""
        if role in {PageRole.SEPARATOR, PageRole.UNREAD}:
            self.owner = _owner(looked.separator, self.owner.gap)
        elif role is PageRole.PAGE:
            before = self.seen.setdefault(digest, page_id)
            if before != page_id:
                role, copy_of = PageRole.COPY, before
        return Sorted(role, self.owner, replace(looked.found, gap=self.owner.gap, copy_of=copy_of))


def looked_at(data: bytes, scan_dpi: int) -> Looked:
    """What one sheet shows, whatever lies before it. Pure; thread: any."""
    try:
        picture = decode(data)
    except BadInput as error:
        return Looked(PageRole.BROKEN, PageFound(dpi=scan_dpi, reasons=(error.code,)))
    tag = float(scan_dpi) or (picture.facts.dpi[0] if picture.facts.dpi else 0.0)
    facts, limits = measured(picture.pixels, tag), page_limits()
    reading = separator_on(picture.pixels, facts.dpi.value)
    role = PageRole.BLANK if is_blank(facts, limits) else PageRole.PAGE
    if reading is not None:
        role = PageRole.UNREAD if reading.separator is None else PageRole.SEPARATOR
    found = PageFound(
        skew_deg=round(facts.skew.degrees, 2),
        turn=facts.orientation.turn or 0,
        dpi=round(facts.dpi.value),
        content=facts.content,
        reasons=tuple(reason.id for reason in page_reasons(facts, reading, limits, "en")),
    )
    return Looked(role, found, None if reading is None else reading.separator, picture.pixels, facts)


def _owner(separator: Separator | None, gap: int) -> Owner:
    if separator is None:
        return Owner(gap=gap + 1)
    return Owner(separator.kind.value, separator.serial, separator.business, gap)


def first_of(kind: str, serial: str, business: str = "") -> Separator | None:
    """Whose pages come first: what the officer typed, None for nothing."""
    return Separator(FileKind(kind), serial, business) if serial else None

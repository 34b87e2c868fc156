"""What an officer does to pages of a batch, as standings that follow; nothing is written here. All pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.archive.sorting import Owner
from app.domain.archive_batch import WHOLE, ArchivePage, PageRole, Standing, TypedBy

Changes = dict[str, Standing]
_GAP = 2.0**-20  # closer than this two places are not told apart: the file is numbered anew


def in_order(pages: Iterable[ArchivePage]) -> list[ArchivePage]:
    """As they lie in their file."""
    return sorted(pages, key=lambda page: (page.standing.place, page.number, page.side != "front"))


def retyped(pages: Iterable[ArchivePage], type_id: str) -> Changes:
    """人工纠偏: an officer says what these are."""
    by = TypedBy.OFFICER.value
    return {page.id: replace(page.standing, type=type_id, by=by, confidence=1.0, because="") for page in pages}


def turned(pages: Iterable[ArchivePage], degrees: int) -> Changes:
    """Clockwise, a multiple of 90; the picture itself stays as it was scanned."""
    return {page.id: replace(page.standing, turn=(page.standing.turn + degrees) % 360) for page in pages}


def trimmed(pages: Iterable[ArchivePage]) -> Changes:
    """To what is written on them, or whole again where they are trimmed already. Cuts no ink: the picture stays whole."""
    pages = list(pages)
    whole = any(page.standing.crop != WHOLE for page in pages)
    return {
        page.id: replace(page.standing, crop=WHOLE if whole or page.found is None else page.found.content) for page in pages
    }


def given_role(pages: Iterable[ArchivePage], role: PageRole) -> Changes:
    """A blank that is none, a page that is blank, a copy that is wanted."""
    return {page.id: replace(page.standing, role=role) for page in pages}


def moved_to(pages: Iterable[ArchivePage], owner: Owner) -> Changes:
    """Into another file, behind each other as they are."""
    return {
        page.id: replace(page.standing, kind=owner.kind, serial=owner.serial, business=owner.business) for page in pages
    }


def split_from(file: Iterable[ArchivePage], first: ArchivePage, owner: Owner) -> Changes:
    """That page and all behind it are another file."""
    ordered = in_order(file)
    return moved_to(ordered[ordered.index(first) :], owner)


def put_before(file: Sequence[ArchivePage], pages: Sequence[ArchivePage], before: ArchivePage | None) -> Changes:
    """Pages of a file before another one of it, None = to its end."""
    chosen = {page.id for page in pages}
    rest = [page for page in in_order(file) if page.id not in chosen]
    at = len(rest) if before is None or before.id in chosen else rest.index(before)
    low = rest[at - 1].standing.place if at else (rest[at].standing.place - 2.0 if rest else 0.0)
    high = rest[at].standing.place if at < len(rest) else low + 2.0 * (len(pages) + 1)
    step = (high - low) / (len(pages) + 1)
    if step < _GAP:
        ordered = [*rest[:at], *pages, *rest[at:]]
        return {page.id: replace(page.standing, place=float(n)) for n, page in enumerate(ordered, start=1)}
    return {page.id: replace(page.standing, place=low + step * n) for n, page in enumerate(pages, start=1)}


def rejected(pages: Iterable[ArchivePage], reason: str) -> Changes:
    """Must be scanned again; "" takes it back."""
    return {page.id: replace(page.standing, rejected=reason) for page in pages}


def signed_for(pages: Iterable[ArchivePage], officer: str) -> Changes:
    """A second officer takes pages as they are."""
    return {page.id: replace(page.standing, passed_by=officer) for page in pages}


def replaced(old: ArchivePage, new: ArchivePage) -> Changes:
    """``new`` lies where ``old`` lay; ``old`` stays, and counts no more."""
    s = old.standing
    return {
        old.id: replace(s, role=PageRole.REPLACED, rejected=""),
        new.id: replace(
            new.standing,
            role=PageRole.PAGE,
            kind=s.kind,
            serial=s.serial,
            business=s.business,
            place=s.place,
            type=s.type or new.standing.type,
            by=s.by or new.standing.by,
        ),
    }


def numbered(pages: Iterable[ArchivePage], owner: Owner) -> Changes:
    """The number of a separator that could not be read, said by hand: it and what follows it up to the next one.

    ``pages``: those that belong to nobody behind it, the separator among them.
    """
    return {
        page.id: replace(
            page.standing,
            role=PageRole.SEPARATOR if page.standing.role is PageRole.UNREAD else page.standing.role,
            kind=owner.kind,
            serial=owner.serial,
            business=owner.business,
        )
        for page in pages
    }

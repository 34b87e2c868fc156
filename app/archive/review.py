"""What stands against a file before it leaves: doubtful pages, missing material, pages nobody knows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.archive.classify import KIND_NAMES
from app.archive.pile import PiledPage, PileReport, report
from app.config.archive_materials import ArchiveBusiness, archive_businesses
from app.domain.archive import Lack, lacks_of
from app.domain.archive_batch import ArchiveFile, ArchivePage, Batch, PageRole

# These do not hold a page up: a scan that is a little askew is still whole.
_MILD = frozenset({"turned", "sideways", "skewed"})


@dataclass(frozen=True)
class FileReview:
    """``red``: pages that a second officer must sign for, or that come again. ``rejected``: those that must come again.

    ``untyped``: nobody has said what they are.
    """

    lacks: tuple[Lack, ...]
    red: tuple[ArchivePage, ...]
    rejected: tuple[ArchivePage, ...]
    untyped: tuple[ArchivePage, ...]
    pages: int

    @property
    def ready(self) -> bool:
        """Whether it may leave as it is, with the second officer's word where pages are red."""
        return bool(self.pages) and not (self.lacks or self.red or self.rejected or self.untyped)


def business_of(file: ArchiveFile) -> ArchiveBusiness | None:
    """None for a code that nobody configured: then nothing is asked for."""
    return archive_businesses(KIND_NAMES[file.kind]).get(file.business)


def is_red(page: ArchivePage) -> bool:
    """Something measured speaks against it and nobody has signed for it."""
    if page.found is None or page.standing.passed_by:
        return False
    return bool(set(page.found.reasons) - _MILD)


def reviewed(file: ArchiveFile, pages: Iterable[ArchivePage], facts: Mapping[str, bool]) -> FileReview:
    """``pages``: all of the file's; blanks, copies and replaced ones do not count."""
    counted = [page for page in pages if page.counts]
    business = business_of(file)
    lacks = lacks_of([page.standing.type for page in counted], business.rules, facts) if business is not None else ()
    return FileReview(
        lacks=tuple(lack for lack in lacks if lack.kind.value != "untyped"),
        red=tuple(page for page in counted if is_red(page) and not page.standing.rejected),
        rejected=tuple(page for page in counted if page.standing.rejected),
        untyped=tuple(page for page in counted if not page.standing.type),
        pages=len(counted),
    )


def batch_report(batch: Batch, pages: Iterable[ArchivePage]) -> PileReport:
    """Declared against found, unread separators, copies, sides that slipped."""
    return report(map(piled, pages), batch.profile.declared, duplex=batch.profile.source == "duplex")


def piled(page: ArchivePage) -> PiledPage:
    """A page of a batch as a page of a pile."""
    s, found = page.standing, page.found
    return PiledPage(
        file=page.id,
        number=page.number,
        side=page.side,
        dpi=found.dpi if found is not None else page.dpi,
        digest=page.digest,
        role=PageRole.COPY if s.role is PageRole.REPLACED else s.role,
        kind=s.kind,
        serial=s.serial,
        business=s.business,
        gap=found.gap if found is not None else 0,
        copy_of=found.copy_of if found is not None else "",
        skew_deg=found.skew_deg if found is not None else 0.0,
        reasons=found.reasons if found is not None else (),
    )

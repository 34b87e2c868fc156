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
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.archive.separators import Separator
from app.archive.sorting import Owner, Sorter
from app.domain.archive_batch import Declared, PageRole
from app.security.digest import sm3_hex

JOURNAL = "pile.jsonl"
_LONGEST_LINE = 64 * 1024


@dataclass(frozen=True)
class PiledPage:
    """One line of the journal. ``serial`` "": nobody knows yet whose it is, and ``gap`` says behind which unread separator
    (0: before the first one). ``copy_of``: the file of the page it repeats. ``reasons``: ids of resources/pages.toml."""

    file: str
    number: int
    side: str
    dpi: int
    digest: str
    role: PageRole
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
            return cls(**{**row, "role": PageRole(row["role"]), "reasons": tuple(row["reasons"])})
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
class PileReport:
    """``asked``: ids of what a person must decide, with the numbers to say: see resources/pages.toml."""

    files: tuple[PiledFile, ...]
    asked: tuple[tuple[str, dict[str, int]], ...]


class Pile:
    """``add`` on the scanner's thread, at once; measuring runs on a thread of its own, in order. ``close`` once."""

    def __init__(self, folder: Path, first: Separator | None) -> None:
        self._folder = folder
        self._sorter = Sorter.starting(first)
        self._pages: list[PiledPage] = []
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
            self._pages.append(page)
            self._sorter.remember(page.file, page.digest, page.role, Owner(page.kind, page.serial, page.business, page.gap))
        return {page.file for page in self._pages}

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
        return tuple(self._pages)

    def _work(self) -> None:
        with (self._folder / JOURNAL).open("a", encoding="utf-8") as journal:
            journal.write("\n" if self._torn() else "")
            while (waiting := self._waiting.get()) is not None:
                page = self._placed(*waiting)
                self._pages.append(page)
                journal.write(page.line() + "\n")
                journal.flush()
                os.fsync(journal.fileno())

    def _torn(self) -> bool:
        """Whether the power went in the middle of the journal's last line."""
        data = (self._folder / JOURNAL).read_bytes()
        return bool(data) and not data.endswith(b"\n")

    def _placed(self, file: str, number: int, side: str, dpi: int) -> PiledPage:
        data = (self._folder / file).read_bytes()
        digest = sm3_hex(data)
        said = self._sorter.sort(file, digest, data, dpi)
        owner, found = said.owner, said.found
        return PiledPage(
            file,
            number,
            side,
            found.dpi,
            digest,
            said.role,
            kind=owner.kind,
            serial=owner.serial,
            business=owner.business,
            gap=owner.gap,
            copy_of=found.copy_of,
            skew_deg=found.skew_deg,
            reasons=found.reasons,
        )


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
    if roles[PageRole.UNREAD]:
        yield "separators-unread", {"count": roles[PageRole.UNREAD]}
    lost = [page for page in pages if not page.serial and page.role is PageRole.PAGE]
    if lost:
        yield "pages-of-nobody", {"count": len(lost)}
    for role, name in ((PageRole.COPY, "copies"), (PageRole.BROKEN, "broken")):
        if roles[role]:
            yield name, {"count": roles[role]}
    sides: Mapping[str, int] = Counter(page.side for page in pages)
    if duplex and sides.get("front", 0) != sides.get("back", 0):
        yield "sides-differ", {"front": sides.get("front", 0), "back": sides.get("back", 0)}
    if declared.pages and declared.pages != roles[PageRole.PAGE]:
        yield "pages-declared", {"declared": declared.pages, "found": roles[PageRole.PAGE]}
    known = sum(bool(each.serial) for each in files)
    if declared.files and declared.files != known:
        yield "files-declared", {"declared": declared.files, "found": known}
    empty = sum(bool(each.serial) and all(page.role is not PageRole.PAGE for page in each.pages) for each in files)
    if empty:
        yield "files-empty", {"count": empty}

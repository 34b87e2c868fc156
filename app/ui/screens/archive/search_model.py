"""What is filed, on the screen: found here or at any department, looked at, exported, counted, applied for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.config.texts import Coded
from app.domain.archive_batch import ArchiveFile, ArchivePage
from app.domain.archive_facts import as_filed
from app.domain.archive_query import FileQuery, ScanCount
from app.imaging.decode import thumbnail
from app.ui.bench import Bench
from app.ui.screens.archive.looks import looked_at

_LARGE_PX = 2000


class SearchModel(QObject):
    """GUI thread. ``changed``: look at everything again; ``shown``: a page's picture; ``done``: saved, printed or asked,
    and how many or which."""

    changed = Signal()
    shown = Signal(object)
    done = Signal(str, object)

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self.files: tuple[ArchiveFile, ...] = ()
        self.counts: tuple[ScanCount, ...] = ()
        self.elsewhere: list[dict[str, Any]] = []
        self.loans: tuple[Any, ...] = ()
        self.pages: tuple[ArchivePage, ...] = ()
        self.at = 0
        self.lent: tuple[list[str], str] | None = None
        self.busy = False
        bench.desk_closed.connect(self.forget)

    def forget(self) -> None:
        """Nobody's files stay on the screen."""
        self.files, self.counts, self.elsewhere, self.pages, self.at = (), (), [], (), 0
        self.loans, self.lent, self.busy = (), None, False

    def find(self, query: FileQuery) -> None:
        """Here."""
        search = self._bench.desk.archive_search
        self.elsewhere = []
        self._ask(lambda: (search.find(query), search.counts(query)), self._found)

    def _found(self, found: tuple[tuple[ArchiveFile, ...], tuple[ScanCount, ...]]) -> None:
        self.files, self.counts = found
        self.pages = ()
        self.changed.emit()

    def find_everywhere(self, query: FileQuery) -> None:
        """At every department; their pages need a permission."""
        search = self._bench.desk.archive_search
        asked = {key: str(value) for key, value in asdict(as_filed(query)).items() if isinstance(value, str) and value}
        self.files, self.counts = (), ()
        self._ask(lambda: (search.find_everywhere(asked), search.loans()), self._found_elsewhere)

    def _found_elsewhere(self, found: tuple[list[dict[str, Any]], tuple[Any, ...]]) -> None:
        self.elsewhere, self.loans = found
        self.changed.emit()

    def open(self, file: ArchiveFile) -> None:
        """Its pages, the first one large."""
        search = self._bench.desk.archive_search
        self.lent = None
        self._ask(lambda: search.pages(file), self._opened)

    def _opened(self, pages: tuple[ArchivePage, ...]) -> None:
        self.pages, self.at = pages, 0
        self.step(0)

    def open_lent(self, row: dict[str, Any]) -> None:
        """Another department's file, by the permission that is in force."""
        loan = next((each for each in self.loans if (each.kind, each.serial) == (row.get("kind"), row.get("serial"))), None)
        digests = [str(page.get("digest", "")) for page in row.get("pages", []) if isinstance(page, dict)]
        self.pages, self.at = (), 0
        self.lent = (digests, loan.id if loan is not None else "")
        self.step(0)

    @property
    def count(self) -> int:
        """Pages of what is looked at."""
        return len(self.lent[0]) if self.lent is not None else len(self.pages)

    def step(self, by: int) -> None:
        """The next page, or the one before; each look is recorded."""
        if not self.count:
            self.shown.emit(None)
            return
        self.at = min(max(self.at + by, 0), self.count - 1)
        search, at = self._bench.desk.archive_search, self.at
        if self.lent is not None:
            digest, loan = self.lent[0][at], self.lent[1]
            self._ask(lambda: QImage.fromData(thumbnail(search.lent_page(digest, loan), _LARGE_PX)), self.shown.emit)
        else:
            page = self.pages[at]
            self._ask(lambda: looked_at(search.picture(page), page.standing, _LARGE_PX), self.shown.emit)

    def export(self, file: ArchiveFile, folder: Path, *, pdf: bool) -> None:
        """PDF/A, or JPEGs, into a folder."""
        search = self._bench.desk.archive_search
        self._ask(lambda: search.save(file, folder, pdf=pdf), lambda count: self.done.emit("saved", count))

    def check(self) -> None:
        """数据校验、数据恢复."""
        search = self._bench.desk.archive_search
        self._ask(lambda: (search.check(), search.storage()), lambda found: self.done.emit("checked", found))

    def print(self, file: ArchiveFile) -> None:
        """On A4."""
        search = self._bench.desk.archive_search
        self._ask(lambda: search.print(file), lambda job: self.done.emit("printed", job))

    def ask_loan(self, row: dict[str, Any], reason: str) -> None:
        """调阅申请."""
        search, kind, serial = self._bench.desk.archive_search, str(row.get("kind")), str(row.get("serial"))
        self._ask(
            lambda: (search.ask_loan(kind, serial, reason), search.loans())[1],
            self._loaned,
        )

    def _loaned(self, loans: tuple[Any, ...]) -> None:
        self.loans = loans
        self.done.emit("asked", None)
        self.changed.emit()

    def _ask(self, question: Callable[[], Any], answer: Callable[[Any], object]) -> None:
        if self.busy:
            return
        self.busy = True

        def answered(given: object) -> None:
            self.busy = False
            answer(given)

        def refused(error: Coded) -> None:
            self.busy = False
            self.shown.emit(None)
            self._bench.refused.emit(error)

        self._bench.ask(question, answered, refused)

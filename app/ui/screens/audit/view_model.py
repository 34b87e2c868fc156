"""Asks for the audit log, checks it and takes it out, off the GUI thread."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.domain.audit import AuditEntry, AuditQuery, AuditReport
from app.ui.bench import Bench


class AuditModel(QObject):
    """``found`` after a search or another page, ``verified`` with the report, ``exported`` with the number of rows."""

    found = Signal()
    verified = Signal(object)
    exported = Signal(int)

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self.query = AuditQuery()
        self.entries: tuple[AuditEntry, ...] = ()
        self.more = False

    def search(self, query: AuditQuery) -> None:
        """Newest first."""
        self.query, self.entries = query, ()
        self._page(query)

    def older(self) -> None:
        """The next page below."""
        if self.entries:
            self._page(replace(self.query, before=self.entries[-1].number))

    def _page(self, query: AuditQuery) -> None:
        desk = self._bench.desk
        self._bench.ask(lambda: desk.audit.find(query), self._answer)

    def _answer(self, page: tuple[AuditEntry, ...]) -> None:
        self.more = len(page) == self.query.limit
        self.entries = (*self.entries, *page)
        self.found.emit()

    def verify(self) -> None:
        """The whole log."""
        desk = self._bench.desk

        def answer(report: AuditReport) -> None:
            self.verified.emit(report)

        self._bench.ask(desk.audit.verify, answer)

    def export(self, path: Path) -> None:
        """Every page of the last search."""
        desk, query = self._bench.desk, self.query
        self._bench.ask(lambda: desk.audit.export(query, path), self.exported.emit)

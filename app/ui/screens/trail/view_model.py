"""Finds entries of the inspection trail and what an officer adds to them, off the GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.desk.trail import TrailDesk
from app.domain.judgement import Verdict
from app.domain.trail import TrailEntry, TrailQuery, TrailSummary
from app.ui.bench import Bench

_SMALL_PX = 64  # longest side of a picture in the list


def _small(trail: TrailDesk, entries: list[int]) -> dict[int, QImage]:
    return {entry: QImage.fromData(trail.thumbnail(entry, _SMALL_PX)) for entry in entries}


class TrailModel(QObject):
    """``found`` after a search, ``picture`` for the row looked at, ``changed`` when an entry was added to.

    ``picture`` carries the judged picture and the original it was made of (None where they are the same);
    ``special_pictures`` the small pictures of 特检 entries by id.
    """

    found = Signal()
    picture = Signal(object)  # (QImage | None, QImage | None)
    special_pictures = Signal(object)  # dict: entry id -> QImage
    changed = Signal(int)
    exported = Signal(int)

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self.query = TrailQuery()
        self.entries: list[TrailEntry] = []
        self.summary = TrailSummary(0, 0, 0, ())
        bench.desk_closed.connect(self._empty)

    def _empty(self) -> None:
        self.entries, self.summary = [], TrailSummary(0, 0, 0, ())
        self.found.emit()

    def search(self, query: TrailQuery) -> None:
        """Newest first, with the counts of all pages."""
        desk, self.query = self._bench.desk, query

        def question() -> tuple[tuple[TrailEntry, ...], TrailSummary]:
            return desk.trail.find(query), desk.trail.summary(query)

        self._bench.ask(question, self._answer)

    def _answer(self, found: tuple[tuple[TrailEntry, ...], TrailSummary]) -> None:
        self.entries, self.summary = list(found[0]), found[1]
        self.found.emit()
        special = [e.id for e in self.entries if e.draft.special_reason]
        if special:
            desk = self._bench.desk
            self._bench.ask(lambda: _small(desk.trail, special), self.special_pictures.emit)

    def look_at(self, row: int) -> None:
        """Open the sealed picture of a row."""
        if not 0 <= row < len(self.entries):
            self.picture.emit((None, None))
            return
        desk, entry = self._bench.desk, self.entries[row]

        def question() -> tuple[QImage, QImage | None]:
            original = desk.trail.original(entry)
            judged = QImage.fromData(desk.trail.picture(entry.id))
            return judged, None if original is None else QImage.fromData(original)

        self._bench.ask(question, self.picture.emit)

    def annotate(self, row: int, text: str) -> None:
        """异常数据标注."""
        if 0 <= row < len(self.entries):
            desk, entry = self._bench.desk, self.entries[row].id
            self._bench.ask(lambda: desk.trail.annotate(entry, text), self._replaced)

    def override(self, row: int, verdict: Verdict, reason: str) -> None:
        """人工改判."""
        if 0 <= row < len(self.entries):
            desk, entry = self._bench.desk, self.entries[row].id
            self._bench.ask(lambda: desk.trail.override(entry, verdict, reason), self._replaced)

    def _replaced(self, entry: TrailEntry) -> None:
        for row, known in enumerate(self.entries):
            if known.id == entry.id:
                self.entries[row] = entry
                self.changed.emit(row)

    def export(self, path: Path) -> None:
        """The whole answer of the last search as CSV."""
        desk, query = self._bench.desk, self.query
        self._bench.ask(lambda: desk.trail.export(query, path), self.exported.emit)

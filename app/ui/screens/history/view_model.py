"""Looks up issued photos and daily figures, off the GUI thread."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.domain.errors import BadInput
from app.domain.printing import PrintJob
from app.domain.records import DayCount, HistoryQuery, PhotoRecord
from app.ui.bench import Bench

_DAYS = 31


def day_of(text: str) -> date | None:
    """A day as written, None for an empty field. Raises BadInput HIS-101."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip().replace("/", "-"))
    except ValueError as error:
        raise BadInput("HIS-101") from error


class HistoryModel(QObject):
    """``found`` after a search, ``picture`` for the row looked at."""

    found = Signal()
    picture = Signal(object)  # QImage
    printed = Signal(object)  # PrintJob

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self.records: tuple[PhotoRecord, ...] = ()
        self.days: tuple[DayCount, ...] = ()

    def search(self, query: HistoryQuery) -> None:
        """Newest first."""
        desk = self._bench.desk
        today = date.today()  # noqa: DTZ011 - the wall calendar of the window

        def question() -> tuple[tuple[PhotoRecord, ...], tuple[DayCount, ...]]:
            return desk.records.history(query), desk.records.statistics(today - timedelta(days=_DAYS), today)

        self._bench.ask(question, self._answer)

    def _answer(self, found: tuple[tuple[PhotoRecord, ...], tuple[DayCount, ...]]) -> None:
        self.records, self.days = found
        self.found.emit()

    def look_at(self, row: int) -> None:
        """Open the sealed picture of a row."""
        if not 0 <= row < len(self.records):
            self.picture.emit(None)
            return
        desk, number = self._bench.desk, self.records[row].number
        self._bench.ask(lambda: QImage.fromData(desk.records.photo_image(number)), self.picture.emit)

    def reprint(self, row: int) -> None:
        """补打 of the row's receipt."""
        if not 0 <= row < len(self.records):
            return
        desk, session_id = self._bench.desk, self.records[row].session_id

        def answer(job: PrintJob) -> None:
            self.printed.emit(job)

        self._bench.ask(lambda: desk.receipts.print(session_id), answer)

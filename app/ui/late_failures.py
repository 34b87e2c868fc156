"""A stored photo that the photo library refused afterwards is told until an officer says she has read it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.domain.errors import NotAllowed
from app.domain.inspecting import LateFailure
from app.ui.bench import Bench
from app.ui.widgets.banner import Banner

_CODE = "INS-112"


class LateFailures(QObject):
    """``look`` every few seconds; one failure at a time, and never over another message."""

    def __init__(self, bench: Bench, banner: Banner) -> None:
        super().__init__(bench)
        self._bench = bench
        self._banner = banner
        self._number = ""  # of the photo the banner speaks of
        banner.understood.connect(self._read)

    def look(self) -> None:
        """Ask the store, off the GUI thread."""
        if self._bench.opened is not None and self._banner.isHidden():
            self._bench.ask(self._bench.desk.outbox.late_failures, self._show)

    def _show(self, failures: tuple[LateFailure, ...]) -> None:
        if not failures or self._bench.opened is None or not self._banner.isHidden():
            return
        first = failures[0]
        self._number = first.number
        self._banner.show_error(NotAllowed(_CODE, number=first.number, reasons=first.words or "—"))

    def _read(self, code: str) -> None:
        number, self._number = self._number, ""
        if code != _CODE or not number or self._bench.opened is None:
            return
        desk = self._bench.desk
        self._bench.ask(lambda: desk.outbox.take_note(number), lambda _: self.look())

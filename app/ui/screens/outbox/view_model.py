"""The outbox as a list that is read again, off the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.domain.records import OutboxItem
from app.ui.bench import Bench

_PASS_TIMEOUT_S = 30.0


class OutboxModel(QObject):
    """``changed`` after every look."""

    changed = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self.items: tuple[OutboxItem, ...] = ()
        self.configured = False
        self.online = False

    def refresh(self) -> None:
        """Read again."""
        desk = self._bench.desk
        self._bench.ask(desk.outbox.items, self._answer)

    def _answer(self, items: tuple[OutboxItem, ...]) -> None:
        if self._bench.opened is None:
            return
        state = self._bench.desk.outbox.state()
        self.items = items
        self.configured, self.online = state is not None, state is not None and state.online
        self.changed.emit()

    def retry(self, item_id: int) -> None:
        """Also after a refusal."""
        desk = self._bench.desk
        self._bench.ask(lambda: desk.outbox.retry(item_id), lambda _: self.refresh())

    def send_now(self) -> None:
        """A whole pass now."""
        desk = self._bench.desk
        self._bench.ask(lambda: desk.outbox.send_now(_PASS_TIMEOUT_S), lambda _: self.refresh())

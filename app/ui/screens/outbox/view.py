"""待发: everything that has not been acknowledged, why, and when it is tried again; nothing is hidden."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.config.texts import error_text
from app.domain.errors import WorkstationError
from app.domain.records import OutboxItem, OutboxKind, OutboxState
from app.ui.bench import Bench
from app.ui.screens.outbox.view_model import OutboxModel
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.table import WordTable

_REFRESH_MS = 2000


class OutboxView(QWidget):
    """Refreshes itself while it is shown."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.model = OutboxModel(bench)
        heads = (
            self.tr("What"),
            self.tr("Photo number"),
            self.tr("Size"),
            self.tr("State"),
            self.tr("Tries"),
            self.tr("Next try"),
            self.tr("Why"),
        )
        self.table = WordTable(heads, self.tr("Outbox"), self)
        self._state = QLabel(self)
        self._state.setObjectName("heading")
        self.retry = KeyButton(self.tr("Send this one again"), "R", self)
        self.send = KeyButton(self.tr("Send now"), "F5", self)
        self.send.setObjectName("next")
        lower = QHBoxLayout()
        lower.addWidget(self._state, 1)
        lower.addWidget(self.retry)
        lower.addWidget(self.send)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addLayout(lower)
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        self.retry.clicked.connect(self._retry)
        self.send.clicked.connect(self.model.send_now)
        self.model.changed.connect(self._show)

    def enter(self) -> None:
        """The screen is shown."""
        self.model.refresh()
        self._timer.start()

    def _refresh(self) -> None:
        if self.isVisible() and self._bench.opened is not None:
            self.model.refresh()
        else:
            self._timer.stop()

    def _retry(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self.model.items):
            self.model.retry(self.model.items[row].id)

    def _show(self) -> None:
        self.table.show_rows([self._words(item) for item in self.model.items])
        done = (OutboxState.SENT, OutboxState.WITHHELD)
        waiting = sum(item.state not in done for item in self.model.items)
        if not self.model.configured:
            sentence = self.tr("No photo library is configured; photos stay on this machine.")
        elif self.model.online:
            sentence = self.tr("Photo library reached. {0} waiting.").format(waiting)
        else:
            sentence = self.tr("Photo library not reached. {0} waiting; they are sent by themselves.").format(waiting)
        self._state.setText(sentence)
        self.send.setEnabled(self.model.configured)
        self.retry.setEnabled(bool(self.model.items))

    def _words(self, item: OutboxItem) -> tuple[str, ...]:
        states = {
            OutboxState.WAITING: self.tr("Waiting"),
            OutboxState.SENDING: self.tr("Sending"),
            OutboxState.SENT: self.tr("Received"),
            OutboxState.REFUSED: self.tr("Refused: look"),
            OutboxState.HELD: self.tr("Held: pending"),
            OutboxState.WITHHELD: self.tr("Withheld: not sent"),
        }
        kinds = {
            OutboxKind.ORIGINAL: self.tr("Original"),
            OutboxKind.PHOTO: self.tr("Photo"),
            OutboxKind.INSPECTION: self.tr("Question: inspection"),
            OutboxKind.CASE: self.tr("Case"),
            OutboxKind.CASE_MATERIAL: self.tr("Paper of a case"),
        }
        why = error_text(WorkstationError(item.last_error), self._bench.language).what if item.last_error else ""
        again = f"{item.next_try:%H:%M:%S}" if item.state is OutboxState.WAITING else ""
        size = f"{item.size / 1024:.0f} KB"
        return kinds[item.kind], item.subject, size, states[item.state], str(item.attempts), again, why or item.receipt

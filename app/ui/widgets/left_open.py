"""What a break or a power cut left open: each by name and time, to be taken up or given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

_SHOWN = 4


class LeftOpen(QWidget):
    """``resumed`` and ``discarded`` carry the thing itself."""

    resumed = Signal(object)
    discarded = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_open(self, found: Sequence[tuple[str, datetime, Any]]) -> None:
        """恢复/放弃: name, when it was begun, the thing; the first few of them."""
        while self._column.count():
            row = self._column.takeAt(0).widget()
            row.hide()
            row.deleteLater()
        for name, started, thing in found[:_SHOWN]:
            self._column.addWidget(self._row(name, started, thing))

    def _row(self, name: str, started: datetime, thing: object) -> QWidget:
        row = QFrame(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.addWidget(QLabel(self.tr("Left open: {0}, {1}").format(name, f"{started:%m-%d %H:%M}"), row), 1)
        for word, signal in ((self.tr("Take up"), self.resumed), (self.tr("Give up"), self.discarded)):
            button = QPushButton(word, row)
            button.setAccessibleName(f"{word} {name}")
            button.clicked.connect(_Sender(signal, thing, button).send)
            layout.addWidget(button)
        return row


class _Sender(QWidget):
    """Emits one thing with a button's click; lives as long as its button."""

    def __init__(self, signal: object, thing: object, button: QPushButton) -> None:
        super().__init__(button)
        self._signal = signal
        self._thing = thing
        self.hide()

    def send(self) -> None:
        """On the click."""
        self._signal.emit(self._thing)  # type: ignore[attr-defined]  # a bound Signal

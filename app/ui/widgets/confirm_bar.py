"""A question that must be answered before something is lost, asked in the window itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget


class ConfirmBar(QFrame):
    """A question over the buttons, never modal: nothing happens until one of its own buttons is pressed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("confirm")
        self._question = QLabel(self)
        self._question.setWordWrap(True)
        self.yes = QPushButton(self)
        self.no = QPushButton(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(self._question, 1)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        self._step: Callable[[], None] | None = None
        self.yes.clicked.connect(self._agreed)
        self.no.clicked.connect(self.drop)
        self.hide()

    def ask(self, question: str, yes: str, no: str, step: Callable[[], None]) -> None:
        """Put the question; ``step`` runs on yes alone. The keyboard stands on no."""
        self._step = step
        self._question.setText(question)
        for button, word in ((self.yes, yes), (self.no, no)):
            button.setText(word)
            button.setAccessibleName(word)
        self.show()
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def drop(self) -> None:
        """Take the question back."""
        self._step = None
        self.hide()

    def _agreed(self) -> None:
        step = self._step
        self.drop()
        if step is not None:
            step()

"""Before a case is parked or refused: the words the applicant will read, to be changed or confirmed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.widgets.buttons import KeyButton


class EndingPage(QWidget):
    """``confirmed`` carries the text; ``left``: Esc, back to the case."""

    confirmed = Signal(str)
    left = Signal()

    def __init__(self, title: str, hint: str, step: str, parent: QWidget) -> None:
        super().__init__(parent)
        heading = QLabel(title, self)
        heading.setObjectName("title")
        explained = QLabel(hint, self)
        explained.setObjectName("muted")
        explained.setWordWrap(True)
        self.text = QPlainTextEdit(self)
        self.text.setAccessibleName(title)
        self.text.setTabChangesFocus(True)
        self.back = KeyButton(self.tr("Back to the case"), "Escape", self)
        self.next = KeyButton(step, "F2", self)
        self.next.setObjectName("next")
        lower = QHBoxLayout()
        lower.addWidget(self.back)
        lower.addStretch(1)
        lower.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(heading)
        column.addWidget(explained)
        column.addWidget(self.text, 1)
        column.addLayout(lower)
        self.back.clicked.connect(self.left)
        self.next.clicked.connect(self._confirm)

    def open(self, text: str) -> None:
        """With what the rules and the list of materials say."""
        self.text.setPlainText(text)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        self.confirmed.emit(self.text.toPlainText())

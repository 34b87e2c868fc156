"""An error as an officer reads it: what happened, what is safe, what to do; the code in small print. Never modal."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.config.texts import Coded, error_text
from app.ui.words import icon


class Banner(QFrame):
    """Hidden until ``show_error``; Esc or its button closes it. ``understood`` carries the code that was read."""

    understood = Signal(str)

    def __init__(self, language: str, fail_colour: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._language = language
        self._sign = QLabel(self)
        self._sign.setPixmap(icon("mdi6.alert-circle", fail_colour).pixmap(28, 28))
        self._what = QLabel(self)
        self._what.setObjectName("heading")
        self._rest = QLabel(self)
        self._code = QLabel(self)
        self._code.setObjectName("muted")
        for label in (self._what, self._rest):
            label.setWordWrap(True)
        self._close = QPushButton(self.tr("Understood"), self)
        self._close.setAccessibleName(self.tr("Close the message"))
        self._close.clicked.connect(self._read)
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self._what, self._rest, self._code):
            words.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self.code = ""
        self.hide()

    def _read(self) -> None:
        self.hide()
        self.understood.emit(self.code)

    def show_error(self, error: Coded) -> None:
        """Put the three sentences up."""
        text = error_text(error, self._language)
        self.code = text.code
        self._what.setText(text.what)
        self._rest.setText(f"{text.safe} {text.next}")
        self._code.setText(text.code)
        self.setAccessibleName(f"{text.what} {text.next}")
        self.show()

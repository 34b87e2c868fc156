"""F1: the keys of the screen in front, read from its own buttons, so that the list cannot lie."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from app.ui.widgets.buttons import KeyButton


class KeyHelp(QFrame):
    """A panel over the window; any of Esc and F1 closes it."""

    def __init__(self, screen: QWidget, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("panel")
        self.setWindowTitle(self.tr("Keys"))
        grid = QGridLayout(self)
        grid.setContentsMargins(24, 16, 24, 16)
        grid.setHorizontalSpacing(32)
        title = QLabel(self.tr("Keys on this screen"), self)
        title.setObjectName("title")
        grid.addWidget(title, 0, 0, 1, 2)
        buttons = cast("list[KeyButton]", screen.findChildren(KeyButton))
        rows = [(b.key_words(), b.accessibleName()) for b in buttons if b.isVisible()]
        rows += [
            ("1 … 9, 0", self.tr("Choose a shot")),
            ("↑ ↓ ← →", self.tr("Step through shots, move the crop")),
            ("Ctrl+1 … 9, 0, Ctrl+Shift+1 …", self.tr("Screens")),
            ("F11", self.tr("Applicant's screen")),
            ("F1", self.tr("Keys")),
        ]
        for row, (key, word) in enumerate(rows, start=1):
            grid.addWidget(QLabel(key, self), row, 0)
            grid.addWidget(QLabel(word, self), row, 1)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.close)

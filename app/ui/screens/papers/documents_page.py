"""Documents of a case taken on before, 受理回执, 投递信息单, 登记表: shown as they print, printed by one key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.bench import Bench
from app.ui.screens.papers.handout_panel import HandoutPanel
from app.ui.widgets.buttons import KeyButton


class DocumentsPage(QWidget):
    """``left``: Esc. Nothing of the case stays here once it is left."""

    left = Signal()

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = QLabel(self)
        self.title.setObjectName("heading")
        self.title.setProperty("data", True)
        self.none = QLabel(self.tr("Nothing is printed for this case as it stands."), self)
        self.handout = HandoutPanel(bench, self)
        self.back = KeyButton(self.tr("Back to the case"), "Escape", self)
        self.back.setObjectName("next")
        lower = QHBoxLayout()
        lower.addStretch(1)
        lower.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.title)
        column.addWidget(self.none)
        column.addWidget(self.handout, 1)
        column.addLayout(lower)
        self.back.clicked.connect(self._leave)
        self.handout.model.offered.connect(self._show_offers)

    def open(self, subject_id: str, title: str) -> None:
        """Of this case."""
        self.title.setText(title)
        self.handout.open(subject_id)

    def _show_offers(self) -> None:
        self.none.setVisible(not self.handout.model.offers)

    def _leave(self) -> None:
        self.handout.forget()
        self.title.clear()
        self.left.emit()

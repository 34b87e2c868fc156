"""The narrow panel in the middle of a window where somebody proves who she is."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

_WIDTH_PX = 420


class DoorPanel(QFrame):
    """``column`` holds its parts, one under the other."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setFixedWidth(_WIDTH_PX)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(32, 28, 32, 32)
        self.column.setSpacing(8)

    def fit(self) -> None:
        """As high as its lines are once they are broken: the layout around it asks for too little."""
        self.setMinimumHeight(self.column.totalHeightForWidth(self.width()))

    def shrink(self) -> None:
        """Parts were hidden: no higher than it must be."""
        self.setMinimumHeight(0)

"""Two pictures side by side that grow, shrink and turn together or alone; the second may be missing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QTransform
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.picture_view import PictureView

_STEP, _LARGEST = 1.5, 12.0


class _Pane(QWidget):
    """A caption over a picture that can be larger than its window."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.caption = QLabel(self)
        self.caption.setObjectName("heading")
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        self.caption.setProperty("data", True)  # names of papers, in whatever language they were handed in
        self.view = PictureView(self)
        self.view.setAccessibleName(name)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.caption)
        column.addWidget(self._scroll, 1)
        self.image: QImage | None = None
        self.turn_deg = 0

    def show_image(self, image: QImage | None, caption: str, sentence: str) -> None:
        """None shows the sentence."""
        self.image, self.turn_deg = image, 0
        self.caption.setText(caption)
        self.view.set_sentence(sentence)

    def paint(self, zoom: float) -> None:
        """As it stands now."""
        turned = None if self.image is None else self.image.transformed(QTransform().rotate(self.turn_deg))
        self.view.set_image(turned)
        room = self._scroll.viewport().size()
        self.view.setMinimumSize(round(room.width() * zoom), round(room.height() * zoom))


class CompareView(QWidget):
    """``left`` and ``right`` panes over the tools 放大 缩小 旋转 比对; GUI thread."""

    def __init__(self, names: tuple[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.left, self.right = _Pane(names[0], self), _Pane(names[1], self)
        self.smaller = KeyButton(self.tr("Smaller"), "-", self)
        self.bigger = KeyButton(self.tr("Bigger"), "+ / =", self)
        self.turn_left = KeyButton(self.tr("Turn the left one"), "R", self)
        self.turn_right = KeyButton(self.tr("Turn the right one"), "T", self)
        self.compare = KeyButton(self.tr("Side by side"), "B", self, checkable=True)
        self.compare.setChecked(True)
        self.zoom = 1.0
        self._lay_out()
        self.smaller.clicked.connect(self._shrink)
        self.bigger.clicked.connect(self._grow)
        self.turn_left.clicked.connect(self._turn_left)
        self.turn_right.clicked.connect(self._turn_right)
        self.compare.toggled.connect(self._show_both)

    def _lay_out(self) -> None:
        panes = QHBoxLayout()
        panes.addWidget(self.left, 1)
        panes.addWidget(self.right, 1)
        tools = QHBoxLayout()
        for button in (self.smaller, self.bigger, self.turn_left, self.turn_right, self.compare):
            tools.addWidget(button)
        tools.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(panes, 1)
        column.addLayout(tools)

    def show_left(self, image: QImage | None, caption: str, sentence: str) -> None:
        """The picture to be looked at; the size goes back to the whole page."""
        self.zoom = 1.0
        self.left.show_image(image, caption, sentence)
        self._paint()

    def show_right(self, image: QImage | None, caption: str, sentence: str) -> None:
        """What it is compared with."""
        self.right.show_image(image, caption, sentence)
        self._paint()

    def _show_both(self, both: bool) -> None:
        self.right.setVisible(both)
        self.turn_right.setEnabled(both)
        self._paint()

    def _grow(self) -> None:
        self.zoom = min(_LARGEST, self.zoom * _STEP)
        self._paint()

    def _shrink(self) -> None:
        self.zoom = max(1.0, self.zoom / _STEP)
        self._paint()

    def _turn_left(self) -> None:
        self.left.turn_deg = (self.left.turn_deg + 90) % 360
        self._paint()

    def _turn_right(self) -> None:
        self.right.turn_deg = (self.right.turn_deg + 90) % 360
        self._paint()

    def _paint(self) -> None:
        self.left.paint(self.zoom)
        self.right.paint(self.zoom)

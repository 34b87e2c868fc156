"""The finger, as large as fits, with what to tell the person written on it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.theme import Theme
from app.ui.widgets.picture_view import PictureView

_ROOM = 14


class FingerPicture(PictureView):
    """``show_lines``: sentences along the lower edge; ``good`` puts them on green and a tick before them."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, ground=theme.colours["picture"], ink=theme.colours["picture_text"])
        self.setObjectName("fingerpicture")  # its words are large
        self._theme = theme
        self._lines: tuple[str, ...] = ()
        self._good = False
        self.setMinimumSize(240, 260)

    @property
    def lines(self) -> tuple[str, ...]:
        """What is written on the picture now."""
        return self._lines

    def show_lines(self, lines: tuple[str, ...], *, good: bool = False) -> None:
        """Write these; () writes nothing."""
        self._lines, self._good = lines, good
        self.setAccessibleName(" ".join(lines))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Picture first, then the words."""
        super().paintEvent(event)
        if not self._lines:
            return
        painter = QPainter(self)
        font = QFont(painter.font())
        font.setBold(True)
        painter.setFont(font)
        text = "\n".join(self._lines)
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        width = self.width() - 2 * _ROOM
        needed = painter.boundingRect(QRectF(_ROOM, 0, width, self.height()), flags, text)
        band = QRectF(0, self.height() - needed.height() - 2 * _ROOM, self.width(), needed.height() + 2 * _ROOM)
        ground = QColor(self._theme.colours["pass"]) if self._good else QColor(0, 0, 0)
        ground.setAlphaF(0.86 if self._good else 0.72)
        painter.fillRect(band, ground)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(band.adjusted(_ROOM, 0, -_ROOM, 0), flags, text)
        painter.end()

"""Bars of a few days: how many cases came, how many of them are answered; plain, with their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_TOP, _BOTTOM, _SIDE = 26, 24, 8
_WIDEST = 34


@dataclass(frozen=True)
class Bar:
    """``part`` of ``whole``; ``late`` of the whole in the colour of what is wrong."""

    word: str
    whole: int
    part: int
    late: int


class BarChart(QWidget):
    """Two bars a day: all, and answered with what is late on top of it. Colours are the theme's."""

    def __init__(self, colours: Mapping[str, str], words: tuple[str, str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._colours = colours
        self._words = words
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(110)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(600, 190)

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        """Oldest first. A screen reader is told the numbers."""
        self._bars = bars
        self.setAccessibleDescription("; ".join(f"{bar.word}: {bar.whole}, {bar.part}, {bar.late}" for bar in bars))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Legend, bars, numbers, days."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._colours["panel"]))
        self._paint_legend(painter)
        if self._bars:
            self._paint_bars(painter)
        painter.end()

    def _paint_legend(self, painter: QPainter) -> None:
        left = float(_SIDE)
        for word, token in zip(self._words, ("accent", "pass", "fail"), strict=True):
            painter.fillRect(QRectF(left, 7, 12, 12), QColor(self._colours[token]))
            painter.setPen(QColor(self._colours["text"]))
            width = painter.fontMetrics().horizontalAdvance(word)
            painter.drawText(QRectF(left + 18, 2, width + 4, 22), int(Qt.AlignmentFlag.AlignVCenter), word)
            left += width + 44

    def _paint_bars(self, painter: QPainter) -> None:
        numbers = painter.fontMetrics().height()
        ground = self.height() - _BOTTOM
        room = ground - _TOP - numbers - 6
        most = max(1, *(bar.whole for bar in self._bars))
        step = (self.width() - 2 * _SIDE) / len(self._bars)
        width = min(_WIDEST, step * 0.3)
        painter.setPen(QColor(self._colours["line"]))
        painter.drawLine(_SIDE, ground, self.width() - _SIDE, ground)
        for number, bar in enumerate(self._bars):
            middle = _SIDE + step * (number + 0.5)
            self._paint_bar(painter, QRectF(middle - width - 1, ground, width, 0), bar.whole, room / most, "accent")
            self._paint_bar(painter, QRectF(middle + 1, ground, width, 0), bar.part, room / most, "pass")
            if bar.late:
                height = bar.late * room / most
                painter.fillRect(QRectF(middle + 1, ground - height, width, height), QColor(self._colours["fail"]))
            painter.setPen(QColor(self._colours["muted"]))
            place = QRectF(middle - step / 2, ground + 2, step, _BOTTOM - 2)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), bar.word)

    def _paint_bar(self, painter: QPainter, foot: QRectF, count: int, scale: float, token: str) -> None:
        if not count:
            return
        height = max(2.0, count * scale)
        painter.fillRect(foot.adjusted(0, -height, 0, 0), QColor(self._colours[token]))
        painter.setPen(QColor(self._colours["text"]))
        number = QRectF(foot.left() - 12, foot.top() - height - 18, foot.width() + 24, 18)
        painter.drawText(number, int(Qt.AlignmentFlag.AlignCenter), str(count))

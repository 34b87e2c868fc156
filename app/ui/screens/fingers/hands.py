"""Two hands seen from above, as they lie before the officer: each finger's state as shape, sign and colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.fingers import Finger, Hand
from app.fingerprint.register import finger_name
from app.ui.screens.fingers.progress import FingerStand
from app.ui.screens.fingers.words import STAND_SIGNS, STAND_TOKENS, hand_word, stand_word
from app.ui.theme import Theme

# A hand in its own units: 100 wide, 130 high, the right one with its thumb on the left.
_WIDTH, _HEIGHT = 100.0, 132.0
_GAP = 30.0
_THICK = 14.0


@dataclass(frozen=True)
class _Shape:
    """Root, length and lean (degrees, to the right) of a finger of the right hand; ``thick`` its width."""

    x: float
    y: float
    length: float
    lean: float
    thick: float = _THICK

    def path(self) -> QPainterPath:
        """Root inside the palm, round at the tip."""
        path = QPainterPath()
        path.addRoundedRect(
            QRectF(-self.thick / 2, -self.length, self.thick, self.length + 8), self.thick / 2, self.thick / 2
        )
        return QTransform().translate(self.x, self.y).rotate(self.lean).map(path)

    def tip(self) -> QPointF:
        """The middle of the pad, where the sign stands."""
        return QTransform().translate(self.x, self.y).rotate(self.lean).map(QPointF(0, -self.length + self.thick * 0.62))

    def beyond(self) -> QPointF:
        """A little beyond the tip, where the arrow points from."""
        return QTransform().translate(self.x, self.y).rotate(self.lean).map(QPointF(0, -self.length - 4))


_RIGHT = {
    Finger.RIGHT_THUMB: _Shape(31, 100, 42, -42, 15),
    Finger.RIGHT_INDEX: _Shape(35, 70, 46, -8),
    Finger.RIGHT_MIDDLE: _Shape(52, 66, 51, -1),
    Finger.RIGHT_RING: _Shape(68, 69, 46, 6),
    Finger.RIGHT_LITTLE: _Shape(83, 77, 36, 14, 12),
}


class HandsDrawing(QWidget):
    """``show_stands`` draws; the accessible name says the same in words."""

    def __init__(self, theme: Theme, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._stands: Mapping[Finger, FingerStand] = dict.fromkeys(Finger, FingerStand.OPEN)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(186)

    def sizeHint(self) -> QSize:
        """Both hands side by side."""
        return QSize(300, 186)

    def show_stands(self, stands: Mapping[Finger, FingerStand]) -> None:
        """Draw every finger as it stands."""
        self._stands = stands
        told = (
            f"{finger_name(f, self._language)}: {stand_word(s)}" for f, s in stands.items() if s is not FingerStand.OPEN
        )
        self.setAccessibleName("; ".join(told))
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Left hand left, right hand right."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = painter.fontMetrics().height() + 4
        scale = min(self.width() / (2 * _WIDTH + _GAP), (self.height() - words) / _HEIGHT)
        left = (self.width() - scale * (2 * _WIDTH + _GAP)) / 2
        for hand in Hand:
            at = left if hand is Hand.LEFT else left + scale * (_WIDTH + _GAP)
            where = QTransform().translate(at, 0).scale(scale, scale)
            self._paint_hand(painter, hand, where)
            box = QRectF(at, self.height() - words, scale * _WIDTH, words)
            painter.setPen(QColor(self._theme.colours["text"]))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), hand_word(hand))
        painter.end()

    def _paint_hand(self, painter: QPainter, hand: Hand, where: QTransform) -> None:
        mirrored = QTransform(-1, 0, 0, 1, _WIDTH, 0) * where if hand is Hand.LEFT else where
        palm = QPainterPath()
        palm.addRoundedRect(QRectF(27, 60, 62, 64), 20, 20)
        quiet = self._theme.colours["muted"]
        painter.setPen(QPen(QColor(quiet), 1.5))
        painter.setBrush(QColor(self._theme.colours["panel"]))
        painter.drawPath(mirrored.map(palm))
        for right_finger, shape in _RIGHT.items():
            finger = right_finger if hand is Hand.RIGHT else Finger(right_finger.value + 5)
            self._paint_finger(painter, shape, mirrored, self._stands[finger])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.colours["panel"]))
        inner = QPainterPath()
        inner.addRoundedRect(QRectF(28.5, 66, 59, 56), 18, 18)
        painter.drawPath(mirrored.map(inner))

    def _paint_finger(self, painter: QPainter, shape: _Shape, where: QTransform, stand: FingerStand) -> None:
        colours = self._theme.colours
        colour = QColor(colours[STAND_TOKENS[stand]])
        pen = QPen(colour, 3 if stand is FingerStand.ASKED else 1.5)
        if stand in (FingerStand.NOT_TAKEN, FingerStand.FAILED):
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        full = stand in (FingerStand.TAKEN, FingerStand.ACCEPTED, FingerStand.ASKED)
        painter.setBrush(colour if full else QColor(colours["panel"]))
        painter.drawPath(where.map(shape.path()))
        if stand is FingerStand.ASKED:
            self._paint_arrow(painter, where.map(shape.tip()), where.map(shape.beyond()), colour)
        elif sign := STAND_SIGNS[stand]:
            painter.save()
            font = QFont(painter.font())
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(QColor(colours["accent_text"]) if full else colour)
            tip = where.map(shape.tip())
            painter.drawText(QRectF(tip.x() - 12, tip.y() - 12, 24, 24), int(Qt.AlignmentFlag.AlignCenter), sign)
            painter.restore()

    def _paint_arrow(self, painter: QPainter, tip: QPointF, beyond: QPointF, colour: QColor) -> None:
        """A ring on the pad and a head that points at it from beyond."""
        painter.setPen(QPen(QColor(self._theme.colours["accent_text"]), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(tip, 4.0, 4.0)
        way = beyond - tip
        length = max(1.0, (way.x() ** 2 + way.y() ** 2) ** 0.5)
        along, across = way / length, QPointF(-way.y(), way.x()) / length
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([beyond, beyond + along * 11 + across * 8, beyond + along * 11 - across * 8]))

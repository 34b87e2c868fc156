"""The picture under the brush: strokes by mouse or arrow keys, the protected face hatched."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from app.domain.retouch import BrushStroke, Point, StrokeKind
from app.ui.widgets.picture_view import PictureView

_NUDGE_SHARE = 0.01  # of the width, one press of an arrow key
_SPACING = 0.25  # of the brush's radius between two recorded points
_ARROWS = {
    Qt.Key.Key_Left: (-_NUDGE_SHARE, 0.0),
    Qt.Key.Key_Right: (_NUDGE_SHARE, 0.0),
    Qt.Key.Key_Up: (0.0, -_NUDGE_SHARE),
    Qt.Key.Key_Down: (0.0, _NUDGE_SHARE),
}


class RetouchCanvas(PictureView):
    """``drawn`` carries a finished BrushStroke; ``refused`` says that one lay wholly in the protected zone."""

    drawn = Signal(object)
    refused = Signal()

    def __init__(self, colours: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent, ground=colours["picture"], ink=colours["picture_text"])
        self._brush_colour, self._zone_colour = QColor(colours["accent"]), QColor(colours["fail"])
        self._kind, self._radius = StrokeKind.ERASE, 0.02
        self._zone: tuple[Point, ...] = ()
        self._points: tuple[Point, ...] = ()
        self._place: Point | None = None
        self.setMinimumSize(280, 340)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("Picture to retouch: arrow keys move the brush, space sets it down"))

    def set_brush(self, kind: StrokeKind, radius: float) -> None:
        """What the next stroke does and how wide it is; ``radius`` is a share of the width."""
        self._kind, self._radius = kind, radius
        self.update()

    def set_zone(self, outline: tuple[Point, ...]) -> None:
        """Where strokes are refused: a closed line in shares of the picture."""
        self._zone = outline
        self.drop_stroke()

    def drop_stroke(self) -> None:
        """Forget a stroke that is not finished."""
        self._points = ()
        self.update()

    # -- the hand --------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Set the brush down."""
        if event.button() == Qt.MouseButton.LeftButton and self.image_rect().contains(event.position()):
            self._place = self._share(event.position())
            self._points = (self._place,)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw."""
        if self._image is None:
            return
        self._place = self._share(event.position())
        if self._points and self._distance(self._points[-1], self._place) >= _SPACING * self._radius:
            self._points = (*self._points, self._place)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lift the brush: the stroke is done."""
        if event.button() == Qt.MouseButton.LeftButton and self._points:
            points, self._points = self._points, ()
            place = self._share(event.position())
            self._finish(points if place == points[-1] else (*points, place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the brush, space sets it down for one dab."""
        key = Qt.Key(event.key())
        if self._image is None or (key not in _ARROWS and key != Qt.Key.Key_Space):
            super().keyPressEvent(event)
            return
        place = self._place or (0.5, 0.5)
        if key == Qt.Key.Key_Space:
            self._finish((place,))
            return
        dx, dy = _ARROWS[key]
        self._place = _within(place[0] + dx, place[1] + dy * self._image.width() / self._image.height())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The brush's ring goes with the mouse, unless the keys hold it."""
        if not self.hasFocus():
            self._place = None
        self.update()
        super().leaveEvent(event)

    def _finish(self, points: tuple[Point, ...]) -> None:
        self.update()
        if self._wholly_protected(points):
            self.refused.emit()
        else:
            self.drawn.emit(BrushStroke(self._kind, points, self._radius))

    def _share(self, place: QPointF) -> Point:
        rect = self.image_rect()
        return _within((place.x() - rect.x()) / rect.width(), (place.y() - rect.y()) / rect.height())

    def _distance(self, one: Point, other: Point) -> float:
        """In shares of the width."""
        rect = self.image_rect()
        return math.hypot(one[0] - other[0], (one[1] - other[1]) * rect.height() / rect.width())

    def _wholly_protected(self, points: tuple[Point, ...]) -> bool:
        """True where the brush's rim never left the zone, as far as it lay on the picture."""
        zone, rect = QPainterPath(), self.image_rect()
        zone.addPolygon(self._line(self._zone))
        reach = self._radius * rect.width()
        steps = [QPointF(reach * math.cos(a), reach * math.sin(a)) for a in (math.tau * n / 16 for n in range(16))]
        rim = [place + step for place in self._line(points).toList() for step in steps]
        return bool(self._zone) and all(zone.contains(place) for place in rim if rect.contains(place))

    # -- showing ---------------------------------------------------------------------------------------

    def set_image(self, image: QImage | None) -> None:
        """Another picture; without one there is no brush."""
        if image is None:
            self._place, self._points = None, ()
        super().set_image(image)

    def _line(self, points: tuple[Point, ...]) -> QPolygonF:
        rect = self.image_rect()
        return QPolygonF([QPointF(rect.x() + x * rect.width(), rect.y() + y * rect.height()) for x, y in points])

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, the zone, the stroke under way, the brush's ring."""
        super().paintEvent(event)
        if self._image is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self.image_rect())
        self._paint_zone(painter)
        self._paint_stroke(painter)
        self._paint_ring(painter)
        painter.end()

    def _paint_zone(self, painter: QPainter) -> None:
        if not self._zone:
            return
        hatch = QColor(self._zone_colour)
        hatch.setAlpha(70)
        pen = QPen(self._zone_colour, 1.5)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        painter.drawPolygon(self._line(self._zone))

    def _paint_stroke(self, painter: QPainter) -> None:
        if not self._points:
            return
        veil = QColor(self._brush_colour)
        veil.setAlpha(110)
        width = 2 * self._radius * self.image_rect().width()
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(QBrush(veil), width, Qt.PenStyle.SolidLine, cap, join))
        line = self._line(self._points)
        if len(self._points) == 1:
            painter.drawPoint(line.first())
        else:
            painter.drawPolyline(line)

    def _paint_ring(self, painter: QPainter) -> None:
        """Dark within light, so that it is seen on a white wall and on a dark coat."""
        if self._place is None:
            return
        centre, reach = self._line((self._place,)).first(), self._radius * self.image_rect().width()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, radius in ((QColor("#ffffff"), reach + 1), (QColor("#000000"), reach)):
            painter.setPen(QPen(colour, 1))
            painter.drawEllipse(centre, radius, radius)


def _within(x: float, y: float) -> Point:
    return min(1.0, max(0.0, x)), min(1.0, max(0.0, y))

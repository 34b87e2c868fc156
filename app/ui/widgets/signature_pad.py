"""Where a person signs on the screen: pen, finger or mouse become strokes in millimetres, drawn as they come."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEventPoint,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.config.signature_rules import ink_widths
from app.domain.signature import PenPoint, Signature, Stroke

_NO_PRESSURE_FELT = 0.5
_CLOSEST_MM = 0.05  # nearer samples add nothing
_TOUCHES = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel)


def _now_ms() -> int:
    return int(1000 * time.monotonic())


class SignaturePad(QWidget):
    """Paper-white in every theme, because ink is black in every print. ``changed`` after every stroke, undo and clear.

    One hand at a time: while a pen or a finger draws, other fingers and the palm are ignored. A pen gives pressure; a
    finger and a mouse draw with half of it. When the widget changes its size, what was drawn is cleared, because its
    millimetres would no longer be those of the hand.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, clock: Callable[[], int] = _now_ms) -> None:
        super().__init__(parent)
        self._clock = clock
        self._thin, self._thick = ink_widths()
        self._strokes: list[Stroke] = []
        self._points: list[PenPoint] = []
        self._begun_ms: int | None = None
        self._finger: int | None = None
        self._mm_per_pixel = 25.4 / 96
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 140)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("Sign here with the pen, a finger or the mouse"))

    def sizeHint(self) -> QSize:
        """About 150 × 60 mm on an ordinary screen."""
        return QSize(600, 230)

    # -- what was written ------------------------------------------------------------------------------

    def signature(self) -> Signature:
        """Finished strokes; empty when nobody wrote."""
        return Signature(
            max(self.width(), 1) * self._mm_per_pixel, max(self.height(), 1) * self._mm_per_pixel, tuple(self._strokes)
        )

    def show_signature(self, signature: Signature) -> None:
        """Strokes that come from a signature pad, in its own millimetres: fitted into the widget, their numbers scaled."""
        scale = min(
            self.width() * self._mm_per_pixel / signature.width_mm,
            self.height() * self._mm_per_pixel / signature.height_mm,
            1.0,
        )
        self._strokes = [
            tuple(PenPoint(p.x_mm * scale, p.y_mm * scale, p.t_ms, p.pressure) for p in stroke)
            for stroke in signature.strokes
        ]
        self._told()

    def clear(self) -> None:
        """A white sheet."""
        self._strokes, self._points, self._begun_ms, self._finger = [], [], None, None
        self._told()

    def undo(self) -> None:
        """The last stroke is gone."""
        if self._strokes:
            self._strokes.pop()
            self._told()

    def _told(self) -> None:
        self.update()
        self.changed.emit()

    # -- the hand --------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The left button writes."""
        if event.button() == Qt.MouseButton.LeftButton and self._finger is None:
            self._begin(event.position(), _NO_PRESSURE_FELT)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw."""
        if self._finger is None:
            self._go(event.position(), _NO_PRESSURE_FELT)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The stroke is done."""
        if event.button() == Qt.MouseButton.LeftButton and self._finger is None:
            self._go(event.position(), _NO_PRESSURE_FELT)
            self._lift()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """The pen, with its pressure; accepted, so that no mouse event follows."""
        pressure = min(1.0, max(0.0, event.pressure()))
        if event.type() == QEvent.Type.TabletPress and event.button() == Qt.MouseButton.LeftButton:
            self._finger = None
            self._begin(event.position(), pressure)
        elif event.type() == QEvent.Type.TabletMove:
            self._go(event.position(), pressure)
        elif event.type() == QEvent.Type.TabletRelease:
            self._lift()
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Touch events have no handler of their own in Qt."""
        if event.type() in _TOUCHES and isinstance(event, QTouchEvent):
            self._touch(event)
            event.accept()
            return True
        return super().event(event)

    def _touch(self, event: QTouchEvent) -> None:
        if event.type() == QEvent.Type.TouchCancel:
            self._points, self._finger = [], None
            self.update()
            return
        for point in event.points():
            state = point.state()
            if state == QEventPoint.State.Pressed and self._finger is None and not self._points:
                self._finger = point.id()
                self._begin(point.position(), _NO_PRESSURE_FELT)
            elif point.id() == self._finger and state == QEventPoint.State.Updated:
                self._go(point.position(), _NO_PRESSURE_FELT)
            elif point.id() == self._finger and state == QEventPoint.State.Released:
                self._lift()
                self._finger = None

    def _begin(self, place: QPointF, pressure: float) -> None:
        screen = self.screen()
        dots = screen.physicalDotsPerInch() if screen is not None else 0.0
        if not self._strokes:
            # A screen that lies about its size (0, or a projector's) is taken for an ordinary one.
            self._mm_per_pixel = 25.4 / (dots if 40 <= dots <= 600 else 96.0)
        if self._begun_ms is None:
            self._begun_ms = self._clock()
        self._points = [self._point(place, pressure)]
        self.update()

    def _go(self, place: QPointF, pressure: float) -> None:
        if not self._points:
            return
        point, last = self._point(place, pressure), self._points[-1]
        if math.hypot(point.x_mm - last.x_mm, point.y_mm - last.y_mm) >= _CLOSEST_MM:
            self._points.append(point)
            self.update()

    def _lift(self) -> None:
        if self._points:
            self._strokes.append(tuple(self._points))
            self._points = []
            self._told()

    def _point(self, place: QPointF, pressure: float) -> PenPoint:
        x = min(max(place.x(), 0.0), float(self.width())) * self._mm_per_pixel
        y = min(max(place.y(), 0.0), float(self.height())) * self._mm_per_pixel
        return PenPoint(x, y, max(0, self._clock() - (self._begun_ms or 0)), pressure)

    # -- showing ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size is another sheet."""
        super().resizeEvent(event)
        if event.oldSize().isValid() and (self._strokes or self._points):
            self.clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sheet, a line to write on, the ink."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor("#ffffff"))
        painter.setPen(QPen(QColor("#8a94a3"), 1.5))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        ground = 0.78 * self.height()
        painter.setPen(QPen(QColor("#c3cad5"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(24, ground), QPointF(self.width() - 24, ground))
        for stroke in (*self._strokes, tuple(self._points)):
            self._paint_stroke(painter, stroke)
        painter.end()

    def _paint_stroke(self, painter: QPainter, stroke: Stroke) -> None:
        """Near to the printed ink and quick; the print itself is made by ``app.imaging.ink``."""
        ink = QColor("#10151c")
        places = [QPointF(p.x_mm / self._mm_per_pixel, p.y_mm / self._mm_per_pixel) for p in stroke]
        for number, point in enumerate(stroke):
            width = (self._thin + (self._thick - self._thin) * point.pressure) / self._mm_per_pixel
            painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            if number == 0:
                painter.drawPoint(places[0])
            else:
                painter.drawPolyline(QPolygonF(places[number - 1 : number + 1]))

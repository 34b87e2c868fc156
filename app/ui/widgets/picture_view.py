"""The picture is the hero: shows an image as large as fits, with lines, boxes and words drawn on it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget


@dataclass(frozen=True)
class Mark:
    """Something drawn on the picture, in the picture's own pixels: a polygon, open or closed, with a word at its start.

    ``fill``: how much of the picture beneath its colour hides, 0..1.
    """

    points: tuple[tuple[float, float], ...]
    colour: str
    word: str = ""
    closed: bool = True
    dashed: bool = False
    fill: float = 0.0
    outlined: bool = True


class PictureView(QWidget):
    """Keeps the aspect; ``marks`` are scaled with the picture. ``sentence`` is shown where there is no picture."""

    def __init__(self, parent: QWidget | None = None, *, ground: str = "#20262e", ink: str = "#e8edf3") -> None:
        super().__init__(parent)
        self._ground, self._ink = ground, ink
        self.setObjectName("picture")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(96, 96)
        self._image: QImage | None = None
        self._marks: tuple[Mark, ...] = ()
        self.sentence = ""
        self._mirrored = False

    def set_image(self, image: QImage | None) -> None:
        """Show this; None shows the sentence."""
        self._image = image
        self.update()

    def set_marks(self, marks: tuple[Mark, ...]) -> None:
        """Draw these on the picture."""
        self._marks = marks
        self.update()

    def set_sentence(self, sentence: str) -> None:
        """What stands here while there is no picture."""
        self.sentence = sentence
        self.update()

    def set_mirrored(self, mirrored: bool) -> None:
        """As in a mirror, for the applicant."""
        self._mirrored = mirrored

    def has_image(self) -> bool:
        """Whether a picture is shown."""
        return self._image is not None

    def image_rect(self) -> QRectF:
        """Where the picture lies in the widget."""
        if self._image is None:
            return QRectF()
        scale = min(self.width() / self._image.width(), self.height() / self._image.height())
        width, height = self._image.width() * scale, self._image.height() * scale
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def to_picture(self, point: QPointF) -> QPointF:
        """From widget to picture pixels."""
        rect = self.image_rect()
        if self._image is None or rect.isEmpty():
            return QPointF()
        scale = self._image.width() / rect.width()
        return QPointF((point.x() - rect.x()) * scale, (point.y() - rect.y()) * scale)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Picture, marks, words."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._ground))
        if self._image is None:
            painter.setPen(QColor(self._ink))
            painter.drawText(
                self.rect().adjusted(24, 24, -24, -24),
                int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap),
                self.sentence,
            )
            painter.end()
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.image_rect()
        if self._mirrored:
            painter.save()
            painter.translate(rect.right() + rect.left(), 0)
            painter.scale(-1, 1)
            painter.drawImage(rect, self._image)
            painter.restore()
        else:
            painter.drawImage(rect, self._image)
        self._paint_marks(painter, rect, rect.width() / self._image.width())
        painter.end()

    def _paint_marks(self, painter: QPainter, rect: QRectF, scale: float) -> None:
        font = QFont(painter.font())
        font.setBold(True)
        painter.setFont(font)
        for mark in self._marks:
            shape = QPolygonF([QPointF(rect.x() + x * scale, rect.y() + y * scale) for x, y in mark.points])
            pen = QPen(QColor(mark.colour), 2)
            if mark.dashed:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen if mark.outlined else Qt.PenStyle.NoPen)
            ground = QColor(mark.colour)
            ground.setAlphaF(mark.fill)
            painter.setBrush(ground if mark.fill else Qt.BrushStyle.NoBrush)
            if mark.closed:
                painter.drawPolygon(shape)
            else:
                painter.drawPolyline(shape)
            if mark.word and not shape.isEmpty():
                self._paint_word(painter, shape.first(), mark)

    def _paint_word(self, painter: QPainter, at: QPointF, mark: Mark) -> None:
        metrics = painter.fontMetrics()
        box = QRectF(
            at.x() + 2, at.y() - metrics.height() - 2, metrics.horizontalAdvance(mark.word) + 8, metrics.height() + 2
        )
        box.moveLeft(max(0.0, min(box.left(), self.width() - box.width())))
        box.moveTop(max(0.0, box.top()))
        painter.fillRect(box, QColor(0, 0, 0, 170))
        painter.setPen(QColor("#ffffff"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), mark.word)

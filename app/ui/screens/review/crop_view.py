"""The original with the crop frame on it: drag moves it, the wheel sizes it, the limits turn green or red live."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.config.texts import check_name
from app.domain.edits import CropBox
from app.domain.photo_standard import PhotoStandard
from app.photo.framing import GeometryReading, band_lines
from app.ui.widgets.picture_view import Mark, PictureView

_STEP = 1.02


class CropView(PictureView):
    """``changed`` carries the new CropBox, in pixels of the full original."""

    changed = Signal(object)

    def __init__(self, language: str, colours: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._colours = colours
        self._crop: CropBox | None = None
        self._standard: PhotoStandard | None = None
        self._factor = 1.0  # shown pixels per original pixel
        self._grip: tuple[QPointF, CropBox] | None = None
        self.setMouseTracking(False)
        self.setAccessibleName(self.tr("Original with crop frame"))

    def show_crop(
        self, crop: CropBox | None, standard: PhotoStandard, readings: tuple[GeometryReading, ...], original_width: int
    ) -> None:
        """Draw the frame and the standard's lines inside it."""
        self._crop, self._standard = crop, standard
        if crop is None or self._image is None or not original_width:
            self.set_marks(())
            return
        self._factor = self._image.width() / original_width
        good = all(r.inside for r in readings)
        colour = self._colours["pass"] if good else self._colours["fail"]
        missed = [check_name(f"geometry.{r.band.measure.value}", self._language) for r in readings if not r.inside]
        word = " · ".join(missed)
        marks = [Mark(self._corners(crop, standard), colour, word)]
        marks += self._band_lines(crop, standard, readings)
        self.set_marks(tuple(marks))

    def _placed(self, crop: CropBox, standard: PhotoStandard, x: float, y: float) -> tuple[float, float]:
        """A point of the output on the shown picture."""
        scale = crop.width / standard.output.width_px
        angle = math.radians(crop.angle_deg)
        dx, dy = (x - standard.output.width_px / 2) * scale, (y - standard.output.height_px / 2) * scale
        return (
            self._factor * (crop.centre_x + math.cos(angle) * dx - math.sin(angle) * dy),
            self._factor * (crop.centre_y + math.sin(angle) * dx + math.cos(angle) * dy),
        )

    def _corners(self, crop: CropBox, standard: PhotoStandard) -> tuple[tuple[float, float], ...]:
        width, height = standard.output.width_px, standard.output.height_px
        return tuple(self._placed(crop, standard, x, y) for x, y in ((0, 0), (width, 0), (width, height), (0, height)))

    def _band_lines(self, crop: CropBox, standard: PhotoStandard, readings: tuple[GeometryReading, ...]) -> list[Mark]:
        """The vertical bands as pairs of lines; a band that is met is green."""
        width, height = standard.output.width_px, standard.output.height_px
        marks = []
        for reading in readings:
            colour = self._colours["pass"] if reading.inside else self._colours["fail"]
            for line in band_lines(reading.band, height):
                if not line.upright:
                    ends = tuple(self._placed(crop, standard, x, line.at) for x in (0, width))
                    marks.append(Mark(ends, colour, closed=False, dashed=True))
        return marks

    # -- the hand --------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the frame."""
        if self._crop is not None and event.button() == Qt.MouseButton.LeftButton:
            self._grip = self.to_picture(event.position()), self._crop

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it."""
        if self._grip is None:
            return
        begun, crop = self._grip
        now = self.to_picture(event.position())
        self.changed.emit(crop.moved((now.x() - begun.x()) / self._factor, (now.y() - begun.y()) / self._factor))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grip = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Bigger and smaller."""
        if self._crop is not None and event.angleDelta().y():
            self.changed.emit(self._crop.scaled(_STEP if event.angleDelta().y() < 0 else 1 / _STEP))

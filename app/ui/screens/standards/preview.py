"""The issued photo's frame with a standard's bands drawn in it, so that a number is something to look at."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QWidget

from app.domain.photo_standard import GeometryBand, HeadMeasure, PhotoStandard
from app.photo.framing import band_lines, guide
from app.ui.bench import Bench
from app.ui.screens.standards.limits import shown_number
from app.ui.screens.standards.words import attribute_word
from app.ui.widgets.picture_view import Mark, PictureView

_FILL = 0.28
# A face is about this much narrower than a head is high; only for the sketched head.
_FACE_SHARE, _EYES_SHARE = 0.7, 0.47


class StandardPreview(PictureView):
    """Place bands always; a size only while its row is under the cursor, drawn where the sketched head has it."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        colours = bench.theme.colours
        super().__init__(parent, ground=colours["window"], ink=colours["text"])
        self._bench = bench
        self._standard: PhotoStandard | None = None
        self._pointed = ""
        self.setAccessibleName(self.tr("Drawing of the standard's geometry"))

    def show_standard(self, standard: PhotoStandard | None) -> None:
        """Draw this one; None draws nothing."""
        self._standard = standard
        self.set_image(None if standard is None else self._sketch(standard))
        self._draw()

    def point_at(self, check: str) -> None:
        """The attribute under the cursor: its band is drawn strong."""
        self._pointed = check
        self._draw()

    # --------------------------------------------------------------------------------------------------

    def _sketch(self, standard: PhotoStandard) -> QImage:
        """A head where the bands' middles put it."""
        out, colours = standard.output, self._bench.theme.colours
        image = QImage(out.width_px, out.height_px, QImage.Format.Format_RGB32)
        image.fill(QColor(colours["picture"]))
        head = _head(standard)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        ink = QColor(colours["picture_text"])
        ink.setAlphaF(0.22)
        painter.setBrush(ink)
        shape = QPainterPath()
        shape.addEllipse(head)
        shoulders = QRectF(0, 0, head.width() * 2.3, out.height_px)
        shoulders.moveCenter(QPointF(head.center().x(), head.bottom() + head.height() * 0.12 + out.height_px / 2))
        body = QPainterPath()
        body.addRoundedRect(shoulders, head.width() * 0.6, head.width() * 0.35)
        neck = QPainterPath()
        neck.addRect(QRectF(head.center().x() - head.width() * 0.26, head.center().y(), head.width() * 0.52, head.height()))
        painter.drawPath(shape.united(body).united(neck))
        painter.end()
        return image

    def _draw(self) -> None:
        standard = self._standard
        if standard is None:
            self.set_marks(())
            return
        quiet, strong = self._bench.theme.colours["picture_text"], self._bench.theme.colours["guide"]
        out = standard.output
        frame = ((0.0, 0.0), (out.width_px, 0.0), (float(out.width_px), float(out.height_px)), (0.0, out.height_px))
        marks = [Mark(frame, quiet)]
        for band in sorted(standard.geometry, key=lambda b: f"geometry.{b.measure.value}" == self._pointed):
            pointed = f"geometry.{band.measure.value}" == self._pointed
            colour = strong if pointed else quiet
            marks += _place(band, standard, colour, self._word(band), pointed=pointed)
            if pointed:
                marks += _size(band, standard, strong, self._word(band))
        self.set_marks(tuple(marks))

    def _word(self, band: GeometryBand) -> str:
        name = attribute_word(f"geometry.{band.measure.value}", self._bench.language)
        if band.low is None:
            return f"{name} ≤ {shown_number(band.high)}"
        if band.high is None:
            return f"{name} ≥ {shown_number(band.low)}"
        return f"{name} {shown_number(band.low)}–{shown_number(band.high)}"


def _head(standard: PhotoStandard) -> QRectF:
    """Hair top to chin, ear to ear, in pixels of the issued photo."""
    lines, out = guide(standard), standard.output
    top, chin = lines.hair_top * out.height_px, lines.chin * out.height_px
    widths = [_middle(b) for b in standard.geometry if b.measure in (HeadMeasure.FACE_WIDTH, HeadMeasure.HEAD_WIDTH)]
    width = widths[0] if widths else (chin - top) * _FACE_SHARE
    return QRectF(lines.centre_x * out.width_px - width / 2, top, width, chin - top)


def _middle(band: GeometryBand) -> float:
    ends = [end for end in (band.low, band.high) if end is not None]
    return sum(ends) / len(ends)


def _place(band: GeometryBand, standard: PhotoStandard, colour: str, word: str, *, pointed: bool) -> list[Mark]:
    """A band that says where something lies: its ends as lines, the room between them filled."""
    width, height = float(standard.output.width_px), float(standard.output.height_px)
    lines = band_lines(band, standard.output.height_px)
    marks = []
    if len(lines) == 2:
        a, b = sorted(line.at for line in lines)
        area = ((a, 0.0), (b, 0.0), (b, height), (a, height)) if lines[0].upright else _rows(a, b, width)
        marks.append(Mark(area, colour, fill=_FILL if pointed else _FILL / 2, outlined=False))
    for number, line in enumerate(sorted(lines, key=lambda each: each.at)):
        ends = ((line.at, height), (line.at, 0.0)) if line.upright else ((0.0, line.at), (width, line.at))
        marks.append(Mark(ends, colour, word if number == 0 else "", closed=False, dashed=not pointed))
    return marks


def _rows(a: float, b: float, width: float) -> tuple[tuple[float, float], ...]:
    return (0.0, a), (width, a), (width, b), (0.0, b)


def _size(band: GeometryBand, standard: PhotoStandard, colour: str, word: str) -> list[Mark]:
    """A band that says how large something is: its least and greatest length on the sketched head."""
    head = _head(standard)
    marks = []
    lengths = [end for end in (band.low, band.high) if end is not None]
    if band.measure is HeadMeasure.HEAD_HEIGHT:
        for number, length in enumerate(lengths):
            x, y = head.center().x() + 14.0 * (number * 2 - 1), head.top()
            marks.append(Mark(((x, y), (x, y + length)), colour, word if number == 0 else "", closed=False))
    elif band.measure in (HeadMeasure.FACE_WIDTH, HeadMeasure.HEAD_WIDTH, HeadMeasure.EYE_DISTANCE):
        y = head.top() + head.height() * _EYES_SHARE
        for number, length in enumerate(lengths):
            row = y + 10.0 * (number * 2 - 1)
            left = head.center().x() - length / 2
            marks.append(Mark(((left, row), (left + length, row)), colour, word if number == 0 else "", closed=False))
    return marks

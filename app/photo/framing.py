"""Solves the crop: all bands of a standard at once, the standard's own priorities where they cannot all be met.

Every band is linear once the eyes are level: sizes grow with the scale, places shift with the offset. The scale is
searched over the interval the size bands allow; for each scale the best offset follows by cutting intervals in the
order of priority.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.domain.edits import CropBox
from app.domain.photo_standard import GeometryBand, HeadMeasure, PhotoStandard
from app.inspection.head import HeadPoints, head_distances

_SIZES = (HeadMeasure.FACE_WIDTH, HeadMeasure.HEAD_WIDTH, HeadMeasure.HEAD_HEIGHT, HeadMeasure.EYE_DISTANCE)
_STEPS = 60


@dataclass(frozen=True)
class GeometryReading:
    """One band held against a crop; what the window draws live."""

    band: GeometryBand
    value: float

    @property
    def inside(self) -> bool:
        """Whether the band is met."""
        low, high = self.band.low, self.band.high
        return (low is None or self.value >= low) and (high is None or self.value <= high)


def read_geometry(head: HeadPoints, crop: CropBox, standard: PhotoStandard) -> tuple[GeometryReading, ...]:
    """Every band of the standard on this crop; pure arithmetic."""
    values = head_distances(head, crop, standard.output.width_px, standard.output.height_px)
    return tuple(GeometryReading(band, values[band.measure]) for band in standard.geometry)


@dataclass(frozen=True)
class _Span:
    low: float
    high: float

    def cut(self, low: float, high: float) -> _Span:
        """The common part, or, where there is none, the end of this span nearest to the other."""
        new_low, new_high = max(self.low, low), min(self.high, high)
        if new_low <= new_high:
            return _Span(new_low, new_high)
        nearest = self.high if low > self.high else self.low
        return _Span(nearest, nearest)

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


def _scales(standard: PhotoStandard, unit: dict[HeadMeasure, float]) -> _Span:
    """The scales (output px per original px) the size bands allow, by priority."""
    span = _Span(1e-4, 1e4)
    for band in sorted(standard.geometry, key=lambda b: b.priority):
        if band.measure in _SIZES and unit[band.measure] > 0:
            low = (band.low or 0.0) / unit[band.measure]
            high = math.inf if band.high is None else band.high / unit[band.measure]
            span = span.cut(low, high)
    return span


def _violation(readings: tuple[GeometryReading, ...]) -> tuple[float, ...]:
    """By priority: how far each band is missed, in pixels; then how near the nearest edge of a band is; then the sum."""
    missed = []
    for reading in sorted(readings, key=lambda r: r.band.priority):
        low, high = reading.band.low, reading.band.high
        over = max(0.0, (low - reading.value) if low is not None else 0.0)
        over = max(over, (reading.value - high) if high is not None else 0.0)
        missed.append(round(over, 3))
    off_centre = [
        abs(r.value - (r.band.low + r.band.high) / 2) / (r.band.high - r.band.low)
        for r in readings
        if r.band.low is not None and r.band.high is not None
    ]
    return (*missed, round(max(off_centre, default=0.0), 4), sum(off_centre))


def solve(head: HeadPoints, standard: PhotoStandard) -> CropBox:
    """The crop that meets every band, or breaks the least important ones least."""
    width, height = standard.output.width_px, standard.output.height_px
    # Distances at one output pixel per original pixel, eyes level, centred on the eyes.
    level = CropBox(*head.eyes_centre, width=float(width), angle_deg=head.tilt_deg)
    unit = head_distances(head, level, width, height)
    span = _scales(standard, unit)
    candidates = []
    for step in range(_STEPS + 1):
        scale = span.low + (span.high - span.low) * step / _STEPS
        crop = _placed(level, scale, standard, unit)
        candidates.append((_violation(read_geometry(head, crop, standard)), step, crop))
    return min(candidates, key=lambda c: (c[0], c[1]))[2]


def _placed(level: CropBox, scale: float, standard: PhotoStandard, unit: dict[HeadMeasure, float]) -> CropBox:
    """The best offset at a scale: where the eye line and the eyes' centre come to lie on the output."""
    width, height = standard.output.width_px, standard.output.height_px
    above = (unit[HeadMeasure.EYES_TOP] - unit[HeadMeasure.HAIR_TOP]) * scale  # hair top to eye line
    below = (height - unit[HeadMeasure.CHIN_BOTTOM] - unit[HeadMeasure.EYES_TOP]) * scale  # eye line to chin
    # Each band as an interval for the eye line's y, or for the eyes' x.
    to_eye_line = {
        HeadMeasure.HAIR_TOP: lambda v: v + above,
        HeadMeasure.EYES_TOP: lambda v: v,
        HeadMeasure.EYES_BOTTOM: lambda v: height - v,
        HeadMeasure.CHIN_BOTTOM: lambda v: height - v - below,
    }
    eye_line, eyes_x = _Span(-1e6, 1e6), _Span(-1e6, 1e6)
    bounded = False
    for band in sorted(standard.geometry, key=lambda b: b.priority):
        if band.measure in to_eye_line:
            ends = sorted(_ends(band, to_eye_line[band.measure]))
            eye_line, bounded = eye_line.cut(*ends), True
        elif band.measure is HeadMeasure.EYES_CENTRE_X:
            eyes_x = eyes_x.cut(*sorted(_ends(band, lambda v: v)))
    y = eye_line.middle if bounded and eye_line.high - eye_line.low < 1e5 else height * 0.45
    x = eyes_x.middle if eyes_x.high - eyes_x.low < 1e5 else width / 2
    angle = math.radians(level.angle_deg)
    dx, dy = (width / 2 - x) / scale, (height / 2 - y) / scale
    # Back from the levelled frame to the original's.
    return CropBox(
        centre_x=level.centre_x + math.cos(angle) * dx - math.sin(angle) * dy,
        centre_y=level.centre_y + math.sin(angle) * dx + math.cos(angle) * dy,
        width=width / scale,
        angle_deg=level.angle_deg,
    )


def _ends(band: GeometryBand, turn: object) -> tuple[float, float]:
    convert = turn if callable(turn) else float
    low = -1e6 if band.low is None else convert(band.low)
    high = 1e6 if band.high is None else convert(band.high)
    if band.low is None and band.measure in (HeadMeasure.EYES_BOTTOM, HeadMeasure.CHIN_BOTTOM):
        low = 1e6
    if band.high is None and band.measure in (HeadMeasure.EYES_BOTTOM, HeadMeasure.CHIN_BOTTOM):
        high = -1e6
    return float(low), float(high)


@dataclass(frozen=True)
class BandLine:
    """One end of a band as a line across the issued photo: ``at`` in its pixels, y from above, or x from the left
    where ``upright``."""

    at: float
    upright: bool


def band_lines(band: GeometryBand, height: int) -> tuple[BandLine, ...]:
    """Where a place band's ends lie on the issued photo, which is ``height`` px high; none for a size band."""
    upright = band.measure is HeadMeasure.EYES_CENTRE_X
    if band.measure in _SIZES:
        return ()
    below = band.measure in (HeadMeasure.EYES_BOTTOM, HeadMeasure.CHIN_BOTTOM)
    ends = (limit for limit in (band.low, band.high) if limit is not None)
    return tuple(BandLine(height - limit if below else limit, upright) for limit in ends)


@dataclass(frozen=True)
class Guide:
    """Where a head should lie on the output: shares of its height (lines) and of its width (centre)."""

    hair_top: float
    chin: float
    centre_x: float


# Heads are about this much higher (hair top to chin) than their faces are wide; used where a standard limits width only.
_HEIGHT_TO_FACE_WIDTH = 1.42


def guide(standard: PhotoStandard) -> Guide:
    """The middles of the bands, for lines on the live view before any face is known."""
    middles = {band.measure: ((band.low or 0) + band.high) / 2 for band in standard.geometry if band.high is not None}
    height, width = standard.output.height_px, standard.output.width_px
    top = middles.get(HeadMeasure.HAIR_TOP, 0.05 * height)
    head = middles.get(HeadMeasure.HEAD_HEIGHT) or middles.get(HeadMeasure.FACE_WIDTH, 0.5 * width) * _HEIGHT_TO_FACE_WIDTH
    return Guide(top / height, (top + head) / height, middles.get(HeadMeasure.EYES_CENTRE_X, width / 2) / width)

"""A finger image to numbers: where it lies, how much of it, how dark, how wet, how torn its ridges are.

Input everywhere: uint8 (height, width), ridges dark on light glass, with its resolution. Numbers about ridges are taken
where skin touches the glass, a ridge's width inside its edge.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.domain.judgement import Measurement

Grey = NDArray[np.uint8]
Plane = NDArray[np.float32]
Mask = NDArray[np.bool_]

_MM_PER_INCH = 25.4
_SCALE_DPI = 500.0  # pixel sizes below are meant at this resolution
_BLOCK_PX = 6.0
_NOISE_GREY = 6.0  # ripple below this is the scanner's noise, not skin
_EDGE = 0.65  # of the ripple inside: half a ridge field under the window of the mean
_INSET_PX = 9
_LINE_PX = 17
_ORIENTATIONS = 16
_SPECTRUM_PX = 64
_PERIODS = (4.0, 20.0)
_LEAST_SKIN = 0.01


@dataclass(frozen=True)
class FingerNumbers:
    """What was read. ``None`` where there is too little skin to read it from."""

    area_mm2: float
    offset_x_mm: float | None  # right of the middle is positive
    offset_y_mm: float | None  # below the middle is positive
    contrast: float | None  # grey levels between ridge and valley
    ridge_share: float | None  # per cent of the skin that is dark
    continuity: float | None  # per cent of the ridge signal left after smoothing along the ridges
    coherence: float | None  # per cent; 100 = all ridges of a place run one way
    period_px: float | None  # ridge to ridge, at 500 dpi

    def measurements(self) -> tuple[Measurement, ...]:
        """With their units and methods, for judging."""
        rows = (
            ("finger_area", self.area_mm2, "mm2", "ripple-mask/1"),
            ("finger_offset_x", self.offset_x_mm, "mm", "ripple-mask/1"),
            ("finger_offset_y", self.offset_y_mm, "mm", "ripple-mask/1"),
            ("finger_contrast", self.contrast, "grey", "percentiles-5-95/1"),
            ("finger_ridge_share", self.ridge_share, "percent", "mid-grey/1"),
            ("finger_continuity", self.continuity, "percent", "oriented-mean/1"),
            ("finger_coherence", self.coherence, "percent", "structure-tensor/1"),
            ("finger_period", self.period_px, "px", "local-spectrum/1"),
        )
        return tuple(Measurement(id_, value, unit, method) for id_, value, unit, method in rows)


def finger_numbers(pixels: Grey, dpi: int) -> FingerNumbers:
    """Everything at once, about a tenth of a second for 256×360."""
    scale = _SCALE_DPI / dpi
    if abs(scale - 1) > 0.01:
        size = (max(32, round(pixels.shape[1] * scale)), max(32, round(pixels.shape[0] * scale)))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR))
    grey = pixels.astype(np.float32)
    skin = skin_mask(pixels)
    mm = _MM_PER_INCH / _SCALE_DPI
    area = float(skin.sum()) * mm * mm
    if skin.mean() < _LEAST_SKIN:
        return FingerNumbers(area, None, None, None, None, None, None, None)
    rows, columns = np.nonzero(skin)
    x = (float(columns.mean()) - (grey.shape[1] - 1) / 2) * mm
    y = (float(rows.mean()) - (grey.shape[0] - 1) / 2) * mm
    inside = _inset(skin)
    dark, light = (float(v) for v in np.percentile(grey[inside], (5, 95)))
    share = float(np.mean(grey[inside] < (dark + light) / 2))
    band = _band(grey)
    angle, coherence = _flow(band)
    torn = _continuity(band, angle, inside)
    return FingerNumbers(
        area, x, y, light - dark, 100 * share, torn, 100 * float(coherence[inside].mean()), _period(band, inside)
    )


def skin_mask(pixels: Grey) -> Mask:
    """Where skin touches the glass: the ripple of the ridges, holes closed, the largest piece."""
    grey = pixels.astype(np.float32)
    mean = cv2.GaussianBlur(grey, (0, 0), _BLOCK_PX)
    ripple = np.sqrt(np.maximum(0, cv2.GaussianBlur(grey * grey, (0, 0), _BLOCK_PX) - mean * mean))
    strong = ripple[ripple > _NOISE_GREY]
    if strong.size == 0:
        return np.zeros(grey.shape, np.bool_)
    found = (ripple > max(_NOISE_GREY, _EDGE * float(np.median(strong)))).astype(np.uint8)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (25, 25))
    # A border of nothing: closing must not stick the finger to the edge of the window.
    padded = cv2.copyMakeBorder(found, 26, 26, 26, 26, cv2.BORDER_CONSTANT, value=0)
    closed = cv2.morphologyEx(cv2.morphologyEx(padded, cv2.MORPH_CLOSE, kernel), cv2.MORPH_OPEN, kernel)[26:-26, 26:-26]
    count, labels, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(closed))
    if count < 2:
        return np.zeros(grey.shape, np.bool_)
    largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    return np.asarray(labels == largest)


def _inset(skin: Mask) -> Mask:
    size = 2 * _INSET_PX + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    inner = cv2.erode(skin.astype(np.uint8), kernel, borderType=cv2.BORDER_REPLICATE).astype(np.bool_)
    return inner if inner.mean() >= _LEAST_SKIN else skin


def _band(grey: Plane) -> Plane:
    """The ridges without the pressure's slow shading and without the finest grain."""
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), 0.8) - cv2.GaussianBlur(grey, (0, 0), 8.0), np.float32)


def _flow(band: Plane) -> tuple[Plane, Plane]:
    """Direction along the ridges (radians) and how well it is agreed on (0-1), from the structure tensor."""
    dx = cv2.Sobel(band, cv2.CV_32F, 1, 0)
    dy = cv2.Sobel(band, cv2.CV_32F, 0, 1)
    xx, yy, xy = (cv2.GaussianBlur(p, (0, 0), 6.0) for p in (dx * dx, dy * dy, dx * dy))
    across = 0.5 * np.arctan2(2 * xy, xx - yy)
    coherence = np.sqrt((xx - yy) ** 2 + 4 * xy * xy) / np.maximum(xx + yy, 1e-6)
    return np.asarray(across + np.pi / 2, np.float32), np.asarray(coherence, np.float32)


def _line_kernel(angle: float) -> Plane:
    half = _LINE_PX // 2
    kernel = np.zeros((_LINE_PX, _LINE_PX), np.float32)
    x, y = round(half * np.cos(angle)), round(half * np.sin(angle))
    cv2.line(kernel, (half - x, half - y), (half + x, half + y), 1.0)
    return np.asarray(kernel / kernel.sum(), np.float32)


def along_ridges(band: Plane, angle: Plane) -> Plane:
    """Each pixel's mean along its own ridge over 17 px: what is not a ridge averages out."""
    index = np.rint(angle / np.pi * _ORIENTATIONS).astype(np.int64) % _ORIENTATIONS
    smooth = np.zeros_like(band)
    for number in range(_ORIENTATIONS):
        place = index == number
        if place.any():
            turned = cv2.filter2D(band, cv2.CV_32F, _line_kernel(number * np.pi / _ORIENTATIONS))
            smooth[place] = turned[place]
    return smooth


def _continuity(band: Plane, angle: Plane, inside: Mask) -> float:
    smooth = along_ridges(band, angle)
    return 100 * float(smooth[inside].std() / max(float(band[inside].std()), 1e-6))


def _period(band: Plane, inside: Mask) -> float | None:
    """Median of the strongest period of 64-px squares that are all skin."""
    window = np.hanning(_SPECTRUM_PX)[:, None] * np.hanning(_SPECTRUM_PX)[None, :]
    axis = np.fft.fftfreq(4 * _SPECTRUM_PX)
    radius = np.hypot(axis[:, None], axis[None, :])
    ring = (radius > 1 / _PERIODS[1]) & (radius < 1 / _PERIODS[0])
    found = []
    for top in range(0, band.shape[0] - _SPECTRUM_PX + 1, _SPECTRUM_PX // 2):
        for left in range(0, band.shape[1] - _SPECTRUM_PX + 1, _SPECTRUM_PX // 2):
            place = (slice(top, top + _SPECTRUM_PX), slice(left, left + _SPECTRUM_PX))
            if inside[place].mean() > 0.9:
                power = np.abs(np.fft.fft2(band[place] * window, s=radius.shape))
                found.append(1 / float(radius[ring][np.argmax(power[ring])]))
    return float(np.median(found)) if found else None


def normalised_ridges(pixels: Grey) -> tuple[Plane, Mask]:
    """The ridge signal scaled to one strength everywhere (-1 to 1), and where it is skin."""
    band = _band(pixels.astype(np.float32))
    angle, _ = _flow(band)
    smooth = along_ridges(band, angle)
    strength = np.sqrt(cv2.GaussianBlur(smooth * smooth, (0, 0), 8.0)) + 1.0
    skin = skin_mask(pixels)
    return np.asarray(np.clip(smooth / strength, -2, 2) * skin, np.float32), skin

"""How alike two finger images are, for a hint alone: the same finger pressed twice stands out, two fingers do not.

Phase-only correlation limited to the band of the ridges (Ito et al. 2004), over turns of ±24°. It is no matcher: it decides
nothing about a person's identity, it only tells an officer that the same finger seems to lie there again.
"""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from app.inspection.finger import Grey, Plane, normalised_ridges

METHOD = "band-phase-correlation/1"

_TURNS_DEG = np.arange(-24.0, 24.1, 3.0)
_BAND = (1 / 16.0, 1 / 5.5)  # cycles per pixel at 500 dpi
_HALVE = 0.5


def finger_likeness(first: Grey, second: Grey) -> float:
    """0-1; both at 500 dpi and of one size. Two fingers stay below about 0.1, one finger twice is well above."""
    one, two = (cv2.resize(normalised_ridges(p)[0], None, fx=_HALVE, fy=_HALVE, interpolation=cv2.INTER_AREA)
                for p in (first, second))  # fmt: skip
    if not one.any() or not two.any():
        return 0.0
    spectrum = _phase(np.asarray(one, np.float32))
    return max(_peak(spectrum, _phase(_turned(np.asarray(two, np.float32), turn))) for turn in _TURNS_DEG)


def _turned(plane: Plane, degrees: float) -> Plane:
    rows, columns = plane.shape
    matrix = cv2.getRotationMatrix2D(((columns - 1) / 2, (rows - 1) / 2), float(degrees), 1.0)
    return np.asarray(cv2.warpAffine(plane, matrix, (columns, rows)), np.float32)


def _phase(plane: Plane) -> NDArray[np.complex64]:
    spectrum = np.fft.fft2(plane)
    return np.asarray(spectrum / np.maximum(np.abs(spectrum), 1e-6), np.complex64)


@cache
def _band(rows: int, columns: int) -> NDArray[np.bool_]:
    radius = np.hypot(np.fft.fftfreq(rows)[:, None], np.fft.fftfreq(columns)[None, :])
    return np.asarray((radius > _BAND[0] / _HALVE) & (radius < _BAND[1] / _HALVE))


def _peak(one: NDArray[np.complex64], two: NDArray[np.complex64]) -> float:
    band = _band(*one.shape)
    crossed = np.fft.ifft2(np.where(band, one * np.conj(two), 0))
    return float(np.abs(crossed).max() * band.size / band.sum())

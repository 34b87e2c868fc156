"""The wall behind a person: where it surely is, and its colours."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from app.inspection.face import FaceReading

_SURE_BACKGROUND = 0.02
_ENOUGH = 100
_SAMPLES = 40_000  # more pixels of one wall tell nothing new


def background_mask(reading: FaceReading) -> NDArray[np.uint8]:
    """255 where nobody is, well away from hair and shoulders, above the chin (clothes end where they end)."""
    height = reading.person.shape[0]
    near = max(3, height // 30)
    person = (reading.person > _SURE_BACKGROUND).astype(np.uint8)
    mask = np.asarray(255 * (1 - cv2.dilate(person, np.ones((near, near), np.uint8))), np.uint8)
    if reading.main is not None:
        mask[int(max(1, reading.main.head.chin[1])) :] = 0
    return mask


def wall_colours(lab: NDArray[np.float32], mask: NDArray[np.bool_]) -> NDArray[np.float32] | None:
    """L*a*b* of sure background pixels, (n, 3), evenly picked; None where too few."""
    inside = np.flatnonzero(mask)
    if len(inside) < _ENOUGH:
        return None
    return np.ascontiguousarray(lab.reshape(-1, 3)[inside[:: max(1, len(inside) // _SAMPLES)]])

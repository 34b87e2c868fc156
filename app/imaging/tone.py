"""Light and colour of a picture: white balance and exposure in linear light, shine on skin taken back."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from app.domain.edits import Tone
from app.imaging.decode import Pixels

_SHOULDER = 0.8  # linear light above which brightening is rolled off instead of clipped


def _to_linear() -> NDArray[np.float32]:
    """IEC 61966-2-1 (sRGB), for every 8-bit value."""
    v = np.arange(256) / 255
    return np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4).astype(np.float32)


_LINEAR = _to_linear()


def _to_srgb(linear: NDArray[np.float32]) -> NDArray[np.float32]:
    clipped = np.clip(linear, 0, 1)
    return np.asarray(np.where(clipped <= 0.0031308, 12.92 * clipped, 1.055 * clipped ** (1 / 2.4) - 0.055), np.float32)


def toned(pixels: Pixels, tone: Tone, skin: NDArray[np.float32] | None = None) -> Pixels:
    """``pixels``: BGR uint8. ``skin``: 0..1 where shine may be softened. A neutral tone returns the same bytes."""
    if not (tone.gains == (1.0, 1.0, 1.0) and tone.ev == 0.0):
        table = np.empty((256, 1, 3), np.uint8)
        for channel, gain in enumerate(reversed(tone.gains)):
            table[:, 0, channel] = np.rint(255 * _to_srgb(_rolled(_LINEAR * gain * 2.0**tone.ev)))
        pixels = np.asarray(cv2.LUT(pixels, table.reshape(1, 256, 3)), np.uint8)
    if tone.soften_highlights and skin is not None:
        pixels = softened(pixels, skin, tone.soften_highlights)
    return pixels


def _rolled(linear: NDArray[np.float32]) -> NDArray[np.float32]:
    """Above the shoulder light approaches 1 smoothly; below nothing changes; never brighter than linear itself."""
    over = np.maximum(linear - _SHOULDER, 0) / (1 - _SHOULDER)
    rolled = _SHOULDER + (1 - _SHOULDER) * (1 - np.exp(-over))
    top = float(linear[-1])
    if top <= 1.0:
        return linear
    return np.asarray(np.where(linear > _SHOULDER, rolled, linear), np.float32)


def softened(pixels: Pixels, skin: NDArray[np.float32], strength: float) -> Pixels:
    """Shine is skin brighter and paler than skin around it: its lightness and colour go towards the smooth skin's."""
    inside = skin > 0.5
    if inside.sum() < 50:
        return pixels
    lab = cv2.cvtColor(pixels.astype(np.float32) / 255, cv2.COLOR_BGR2LAB)
    middle = np.median(lab[inside], axis=0)
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    brighter = np.clip((lab[..., 0] - (middle[0] + 8)) / 10, 0, 1)
    paler = np.clip((0.92 * float(np.hypot(middle[1], middle[2])) - chroma) / 6, 0, 1)
    sigma = max(1.0, pixels.shape[1] / 180)
    weight = cv2.GaussianBlur(brighter * paler * skin, (0, 0), sigma) * strength
    weight = np.minimum(weight, skin)[..., None]
    aim = np.dstack([np.minimum(lab[..., 0], middle[0] + 8), *(np.full_like(chroma, m) for m in middle[1:])])
    mixed = lab * (1 - weight) + aim * weight
    return np.asarray(
        np.clip(np.rint(255 * cv2.cvtColor(np.asarray(mixed, np.float32), cv2.COLOR_LAB2BGR)), 0, 255), np.uint8
    )

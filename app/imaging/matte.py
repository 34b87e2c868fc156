"""Person from background with the hair kept: segmentation → trimap → closed-form matting → foreground colours.

Closed-form matting: Levin, Lischinski, Weiss, "A Closed-Form Solution to Natural Image Matting" (2008); foreground by
multi-level estimation (Germer et al. 2020), both by PyMatting. About a second for a picture 900 px high on two cores.
"""

from __future__ import annotations

from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from app.imaging.busy_wall import HeadPlace, without_busy_wall
from app.imaging.decode import Pixels

Mask = NDArray[np.float32]

# Without a first shift of zero: plain studio walls make the matrix just not positive definite, and PyMatting says so on
# standard output, which belongs to the answer of a command.
_SHIFTS = (1e-4, 1e-3, 1e-2, 0.1, 0.5, 1.0, 10.0)

# Alphas that count as wall and as person: looked at on seven real portraits; less smoke than 0, more hair than 0.4.
_SMOKE, _SOLID = 0.28, 0.92
# What hangs on the person by less than this, and lies farther off than half of that many pixels, floats.
_HOLDS_ON, _FLOATS_PX = 0.3, 13

_SURE = 0.97
_SURE_NOT = 0.03


def trimap(person: Mask) -> NDArray[np.float64]:
    """1 person, 0 background, 0.5 to be found out. ``person``: probability per pixel, the picture's size."""
    height = person.shape[0]
    inner = max(3, height // 90)
    outer = max(5, height // 40)
    sure = cv2.erode((person > _SURE).astype(np.uint8), np.ones((inner, inner), np.uint8))
    maybe = cv2.dilate((person > _SURE_NOT).astype(np.uint8), np.ones((outer, outer), np.uint8))
    result = np.full(person.shape, 0.5)
    result[sure > 0] = 1.0
    result[maybe == 0] = 0.0
    return result


def alpha_matte(pixels: Pixels, person: Mask, head: HeadPlace | None = None) -> Mask:
    """How much of each pixel is the person, 0..1 float32, hair by hair.

    ``pixels``: BGR uint8 (h, w, 3); ``person``: float32 (h, w), 0..1; ``head``: where it is, so that a busy wall is told
    from hair. Nobody found: all 0; no wall found: all 1.
    """
    from pymatting.alpha.estimate_alpha_cf import estimate_alpha_cf  # noqa: PLC0415 - costs half a second to import
    from pymatting.preconditioner.ichol import ichol  # noqa: PLC0415

    known = trimap(person)
    if not (known == 1).any():
        return np.zeros(person.shape, np.float32)
    if not (known == 0).any():
        return np.ones(person.shape, np.float32)
    if head is not None:
        known = without_busy_wall(known, pixels, head)
    image = pixels.astype(np.float64) / 255
    return settled(np.asarray(estimate_alpha_cf(image, known, preconditioner=partial(ichol, shifts=_SHIFTS)), np.float32))


def settled(alpha: Mask) -> Mask:
    """Without the smoke that closed-form matting leaves before a busy wall, and without what floats beside the person."""
    clear: Mask = np.clip((alpha - _SMOKE) / (_SOLID - _SMOKE), 0, 1).astype(np.float32)
    count, pieces, stats, _ = cv2.connectedComponentsWithStats((clear > _HOLDS_ON).astype(np.uint8))
    if count > 2:
        person = (pieces == 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())).astype(np.uint8)
        clear[cv2.dilate(person, np.ones((_FLOATS_PX, _FLOATS_PX), np.uint8)) == 0] = 0
    return clear


def on_background(pixels: Pixels, alpha: Mask, rgb: tuple[int, int, int]) -> Pixels:
    """The person on an even background of ``rgb``; hair edges without the old background's colour.

    ``pixels``: BGR uint8 (h, w, 3); ``alpha``: from ``alpha_matte``, same size.
    """
    from pymatting.foreground.estimate_foreground_ml import estimate_foreground_ml  # noqa: PLC0415 - slow to import

    colour = np.array(rgb[::-1], np.float32) / 255
    if not alpha.any():
        return np.broadcast_to(np.rint(255 * colour).astype(np.uint8), pixels.shape).copy()
    if alpha.all() and float(alpha.min()) == 1.0:
        return pixels
    foreground = estimate_foreground_ml(pixels.astype(np.float32) / 255, alpha)
    mixed = alpha[..., None] * foreground + (1 - alpha[..., None]) * colour
    return np.asarray(np.clip(np.rint(255 * mixed), 0, 255), np.uint8)


def replace_background_fast(pixels: Pixels, person: Mask, rgb: tuple[int, int, int]) -> Pixels:
    """A softer edge in a few milliseconds, for previews while dragging."""
    alpha = cv2.GaussianBlur(np.clip((person - 0.2) / 0.6, 0, 1), (0, 0), 1.5)[..., None]
    colour = np.array(rgb[::-1], np.float32)
    mixed = alpha * pixels.astype(np.float32) + (1 - alpha) * colour
    return np.asarray(np.clip(np.rint(mixed), 0, 255), np.uint8)


def warm_up() -> None:
    """Compile and load what matting needs, so that the first applicant does not wait for it."""
    tiny = np.full((16, 16, 3), 128, np.uint8)
    person = np.zeros((16, 16), np.float32)
    person[:, :6] = 1
    on_background(tiny, alpha_matte(tiny, person), (255, 255, 255))

"""Lands on the exact pixel what the models place roughly: pupils on the iris's rim, the chin on its lower edge."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from app.imaging.decode import Pixels
from app.inspection.inference import EyePoints, Points

# -- pupils ------------------------------------------------------------------------------------------------

# The eye is looked at with its iris at this radius, px.
_IRIS_PX = 16.0
_SIDE_PX = 96
# Arcs left and right of the pupil; lids cover the rest of the rim.
_ARC_DEG = np.array([*range(-40, 31, 7), *range(150, 221, 7)], np.float64)
_RADII = np.arange(10.0, 23.5, 1.0)
_COARSE = np.arange(-10.0, 10.5, 2.0)
_FINE = np.arange(-1.5, 2.0, 0.5)
_WEAKEST_RIM = 6.0  # grey levels from iris to white of the eye; below it the rim is not seen


def landed_pupil(grey: Pixels, eye: EyePoints) -> tuple[float, float]:
    """Centre of the iris, picture pixels: the circle whose left and right arcs have the strongest step from dark to light
    (integro-differential operator, Daugman, IEEE PAMI 15(11), 1993), near where the iris model sees it.

    ``grey``: uint8. The model's own centre where no rim stands out (closed eye, glare, blur).
    """
    modelled = eye.iris[0]
    radius = float(np.linalg.norm(eye.iris[1:] - modelled, axis=1).mean())
    if radius < 2.0:
        return float(modelled[0]), float(modelled[1])
    scale = _IRIS_PX / radius
    middle = _SIDE_PX / 2
    to_patch = np.array([[scale, 0, middle - scale * modelled[0]], [0, scale, middle - scale * modelled[1]]])
    patch = cv2.warpAffine(grey, to_patch, (_SIDE_PX, _SIDE_PX), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    smooth = np.asarray(cv2.GaussianBlur(patch.astype(np.float32), (0, 0), 1.2), np.float32)
    best = np.array([middle, middle])
    for steps in (_COARSE, _FINE):
        best, rim = _strongest_rim(smooth, best, steps)
    if rim < _WEAKEST_RIM:
        return float(modelled[0]), float(modelled[1])
    found = modelled + (best - middle) / scale
    return float(found[0]), float(found[1])


def _strongest_rim(patch: NDArray[np.float32], around: Points, steps: Points) -> tuple[Points, float]:
    """Of circles centred ``steps`` about ``around``: the centre of the best one, and its step in grey levels."""
    dy, dx = (axis.ravel() for axis in np.meshgrid(steps, steps, indexing="ij"))
    arc = np.radians(_ARC_DEG)
    x = around[0] + dx[:, None, None] + _RADII[None, :, None] * np.cos(arc)
    y = around[1] + dy[:, None, None] + _RADII[None, :, None] * np.sin(arc)
    shape = x.shape
    flat = cv2.remap(
        patch,
        x.reshape(shape[0], -1).astype(np.float32),
        y.reshape(shape[0], -1).astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    half = shape[2] // 2
    rings = flat.reshape(shape)
    # The weaker of the two sides counts: a lash or a glint on one side is no rim.
    sides = np.minimum(*(np.diff(part.mean(axis=2), axis=1) for part in (rings[..., :half], rings[..., half:])))
    smooth = sides[:, :-1] + sides[:, 1:]
    at = int(smooth.max(axis=1).argmax())
    return np.array([around[0] + dx[at], around[1] + dy[at]]), float(smooth[at].max())


# -- chin --------------------------------------------------------------------------------------------------

# Face widths: how far about the mesh's chin its edge is looked for, and the strip of columns.
_ABOVE, _BELOW, _HALF_STRIP = 0.05, 0.09, 0.10
_ROWS, _COLUMNS = 56, 17
_WEAKEST_EDGE = 1.5  # L* per step of the strip, median over its columns
_AGREE = 0.6  # share of columns that see the edge at the same height


def landed_chin(pixels: Pixels, chin: Points, face_width: float, across: Points) -> Points:
    """The chin's lower edge on the line from the face downwards, picture pixels; ``chin`` itself where none is seen.

    ``pixels``: BGR uint8; ``across``: unit vector from the picture's left eye to its right one. The edge is where most
    columns under the chin turn from lit skin to the shadow, collar or neck beneath.
    """
    down = np.array([-across[1], across[0]])
    offsets = np.linspace(-_ABOVE, _BELOW, _ROWS) * face_width
    columns = np.linspace(-_HALF_STRIP, _HALF_STRIP, _COLUMNS) * face_width
    # A chin is round: its edge rises towards the sides, by about a circle of a third of the face's width.
    sag = columns**2 / (2 * 0.32 * face_width)
    where = chin + down * (offsets[:, None, None] - sag[None, :, None]) + across * columns[None, :, None]
    strip = cv2.remap(
        pixels,
        where[..., 0].astype(np.float32),
        where[..., 1].astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    light = cv2.cvtColor(strip.astype(np.float32) / 255, cv2.COLOR_BGR2LAB)[..., 0]
    light = cv2.GaussianBlur(light, (3, 7), 0)
    falls = light[:-4] - light[4:]  # darker below
    typical = np.median(falls, axis=1)
    at = int(typical.argmax())
    near = np.abs(falls.argmax(axis=0) - at) <= 5
    if typical[at] < _WEAKEST_EDGE or near.mean() < _AGREE:
        return chin
    return np.asarray(chin + down * float(offsets[at + 2]))

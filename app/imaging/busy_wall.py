"""The rim of a head before a busy wall: what has the wall's own colours there is wall, though the outline model says hair.

Closed-form matting takes an even wall out of hair by itself. Before curtains, windows and trees it cannot: colours change
from pixel to pixel, and the pieces of wall that the outline model left inside its outline stay as a halo. Each pixel of the
rim is therefore compared with its nearest neighbours, by colour and place, among sure pixels of the wall and of the
person (nearest-neighbour colour sampling: Cover & Hart 1967; for mattes He et al., "A Global Sampling Method", 2011).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from app.imaging.decode import Pixels

# Spread of the wall's L*a*b* around a place from which matting needs help: even walls of real portraits have at most 2,
# shelves, curtains, windows and trees 10 and more.
_BUSY = 10.0
_AROUND = 1 / 9  # side of that surrounding, in heights of the frame
_REACH = 1 / 11  # how far wall and person are looked at, in heights of the frame
_NEIGHBOURS, _SAMPLES = 24, 8000
_WALL, _DOUBTFUL = 0.95, 0.85  # shares of neighbours that are wall
_LIGHT, _PLACE = 0.7, 0.12  # what a step of L* and a pixel count beside a step of a* or b*
_EAR = 0.2  # ears of a face as wide as 1 are kept out by this radius: skin is often nearer to a curtain than to the hair


@dataclass(frozen=True)
class HeadPlace:
    """Where the head is on the frame, in px: above ``eyes_y`` there is hair alone but for the ``ears`` (their middles)."""

    eyes_y: float
    ears: tuple[tuple[float, float], tuple[float, float]]
    face_width: float


def without_busy_wall(known: NDArray[np.float64], pixels: Pixels, head: HeadPlace) -> NDArray[np.float64]:
    """A trimap (1 person, 0 wall, 0.5 to be found out) whose rim no longer holds what is surely a busy wall.

    ``known``: float (h, w); ``pixels``: BGR uint8 (h, w, 3). Before an even wall it comes back as it was. Thread: any.
    """
    lab = np.asarray(
        cv2.cvtColor(cv2.GaussianBlur(pixels, (0, 0), 1.0).astype(np.float32) / 255, cv2.COLOR_BGR2LAB), np.float32
    )
    zone = _hair_zone(known.shape, head) & (_spread(lab, known == 0) > _BUSY)
    if not (zone & (known == 0.5)).any():
        return known
    share = _wall_share(lab, known, zone)
    result = known.copy()
    doubtful = cv2.morphologyEx((share > _DOUBTFUL).astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    result[(known == 1) & (cv2.dilate(doubtful, np.ones((15, 15), np.uint8)) > 0)] = 0.5
    wall = cv2.erode((share > _WALL).astype(np.uint8), np.ones((3, 3), np.uint8))
    result[(known == 0.5) & (wall > 0)] = 0.0
    return result


def _hair_zone(shape: tuple[int, ...], head: HeadPlace) -> NDArray[np.bool_]:
    zone = np.zeros(shape, np.uint8)
    zone[: max(0, round(head.eyes_y))] = 1
    for x, y in head.ears:
        cv2.circle(zone, (round(x), round(y)), round(_EAR * head.face_width), 0, -1)
    return zone > 0


def _spread(lab: NDArray[np.float32], wall: NDArray[np.bool_]) -> NDArray[np.float32]:
    """How much the wall's colour changes around each pixel; 0 where too little of it is near."""
    side = max(9, round(_AROUND * wall.shape[0]) | 1)
    mask = wall.astype(np.float32)

    def around(values: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(cv2.boxFilter(values, -1, (side, side), normalize=False), np.float32)

    count = around(mask)
    mean = around(lab * mask[..., None]) / np.maximum(count, 1)[..., None]
    square = around(lab * lab * mask[..., None]) / np.maximum(count, 1)[..., None]
    spread = np.sqrt(np.maximum(square - mean * mean, 0).sum(axis=2))
    spread[count < side] = 0
    return np.asarray(spread, np.float32)


def _wall_share(lab: NDArray[np.float32], known: NDArray[np.float64], zone: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Share of each rim pixel's neighbours that are wall; 0 where nobody asks. Every second pixel is asked."""
    height, width = known.shape
    reach = max(8.0, _REACH * height)
    inside = cv2.distanceTransform((known == 1).astype(np.uint8), cv2.DIST_L2, 3)
    outside = cv2.distanceTransform((known == 0).astype(np.uint8), cv2.DIST_L2, 3)
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    features = np.dstack([_LIGHT * lab[..., 0], lab[..., 1], lab[..., 2], _PLACE * columns, _PLACE * rows])
    person = features[(inside > reach / 4) & (inside <= 1.6 * reach)]
    wall = features[(outside > 0) & (outside <= 0.9 * reach)]
    count = min(_SAMPLES, len(person), len(wall))
    if count < _NEIGHBOURS:
        return np.zeros(known.shape, np.float32)
    every = [sample[np.linspace(0, len(sample) - 1, count).astype(int)] for sample in (person, wall)]
    asked = (zone & ((known == 0.5) | ((inside > 0) & (inside <= reach / 2))))[::2, ::2]
    _, nearest = cKDTree(np.vstack(every)).query(features[::2, ::2][asked], k=_NEIGHBOURS)
    small = np.zeros(asked.shape, np.float32)
    small[asked] = (nearest >= count).mean(axis=1)
    share = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.where(zone, share, np.float32(0))

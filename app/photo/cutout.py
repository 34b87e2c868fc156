"""Who stands before the wall: one alpha matte of head and shoulders, made once and placed on every service's crop."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from app.domain.edits import CropBox
from app.imaging.busy_wall import HeadPlace
from app.imaging.geometry import crop_matrix
from app.imaging.matte import Mask
from app.inspection.head import HeadPoints, placed

# The matted frame, in face widths (ear root to ear root) from the eyes' middle and from the hair top: wide enough for
# the loosest crop of any standard, fine enough for the tightest at twice its size.
_BESIDE, _ABOVE_HAIR, _BELOW_EYES = 1.15, 0.25, 1.6
_FACE_PX = 400


@dataclass(frozen=True)
class MatteFrame:
    """A part of the original, levelled, at ``width``×``height`` px."""

    crop: CropBox
    width: int
    height: int


@dataclass(frozen=True)
class Cutout:
    """``alpha``: float (h, w), 0 wall … 1 person, on ``frame``."""

    frame: MatteFrame
    alpha: Mask


def matte_frame(head: HeadPoints) -> MatteFrame:
    """Depends on the head alone, so that the same original gives the same matte whatever was asked first."""
    wide = max(math.dist(head.ear_left, head.ear_right), 8.0)
    angle = math.radians(head.tilt_deg)
    eyes = head.eyes_centre
    down = (-math.sin(angle), math.cos(angle))
    rise = max((eyes[0] - x) * down[0] + (eyes[1] - y) * down[1] for x, y in head.crown)
    above, below = max(rise, 0.5 * wide) + _ABOVE_HAIR * wide, _BELOW_EYES * wide
    shift = (below - above) / 2
    crop = CropBox(eyes[0] + down[0] * shift, eyes[1] + down[1] * shift, 2 * _BESIDE * wide, head.tilt_deg)
    return MatteFrame(crop, round(2 * _BESIDE * _FACE_PX), round((above + below) / wide * _FACE_PX))


def head_place(head: HeadPoints, frame: MatteFrame) -> HeadPlace:
    """The head's eyes and ears on the frame."""
    eyes, left, right = (
        placed(p, frame.crop, frame.width, frame.height) for p in (head.eyes_centre, head.ear_left, head.ear_right)
    )
    return HeadPlace(eyes[1], (left, right), math.dist(left, right))


def covers(frame: MatteFrame, crop: CropBox, width: int, height: int) -> bool:
    """Whether the whole crop lies inside the frame."""
    back = cv2.invertAffineTransform(crop_matrix(crop, width, height))
    corners = [back @ (x, y, 1) for x in (0, width) for y in (0, height)]
    on_frame = [placed((float(x), float(y)), frame.crop, frame.width, frame.height) for x, y in corners]
    slack = 0.5  # half a pixel of the frame: its size is rounded
    return all(-slack <= x <= frame.width + slack and -slack <= y <= frame.height + slack for x, y in on_frame)


def alpha_on(cutout: Cutout, crop: CropBox, width: int, height: int) -> Mask:
    """The matte on a crop that its frame covers."""
    onto = np.vstack([crop_matrix(crop, width, height), (0, 0, 1)])
    from_frame = np.vstack([crop_matrix(cutout.frame.crop, cutout.frame.width, cutout.frame.height), (0, 0, 1)])
    matrix = (onto @ np.linalg.inv(from_frame))[:2]
    # OpenCV puts pixel centres at integers: shift by half a pixel on both sides.
    matrix[:, 2] += matrix[:, :2] @ np.array([0.5, 0.5]) - 0.5
    alpha = cv2.warpAffine(cutout.alpha, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(np.clip(alpha, 0, 1), np.float32)

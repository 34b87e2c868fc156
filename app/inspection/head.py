"""The points of a head that standards measure from, and the distances between them on any crop."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from app.domain.edits import CropBox
from app.domain.photo_standard import HeadMeasure

Point = tuple[float, float]


@dataclass(frozen=True)
class HeadPoints:
    """In pixels of the upright picture, y down. Left and right are the picture's, not the person's.

    ``ear_*`` are the ear roots, ``outer_*`` the outer edges of the ears. ``crown``: points along the upper outline of
    head and hair; the highest of them after levelling is the hair top.
    """

    pupil_left: Point
    pupil_right: Point
    ear_left: Point
    ear_right: Point
    outer_left: Point
    outer_right: Point
    chin: Point
    crown: tuple[Point, ...]

    @property
    def tilt_deg(self) -> float:
        """Angle of the eye line; positive when the picture's right eye is lower."""
        dx = self.pupil_right[0] - self.pupil_left[0]
        dy = self.pupil_right[1] - self.pupil_left[1]
        return math.degrees(math.atan2(dy, dx))

    @property
    def eyes_centre(self) -> Point:
        """Half-way between the pupils."""
        return (
            (self.pupil_left[0] + self.pupil_right[0]) / 2,
            (self.pupil_left[1] + self.pupil_right[1]) / 2,
        )


def moved_head(head: HeadPoints, move: Callable[[Point], Point]) -> HeadPoints:
    """Every point sent through ``move``."""
    return HeadPoints(
        move(head.pupil_left),
        move(head.pupil_right),
        move(head.ear_left),
        move(head.ear_right),
        move(head.outer_left),
        move(head.outer_right),
        move(head.chin),
        tuple(move(p) for p in head.crown),
    )


def placed(point: Point, crop: CropBox, width: int, height: int) -> Point:
    """Where a point of the original lands on the crop's output."""
    scale = width / crop.width
    angle = math.radians(crop.angle_deg)
    dx, dy = point[0] - crop.centre_x, point[1] - crop.centre_y
    return (
        scale * (math.cos(angle) * dx + math.sin(angle) * dy) + width / 2,
        scale * (-math.sin(angle) * dx + math.cos(angle) * dy) + height / 2,
    )


def head_distances(head: HeadPoints, crop: CropBox, width: int, height: int) -> dict[HeadMeasure, float]:
    """Every measure a standard may limit, in output pixels; pure arithmetic, cheap enough for dragging."""
    left, right, ear_l, ear_r, chin = (
        placed(p, crop, width, height)
        for p in (head.pupil_left, head.pupil_right, head.ear_left, head.ear_right, head.chin)
    )
    top = min(placed(p, crop, width, height)[1] for p in head.crown)
    eyes_x, eyes_y = (left[0] + right[0]) / 2, (left[1] + right[1]) / 2
    return {
        HeadMeasure.FACE_WIDTH: math.dist(ear_l, ear_r),
        HeadMeasure.HEAD_WIDTH: math.dist(
            placed(head.outer_left, crop, width, height), placed(head.outer_right, crop, width, height)
        ),
        HeadMeasure.HEAD_HEIGHT: chin[1] - top,
        HeadMeasure.HAIR_TOP: top,
        HeadMeasure.EYES_TOP: eyes_y,
        HeadMeasure.EYES_BOTTOM: height - eyes_y,
        HeadMeasure.CHIN_BOTTOM: height - chin[1],
        HeadMeasure.EYE_DISTANCE: math.dist(left, right),
        HeadMeasure.EYES_CENTRE_X: eyes_x,
    }

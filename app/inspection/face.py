"""Reads the face in a picture: where it is, its points, how the head is turned, and who stands before the wall."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.domain.judgement import Region
from app.imaging.decode import Pixels
from app.inspection.head import HeadPoints, Point
from app.inspection.inference import Detection, EyePoints, Networks, Points
from app.inspection.landing import landed_chin, landed_pupil
from app.inspection.pose import Pose, fit_head, mean_pose, mirror_pose

# Indices of the 468-point mesh (the model card's canonical face). "Left" and "right" here are the picture's.
EAR_LEFT, EAR_RIGHT, CHIN, FOREHEAD = 234, 454, 152, 10
_EYE_LEFT_CORNERS, _EYE_RIGHT_CORNERS = (33, 133), (362, 263)
LIDS_LEFT, LIDS_RIGHT = (159, 145), (386, 374)
LIPS_INNER = (13, 14)

# An ear stands off the head by about a tenth of the face's width (docs/decisions/0007-pose-and-head-width.md, 0013).
_EAR_SHARE = 0.095
_EAR_STEPS = 12

# The face is shown to the mesh model several times, with more or less around it: the means scatter less, and the outline
# follows the frame (docs/decisions/0013-pose-from-four-views.md). Sides of the frame over the mesh's longer side.
_VIEW_MARGINS = (1.3, 1.5, 1.75)

# How far beside the ears the outline of hair is followed, in half head widths.
_CROWN_SIDE = 0.75


@dataclass(frozen=True)
class Face:
    """The face a photo is about. ``mesh``: (468, 3), picture pixels.

    ``residual`` and ``aspect``: how well a rigid head explains the points (see ``HeadFit``).
    """

    box: Region
    score: float
    mesh: Points
    head: HeadPoints
    eyes: tuple[EyePoints, EyePoints]  # the picture's left and right
    pose: Pose
    residual: float
    aspect: float


@dataclass(frozen=True)
class FaceReading:
    """``faces``: every face found, largest first; ``main`` the largest one's details; ``person``: 0..1 per pixel."""

    faces: tuple[Region, ...]
    main: Face | None
    person: NDArray[np.float32]


def _point(mesh: Points, index: int) -> Point:
    return float(mesh[index, 0]), float(mesh[index, 1])


class FaceReader:
    """Holds the networks; one instance serves the whole program (a lock inside)."""

    def __init__(self, digest: Callable[[bytes], str]) -> None:
        self.networks = Networks(digest)

    def read(self, pixels: Pixels) -> FaceReading:
        """``pixels``: BGR uint8. A long side of 1000–2000 px is plenty; larger only costs time."""
        detections = sorted(self.networks.detect(pixels), key=lambda d: -d.box.width * d.box.height)
        if not detections:
            return FaceReading((), None, np.zeros(pixels.shape[:2], np.float32))
        person = self._person(pixels, detections[0])
        main = self._face(pixels, detections[0], person)
        return FaceReading(tuple(d.box for d in detections), main, person)

    def read_quick(self, pixels: Pixels) -> tuple[Face, int] | None:
        """The largest face and how many there are, without looking who stands where: for live pictures."""
        detections = sorted(self.networks.detect(pixels), key=lambda d: -d.box.width * d.box.height)
        if not detections:
            return None
        mesh = self.networks.mesh(pixels, detections[0])
        eyes = self._eyes(pixels, mesh)
        fit = fit_head(mesh)
        chin = (float(mesh[CHIN, 0]), float(mesh[CHIN, 1]))
        pupils = [(float(e.iris[0, 0]), float(e.iris[0, 1])) for e in eyes]
        nobody = np.zeros(pixels.shape[:2], np.float32)
        head = _head(mesh, mesh, nobody, (pupils[0], pupils[1]), chin)
        found = detections[0]
        return Face(found.box, found.score, mesh, head, eyes, fit.pose, fit.residual, fit.aspect), len(detections)

    def _face(self, pixels: Pixels, detection: Detection, person: NDArray[np.float32]) -> Face:
        mesh = self.networks.mesh(pixels, detection)
        eyes = self._eyes(pixels, mesh)
        close = _recentred(detection, mesh)
        near, middle, far = (self.networks.mesh(pixels, close, margin) for margin in _VIEW_MARGINS)
        mirrored = fit_head(self.networks.mesh(pixels, close, mirrored=True)).pose
        pose = mean_pose([*(fit_head(m).pose for m in (near, middle, far)), mirror_pose(mirrored)])
        grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)
        pupils = (landed_pupil(grey, eyes[0]), landed_pupil(grey, eyes[1]))
        across = far[EAR_RIGHT, :2] - far[EAR_LEFT, :2]
        wide = float(np.linalg.norm(across))
        chin = landed_chin(pixels, (middle[CHIN, :2] + far[CHIN, :2]) / 2, wide, across / max(wide, 1.0))
        head = _head(far, mesh, person, pupils, (float(chin[0]), float(chin[1])))
        fit = fit_head(mesh)
        return Face(detection.box, detection.score, mesh, head, eyes, pose, fit.residual, fit.aspect)

    def _eyes(self, pixels: Pixels, mesh: Points) -> tuple[EyePoints, EyePoints]:
        corners = [mesh[list(pair), :2] for pair in (_EYE_LEFT_CORNERS, _EYE_RIGHT_CORNERS)]
        left = self.networks.eye(pixels, corners[0][0], corners[0][1], mirrored=True)
        return left, self.networks.eye(pixels, corners[1][0], corners[1][1], mirrored=False)

    def _person(self, pixels: Pixels, detection: Detection) -> NDArray[np.float32]:
        """Segmented around the head and shoulders, where the model sees most detail; beyond, from the whole picture."""
        height, width = pixels.shape[:2]
        box = detection.box
        side = 3.4 * max(box.width, box.height)
        x0 = int(max(0, box.x + box.width / 2 - side / 2))
        y0 = int(max(0, box.y + box.height / 2 - 0.45 * side))
        x1, y1 = int(min(width, x0 + side)), int(min(height, y0 + side))
        if x1 - x0 <= 8 or y1 - y0 <= 8:
            return np.zeros((height, width), np.float32)
        person = np.zeros((height, width), np.float32)
        if (x1 - x0) * (y1 - y0) < 0.8 * width * height:
            person = self.networks.person(pixels)
            person[: int(max(0, box.y + box.height))] = 0  # beside a head there is nobody else's shoulder
        if x1 - x0 > 8 and y1 - y0 > 8:
            person[y0:y1, x0:x1] = self.networks.person(np.ascontiguousarray(pixels[y0:y1, x0:x1]))
        return person


def _recentred(detection: Detection, mesh: Points) -> Detection:
    """The detection with its box around the mesh: what the model is shown must not depend on the detector's mood."""
    (x0, y0), (x1, y1) = mesh[:, :2].min(axis=0), mesh[:, :2].max(axis=0)
    points = detection.points.copy()
    points[0], points[1] = mesh[_EYE_LEFT_CORNERS[0], :2], mesh[_EYE_RIGHT_CORNERS[1], :2]
    return Detection(Region(float(x0), float(y0), float(x1 - x0), float(y1 - y0)), points, detection.score)


def _head(
    outline: Points, mesh: Points, person: NDArray[np.float32], pupils: tuple[Point, Point], chin: Point
) -> HeadPoints:
    """``outline``: the mesh whose ear roots are taken."""
    return HeadPoints(
        pupil_left=pupils[0],
        pupil_right=pupils[1],
        ear_left=_point(outline, EAR_LEFT),
        ear_right=_point(outline, EAR_RIGHT),
        outer_left=_outer_ear(outline, person, EAR_LEFT, EAR_RIGHT),
        outer_right=_outer_ear(outline, person, EAR_RIGHT, EAR_LEFT),
        chin=chin,
        crown=_crown(mesh, person),
    )


def _outer_ear(mesh: Points, person: NDArray[np.float32], here: int, there: int) -> Point:
    """From the ear root outwards to where the person ends, at most the thickness of an ear: hair is no head."""
    root = mesh[here, :2]
    outwards = (root - mesh[there, :2]) * _EAR_SHARE
    for step in range(_EAR_STEPS, 0, -1):
        x, y = root + outwards * step / _EAR_STEPS
        row, column = round(y), round(x)
        if 0 <= row < person.shape[0] and 0 <= column < person.shape[1] and person[row, column] > 0.5:
            return float(x), float(y)
    return float(root[0]), float(root[1])


def _crown(mesh: Points, person: NDArray[np.float32]) -> tuple[Point, ...]:
    """The upper outline of head and hair above the brows, from the person mask; the mesh's forehead where it fails."""
    height, width = person.shape
    left, right = float(mesh[EAR_LEFT, 0]), float(mesh[EAR_RIGHT, 0])
    middle, half = (left + right) / 2, abs(right - left) * _CROWN_SIDE
    x0, x1 = int(max(0, middle - half)), int(min(width, middle + half))
    brow = int(np.clip(mesh[FOREHEAD, 1], 0, height - 1))
    forehead = (float(mesh[FOREHEAD, 0]), float(mesh[FOREHEAD, 1]))
    if x1 - x0 < 4 or brow < 2:
        return (forehead,)
    solid = cv2.threshold(person[: brow + 1, x0:x1], 0.5, 1, cv2.THRESH_BINARY)[1].astype(np.uint8)
    count, labels = cv2.connectedComponents(solid)
    seed = labels[brow, int(np.clip(forehead[0] - x0, 0, x1 - x0 - 1))]
    if count < 2 or seed == 0:
        return (forehead,)
    mine = labels == seed
    columns = np.flatnonzero(mine.any(axis=0))
    tops = mine.argmax(axis=0)[columns]
    step = max(1, len(columns) // 40)
    # The pixel above the first solid one, refined by where the mask crosses one half.
    return (forehead, *((float(x0 + c), float(t)) for c, t in zip(columns[::step], tops[::step], strict=True)))

"""The MediaPipe face models on OpenCV's DNN: pixels in, model outputs in pixels of the picture out.

One instance holds the networks; a lock makes it usable from several threads, one picture at a time.
Anchors and input ranges: BlazeFace (short and full range), face mesh, iris and selfie-segmentation model cards.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.domain.judgement import Region
from app.imaging.decode import Pixels
from app.inspection.models import NAMES, model_bytes

Points = NDArray[np.float64]

_NEAR_SIZE, _FAR_SIZE, _MESH_SIZE, _IRIS_SIZE, _PERSON_SIZE = 128, 192, 192, 64, 256
_MIN_SCORE = 0.6
_SAME_FACE_OVERLAP = 0.3
MESH_MARGIN = 1.5  # the mesh model was trained on boxes half as large again as the detector's
_IRIS_MARGIN = 2.3


def _near_anchors() -> Points:
    """896 anchor centres: 16×16 with 2 each, then 8×8 with 6 each; relative to the input."""
    centres = [((x + 0.5) / 16, (y + 0.5) / 16) for y in range(16) for x in range(16) for _ in range(2)]
    centres += [((x + 0.5) / 8, (y + 0.5) / 8) for y in range(8) for x in range(8) for _ in range(6)]
    return np.array(centres)


def _far_anchors() -> Points:
    """2304 anchor centres: 48×48 with one each."""
    return np.array([((x + 0.5) / 48, (y + 0.5) / 48) for y in range(48) for x in range(48)])


@dataclass(frozen=True)
class Detection:
    """A face box and six points (right eye, left eye, nose, mouth, right ear, left ear), in picture pixels."""

    box: Region
    points: Points
    score: float


@dataclass(frozen=True)
class _Letterbox:
    """A picture fitted into a square input: input pixels = picture pixels * scale + offset."""

    blob: NDArray[np.float32]
    scale: float
    dx: float
    dy: float


def _letterbox(pixels: Pixels, size: int) -> _Letterbox:
    height, width = pixels.shape[:2]
    scale = size / max(height, width)
    small = cv2.resize(pixels, (max(1, round(width * scale)), max(1, round(height * scale))), interpolation=cv2.INTER_AREA)
    square = np.zeros((size, size, 3), np.uint8)
    dy, dx = (size - small.shape[0]) // 2, (size - small.shape[1]) // 2
    square[dy : dy + small.shape[0], dx : dx + small.shape[1]] = small
    blob = cv2.dnn.blobFromImage(square, 2 / 255, (size, size), (127.5, 127.5, 127.5), swapRB=True)
    return _Letterbox(np.asarray(blob, np.float32), scale, dx, dy)


@dataclass(frozen=True)
class EyePoints:
    """``iris``: centre and four points of its rim, (5, 2). ``lids``: (16, 2), first nine along the lower lid from corner
    to corner, then seven along the upper one. Picture pixels."""

    iris: Points
    lids: Points

    @property
    def opening(self) -> float:
        """Greatest distance between the lids, picture pixels."""
        upper, lower = self.lids[9:16], self.lids[1:8]
        return float(np.linalg.norm(upper - lower, axis=1).max())


class Networks:
    """Loads in about 60 ms. Raises SetupFault MOD-101, MOD-102."""

    def __init__(self, digest: Callable[[bytes], str]) -> None:
        self._nets = {name: cv2.dnn.readNetFromTFLite(np.frombuffer(model_bytes(name, digest), np.uint8)) for name in NAMES}
        self._near, self._far = _near_anchors(), _far_anchors()
        self._lock = threading.Lock()

    def forward(self, name: str, blob: NDArray[np.float32], outputs: list[str]) -> list[NDArray[np.float32]]:
        """Bare inference; also what the benchmark calls."""
        with self._lock:
            net = self._nets[name]
            net.setInput(blob)
            return [np.asarray(net.forward(output), np.float32) for output in outputs]

    def detect(self, pixels: Pixels) -> tuple[Detection, ...]:
        """Every face, best first; the short-range model for large faces, the full-range one for small ones."""
        near = self._decode("face_detector", pixels, _NEAR_SIZE, self._near, ["regressors", "classificators"])
        far_outputs = ["reshaped_regressor_face_4", "reshaped_classifier_face_4"]
        far = self._decode("face_detector_far", pixels, _FAR_SIZE, self._far, far_outputs)
        return _without_doubles(near + far)

    def _decode(self, name: str, pixels: Pixels, size: int, anchors: Points, outputs: list[str]) -> list[Detection]:
        fitted = _letterbox(pixels, size)
        raw, logits = self.forward(name, fitted.blob, outputs)
        scores = 1 / (1 + np.exp(-np.clip(logits.reshape(-1), -60, 60).astype(np.float64)))
        found = []
        for i in np.flatnonzero(scores > _MIN_SCORE):
            row = raw.reshape(-1, 16)[i].astype(np.float64) / size
            centre = (row[:2] + anchors[i]) * size
            extent = row[2:4] * size
            points = ((row[4:].reshape(6, 2) + anchors[i]) * size - (fitted.dx, fitted.dy)) / fitted.scale
            left, top = (centre - extent / 2 - (fitted.dx, fitted.dy)) / fitted.scale
            width, height = extent / fitted.scale
            found.append(Detection(Region(left, top, width, height), points, float(scores[i])))
        return found

    def mesh(self, pixels: Pixels, detection: Detection, margin: float = MESH_MARGIN, *, mirrored: bool = False) -> Points:
        """468 points (x, y, z) in picture pixels; z grows away from the camera, same scale as x.

        ``margin``: side of the square shown to the model over the box's longer side. ``mirrored``: what the model
        sees and the points it answers are those of the mirror picture (x counted from the right edge).
        """
        right, left = detection.points[0], detection.points[1]
        angle = np.degrees(np.arctan2(left[1] - right[1], left[0] - right[0]))
        box = detection.box
        side = margin * max(box.width, box.height)
        centre = (box.x + box.width / 2, box.y + box.height / 2)
        to_input = cv2.getRotationMatrix2D(centre, float(angle), _MESH_SIZE / side)
        to_input[:, 2] = to_input[:, 2] + _MESH_SIZE / 2 - np.array(centre)
        if mirrored:
            to_input[0] = -to_input[0] + (0, 0, _MESH_SIZE)
        patch = cv2.warpAffine(pixels, to_input, (_MESH_SIZE, _MESH_SIZE), flags=cv2.INTER_LINEAR)
        blob = cv2.dnn.blobFromImage(patch, 1 / 255, (_MESH_SIZE, _MESH_SIZE), swapRB=True)
        raw = self.forward("face_mesh", np.asarray(blob, np.float32), ["conv2d_20"])[0].reshape(468, 3)
        back = cv2.invertAffineTransform(to_input)
        points = np.empty((468, 3))
        points[:, :2] = raw[:, :2] @ back[:, :2].T + back[:, 2]
        if mirrored:
            points[:, 0] = pixels.shape[1] - 1 - points[:, 0]
        points[:, 2] = raw[:, 2] * side / _MESH_SIZE
        return points

    def eye(self, pixels: Pixels, corner_a: Points, corner_b: Points, *, mirrored: bool) -> EyePoints:
        """Iris and lids of one eye; the model knows left eyes, right ones are shown to it mirrored."""
        side = _IRIS_MARGIN * float(np.linalg.norm(corner_a - corner_b))
        centre = (corner_a + corner_b) / 2
        scale = _IRIS_SIZE / max(side, 1.0)
        flip = -1.0 if mirrored else 1.0
        to_input = np.array(
            [
                [flip * scale, 0, _IRIS_SIZE / 2 - flip * scale * centre[0]],
                [0, scale, _IRIS_SIZE / 2 - scale * centre[1]],
            ]
        )
        patch = cv2.warpAffine(pixels, to_input, (_IRIS_SIZE, _IRIS_SIZE), flags=cv2.INTER_LINEAR)
        blob = np.asarray(cv2.dnn.blobFromImage(patch, 1 / 255, (_IRIS_SIZE, _IRIS_SIZE), swapRB=True), np.float32)
        iris, outline = self.forward("iris", blob, ["output_iris", "output_eyes_contours_and_brows"])
        back = cv2.invertAffineTransform(to_input)

        def on_picture(points: NDArray[np.float32]) -> Points:
            return np.asarray(points.reshape(-1, 3)[:, :2].astype(np.float64) @ back[:, :2].T + back[:, 2])

        return EyePoints(on_picture(iris), on_picture(outline)[:16])

    def person(self, pixels: Pixels) -> NDArray[np.float32]:
        """Probability of "person" per pixel, the picture's size."""
        blob = cv2.dnn.blobFromImage(pixels, 1 / 255, (_PERSON_SIZE, _PERSON_SIZE), swapRB=True)
        small = self.forward("person_segmentation", np.asarray(blob, np.float32), ["activation_10"])[0]
        size = (pixels.shape[1], pixels.shape[0])
        wide = cv2.resize(small.reshape(_PERSON_SIZE, _PERSON_SIZE), size, interpolation=cv2.INTER_LINEAR)
        return np.asarray(np.clip(wide, 0, 1), np.float32)


def _overlap(a: Region, b: Region) -> float:
    width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / (a.width * a.height + b.width * b.height - shared)


def _without_doubles(found: list[Detection]) -> tuple[Detection, ...]:
    kept: list[Detection] = []
    for detection in sorted(found, key=lambda d: -d.score):
        if all(_overlap(detection.box, other.box) < _SAME_FACE_OVERLAP for other in kept):
            kept.append(detection)
    return tuple(kept)

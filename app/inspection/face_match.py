"""人证核验 1:1: two faces compared by a site's own recognition network (SFace or another of its shape), scored by cosine.

Scores are those of OpenCV's FaceRecognizerSF: cosine of the two feature vectors, -1…1, the same person near 1. Which score
is enough is the site's limit for its model; OpenCV's sample takes 0.363 for SFace.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from app.domain.errors import SetupFault
from app.imaging.decode import Pixels
from app.inspection.face import Face

Features = NDArray[np.float32]

_NOSE_TIP, _MOUTH_LEFT, _MOUTH_RIGHT = 1, 61, 291  # of the 468-point mesh; left and right are the picture's


class FaceMatcher:
    """One network file; a lock inside, any thread. Raises SetupFault FCE-101 for a file that is no such network."""

    def __init__(self, model: Path) -> None:
        self._lock = threading.Lock()
        try:
            self._network: Any = cv2.FaceRecognizerSF.create(str(model), "")
        except cv2.error as error:
            raise SetupFault("FCE-101", path=str(model)) from error

    def features(self, pixels: Pixels, face: Face) -> Features:
        """Of one face in a BGR picture, aligned by eyes, nose and mouth as the network was trained.

        Raises SetupFault FCE-101 when the network does not take an aligned face of 112 × 112.
        """
        try:
            with self._lock:
                aligned = self._network.alignCrop(pixels, _row(face))
                return np.array(self._network.feature(aligned), np.float32)
        except cv2.error as error:
            raise SetupFault("FCE-101", path="") from error

    def score(self, one: Features, other: Features) -> float:
        """Cosine, symmetric."""
        return float(self._network.match(one, other, cv2.FaceRecognizerSF_FR_COSINE))


def _row(face: Face) -> NDArray[np.float32]:
    """The face as OpenCV's own detector writes it: box, five points from the picture's left to right, score."""
    box, mesh = face.box, face.mesh
    pupils = [(float(e.iris[0, 0]), float(e.iris[0, 1])) for e in face.eyes]
    points = [*pupils, *(tuple(mesh[index, :2]) for index in (_NOSE_TIP, _MOUTH_LEFT, _MOUTH_RIGHT))]
    numbers = [box.x, box.y, box.width, box.height, *(n for point in points for n in point), face.score]
    return np.array([numbers], np.float32)

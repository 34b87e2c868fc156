"""Turns a real face in space: the picture laid over its own depth, so that a turn of known size can be measured."""

from __future__ import annotations

import cv2
import numpy as np
from scipy.interpolate import RBFInterpolator

from app.imaging.decode import Pixels
from app.inspection.inference import Points


class Relief:
    """``pixels``: BGR; ``mesh``: (468, 3) as the mesh model read it; only the face turns truly, the rest follows."""

    def __init__(self, pixels: Pixels, mesh: Points) -> None:
        self._pixels = pixels
        self._centre = mesh[:, :2].mean(axis=0)
        height, width = pixels.shape[:2]
        reach = float(np.ptp(mesh[:, 0]))
        inside = RBFInterpolator(mesh[:, :2], -mesh[:, 2], neighbors=40, smoothing=5, kernel="linear")
        x, y = np.meshgrid(np.arange(0, width, 8), np.arange(0, height, 8))
        depth = inside(np.stack([x.ravel(), y.ravel()], axis=1).astype(np.float64)).reshape(x.shape)
        depth = np.clip(depth, -mesh[:, 2].max() - 0.3 * reach, -mesh[:, 2].min())
        self._depth = np.asarray(cv2.resize(depth.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC))

    def turned(self, yaw_deg: float, pitch_deg: float) -> Pixels:
        """The face turned by so much; signs as the product reports them."""
        a, b = np.radians([yaw_deg, pitch_deg])
        about_y = np.array([[np.cos(a), 0, np.sin(a)], [0, 1, 0], [-np.sin(a), 0, np.cos(a)]])
        about_x = np.array([[1, 0, 0], [0, np.cos(b), np.sin(b)], [0, -np.sin(b), np.cos(b)]])
        turn = about_x @ about_y
        inverse = np.linalg.inv(turn[:2, :2])
        v, u = np.mgrid[0 : self._pixels.shape[0], 0 : self._pixels.shape[1]].astype(np.float32)
        x, y = u.copy(), v.copy()
        for _ in range(25):
            z = cv2.remap(self._depth, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            du, dv = u - self._centre[0] - turn[0, 2] * z, v - self._centre[1] - turn[1, 2] * z
            x = (0.5 * x + 0.5 * (inverse[0, 0] * du + inverse[0, 1] * dv + self._centre[0])).astype(np.float32)
            y = (0.5 * y + 0.5 * (inverse[1, 0] * du + inverse[1, 1] * dv + self._centre[1])).astype(np.float32)
        return np.asarray(cv2.remap(self._pixels, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.uint8)

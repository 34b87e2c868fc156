"""Turn, cut and scale in one step: where each pixel of the issued picture comes from on the original."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from app.domain.edits import CropBox
from app.imaging.decode import Pixels


def crop_matrix(crop: CropBox, width: int, height: int) -> NDArray[np.float64]:
    """2×3 affine map from original pixels to output pixels (pixel centres at half integers in both)."""
    scale = width / crop.width
    angle = math.radians(crop.angle_deg)
    cos, sin = scale * math.cos(angle), scale * math.sin(angle)
    # A positive angle turns the picture counter-clockwise on the screen (y down).
    turn = np.array([[cos, sin], [-sin, cos]])
    shift = np.array([width / 2, height / 2]) - turn @ np.array([crop.centre_x, crop.centre_y])
    return np.hstack([turn, shift[:, None]])


def cut(pixels: Pixels, crop: CropBox, width: int, height: int) -> Pixels:
    """The crop at ``width``×``height``; outside the original the edge is repeated.

    A strong reduction is first halved by area averaging, so that fine hair and collars do not alias.
    """
    matrix = crop_matrix(crop, width, height)
    scale = width / crop.width
    if scale < 0.75:
        pixels, matrix = _around(pixels, matrix, width, height)
        reduction = max(scale / 0.75, 1 / max(pixels.shape[:2]))
        size = (max(1, round(pixels.shape[1] * reduction)), max(1, round(pixels.shape[0] * reduction)))
        exact = np.array([size[0] / pixels.shape[1], size[1] / pixels.shape[0]])
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
        matrix = matrix.copy()
        matrix[:, :2] = matrix[:, :2] / exact[None, :]
    # OpenCV puts pixel centres at integers: shift by half a pixel on both sides.
    centred = matrix.copy()
    centred[:, 2] += matrix[:, :2] @ np.array([0.5, 0.5]) - 0.5
    return cv2.warpAffine(pixels, centred, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE).astype(
        np.uint8
    )


def _around(pixels: Pixels, matrix: NDArray[np.float64], width: int, height: int) -> tuple[Pixels, NDArray[np.float64]]:
    """The part of the original that the crop needs, with room for the kernel, and the matrix from that part."""
    back = cv2.invertAffineTransform(matrix)
    corners = np.array([back @ (x, y, 1) for x in (0, width) for y in (0, height)])
    room = 4 / math.hypot(*matrix[0, :2])
    low, high = np.floor(corners.min(axis=0) - room), np.ceil(corners.max(axis=0) + room)
    size = np.array(pixels.shape[1::-1])
    x0, y0 = (int(v) for v in np.clip(low, 0, size - 1))
    x1, y1 = (int(v) for v in np.clip(high, (x0 + 1, y0 + 1), size))
    moved = matrix.copy()
    moved[:, 2] += matrix[:, :2] @ (x0, y0)
    return pixels[y0:y1, x0:x1], moved


def outside_shares(crop: CropBox, aspect: float, width: int, height: int) -> tuple[float, float, float, float]:
    """How much of the crop's left, top, right, bottom extent lies outside the original (0 = none), unturned frame.

    ``aspect``: output height / width.
    """
    half_w, half_h = crop.width / 2, crop.width * aspect / 2
    return (
        max(0.0, -(crop.centre_x - half_w)) / crop.width,
        max(0.0, -(crop.centre_y - half_h)) / (2 * half_h),
        max(0.0, crop.centre_x + half_w - width) / crop.width,
        max(0.0, crop.centre_y + half_h - height) / (2 * half_h),
    )

"""Retouching by hand: strokes that erase, sliders for light and colour; the face itself is out of bounds for strokes."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.domain.retouch import Adjustments, BrushStroke, Retouch, StrokeKind
from app.imaging.decode import Pixels

Mask = NDArray[np.uint8]

_GROWN = 0.02  # the protected zone reaches this share of the width beyond the face's outline
_FILL_REACH = 5


@dataclass(frozen=True)
class RetouchResult:
    """``touched``: 255 where strokes changed pixels; ``refused``: share of all strokes' area that fell on the face."""

    pixels: Pixels
    touched: Mask
    refused: float

    @property
    def area(self) -> float:
        """Share of the picture that strokes changed."""
        return float((self.touched > 0).mean())


def protected_zone(oval: NDArray[np.float64], width: int, height: int) -> Mask:
    """255 on the face and a little around it. ``oval``: points (n, 2) of the face's outline, picture pixels."""
    zone = np.zeros((height, width), np.uint8)
    cv2.fillConvexPoly(zone, cv2.convexHull(np.rint(oval).astype(np.int32)), 255)
    size = 2 * max(1, round(_GROWN * width)) + 1
    return np.asarray(cv2.dilate(zone, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))), np.uint8)


def stroke_mask(stroke: BrushStroke, width: int, height: int) -> Mask:
    """255 under the brush."""
    mask = np.zeros((height, width), np.uint8)
    points = np.rint(np.array(stroke.points) * (width, height)).astype(np.int32)
    radius = max(1, round(stroke.radius * width))
    if len(points) > 1:
        cv2.polylines(mask, [points], False, 255, 2 * radius)
    for x, y in (points[0], points[-1]):
        cv2.circle(mask, (int(x), int(y)), radius, 255, -1)
    return mask


def erased(pixels: Pixels, mask: Mask, rgb: tuple[int, int, int]) -> Pixels:
    """The background's colour where the mask is, with an edge one pixel soft that stays inside the mask."""
    soft = np.minimum(cv2.GaussianBlur(mask, (0, 0), 0.8), mask).astype(np.float32)[..., None] / 255
    mixed = pixels * (1 - soft) + np.array(rgb[::-1], np.float32) * soft
    return np.asarray(np.rint(mixed), np.uint8)


def smart_erased(pixels: Pixels, mask: Mask) -> Pixels:
    """Filled from around (Telea 2004), with the grain of the surroundings, so that the place does not look smeared."""
    if not mask.any() or mask.all():
        return pixels
    filled = np.asarray(cv2.inpaint(pixels, mask, _FILL_REACH, cv2.INPAINT_TELEA), np.int16)
    ring = (cv2.dilate(mask, np.ones((9, 9), np.uint8)) > 0) & (mask == 0)
    smooth = cv2.GaussianBlur(pixels, (0, 0), 1.5).astype(np.int16)
    grain = float(np.median(np.abs(pixels.astype(np.int16) - smooth)[ring])) * 1.48 if ring.any() else 0.0
    noise = np.random.default_rng(0).normal(0, min(grain, 6.0), pixels.shape[:2])[..., None]
    result = pixels.copy()
    inside = mask > 0
    result[inside] = np.clip(np.rint(filled + noise), 0, 255).astype(np.uint8)[inside]
    return result


def adjusted(pixels: Pixels, by: Adjustments) -> Pixels:
    """Brightness and contrast on L*, saturation and warmth on a*b*, sharpness by unsharp mask; neutral = same bytes."""
    if by == Adjustments():
        return pixels
    lab = np.asarray(cv2.cvtColor(pixels.astype(np.float32) / 255, cv2.COLOR_BGR2LAB), np.float32)
    light = lab[..., 0]
    light = (light - 50) * (1 + 0.5 * by.contrast) + 50 + 25 * by.brightness
    if by.sharpness:
        light = light + 1.2 * by.sharpness * (light - cv2.GaussianBlur(light, (0, 0), 1.2))
    lab[..., 0] = np.clip(light, 0, 100)
    lab[..., 1:] *= 1 + 0.6 * by.saturation
    lab[..., 2] += 12 * by.warmth
    return np.asarray(np.clip(np.rint(255 * cv2.cvtColor(lab, cv2.COLOR_LAB2BGR)), 0, 255), np.uint8)


def retouched(pixels: Pixels, retouch: Retouch, rgb: tuple[int, int, int], protected: Mask) -> RetouchResult:
    """Everything recorded. A pixel of the protected zone is never changed by a stroke; sliders act on the whole picture."""
    height, width = pixels.shape[:2]
    touched = np.zeros((height, width), np.uint8)
    wanted = refused = 0
    for stroke in retouch.strokes:
        mask = stroke_mask(stroke, width, height)
        wanted += int((mask > 0).sum())
        refused += int(((mask > 0) & (protected > 0)).sum())
        mask = np.where(protected > 0, 0, mask).astype(np.uint8)
        pixels = erased(pixels, mask, rgb) if stroke.kind is StrokeKind.ERASE else smart_erased(pixels, mask)
        touched = np.maximum(touched, mask)
    return RetouchResult(adjusted(pixels, retouch.adjustments), touched, refused / wanted if wanted else 0.0)

"""A recorded retouch made visible: tone, sharpness and the two erasers, which never reach into the face."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from app.domain.retouch import Adjustments, BrushStroke, Point, Retouch, StrokeKind
from app.imaging.decode import Pixels

Mask: TypeAlias = NDArray[np.uint8]
_Floats: TypeAlias = NDArray[np.float32]

_WARM_A, _WARM_B = 4.0, 14.0  # CIE a*, b* at full warmth: about 1500 K at the skin
_SHARPEST = 1.5  # times the detail that a blur takes away
_SOFT_PX = 2.0
_ZONE_GROWTH = 0.02
_SUBPIXEL_BITS = 4
_HALO_PX = 2  # an object's blurred rim is no surrounding
_RING_PX = 12
_INPAINT_RADIUS_PX = 3
_DETAIL_SIGMA_PX = 1.5
_SEED = 20240229


@dataclass(frozen=True)
class RetouchResult:
    """``touched``: 255 where a stroke changed a pixel. ``refused_share``: of the strokes' area, in the protected zone."""

    pixels: Pixels
    touched: Mask
    refused_share: float


def touched_area(result: RetouchResult) -> float:
    """Share of the picture that strokes changed."""
    return float(np.count_nonzero(result.touched)) / result.touched.size


# -- tone ----------------------------------------------------------------------------------------------


def adjusted(pixels: Pixels, adjustments: Adjustments) -> Pixels:
    """Lightness in CIE L*, colour in a* and b*; neutral gives the same bytes.

    Black and white are fixed points of all but sharpness, so that a white background stays white.
    """
    if adjustments.is_neutral:
        return pixels.copy()
    lab = np.asarray(cv2.cvtColor(pixels.astype(np.float32) / 255, cv2.COLOR_BGR2Lab), np.float32)
    light = _toned(np.clip(lab[..., 0] / 100, 0, 1), adjustments)
    light = _sharpened(light, adjustments.sharpness)
    lab[..., 1:] *= 1 + adjustments.saturation
    lab[..., 1:] += _warming(light, adjustments.warmth)
    lab[..., 0] = 100 * light
    return _bytes(255 * np.asarray(cv2.cvtColor(lab, cv2.COLOR_Lab2BGR), np.float32))


def _toned(light: _Floats, adjustments: Adjustments) -> _Floats:
    """Both curves rise everywhere and keep 0 and 1, so that nothing is clipped."""
    curved = light ** (2.0**-adjustments.brightness)
    steep = curved * curved * (3 - 2 * curved)
    return np.asarray(curved + adjustments.contrast * (steep - curved), np.float32)


def _sharpened(light: _Floats, amount: float) -> _Floats:
    if amount == 0.0:
        return light
    # The same look at every size: one pixel at the width of an identity card's photo.
    blurred = cv2.GaussianBlur(light, (0, 0), max(0.6, light.shape[1] / 358))
    return np.asarray(np.clip(light + _SHARPEST * amount * (light - blurred), 0, 1), np.float32)


def _warming(light: _Floats, warmth: float) -> _Floats:
    """Towards yellow and a little red, strongest at middle lightness."""
    weight = (4 * warmth * light * (1 - light))[..., None]
    return np.asarray(weight * np.array([_WARM_A, _WARM_B], np.float32), np.float32)


def _bytes(values: NDArray[np.floating]) -> Pixels:
    return np.asarray(np.clip(np.rint(values), 0, 255), np.uint8)


# -- where ---------------------------------------------------------------------------------------------


def stroke_mask(stroke: BrushStroke, width: int, height: int) -> Mask:
    """255 where the round brush went; at least one pixel."""
    unit = 1 << _SUBPIXEL_BITS
    # Pixel centres lie at half integers in shares and at integers in OpenCV.
    places = np.array(stroke.points) * [width, height] - 0.5
    places = np.rint(unit * np.clip(places, 0, [width - 1, height - 1])).astype(np.int32)
    radius = max(0.5, stroke.radius * width)
    mask = np.zeros((height, width), np.uint8)
    cv2.polylines(mask, [places], False, 255, max(1, round(2 * radius)), cv2.LINE_8, _SUBPIXEL_BITS)
    for x, y in places:
        cv2.circle(mask, (int(x), int(y)), round(unit * radius), 255, cv2.FILLED, cv2.LINE_8, _SUBPIXEL_BITS)
    return mask


def protected_zone(oval_points: NDArray[np.floating], width: int, height: int) -> Mask:
    """255 on the face: hull of its oval, grown by 2 % of the width.

    Without a face (fewer than three usable points) all is protected: nobody can say what would be erased.
    """
    points = np.asarray(oval_points, np.float64).reshape(-1, 2)
    points = points[np.isfinite(points).all(axis=1)]
    if len(points) < 3:
        return np.full((height, width), 255, np.uint8)
    hull = cv2.convexHull(np.rint(points - 0.5).astype(np.int32))
    zone = np.zeros((height, width), np.uint8)
    cv2.fillConvexPoly(zone, hull, 255)
    cv2.polylines(zone, [hull], True, 255, 2 * math.ceil(_ZONE_GROWTH * width) + 1)
    return zone


def zone_outline(zone: Mask) -> tuple[Point, ...]:
    """The zone's outer line in shares of the picture, for drawing; empty where nothing is protected."""
    lines, _ = cv2.findContours(zone, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not lines:
        return ()
    height, width = zone.shape
    longest = max(lines, key=cv2.contourArea).reshape(-1, 2)
    return tuple(((float(x) + 0.5) / width, (float(y) + 0.5) / height) for x, y in longest)


# -- the erasers ---------------------------------------------------------------------------------------


def erase(pixels: Pixels, mask: Mask, colour: tuple[int, int, int]) -> Pixels:
    """``colour`` (red, green, blue) over the mask; the soft edge lies inside it."""
    return _laid_over(pixels, np.broadcast_to(np.array(colour[::-1], np.float32), pixels.shape), mask)


def smart_erase(pixels: Pixels, mask: Mask) -> Pixels:
    """The mask filled from what lies around, with grain like there; nothing around: as it was."""
    if not mask.any():
        return pixels.copy()
    hole = np.asarray(cv2.dilate(mask, _disc(_HALO_PX)), np.uint8)
    around = np.asarray(cv2.dilate(hole, _disc(_RING_PX)), np.uint8) - hole
    if not around.any():
        return pixels.copy()
    box = _bounds(hole, _RING_PX + _HALO_PX)
    piece, hole, around = pixels[box], np.ascontiguousarray(hole[box]), around[box]
    filled = _filled(np.ascontiguousarray(piece), hole)
    result = pixels.copy()
    result[box] = _laid_over(piece, filled + _grain(filled, around), np.ascontiguousarray(mask[box]))
    return result


def _filled(piece: Pixels, hole: Mask) -> NDArray[np.float32]:
    """By Navier-Stokes; it leaves a ridge where the colours of both sides meet, so deep inside it is calmed.

    Telea's fill is four levels lighter than an even wall (OpenCV 5.0), which shows as a stain.
    """
    filled = cv2.inpaint(piece, hole, _INPAINT_RADIUS_PX, cv2.INPAINT_NS).astype(np.float32)
    depth = np.asarray(cv2.distanceTransform(hole, cv2.DIST_L2, cv2.DIST_MASK_PRECISE), np.float32)
    deepest = float(depth.max())
    share = (depth / deepest)[..., None]
    # Only within the hole: a dark coat beyond its rim must not shade the wall.
    inside = (hole > 0).astype(np.float32)[..., None]
    weight = np.maximum(cv2.GaussianBlur(inside, (0, 0), deepest / 2), 1e-6)[..., None]
    calm = cv2.GaussianBlur(filled * inside, (0, 0), deepest / 2) / weight
    return np.asarray(share * calm + (1 - share) * filled, np.float32)


def _laid_over(pixels: Pixels, above: NDArray[np.float32], mask: Mask) -> Pixels:
    inside = np.asarray(cv2.distanceTransform(mask, cv2.DIST_L2, cv2.DIST_MASK_PRECISE), np.float32)
    share = np.clip((inside - 0.5) / _SOFT_PX, 0, 1)[..., None]
    return _bytes(share * above + (1 - share) * pixels.astype(np.float32))


def _disc(radius: int) -> Mask:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1)), np.uint8)


def _bounds(mask: Mask, margin: int) -> tuple[slice, slice]:
    x, y, width, height = cv2.boundingRect(mask)
    return slice(max(0, y - margin), y + height + margin), slice(max(0, x - margin), x + width + margin)


def _grain(filled: NDArray[np.float32], around: Mask) -> NDArray[np.float32]:
    """Fine differences as strong, as coloured and as coarse as those of the quieter half around.

    The quieter half: edges and weave are no grain, and made into grain they would be speckles.
    """
    detail = filled - cv2.GaussianBlur(filled, (0, 0), _DETAIL_SIGMA_PX)
    energy = cv2.boxFilter((detail**2).sum(axis=2), -1, (5, 5))
    quiet = (around > 0) & (energy <= np.median(energy[around > 0]))
    found = detail[quiet] - detail[quiet].mean(axis=0)
    # Always the same grain: a retouch shown again is the same file again.
    chosen = np.random.default_rng(_SEED).integers(0, len(found), filled.shape[:2])
    drawn = np.asarray(found[chosen], np.float32)
    sigma = _coarseness(detail, quiet)
    if sigma < 0.3:
        return drawn
    coarse = np.asarray(cv2.GaussianBlur(drawn, (0, 0), sigma), np.float32)
    return np.asarray(coarse * (drawn.std() / max(float(coarse.std()), 1e-6)), np.float32)


def _coarseness(detail: NDArray[np.float32], quiet: NDArray[np.bool_]) -> float:
    """The blur, in pixels, that makes neighbours of white noise as alike as ``quiet`` neighbours are."""
    pairs = quiet[:, :-1] & quiet[:, 1:]
    left, right = detail[:, :-1][pairs], detail[:, 1:][pairs]
    power = float((left**2).sum())
    alike = float((left * right).sum()) / power if power else 0.0
    return math.sqrt(-1 / (4 * math.log(min(alike, 0.8)))) if alike > 0 else 0.0


# -- all of it -----------------------------------------------------------------------------------------


def retouched(pixels: Pixels, retouch: Retouch, background_rgb: tuple[int, int, int], protected: Mask) -> RetouchResult:
    """Adjustments on all, then the strokes in their order, outside ``protected``.

    Sharpening after the strokes would carry their change into the protected zone. The background's colour is
    adjusted as the picture is, so that what is erased is as the background beside it.
    """
    height, width = pixels.shape[:2]
    base = adjusted(pixels, retouch.adjustments)
    colour = _adjusted_colour(background_rgb, retouch.adjustments)
    asked = np.zeros((height, width), bool)
    result = base
    for stroke in retouch.strokes:
        mask = stroke_mask(stroke, width, height)
        asked |= mask > 0
        free = np.where(protected > 0, 0, mask).astype(np.uint8)
        result = erase(result, free, colour) if stroke.kind is StrokeKind.ERASE else smart_erase(result, free)
    touched = np.where((result != base).any(axis=2), 255, 0).astype(np.uint8)
    area = int(np.count_nonzero(asked))
    refused = int(np.count_nonzero(asked & (protected > 0)))
    return RetouchResult(result, touched, refused / area if area else 0.0)


def _adjusted_colour(rgb: tuple[int, int, int], adjustments: Adjustments) -> tuple[int, int, int]:
    blue, green, red = (int(v) for v in adjusted(np.array([[rgb[::-1]]], np.uint8), adjustments)[0, 0])
    return red, green, blue

"""Where the machine-readable zone lies in a picture: two or three long dark lines of equal length, one above the other.

Black hat brings dark strokes out of any ground, closing makes a line of text one blob, its shape tells it from the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from app.inspection.mrz.glyphs import Grey

Affine = NDArray[np.float64]

# A whole page and a page that fills only half of the picture: one of the two brings the strokes to the kernel's size.
_WORKING_WIDTHS = (900, 1800)
_LARGEST_ANGLE = 20.0
_STROKE = 15
_GRAIN = 1.2
_GAP = 25
_THINNEST, _THICKEST = 10.0, 70.0
_LEAST_SHARE = 0.25
_MOST_CANDIDATES = 6


@dataclass(frozen=True)
class Box:
    """A line of text in a picture laid straight: pixels."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Strip:
    """``to_straight``: picture → straight picture (2×3). ``lines``: two or three boxes there, top to bottom."""

    to_straight: Affine
    lines: tuple[Box, ...]


def find_strips(grey: Grey) -> tuple[Strip, ...]:
    """Candidates, the likeliest first; empty when the picture has none. Either side may be up."""
    found: list[Strip] = []
    for width in _WORKING_WIDTHS:
        scale = width / max(grey.shape)
        interpolation = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        small = np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=interpolation), np.uint8)
        angle = _text_angle(_ink(small))
        if angle is None:
            continue
        turn = _turn(small.shape[1], small.shape[0], angle)
        size = _turned_size(small.shape[1], small.shape[0], angle)
        straight = cv2.warpAffine(small, turn, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        boxes = _boxes(_ink(np.asarray(straight, np.uint8)), straight.shape[1])
        back_and_forth = turn @ np.diag((scale, scale, 1.0))
        found += [Strip(back_and_forth, group) for group in _groups(boxes)]
    return tuple(found[:_MOST_CANDIDATES])


def _ink(grey: Grey) -> Grey:
    """Lines of text as blobs, 0 or 255."""
    # Grain must not outweigh thin strokes: smoothed by less than a stroke's width first.
    calm = cv2.GaussianBlur(grey, (0, 0), _GRAIN)
    strokes = cv2.morphologyEx(calm, cv2.MORPH_BLACKHAT, cv2.getStructuringElement(cv2.MORPH_RECT, (_STROKE, _STROKE)))
    strokes = cv2.GaussianBlur(strokes, (3, 3), 0)
    _, black = cv2.threshold(strokes, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    blobs = cv2.morphologyEx(black, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (_GAP, 1)))
    opened = cv2.morphologyEx(blobs, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (_GAP, 3)))
    return np.asarray(opened, np.uint8)


def _text_angle(ink: Grey) -> float | None:
    """Degrees by which the longest lines fall to the right; None when nothing looks like a line."""
    contours, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    angles, weights = [], []
    for contour in contours:
        (_, _), (w, h), turned = cv2.minAreaRect(contour)
        long, short = max(w, h), max(min(w, h), 1.0)
        angle = turned if w >= h else turned - 90.0
        angle = (angle + 90.0) % 180.0 - 90.0
        if long > _LEAST_SHARE * ink.shape[1] and long / short > _THINNEST / 2 and abs(angle) <= _LARGEST_ANGLE:
            angles.append(angle)
            weights.append(long)
    return None if not angles else float(angles[int(np.argmax(weights))])


def _turned_size(width: int, height: int, angle: float) -> tuple[int, int]:
    c, s = abs(np.cos(np.radians(angle))), abs(np.sin(np.radians(angle)))
    return int(np.ceil(width * c + height * s)), int(np.ceil(width * s + height * c))


def _turn(width: int, height: int, angle: float) -> Affine:
    """Turned about the centre, nothing cut off."""
    turn = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0), np.float64)
    new_width, new_height = _turned_size(width, height, angle)
    turn[:, 2] += ((new_width - width) / 2, (new_height - height) / 2)
    return turn


def _boxes(ink: Grey, width: int) -> list[Box]:
    contours, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = [Box(*map(float, cv2.boundingRect(contour))) for contour in contours]
    return [b for b in boxes if b.width > _LEAST_SHARE * width and _THINNEST < b.width / b.height < _THICKEST]


def _groups(boxes: list[Box]) -> list[tuple[Box, ...]]:
    """Neighbouring lines of one length and one left edge; the lowest and longest first, threes before twos."""
    boxes = sorted(boxes, key=lambda b: b.y)
    groups = []
    for count in (3, 2):
        for start in range(len(boxes) - count + 1):
            group = tuple(boxes[start : start + count])
            if _belong_together(group):
                groups.append(group)
    return sorted(groups, key=lambda g: -sum(b.width for b in g) / len(g) - 0.001 * len(g))


def _belong_together(group: tuple[Box, ...]) -> bool:
    first = group[0]
    for one, other in pairwise(group):
        step = other.y - one.y
        # Line spacing is 1.6 to 4 character heights; blobs may be a little higher or lower than the characters.
        if not 1.1 * min(one.height, other.height) < step < 6 * max(one.height, other.height):
            return False
    return all(abs(b.x - first.x) < 0.06 * first.width and abs(b.width - first.width) < 0.08 * first.width for b in group)

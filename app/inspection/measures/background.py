"""The wall behind the person: its colour, evenness, things on it, shadows, marks."""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from app.domain.judgement import Measurement, Region
from app.inspection.face import FaceReading
from app.inspection.measures.taking import Taker
from app.inspection.scene import Scene

RGB: TypeAlias = tuple[int, int, int]

_SURE_BACKGROUND = 0.02
_ENOUGH = 100


def background_mask(reading: FaceReading) -> NDArray[np.uint8]:
    """255 where nobody is, well away from hair and shoulders, above the chin (clothes end where they end)."""
    height = reading.person.shape[0]
    near = max(3, height // 30)
    person = (reading.person > _SURE_BACKGROUND).astype(np.uint8)
    mask = np.asarray(255 * (1 - cv2.dilate(person, np.ones((near, near), np.uint8))), np.uint8)
    if reading.main is not None:
        mask[int(max(1, reading.main.head.chin[1])) :] = 0
    return mask


def background_lab(scene: Scene) -> NDArray[np.float32] | None:
    """L*a*b* of every sure background pixel, (n, 3); None where too few."""
    inside = scene.lab[background_mask(scene.reading) > 0]
    return inside if len(inside) >= _ENOUGH else None


def lab_of(rgb: RGB) -> NDArray[np.float32]:
    """One sRGB colour as L*a*b*."""
    pixel = np.array([[rgb[::-1]]], np.float32) / 255
    return np.asarray(cv2.cvtColor(pixel, cv2.COLOR_BGR2LAB)[0, 0], np.float32)


def background_measures(scene: Scene, colours: tuple[RGB, ...]) -> list[Measurement]:
    """ΔE is CIE 1976; to the nearest of the accepted ``colours``."""
    t = Taker("background-lab/1")
    mask = background_mask(scene.reading) > 0
    inside = scene.lab[mask]
    height, width = mask.shape
    region = Region(0.0, 0.0, float(width), height * 0.4)
    ids = (("background_colour", "dE"), ("background_evenness", "L*"), ("background_edges", "share"))
    if len(inside) < _ENOUGH:
        for id_, unit in (*ids, ("marks", "count"), ("wall_shadow", "L*")):
            t.take(id_, None, unit, region, note="too little wall in the picture")
        return t.taken
    off = [float(np.percentile(np.linalg.norm(inside - lab_of(rgb), axis=1), 95)) for rgb in colours]
    t.take("background_colour", min(off), "dE", region)
    t.take("background_evenness", inside[:, 0].std(), "L*", region)
    smooth = cv2.GaussianBlur(scene.lab, (0, 0), 1.2)
    slope = sum(np.abs(cv2.Sobel(smooth[..., c], cv2.CV_32F, dx, 1 - dx, ksize=3)) for c in range(3) for dx in (0, 1))
    hard = (np.asarray(slope) > 22) & mask
    t.take("background_edges", float(hard.sum()) / mask.sum(), "share", _place(hard) or region, method="wall-edges/1")
    t.take("marks", *_marks(scene, mask), method="small-spots/1")
    t.take("wall_shadow", *_shadow(scene, mask), method="beside-the-head/1")
    return t.taken


def _place(mask: NDArray[np.bool_]) -> Region | None:
    ys, xs = np.nonzero(mask)
    if len(xs) == 0:
        return None
    return Region(float(xs.min()), float(ys.min()), float(np.ptp(xs) + 1), float(np.ptp(ys) + 1))


def _marks(scene: Scene, mask: NDArray[np.bool_]) -> tuple[float, str, Region | None]:
    """Small spots that differ from the wall around them: digits, letters, stains."""
    local = cv2.medianBlur(np.clip(scene.lab[..., 0] * 2.55, 0, 255).astype(np.uint8), 31).astype(np.float32) / 2.55
    spots = ((np.abs(scene.lab[..., 0] - local) > 9) & mask).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(spots)
    area = stats[1:, cv2.CC_STAT_AREA] if count > 1 else np.array([])
    limit = 0.004 * mask.size
    kept = (area >= 8) & (area < limit)
    return float(kept.sum()), "count", _place(spots > 0)


def _shadow(scene: Scene, mask: NDArray[np.bool_]) -> tuple[float | None, str, Region | None]:
    """How much darker the wall is close beside the head than farther off."""
    face = scene.reading.main
    if face is None:
        return None, "L*", None
    middle, wide = face.head.eyes_centre[0], abs(face.head.ear_right[0] - face.head.ear_left[0])
    columns = np.abs(np.arange(mask.shape[1]) - middle) / max(wide, 1)
    near, far = mask & (columns < 1.25)[None, :], mask & (columns >= 1.25)[None, :]
    if near.sum() < _ENOUGH or far.sum() < _ENOUGH:
        return None, "L*", None
    return float(np.median(scene.lab[..., 0][far]) - np.percentile(scene.lab[..., 0][near], 8)), "L*", None

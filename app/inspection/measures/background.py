"""The wall behind the person: its colour, evenness, things on it, shadows, marks."""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from app.domain.judgement import Measurement, Region
from app.inspection.measures.taking import Taker
from app.inspection.scene import Scene

RGB: TypeAlias = tuple[int, int, int]

_ENOUGH = 100


def lab_of(rgb: RGB) -> NDArray[np.float32]:
    """One sRGB colour as L*a*b*."""
    pixel = np.array([[rgb[::-1]]], np.float32) / 255
    return np.asarray(cv2.cvtColor(pixel, cv2.COLOR_BGR2LAB)[0, 0], np.float32)


def background_measures(scene: Scene, colours: tuple[RGB, ...]) -> list[Measurement]:
    """ΔE is CIE 1976; to the nearest of the accepted ``colours``."""
    t = Taker("background-lab/1")
    mask, wall = scene.wall_mask, scene.wall
    height, width = mask.shape
    region = Region(0.0, 0.0, float(width), height * 0.4)
    ids = (("background_colour", "dE"), ("background_evenness", "L*"), ("background_edges", "share"))
    if wall is None:
        for id_, unit in (*ids, ("marks", "count"), ("wall_shadow", "L*")):
            t.take(id_, None, unit, region, note="too little wall in the picture")
        return t.taken
    off = [float(np.percentile(np.linalg.norm(wall - lab_of(rgb), axis=1), 95)) for rgb in colours]
    t.take("background_colour", min(off), "dE", region)
    t.take("background_evenness", float(wall[:, 0].std()), "L*", region)
    smooth = cv2.GaussianBlur(scene.lab, (0, 0), 1.2)
    slope = np.abs(cv2.Sobel(smooth, cv2.CV_32F, 1, 0)) + np.abs(cv2.Sobel(smooth, cv2.CV_32F, 0, 1))
    hard = (cv2.transform(slope, np.ones((1, 3), np.float32)) > 22) & mask
    t.take("background_edges", float(hard.sum()) / mask.sum(), "share", _place(hard) or region, method="wall-edges/1")
    t.take("marks", *_marks(scene, mask), method="small-spots/2")
    t.take("wall_shadow", *_shadow(scene, mask), method="beside-the-head/1")
    return t.taken


def _place(mask: NDArray[np.bool_]) -> Region | None:
    ys, xs = np.nonzero(mask)
    if len(xs) == 0:
        return None
    return Region(float(xs.min()), float(ys.min()), float(np.ptp(xs) + 1), float(np.ptp(ys) + 1))


def _marks(scene: Scene, mask: NDArray[np.bool_]) -> tuple[float, str, Region | None]:
    """Small spots that differ from the wall around them: digits, letters, stains."""
    light = cv2.convertScaleAbs(scene.lab[..., 0], alpha=2.55)
    small = cv2.resize(light, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    local = cv2.resize(cv2.medianBlur(small, 15), (light.shape[1], light.shape[0]), interpolation=cv2.INTER_LINEAR)
    spots = ((cv2.absdiff(light, local) > 23) & mask).astype(np.uint8)
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

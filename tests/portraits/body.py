"""Draws what stands still while the head turns: the wall, shoulders, clothes, a raised hand."""

from __future__ import annotations

import cv2
import numpy as np
from portraits.easel import Easel, Outline, ellipse, mixed, outline
from portraits.head import _shade
from portraits.portrait import Portrait


def draw_wall(easel: Easel, p: Portrait) -> None:
    """A studio wall: nearly even, or with a gradient, things standing before it, a shadow of the head."""
    height, width = easel.alpha.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    falloff = 1 - 0.03 * np.hypot((x - width / 2) / width, (y - height / 3) / height) - p.wall_gradient * (x / width)
    easel.canvas[:] = np.array(p.wall, np.float32) * falloff[..., None]
    easel.alpha[:] = 1
    random = np.random.default_rng(p.seed + 1)
    for number in range(p.clutter):
        left = float(random.uniform(20, 260)) if number % 2 else float(random.uniform(860, 1080))
        top = float(random.uniform(120, 700))
        colour = tuple(float(c) for c in random.uniform(30, 200, 3))
        box = outline([[left, top], [left + 100, top], [left + 110, top + 220], [left, top + 210]])
        easel.shape(box, colour, 1.0, solid=False)  # type: ignore[arg-type]
    if p.wall_shadow:
        easel.shape(ellipse((690, 600), (210, 290)), mixed(p.wall, (40, 40, 44), 0.8), 14, p.wall_shadow, solid=False)


def _leaning(points: Outline, p: Portrait) -> Outline:
    moved = points.copy()
    reach = np.clip((moved[:, 1] - 930) / 120, 0, 1)
    moved[:, 1] += np.tan(np.radians(p.shoulder_tilt)) * (moved[:, 0] - 600) * reach
    moved[:, 1] += p.shoulder_drop * np.clip((moved[:, 1] - 960) / 60, 0, 1)
    return moved


def draw_body(easel: Easel, p: Portrait) -> None:
    """Neck, clothes and what hangs on them."""
    skin = p.skin_colour
    if p.hair_style == "long":
        easel.shape(outline([[424, 640], [776, 640], [800, 1120], [400, 1120]]), mixed(p.hair, (0, 0, 0), 0.2), 6)
    neck = outline([[512, 770], [688, 770], [700, 960], [760, 1010], [640, 1240], [560, 1240], [440, 1010], [500, 960]])
    easel.shape(neck, skin, 2)
    jacket = outline(
        [
            [440, 985],
            [520, 1040],
            [600, 1180],
            [680, 1040],
            [760, 985],
            [960, 1070],
            [1060, 1180],
            [1110, 1700],
            [90, 1700],
            [140, 1180],
            [240, 1070],
        ]
    )
    if p.collar == "low":
        jacket[1:4] = [[520, 1150], [600, 1330], [680, 1150]]
    easel.shape(_leaning(jacket, p), p.clothes, 2.5)
    if p.collar != "low":
        collar = outline([[500, 945], [600, 1150], [700, 945], [770, 1000], [640, 1230], [560, 1230], [430, 1000]])
        easel.shape(_leaning(collar, p), p.shirt, 1.5)
        opening = outline([[522, 950], [600, 1060], [678, 950], [640, 965], [600, 975], [560, 965]])
        easel.shape(opening, skin, 2)
    for side in (-1, 1) if p.collar != "low" else ():
        lapel = outline([[600, 1230], [600 + side * 165, 1000], [600 + side * 235, 1090], [600 + side * 60, 1420]])
        easel.shape(_leaning(lapel, p), mixed(p.clothes, (0, 0, 0), 0.2), 1.5)
    if p.collar == "high":
        easel.shape(outline([[486, 838], [600, 872], [714, 838], [724, 1010], [600, 1050], [476, 1010]]), p.shirt, 2)
    if p.scarf is not None:
        easel.shape(outline([[452, 850], [600, 880], [748, 850], [790, 1000], [600, 1080], [410, 1000]]), p.scarf, 3)
        for y in (900, 950, 1000):
            easel.line(outline([[440, y], [600, y + 40], [760, y]]), mixed(p.scarf, (0, 0, 0), 0.3), 6)
    _neck_shadow(easel, p)
    _cloth(easel, p)
    if p.necklace:
        easel.line(outline([[530, 944], [560, 1000], [600, 1026], [640, 1000], [670, 944]]), (70, 200, 245), 6)
    for side in (-1, 1) if p.straps is not None else ():
        strap = outline(
            [[600 + side * 236, 1030], [600 + side * 306, 1050], [600 + side * 330, 1620], [600 + side * 250, 1620]]
        )
        easel.shape(_leaning(strap, p), p.straps or (0, 0, 0), 2)


def _neck_shadow(easel: Easel, p: Portrait) -> None:
    if p.collar == "high" or p.scarf is not None:
        return
    shadow = easel.mask(ellipse((600, 850), (110, 55)), 26)
    neck = easel.mask(outline([[512, 770], [688, 770], [700, 960], [500, 960]]), 4)
    easel.blend(np.asarray(shadow * neck, np.float32), _shade(p.skin_colour), 0.75, solid=False)


def _cloth(easel: Easel, p: Portrait) -> None:
    """Weave: what a painted-over jacket lacks."""
    random = np.random.default_rng(p.seed + 2)
    weave = cv2.GaussianBlur(random.normal(0, 1, easel.alpha.shape).astype(np.float32), (0, 0), 0.8) * 5.0
    below = np.clip((np.arange(easel.alpha.shape[0]) / easel.scale - 960) / 80, 0, 1).astype(np.float32)
    weight = easel.alpha * below[:, None] * p.cloth_texture
    y, x = np.mgrid[0 : easel.alpha.shape[0], 0 : easel.alpha.shape[1]].astype(np.float32) / easel.scale
    folds = 5.0 * np.sin(x / 47 + 0.6 * np.sin(y / 90)) * weight
    easel.canvas = np.asarray(np.maximum(easel.canvas + (weave * weight + folds)[..., None], 0), np.float32)


def draw_front(easel: Easel, p: Portrait) -> None:
    """Before everything: hair over the shoulders, a raised hand."""
    if p.hair_style == "long":
        for side in (-1, 1):
            lock: list[list[float]] = [[150.0, 760.0], [196, 760], [240, 1000], [250, 1240], [150, 1260], [140, 1000]]
            easel.shape(outline([[600 + side * x, y] for x, y in lock]), p.hair, 3)
    if p.hand:
        skin = p.skin_colour
        easel.shape(outline([[820, 1180], [930, 1180], [940, 1320], [900, 1620], [800, 1620], [800, 1300]]), skin, 2)
        for number, x in enumerate((824, 850, 878, 906)):
            easel.shape(ellipse((x, 1120 - 12 * (number in (1, 2))), (14, 74)), skin, 1.5)
            easel.line(outline([[x + 14, 1080], [x + 14, 1180]]), _shade(skin), 2.5)
        easel.shape(ellipse((796, 1220), (16, 62), -30), skin, 1.5)

"""Draws a head seen from the front: skin, features, hair, and everything worn on it."""

from __future__ import annotations

import numpy as np
from portraits.easel import Canvas, Colour, Easel, Outline, ellipse, mixed, outline
from portraits.portrait import Portrait

EYE_X, EYE_Y = 66.0, 626.0
CHIN_Y, HAIR_TOP_Y, EAR_X = 852.0, 338.0, 152.0
FACE = (600.0, 640.0)


def _shade(colour: Colour, strength: float = 0.34) -> Colour:
    return colour[0] * (1 - strength), colour[1] * (1 - strength * 0.82), colour[2] * (1 - strength * 0.55)


def face_outline() -> Outline:
    """Forehead wide, cheeks full, chin narrow; 304 wide, 402 high."""
    angle = np.linspace(0, 2 * np.pi, 200, endpoint=False)
    x, y = np.cos(angle), np.sin(angle)
    narrowing = np.where(y > 0, 1 - 0.34 * np.clip(y, 0, 1) ** 2.2, 1 - 0.05 * np.clip(-y, 0, 1) ** 2)
    return np.stack([FACE[0] + 152 * x * narrowing, FACE[1] + np.where(y > 0, 212, 190) * y], axis=1)


def draw_head(easel: Easel, p: Portrait) -> None:
    """The whole head onto an empty sheet."""
    skin = p.skin_colour
    _skull(easel, p, skin)
    for side in (-1, 1):
        _eye(easel, p, side)
    _nose(easel, skin)
    if p.beard:
        _beard(easel, p)
    _mouth(easel, p, skin)
    if p.makeup:
        _makeup(easel, p)
    _skin_texture(easel, p)
    if p.hair_style != "bald":
        _hair(easel, p)
    _on_the_face(easel, p, skin)
    _worn(easel, p)


def _skull(easel: Easel, p: Portrait, skin: Colour) -> None:
    if p.hair_style != "bald":
        easel.shape(ellipse((600, 545), (186, 208)), p.hair, 2.2)
    else:
        easel.shape(ellipse((600, 560), (160, 160)), skin, 1.6)
    for side in (-1, 1):
        easel.shape(ellipse((600 + side * 158, 655), (26, 52), side * 8), _shade(skin), 1.5)
        easel.shape(ellipse((600 + side * 160, 655), (17, 38), side * 8), skin, 5, 0.9)
    easel.shape(face_outline(), skin, 1.6)
    y, x = np.mgrid[0 : easel.alpha.shape[0], 0 : easel.alpha.shape[1]].astype(np.float32) / easel.scale
    radius = np.hypot((x - 600) / 152, (y - 640) / (208 if p.hair_style != "bald" else 240))
    edge = np.asarray(np.clip((radius - 0.62) / 0.5, 0, 1) ** 1.6 * easel.mask(face_outline(), 0.8), np.float32)
    easel.blend(edge, _shade(skin), 0.85, solid=False)
    blush = (skin[0] * 0.87, skin[1] * 0.8, min(255.0, skin[2] * 0.98))
    for side in (-1, 1):
        easel.shade(ellipse((600 + side * 84, 716), (44, 34)), blush, 20, 0.33)
    easel.shade(ellipse((600, 520), (92, 42)), mixed(skin, (255, 255, 255), 0.22), 28, 0.5)


def _eye(easel: Easel, p: Portrait, side: int) -> None:
    skin, dark = p.skin_colour, (36.0, 32.0, 38.0)
    openness = p.eye_left if side < 0 else p.eye_right
    grown = p.eye_enlargement
    x, y = 600 + side * EYE_X, EYE_Y
    easel.shade(ellipse((x, y - 6), (50, 30)), _shade(skin), 11, 0.55)
    lift = 16 * p.brow_raise
    brow = outline(
        [[x - 50, y - 52], [x - 12, y - 68], [x + 34, y - 64], [x + 54, y - 48], [x + 30, y - 54], [x - 12, y - 56]]
    )
    if side < 0:
        brow[:, 0] = 2 * x - brow[:, 0]
    brow[:, 1] -= lift
    easel.shape(brow, mixed(p.hair, dark, 0.5), 2.4, 0.9)
    if openness < 0.2:
        lash = outline([[x - 36, y + 2], [x, y + 12], [x + 36, y + 2], [x + 34, y + 8], [x, y + 18], [x - 34, y + 8]])
        easel.shape(lash, dark, 1.6)
        return
    half, wide = 15 * openness * grown, 36 * grown
    white = outline(
        [
            [x - wide, y + 3],
            [x - wide / 2, y - half + 2],
            [x + 4, y - half],
            [x + wide * 0.67, y - half + 5],
            [x + wide, y + 3],
            [x + wide * 0.45, y + half - 3],
            [x - 4, y + half - 1],
            [x - wide * 0.6, y + half - 5],
        ]
    )
    easel.shape(white, (228, 230, 234), 1.2)
    visible = easel.mask(white, 0.8)
    ix, iy = x + p.gaze_x * 20, y + p.gaze_y * 10
    iris: Colour = p.contact_lenses or (44, 66, 98)
    rim = mixed(iris, (0, 0, 0), 0.4)
    pupil: Colour = (40, 40, 200) if p.red_eye else (12, 12, 14)
    size = 1.0 if p.contact_lenses is None else 1.18
    for radius, colour in ((14.5 * size, rim), (12.5 * size, iris), (7.5 if p.red_eye else 6.5, pupil)):
        disc = easel.mask(ellipse((ix, iy), (radius * grown, radius * grown)), 0.8)
        easel.blend(np.asarray(visible * disc, np.float32), colour, solid=False)
    easel.shape(ellipse((ix - 5, iy - 5), (3.2, 3.2)), (250, 250, 250), 0.8)
    lid = outline(
        [
            [x - wide - 3, y + 2],
            [x - wide / 2, y - half - 3],
            [x + 5, y - half - 6],
            [x + wide * 0.75, y - half],
            [x + wide + 3, y + 2],
            [x + wide * 0.67, y - half + 5],
            [x + 4, y - half - 0.5],
            [x - wide / 2, y - half + 2],
        ]
    )
    easel.shape(lid, dark, 1.1)
    easel.shade(ellipse((x, y - half - 12), (36, 3)), _shade(skin), 2.5, 0.8)


def _nose(easel: Easel, skin: Colour) -> None:
    shade, light = _shade(skin), mixed(skin, (255, 255, 255), 0.25)
    for side in (-1, 1):
        easel.shade(ellipse((600 + side * 26, 677), (9, 46)), shade, 9, 0.38)
    easel.shade(ellipse((600, 677), (8, 44)), light, 8, 0.5)
    easel.shade(ellipse((600, 712), (36, 20)), shade, 9, 0.4)
    easel.shade(ellipse((600, 708), (22, 14)), light, 7, 0.6)
    for side in (-1, 1):
        easel.shade(ellipse((600 + side * 31, 712), (13, 14)), shade, 5, 0.65)
        easel.shade(ellipse((600 + side * 17, 722), (9, 4.5)), _shade(skin, 0.66), 2.2, 0.9)
    easel.shade(ellipse((600, 745), (11, 13)), shade, 6, 0.45)


def _mouth(easel: Easel, p: Portrait, skin: Colour) -> None:
    gap, wide = 24 * p.mouth, 59 + 14 * p.smile
    lift = 10 * p.smile
    lip = mixed((skin[0] * 0.68, skin[1] * 0.55, skin[2] * 0.82), (60, 20, 200), p.lipstick)

    def curve(points: list[list[float]]) -> Outline:
        """Corners lifted by a smile; one of them by a crooked mouth."""
        bent = outline(points)
        reach = ((bent[:, 0] - 600) / 59) ** 2
        bent[:, 1] -= lift * reach + np.where(bent[:, 0] > 600, p.crooked * reach, 0)
        bent[:, 0] = 600 + (bent[:, 0] - 600) * wide / 59
        return bent

    upper = curve([[541, 767], [572, 760], [590, 757], [600, 761], [610, 757], [628, 760], [659, 767], [600, 774]])
    low: list[list[float]] = [[541.0, 767.0], [600, 775], [659, 767], [630, 792], [600, 798], [570, 792]]
    lower = curve([[x, y + (gap if i not in (0, 2) else 0)] for i, (x, y) in enumerate(low)])
    if gap > 0:
        hole: list[list[float]] = [
            [546.0, 771.0],
            [600, 772],
            [654, 771],
            [630, 775 + gap],
            [600, 779 + gap],
            [570, 775 + gap],
        ]
        easel.shape(curve(hole), (40, 30, 60), 1.2)
        if p.teeth:
            row: list[list[float]] = [
                [552.0, 772.0],
                [600, 773],
                [648, 772],
                [626, 772 + gap * 0.75],
                [600, 774 + gap * 0.8],
                [574, 772 + gap * 0.75],
            ]
            easel.shape(curve(row), (222, 232, 236), 1.0)
    easel.shape(upper, lip, 1.5)
    easel.shape(lower, mixed(lip, (255, 255, 255), 0.12), 1.5)
    if gap == 0:
        line = curve([[541, 766], [570, 772], [600, 774], [630, 772], [659, 766], [600, 777]])
        easel.shape(line, mixed(lip, (20, 10, 30), 0.5), 1.1)
    easel.shade(ellipse((600, 814 + gap), (44, 9)), _shade(skin), 7, 0.5)


def _beard(easel: Easel, p: Portrait) -> None:
    jaw = easel.mask(face_outline(), 2)
    low = easel.mask(
        outline([[440, 720], [540, 748], [600, 738], [660, 748], [760, 720], [740, 880], [600, 890], [460, 880]]), 8
    )
    mouth = easel.mask(ellipse((600, 775), (66, 24)), 4)
    easel.blend(np.asarray(jaw * low * (1 - mouth), np.float32), p.hair, 0.85, solid=False)


def _makeup(easel: Easel, p: Portrait) -> None:
    for side in (-1, 1):
        easel.shade(ellipse((600 + side * EYE_X, EYE_Y - 30), (46, 16)), (150, 60, 110), 5, 0.75 * p.makeup)
        easel.shade(ellipse((600 + side * 92, 712), (46, 30)), (110, 90, 225), 14, 0.7 * p.makeup)


def _skin_texture(easel: Easel, p: Portrait) -> None:
    random = np.random.default_rng(p.seed)
    grain = random.normal(0, 1, easel.alpha.shape).astype(np.float32)
    weight = easel.mask(face_outline(), 3) * 0.018 * p.texture
    easel.canvas = np.asarray(easel.canvas * (1 + (grain * weight)[..., None]), np.float32)


def _hair(easel: Easel, p: Portrait) -> None:
    hair = outline(
        [
            [446, 606],
            [452, 520],
            [486, 470],
            [540, 446],
            [600, 440],
            [660, 446],
            [714, 470],
            [748, 520],
            [754, 606],
            [770, 560],
            [776, 470],
            [730, 385],
            [660, 345],
            [600, 338],
            [540, 345],
            [470, 385],
            [424, 470],
            [430, 560],
        ]
    )
    easel.shape(hair, p.hair, 2.0)
    if p.hair_style == "fringe":
        easel.shape(outline([[450, 470], [600, 430], [750, 470], [748, 596], [600, 604], [452, 596]]), p.hair, 3)
    if p.hair_style == "curtain":
        easel.shape(outline([[430, 430], [600, 420], [560, 560], [548, 690], [470, 720], [430, 640]]), p.hair, 3)
    if p.hair_style in ("over-ears", "long"):
        for side in (-1, 1):
            lock: list[list[float]] = [
                [130.0, 470.0],
                [186, 480],
                [200, 640],
                [190, 790],
                [146, 780],
                [138, 660],
                [142, 560],
            ]
            easel.shape(outline([[600 + side * x, y] for x, y in lock]), p.hair, 3)
    _strands(easel, p)


def _strands(easel: Easel, p: Portrait) -> None:
    """Single hairs against the wall, light and dark ones within."""
    random = np.random.default_rng(p.seed)
    for start in np.linspace(np.pi * 1.06, np.pi * 1.94, 70):
        root = np.array([600 + 178 * np.cos(start), 545 + 200 * np.sin(start)])
        tip = root + np.array([10 * np.cos(start), 9 * np.sin(start)]) * random.uniform(0.3, 1.1)
        easel.line(np.stack([root, tip]), p.hair, 1.6)
    light = mixed(p.hair, (190, 180, 176), 0.18)
    for start in random.uniform(0.12, 0.88, 40):
        top = np.array([440 + 320 * start, 356 + 120 * abs(start - 0.5) ** 2 + random.uniform(0, 16)])
        low = top + np.array([random.uniform(-14, 14), 70.0])
        easel.line(np.stack([top, low]), light, 1.6)


def _on_the_face(easel: Easel, p: Portrait, skin: Colour) -> None:
    if p.hotspot:
        easel.shade(ellipse((600, 520), (44, 22)), (255, 255, 255), 9, p.hotspot)
        easel.shade(ellipse((600, 680), (9, 30)), (255, 255, 255), 5, p.hotspot)
    if p.tattoo:
        easel.shade(
            outline([[668, 690], [700, 676], [708, 700], [690, 730], [672, 742], [662, 716]]), (92, 70, 40), 1.5, 0.85
        )
    if p.object_on_face is not None:
        easel.shape(outline([[640, 660], [744, 650], [750, 800], [650, 810]]), p.object_on_face, 1.5)
    if p.mask is not None:
        mask = outline(
            [
                [456, 676],
                [520, 676],
                [600, 664],
                [680, 676],
                [744, 676],
                [726, 800],
                [664, 862],
                [600, 876],
                [536, 862],
                [474, 800],
            ]
        )
        easel.shape(mask, p.mask, 2)
        for y in (740, 780):
            easel.line(outline([[490, y], [600, y + 8], [710, y]]), mixed(p.mask, (0, 0, 0), 0.12), 3)


def _worn(easel: Easel, p: Portrait) -> None:
    if p.glasses:
        _glasses(easel, p)
    if p.hat is not None:
        easel.shape(
            outline([[420, 560], [424, 420], [480, 330], [600, 300], [720, 330], [776, 420], [780, 560], [600, 520]]),
            p.hat,
            2,
        )
        easel.shape(
            outline([[396, 556], [600, 508], [804, 556], [800, 580], [600, 540], [400, 580]]),
            mixed(p.hat, (0, 0, 0), 0.25),
            2,
        )
    if p.headband is not None:
        easel.shape(
            outline(
                [
                    [434, 520],
                    [500, 430],
                    [600, 404],
                    [700, 430],
                    [766, 520],
                    [758, 548],
                    [694, 462],
                    [600, 438],
                    [506, 462],
                    [442, 548],
                ]
            ),
            p.headband,
            2,
        )
    if p.veil:
        easel.shape(ellipse((600, 660), (250, 330)), (60, 40, 40), 6, 0.0)
        ring = np.clip(
            easel.mask(ellipse((600, 640), (230, 330)), 2) - easel.mask(ellipse((600, 660), (118, 178)), 2), 0, 1
        )
        easel.blend(np.asarray(ring, np.float32), (92, 64, 58))
    for side in (-1, 1):
        if p.earrings:
            easel.shape(ellipse((600 + side * 166, 716), (9, 13)), (60, 190, 240), 0.8)
        if p.earphones:
            easel.shape(ellipse((600 + side * 166, 660), (20, 34)), (236, 236, 238), 1.0)
            easel.shape(
                outline(
                    [[600 + side * 160, 680], [600 + side * 170, 680], [600 + side * 168, 742], [600 + side * 160, 742]]
                ),
                (236, 236, 238),
                1.0,
            )


def _glasses(easel: Easel, p: Portrait) -> None:
    frame = {"thin": 4.0, "thick": 15.0, "sun": 8.0}[p.glasses]
    colour: Colour = (36, 32, 32)
    y = EYE_Y + 8 + p.glasses_drop
    for side in (-1, 1):
        lens = ellipse((600 + side * 68, y), (56, 40))
        if p.lens_blur:
            _blurred_inside(easel, easel.mask(lens, 2), p.lens_blur)
        if p.glasses == "sun" or p.lens_tint:
            easel.shade(lens, (40, 34, 30), 1.0, 0.92 if p.glasses == "sun" else p.lens_tint)
        if p.lens_glare:
            glare = outline(
                [
                    [600 + side * 68 - 30, y - 24],
                    [600 + side * 68 + 22, y - 30],
                    [600 + side * 68 + 10, y + 8],
                    [600 + side * 68 - 34, y + 12],
                ]
            )
            easel.shade(glare, (250, 252, 252), 2.0, p.lens_glare)
        easel.line(lens, colour, frame, closed=True)
        easel.line(outline([[600 + side * 124, y - 6], [600 + side * 158, y - 14]]), colour, frame)
    easel.line(outline([[588, y - 8], [600, y - 12], [612, y - 8]]), colour, frame)


def _blurred_inside(easel: Easel, mask: Canvas, strength: float) -> None:
    import cv2

    soft = cv2.GaussianBlur(easel.canvas, (0, 0), strength * easel.scale)
    easel.canvas = np.asarray(easel.canvas * (1 - mask[..., None]) + soft * mask[..., None], np.float32)

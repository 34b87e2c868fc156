"""Drawn people for training mode and the demo: nobody's portrait, but a face to every model that looks.

A shaded illustration: ellipses with soft light, features with anti-aliased edges, studio background, sensor noise. The
random seed is fixed, so that the same variant is the same picture on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import simplejpeg
from numpy.typing import NDArray

from app.imaging.decode import Pixels

Canvas = NDArray[np.float32]
Colour = tuple[float, float, float]  # BGR 0..255

WIDTH, HEIGHT = 2400, 3200
_DRAWN_WIDTH = 1200  # drawn at half size, then enlarged: the camera's resolution without its drawing time


@dataclass(frozen=True)
class SitterVariant:
    """What makes this sitter's shot good or bad. ``eyes``: 1 open, 0 closed; ``light``: exposure factor."""

    name: str
    eyes: float = 1.0
    mouth: float = 0.0
    roll_deg: float = 0.0
    light: float = 1.0
    side_light: float = 0.0
    blur_px: float = 0.0


SITTERS: tuple[SitterVariant, ...] = (
    SitterVariant("eyes-closed", eyes=0.0),
    SitterVariant("good", roll_deg=1.5),
    SitterVariant("tilted", roll_deg=9.0),
)
OTHER_SITTERS: tuple[SitterVariant, ...] = (
    SitterVariant("straight"),
    SitterVariant("dark", light=0.3),
    SitterVariant("half-lit", side_light=0.6),
    SitterVariant("blurred", blur_px=9.0),
    SitterVariant("talking", mouth=1.0),
)

_SKIN: Colour = (160, 190, 232)
_SKIN_SHADE: Colour = (110, 138, 190)
_HAIR: Colour = (34, 28, 26)
_LIP: Colour = (105, 100, 185)
_JACKET: Colour = (70, 48, 36)
_SHIRT: Colour = (150, 118, 92)
_WALL: Colour = (222, 224, 226)


class _Easel:
    """A float canvas with a few soft brushes; coordinates in units of the drawn width's 1200 px."""

    def __init__(self, width: int, height: int) -> None:
        self.canvas: Canvas = np.empty((height, width, 3), np.float32)

    def _mask(self, points: NDArray[np.float64], soft: float) -> Canvas:
        mask = np.zeros(self.canvas.shape[:2], np.uint8)
        cv2.fillPoly(mask, [np.rint(points * 16).astype(np.int32)], 255, lineType=cv2.LINE_AA, shift=4)
        wide = mask.astype(np.float32) / 255
        return np.asarray(cv2.GaussianBlur(wide, (0, 0), soft) if soft > 0 else wide, np.float32)

    def blend(self, mask: Canvas, colour: Colour, strength: float = 1.0) -> None:
        """Paint through a mask."""
        weight = (mask * strength)[..., None]
        self.canvas = self.canvas * (1 - weight) + np.array(colour, np.float32) * weight

    def polygon(self, points: NDArray[np.float64], colour: Colour, soft: float = 0.8, strength: float = 1.0) -> None:
        """A filled outline."""
        self.blend(self._mask(points, soft), colour, strength)

    def ellipse(
        self,
        centre: tuple[float, float],
        axes: tuple[float, float],
        colour: Colour,
        soft: float = 0.8,
        strength: float = 1.0,
        turn_deg: float = 0.0,
    ) -> None:
        """A filled ellipse."""
        self.polygon(_ellipse(centre, axes, turn_deg), colour, soft, strength)


def _ellipse(centre: tuple[float, float], axes: tuple[float, float], turn_deg: float = 0.0) -> NDArray[np.float64]:
    angle = np.linspace(0, 2 * np.pi, 160, endpoint=False)
    points = np.stack([axes[0] * np.cos(angle), axes[1] * np.sin(angle)], axis=1)
    turn = np.radians(turn_deg)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return np.asarray(points @ rotation.T + np.array(centre))


def _face_outline() -> NDArray[np.float64]:
    """Forehead wide, cheeks full, chin narrow; centre (600, 640), 300 wide, 420 high."""
    angle = np.linspace(0, 2 * np.pi, 200, endpoint=False)
    x, y = np.cos(angle), np.sin(angle)
    narrowing = np.where(y > 0, 1 - 0.34 * np.clip(y, 0, 1) ** 2.2, 1 - 0.05 * np.clip(-y, 0, 1) ** 2)
    return np.stack([600 + 152 * x * narrowing, 640 + np.where(y > 0, 212, 190) * y], axis=1)


def draw_sitter(variant: SitterVariant, width: int = WIDTH, height: int = HEIGHT) -> Pixels:
    """BGR uint8 (height, width, 3)."""
    easel = _Easel(_DRAWN_WIDTH, _DRAWN_WIDTH * height // width)
    _wall(easel)
    _shoulders(easel)
    _head(easel)
    for side in (-1, 1):
        _eye(easel, side, variant.eyes)
    _nose(easel)
    _mouth(easel, variant.mouth)
    _fringe(easel)
    return _photographed(easel.canvas, variant, width, height)


def _wall(easel: _Easel) -> None:
    height, width = easel.canvas.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    falloff = 1 - 0.05 * np.hypot((x - 600) / width, (y - 500) / height)
    easel.canvas[:] = np.array(_WALL, np.float32) * falloff[..., None]


def _shoulders(easel: _Easel) -> None:
    neck = np.array([[512, 770], [688, 770], [700, 960], [760, 1010], [600, 1130], [440, 1010], [500, 960]], np.float64)
    easel.polygon(neck, _SKIN, 2)
    shadow = easel._mask(_ellipse((600, 850), (110, 55)), 26) * easel._mask(neck, 2)
    easel.blend(np.asarray(shadow, np.float32), _SKIN_SHADE, 0.75)
    jacket = np.array(
        [[440, 985], [520, 1040], [600, 1180], [680, 1040], [760, 985], [960, 1070], [1060, 1180], [1110, 1700],
         [90, 1700], [140, 1180], [240, 1070]], np.float64
    )  # fmt: skip
    easel.polygon(jacket, _JACKET, 2.5)
    collar = np.array([[500, 945], [600, 1150], [700, 945], [770, 1000], [640, 1230], [560, 1230], [430, 1000]], np.float64)
    easel.polygon(collar, _SHIRT, 1.5)
    opening = np.array([[522, 950], [600, 1105], [678, 950], [640, 965], [600, 975], [560, 965]], np.float64)
    easel.polygon(opening, _SKIN, 2)
    for side in (-1, 1):
        lapel = np.array(
            [[600, 1230], [600 + side * 165, 1000], [600 + side * 235, 1090], [600 + side * 60, 1420]], np.float64
        )
        easel.polygon(lapel, (58, 38, 28), 1.5)


def _head(easel: _Easel) -> None:
    easel.ellipse((600, 545), (186, 208), _HAIR, 2.2)
    for side in (-1, 1):
        easel.ellipse((600 + side * 158, 655), (26, 52), _SKIN_SHADE, 1.5, 1.0, side * 8)
        easel.ellipse((600 + side * 160, 655), (17, 38), _SKIN, 5, 0.9, side * 8)
    easel.polygon(_face_outline(), _SKIN, 1.6)
    inside = easel._mask(_face_outline(), 0.8)
    easel.blend(np.asarray(inside * _edge_shade(easel.canvas.shape), np.float32), _SKIN_SHADE, 0.85)
    for side in (-1, 1):
        easel.ellipse((600 + side * 84, 716), (44, 34), (138, 150, 224), 20, 0.33)
    easel.ellipse((600, 520), (92, 42), (186, 212, 245), 28, 0.55)


def _edge_shade(shape: tuple[int, ...]) -> Canvas:
    """0 in the middle of the face, 1 at its edge: roundness."""
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    radius = np.hypot((x - 600) / 152, (y - 640) / 208)
    return np.asarray(np.clip((radius - 0.62) / 0.5, 0, 1) ** 1.6, np.float32)


def _eye(easel: _Easel, side: int, openness: float) -> None:
    x, y = 600 + side * 66, 626
    easel.ellipse((x, y - 6), (50, 30), _SKIN_SHADE, 11, 0.55)
    brow = np.array(
        [[x - 50, y - 52], [x - 12, y - 68], [x + 34, y - 64], [x + 54, y - 48], [x + 30, y - 54], [x - 12, y - 56]],
        np.float64,
    )
    if side < 0:
        brow[:, 0] = 2 * x - brow[:, 0]
    easel.polygon(brow, (42, 38, 40), 2.4, 0.9)
    if openness < 0.2:
        lash = np.array(
            [[x - 36, y + 2], [x, y + 12], [x + 36, y + 2], [x + 34, y + 8], [x, y + 18], [x - 34, y + 8]], np.float64
        )
        easel.polygon(lash, (40, 36, 44), 1.6)
        return
    half = 15 * openness
    white = np.array([[x - 36, y + 3], [x - 18, y - half + 2], [x + 4, y - half], [x + 24, y - half + 5], [x + 36, y + 3],
                      [x + 16, y + half - 3], [x - 4, y + half - 1], [x - 22, y + half - 5]], np.float64)  # fmt: skip
    easel.polygon(white, (228, 230, 234), 1.2)
    visible = easel._mask(white, 0.8)
    for radius, colour in ((14.5, (32, 44, 66)), (12.5, (44, 66, 98)), (6.5, (12, 12, 14))):
        easel.blend(np.asarray(visible * easel._mask(_ellipse((x, y), (radius, radius)), 0.8), np.float32), colour)
    easel.ellipse((x - 5, y - 5), (3.2, 3.2), (250, 250, 250), 0.8)
    lid = np.array([[x - 39, y + 2], [x - 18, y - half - 3], [x + 5, y - half - 6], [x + 27, y - half], [x + 39, y + 2],
                    [x + 24, y - half + 5], [x + 4, y - half - 0.5], [x - 18, y - half + 2]], np.float64)  # fmt: skip
    easel.polygon(lid, (36, 32, 38), 1.1)
    easel.ellipse((x, y - half - 12), (36, 3), _SKIN_SHADE, 2.5, 0.8)


def _nose(easel: _Easel) -> None:
    easel.ellipse((574, 690), (9, 56), _SKIN_SHADE, 9, 0.38)
    easel.ellipse((626, 690), (9, 56), _SKIN_SHADE, 9, 0.38)
    easel.ellipse((600, 690), (8, 54), (188, 216, 250), 8, 0.55)
    easel.ellipse((600, 735), (36, 20), _SKIN_SHADE, 9, 0.4)
    easel.ellipse((600, 730), (22, 14), (182, 208, 246), 7, 0.7)
    for side in (-1, 1):
        easel.ellipse((600 + side * 31, 736), (13, 14), _SKIN_SHADE, 5, 0.65)
        easel.ellipse((600 + side * 17, 747), (9, 4.5), (64, 74, 116), 2.2, 0.9)
    easel.ellipse((600, 766), (11, 13), _SKIN_SHADE, 6, 0.45)


def _mouth(easel: _Easel, openness: float) -> None:
    gap = 22 * openness
    upper = np.array(
        [[541, 789], [572, 782], [590, 779], [600, 783], [610, 779], [628, 782], [659, 789], [600, 796]], np.float64
    )
    lower = np.array([[541, 789], [600, 797], [659, 789], [630, 814], [600, 820], [570, 814]], np.float64)
    lower[1:, 1] += gap
    if openness > 0:
        hole = np.array(
            [[546, 793], [600, 794], [654, 793], [630, 797 + gap], [600, 801 + gap], [570, 797 + gap]], np.float64
        )
        easel.polygon(hole, (40, 30, 60), 1.2)
    easel.polygon(upper, _LIP, 1.5)
    easel.polygon(lower, (124, 122, 205), 1.5)
    if openness == 0:
        line = np.array([[541, 788], [570, 794], [600, 796], [630, 794], [659, 788], [600, 799]], np.float64)
        easel.polygon(line, (62, 52, 106), 1.1)
    easel.ellipse((600, 836 + gap), (44, 9), _SKIN_SHADE, 7, 0.5)
    easel.ellipse((600, 808 + gap), (24, 4), (165, 165, 228), 3.5, 0.6)


def _fringe(easel: _Easel) -> None:
    """Short hair: forehead free, temples covered, single strands against the wall."""
    hair = np.array(
        [[446, 606], [452, 520], [486, 470], [540, 446], [600, 440], [660, 446], [714, 470], [748, 520], [754, 606],
         [770, 560], [776, 470], [730, 385], [660, 345], [600, 338], [540, 345], [470, 385], [424, 470],
         [430, 560]], np.float64
    )  # fmt: skip
    easel.polygon(hair, _HAIR, 2.0)
    random = np.random.default_rng(7)
    for start in np.linspace(np.pi * 1.06, np.pi * 1.94, 90):
        root = np.array([600 + 178 * np.cos(start), 545 + 200 * np.sin(start)])
        tip = root + np.array([10 * np.cos(start), 9 * np.sin(start)]) * random.uniform(0.3, 1.1)
        cv2.line(easel.canvas, _fixed(root), _fixed(tip), (40, 34, 32), 2, cv2.LINE_AA, shift=4)
    for start in random.uniform(0.15, 0.85, 40):
        x = 440 + 320 * start
        easel_line = np.array([x, 352 + 120 * abs(start - 0.5) ** 2 + random.uniform(0, 16)])
        cv2.line(
            easel.canvas,
            _fixed(easel_line),
            _fixed(easel_line + np.array([random.uniform(-14, 14), 70.0])),
            (62, 54, 50),
            2,
            cv2.LINE_AA,
            4,
        )


def _fixed(point: NDArray[np.float64]) -> tuple[int, int]:
    return int(point[0] * 16), int(point[1] * 16)


def _photographed(canvas: Canvas, variant: SitterVariant, width: int, height: int) -> Pixels:
    """The sitter as a camera hands it over: turned, lit, out of focus, with sensor noise."""
    if variant.roll_deg:
        turn = cv2.getRotationMatrix2D((600, 1000), -variant.roll_deg, 1.0)
        canvas = np.asarray(
            cv2.warpAffine(
                canvas, turn, (canvas.shape[1], canvas.shape[0]), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
            ),
            np.float32,
        )
    if variant.side_light:
        falling = 0.5 * (1 + np.tanh((np.arange(canvas.shape[1]) - 600) / 160))
        across = (1.0 - variant.side_light * falling).astype(np.float32)
        canvas = canvas * across[None, :, None]
    if variant.blur_px:
        canvas = np.asarray(cv2.GaussianBlur(canvas, (0, 0), variant.blur_px), np.float32)
    large = cv2.resize(canvas * variant.light, (width, height), interpolation=cv2.INTER_CUBIC)
    tile = np.random.default_rng(1).normal(0, 2.2, (512, 512, 3)).astype(np.float32)
    grain = np.tile(tile, (height // 512 + 1, width // 512 + 1, 1))[:height, :width]
    return np.asarray(np.clip(np.rint(large + grain), 0, 255), np.uint8)


def sitter_jpeg(variant: SitterVariant, width: int = WIDTH, height: int = HEIGHT) -> bytes:
    """The variant as a camera's JPEG."""
    pixels = np.ascontiguousarray(draw_sitter(variant, width, height))
    return bytes(simplejpeg.encode_jpeg(pixels, quality=92, colorspace="BGR", colorsubsampling="422"))

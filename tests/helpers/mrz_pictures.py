"""Pictures of travel documents that do not exist: UTO specimens with a drawn page, at every size, blur, noise and angle."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from app.config.fonts import chinese_font
from app.domain.mrz.check_digit import check_digit
from app.imaging.decode import Pixels
from app.inspection.mrz.glyphs import ocr_b_font

TD3_LINES = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
TD2_LINES = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
TD1_LINES = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
MRV_A_LINES = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<")
MRV_B_LINES = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<")
LONG_TD1_LINES = ("I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<")
LONG_TD2_LINES = ("I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<", "D23145890<UTO3407127M95071227349<<<8")

# Page width and height in mm (ICAO Doc 9303 part 3), left edge and baselines of the zone from the bottom.
_PAGES = {44: (125.0, 88.0), 36: (105.0, 74.0), 30: (85.6, 53.98)}
_PITCH_MM = 2.54
_PRINTED = ("UTOPIA 乌托邦", "SPECIMEN 样本", "ERIKSSON", "ANNA MARIA", "12 AUG/AOUT 74")


@dataclass(frozen=True)
class Look:
    """How the picture was taken. ``pitch``: pixels from character to character; blur in pixels; noise in grey levels."""

    pitch: float = 20.0
    blur: float = 0.0
    noise: float = 0.0
    angle: float = 0.0
    upside_down: bool = False
    shadow: float = 0.0
    ink: int = 35
    keystone: float = 0.0


@cache
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


def zone_picture(lines: tuple[str, ...], look: Look, seed: int = 1, font: Path | None = None) -> Pixels:
    """BGR: a page with a frame for a portrait, printed fields, a fine pattern, and the zone at its foot."""
    length = len(lines[0])
    width_mm, height_mm = _PAGES[length]
    over = 2
    scale = over * look.pitch / _PITCH_MM
    size = (round(width_mm * scale), round(height_mm * scale))
    chance = random.Random(seed)
    image = Image.new("L", size, 232)
    draw = ImageDraw.Draw(image)
    for step in range(0, size[0] + size[1], max(6, round(1.3 * scale))):
        draw.line([(step, 0), (step - size[1], size[1])], fill=218, width=max(1, over))
    draw.rectangle([4 * scale, 12 * scale, 32 * scale, (height_mm - 24) * scale], fill=150)
    words = _font(str(chinese_font()), max(8, round(2.6 * scale)))
    for row, text in enumerate(_PRINTED[: int(height_mm // 17)]):
        draw.text((38 * scale, (8 + 7 * row) * scale), text, font=words, fill=60)
    face = str(font or ocr_b_font())
    glyphs = _font(face, round(100 * over * look.pitch / _font(face, 100).getlength("0")))
    left = (width_mm - length * _PITCH_MM) / 2 * scale
    spacing = 4.23 * scale if length == 30 else 6.35 * scale
    top = size[1] - 3.6 * scale - spacing * (len(lines) - 1) - 3.2 * scale
    for row, line in enumerate(lines):
        for column, character in enumerate(line):
            jitter = chance.uniform(-0.02, 0.02) * over * look.pitch
            x = left + column * over * look.pitch + jitter
            draw.text((x, top + row * spacing), character, font=glyphs, fill=look.ink)
    return _taken(np.asarray(image, np.uint8), look, over, seed)


def _taken(page: Pixels, look: Look, over: int, seed: int) -> Pixels:
    """Laid on a dark desk, turned, seen a little from the side, unsharp, noisy."""
    height, width = page.shape
    desk = np.full((round(height * 1.35), round(width * 1.2)), 90, np.uint8)
    top, left = (desk.shape[0] - height) // 2, (desk.shape[1] - width) // 2
    desk[top : top + height, left : left + width] = page
    size = (desk.shape[1], desk.shape[0])
    angle = look.angle + (180 if look.upside_down else 0)
    turn = np.eye(3)
    turn[:2] = cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), angle, 1.0)
    if look.keystone:
        k = look.keystone * size[0]
        corners = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
        seen = corners + np.array([[k, 0], [-k, 0], [0, 0], [0, 0]], np.float32)
        turn = cv2.getPerspectiveTransform(corners, seen.astype(np.float32)) @ turn
    turned = cv2.warpPerspective(desk, turn, size, flags=cv2.INTER_CUBIC, borderValue=90)
    small: NDArray[Any] = cv2.resize(turned, (size[0] // over, size[1] // over), interpolation=cv2.INTER_AREA)
    small = small.astype(np.float32)
    if look.shadow:
        small *= np.linspace(1 - look.shadow, 1, small.shape[1], dtype=np.float32)[None, :]
    if look.blur:
        small = cv2.GaussianBlur(small, (0, 0), look.blur)
    if look.noise:
        small += np.random.default_rng(seed).normal(0, look.noise, small.shape).astype(np.float32)
    grey = np.clip(small, 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8)


def invented_td3(seed: int) -> tuple[str, str]:
    """A passport of nobody: every character of the alphabet comes up, all check digits right."""
    chance = random.Random(seed)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    surname = "".join(chance.choices(letters, k=chance.randint(3, 12)))
    given = "<".join("".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(chance.randint(1, 2)))
    first = f"P<UTO{surname}<<{given}"[:44].ljust(44, "<")
    number = "".join(chance.choices(letters + "0123456789", k=9))
    birth, expiry = f"{chance.randint(0, 99):02}{chance.randint(1, 12):02}{chance.randint(1, 28):02}", "310415"
    optional = "".join(chance.choices(letters + "0123456789", k=chance.randint(0, 14))).ljust(14, "<")
    body = f"{number}{check_digit(number)}UTO{birth}{check_digit(birth)}{chance.choice('MF<')}{expiry}{check_digit(expiry)}"
    second = f"{body}{optional}{check_digit(optional)}"
    covered = second[:10] + second[13:20] + second[21:43]
    return first, second + check_digit(covered)

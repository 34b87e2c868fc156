"""The 37 characters of OCR-B as templates, and how well each place of a straight line agrees with each of them.

The glyphs are drawn from the OCR-B font of the machine (Debian package ``fonts-ocr-b``, free); nothing is shipped and
nothing is downloaded. Normalised cross-correlation needs no training and its score means the same for every character.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from app.domain.errors import SetupFault

Grey: TypeAlias = NDArray[np.uint8]
Scores: TypeAlias = NDArray[np.float32]

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
PITCH = 24  # pixels from character to character on a straight line
GLYPH_HEIGHT = 32  # a template's height: the tallest glyph and a margin
# How soft a picture may be, in pixels of a straight line; the best of them counts.
_BLURS = (0.6, 1.4, 2.4)
_OVERSAMPLING = 4
# How far a character may stand beside its cell, pixels of a straight line.
_REACH_X, _REACH_Y = 3, 4
# A patch with less contrast than this (length of its deviations) is flat: it agrees with nothing.
_FLAT = 20.0
_FONTS = (
    "/usr/share/fonts/opentype/ocr-b/OCRB.otf",
    "/usr/share/fonts/ocr-b/OCRB.otf",
    "/usr/local/share/fonts/OCRB.otf",
)


def ocr_b_font() -> Path:
    """The font file. Raises SetupFault FNT-103 when the machine has none."""
    for path in map(Path, _FONTS):
        if path.exists():
            return path
    raise SetupFault("FNT-103")


@dataclass(frozen=True)
class GlyphScores:
    """``best`` (characters, places): agreement -1..1 of each character at each place; ``x``, ``y``: where the winner of
    each place lies, pixels of the line (centre of its cell)."""

    best: Scores
    x: NDArray[np.float64]
    y: NDArray[np.float64]

    def text(self) -> str:
        """The winner of every place."""
        return "".join(ALPHABET[i] for i in self.best.argmax(axis=0))


def _drawn(pitch: int, height: int, blurs: tuple[float, ...]) -> Scores:
    """(characters, blurs, height, pitch): dark ink on light, blurs in pixels of a straight line."""
    scale = _OVERSAMPLING
    path = str(ocr_b_font())
    probe = ImageFont.truetype(path, 100)
    font = ImageFont.truetype(path, round(100 * PITCH * scale / probe.getlength("0")))
    top, bottom = font.getbbox("0")[1], font.getbbox("0")[3]
    rise = (GLYPH_HEIGHT * scale - (bottom - top)) / 2 - top
    made = np.empty((len(ALPHABET), len(blurs), height, pitch), np.float32)
    for number, character in enumerate(ALPHABET):
        image = Image.new("L", (3 * PITCH * scale, GLYPH_HEIGHT * scale), 255)
        ImageDraw.Draw(image).text((PITCH * scale, rise), character, font=font, fill=0)
        for variant, blur in enumerate(blurs):
            soft = cv2.GaussianBlur(np.asarray(image, np.float32), (0, 0), blur * scale)
            small = cv2.resize(soft, (3 * pitch, height), interpolation=cv2.INTER_AREA)
            made[number, variant] = small[:, pitch : 2 * pitch]
    return made


@cache
def _coarse_templates() -> Scores:
    """(characters, height, pitch) at half size, for finding the grid."""
    return _drawn(PITCH // 2, GLYPH_HEIGHT // 2, (1.4,))[:, 0]


@cache
def _fine_templates() -> Scores:
    """(characters × blurs, pixels), each of mean 0 and length 1."""
    flat = _drawn(PITCH, GLYPH_HEIGHT, _BLURS).reshape(len(ALPHABET) * len(_BLURS), -1)
    return _normalised(flat)


def _normalised(rows: Scores) -> Scores:
    centred = rows - rows.mean(axis=-1, keepdims=True)
    length = np.sqrt((centred * centred).sum(axis=-1, keepdims=True))
    return np.asarray(centred / np.maximum(length, _FLAT), np.float32)


def coarse_agreement(half_line: Grey) -> Scores:
    """(y, x) of a line at half size: agreement of the best character's upper left corner there, -1..1."""
    source = half_line.astype(np.float32)
    found = [cv2.matchTemplate(source, template, cv2.TM_CCOEFF_NORMED) for template in _coarse_templates()]
    return np.asarray(np.max(found, axis=0), np.float32)


def scores_at(line: Grey, xs: NDArray[np.float64], top: float) -> GlyphScores:
    """Agreement at cells whose left edges are ``xs`` and whose upper edge is ``top``, each free to lie a little beside."""
    windows = np.lib.stride_tricks.sliding_window_view(line, (GLYPH_HEIGHT, PITCH))
    rows = np.clip(round(top) + np.arange(-_REACH_Y, _REACH_Y + 1), 0, windows.shape[0] - 1)
    lefts = np.clip(np.round(xs)[:, None] + np.arange(-_REACH_X, _REACH_X + 1), 0, windows.shape[1] - 1).astype(int)
    patches = windows[rows[None, :, None], lefts[:, None, :]].reshape(len(xs), len(rows) * lefts.shape[1], -1)
    agreement = _normalised(patches.astype(np.float32)) @ _fine_templates().T
    by_character = agreement.reshape(len(xs), patches.shape[1], len(ALPHABET), len(_BLURS)).max(axis=3)
    best = by_character.max(axis=1).T
    winners = best.argmax(axis=0)
    spots = by_character[np.arange(len(xs)), :, winners].argmax(axis=1)
    row, column = np.unravel_index(spots, (len(rows), lefts.shape[1]))
    x = lefts[np.arange(len(xs)), column] + PITCH / 2
    return GlyphScores(best, x.astype(np.float64), (rows[row] + GLYPH_HEIGHT / 2).astype(np.float64))

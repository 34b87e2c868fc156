"""What can be measured of one scanned page, apart from what is made of it: ink, blankness, skew, sharpness, edges, dpi."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.archive.skew import Skew, skew_of
from app.archive.upright import Orientation, orientation_of
from app.domain.archive_batch import WHOLE, Box
from app.imaging.decode import Pixels

# ISO 216 and ID-1 (ISO/IEC 7810), millimetres, shorter side first.
PAPERS_MM = {"A3": (297.0, 420.0), "A4": (210.0, 297.0), "A5": (148.0, 210.0), "B5": (176.0, 250.0), "ID-1": (53.98, 85.6)}
_LOOKING_DPI = 96.0  # ink, skew and blankness are looked at in a picture of this resolution
_GUESSED_DPI = 300.0  # of a page that fits no paper and says nothing
_ASPECT_OFF = 0.012
_TAG_OFF = 0.03
_INK_STEP = 48  # grey levels below the paper around it
_FAINT_STEP = 14  # what shines through the paper is between this and ink
_COLOUR_STEP = 56  # of a stamp: the spread of the channels
_SPECK_PX = 3
_MARGIN_MM = 5.0  # shadows of the cover, punched holes
_TILE_MM = 12.0
_PAPER_MM = 14.0  # larger than any stroke: the paper's own brightness
_EDGE_MM = 1.5
_AROUND_MM = 3.0  # left around what is written when a page is trimmed
_SHARP_TILES, _MOST_TILES = 4, 32
_EDGES_FROM = 0.01  # of a tile is ink
_SCHARR = 32.0  # the operator's weight for one grey level a pixel


@dataclass(frozen=True)
class Dpi:
    """``value`` 0 = unknown. ``source``: paper (the picture has a paper's shape), tag (the file says so), none."""

    value: float
    source: str
    paper: str = ""


@dataclass(frozen=True)
class PageFacts:
    """Pixels, millimetres where named. ``blank`` 0…1: 1 = nothing is on the page, 0 = a tile is as full as a line of
    writing. ``ink_mm2``: all ink. ``faint``: share of the page where something shines through. ``sharpness``: steepest
    edges, share of the full contrast per pixel at 300 dpi (an ideal edge has about 0.5), of the middle tile; ``dullest``:
    of the worst tenth of the tiles; None without edges. ``edges``: share of each border that is inked, top right bottom
    left. ``paper_level``: grey of the paper, 0…255. ``content``: everything that is written, and what only shines through,
    with 3 mm around it; ``clipped``: share of the page that is pure white and pure black: what is beyond them was lost."""

    width: int
    height: int
    dpi: Dpi
    skew: Skew
    orientation: Orientation
    blank: float
    ink_mm2: float
    faint: float
    sharpness: float | None
    dullest: float | None
    edges: tuple[float, float, float, float]
    paper_level: float
    content: Box
    clipped: tuple[float, float]


def measured(pixels: Pixels, tag_dpi: float = 0.0) -> PageFacts:
    """``pixels``: BGR uint8, one page. ``tag_dpi``: what the file or the scanner says, 0 = nothing. Pure."""
    height, width = pixels.shape[:2]
    dpi = dpi_of(width, height, tag_dpi)
    scan_dpi = dpi.value or _GUESSED_DPI
    into_one = max(1, round(scan_dpi / _LOOKING_DPI))
    small = reduced(pixels, into_one)
    looking = scan_dpi / into_one
    grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)
    paper = _paper(grey, looking)
    ink, faint = _ink(small, grey, paper, looking)
    blank = _blankness(ink, looking)
    sharp = _sharpness(pixels, ink, scan_dpi)
    skew = skew_of(ink)
    return PageFacts(
        width,
        height,
        dpi,
        skew,
        orientation_of(ink, skew),
        blank,
        float(ink.sum()) * (25.4 / looking) ** 2,
        float(faint.mean()),
        None if sharp is None else sharp[0],
        None if sharp is None else sharp[1],
        _borders(ink, looking),
        float(np.median(paper)),
        _content(ink | faint, looking),
        (float((grey >= 255).mean()), float((grey <= 0).mean())),
    )


def dpi_of(width: int, height: int, tag_dpi: float) -> Dpi:
    """From the shape of the paper where it has one, else from the tag. A picture of A4's shape may be A3 or A5: the tag
    chooses among them, and without one A4 is taken."""
    short, long = sorted((width, height))
    fitting = {
        name: (short / sides[0] + long / sides[1]) / 2 * 25.4
        for name, sides in PAPERS_MM.items()
        if short and abs((long / short) / (sides[1] / sides[0]) - 1) < _ASPECT_OFF
    }
    if tag_dpi > 0 and fitting:
        name = min(fitting, key=lambda n: abs(fitting[n] / tag_dpi - 1))
        if abs(fitting[name] / tag_dpi - 1) > _TAG_OFF:
            name = "A4" if "A4" in fitting else name  # the tag lies, or the page was made larger or smaller
        return Dpi(fitting[name], "paper", name)
    if fitting:
        name = "A4" if "A4" in fitting else next(iter(fitting))
        return Dpi(fitting[name], "paper", name)
    return Dpi(tag_dpi, "tag") if tag_dpi > 0 else Dpi(0.0, "none")


def reduced(pixels: Pixels, into_one: int) -> Pixels:
    """Every ``into_one`` × ``into_one`` pixels averaged into one, what is left at right and below cut off: whole numbers
    are averaged several times as fast. A picture smaller than that stays as it is."""
    height, width = (side // into_one for side in pixels.shape[:2])
    if into_one == 1 or not height or not width:
        return pixels
    whole = pixels[: height * into_one, : width * into_one]
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _shrunk(pixels: Pixels, scale: float) -> Pixels:
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _odd(millimetres: float, dpi: float) -> int:
    return max(3, round(millimetres / 25.4 * dpi) // 2 * 2 + 1)


def _paper(grey: Pixels, dpi: float) -> Pixels:
    """The paper behind the ink, as bright as it is there: shadows and yellowed sheets are paper."""
    quarter = _shrunk(grey, 0.25) if min(grey.shape) > 64 else grey
    side = _odd(_PAPER_MM, dpi * quarter.shape[0] / grey.shape[0])
    closed = cv2.morphologyEx(quarter, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    smooth = cv2.blur(closed, (side, side))
    return np.asarray(cv2.resize(smooth, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR), np.uint8)


def _ink(small: Pixels, grey: Pixels, paper: Pixels, dpi: float) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Ink, and what only shines through; within the margin, specks taken away."""
    depth = paper.astype(np.int16) - grey
    blue, green, red = cv2.split(small)
    spread = cv2.max(cv2.max(blue, green), red).astype(np.int16) - cv2.min(cv2.min(blue, green), red)
    ink = (depth > _INK_STEP) | ((spread > _COLOUR_STEP) & (depth > _FAINT_STEP))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    keep = np.zeros(count, bool)
    keep[1:] = stats[1:, cv2.CC_STAT_AREA] >= _SPECK_PX
    ink = keep[labels]
    around = cv2.dilate(ink.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    faint = (depth > _FAINT_STEP) & ~around
    inside = np.zeros(grey.shape, bool)
    edge = min(round(_MARGIN_MM / 25.4 * dpi), min(grey.shape) // 4)
    inside[edge : grey.shape[0] - edge, edge : grey.shape[1] - edge] = True
    return np.asarray(ink, bool), np.asarray(faint & inside, bool)


def _blankness(ink: NDArray[np.bool_], dpi: float) -> float:
    """By the fullest tile: one stamp or signature on an empty sheet is a page. A line of writing inks about 1/20 of it."""
    edge = min(round(_MARGIN_MM / 25.4 * dpi), min(ink.shape) // 4)
    inside = ink[edge : ink.shape[0] - edge, edge : ink.shape[1] - edge].astype(np.float32)
    side = max(4, round(_TILE_MM / 25.4 * dpi))
    fullest = float(cv2.blur(inside, (side, side)).max()) if inside.size else 0.0
    return float(np.clip(1.0 - fullest / 0.05, 0.0, 1.0))


def _sharpness(pixels: Pixels, ink: NDArray[np.bool_], dpi: float) -> tuple[float, float] | None:
    """Of tiles that have edges, spread over the page: the steepest edge's share of the tile's contrast per pixel, as at
    300 dpi. ``ink``: of the small picture; where there is none, nothing can be sharp."""
    scale = pixels.shape[0] / ink.shape[0]
    side = max(8, round(_TILE_MM / 25.4 * dpi / scale))
    rows, columns = ink.shape[0] // side, ink.shape[1] // side
    if not rows or not columns:
        return None
    cut = ink[: rows * side, : columns * side].reshape(rows, side, columns, side).transpose(0, 2, 1, 3)
    seen = np.flatnonzero(cut.reshape(rows * columns, -1).mean(axis=1) >= _EDGES_FROM)
    if len(seen) < _SHARP_TILES:
        return None
    chosen = seen[:: max(1, len(seen) // _MOST_TILES)]
    steepest = np.array([_steepest(pixels, tile // columns, tile % columns, side * scale) for tile in chosen])
    at_300 = steepest * dpi / 300.0
    return float(np.median(at_300)), float(np.percentile(at_300, 10))


def _steepest(pixels: Pixels, row: int, column: int, side: float) -> float:
    """The steepest edge of one tile, as a share of what lies between its darkest and its brightest."""
    top, left = round(row * side), round(column * side)
    tile = pixels[top : top + round(side), left : left + round(side)]
    grey = cv2.cvtColor(tile, cv2.COLOR_BGR2GRAY)
    across, down = (cv2.Scharr(grey, cv2.CV_32F, dx, 1 - dx) for dx in (1, 0))
    low, high = np.percentile(grey, (1, 99))
    return float(np.percentile(cv2.magnitude(across, down), 99.5)) / _SCHARR / max(1.0, float(high - low))


def _content(written: NDArray[np.bool_], dpi: float) -> Box:
    """The whole sheet where nothing is written."""
    height, width = written.shape
    rows, columns = np.flatnonzero(written.any(axis=1)), np.flatnonzero(written.any(axis=0))
    if not len(rows):
        return WHOLE
    pad = _AROUND_MM / 25.4 * dpi
    left, right = (columns[0] - pad) / width, (columns[-1] + 1 + pad) / width
    top, bottom = (rows[0] - pad) / height, (rows[-1] + 1 + pad) / height
    return max(0.0, float(left)), max(0.0, float(top)), min(1.0, float(right)), min(1.0, float(bottom))


def _borders(ink: NDArray[np.bool_], dpi: float) -> tuple[float, float, float, float]:
    width = max(1, round(_EDGE_MM / 25.4 * dpi))
    parts = (ink[:width], ink[:, -width:], ink[-width:], ink[:, :width])
    top, right, bottom, left = (float(part.mean()) for part in parts)
    return top, right, bottom, left

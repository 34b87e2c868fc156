"""A picture of a document → the lines of its machine-readable zone, with a score for every character.

Characters are told by their shape alone: a letter O where only a digit can stand stays a letter O here, and is a named
doubt in ``app.domain.mrz``.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.domain.errors import BadInput
from app.domain.mrz.layout import SHAPES
from app.imaging.decode import Pixels
from app.inspection.mrz.glyphs import ALPHABET, GLYPH_HEIGHT, PITCH, GlyphScores, Grey, coarse_agreement, scores_at
from app.inspection.mrz.strip import Box, Strip, find_strips

_MARGIN_X = 2 * PITCH
_LINE_SPACE = 3 * PITCH  # each line gets a straight picture of its own, this high
_ROUNDS = 3
# Beneath this mean agreement the strip is no OCR-B text; beneath the other a single character is unsure.
_LEAST_AGREEMENT = 0.60
# A first look (half size, one blur) this good needs no other candidate.
_CLEAR_AGREEMENT = 0.80
_SURE_AGREEMENT = 0.70
# Everything unsharp resembles everything: with a smaller mean lead of the winners more is wrong than right.
_LEAST_LEAD = 0.03
_SURE_LEAD = 0.04
_LARGEST_SIDE = 12000

Points = NDArray[np.float64]
Homography = NDArray[np.float64]


@dataclass(frozen=True)
class ReadCharacter:
    """``agreement`` -1..1 with the winner; ``lead`` over ``runner_up``. ``sure`` is a reading aid, not a guarantee."""

    character: str
    agreement: float
    runner_up: str
    lead: float

    @property
    def sure(self) -> bool:
        """Whether shape alone leaves no doubt worth showing."""
        return self.agreement >= _SURE_AGREEMENT and self.lead >= _SURE_LEAD


@dataclass(frozen=True)
class ZonePicture:
    """``characters`` line by line; ``outline``: corners of the zone in picture pixels, (4, 2), clockwise from its own
    upper left; ``upside_down``: how it lay; ``agreement``: mean of all characters."""

    characters: tuple[tuple[ReadCharacter, ...], ...]
    outline: tuple[tuple[float, float], ...]
    upside_down: bool
    agreement: float

    @property
    def lines(self) -> tuple[str, ...]:
        """As text."""
        return tuple("".join(c.character for c in line) for line in self.characters)

    def unsure(self) -> tuple[tuple[int, int, ReadCharacter], ...]:
        """(line, column, character) where shape alone leaves a doubt; from 1."""
        return tuple(
            (row, column, character)
            for row, line in enumerate(self.characters, 1)
            for column, character in enumerate(line, 1)
            if not character.sure
        )


@dataclass(frozen=True)
class _Way:
    """One way to look at a candidate, and how well its first line looked like OCR-B at half size."""

    strip: Strip
    length: int
    upside_down: bool
    agreement: float


@dataclass(frozen=True)
class _Attempt:
    """Per line the map picture → line picture, and its scores."""

    maps: tuple[Homography, ...]
    scores: tuple[GlyphScores, ...]
    upside_down: bool

    @property
    def agreement(self) -> float:
        return float(np.mean([s.best.max(axis=0).mean() for s in self.scores]))


def read_zone(pixels: Pixels) -> ZonePicture:
    """``pixels``: BGR uint8. The zone may be turned by up to 10 degrees and lie upside down.

    Raises BadInput TRV-104 when the picture shows no zone, TRV-106 when it is too unsharp to be read, SetupFault FNT-103
    without the OCR-B font. Pure; about half a second for a picture of one megapixel.
    """
    if max(pixels.shape[:2]) > _LARGEST_SIDE:
        raise BadInput("TRV-104")
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)
    way = _likeliest(grey)
    if way is None:
        raise BadInput("TRV-104")
    attempt = _attempt(grey, way)
    if attempt.agreement < _LEAST_AGREEMENT:
        raise BadInput("TRV-104")
    zone = _result(attempt)
    if np.mean([character.lead for line in zone.characters for character in line]) < _LEAST_LEAD:
        raise BadInput("TRV-106")
    return zone


def _likeliest(grey: Grey) -> _Way | None:
    """Every candidate, either side up, in every length its number of lines can have; judged by its first line."""
    best: _Way | None = None
    for strip in find_strips(grey):
        for length in sorted(n for lines, n in SHAPES if lines == len(strip.lines)):
            for upside_down in (False, True):
                box = strip.lines[-1 if upside_down else 0]
                agreement = _grid(grey, _first_map(strip, box, length, upside_down), length).agreement
                if best is None or agreement > best.agreement:
                    best = _Way(strip, length, upside_down, agreement)
        if best is not None and best.agreement > _CLEAR_AGREEMENT:
            return best
    return best


def _attempt(grey: Grey, way: _Way) -> _Attempt:
    """Lay each line straight, match, and lay it straighter by what matched, as long as that helps."""
    maps, scores = [], []
    for box in way.strip.lines[::-1] if way.upside_down else way.strip.lines:
        to_line = _first_map(way.strip, box, way.length, way.upside_down)
        grid = _grid(grey, to_line, way.length)
        size = _line_size(way.length)
        xs = grid.start + grid.step * np.arange(way.length, dtype=np.float64)
        found = scores_at(_warped(grey, to_line, size), xs, grid.top)
        for _ in range(_ROUNDS):
            better = _straighter(to_line, found)
            straight = _MARGIN_X + PITCH * np.arange(way.length, dtype=np.float64)
            again = scores_at(_warped(grey, better, size), straight, (size[1] - GLYPH_HEIGHT) / 2)
            if again.best.max(axis=0).mean() <= found.best.max(axis=0).mean():
                break
            to_line, found = better, again
        maps.append(to_line)
        scores.append(found)
    return _Attempt(tuple(maps), tuple(scores), way.upside_down)


def _line_size(length: int) -> tuple[int, int]:
    return length * PITCH + 2 * _MARGIN_X, _LINE_SPACE


def _first_map(strip: Strip, box: Box, length: int, upside_down: bool) -> Homography:
    """Picture → line picture, from the blob's box: its ink is about two tenths of a cell narrower than the cells."""
    scale = PITCH * (length - 0.2) / box.width
    to_line = np.eye(3)
    to_line[:2] = strip.to_straight
    width, height = _line_size(length)
    centre = (box.x + box.width / 2, box.y + box.height / 2)
    place = np.array([[scale, 0, width / 2 - scale * centre[0]], [0, scale, height / 2 - scale * centre[1]], [0, 0, 1.0]])
    to_line = place @ to_line
    if upside_down:
        to_line = np.array([[-1.0, 0, width], [0, -1.0, height], [0, 0, 1.0]]) @ to_line
    return to_line


def _warped(grey: Grey, to_line: Homography, size: tuple[int, int]) -> Grey:
    """One interpolation from the original; where that is much larger, it is softened first against aliasing."""
    scale = float(np.sqrt(abs(np.linalg.det(to_line[:2, :2]))))
    source = grey
    if scale < 0.6:
        half = 0.5 if scale > 0.3 else 0.25
        source = np.asarray(cv2.resize(grey, None, fx=half, fy=half, interpolation=cv2.INTER_AREA), np.uint8)
        to_line = to_line @ np.diag((1 / half, 1 / half, 1.0))
    flat = cv2.warpPerspective(source, to_line, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(flat, np.uint8)


@dataclass(frozen=True)
class _Grid:
    """Left edge of the first cell, step, upper edge, pixels of the line picture; and how well its cells agree."""

    start: float
    step: float
    top: float
    agreement: float


def _grid(grey: Grey, to_line: Homography, length: int) -> _Grid:
    """Where the cells agree best with any character at all, found at half size."""
    width, height = _line_size(length)
    half = _warped(grey, np.diag((0.5, 0.5, 1.0)) @ to_line, (width // 2, height // 2))
    soft = cv2.dilate(coarse_agreement(half), np.ones((3, 3), np.uint8))
    places = np.arange(length)
    best = _Grid(_MARGIN_X, PITCH, (height - GLYPH_HEIGHT) / 2, -2.0)
    for step in np.arange(PITCH * 0.96, PITCH * 1.0401, PITCH * 0.005):
        shift = (length * PITCH - length * step) / 2
        for start in np.arange(_MARGIN_X + shift - PITCH * 0.75, _MARGIN_X + shift + PITCH * 0.76, 2.0):
            columns = np.clip(np.round((start + step * places) / 2).astype(int), 0, soft.shape[1] - 1)
            sums = soft[:, columns].mean(axis=1)
            row = int(sums.argmax())
            if sums[row] > best.agreement:
                best = _Grid(float(start), float(step), 2.0 * row, float(sums[row]))
    return best


def _straighter(to_line: Homography, found: GlyphScores) -> Homography:
    """The map after which the matched cells stand on one line, one pitch apart."""
    length = len(found.x)
    sure = found.best.max(axis=0) > 0.5
    if sure.sum() < 6:
        return to_line
    places = np.arange(length)[sure]
    step, start = np.polyfit(places, found.x[sure], 1)
    fall, level = np.polyfit(places, found.y[sure], 1)
    source = np.array([[start, level], [start + step * (length - 1), level + fall * (length - 1)]])
    width, height = _line_size(length)
    wanted = np.array([[_MARGIN_X + PITCH / 2, height / 2], [width - _MARGIN_X - PITCH / 2, height / 2]])
    along, target = source[1] - source[0], wanted[1] - wanted[0]
    # A similarity through the two ends: complex division.
    ratio = complex(*target) / complex(*along)
    turn = np.array([[ratio.real, -ratio.imag], [ratio.imag, ratio.real]])
    correction = np.eye(3)
    correction[:2, :2] = turn
    correction[:2, 2] = wanted[0] - turn @ source[0]
    return np.asarray(correction @ to_line)


def _result(attempt: _Attempt) -> ZonePicture:
    return ZonePicture(
        tuple(_characters(scores) for scores in attempt.scores),
        _outline(attempt),
        attempt.upside_down,
        attempt.agreement,
    )


def _characters(scores: GlyphScores) -> tuple[ReadCharacter, ...]:
    order = np.argsort(-scores.best, axis=0)
    read = []
    for place in range(scores.best.shape[1]):
        first, second = int(order[0, place]), int(order[1, place])
        best, next_best = float(scores.best[first, place]), float(scores.best[second, place])
        read.append(ReadCharacter(ALPHABET[first], best, ALPHABET[second], best - next_best))
    return tuple(read)


def _outline(attempt: _Attempt) -> tuple[tuple[float, float], ...]:
    """Corners of the zone in the picture."""
    half = GLYPH_HEIGHT / 2
    corners = []
    for index, edge, side in ((0, 0, -half), (0, -1, -half), (-1, -1, half), (-1, 0, half)):
        scores = attempt.scores[index]
        x = scores.x[edge] + (PITCH / 2 if edge else -PITCH / 2)
        point = np.linalg.inv(attempt.maps[index]) @ np.array([x, scores.y[edge] + side, 1.0])
        corners.append((float(point[0] / point[2]), float(point[1] / point[2])))
    return tuple(corners)

"""Which way up a page lies, by how its lines begin and end: Chinese and Latin lines begin flush and end where they end."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.archive.skew import Skew

Ink = NDArray[np.bool_]
_LEAST_LINES = 5
_LINE_ROWS = 4
_SHORTEST = 0.15  # of the width of the writing
_SURE = 0.5


@dataclass(frozen=True)
class Orientation:
    """``turn``: 0, 90, 180 or 270, clockwise degrees that set the page upright; None when nothing tells.

    ``confidence`` 0…1. Forms without running text tell their axis alone: then ``turn`` is None.
    """

    turn: int | None
    confidence: float


def orientation_of(ink: Ink, skew: Skew) -> Orientation:
    """Of a binary picture (True = ink) whose skew is known. Pure."""
    if skew.confidence <= 0.0:
        return Orientation(None, 0.0)
    level = np.rot90(ink, 1) if skew.sideways else ink
    height, width = level.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -skew.degrees, 1.0)
    straight = cv2.warpAffine(level.astype(np.uint8), matrix, (width, height), flags=cv2.INTER_NEAREST) > 0
    begins, ends = _ends(straight)
    if len(begins) < _LEAST_LINES:
        return Orientation(None, 0.0)
    ragged_left, ragged_right = (_scatter(at) for at in (begins, ends))
    lean = (ragged_right - ragged_left) / max(ragged_left + ragged_right, 1.0)
    turn = (0 if lean >= 0 else 180) + (270 if skew.sideways else 0)
    confidence = float(np.clip(abs(lean) / _SURE, 0.0, 1.0)) * skew.confidence
    return Orientation(turn % 360, confidence) if confidence >= _SURE else Orientation(None, confidence)


def _ends(straight: Ink) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where each line of writing begins and ends, in pixels."""
    rows = straight.sum(axis=1) > 0
    bounds = np.flatnonzero(np.diff(np.concatenate(([0], rows.astype(np.int8), [0]))))
    begins, ends = [], []
    columns = np.flatnonzero(straight.any(axis=0))
    if not len(columns):
        return np.array([]), np.array([])
    shortest = _SHORTEST * (columns[-1] - columns[0])
    for top, bottom in zip(bounds[::2], bounds[1::2], strict=True):
        inked = np.flatnonzero(straight[top:bottom].any(axis=0))
        if bottom - top >= _LINE_ROWS and len(inked) and inked[-1] - inked[0] >= shortest:
            begins.append(float(inked[0]))
            ends.append(float(inked[-1]))
    return np.array(begins), np.array(ends)


def _scatter(at: NDArray[np.float64]) -> float:
    """How far apart lines begin (or end), not counting the one in four that is a title or an indent."""
    middle = np.median(at)
    return float(np.percentile(np.abs(at - middle), 85))

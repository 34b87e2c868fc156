"""How far a page lies askew: the turn at which the lines of writing and the lines of forms stand most sharply apart.

The classical projection profile (W. Postl, US 4 723 297): for each angle the ink is summed along its rows, and the sum of
squares of the differences between neighbouring rows is largest when rows and lines agree. Here on the points of ink
themselves, at two finenesses, with a parabola through the best three.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ink = NDArray[np.bool_]
Floats = NDArray[np.float64]

_RANGE_DEG = 12.0
_COARSE_DEG, _FINE_DEG = 0.5, 0.05
_FEW_POINTS = 400
_MOST_POINTS = 24_000
# A profile's best angle stands out by this share of itself, or there are no lines to go by.
_SURE = 0.35
_DISAGREE_DEG = 0.5


@dataclass(frozen=True)
class Skew:
    """``degrees``: positive when the page is turned anticlockwise as seen; turning it clockwise by that sets it straight.

    ``sideways``: the lines run up and down (the page lies at 90° or 270°). ``confidence`` 0…1; 0 when nothing tells.
    """

    degrees: float
    sideways: bool
    confidence: float


def skew_of(ink: Ink) -> Skew:
    """Of a binary picture (True = ink), about 75 to 100 dpi. Pure."""
    ys, xs = np.nonzero(ink)
    if len(xs) < _FEW_POINTS:
        return Skew(0.0, False, 0.0)
    if len(xs) > _MOST_POINTS:
        chosen = np.random.default_rng(0).choice(len(xs), _MOST_POINTS, replace=False)
        ys, xs = ys[chosen], xs[chosen]
    x, y = xs.astype(np.float64) - ink.shape[1] / 2, ys.astype(np.float64) - ink.shape[0] / 2
    level, upright = _best(x, y), _best(-y, x)
    sideways = upright[1] > level[1]
    degrees, _, contrast = upright if sideways else level
    along = -y if sideways else x
    across = x if sideways else y
    sure = min(1.0, contrast / _SURE) * _agreement(along, across, degrees)
    return Skew(degrees, sideways, float(sure))


def _agreement(x: Floats, y: Floats, degrees: float) -> float:
    """1 where both halves of the page say the same, 0 where they differ by half a degree: lines do, a stamp does not."""
    if abs(degrees) >= _RANGE_DEG:
        return 0.0
    upper = y < np.median(y)
    if min(upper.sum(), (~upper).sum()) < _FEW_POINTS:
        return 0.0
    one, other = (_near(x[half], y[half], degrees) for half in (upper, ~upper))
    return max(0.0, 1.0 - abs(one - other) / _DISAGREE_DEG)


def _near(x: Floats, y: Floats, degrees: float) -> float:
    """The best angle of a part of the page, looked for around the page's."""
    angles = np.arange(degrees - 1.5, degrees + 1.55, 0.1)
    return float(angles[int(np.argmax([_score(x, y, angle) for angle in angles]))])


def _best(x: Floats, y: Floats) -> tuple[float, float, float]:
    """Angle, its score, and how far it stands out of the others."""
    coarse = np.arange(-_RANGE_DEG, _RANGE_DEG + _COARSE_DEG / 2, _COARSE_DEG)
    scores = np.array([_score(x, y, angle) for angle in coarse])
    top = float(coarse[scores.argmax()])
    fine = np.arange(top - _COARSE_DEG, top + _COARSE_DEG + _FINE_DEG / 2, _FINE_DEG)
    close = np.array([_score(x, y, angle) for angle in fine])
    at = int(close.argmax())
    peak = float(close[at])
    contrast = 1.0 - float(np.median(scores)) / peak if peak > 0 else 0.0
    return float(fine[at]) + _FINE_DEG * _vertex(close, at), peak, contrast


def _score(x: Floats, y: Floats, degrees: float) -> float:
    turn = np.deg2rad(degrees)
    rows = y * np.cos(turn) + x * np.sin(turn)
    profile = np.bincount(np.round(rows - rows.min()).astype(np.int64)).astype(np.float64)
    return float(np.square(np.diff(profile)).sum())


def _vertex(scores: Floats, at: int) -> float:
    """Where between its neighbours the top of the parabola through three scores lies, -0.5…0.5 steps."""
    if not 0 < at < len(scores) - 1:
        return 0.0
    before, here, after = scores[at - 1 : at + 2]
    bend = before - 2 * here + after
    return float(np.clip(0.5 * (before - after) / bend, -0.5, 0.5)) if bend < 0 else 0.0

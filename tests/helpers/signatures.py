"""A signature of nobody's: two waves that swell and thin."""

from __future__ import annotations

import math

from app.domain.signature import PenPoint, Signature


def flourish(steps: int = 60) -> Signature:
    def point(number: int, step: int) -> PenPoint:
        share = step / steps
        x, y = 20 + 30 * number + 25 * share, 30 + 12 * math.sin(7 * share + number)
        return PenPoint(x, y, 900 * number + 8 * step, 0.2 + 0.75 * math.sin(math.pi * share))

    strokes = tuple(tuple(point(number, step) for step in range(steps + 1)) for number in (0, 1))
    return Signature(120, 60, strokes)

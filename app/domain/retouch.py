"""人工修图 as recorded values: every slider and every stroke, so that it can be undone, shown and judged."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import Enum
from typing import Any

_SLIDERS = {"brightness": -1.0, "contrast": -1.0, "sharpness": 0.0, "saturation": -1.0, "warmth": -1.0}
_MOST_POINTS, _MOST_STROKES = 4000, 500


class StrokeKind(Enum):
    """``ERASE`` paints the background's colour; ``SMART_ERASE`` fills from the surroundings."""

    ERASE = "erase"
    SMART_ERASE = "smart-erase"


@dataclass(frozen=True)
class BrushStroke:
    """``points``: (x, y) in shares of the issued picture's width and height; ``radius``: share of its width."""

    kind: StrokeKind
    points: tuple[tuple[float, float], ...]
    radius: float


@dataclass(frozen=True)
class Adjustments:
    """-1..1, sharpness 0..1; 0 changes nothing."""

    brightness: float = 0.0
    contrast: float = 0.0
    sharpness: float = 0.0
    saturation: float = 0.0
    warmth: float = 0.0


@dataclass(frozen=True)
class Retouch:
    """Done in this order: strokes as drawn, then the adjustments."""

    adjustments: Adjustments = Adjustments()
    strokes: tuple[BrushStroke, ...] = ()

    @property
    def empty(self) -> bool:
        """True when nothing was done."""
        return self == Retouch()

    def with_stroke(self, stroke: BrushStroke) -> Retouch:
        """One stroke more."""
        return replace(self, strokes=(*self.strokes, stroke))

    def plain(self) -> dict[str, Any]:
        """For JSON; ``from_plain`` reads it."""
        strokes = [{"kind": s.kind.value, "points": [list(p) for p in s.points], "radius": s.radius} for s in self.strokes]
        return {} if self.empty else {"adjustments": asdict(self.adjustments), "strokes": strokes}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Retouch:
        """Raises ValueError for anything ``plain`` did not write."""
        if not plain:
            return cls()
        if set(plain) != {"adjustments", "strokes"} or not isinstance(plain["strokes"], list):
            raise ValueError("retouch: adjustments and strokes")
        sliders = plain["adjustments"]
        if not isinstance(sliders, dict) or set(sliders) != set(_SLIDERS):
            raise ValueError("retouch: adjustments")
        values = {name: _number(sliders[name], low, 1.0) for name, low in _SLIDERS.items()}
        if len(plain["strokes"]) > _MOST_STROKES:
            raise ValueError("retouch: too many strokes")
        return cls(Adjustments(**values), tuple(_stroke(s) for s in plain["strokes"]))


def _number(value: object, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise ValueError(f"retouch: a number {low}–{high}")
    return float(value)


def _stroke(plain: object) -> BrushStroke:
    if not isinstance(plain, dict) or set(plain) != {"kind", "points", "radius"} or not isinstance(plain["points"], list):
        raise ValueError("retouch: a stroke has kind, points and radius")
    points = plain["points"]
    if not 1 <= len(points) <= _MOST_POINTS or any(not isinstance(p, list) or len(p) != 2 for p in points):
        raise ValueError("retouch: points")
    placed = tuple((_number(x, -1, 2), _number(y, -1, 2)) for x, y in points)
    return BrushStroke(StrokeKind(plain["kind"]), placed, _number(plain["radius"], 0.001, 0.5))

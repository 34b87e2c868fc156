"""A handwritten signature: where the pen went, when and how hard; its stored form; whether it is one at all."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Any

from app.domain.errors import BadInput

FORMAT, VERSION = "jingchuang.signature", 1
LARGEST_TEXT = 8 * 2**20
_MOST_STROKES, _MOST_POINTS = 1000, 50_000
_LARGEST_MM = 2000.0


@dataclass(frozen=True)
class PenPoint:
    """Millimetres from the surface's upper left, milliseconds from the first touch, pressure 0..1.

    Kept as it is stored: a hundredth of a millimetre, a thousandth of the pressure. Raises BadInput SIG-101.
    """

    x_mm: float
    y_mm: float
    t_ms: int
    pressure: float

    def __post_init__(self) -> None:
        numbers = (self.x_mm, self.y_mm, self.pressure)
        if not all(math.isfinite(n) for n in numbers) or not all(abs(n) <= _LARGEST_MM for n in numbers[:2]):
            raise BadInput("SIG-101")
        if not 0 <= self.pressure <= 1 or self.t_ms < 0:
            raise BadInput("SIG-101")
        for name, digits in (("x_mm", 2), ("y_mm", 2), ("pressure", 3)):
            # + 0.0 turns the two zeros into one: they are the same place and must give the same digest.
            object.__setattr__(self, name, round(getattr(self, name), digits) + 0.0)


Stroke = tuple[PenPoint, ...]


@dataclass(frozen=True)
class Signature:
    """Strokes in the order written, each with at least one point; time never runs back. Raises BadInput SIG-101."""

    width_mm: float
    height_mm: float
    strokes: tuple[Stroke, ...]

    def __post_init__(self) -> None:
        points = [point for stroke in self.strokes for point in stroke]
        sized = all(math.isfinite(side) and 0.01 <= side <= _LARGEST_MM for side in (self.width_mm, self.height_mm))
        in_order = all(one.t_ms <= other.t_ms for one, other in pairwise(points))
        few = len(self.strokes) <= _MOST_STROKES and len(points) <= _MOST_POINTS
        if not sized or not in_order or not few or not all(self.strokes):
            raise BadInput("SIG-101")
        for name in ("width_mm", "height_mm"):
            object.__setattr__(self, name, round(getattr(self, name), 2))

    def __repr__(self) -> str:  # handwriting never reaches a log through a repr
        return f"Signature({len(self.strokes)} strokes)"

    def to_json(self) -> str:
        """The stored form: one spelling for one signature, so that a digest of it means something."""
        strokes = [
            [[round(100 * p.x_mm), round(100 * p.y_mm), p.t_ms, round(1000 * p.pressure)] for p in stroke]
            for stroke in self.strokes
        ]
        document = {
            "format": FORMAT,
            "version": VERSION,
            "size": [round(100 * self.width_mm), round(100 * self.height_mm)],
            "strokes": strokes,
        }
        return json.dumps(document, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Signature:
        """Raises BadInput SIG-101 (no signature), SIG-102 (written by a newer program)."""
        document = read_document(text, FORMAT, VERSION)
        try:
            width, height = document["size"]
            strokes = []
            for stroke in document["strokes"]:
                points = [[_whole(n) for n in row] for row in stroke]
                strokes.append(tuple(PenPoint(x / 100, y / 100, t, pressure / 1000) for x, y, t, pressure in points))
            return cls(_whole(width) / 100, _whole(height) / 100, tuple(strokes))
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise BadInput("SIG-101") from error


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError
    return value


def read_document(text: str, format_name: str, version: int) -> dict[str, Any]:
    """A JSON object of this format. Raises BadInput SIG-101 (it is none), SIG-102 (a newer version)."""
    if len(text) > LARGEST_TEXT:
        raise BadInput("SIG-101")
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput("SIG-101") from error
    if not isinstance(document, dict) or document.get("format") != format_name:
        raise BadInput("SIG-101")
    written = document.get("version")
    if type(written) is int and written > version:
        raise BadInput("SIG-102", version=written)
    if written != version:
        raise BadInput("SIG-101")
    return document


class Plausibility(Enum):
    """Whether what was written can be a signature; anything but ``ENOUGH`` asks again."""

    ENOUGH = "enough"
    EMPTY = "empty"
    DOT = "dot"
    TOO_SHORT = "too-short"


@dataclass(frozen=True)
class SignatureLimits:
    """``dot_mm``: all ink within this is a dot. ``least_ink_mm``: length of all strokes. ``least_ms``: time to write."""

    dot_mm: float
    least_ink_mm: float
    least_ms: int


def plausibility(signature: Signature, limits: SignatureLimits) -> Plausibility:
    """Compared with the limits; says nothing about whose hand it is."""
    points = [point for stroke in signature.strokes for point in stroke]
    if not points:
        return Plausibility.EMPTY
    xs, ys = [p.x_mm for p in points], [p.y_mm for p in points]
    if math.hypot(max(xs) - min(xs), max(ys) - min(ys)) <= limits.dot_mm:
        return Plausibility.DOT
    took = points[-1].t_ms - points[0].t_ms
    if ink_length(signature) < limits.least_ink_mm or took < limits.least_ms:
        return Plausibility.TOO_SHORT
    return Plausibility.ENOUGH


def ink_length(signature: Signature) -> float:
    """Millimetres that the pen went while it was down."""
    return sum(math.hypot(b.x_mm - a.x_mm, b.y_mm - a.y_mm) for stroke in signature.strokes for a, b in pairwise(stroke))

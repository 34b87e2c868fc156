"""What a hand did to an issued picture: shifts of tone and strokes of the eraser, each recorded, each taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum

Point = tuple[float, float]


class UnreadableRetouch(ValueError):
    """What was read is no retouch of ours."""


def _number(value: object, name: str, low: float, high: float) -> float:
    """``value`` as a float within ``low``..``high``; a truth value is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnreadableRetouch(f"{name}: no number: {value!r}")
    if not low <= value <= high:
        raise UnreadableRetouch(f"{name}: outside {low}..{high}: {value!r}")
    return float(value)


def _table(value: object, name: str, keys: frozenset[str]) -> Mapping[str, object]:
    """``value`` as a table with exactly ``keys``."""
    if not isinstance(value, Mapping):
        raise UnreadableRetouch(f"{name}: no table: {value!r}")
    if set(value) != keys:
        raise UnreadableRetouch(f"{name}: keys {sorted(map(str, value))}, expected {sorted(keys)}")
    return value


def _row(value: object, name: str) -> tuple[object, ...]:
    """``value`` as a row; a word is no row of letters."""
    if not isinstance(value, list | tuple):
        raise UnreadableRetouch(f"{name}: no row: {value!r}")
    return tuple(value)


@dataclass(frozen=True)
class Adjustments:
    """Shifts of the whole picture; 0 everywhere leaves it as it is. All -1..1, sharpness 0..1."""

    brightness: float = 0.0
    contrast: float = 0.0
    sharpness: float = 0.0
    saturation: float = 0.0
    warmth: float = 0.0

    def __post_init__(self) -> None:
        for field in fields(self):
            low = 0.0 if field.name == "sharpness" else -1.0
            _number(getattr(self, field.name), field.name, low, 1.0)

    @property
    def is_neutral(self) -> bool:
        """True when the picture stays as it is."""
        return self == Adjustments()

    def plain(self) -> dict[str, object]:
        """For JSON."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_plain(cls, value: object) -> Adjustments:
        """Back from JSON."""
        names = frozenset(field.name for field in fields(cls))
        table = _table(value, "adjustments", names)
        return cls(**{name: _number(table[name], name, -1.0, 1.0) for name in names})


class StrokeKind(StrEnum):
    """``ERASE`` paints the background's colour; ``SMART_ERASE`` fills from what lies around."""

    ERASE = "erase"
    SMART_ERASE = "smart_erase"


@dataclass(frozen=True)
class BrushStroke:
    """One movement of the brush, free of the picture's size.

    ``points``: shares 0..1 of the issued picture's width and height, origin top left. ``radius``: share of the width.
    """

    kind: StrokeKind
    points: tuple[Point, ...]
    radius: float

    def __post_init__(self) -> None:
        if not self.points:
            raise UnreadableRetouch("points: a stroke has at least one")
        for x, y in self.points:
            _number(x, "x", 0.0, 1.0)
            _number(y, "y", 0.0, 1.0)
        if _number(self.radius, "radius", 0.0, 0.5) == 0.0:
            raise UnreadableRetouch("radius: zero")

    def plain(self) -> dict[str, object]:
        """For JSON."""
        return {"kind": self.kind.value, "points": [list(point) for point in self.points], "radius": self.radius}

    @classmethod
    def from_plain(cls, value: object) -> BrushStroke:
        """Back from JSON."""
        table = _table(value, "stroke", frozenset({"kind", "points", "radius"}))
        points = tuple(_point(entry) for entry in _row(table["points"], "points"))
        return cls(_kind(table["kind"]), points, _number(table["radius"], "radius", 0.0, 0.5))


def _point(value: object) -> Point:
    pair = _row(value, "point")
    if len(pair) != 2:
        raise UnreadableRetouch(f"point: not two numbers: {value!r}")
    return _number(pair[0], "x", 0.0, 1.0), _number(pair[1], "y", 0.0, 1.0)


def _kind(value: object) -> StrokeKind:
    if not isinstance(value, str):
        raise UnreadableRetouch(f"kind: no word: {value!r}")
    return StrokeKind(value)


@dataclass(frozen=True)
class Retouch:
    """Everything the hand did to one issued picture; strokes count in the order they were drawn."""

    adjustments: Adjustments = Adjustments()
    strokes: tuple[BrushStroke, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True when the picture is issued as the machine made it."""
        return self.adjustments.is_neutral and not self.strokes

    def with_stroke(self, stroke: BrushStroke) -> Retouch:
        """One stroke more, on top."""
        return replace(self, strokes=(*self.strokes, stroke))

    def plain(self) -> dict[str, object]:
        """For JSON."""
        return {"adjustments": self.adjustments.plain(), "strokes": [stroke.plain() for stroke in self.strokes]}

    @classmethod
    def from_plain(cls, value: object) -> Retouch:
        """Back from JSON; anything not written by ``plain`` is refused with ValueError."""
        table = _table(value, "retouch", frozenset({"adjustments", "strokes"}))
        strokes = tuple(BrushStroke.from_plain(entry) for entry in _row(table["strokes"], "strokes"))
        return cls(Adjustments.from_plain(table["adjustments"]), strokes)


@dataclass(frozen=True)
class RetouchHistory:
    """Undo and redo over whole retouches; immutable, so that a window can hand it to a worker."""

    done: tuple[Retouch, ...] = (Retouch(),)
    undone: tuple[Retouch, ...] = ()

    @property
    def current(self) -> Retouch:
        """The retouch in force."""
        return self.done[-1]

    @property
    def can_undo(self) -> bool:
        """True when there is a step to take back."""
        return len(self.done) > 1

    @property
    def can_redo(self) -> bool:
        """True when a step taken back can be done again."""
        return bool(self.undone)

    def apply(self, retouch: Retouch) -> RetouchHistory:
        """A new step; steps taken back are forgotten."""
        return self if retouch == self.current else RetouchHistory((*self.done, retouch))

    def with_stroke(self, stroke: BrushStroke) -> RetouchHistory:
        """A step of one more stroke."""
        return self.apply(self.current.with_stroke(stroke))

    def with_adjustments(self, adjustments: Adjustments) -> RetouchHistory:
        """A step of other adjustments; the strokes stay."""
        return self.apply(replace(self.current, adjustments=adjustments))

    def undo(self) -> RetouchHistory:
        """One step back; the first step stays."""
        if not self.can_undo:
            return self
        return RetouchHistory(self.done[:-1], (self.current, *self.undone))

    def redo(self) -> RetouchHistory:
        """One step forward again."""
        if not self.undone:
            return self
        return RetouchHistory((*self.done, self.undone[0]), self.undone[1:])

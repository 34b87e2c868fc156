"""One row of bench.json, and how a figure and its reference are measured in turn."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """``ratio`` = value / reference_value; ``reference`` says in words what stands beside the figure."""

    name: str
    value: float
    unit: str
    reference: str
    reference_value: float
    ratio: float

    def document(self) -> dict[str, Any]:
        """As it stands in bench.json."""
        return {k: round(v, 4) if isinstance(v, float) else v for k, v in asdict(self).items()}


def row(name: str, value: float, unit: str, reference: str, reference_value: float) -> Row:
    """A row from two measured figures."""
    return Row(name, value, unit, reference, reference_value, value / reference_value if reference_value else 0.0)


def timed(work: Callable[[], object]) -> float:
    """Seconds of one call."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def in_turn(name: str, ours: Callable[[], object], reference: str, theirs: Callable[[], object], runs: int = 9) -> Row:
    """Medians of ``runs`` calls each, A B A B …, after one warm-up of both; in milliseconds."""
    ours()
    theirs()
    pairs = [(timed(ours), timed(theirs)) for _ in range(runs)]
    ours_ms, theirs_ms = (1000 * statistics.median(column) for column in zip(*pairs, strict=True))
    return row(name, ours_ms, "ms", reference, theirs_ms)

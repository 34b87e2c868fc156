"""How a number becomes a measurement: id, value, unit, method with version, region, milliseconds."""

from __future__ import annotations

from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from app.domain.judgement import Measurement, Region


class Taker:
    """Collects the measurements of one group; ``method`` names the group's way and version."""

    def __init__(self, method: str) -> None:
        self._method = method
        self._begun = perf_counter()
        self.taken: list[Measurement] = []

    def take(
        self, id_: str, value: float | None, unit: str, region: Region | None = None, *, method: str = "", note: str = ""
    ) -> None:
        """One number; None (or not a number) means it could not be measured."""
        now = perf_counter()
        known = None if value is None or not np.isfinite(value) else float(value)
        self.taken.append(Measurement(id_, known, unit, method or self._method, region, 1000 * (now - self._begun), note))
        self._begun = now


def share(mask: NDArray[np.bool_], within: NDArray[np.bool_]) -> float | None:
    """How much of ``within`` is ``mask``; None where there is nothing to look at."""
    total = np.count_nonzero(within)
    return np.count_nonzero(mask & within) / total if total >= 12 else None

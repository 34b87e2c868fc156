"""Faults of the embedded back end, for training and tests: the next requests fail in the way asked for."""

from __future__ import annotations

import threading
from enum import Enum


class BackendFault(Enum):
    """``DROP_AFTER``: everything is done, but the answer never arrives."""

    ERROR_500 = "error-500"
    DROP_AFTER = "drop-after"
    EXPIRE_TOKEN = "expire-token"  # noqa: S105 - a fault's name
    REFUSE = "refuse"
    SLOW = "slow"  # of the finance system: the answer comes late


class FaultPlan:
    """How many of the next uploads fail, and how."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left: dict[BackendFault, int] = {}

    def plan(self, fault: BackendFault, times: int) -> None:
        """The next ``times`` uploads."""
        with self._lock:
            self._left[fault] = times

    def strikes(self, fault: BackendFault) -> bool:
        """Whether this request fails so; counts down."""
        with self._lock:
            left = self._left.get(fault, 0)
            self._left[fault] = max(0, left - 1)
            return left > 0

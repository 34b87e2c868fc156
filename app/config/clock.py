"""The only place that asks what time it is; everyone else is handed a Clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Wall time for records, monotonic time for deadlines."""

    def now(self) -> datetime:
        """Aware, in the machine's zone."""

    def monotonic(self) -> float:
        """Seconds; never jumps."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Aware, in the machine's zone."""
        return datetime.now(UTC).astimezone()

    def monotonic(self) -> float:
        """Seconds; never jumps."""
        return time.monotonic()

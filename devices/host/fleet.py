"""Many devices started in order and ended in the reverse order, all within one deadline. Thread: one at a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

# What even a worker that is only to be killed needs to be waited for.
_LEAST_S = 0.1


class Supervised(Protocol):
    """A device behind its worker."""

    def start(self) -> None:
        """Begin to connect; returns at once."""

    def stop(self, deadline_s: float) -> None:
        """End the worker, killed when the deadline is over."""


class Fleet:
    """Owns the ends of what it started."""

    def __init__(self) -> None:
        self._started: list[Supervised] = []
        self._endings: dict[int, Callable[[], None]] = {}

    def start(self, device: Supervised) -> None:
        """Start it, and remember to end it."""
        device.start()
        self._started.append(device)

    def on_end(self, device: Supervised, ended: Callable[[], None]) -> None:
        """Called once the device has ended."""
        self._endings[id(device)] = ended

    def stop(self, deadline_s: float) -> None:
        """The last one first. One that hangs uses up the time; those after it are given the least there is."""
        until = time.monotonic() + deadline_s
        while self._started:
            device = self._started.pop()
            left = until - time.monotonic()
            # Nobody may take more than an equal share of what is left, so that one hanging driver leaves time for order.
            device.stop(max(_LEAST_S, left / (len(self._started) + 1)))
            self._endings.pop(id(device), _nothing)()


def _nothing() -> None:
    """Nobody wanted to know."""

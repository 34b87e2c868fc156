"""Keeps the book on one device: what its worker did, told as the standing of the port. Thread: any."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from devices.host.lasting import FaultHistory, FaultPolicy, after_fault, pause_s
from devices.ports.errors import DeviceAbsent, DeviceBlocked, DeviceError
from devices.ports.standing import DeviceStanding, DeviceState


def _now() -> datetime:
    return datetime.now(UTC)


class StandingBook:
    """Written by the supervisor, read by anybody."""

    def __init__(
        self,
        policy: FaultPolicy,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], datetime] = _now,
    ) -> None:
        self._policy = policy
        self._monotonic = monotonic
        self._wall = wall
        self._lock = threading.Lock()
        self._history = FaultHistory()
        self._open_since: float | None = None
        self._error: DeviceError | None = None
        self._last_success: datetime | None = None
        self._last_error: DeviceError | None = None
        self._last_error_at: datetime | None = None
        self._lives = 0

    def begun(self) -> None:
        """A worker was started."""
        with self._lock:
            self._lives += 1

    def opened(self) -> None:
        """The device is there."""
        with self._lock:
            self._open_since = self._monotonic()
            self._error = None

    def succeeded(self) -> None:
        """It did what it was asked."""
        with self._lock:
            self._history = FaultHistory()
            self._last_success = self._wall()

    def refused(self, error: DeviceError) -> None:
        """It answered with an error and lives on."""
        with self._lock:
            self._note(error)

    def down(self, error: DeviceError) -> float:
        """It cannot be used now; the pause in seconds before it is tried again."""
        with self._lock:
            now = self._monotonic()
            if self._open_since is not None and now - self._open_since >= self._policy.steady_s:
                self._history = FaultHistory()
            self._open_since = None
            self._history = after_fault(self._history, self._policy, now, error)
            self._error = error
            self._note(error)
            return pause_s(self._history, self._policy, error)

    def tried_by_hand(self) -> None:
        """The officer asked for another try: until it fails, it is being opened."""
        with self._lock:
            if self._open_since is None:
                self._error = None

    def _note(self, error: DeviceError) -> None:
        self._last_error, self._last_error_at = error, self._wall()

    def standing(self, *, busy: bool) -> DeviceStanding:
        """As it is now. A device tried again by itself keeps its fault until it opens: nothing flickers."""
        with self._lock:
            return DeviceStanding(
                state=self._state(busy),
                error=self._error,
                lasting=self._error is not None and bool(self._history.lasting),
                last_success=self._last_success,
                last_error=self._last_error,
                last_error_at=self._last_error_at,
                restarts=max(0, self._lives - 1),
            )

    def _state(self, busy: bool) -> DeviceState:
        if self._open_since is not None:
            return DeviceState.BUSY if busy else DeviceState.READY
        if self._error is None:
            return DeviceState.OPENING
        if isinstance(self._error, DeviceAbsent):
            return DeviceState.ABSENT
        return DeviceState.BLOCKED if isinstance(self._error, DeviceBlocked) else DeviceState.FAULT

"""Goes over a lane (the outbox, the back end's words, open fees) on its own clock, in a thread that says how it stands."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from app.domain.errors import StoreFault
from app.sync.drain import DrainReport


@dataclass(frozen=True)
class SyncState:
    """``error`` is the code of the last pass's trouble, "" when there was none."""

    online: bool = False
    running: bool = False
    last_success: datetime | None = None
    error: str = ""


class Lane(Protocol):
    """What a loop goes over."""

    def run_once(self) -> DrainReport:
        """One pass. Raises StoreFault only when the store itself fails."""


class SyncLoop:
    """``start`` once, ``stop`` once; ``wake`` makes a pass now."""

    def __init__(self, lane: Lane, interval_s: float, name: str = "sync-loop") -> None:
        self._lane = lane
        self._interval_s = interval_s
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._passed = threading.Condition()
        self._passes = 0
        self._state = SyncState()
        self._thread = threading.Thread(target=self._run, name=name)

    @property
    def state(self) -> SyncState:
        """How sending stands."""
        return self._state

    def start(self) -> None:
        """Begin; the first pass runs at once."""
        self._thread.start()

    def wake(self) -> None:
        """Look now."""
        self._wake.set()

    def wait_for_pass(self, timeout_s: float) -> bool:
        """Wake the loop and wait until a whole pass after this call is over."""
        with self._passed:
            wanted = self._passes + 2 if self._state.running else self._passes + 1
            self._wake.set()
            return self._passed.wait_for(lambda: self._passes >= wanted or self._stopping.is_set(), timeout_s)

    def stop(self, deadline_s: float) -> None:
        """End after the item in flight, at most ``deadline_s`` later (the client's own deadlines bound it)."""
        self._stopping.set()
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join(deadline_s)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            self._state = replace(self._state, running=True)
            try:
                report = self._lane.run_once()
            except StoreFault as error:
                self._state = replace(self._state, running=False, error=error.code)
            else:
                online = not report.stopped_by
                success = report.finished if online else self._state.last_success
                self._state = SyncState(online, False, success, report.stopped_by)
            with self._passed:
                self._passes += 1
                self._passed.notify_all()
            self._wake.wait(self._interval_s)

"""Tells the platform how this terminal is, again and again; a report that cannot go now is dropped, never queued."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from app.config.clock import Clock
from app.domain.errors import NetworkFault, NotAllowed


class Platform(Protocol):
    """Where heartbeats go."""

    def heartbeat(self, report: dict[str, Any]) -> None:
        """Raises NetworkFault, NotAllowed."""


@dataclass(frozen=True)
class HeartbeatState:
    """``error``: the code of what kept the last report, "" when it went; ``dropped`` since the last that went."""

    last_sent: datetime | None = None
    error: str = ""
    dropped: int = 0


class HeartbeatLoop:
    """``start`` once, ``stop`` once. ``collect`` runs on the loop's thread."""

    def __init__(self, platform: Platform, collect: Callable[[], dict[str, Any]], clock: Clock, interval_s: float) -> None:
        self._platform = platform
        self._collect = collect
        self._clock = clock
        self._interval_s = interval_s
        self._stopping = threading.Event()
        self._state = HeartbeatState()
        self._thread = threading.Thread(target=self._run, name="terminal-heartbeat")

    @property
    def state(self) -> HeartbeatState:
        """How reporting stands."""
        return self._state

    def start(self) -> None:
        """Begin; the first report goes at once."""
        self._thread.start()

    def stop(self, deadline_s: float) -> None:
        """End after the report in flight (the client's own deadlines bound it)."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(deadline_s)

    def beat(self) -> None:
        """One report, now."""
        try:
            self._platform.heartbeat(self._collect())
        except (NetworkFault, NotAllowed) as error:
            self._state = replace(self._state, error=error.code, dropped=self._state.dropped + 1)
        else:
            self._state = HeartbeatState(self._clock.now())

    def _run(self) -> None:
        while not self._stopping.is_set():
            self.beat()
            self._stopping.wait(self._interval_s)

"""Measures how long the event loop was not reached: a window that stalls is a window that is broken."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Slot

_TICK_MS = 10


def _run_delay_ms() -> float:
    """How long this thread has waited for a processor since it began."""
    try:
        return int(Path(f"/proc/self/task/{threading.get_native_id()}/schedstat").read_text("ascii").split()[1]) / 1e6
    except (OSError, IndexError, ValueError):
        return 0.0


class StallWatch(QObject):
    """Ticks on the GUI thread; ``longest_ms`` is the longest gap between two ticks beyond the tick itself.

    Time in which the thread was ready to run and the machine gave the processor to somebody else is not counted (Linux:
    the run delay of Documentation/scheduler/sched-stats; elsewhere it is counted as the program's own).
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.longest_ms = 0.0
        self.stalls: list[tuple[float, str]] = []
        self.note = ""
        self._last = time.perf_counter()
        self._kept_waiting_ms = _run_delay_ms()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to measure."""
        self._last = time.perf_counter()
        self._kept_waiting_ms = _run_delay_ms()
        self._timer.start()

    def stop(self) -> None:
        """End."""
        self._timer.stop()

    @Slot()
    def _tick(self) -> None:
        now = time.perf_counter()
        kept_waiting_ms = _run_delay_ms()
        gap = 1000 * (now - self._last) - _TICK_MS - (kept_waiting_ms - self._kept_waiting_ms)
        self._last, self._kept_waiting_ms = now, kept_waiting_ms
        if gap > 50:
            self.stalls.append((gap, self.note))
        self.longest_ms = max(self.longest_ms, gap)

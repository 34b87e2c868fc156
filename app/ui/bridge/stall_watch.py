"""Measures how long the event loop was not reached: a window that stalls is a window that is broken."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer, Slot

_TICK_MS = 10


class StallWatch(QObject):
    """Ticks on the GUI thread; ``longest_ms`` is the longest gap between two ticks beyond the tick itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.longest_ms = 0.0
        self.stalls: list[tuple[float, str]] = []
        self.note = ""
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to measure."""
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """End."""
        self._timer.stop()

    @Slot()
    def _tick(self) -> None:
        now = time.perf_counter()
        gap = 1000 * (now - self._last) - _TICK_MS
        self._last = now
        if gap > 50:
            self.stalls.append((gap, self.note))
        self.longest_ms = max(self.longest_ms, gap)

"""Looks now and then whether waiting tickets can be printed by now, in a thread that stops when told."""

from __future__ import annotations

import threading

from app.desk.print_queue import PrintQueue
from app.domain.errors import WorkstationError

_INTERVAL_S = 4.0


class PrintLoop:
    """``start`` once, ``stop`` once."""

    def __init__(self, queue: PrintQueue, interval_s: float = _INTERVAL_S) -> None:
        self._queue = queue
        self._interval_s = interval_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="print-loop")
        self.error = ""  # the code of the last pass's trouble, for the diagnosis panel

    def start(self) -> None:
        """Begin; the first look comes after one interval."""
        self._thread.start()

    def stop(self, deadline_s: float) -> None:
        """End after the job in flight; the printer's own deadlines bound it."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(deadline_s)

    def _run(self) -> None:
        while not self._stopping.wait(self._interval_s):
            try:
                self._queue.send_waiting()
            except WorkstationError as error:
                self.error = error.code
            else:
                self.error = ""

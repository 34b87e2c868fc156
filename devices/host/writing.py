"""Writes to workers on a thread of its own: a worker that reads nothing may block this thread, never the window.

A write that hangs ends when the worker is killed, which its missed deadline sees to.
"""

from __future__ import annotations

import queue
import threading
from contextlib import suppress
from typing import IO

_MOST_WAITING = 256


class PipeWriter:
    """``start`` once, ``stop`` once, when no worker is left to write to."""

    def __init__(self) -> None:
        self._waiting: queue.Queue[tuple[IO[bytes], bytes, bool] | None] = queue.Queue(_MOST_WAITING)
        self._thread = threading.Thread(target=self._run, name="device-writer")

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def stop(self) -> None:
        """The thread is gone when this returns."""
        if self._thread.ident is not None:
            self._waiting.put(None)
            self._thread.join()

    def put(self, stream: IO[bytes], data: bytes, *, last: bool = False) -> bool:
        """Write soon, in order; the stream is closed after the ``last``. False when too much waits already."""
        try:
            self._waiting.put_nowait((stream, data, last))
        except queue.Full:
            return False
        return True

    def _run(self) -> None:
        while (item := self._waiting.get()) is not None:
            stream, data, last = item
            # A dead worker's pipe is broken, a buried one's is closed: whoever waits hears of it from its reader.
            with suppress(OSError, ValueError):
                stream.write(data)
                stream.flush()
            if last:
                with suppress(OSError, ValueError):
                    stream.close()

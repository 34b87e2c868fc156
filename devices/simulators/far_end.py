"""The far end of a pseudo-terminal: where a simulated serial device sits. Plugged in, written to, unplugged."""

from __future__ import annotations

import os
import select
import threading
import tty

_ROOM_S = 0.2


class FarEnd:
    """``path`` is what a driver opens. Writing from any thread; ``unplug`` more than once does no harm."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._far: int | None = None
        self._near: int | None = None
        self.path = ""

    def plug_in(self) -> None:
        """The terminal comes into being, raw."""
        self._far, self._near = os.openpty()
        tty.setraw(self._near)
        os.set_blocking(self._far, False)
        self.path = os.ttyname(self._near)

    def unplug(self) -> None:
        """The terminal goes away; who reads it is told so."""
        self._over.set()
        with self._lock:
            for handle in (self._far, self._near):
                if handle is not None:
                    os.close(handle)
            self._far = self._near = None

    def send(self, data: bytes) -> None:
        """On the wire when this returns; what nobody reads is dropped, as by a real device without a listener."""
        with self._lock:
            if self._far is not None and select.select([], [self._far], [], _ROOM_S)[1]:
                try:
                    os.write(self._far, data)
                except BlockingIOError:
                    return

    def wait(self, seconds: float) -> bool:
        """True when it was unplugged meanwhile."""
        return self._over.wait(seconds)

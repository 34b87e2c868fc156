"""The simulated module on a pseudo-terminal: a serial port that any program can open by its path (POSIX alone)."""

from __future__ import annotations

import os
import select
import threading
import tty

from devices.simulators.ef01.module import Module, ModuleState

_LOOK_S = 0.1


class Ef01Simulator:
    """``start`` and ``stop``; the thread is gone when ``stop`` returns. The path may change after an unplugging."""

    def __init__(self, state: ModuleState | None = None) -> None:
        self.state = state or ModuleState()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self.path = ""

    def start(self) -> None:
        """Plug in."""
        ours, theirs = os.openpty()
        tty.setraw(theirs)
        self.path = os.ttyname(theirs)
        self._stopping.clear()
        self._thread = threading.Thread(target=self._serve, args=(ours, theirs), name="ef01-simulator")
        self._thread.start()

    def stop(self) -> None:
        """Pull out."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _serve(self, ours: int, theirs: int) -> None:
        module = Module(self.state)
        try:
            while not self._stopping.is_set():
                # The module's end of the line is held open here, or a reader that leaves would end it.
                ready, _, _ = select.select([ours], [], [], _LOOK_S)
                if not ready:
                    continue
                answer = module.feed(os.read(ours, 4096))
                if answer is None:
                    return
                os.write(ours, answer)
        except OSError:
            return
        finally:
            os.close(ours)
            os.close(theirs)

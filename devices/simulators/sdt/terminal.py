"""The module behind a real pseudo-terminal: its baud rate is kept, its bytes take as long as they would on a cable."""

from __future__ import annotations

import os
import select
import termios
import threading
import time
import tty
from contextlib import suppress
from pathlib import Path

from devices.simulators.sdt.machine import SamModule, Utterance

_BITS_A_BYTE = 10
_PIECE = 32  # bytes written at once; the schedule is kept to the byte, the sleeps are not
_SPEEDS = {
    115200: termios.B115200,
    57600: termios.B57600,
    38400: termios.B38400,
    19200: termios.B19200,
    9600: termios.B9600,
}


class TerminalReader:
    """``start`` and ``stop``; ``path`` is what the driver opens. Unplugged, it comes back at the same path with ``plug``.

    A computer that listens at another rate than the module's hears nothing, as on a cable.
    """

    def __init__(self, module: SamModule, link: Path | None = None, baud: int = 115200, *, paced: bool = False) -> None:
        """``link``: a symbolic link to the terminal, for a path that stays; ``paced``: bytes take their time."""
        self.module = module
        self.baud = baud
        self._link = link
        self._paced = paced
        self._ends: tuple[int, int] | None = None
        self._path = ""
        self._thread: threading.Thread | None = None
        self._wake = os.pipe()
        self._cable = threading.Event()  # never set: waiting on it is how bytes take their time
        self.sent = 0
        self.received = 0

    @property
    def path(self) -> str:
        """What the driver opens."""
        return str(self._link) if self._link is not None else self._path

    def start(self) -> None:
        """Plug in."""
        self.plug()

    def plug(self) -> None:
        """Connect the cable (again)."""
        master, slave = os.openpty()
        tty.setraw(slave)
        self._ends = master, slave
        self._path = os.ttyname(slave)
        if self._link is not None:
            self._link.unlink(missing_ok=True)
            self._link.symlink_to(self._path)
        self._thread = threading.Thread(target=self._serve, args=(master,), name="card-reader-simulator")
        self._thread.start()

    def unplug(self) -> None:
        """Pull the cable out."""
        os.write(self._wake[1], b"!")
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def stop(self) -> None:
        """Gone for good; the thread and the descriptors are gone when this returns."""
        self.unplug()
        for descriptor in self._wake:
            os.close(descriptor)

    def _serve(self, master: int) -> None:
        try:
            while True:
                ready, _, _ = select.select([master, self._wake[0]], [], [])
                if self._wake[0] in ready:
                    os.read(self._wake[0], 1)
                    return
                data = os.read(master, 4096)
                if not self._heard(master, data):
                    # The cable came out in mid-answer; whoever unplugs a second time must find us waiting.
                    self._let_go()
                    os.read(self._wake[0], 1)
                    return
        except OSError:
            os.read(self._wake[0], 1)
        finally:
            self._let_go()

    def _let_go(self) -> None:
        ends, self._ends = self._ends, None
        for descriptor in ends or ():
            with suppress(OSError):
                os.close(descriptor)
        if self._link is not None:
            self._link.unlink(missing_ok=True)

    def _heard(self, master: int, data: bytes) -> bool:
        """Answer; False when the cable came out."""
        if termios.tcgetattr(master)[4] != _SPEEDS[self.baud]:
            return True
        self.received += len(data)
        clock = time.monotonic()
        if self._paced:
            clock += len(data) * _BITS_A_BYTE / self.baud
        for utterance in self.module.feed(data):
            clock = self._say(master, utterance, clock)
            if utterance.unplugged:
                return False
        return True

    def _say(self, master: int, utterance: Utterance, clock: float) -> float:
        """Byte by byte as a cable carries them; ``clock`` is when the next one may begin."""
        piece = 1 if utterance.gap_s else _PIECE if self._paced else max(1, len(utterance.data))
        byte_s = utterance.gap_s or (_BITS_A_BYTE / self.baud if self._paced else 0.0)
        for at in range(0, len(utterance.data), piece):
            part = utterance.data[at : at + piece]
            clock += len(part) * byte_s
            if (ahead := clock - time.monotonic()) > 0:
                self._cable.wait(ahead)
            os.write(master, part)
            self.sent += len(part)
        return clock

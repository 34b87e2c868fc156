"""Byte traces of serial devices: recorded between a driver and a device, replayed as that device, byte for byte.

A trace is text. ``>`` what the computer said, ``<`` what the device said after so many milliseconds, bytes in hex:

    # reader of window 3, firmware 2.1
    > aaaaaa96690003 11ffed
    < 14 aaaaaa9669000400009094

``python -m devices.simulators.trace record /dev/ttyUSB0 OUT`` stands between the two and writes one. A trace of a real
person's card is that person's data: record invented or test cards only.
"""

from __future__ import annotations

import os
import select
import sys
import termios
import threading
import time
import tty
from dataclasses import dataclass
from pathlib import Path

_LARGEST = 4096
_QUIET_S = 0.02  # a side that has said nothing for so long has finished its sentence


@dataclass(frozen=True)
class Said:
    """``after_ms``: how long the device took; 0 for the computer."""

    by_device: bool
    data: bytes
    after_ms: int = 0

    def line(self) -> str:
        """As it stands in a trace."""
        return f"< {self.after_ms} {self.data.hex()}" if self.by_device else f"> {self.data.hex()}"


def parse_trace(text: str) -> tuple[Said, ...]:
    """Raises ValueError naming the line that is none."""
    said = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        if words and not words[0].startswith("#"):
            try:
                said.append(_said(words))
            except (ValueError, IndexError) as error:
                raise ValueError(f"line {number}: {error}") from error
    return tuple(said)


def _said(words: list[str]) -> Said:
    if words[0] == "<":
        return Said(True, bytes.fromhex("".join(words[2:])), int(words[1]))
    if words[0] == ">":
        return Said(False, bytes.fromhex("".join(words[1:])))
    raise ValueError(words[0])


class TraceDevice:
    """The device of a trace behind a pseudo-terminal; ``strayed`` says where the computer said something else.

    ``start`` and ``stop``; ``path`` is what the driver opens.
    """

    def __init__(self, trace: tuple[Said, ...]) -> None:
        self._trace = trace
        self._wake = os.pipe()
        self._thread: threading.Thread | None = None
        self.path = ""
        self.strayed = ""

    def start(self) -> None:
        """Plug in."""
        master, slave = os.openpty()
        tty.setraw(slave)
        self.path = os.ttyname(slave)
        self._thread = threading.Thread(target=self._serve, args=(master, slave), name="trace-device")
        self._thread.start()

    def stop(self) -> None:
        """Unplug; its thread and descriptors are gone when this returns."""
        os.write(self._wake[1], b"!")
        if self._thread is not None:
            self._thread.join()
        for descriptor in self._wake:
            os.close(descriptor)

    def _serve(self, master: int, slave: int) -> None:
        try:
            for said in self._trace:
                good = self._answer(master, said) if said.by_device else self._hear(master, said.data)
                if not good:
                    break
            select.select([self._wake[0]], [], [])
        finally:
            os.close(master)
            os.close(slave)

    def _answer(self, master: int, said: Said) -> bool:
        if select.select([self._wake[0]], [], [], said.after_ms / 1000)[0]:
            return False
        os.write(master, said.data)
        return True

    def _hear(self, master: int, wanted: bytes) -> bool:
        heard = b""
        while len(heard) < len(wanted):
            ready, _, _ = select.select([master, self._wake[0]], [], [])
            if self._wake[0] in ready:
                return False
            heard += os.read(master, len(wanted) - len(heard))
            if not wanted.startswith(heard):
                self.strayed = f"{heard.hex()} instead of {wanted.hex()}"
                return False
        return True


class TraceRecorder:
    """Between a driver, which opens ``path``, and a device at ``device``; ``trace`` is what was said so far."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._wake = os.pipe()
        self._thread: threading.Thread | None = None
        self.trace: list[Said] = []
        self.path = ""

    def start(self) -> None:
        """Open the device and stand in its place. Raises OSError."""
        far = os.open(self._device, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(far)
        speed = termios.tcgetattr(far)
        master, slave = os.openpty()
        tty.setraw(slave)
        termios.tcsetattr(slave, termios.TCSANOW, speed)
        self.path = os.ttyname(slave)
        self._thread = threading.Thread(target=self._stand_between, args=(master, slave, far), name="trace-recorder")
        self._thread.start()

    def stop(self) -> None:
        """Let both go."""
        os.write(self._wake[1], b"!")
        if self._thread is not None:
            self._thread.join()
        for descriptor in self._wake:
            os.close(descriptor)

    def text(self) -> str:
        """The trace as a file."""
        return "".join(said.line() + "\n" for said in self.trace)

    def _stand_between(self, master: int, slave: int, far: int) -> None:
        last = time.monotonic()
        try:
            while True:
                ready, _, _ = select.select([master, far, self._wake[0]], [], [])
                if self._wake[0] in ready:
                    return
                for here, there in ((master, far), (far, master)):
                    if here in ready:
                        data = os.read(here, _LARGEST)
                        now = time.monotonic()
                        self._note(here == far, data, now - last)
                        last = now
                        termios.tcsetattr(far, termios.TCSANOW, termios.tcgetattr(slave))  # the driver may try baud rates
                        os.write(there, data)
        finally:
            for descriptor in (master, slave, far):
                os.close(descriptor)

    def _note(self, by_device: bool, data: bytes, after_s: float) -> None:
        same = self.trace and self.trace[-1].by_device == by_device and after_s < _QUIET_S
        if same:
            former = self.trace.pop()
            self.trace.append(Said(by_device, former.data + data, former.after_ms))
        else:
            self.trace.append(Said(by_device, data, round(1000 * after_s) if by_device else 0))


def main() -> int:
    """``record DEVICE OUT`` until Enter is pressed."""
    if len(sys.argv) != 4 or sys.argv[1] != "record":
        sys.stderr.write("usage: python -m devices.simulators.trace record DEVICE OUT\n")
        return 2
    recorder = TraceRecorder(sys.argv[2])
    recorder.start()
    sys.stdout.write(f"{recorder.path}: let the driver open this; Enter ends\n")
    sys.stdout.flush()
    sys.stdin.readline()
    recorder.stop()
    Path(sys.argv[3]).write_text(recorder.text(), encoding="ascii")
    return 0


if __name__ == "__main__":
    sys.exit(main())

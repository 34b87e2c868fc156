"""A device worker that can be asked to go mad in every way a vendor's library does; light, so that it restarts fast.

Run as ``python mad_worker.py [PROTOCOL]``; PROTOCOL replaces the version it says at the start.
"""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from devices.host.asking import AskedDevice
from devices.host.lasting import FaultPolicy
from devices.host.line import AskedService, Line, serve
from devices.host.messages import Message
from devices.host.process import WorkerLaunch

# Restarts at once, so that a test does not wait; the counts are the real ones.
HASTY = FaultPolicy(quick_s=(0.01,), absent_s=0.05, slow_s=30.0)


def drawn_frame() -> bytes:
    """A picture with something on it, encoded anew each time."""
    import numpy as np
    import simplejpeg

    rows, columns = np.mgrid[0:960, 0:640]
    picture = np.stack([(rows + shift * columns) % 256 for shift in (0, 1, 2)], axis=2).astype(np.uint8)
    return bytes(simplejpeg.encode_jpeg(np.ascontiguousarray(picture), quality=80))


class MadDriver:
    """Answers, or does what vendors' libraries do."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._kept: list[bytearray] = []

    def close(self) -> None:
        """Nothing is held."""

    def echo(self, command: Message) -> Message:
        return Message("answer", {"pid": os.getpid()}, command.payload)

    def frame(self, command: Message) -> Message:
        self._line.show(Message("frame", {"number": 1}, bytes(range(256)) * int(command.fields["times"])))
        return Message("answer")

    def picture(self, _: Message) -> Message:
        self._line.show(Message("frame", {"number": 1}, drawn_frame()))
        return Message("answer")

    def spin(self, _: Message) -> Message:
        while True:
            pass

    def spin_holding_everything(self, _: Message) -> Message:
        """A C function called without letting the interpreter's lock go: no thread of the worker moves."""
        ctypes.PyDLL(None).pause()
        return Message("answer")

    def never(self, _: Message) -> Message:
        threading.Event().wait()
        return Message("answer")

    def segfault(self, _: Message) -> Message:
        ctypes.string_at(0)
        return Message("answer")

    def leak(self, _: Message) -> Message:
        while True:
            self._kept.append(bytearray(b"\x55" * 2**20))

    def print_from_c(self, _: Message) -> Message:
        libc = ctypes.CDLL(None)
        for _line in range(200):
            libc.puts(b"vendor library 1.0: debug output on standard output")
        libc.fflush(None)
        return Message("answer")

    def flood(self, _: Message) -> Message:
        while True:
            self._line.say(Message("news", {"text": "x" * 100}))

    def garbage(self, _: Message) -> Message:
        os.write(self._line._out.fileno(), os.urandom(4096))
        threading.Event().wait()
        return Message("answer")

    def nonsense(self, _: Message) -> Message:
        self._line.say(Message("answer", {"answers": ["not", "a", "number"]}))
        threading.Event().wait()
        return Message("answer")

    def frame_elsewhere(self, _: Message) -> Message:
        self._line.say(Message("frame", {"slot": 0, "length": 2**40}))
        return Message("answer")

    def leave_a_heir(self, _: Message) -> Message:
        """Dies, and a child it forked goes on holding the pipe."""
        if os.fork() == 0:
            threading.Event().wait(60)
        os._exit(3)

    def gone(self, _: Message) -> Message:
        os._exit(7)


MADNESS = (
    "spin", "spin_holding_everything", "never", "segfault", "leak", "flood", "garbage", "frame_elsewhere",
    "leave_a_heir", "gone", "nonsense",
)  # fmt: skip


def mad_service(line: Line, driver: MadDriver) -> AskedService:
    """Every question a method of the driver."""
    names = (*MADNESS, "echo", "frame", "picture", "print_from_c")
    return AskedService(line, Message("opened", {"model": "mad"}), {name: getattr(driver, name) for name in names})


def mad_launch(*arguments: str, memory_bytes: int = 256 * 2**20, packages: bool = False) -> WorkerLaunch:
    """How to start one; without installed packages it starts faster."""
    frame_bytes = 2**20
    command = (sys.executable, *(() if packages else ("-S",)), "-B", str(Path(__file__).resolve()), *arguments)
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    return WorkerLaunch(command, environment, "mad", frame_bytes=frame_bytes, memory_bytes=memory_bytes)


@contextmanager
def mad_device(policy: FaultPolicy = HASTY) -> Iterator[tuple[AskedDevice, list[Message]]]:
    """Open, and what it said unasked."""
    heard: list[Message] = []
    device = AskedDevice(mad_launch(), heard.append, policy)
    device.start()
    try:
        assert device.wait_until_open(20)
        yield device, heard
    finally:
        device.stop(2.0)


def _main() -> int:
    line = Line()
    if len(sys.argv) > 1:
        line.say(Message("hello", {"protocol": sys.argv[1]}))
    return serve(line, lambda: MadDriver(line), mad_service)


if __name__ == "__main__":
    os._exit(_main())

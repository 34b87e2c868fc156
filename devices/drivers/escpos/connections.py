"""The ways to a receipt printer: TCP, serial line, device file, plain file. Every write and read is bounded.

What the operating system says is translated here: no permission, held by another program, gone, stopped taking bytes.
"""

from __future__ import annotations

import errno
import os
import select
import socket
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

import serial

from devices.ports.errors import DeviceAbsent, DeviceClaimed, DeviceLost

_CONNECT_S = 3.0
_NO_PERMISSION = "PRN-116"
_STALLED = "PRN-115"

_T = TypeVar("_T")


class Connection(Protocol):
    """Bytes out, bytes in, both bounded."""

    answers: bool

    def write(self, data: bytes, timeout_s: float) -> None:
        """All of it. Raises DeviceLost, with code PRN-115 when the printer stopped taking bytes."""

    def read(self, timeout_s: float) -> bytes:
        """One byte, or b"" when none came in time. Raises DeviceLost."""

    def close(self) -> None:
        """Let go."""


def absent(error: OSError) -> DeviceAbsent | DeviceClaimed:
    """Why a printer could not be opened."""
    if error.errno in (errno.EACCES, errno.EPERM):
        return DeviceAbsent(str(error), code=_NO_PERMISSION)
    if error.errno in (errno.EBUSY, errno.EAGAIN):
        return DeviceClaimed(str(error))
    return DeviceAbsent(str(error))


def stalled(where: str) -> DeviceLost:
    """The printer stopped taking bytes; what it already has, nobody knows: the connection is given up."""
    return DeviceLost(where, code=_STALLED)


@contextmanager
def opening() -> Iterator[None]:
    """Raises DeviceAbsent or DeviceClaimed for what the operating system says."""
    try:
        yield
    except OSError as error:
        raise absent(error) from error


def talking(work: Callable[[], _T]) -> _T:
    """The result of ``work``. Raises DeviceLost for a broken connection."""
    try:
        return work()
    except OSError as error:
        raise DeviceLost(str(error)) from error


class TcpConnection:
    """Raw printing over TCP, port 9100 as a rule."""

    answers = True

    def __init__(self, host: str, port: int) -> None:
        with opening():
            self._socket = socket.create_connection((host, port), timeout=_CONNECT_S)

    def write(self, data: bytes, timeout_s: float) -> None:
        """Into the printer's buffer."""
        self._socket.settimeout(timeout_s)
        try:
            self._socket.sendall(data)
        except TimeoutError as error:
            raise stalled("tcp") from error
        except OSError as error:
            raise DeviceLost(str(error)) from error

    def read(self, timeout_s: float) -> bytes:
        """A closed connection is lost, not silent."""
        self._socket.settimeout(max(timeout_s, 0.001))
        try:
            data = self._socket.recv(1)
        except TimeoutError:
            return b""
        except OSError as error:
            raise DeviceLost(str(error)) from error
        if not data:
            raise DeviceLost("connection closed")
        return data

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()


class SerialConnection:
    """A serial port or USB serial adapter; ``flow``: none, rts or xon."""

    answers = True

    def __init__(self, path: str, baud: int, flow: str) -> None:
        with opening():
            self._port = serial.Serial(path, baud, rtscts=flow == "rts", xonxoff=flow == "xon", exclusive=True)

    def write(self, data: bytes, timeout_s: float) -> None:
        """Into the driver's buffer; not drained, because a printer without paper would hold that for ever."""
        self._port.write_timeout = timeout_s
        try:
            self._port.write(data)
        except serial.SerialTimeoutException as error:
            raise stalled("serial") from error
        except OSError as error:
            raise DeviceLost(str(error)) from error

    def read(self, timeout_s: float) -> bytes:
        """One byte."""
        self._port.timeout = timeout_s
        return bytes(talking(lambda: self._port.read(1)))

    def close(self) -> None:
        """Close the port."""
        self._port.close()


class CharacterDevice:
    """A device file the kernel's own driver serves, such as /dev/usb/lp0; it answers if the printer does."""

    answers = True

    def __init__(self, path: str) -> None:
        with opening():
            self._file = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)

    def write(self, data: bytes, timeout_s: float) -> None:
        """Piece by piece as the device takes them."""
        deadline = time.monotonic() + timeout_s
        while data:
            _, ready, _ = select.select([], [self._file], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise stalled("device")
            data = data[talking(lambda rest=data: os.write(self._file, rest)) :]  # type: ignore[misc]  # mypy 1.x cannot infer a lambda with defaults

    def read(self, timeout_s: float) -> bytes:
        """One byte; an end of file is silence on a device that never hangs up."""
        ready, _, _ = select.select([self._file], [], [], max(0.0, timeout_s))
        return talking(lambda: os.read(self._file, 1)) if ready else b""

    def close(self) -> None:
        """Close the device."""
        os.close(self._file)


class PlainFile:
    """Keeps the bytes in a file; confirms nothing."""

    answers = False

    def __init__(self, path: str) -> None:
        with opening():
            self._file = Path(path).open("wb", buffering=0)  # noqa: SIM115 - closed by close()

    def write(self, data: bytes, timeout_s: float) -> None:
        """Out at once."""
        talking(lambda: self._file.write(data))

    def read(self, timeout_s: float) -> bytes:
        """A file never answers."""
        return b""

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def file_connection(path: str) -> Connection:
    """A character device answers, a plain file does not."""
    try:
        mode = Path(path).stat().st_mode
    except OSError:
        return PlainFile(path)
    return CharacterDevice(path) if stat.S_ISCHR(mode) else PlainFile(path)

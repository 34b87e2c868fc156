"""The port ``printer`` over python-escpos' connections, with deadlines of our own on every read.

Printed means: after the job and its cut the printer answers ``GS r 1`` (paper sensor), which it handles in its turn like
any other command, so its answer comes only when everything before it is done. A printer that takes bytes and answers
nothing leaves the job uncertain.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from escpos.exceptions import Error as EscposError
from escpos.printer import File, Network, Serial, Usb

from devices.drivers.escpos.status import parse, query, valid
from devices.ports.errors import (
    BadAddress,
    CoverOpen,
    CutterFault,
    DeviceAbsent,
    DeviceError,
    DeviceLost,
    PaperOut,
    PrinterFault,
)
from devices.ports.printer import JobOutcome, PrinterDescription, PrinterState, PrinterStatus

_CONNECT_S = 3.0
_STATUS_S = 0.5
_DONE_QUERY = b"\x1dr\x01"
_WIDTH_DOTS = 576

_STOPPERS: dict[PrinterState, type[DeviceError]] = {
    PrinterState.PAPER_END: PaperOut,
    PrinterState.COVER_OPEN: CoverOpen,
    PrinterState.CUTTER_FAULT: CutterFault,
    PrinterState.ERROR: PrinterFault,
    PrinterState.OFFLINE: PrinterFault,
}


class Connection(Protocol):
    """Bytes out, bytes in, both bounded."""

    answers: bool

    def write(self, data: bytes) -> None:
        """All of it. Raises DeviceLost."""

    def read(self, timeout_s: float) -> bytes:
        """One byte, or b"" when none came in time. Raises DeviceLost."""

    def close(self) -> None:
        """Let go."""


class _TcpConnection:
    answers = True

    def __init__(self, host: str, port: int) -> None:
        self._printer = Network(host, port, timeout=_CONNECT_S)
        _opening(self._printer.open)

    def write(self, data: bytes) -> None:
        """Within the connection's own time-out."""
        self._printer.device.settimeout(_CONNECT_S)
        _talking(lambda: self._printer._raw(data))

    def read(self, timeout_s: float) -> bytes:
        """A closed connection is lost, not silent."""
        self._printer.device.settimeout(max(timeout_s, 0.001))
        try:
            data = bytes(self._printer.device.recv(1))
        except TimeoutError:
            return b""
        except OSError as error:
            raise DeviceLost(str(error)) from error
        if not data:
            raise DeviceLost("connection closed")
        return data

    def close(self) -> None:
        """Close the socket."""
        self._printer.close()


class _SerialConnection:
    answers = True

    def __init__(self, path: str, baud: int) -> None:
        self._printer = Serial(path, baudrate=baud, timeout=_STATUS_S)
        _opening(self._printer.open)

    def write(self, data: bytes) -> None:
        """Out and drained."""
        _talking(lambda: self._printer._raw(data))

    def read(self, timeout_s: float) -> bytes:
        """One byte."""
        self._printer.device.timeout = timeout_s
        return bytes(_talking(lambda: self._printer.device.read(1)))

    def close(self) -> None:
        """Close the port."""
        self._printer.close()


class _UsbConnection:
    answers = True

    def __init__(self, vendor: int, product: int) -> None:
        self._printer = Usb(vendor, product, timeout=int(1000 * _STATUS_S))
        _opening(self._printer.open)

    def write(self, data: bytes) -> None:
        """Bulk out."""
        _talking(lambda: self._printer._raw(data))

    def read(self, timeout_s: float) -> bytes:
        """Bulk in; a time-out of the bus is silence."""
        try:
            return bytes(self._printer.device.read(self._printer.in_ep, 1, int(1000 * timeout_s)))
        except OSError as error:
            if "timed out" in str(error) or "timeout" in str(error):
                return b""
            raise DeviceLost(str(error)) from error

    def close(self) -> None:
        """Release the interface."""
        self._printer.close()


class _FileConnection:
    answers = False

    def __init__(self, path: str) -> None:
        self._printer = File(path)
        _opening(self._printer.open)

    def write(self, data: bytes) -> None:
        """Out and flushed."""
        _talking(lambda: self._printer._raw(data))
        _talking(self._printer.flush)

    def read(self, timeout_s: float) -> bytes:
        """A file never answers."""
        return b""

    def close(self) -> None:
        """Close the file."""
        self._printer.close()


def _opening(work: Callable[[], Any]) -> None:
    try:
        work()
    except (EscposError, OSError, ValueError) as error:
        raise DeviceAbsent(str(error)) from error


def _talking(work: Callable[[], Any]) -> Any:
    try:
        return work()
    except (EscposError, OSError) as error:
        raise DeviceLost(str(error)) from error


def open_printer(where: str, options: Mapping[str, str]) -> EscposPrinter:
    """``tcp:HOST:PORT``, ``usb:VVVV:PPPP``, ``file:/path``, a serial or printer device. Raises BadAddress, DeviceAbsent."""
    kind, _, rest = where.partition(":")
    width = int(options.get("width", str(_WIDTH_DOTS)))
    try:
        if kind == "tcp":
            host, _, port = rest.rpartition(":")
            return EscposPrinter(where, _TcpConnection(host, int(port)), width)
        if kind == "usb":
            vendor, _, product = rest.partition(":")
            return EscposPrinter(where, _UsbConnection(int(vendor, 16), int(product, 16)), width)
        if kind == "file":
            return EscposPrinter(where, _FileConnection(rest), width)
        if "baud" in options or where.startswith(("/dev/tty", "COM")):
            return EscposPrinter(where, _SerialConnection(where, int(options.get("baud", "9600"))), width)
    except ValueError as error:
        raise BadAddress(where) from error
    if where.startswith("/"):
        return EscposPrinter(where, _FileConnection(where), width)
    raise BadAddress(where)


class EscposPrinter:
    """One open printer; one thread."""

    def __init__(self, where: str, connection: Connection, width_dots: int) -> None:
        self._where = where
        self._connection = connection
        self._width = width_dots

    def describe(self) -> PrinterDescription:
        """Receipt printers rarely tell their model: the address stands for it."""
        return PrinterDescription(f"ESC/POS {self._where}", "escpos/python-escpos", self._width, self._connection.answers)

    def status(self) -> PrinterStatus:
        """Asked now, DLE EOT 1 to 4, each with its own deadline; the first silence ends the asking."""
        replies = [b"", b"", b"", b""]
        if self._connection.answers:
            self._discard_old_answers()
            for number in range(1, 5):
                self._connection.write(query(number))
                replies[number - 1] = self._connection.read(_STATUS_S)
                if not replies[number - 1]:
                    break
        return parse((replies[0], replies[1], replies[2], replies[3]))

    def _discard_old_answers(self) -> None:
        while self._connection.read(0.001):
            pass

    def _require_able(self) -> None:
        status = self.status()
        if status.state in _STOPPERS:
            raise _STOPPERS[status.state](status.state.value)

    def print(self, job: bytes, timeout_s: float) -> JobOutcome:
        """Send, then wait for the answer that comes after the cut."""
        self._require_able()
        self._connection.write(job)
        if not self._connection.answers:
            return JobOutcome.UNCERTAIN
        self._connection.write(_DONE_QUERY)
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            reply = self._connection.read(min(_STATUS_S, max(0.01, deadline - time.monotonic())))
            if len(reply) == 1 and reply[0] & 0b10010000 == 0 and not valid(reply):
                return JobOutcome.CONFIRMED  # GS r 1 answers 0xx0xxxx
            self._require_able()
        return JobOutcome.UNCERTAIN

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

"""The port ``printer`` in ESC/POS: asked for its state before, during and after a job; printed on its own word alone.

Printed means: after the job and its cut the printer answers ``GS r 1`` (paper sensor), which it handles in its turn like
any other command, so its answer comes only when everything before it is done. A printer that takes bytes and answers
nothing leaves the job uncertain.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

from devices.drivers.escpos.connections import Connection, SerialConnection, TcpConnection, file_connection
from devices.drivers.escpos.status import is_done_answer, is_hot, parse, query, says_paper_end, valid
from devices.ports.errors import BadAddress, CoverOpen, CutterFault, DeviceError, PaperOut, PrinterFault
from devices.ports.printer import (
    IN_JOB,
    JobOutcome,
    PrinterDescription,
    PrinterState,
    PrinterStatus,
)

_STATUS_S = 0.5
_PIECE, _PIECE_S = 4096, 6.0  # a piece takes 4.3 s at 9600 baud
_MOST_NOISE = 64
# Automatic status back would be taken for answers: off while we ask.
_NO_AUTOMATIC_STATUS = b"\x1da\x00"
_DONE_QUERY = b"\x1dr\x01"
_WIDTHS = {"576": 576, "512": 512, "384": 384}
_BAUD = "9600"
_FLOWS = ("none", "rts", "xon")

_STOPPERS: dict[PrinterState, tuple[type[DeviceError], str]] = {
    PrinterState.PAPER_END: (PaperOut, PaperOut.code),
    PrinterState.COVER_OPEN: (CoverOpen, CoverOpen.code),
    PrinterState.CUTTER_FAULT: (CutterFault, CutterFault.code),
    PrinterState.ERROR: (PrinterFault, PrinterFault.code),
    PrinterState.OFFLINE: (PrinterFault, "PRN-107"),
}


def open_printer(where: str, options: Mapping[str, str]) -> EscposPrinter:
    """``tcp:HOST:PORT``, ``usb:VVVV:PPPP``, ``file:/path``, a serial or printer device. Raises BadAddress, DeviceAbsent."""
    width = _WIDTHS.get(options.get("width", "576"))
    if width is None:
        raise BadAddress(f"width={options['width']} ({', '.join(_WIDTHS)})")
    try:
        return EscposPrinter(where, _connection(where, options), width)
    except ValueError as error:
        raise BadAddress(where) from error


def _connection(where: str, options: Mapping[str, str]) -> Connection:
    kind, _, rest = where.partition(":")
    if kind == "tcp":
        host, _, port = rest.rpartition(":")
        return TcpConnection(host, int(port))
    if kind == "usb":
        # libusb is looked for at import: not before a USB printer is wanted.
        from devices.drivers.escpos.usb import UsbConnection  # noqa: PLC0415

        vendor, _, product = rest.partition(":")
        return UsbConnection(int(vendor, 16), int(product, 16))
    if kind == "file":
        return file_connection(rest)
    if "baud" in options or where.startswith(("/dev/tty", "COM")):
        flow = options.get("flow", "none")
        if flow not in _FLOWS:
            raise BadAddress(f"flow={flow} ({', '.join(_FLOWS)})")
        return SerialConnection(where, int(options.get("baud", _BAUD)), flow)
    if where.startswith("/"):
        return file_connection(where)
    raise BadAddress(where)


class EscposPrinter:
    """One open printer; one thread."""

    def __init__(self, where: str, connection: Connection, width_dots: int) -> None:
        self._where = where
        self._connection = connection
        self._width = width_dots
        self._done = b""  # the last answer to GS r 1 that came while another was waited for

    def describe(self) -> PrinterDescription:
        """Receipt printers rarely tell their model: the address stands for it."""
        return PrinterDescription(f"ESC/POS {self._where}", "escpos", self._width, self._connection.answers)

    def status(self) -> PrinterStatus:
        """Asked now, DLE EOT 1 to 4, each with its own deadline; the first silence ends the asking."""
        if self._connection.answers:
            self._discard_old_answers()
        return self._ask()

    def _ask(self) -> PrinterStatus:
        replies = [b"", b"", b"", b""]
        if self._connection.answers:
            for number in range(1, 5):
                self._connection.write(query(number), _STATUS_S)
                replies[number - 1] = self._real_time_answer()
                if not replies[number - 1]:
                    break
        return parse((replies[0], replies[1], replies[2], replies[3]))

    def _real_time_answer(self) -> bytes:
        """The next status byte; an answer to GS r 1 that comes first is kept, noise is passed over."""
        deadline = time.monotonic() + _STATUS_S
        for _ in range(_MOST_NOISE):
            byte = self._connection.read(max(0.0, deadline - time.monotonic()))
            if not byte or valid(byte):
                return byte
            if is_done_answer(byte):
                self._done = byte
        return b""

    def _discard_old_answers(self) -> None:
        for _ in range(_MOST_NOISE):
            if not self._connection.read(0.001):
                return

    def print(self, job: bytes, timeout_s: float) -> JobOutcome:
        """Send, then wait for the answer that comes after the cut."""
        self._require_able(self.status(), in_job=False)
        self._done = b""
        if not self._connection.answers:
            self._send(job)
            return JobOutcome.UNCERTAIN
        self._send(_NO_AUTOMATIC_STATUS + job + _DONE_QUERY)
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            byte = self._connection.read(min(_STATUS_S, max(0.01, deadline - time.monotonic())))
            if is_done_answer(byte):
                self._done = byte
            if not self._done:
                status = self._ask()
            if self._done:
                return self._confirmed(self._done)
            self._require_able(status, in_job=True)
        return JobOutcome.UNCERTAIN

    def _send(self, data: bytes) -> None:
        for start in range(0, len(data), _PIECE):
            self._connection.write(data[start : start + _PIECE], _PIECE_S)

    def _confirmed(self, answer: bytes) -> JobOutcome:
        """Cheap printers set the end bits of GS r without cause: DLE EOT 4 decides."""
        if says_paper_end(answer):
            self._require_able(self._ask(), in_job=True)
        return JobOutcome.CONFIRMED

    def _require_able(self, status: PrinterStatus, *, in_job: bool) -> None:
        stopper = _STOPPERS.get(status.state)
        if stopper is None:
            return
        kind, code = stopper
        if is_hot(status.replies[2]):
            code = "PRN-106"
        raise kind(b"".join(status.replies).hex(" "), code=IN_JOB[code] if in_job else code)

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

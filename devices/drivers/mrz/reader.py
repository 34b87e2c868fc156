"""The port ``document_reader`` over a serial line (USB readers show themselves as one: /dev/ttyACM0, /dev/ttyUSB0)."""

from __future__ import annotations

import time
from collections.abc import Mapping

import serial

from devices.drivers.mrz.framing import Framer, Framing, Rubbish, Zone
from devices.ports.document_reader import ReaderDescription, ZoneRead
from devices.ports.errors import (
    BadAddress,
    DeviceAbsent,
    DeviceClaimed,
    DeviceLost,
    DocumentUnreadable,
    NoDocument,
)

_TICK_S = 0.1
# A reader sends a zone in one go: 90 characters take 94 ms at 9600 baud. A longer pause is an end.
_PAUSE_S = 0.4
_PIECE = 512
_BAUDS = ("9600", "19200", "38400", "57600", "115200")


def open_reader(where: str, options: Mapping[str, str]) -> SerialReader:
    """``where``: the port's path. Options: ``baud`` (9600), ``framing`` lines|stx|auto (auto).

    Raises BadAddress, DeviceAbsent, DeviceClaimed.
    """
    if unknown := options.keys() - {"baud", "framing"}:
        raise BadAddress(", ".join(sorted(unknown)))
    baud = options.get("baud", "9600")
    try:
        framing = Framing(options.get("framing", "auto"))
    except ValueError as error:
        raise BadAddress(f"framing ({', '.join(f.value for f in Framing)})") from error
    if baud not in _BAUDS:
        raise BadAddress(f"baud ({', '.join(_BAUDS)})")
    try:
        port = serial.Serial(where, int(baud), timeout=_TICK_S, exclusive=True)
    except serial.SerialException as error:
        if "exclusive" in str(error) or "temporarily unavailable" in str(error):
            raise DeviceClaimed(str(error)) from error
        raise DeviceAbsent(str(error)) from error
    return SerialReader(port, where, framing)


class SerialReader:
    """``open_reader`` makes one."""

    def __init__(self, port: serial.Serial, where: str, framing: Framing) -> None:
        self._port = port
        self._where = where
        self._framing = framing

    def describe(self) -> ReaderDescription:
        """These readers do not tell their model: the port stands for it."""
        return ReaderDescription(f"MRZ {self._where}", "mrz/pyserial", self._framing.value)

    def read(self, timeout_s: float) -> ZoneRead:
        """The next zone; each piece is waited for at most a tenth of a second, the whole at most ``timeout_s``."""
        self._forget_earlier()
        framer = Framer(self._framing)
        deadline = time.monotonic() + timeout_s
        last_byte = time.monotonic()
        while (now := time.monotonic()) < deadline:
            data = self._piece()
            found = framer.feed(data)
            if data:
                last_byte = time.monotonic()
            elif framer.waiting and now - last_byte > _PAUSE_S:
                found = framer.silence()
            for result in found:
                if isinstance(result, Zone):
                    return ZoneRead(result.lines)
                raise DocumentUnreadable(result.reason)
        if framer.waiting:
            raise DocumentUnreadable(_last_words(framer.silence()))
        raise NoDocument

    def _forget_earlier(self) -> None:
        try:
            self._port.reset_input_buffer()
        except (serial.SerialException, OSError) as error:
            raise DeviceLost(str(error)) from error

    def _piece(self) -> bytes:
        try:
            first = bytes(self._port.read(1))
            return first + bytes(self._port.read(min(_PIECE, self._port.in_waiting))) if first else first
        except (serial.SerialException, OSError, TypeError) as error:
            # pyserial trips over its own closed handle with a TypeError when the port vanishes under it.
            raise DeviceLost(str(error)) from error

    def close(self) -> None:
        """Close the port."""
        self._port.close()


def _last_words(found: list[Zone | Rubbish]) -> str:
    return next((r.reason for r in found if isinstance(r, Rubbish)), "time over")

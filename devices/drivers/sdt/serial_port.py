"""SDT over a serial port (RS-232, or a reader with a USB-serial chip): 8N1, through pyserial."""

from __future__ import annotations

import time
from contextlib import suppress

import serial

from devices.drivers.sdt.link import lost, not_opened

# What a SAM_V can be set to, the factory's value first (command 60).
BAUD_RATES = (115200, 57600, 38400, 19200, 9600)
_BITS_A_BYTE = 10
_TURN_S = 0.05
_WRITE_S = 2.0


class SerialLink:
    """An open port, locked for us alone."""

    def __init__(self, path: str, baud: int) -> None:
        """Raises DeviceAbsent, DeviceClaimed."""
        self.name = f"{baud} baud"
        self._baud = baud
        try:
            self._port = serial.Serial(path, baud, timeout=_TURN_S, write_timeout=_WRITE_S, exclusive=True)
        except (OSError, ValueError) as error:
            raise not_opened(error) from error

    def send(self, frame: bytes) -> None:
        """Handed to the port."""
        try:
            self._port.write(frame)
        except OSError as error:
            raise lost(error) from error

    def receive(self, timeout_s: float) -> bytes:
        """Everything that waits at the port."""
        deadline = time.monotonic() + timeout_s
        try:
            while True:
                data = bytes(self._port.read(max(1, self._port.in_waiting)))
                if data or time.monotonic() >= deadline:
                    return data
        except OSError as error:
            raise lost(error) from error

    def discard(self) -> None:
        """Read away what waits."""
        try:
            while waiting := self._port.in_waiting:
                self._port.read(waiting)
        except OSError as error:
            raise lost(error) from error

    def wire_s(self, count: int) -> float:
        """Ten bits a byte."""
        return count * _BITS_A_BYTE / self._baud

    def close(self) -> None:
        """Close the port."""
        with suppress(OSError):
            self._port.close()

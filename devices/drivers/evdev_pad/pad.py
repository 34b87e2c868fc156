"""The port ``signature_pad`` over /dev/input/eventN: ranges asked of the kernel, the pen kept from moving the mouse."""

from __future__ import annotations

import errno
import fcntl
import os
import select
import struct
import time
from collections.abc import Mapping
from contextlib import suppress

from devices.drivers.evdev_pad.events import ABS_PRESSURE, ABS_X, ABS_Y, EVENT, Decoder
from devices.ports.errors import BadAddress, DeviceAbsent, DeviceClaimed, DeviceError, DeviceLost, SamplesLost
from devices.ports.signature_pad import PadDescription, PadGeometry, PenSample

_ABSINFO = struct.Struct("@6i")  # value, minimum, maximum, fuzz, flat, resolution (units in a millimetre)
_NAME_LENGTH = 128
_PIECE = 256 * EVENT.size
# What follows within 4 ms belongs together; after 30 ms the window wants to see ink.
_FOLLOWS_S, _GATHER_S = 0.004, 0.03
# A pad that never stops sending is not waited for.
_FORGET_S = 0.5
# Single absurd packets happen when a pen enters; a stream of them is no pen.
_MOST_ABSURD = 8
# An answer carries at most so many samples (two seconds of a fast pad); the rest comes with the next one.
_MOST_SAMPLES = 500
_OPTIONS = ("x", "y", "pressure", "resolution")


def _read_request(number: int, size: int) -> int:
    """_IOR('E', number, size) of the kernel's ioctl numbering."""
    return (2 << 30) | (size << 16) | (ord("E") << 8) | number


_EVIOCGRAB = (1 << 30) | (4 << 16) | (ord("E") << 8) | 0x90


def open_pad(where: str, options: Mapping[str, str]) -> EvdevPad:
    """``where``: the event file. Options for what the kernel does not tell: ``x``, ``y`` (greatest values), ``pressure``,
    ``resolution`` (units in a millimetre). Raises BadAddress, DeviceAbsent, DeviceClaimed."""
    if unknown := options.keys() - set(_OPTIONS):
        raise BadAddress(", ".join(sorted(unknown)))
    given = _numbers(options)
    try:
        handle = os.open(where, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError as error:
        raise DeviceAbsent(str(error)) from error
    try:
        return EvdevPad(handle, where, _geometry(handle, given))
    except DeviceError:
        os.close(handle)
        raise


def _numbers(options: Mapping[str, str]) -> dict[str, int]:
    try:
        numbers = {name: int(value) for name, value in options.items()}
    except ValueError as error:
        raise BadAddress("x, y, pressure, resolution: whole numbers") from error
    if any(not 0 < value < 2**31 for value in numbers.values()):
        raise BadAddress("x, y, pressure, resolution: 1 … 2147483647")
    return numbers


def _axis(handle: int, axis: int) -> tuple[int, int, int] | None:
    """Minimum, maximum, resolution; None where the kernel has no such axis or the file is no event file."""
    try:
        answer = fcntl.ioctl(handle, _read_request(0x40 + axis, _ABSINFO.size), bytes(_ABSINFO.size))
    except OSError as error:
        if error.errno in (errno.ENOTTY, errno.EINVAL):
            return None
        raise DeviceAbsent(str(error)) from error
    _, least, most, _, _, resolution = _ABSINFO.unpack(answer)
    return least, most, resolution


def _geometry(handle: int, given: Mapping[str, int]) -> PadGeometry:
    x, y, pressure = (_axis(handle, axis) for axis in (ABS_X, ABS_Y, ABS_PRESSURE))
    resolution = given.get("resolution") or (x[2] if x else 0)
    x_range = (0, given["x"]) if "x" in given else x[:2] if x else (0, 0)
    y_range = (0, given["y"]) if "y" in given else y[:2] if y else (0, 0)
    if resolution <= 0 or x_range[0] >= x_range[1] or y_range[0] >= y_range[1]:
        raise BadAddress("x, y, resolution")
    return PadGeometry(x_range, y_range, resolution, given.get("pressure") or (pressure[1] if pressure else 0))


class EvdevPad:
    """``open_pad`` makes one. While it is open the pen writes here alone and does not move the mouse."""

    def __init__(self, handle: int, where: str, geometry: PadGeometry) -> None:
        self._handle = handle
        self._where = where
        self._geometry = geometry
        self._decoder = Decoder(geometry)
        self._waiting: tuple[PenSample, ...] = ()
        self._absurd = 0
        try:
            fcntl.ioctl(handle, _EVIOCGRAB, 1)
        except OSError as error:
            if error.errno == errno.EBUSY:
                raise DeviceClaimed(str(error)) from error
            # A file that is no event file (the simulator's) cannot be grabbed and need not be.

    def _name(self) -> str:
        with suppress(OSError):
            raw = fcntl.ioctl(self._handle, _read_request(0x06, _NAME_LENGTH), bytes(_NAME_LENGTH))
            return raw.split(b"\0")[0].decode("utf-8", "replace")
        return f"pen tablet {self._where}"

    def describe(self) -> PadDescription:
        """The kernel's name of the device."""
        geometry = self._geometry
        return PadDescription(
            self._name(), "evdev_pad/kernel", geometry.width_mm, geometry.height_mm, geometry.pressure_max
        )

    def begin(self) -> None:
        """Forget what came before."""
        deadline = time.monotonic() + _FORGET_S
        while (earlier := self._piece(0.0)) and time.monotonic() < deadline:
            # Fed and forgotten, not thrown away: half an event left behind would shift every later one.
            self._decoder.feed(earlier)
        self._decoder.begin()
        self._waiting, self._absurd = (), 0

    def read(self, wait_s: float) -> tuple[PenSample, ...]:
        """What the pen did."""
        if not self._waiting:
            decoded = self._decoder.feed(self._bytes(wait_s))
            self._absurd += decoded.absurd
            if decoded.lost:
                raise SamplesLost("SYN_DROPPED")
            if self._absurd > _MOST_ABSURD:
                raise SamplesLost("absurd packets")
            self._waiting = decoded.samples
        answer, self._waiting = self._waiting[:_MOST_SAMPLES], self._waiting[_MOST_SAMPLES:]
        return answer

    def _bytes(self, wait_s: float) -> bytes:
        """Waits for the first byte, then takes what follows closely, so that an answer carries more than one packet."""
        data = bytearray()
        deadline = time.monotonic() + wait_s + _GATHER_S
        pause = wait_s
        while len(data) < _PIECE and time.monotonic() < deadline:
            piece = self._piece(pause)
            if not piece:
                break
            data += piece
            pause = _FOLLOWS_S
        return bytes(data)

    def _piece(self, wait_s: float) -> bytes:
        try:
            if not select.select([self._handle], [], [], wait_s)[0]:
                return b""
            data = os.read(self._handle, _PIECE)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise DeviceLost(str(error)) from error
        if not data:
            raise DeviceLost("end of file")
        return data

    def close(self) -> None:
        """Let the pen be a mouse again."""
        with suppress(OSError):
            os.close(self._handle)

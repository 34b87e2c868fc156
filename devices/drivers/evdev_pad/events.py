"""The kernel's input events → what the pen does.

Source: Linux ``include/uapi/linux/input.h`` (struct input_event, 24 bytes on 64-bit machines) and
``Documentation/input/event-codes.rst`` (SYN_REPORT ends a packet; after SYN_DROPPED everything up to the next SYN_REPORT
is incomplete and must be thrown away).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from devices.ports.signature_pad import PadGeometry, PenSample

EVENT = struct.Struct("@llHHi")
EV_SYN, EV_KEY, EV_ABS = 0x00, 0x01, 0x03
SYN_REPORT, SYN_DROPPED = 0, 3
ABS_X, ABS_Y, ABS_PRESSURE = 0x00, 0x01, 0x18
BTN_TOUCH = 0x14A

_LONGEST_MS = 3_600_000


@dataclass(frozen=True)
class Decoded:
    """``lost``: the kernel dropped events. ``absurd``: packets that no pen sends (off the surface, time backwards)."""

    samples: tuple[PenSample, ...]
    lost: bool
    absurd: int


class Decoder:
    """Feed bytes in any pieces; keeps less than one event between them."""

    def __init__(self, geometry: PadGeometry) -> None:
        self._geometry = geometry
        self.rest = b""
        self.begin()

    def begin(self) -> None:
        """Time starts anew; a pen that is down now counts from its next touch."""
        self._x = self._y = self._pressure = 0
        self._touching = self._was_down = False
        self._dropping = False
        self._first_ms: int | None = None
        self._last_ms = 0

    def feed(self, data: bytes) -> Decoded:
        """What the whole packets within ``data`` say."""
        data = self.rest + data
        whole = len(data) - len(data) % EVENT.size
        self.rest = data[whole:]
        samples: list[PenSample] = []
        lost, absurd = False, 0
        for seconds, micros, kind, code, value in EVENT.iter_unpack(data[:whole]):
            if kind == EV_SYN and code == SYN_DROPPED:
                lost = self._dropping = True
            elif kind == EV_SYN and code == SYN_REPORT:
                if self._dropping:
                    self._dropping = self._was_down = self._touching = False
                    continue
                sample, sound = self._packet(1000 * seconds + micros // 1000)
                absurd += not sound
                if sample is not None:
                    samples.append(sample)
            elif not self._dropping:
                self._take(kind, code, value)
        return Decoded(tuple(samples), lost, absurd)

    def _take(self, kind: int, code: int, value: int) -> None:
        if kind == EV_ABS and code == ABS_X:
            self._x = value
        elif kind == EV_ABS and code == ABS_Y:
            self._y = value
        elif kind == EV_ABS and code == ABS_PRESSURE:
            self._pressure = value
        elif kind == EV_KEY and code == BTN_TOUCH:
            self._touching = value != 0

    def _packet(self, clock_ms: int) -> tuple[PenSample | None, bool]:
        """A sample while the pen is down and one where it leaves; whether the packet made sense."""
        if not self._touching and not self._was_down:
            return None, True
        if self._first_ms is None:
            self._first_ms = clock_ms
        t_ms = clock_ms - self._first_ms
        if not self._last_ms <= t_ms <= _LONGEST_MS:
            return None, False
        sample = self._geometry.sample(self._x, self._y, self._pressure if self._touching else 0, t_ms, self._touching)
        if sample is not None:
            self._last_ms, self._was_down = t_ms, self._touching
        return sample, sample is not None

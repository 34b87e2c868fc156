"""Pen movements of nobody's hand, as input events, with what can go wrong on the way."""

from __future__ import annotations

import json
import math
import struct
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

# Linux include/uapi/linux/input.h, written down here a second time on purpose: the driver is tested against them.
EVENT = struct.Struct("@llHHi")
EV_SYN, EV_KEY, EV_ABS = 0x00, 0x01, 0x03
SYN_REPORT, SYN_DROPPED = 0, 3
ABS_X, ABS_Y, ABS_PRESSURE = 0x00, 0x01, 0x18
BTN_TOUCH = 0x14A

# A small signing tablet: 120 × 75 mm, 100 units in a millimetre, 2048 levels.
X_MAX, Y_MAX, PRESSURE_MAX, RESOLUTION = 12_000, 7_500, 2047, 100
_STEP_MS = 8
_STEPS = 60


class Fault(Enum):
    """What can go wrong with a pen."""

    NONE = "none"
    NOTHING = "nothing"  # nobody signs
    DOT = "dot"  # the pen only touches
    HOVER = "hover"  # the pen never touches
    DROPPED = "dropped"  # the kernel lost events
    TORN = "torn"  # events arrive in odd pieces
    NOISE = "noise"  # bytes that are no events
    OFF_SURFACE = "off-surface"  # coordinates beyond the edge
    BACKWARDS = "backwards"  # the clock runs back
    UNPLUGGED = "unplugged"  # the tablet goes away


@dataclass(frozen=True)
class Script:
    """One signature after another, the last one for ever; ``after_s`` before each."""

    faults: tuple[Fault, ...] = (Fault.NONE,)
    after_s: float = 0.5

    @classmethod
    def load(cls, path: Path) -> Script:
        """File: ``{"signatures": ["none", "dropped"], "after_s": 0.5}``. Raises ValueError, KeyError, OSError."""
        table = json.loads(path.read_text(encoding="utf-8"))
        return cls(tuple(Fault(name) for name in table["signatures"]), float(table.get("after_s", 0.5)))


def _event(t_ms: int, kind: int, code: int, value: int) -> bytes:
    return EVENT.pack(t_ms // 1000, t_ms % 1000 * 1000, kind, code, value)


def _packet(t_ms: int, x: int, y: int, pressure: int, touch: int | None = None) -> bytes:
    data = _event(t_ms, EV_ABS, ABS_X, x) + _event(t_ms, EV_ABS, ABS_Y, y) + _event(t_ms, EV_ABS, ABS_PRESSURE, pressure)
    if touch is not None:
        data += _event(t_ms, EV_KEY, BTN_TOUCH, touch)
    return data + _event(t_ms, EV_SYN, SYN_REPORT, 0)


def stroke(number: int, t_ms: int, *, steps: int = _STEPS, touch: bool = True) -> list[bytes]:
    """One flourish: a wave from left to right that swells and thins."""
    packets = []
    for step in range(steps):
        share = step / max(steps - 1, 1)
        x = round(X_MAX * (0.15 + 0.3 * number + 0.25 * share))
        y = round(Y_MAX * (0.5 + 0.28 * math.sin(7 * share + number)))
        pressure = round(PRESSURE_MAX * (0.25 + 0.65 * math.sin(math.pi * share))) if touch else 0
        packets.append(_packet(t_ms + step * _STEP_MS, x, y, pressure, (1 if touch else 0) if step == 0 else None))
    if touch:
        last = t_ms + steps * _STEP_MS
        packets.append(_event(last, EV_KEY, BTN_TOUCH, 0) + _event(last, EV_SYN, SYN_REPORT, 0))
    return packets


def signature(fault: Fault, begun: int = 1_000_000) -> list[bytes]:
    """The pieces in which a signature of two strokes, begun at that millisecond of its clock, leaves the tablet."""
    packets = stroke(0, begun) + stroke(1, begun + 900)
    middle = len(packets) // 2
    first, rest, whole = packets[:middle], packets[middle:], b"".join(packets)
    faulty: dict[Fault, list[bytes]] = {
        Fault.NOTHING: [],
        Fault.DOT: stroke(0, begun, steps=1),
        Fault.HOVER: stroke(0, begun, touch=False),
        Fault.DROPPED: [*first, _event(begun, EV_SYN, SYN_DROPPED, 0), *rest[5:]],
        Fault.TORN: [whole[i : i + 17] for i in range(0, len(whole), 17)],
        Fault.NOISE: [*first, b"\xa5" * 7, *rest],
        Fault.OFF_SURFACE: [*first[:-5], *[_packet(begun + 500, X_MAX + 999, 10, 100)] * 12],
        Fault.BACKWARDS: [*first[:-5], *[_packet(begun - 5000, 100, 100, 100)] * 12],
        Fault.UNPLUGGED: first,
    }
    return faulty.get(fault, packets)

"""What any bytes of a signature pad must end in; one input a call."""

from __future__ import annotations

import random
from itertools import pairwise

from devices.drivers.evdev_pad.events import EVENT, Decoder
from devices.ports.signature_pad import PadGeometry, PenSample
from devices.simulators.tablet.strokes import PRESSURE_MAX, RESOLUTION, X_MAX, Y_MAX

GEOMETRY = PadGeometry((0, X_MAX), (0, Y_MAX), RESOLUTION, PRESSURE_MAX)


def decode_any_bytes(data: bytes, step: int) -> list[PenSample]:
    """The fuzz target of the wire: every sample lies on the surface, time never runs back, little is held."""
    decoder = Decoder(GEOMETRY)
    samples: list[PenSample] = []
    for start in range(0, len(data), step):
        samples += decoder.feed(data[start : start + step]).samples
        assert len(decoder.rest) < EVENT.size
    assert all(0 <= s.x_mm <= 120 and 0 <= s.y_mm <= 75 and 0 <= s.pressure <= 1 for s in samples)
    assert all(a.t_ms <= b.t_ms for a, b in pairwise(samples))
    return samples


def events(seed: int) -> bytes:
    """Up to sixteen events: right ones, absurd ones, unknown ones. Drawn from one number, because thousands are wanted."""
    chance = random.Random(seed)
    made = []
    for _ in range(chance.randint(0, 16)):
        t_ms = chance.choice([chance.randint(0, 5000), chance.randint(-(2**40), 2**40)])
        kind = chance.choice([0, 1, 3, 4, chance.randint(0, 2**16 - 1)])
        code = chance.choice([0, 0, 1, 3, 0x18, 0x14A, chance.randint(0, 2**16 - 1)])
        value = chance.choice([1, chance.randint(0, 2000), chance.randint(-(2**31), 2**31 - 1)])
        made.append(EVENT.pack(t_ms // 1000, t_ms % 1000 * 1000, kind, code, value))
    return b"".join(made)

"""What a mad worker could send, thrown at everything of the host that reads it; for quick tests and for long fuzzing.

Each function takes one input and raises only when the host has failed.
"""

from __future__ import annotations

import io
import json
import math
from contextlib import suppress
from random import Random
from typing import Any

from devices.host.asking import AskedDevice
from devices.host.camera_words import description_of, event_of, file_of, frame_of
from devices.host.excess import FloodGauge
from devices.host.frames import FrameArea
from devices.host.messages import (
    LARGEST_HEADER,
    LARGEST_PAYLOAD,
    FrameBroken,
    Message,
    StreamEnded,
    encode,
    receive,
    version_said,
)
from devices.host.printer_words import printer_of, status_of
from devices.host.process import WorkerLaunch
from devices.host.translation import error_of
from devices.ports.errors import DeviceError

_NAMES = ("kind", "answers", "error", "code", "detail", "slot", "length", "number", "taken_s", "event", "name", "index",
          "model", "serial", "driver", "live_view", "burst_max", "battery", "settings", "state", "replies", "width_dots",
          "protocol", "text")  # fmt: skip
_WORDS = ("opened", "frame", "file", "event", "answer", "alive", "hello", "DeviceLost", "DEV-101", "battery", "iso")
_LEAVES = (None, True, False, 0, 1, -1, 2, 2**40, 2**80, 0.5, math.nan, math.inf, -math.inf, 1e308, "", "0", "99", *_WORDS)


def _value(random: Random, depth: int = 0) -> Any:
    kind = random.randrange(8)
    if kind == 0 and depth < 3:
        return [_value(random, depth + 1) for _ in range(random.randrange(4))]
    if kind == 1 and depth < 3:
        return {random.choice(_NAMES): _value(random, depth + 1) for _ in range(random.randrange(3))}
    if kind == 2:
        return "".join(chr(random.choice((0, 34, 92, 0x7F, 0xD800, 0x4E00, 0x1F600))) for _ in range(random.randrange(4)))
    return random.choice(_LEAVES)


def random_fields(random: Random) -> dict[str, Any]:
    """Names the host knows, with values of every wrong kind."""
    return {name: _value(random) for name in random.sample(_NAMES, random.randrange(10))}


def _frame(header: bytes, payload: bytes) -> bytes:
    return len(header).to_bytes(4, "big") + len(payload).to_bytes(4, "big") + header + payload


def one_stream(data: bytes) -> None:
    """Any bytes: messages, a refusal, or the end; nothing is read beyond what was announced."""
    stream = io.BytesIO(data)
    with suppress(FrameBroken, StreamEnded):
        while True:
            message = receive(stream)
            assert isinstance(message.kind, str)
            assert len(message.payload) <= LARGEST_PAYLOAD


def one_spoilt_frame(seed: int) -> None:
    """A real frame with bytes changed and its end cut off, a real one behind it."""
    random = Random(seed)
    header = json.dumps({"kind": "frame", **random_fields(random)}).encode()
    spoilt = bytearray(_frame(header[:LARGEST_HEADER], random.randbytes(random.randrange(40))))
    for _ in range(random.randrange(4)):
        spoilt[random.randrange(len(spoilt))] = random.randrange(256)
    one_stream(bytes(spoilt[: random.choice((len(spoilt), random.randrange(len(spoilt))))]) + encode(Message("alive")))


def one_message(seed: int) -> None:
    """A whole frame of nonsense: every reader of the host makes a value of it or says FrameBroken."""
    random = Random(seed)
    fields = {"kind": random.choice(_WORDS), **random_fields(random)}
    payload = random.randbytes(random.randrange(20))
    try:
        message = receive(io.BytesIO(_frame(json.dumps(fields).encode(), payload)))
    except FrameBroken:
        return
    version_said(message)
    assert isinstance(error_of(message.fields), DeviceError)
    FloodGauge().count(message, 1.0)
    for read in (frame_of, file_of, event_of):
        with suppress(FrameBroken):
            read(message)
    for read_fields in (description_of, printer_of, status_of):
        with suppress(FrameBroken):
            read_fields(message.fields)
    device = AskedDevice(WorkerLaunch(("none",), {}, "none"), lambda m: m.fields["number"][0])
    with suppress(FrameBroken):
        device.said(message)


def one_place(seed: int) -> None:
    """Any place in shared memory is inside it or refused."""
    random = Random(seed)
    places = (0, 1, 2, -1, 4096, 4097, 2**40, True, "0", None)
    fields = {"slot": random.choice(places), "length": random.choice(places)}
    area = FrameArea(4096)
    try:
        with suppress(FrameBroken):
            filled = area.filled(Message("frame", fields))
            assert len(filled.payload) <= 4096
    finally:
        area.close()

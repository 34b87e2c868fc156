"""What any bytes must end in, one function a parser; the quick tests feed them some thousands, a longer run many more."""

from __future__ import annotations

import json
from random import Random

from app.domain.errors import BadInput
from app.fingerprint.iso19794 import Compression, FingerRecord, FingerView, read_record, write_record
from devices.drivers.ef01.packets import HEADER, LARGEST_PAYLOAD, Packet, PacketBroken, PacketReader, Pid, encode
from devices.drivers.ga_livescan.library import text_of
from devices.host.fingerprint_words import capture_of, image_of, match_of, scanner_of
from devices.host.messages import FrameBroken, Message
from devices.simulators.ef01.module import Module, ModuleState


def random_line(random: Random) -> bytes:
    """Packets, headers and noise in any order."""
    parts = []
    for _ in range(random.randint(0, 8)):
        kind = random.randint(0, 3)
        packet = Packet(random.choice(list(Pid)), random.randbytes(random.choice((0, 1, 3, 16, 200))))
        parts.append(
            encode(packet) if kind else random.choice((HEADER, HEADER[:1], random.randbytes(random.randint(0, 40))))
        )
    line = bytearray(b"".join(parts))
    for _ in range(random.randint(0, 3)):
        if line:
            line[random.randrange(len(line))] = random.randrange(256)
    return bytes(line)


def random_record(random: Random) -> bytes:
    """A good record with bytes changed, cut out or put in; sometimes plain noise."""
    if random.random() < 0.1:
        return random.randbytes(random.randint(0, 200))
    views = []
    for _ in range(random.randint(1, 3)):
        width, height = random.randint(1, 6), random.randint(1, 6)
        views.append(FingerView(random.randint(0, 10), width, height, random.randbytes(width * height)))
    data = bytearray(write_record(FingerRecord(tuple(views), Compression.RAW)))
    for _ in range(random.randint(0, 3)):
        place = random.randrange(len(data))
        kind = random.randint(0, 2)
        if kind == 0:
            data[place] = random.randrange(256)
        elif kind == 1 and len(data) > 8:
            del data[place : place + random.randint(1, 7)]
        else:
            data[place:place] = random.randbytes(random.randint(1, 7))
    return bytes(data)


_NAMES = ("width_px", "height_px", "dpi", "score", "rectified", "stored", "same", "similarity", "scale", "model", "serial",
          "driver", "capabilities")  # fmt: skip
_VALUES: tuple[object, ...] = (
    None,
    True,
    -1,
    0,
    3,
    2,
    10**30,
    1.5,
    float("inf"),
    float("nan"),
    "",
    "7",
    "enrol",
    [],
    ["enrol"],
    [None],
    {},
)


def random_fields(random: Random) -> bytes:
    """A header that a mad worker might send."""
    return json.dumps({name: random.choice(_VALUES) for name in _NAMES if random.random() < 0.8}).encode()


def packets_of(data: bytes, piece: int) -> tuple[list[Packet], int]:
    """Fed in pieces of ``piece`` bytes; the good packets and how many were broken."""
    reader, good, broken = PacketReader(), [], 0
    for start in range(0, len(data), piece):
        reader.feed(data[start : start + piece])
        while True:
            try:
                packet = reader.next()
            except PacketBroken:
                broken += 1
                continue
            if packet is None:
                break
            good.append(packet)
        assert reader.waiting < len(HEADER) + 7 + LARGEST_PAYLOAD + 2 + piece, "memory stays bounded"
    return good, broken


def fuzz_ef01_packets(data: bytes) -> None:
    """Any line noise ends in packets or is skipped; how it was cut into pieces does not matter."""
    assert packets_of(data, 1) == packets_of(data, max(1, len(data)))


def fuzz_ef01_module(data: bytes) -> None:
    """The simulator too answers anything."""
    answers = Module(ModuleState()).feed(data)
    assert answers is not None


def fuzz_finger_record(data: bytes) -> None:
    """Any bytes are a record that is written back the same, or a BadInput."""
    try:
        record = read_record(data)
    except BadInput:
        return
    assert write_record(record) == data


def fuzz_scanner_words(header: bytes, payload: bytes) -> None:
    """What a mad worker says ends in values or in FrameBroken."""
    try:
        fields = json.loads(header)
    except (ValueError, RecursionError):
        return
    if not isinstance(fields, dict):
        return
    for read in (
        lambda: image_of(Message("preview", fields, payload)),
        lambda: capture_of(Message("answer", fields, payload)),
        lambda: scanner_of(fields),
        lambda: match_of(fields),
    ):
        try:
            read()
        except FrameBroken:
            continue


def fuzz_library_text(data: bytes) -> None:
    """What a maker's library writes into its buffers ends in printable text."""
    text = text_of(data)
    assert len(text) <= 200
    assert not text or text.isprintable()

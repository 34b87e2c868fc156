"""What any bytes at all must not do to the readers of cards; one input a call, for hypothesis and for `make fuzz`."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from app.desk.card_seat import identity_card
from app.domain.identity_card import Validity, readable
from devices.drivers.sdt.commands import READ, blocks_of
from devices.drivers.sdt.frames import LARGEST_LENGTH, Reply, ReplyParser, checksum, request
from devices.drivers.sdt.status import SUCCESS, meaning_of, require
from devices.host.card_reader_words import card_message, card_of, reader_of
from devices.host.messages import FrameBroken, Message
from devices.ports.card_fingerprint import finger_templates
from devices.ports.card_reader import FINGERPRINT_SIZES, TEXT_BYTES
from devices.ports.card_text import card_text, characters
from devices.ports.errors import DeviceError
from devices.simulators.sdt.machine import SamModule, frame

TODAY = date(2026, 11, 25)
_SOUND = (frame(b"\0\0\x90"), frame(b"\0\0\x9f\0\0\0\0"), frame(b"\0\0\x41"), request(0x20, 0x01), request(0x30, 0x10))
_LENGTHS = (b"\0\x04", b"\x05\x08", b"\x01\0\x04\0", b"\x01\0\x04\0\x02\0")
PIECES = (b"\xaa\xaa\xaa\x96\x69", b"\xaa", b"\x96\x69", b"\0\0\x90", b"J\0", b"Y\0", *_LENGTHS, *_SOUND)


def likely_bytes(count: int, seed: int) -> Iterator[bytes]:
    """Noise, marks, lengths, sound frames and their pieces, repeated and in any order; some as long as a whole card."""
    chance = random.Random(seed)
    for _ in range(count):
        noise = (chance.randbytes(chance.randrange(60)) for _ in range(6))
        parts = [chance.choice(PIECES) if chance.random() < 0.5 else part for part in noise]
        if chance.random() < 0.2:
            parts.insert(chance.randrange(3), bytes(chance.choice((256, 1280, 1792, 2304))))
        data = b"".join(parts)
        yield data[: chance.randrange(len(data) + 1)] if chance.random() < 0.3 else data


def replies_in(data: bytes, piece: int = 7) -> list[Reply]:
    """Any bytes end in sound replies or nothing, the same however they are cut, in bounded memory."""
    whole, pieces = ReplyParser(), ReplyParser()
    found = [*whole.feed(data), *whole.end()]
    parts: list[Reply] = []
    for at in range(0, len(data), piece):
        parts += pieces.feed(data[at : at + piece])
        assert len(pieces._buffer) <= LARGEST_LENGTH + 16
    parts += pieces.end()
    assert parts == found
    for reply in found:
        body = reply.status + reply.data
        counted = (len(body) + 1).to_bytes(2, "big") + body
        assert counted + bytes((checksum(counted),)) in data, "every reply stood in the bytes, checksum and all"
        assert meaning_of(reply).english
    return found


def reply_after_noise(noise: bytes, body: bytes) -> None:
    """Whatever comes first, an answer that follows whole is found."""
    reply = b"\0\0\x90" + body
    assert Reply(reply[:3], body) in replies_in(noise + frame(reply))


def answer_of(data: bytes) -> None:
    """Any data behind a good status word are a whole card or none."""
    for lengths in (2, 3):
        blocks = blocks_of(data, lengths)
        if blocks is None:
            continue
        assert (len(blocks.text), len(blocks.photo)) == (256, 1024)
        assert len(blocks.fingerprints) in FINGERPRINT_SIZES
        assert len(data) == 2 * lengths + 1280 + len(blocks.fingerprints)
        assert card_of(card_message(blocks)) == blocks
    READ.fits(Reply(b"\0\0\x90", data))
    with suppress(DeviceError):
        require(Reply(data[:3].ljust(3, b"\0"), data[3:]), SUCCESS)
    assert len(finger_templates(data)) <= len(data) // 512


def card_of_text(block: bytes) -> None:
    """Any 256 bytes are a card with fields and findings; what is shown can be written in UTF-8; nothing is lost."""
    text = card_text(block[:TEXT_BYTES].ljust(TEXT_BYTES, b" "))
    card = identity_card(text, characters(block))
    card.findings(TODAY, 90)
    assert card.former_number == card.former_number.strip()
    for value in (v for v in vars(card).values() if isinstance(v, str)):
        readable(value).encode()
    Validity.of(card.valid_from, card.valid_until).state(TODAY, 90)


def worker_said(data: bytes) -> None:
    """A mad worker's card is refused or is one."""
    for fields in ({}, {"fingerprints": len(data), "serial": ""}, {"fingerprints": 0, "serial": data[:9].hex()}):
        with suppress(FrameBroken):
            card_of(Message("answer", dict(fields), data))
        with suppress(FrameBroken):
            reader_of(dict(fields))


def module_hears(data: bytes) -> None:
    """The simulated module answers any bytes with sound frames or keeps waiting."""
    module = SamModule()
    for utterance in module.feed(data):
        assert list(ReplyParser().feed(utterance.data))


FUZZED = (replies_in, answer_of, card_of_text, worker_said, module_hears)

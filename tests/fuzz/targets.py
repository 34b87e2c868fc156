"""Every parser of outside bytes and texts, one input a number: the same number makes the same input again."""

from __future__ import annotations

import io
import json
import tomllib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from random import Random

from app.config.permissions import shipped_permissions
from app.domain.errors import BadInput, NotAllowed
from app.domain.permissions import permission_table, require_separated
from app.imaging.decode import decode
from app.security.keyring import Cost, DataKey
from app.security.shares import parts_of, read_part, recovered
from devices.drivers.cups.ipp import Attribute, Group, Operation, Tag, encoded
from devices.drivers.evdev_pad.events import EVENT
from devices.drivers.mrz.framing import Framing
from devices.host.messages import FrameBroken, Message
from devices.host.scanner_words import description_of, page_of, status_of
from devices.host.signature_pad_words import pad_of, samples_of
from devices.simulators.mrz.documents import SPECIMENS
from helpers import card_fuzz, finger_fuzz, host_fuzz, matter_fuzz, pad_fuzz, printer_fuzz, scanner_fuzz, travel_fuzz
from helpers.small_catalogue import SMALL


@dataclass(frozen=True)
class Target:
    """``one`` makes the input of a number and throws it at its parser; raises when the parser has failed.

    ``share``: how many of a thousand inputs are its own.
    """

    name: str
    one: Callable[[int], None]
    share: int


def damaged(chance: Random, sound: Sequence[bytes]) -> bytes:
    """One of the ``sound`` inputs with bytes changed, cut out, doubled, reordered or cut off; sometimes mere noise."""
    if chance.random() < 0.08:
        return chance.randbytes(chance.randrange(300))
    data = bytearray(chance.choice(sound))
    for _ in range(chance.randrange(4)):
        if not data:
            break
        first = chance.randrange(len(data))
        last = min(len(data), first + chance.randrange(24))
        act = chance.randrange(5)
        if act == 0:
            data[first] = chance.randrange(256)
        elif act == 1:
            del data[first:last]
        elif act == 2:
            data[first:first] = data[first:last]
        elif act == 3:
            data[first:first] = chance.randbytes(chance.randrange(8))
        else:
            data = data[first:] + data[:first]
    return bytes(data[: chance.randrange(len(data) + 1)]) if chance.random() < 0.15 else bytes(data)


# -- inputs ---------------------------------------------------------------------------------------------

_ZONES = ["\n".join(lines).encode() for lines in SPECIMENS.values()]
_WIRE = [*_ZONES, *(b"\x02" + z.replace(b"\n", b"\r") + b"\x03" for z in _ZONES), b"\x15", b"\r\n"]
_IPP = [
    b"\x01\x01\x00\x00\x00\x00\x00\x01\x01\x47\x00\x12attributes-charset\x00\x05utf-8\x02"
    b"\x21\x00\x06job-id\x00\x04\x00\x00\x00\x07\x23\x00\x09job-state\x00\x04\x00\x00\x00\x09\x03",
    b"\x01\x01\x04\x06\x00\x00\x00\x01\x01\x47\x00\x12attributes-charset\x00\x05utf-8\x03",
    b"\x01\x01\x00\x00\x00\x00\x00\x01\x04\x34\x00\x09media-col\x00\x00\x4a\x00\x00\x00\x01x\x21\x00\x00\x00\x04\x00\x00\x00\x01"
    b"\x37\x00\x00\x00\x00\x44\x00\x15printer-state-reasons\x00\x0bmedia-empty\x03",
]

_ASKED: list[Attribute] = [
    (Tag.CHARSET, "attributes-charset", "utf-8"),
    (Tag.LANGUAGE, "attributes-natural-language", "en"),
    (Tag.URI, "printer-uri", "ipp://127.0.0.1/ipp/print"),
    (Tag.KEYWORD, "requested-attributes", ("job-id", "all")),
]
_IPP_REQUESTS = [
    encoded(Operation.PRINT_JOB, 5, [(Group.OPERATION, _ASKED), (Group.JOB, [(Tag.INTEGER, "copies", 2)])]) + b"%PDF-1.4",
    encoded(Operation.GET_PRINTER_ATTRIBUTES, 6, [(Group.OPERATION, _ASKED)]),
    encoded(Operation.CANCEL_JOB, 7, [(Group.OPERATION, [*_ASKED[:3], (Tag.INTEGER, "job-id", 1)])]),
]


def _card_line(seed: int) -> None:
    (data,) = card_fuzz.likely_bytes(1, seed)
    card_fuzz.FUZZED[seed % len(card_fuzz.FUZZED)](data)


def _travel_text(seed: int) -> None:
    travel_fuzz.read_any_text(damaged(Random(seed), _ZONES).decode("latin-1"))


def _travel_wire(seed: int) -> None:
    chance = Random(seed)
    data = b"".join(damaged(chance, _WIRE) for _ in range(chance.randrange(4)))
    travel_fuzz.frame_any_bytes(data, chance.randrange(1, 65), chance.choice(list(Framing)))


def _pad(seed: int) -> None:
    chance = Random(seed)
    pad_fuzz.decode_any_bytes(damaged(chance, [pad_fuzz.events(seed), bytes(EVENT.size)]), chance.randrange(1, 101))


def _ef01(seed: int) -> None:
    line = finger_fuzz.random_line(Random(seed))
    finger_fuzz.fuzz_ef01_packets(line)
    finger_fuzz.fuzz_ef01_module(line)


_PART = parts_of(DataKey(bytes(32)), 2, ("Officer-One-1", "Officer-Two-2"), Cost(n=2, r=1, p=1))[0].to_text()


def _key_part(seed: int) -> None:
    with suppress(BadInput, NotAllowed):
        recovered([(read_part(damaged(Random(seed), [_PART])), "Officer-One-1")])


def _rights(seed: int) -> None:
    text = damaged(Random(seed), [shipped_permissions().to_text().encode()]).decode("utf-8", "replace")
    with suppress(BadInput, tomllib.TOMLDecodeError):
        require_separated(permission_table(tomllib.loads(text)))


def _finger_record(seed: int) -> None:
    finger_fuzz.fuzz_finger_record(finger_fuzz.random_record(Random(seed)))


def _finger_words(seed: int) -> None:
    chance = Random(seed)
    finger_fuzz.fuzz_scanner_words(finger_fuzz.random_fields(chance), chance.randbytes(chance.randrange(40)))
    finger_fuzz.fuzz_library_text(chance.randbytes(chance.randrange(260)))


def _escl(seed: int) -> None:
    scanner_fuzz.check_documents(damaged(Random(seed), (scanner_fuzz.CAPABILITIES, scanner_fuzz.STATUS)))


def _page(seed: int) -> None:
    scanner_fuzz.check_page(damaged(Random(seed), (scanner_fuzz.PAGE,)))


def _sane(seed: int) -> None:
    chance = Random(seed)

    def number() -> int:
        return chance.choice((0, 1, 2, 4, 64, -1, -(2**31), 2**31 - 1, chance.randrange(-(2**31), 2**31)))

    texts = [chance.choice((b"ADF", b"Flatbed", b"Color", b"", chance.randbytes(6))) for _ in range(chance.randrange(6))]
    scanner_fuzz.check_descriptor(
        chance.choice((b"resolution", b"source", b"mode", b"br-x", chance.randbytes(5))).replace(b"\0", b""),
        chance.choice((0, 1, 2, 3, 4, 5, 6, number())), number(), number(), number(), chance.randrange(5),
        [number() for _ in range(chance.randrange(8))], [t.replace(b"\0", b"") for t in texts],
    )  # fmt: skip


def _printer_status(seed: int) -> None:
    chance = Random(seed)
    printer_fuzz.check_status_bytes(tuple(chance.randbytes(chance.randrange(3)) for _ in range(4)))


def _printer_answers(seed: int) -> None:
    chance = Random(seed)
    likely = bytes((0x12, 0x16, 0x1A, 0x32, 0x72, 0x7E, 0x00, 0x0C, 0x0F, 0x60))
    mixed = bytes(chance.choice(likely) if chance.random() < 0.7 else chance.randrange(256) for _ in range(60))
    printer_fuzz.check_answer_stream(mixed[: chance.randrange(61)])


def _ipp_request(seed: int) -> None:
    printer_fuzz.check_request(damaged(Random(seed), _IPP_REQUESTS))


def _ipp(seed: int) -> None:
    printer_fuzz.check_response(damaged(Random(seed), _IPP))


def _other_words(seed: int) -> None:
    """The ports that have no fuzz of their own: scanner and pad."""
    chance = Random(seed)
    fields = json.loads(json.dumps(host_fuzz.random_fields(chance)))
    payload = chance.randbytes(chance.randrange(40))
    for read in (pad_of, samples_of, description_of, status_of):
        with suppress(FrameBroken):
            read(fields)
    with suppress(FrameBroken):
        page_of(Message("page", fields, payload))


def _picture() -> bytes:
    import cv2
    import numpy as np

    ramp = np.add.outer(np.arange(24), np.arange(32)).astype(np.uint8)
    return bytes(cv2.imencode(".jpg", cv2.merge([ramp, ramp, 255 - ramp]))[1])


_SHOT = _picture()


def _shot(seed: int) -> None:
    """A picture file from a camera or an import folder."""
    with suppress(BadInput):
        decoded = decode(damaged(Random(seed), (_SHOT,)))
        assert decoded.pixels.ndim == 3


def _catalogue_file(seed: int) -> None:
    matter_fuzz.load_any_bytes(damaged(Random(seed), (SMALL.encode(),)))


def _host_stream(seed: int) -> None:
    chance = Random(seed)
    host_fuzz.one_stream(damaged(chance, [io.BytesIO(chance.randbytes(60)).getvalue()]))


TARGETS = (
    Target("sdt card reader", _card_line, 110),
    Target("travel document text", _travel_text, 60),
    Target("travel document wire", _travel_wire, 60),
    Target("signature pad events", _pad, 60),
    Target("ef01 finger module", _ef01, 60),
    Target("iso 19794-4 record", _finger_record, 60),
    Target("finger scanner words", _finger_words, 60),
    Target("escl documents", _escl, 60),
    Target("scanned page, mjpeg frame", _page, 60),
    Target("sane option", _sane, 60),
    Target("printer status", _printer_status, 60),
    Target("printer answers", _printer_answers, 60),
    Target("ipp response", _ipp, 60),
    Target("ipp request", _ipp_request, 20),
    Target("scanner and pad words", _other_words, 40),
    Target("camera file", _shot, 40),
    Target("host stream", _host_stream, 20),
    Target("host spoilt frame", host_fuzz.one_spoilt_frame, 40),
    Target("condition of a rule", matter_fuzz.one_condition, 40),
    Target("field of a form", matter_fuzz.one_field, 20),
    Target("catalogue of matters", _catalogue_file, 4),
    Target("host message", host_fuzz.one_message, 40),
    Target("part of a key", _key_part, 10),
    Target("table of rights", _rights, 10),
    Target("host shared memory", host_fuzz.one_place, 10),
)

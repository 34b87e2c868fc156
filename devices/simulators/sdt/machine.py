"""The SAM_V module as a machine of bytes: requests in, what it says (and how) out; a card lies on it or does not."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import xor

from devices.simulators.sdt.cards import InventedCard
from devices.simulators.sdt.faults import Fault, FaultPlan, Planned, Step

_PREAMBLE = bytes.fromhex("AA AA AA 96 69")
_NUMBER = bytes.fromhex("05 00 03 00 C7 D7 34 01 7B 00 00 00 C8 01 00 00")
_IIN = bytes(4)
_STEPS = {
    (0x10, 0xFF): Step.STATUS,
    (0x11, 0xFF): Step.STATUS,
    (0x12, 0xFF): Step.NUMBER,
    (0x20, 0x01): Step.FIND,
    (0x20, 0x02): Step.SELECT,
    (0x30, 0x01): Step.READ,
    (0x30, 0x10): Step.READ,
    (0x30, 0x03): Step.ADDRESS,
}
_LONGEST_REQUEST = 64


@dataclass(frozen=True)
class Utterance:
    """Bytes on the way to the computer. ``gap_s`` between bytes; ``unplugged``: the cable comes out behind them."""

    data: bytes
    gap_s: float = 0.0
    unplugged: bool = False


def frame(body: bytes) -> bytes:
    """A whole reply frame around status word and data."""
    counted = (len(body) + 1).to_bytes(2, "big") + body
    return _PREAMBLE + counted + bytes((reduce(xor, counted, 0),))


class SamModule:
    """One module. ``feed`` from one thread; cards are laid and lifted from any."""

    def __init__(self, *, must_lift: bool = False) -> None:
        """``must_lift``: a card that was read is not found again before it was lifted, as with many readers."""
        self.faults = FaultPlan()
        self.asked: list[Step] = []
        self._lock = threading.Lock()
        self._must_lift = must_lift
        self._card: InventedCard | None = None
        self._found = self._selected = self._used = False
        self._buffer = bytearray()
        self.on_read: Callable[[], None] = lambda: None

    def lay(self, card: InventedCard) -> None:
        """Put a card on the reader, in place of the one that lies there."""
        with self._lock:
            self._card = card
            self._found = self._selected = self._used = False

    def lift(self) -> None:
        """Take the card away."""
        with self._lock:
            self._card = None
            self._found = self._selected = self._used = False

    def feed(self, data: bytes) -> Iterator[Utterance]:
        """What the module says to these bytes of the computer."""
        self._buffer += data
        while (at := self._buffer.find(_PREAMBLE)) >= 0:
            del self._buffer[:at]
            length = int.from_bytes(self._buffer[5:7], "big")
            if len(self._buffer) < 7 or (3 <= length <= _LONGEST_REQUEST and len(self._buffer) < 7 + length):
                return
            if not 3 <= length <= _LONGEST_REQUEST:
                del self._buffer[:7]
                yield Utterance(frame(b"\0\0\x11"))
                continue
            request = bytes(self._buffer[5 : 7 + length])
            del self._buffer[: 7 + length]
            yield from self._answer(request)

    def _answer(self, request: bytes) -> Iterator[Utterance]:
        if reduce(xor, request, 0) != 0:
            yield Utterance(frame(b"\0\0\x10"))
            return
        step = _STEPS.get((request[2], request[3]))
        if step is None:
            yield Utterance(frame(b"\0\0\x21"))
            return
        self.asked.append(step)
        planned = self.faults.due(step)
        if planned is not None and planned.fault is Fault.PULLED:
            self.lift()
        with self._lock:
            body = self._body(step, with_fingerprints=request[3] == 0x10)
        yield from _spoilt(frame(body), planned)
        if step is Step.READ and body[2] == 0x90 and planned is None:
            self.on_read()

    def _body(self, step: Step, *, with_fingerprints: bool) -> bytes:
        if step is Step.STATUS:
            return b"\0\0\x90"
        if step is Step.NUMBER:
            return b"\0\0\x90" + _NUMBER
        return self._card_body(step, self._card, with_fingerprints=with_fingerprints)

    def _card_body(self, step: Step, card: InventedCard | None, *, with_fingerprints: bool) -> bytes:
        if step is Step.FIND:
            self._selected = False
            self._found = card is not None and not (self._used and self._must_lift)
            return b"\0\0\x9f" + _IIN if self._found else b"\0\0\x80"
        if step is Step.SELECT:
            self._selected = card is not None and self._found
            return b"\0\0\x90" + card.serial if card is not None and self._selected else b"\0\0\x81"
        if card is None or not (self._selected or (self._used and step is Step.ADDRESS)):
            return b"\0\0\x41"
        if step is Step.READ:
            self._used = True
            return b"\0\0\x90" + _blocks(card, with_fingerprints=with_fingerprints)
        return _address(card)


def _address(card: InventedCard) -> bytes:
    if not card.new_address:
        return b"\0\0\x91"
    return b"\0\0\x90" + card.new_address.encode("utf-16-le").ljust(70, b"\0")[:70]


def _blocks(card: InventedCard, *, with_fingerprints: bool) -> bytes:
    blocks = (card.text, card.photo, card.fingerprints) if with_fingerprints else (card.text, card.photo)
    return b"".join(len(block).to_bytes(2, "big") for block in blocks) + b"".join(blocks)


def _spoilt(sound: bytes, planned: Planned | None) -> Iterator[Utterance]:
    if planned is None or planned.fault is Fault.PULLED:
        yield Utterance(sound)
        return
    half = len(sound) // 2
    spoilt = {
        Fault.STATUS_WORD: Utterance(frame(bytes((0, 0, planned.word)))),
        Fault.CHECKSUM: Utterance(sound[:-1] + bytes((sound[-1] ^ 0x5A,))),
        Fault.FLIPPED: Utterance(sound[:-2] + bytes((sound[-2] ^ 0x10,)) + sound[-1:]),
        Fault.CUT: Utterance(sound[:half]),
        Fault.LOST_PREAMBLE: Utterance(sound[1:]),
        Fault.NOISE: Utterance(b"\x00\xff\xaa\xaa\x96\x00\x69" + sound),
        Fault.FALSE_START: Utterance(_PREAMBLE + b"\x05\x08\x00" + sound),
        Fault.SILENCE: Utterance(b""),
        Fault.SLOW: Utterance(sound, gap_s=0.001),
        Fault.LENGTH: Utterance(frame(sound[7:-1] + b"\0\0")),
        Fault.TWICE: Utterance(sound + sound),
        Fault.UNPLUG: Utterance(sound[:half], unplugged=True),
    }[planned.fault]
    yield spoilt

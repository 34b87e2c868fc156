"""The module's inside: commands in, answers out. A finger is a number; its features are bytes made from that number."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from devices.simulators.ef01.faults import Fault, FaultPlan

LIBRARY_SIZE = 200
_START = b"\xef\x01"
_COMMAND, _DATA, _ACK, _END = 0x01, 0x02, 0x07, 0x08
_FEATURE_BYTES = 512
# Instruction → how many bytes of parameters it needs.
_PARAMETERS = {0x02: 1, 0x07: 3, 0x09: 1, 0x13: 4}
_CODES = {
    Fault.NO_FINGER: 0x02,
    Fault.CAPTURE_FAILED: 0x03,
    Fault.MESSY: 0x06,
    Fault.FEW_POINTS: 0x07,
    Fault.SENSOR: 0x29,
    Fault.UNKNOWN_CODE: 0xEE,
}


def features_of(finger: int) -> bytes:
    """The feature file of a finger, the same at every press."""
    return finger.to_bytes(4, "big") + random.Random(finger).randbytes(_FEATURE_BYTES - 4)  # noqa: S311 - a drawing


@dataclass
class ModuleState:
    """What it holds. ``finger`` 0 = nothing on the glass."""

    finger: int = 0
    library: dict[int, int] = field(default_factory=dict)
    password: bytes = bytes(4)
    faults: FaultPlan = field(default_factory=FaultPlan)


class Module:
    """Feed it bytes from the line; it returns bytes for the line, or None when it was pulled out."""

    def __init__(self, state: ModuleState) -> None:
        self._state = state
        self._line = bytearray()
        self._image = 0
        self._buffers: dict[int, bytes] = {}
        self._downloading: int | None = None
        self._unlocked = not any(state.password)

    def feed(self, data: bytes) -> bytes | None:
        """Every whole packet in ``data`` and before it is handled."""
        self._line += data
        answers = bytearray()
        while (taken := self._take()) is not None:
            kind, payload, good = taken
            answer = self._handle(kind, payload, good)
            if answer is None:
                return None
            answers += answer
        return bytes(answers)

    def _take(self) -> tuple[int, bytes, bool] | None:
        start = self._line.find(_START)
        if start < 0:
            del self._line[: max(0, len(self._line) - 1)]
            return None
        del self._line[:start]
        if len(self._line) < 9 or len(self._line) < 9 + int.from_bytes(self._line[7:9], "big"):
            return None
        end = 9 + int.from_bytes(self._line[7:9], "big")
        packet = bytes(self._line[:end])
        del self._line[:end]
        good = len(packet) >= 12 and sum(packet[6:-2]) % 65536 == int.from_bytes(packet[-2:], "big")
        return packet[6], packet[9:-2], good

    def _handle(self, kind: int, payload: bytes, good: bool) -> bytes | None:
        if kind in (_DATA, _END) and self._downloading is not None:
            self._buffers[self._downloading] = self._buffers.get(self._downloading, b"") + payload
            self._downloading = None if kind == _END else self._downloading
            return b""
        if kind != _COMMAND:
            return b""
        if not good or not payload or len(payload) <= _PARAMETERS.get(payload[0], 0):
            return packet(bytes((0x01,)))
        fault = self._state.faults.at(payload[0])
        if fault is Fault.UNPLUG:
            return None
        if fault in _CODES:
            return packet(bytes((_CODES[fault],)))
        return _spoiled(packet(self._answer(payload[0], payload[1:])), fault)

    def _answer(self, instruction: int, parameters: bytes) -> bytes:
        if instruction == 0x53:
            return b"\x55"
        if instruction == 0x13:
            self._unlocked = parameters == self._state.password
            return b"\x00" if self._unlocked else b"\x13"
        if not self._unlocked:
            return b"\x21"
        answers = {
            0x01: self._generate,
            0x02: self._extract,
            0x03: self._match,
            0x07: self._load,
            0x09: self._down,
            0x0F: self._parameters,
            0x1D: self._count,
        }
        return answers[instruction](parameters) if instruction in answers else b"\x01"

    def _generate(self, _: bytes) -> bytes:
        self._image = self._state.finger
        return b"\x00" if self._image else b"\x02"

    def _extract(self, parameters: bytes) -> bytes:
        if not self._image:
            return b"\x15"
        self._buffers[parameters[0]] = features_of(self._image)
        return b"\x00"

    def _match(self, _: bytes) -> bytes:
        same = self._buffers.get(1) == self._buffers.get(2) and 1 in self._buffers
        return b"\x00\x00\x96" if same else b"\x08\x00\x00"

    def _load(self, parameters: bytes) -> bytes:
        place = int.from_bytes(parameters[1:3], "big")
        if place >= LIBRARY_SIZE:
            return b"\x0b"
        if place not in self._state.library:
            return b"\x0c"
        self._buffers[parameters[0]] = features_of(self._state.library[place])
        return b"\x00"

    def _down(self, parameters: bytes) -> bytes:
        self._downloading = parameters[0]
        self._buffers.pop(parameters[0], None)
        return b"\x00"

    def _parameters(self, _: bytes) -> bytes:
        # Status, system id, library size, security level, address, packet size 2 = 128 bytes, baud 6 × 9600.
        numbers = (0, 9, LIBRARY_SIZE, 3, 0xFFFF, 0xFFFF, 2, 6)
        return b"\x00" + b"".join(n.to_bytes(2, "big") for n in numbers)

    def _count(self, _: bytes) -> bytes:
        return b"\x00" + len(self._state.library).to_bytes(2, "big")


def packet(payload: bytes) -> bytes:
    """An acknowledgement with its sum."""
    body = bytes((_ACK,)) + (len(payload) + 2).to_bytes(2, "big") + payload
    return _START + b"\xff" * 4 + body + (sum(body) % 65536).to_bytes(2, "big")


def _spoiled(answer: bytes, fault: Fault | None) -> bytes:
    spoilt = {
        Fault.BAD_SUM: answer[:-1] + bytes((answer[-1] ^ 0x40,)),
        Fault.NOISE_BEFORE: b"\x00\xff\xef\xef" + answer,
        Fault.TORN: answer[:-3],
        Fault.SILENCE: b"",
        Fault.BABBLE: bytes(range(256)) * 8,
        Fault.EMPTY_ANSWER: packet(b""),
    }
    return answer if fault is None else spoilt[fault]

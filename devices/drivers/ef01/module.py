"""The port ``fingerprint`` over an EF 01 serial module: ``ef01:/dev/ttyUSB0[?baud=57600&password=00000000]``.

It verifies and cannot enrol: its picture is 4-bit, 256×288, and takes 3.5-7 s on the line; a resident card needs more.
A template is one of its own library, or the feature file that an earlier press of this kind of module gave.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any

import serial

from devices.drivers.ef01.confirmations import HANDSHAKE, MISMATCH, NO_FINGER, OK, error_of
from devices.drivers.ef01.packets import EVERY_ADDRESS, Packet, PacketBroken, PacketReader, Pid, encode
from devices.ports.errors import (
    BadAddress,
    DeviceAbsent,
    DeviceClaimed,
    DeviceError,
    DeviceLost,
    FingerMissing,
    NotSupported,
    TemplateMissing,
)
from devices.ports.fingerprint import (
    EmptyCause,
    FingerCapability,
    FingerCapture,
    FingerImage,
    FingerMatch,
    FingerRequest,
    FingerScannerDescription,
    MatchRequest,
)

_BAUD = 57600
_ANSWER_S = 2.0  # GenImg and Match take up to one second
_PIECE_S = 0.05
_ASK_AGAIN_S = 0.15
_TRIES = 3
_WIDTH, _HEIGHT, _DPI = 256, 288, 500
_LARGEST_TEMPLATE = 4096
_SCALE = "module score"
_OPTIONS = {"baud", "password", "address"}
_PROBE, _REFERENCE = 1, 2  # CharBuffer1, CharBuffer2


class Instruction(IntEnum):
    """The commands used here."""

    GENERATE_IMAGE = 0x01
    IMAGE_TO_FEATURES = 0x02
    MATCH = 0x03
    LOAD = 0x07
    DOWN_CHAR = 0x09
    READ_PARAMETERS = 0x0F
    VERIFY_PASSWORD = 0x13
    TEMPLATE_COUNT = 0x1D
    HANDSHAKE = 0x53


def open_module(where: str, options: Mapping[str, str]) -> Ef01Module:
    """``where``: the serial port. Raises BadAddress, DeviceAbsent, DeviceClaimed, ScannerLocked."""
    if unknown := options.keys() - _OPTIONS:
        raise BadAddress(", ".join(sorted(unknown)))
    try:
        baud = int(options.get("baud", str(_BAUD)))
        address = int(options.get("address", f"{EVERY_ADDRESS:08x}"), 16)
        password = int(options.get("password", "0"), 16).to_bytes(4, "big")
        address.to_bytes(4, "big")
    except (ValueError, OverflowError) as error:
        raise BadAddress(str(error)) from error
    try:
        port = serial.Serial(where, baud, timeout=_PIECE_S, write_timeout=_ANSWER_S, exclusive=True)
    except serial.SerialException as error:
        taken = "exclusively lock" in str(error) or "Access is denied" in str(error)
        raise (DeviceClaimed if taken else DeviceAbsent)(str(error)) from error
    except ValueError as error:
        raise BadAddress(str(error)) from error
    module = Ef01Module(port, where, address)
    try:
        module.begin(password)
    except DeviceError:
        module.close()
        raise
    return module


class Ef01Module:
    """One open module; one thread."""

    def __init__(self, port: Any, where: str, address: int) -> None:
        self._port = port
        self._where = where
        self._address = address
        self._packet_bytes = 128
        self._stored: int | None = None
        self._library = 0

    def begin(self, password: bytes) -> None:
        """Say hello, give the password, ask for packet size and library. A silent line is no module: DeviceAbsent."""
        try:
            # Older modules have no handshake and answer 01 (packet error): any answer shows that one is there.
            self._ask(Instruction.HANDSHAKE)
        except DeviceLost as error:
            raise DeviceAbsent(error.detail) from error
        self._require(Instruction.VERIFY_PASSWORD, password)
        parameters = self._require(Instruction.READ_PARAMETERS)
        if len(parameters) >= 16:
            self._library = int.from_bytes(parameters[4:6], "big")
            self._packet_bytes = 32 << min(3, int.from_bytes(parameters[12:14], "big"))
        count = self._require(Instruction.TEMPLATE_COUNT)
        self._stored = int.from_bytes(count[:2], "big")

    def describe(self) -> FingerScannerDescription:
        """It compares; it does not enrol."""
        return FingerScannerDescription(
            f"EF01 {self._where}", f"{self._address:08x}", "ef01/pyserial", _WIDTH, _HEIGHT, _DPI,
            frozenset({FingerCapability.VERIFY}), self._stored,
        )  # fmt: skip

    def capture(self, request: FingerRequest, preview: Callable[[FingerImage], None]) -> FingerCapture:
        """Never: see the module."""
        raise NotSupported("EF01: 4-bit 256×288")

    def empty_features(self, position: int, cause: EmptyCause) -> bytes:
        """Never: it has no features of GA/T 1012."""
        raise NotSupported("EF01")

    def match(self, request: MatchRequest) -> FingerMatch:
        """Press now, against a stored template or one that is sent down. ``similarity`` is the module's own score."""
        if request.probe:
            raise NotSupported("EF01: probe from elsewhere")
        self._put_reference(request)
        self._press(request.timeout_s)
        answer = self._ask(Instruction.MATCH)
        if answer[0] not in (OK, MISMATCH):
            raise error_of(answer[0], "Match")
        return FingerMatch(float(int.from_bytes(answer[1:3], "big")), _SCALE, answer[0] == OK)

    def close(self) -> None:
        """Let go of the port."""
        self._port.close()

    # -- steps -----------------------------------------------------------------------------------------

    def _put_reference(self, request: MatchRequest) -> None:
        if request.stored is not None:
            if not 0 <= request.stored < max(self._library, 1):
                raise TemplateMissing(f"{request.stored} (0-{max(self._library, 1) - 1})")
            self._require(Instruction.LOAD, bytes((_REFERENCE,)) + request.stored.to_bytes(2, "big"))
            return
        if not 1 <= len(request.reference) <= _LARGEST_TEMPLATE:
            raise TemplateMissing(f"{len(request.reference)} bytes")
        self._require(Instruction.DOWN_CHAR, bytes((_REFERENCE,)))
        pieces = range(0, len(request.reference), self._packet_bytes)
        for start in pieces:
            pid = Pid.END if start == pieces[-1] else Pid.DATA
            self._send(pid, request.reference[start : start + self._packet_bytes])

    def _press(self, timeout_s: float) -> None:
        deadline = time.monotonic() + timeout_s
        while True:
            answer = self._ask(Instruction.GENERATE_IMAGE)
            if answer[0] == OK:
                break
            if answer[0] != NO_FINGER:
                raise error_of(answer[0], "GenImg")
            if time.monotonic() >= deadline:
                raise FingerMissing()
            self._listen_quietly(min(_ASK_AGAIN_S, max(0.0, deadline - time.monotonic())))
        self._require(Instruction.IMAGE_TO_FEATURES, bytes((_PROBE,)))

    # -- the line --------------------------------------------------------------------------------------

    def _require(self, instruction: Instruction, parameters: bytes = b"") -> bytes:
        """What follows the confirmation. Raises what the module says instead of ok."""
        answer = self._ask(instruction, parameters)
        if answer[0] != OK:
            raise error_of(answer[0], instruction.name)
        return answer[1:]

    def _ask(self, instruction: Instruction, parameters: bytes = b"") -> bytes:
        """The acknowledgement's payload, at least its confirmation byte. A damaged answer is asked for again."""
        said = ""
        for _ in range(_TRIES):
            self._discard()
            self._send(Pid.COMMAND, bytes((instruction,)) + parameters)
            try:
                answer = self._receive()
            except PacketBroken as error:
                said = str(error)
                continue
            if answer[0] in (OK, HANDSHAKE) or answer[0] != 0x01:
                return answer
            said = "the module received a damaged packet"
            if instruction is Instruction.HANDSHAKE:
                return answer
        raise DeviceLost(f"{instruction.name}: {said}")

    def _send(self, pid: Pid, payload: bytes) -> None:
        try:
            self._port.write(encode(Packet(pid, payload, self._address)))
        except (serial.SerialException, OSError) as error:
            raise DeviceLost(str(error)) from error

    def _receive(self) -> bytes:
        """Raises PacketBroken for a damaged answer, DeviceLost for none before the deadline."""
        deadline = time.monotonic() + _ANSWER_S
        reader = PacketReader()
        while time.monotonic() < deadline:
            reader.feed(self._read())
            while (packet := reader.next()) is not None:
                ours = self._address in (packet.address, EVERY_ADDRESS) or packet.address == EVERY_ADDRESS
                if packet.pid is Pid.ACK and packet.payload and ours:
                    return packet.payload
        raise DeviceLost(f"no answer in {_ANSWER_S} s ({reader.skipped} stray bytes, {reader.waiting} waiting)")

    def _read(self) -> bytes:
        try:
            return bytes(self._port.read(max(1, min(512, self._port.in_waiting))))
        except (serial.SerialException, OSError, TypeError) as error:
            # pyserial raises TypeError when the port is closed under a read.
            raise DeviceLost(str(error)) from error

    def _discard(self) -> None:
        """Late answers to an earlier question are nobody's. Once, and no more than one packet: a line may babble."""
        try:
            late = self._port.in_waiting
        except (serial.SerialException, OSError, TypeError) as error:
            raise DeviceLost(str(error)) from error
        if late:
            self._read()

    def _listen_quietly(self, seconds: float) -> None:
        """A pause in which a pulled plug is noticed."""
        self._port.timeout = seconds
        try:
            self._read()
        finally:
            self._port.timeout = _PIECE_S

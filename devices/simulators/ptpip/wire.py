"""PTP/IP packets (CIPA DC-005): little-endian, length including the header, type, body."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

# The largest thing a client sends is a property value; anything larger is no PTP/IP.
LARGEST_PACKET = 1024 * 1024
_HEADER = struct.Struct("<II")


class Packet(IntEnum):
    """Packet types."""

    INIT_COMMAND_REQUEST = 1
    INIT_COMMAND_ACK = 2
    INIT_EVENT_REQUEST = 3
    INIT_EVENT_ACK = 4
    INIT_FAIL = 5
    COMMAND_REQUEST = 6
    COMMAND_RESPONSE = 7
    EVENT = 8
    START_DATA = 9
    DATA = 10
    CANCEL = 11
    END_DATA = 12
    PING = 13
    PONG = 14


class ConnectionEnded(Exception):
    """The client is gone."""


class PacketBroken(Exception):
    """The bytes are no PTP/IP."""


class Stream(Protocol):
    """What is needed of a socket."""

    def recv(self, count: int, /) -> bytes:
        """Up to ``count`` bytes; b"" at the end."""

    def sendall(self, data: bytes, /) -> None:
        """All of it."""


def _exactly(stream: Stream, count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        part = stream.recv(count - len(parts))
        if not part:
            raise ConnectionEnded
        parts += part
    return bytes(parts)


def receive(stream: Stream) -> tuple[int, bytes]:
    """Type and body of the next packet. Raises ConnectionEnded, PacketBroken."""
    length, kind = _HEADER.unpack(_exactly(stream, _HEADER.size))
    if not _HEADER.size <= length <= LARGEST_PACKET:
        raise PacketBroken(f"length {length}")
    return kind, _exactly(stream, length - _HEADER.size)


def packet(kind: int, body: bytes) -> bytes:
    """The bytes of a packet."""
    return _HEADER.pack(len(body) + _HEADER.size, kind) + body


@dataclass(frozen=True)
class Command:
    """A command request: operation code and up to five parameters, and the data that came with it."""

    code: int
    transaction: int
    parameters: tuple[int, ...]
    data: bytes


def read_command(stream: Stream, body: bytes) -> Command:
    """From the body of a COMMAND_REQUEST, reading the data phase where one follows."""
    if len(body) < 10 or (len(body) - 10) % 4:
        raise PacketBroken("command request")
    phase, code, transaction = struct.unpack("<IHI", body[:10])
    parameters = struct.unpack(f"<{(len(body) - 10) // 4}I", body[10:])
    data = bytearray()
    if phase == 2:
        kind, _ = receive(stream)
        if kind != Packet.START_DATA:
            raise PacketBroken("no data where data was announced")
        while kind != Packet.END_DATA:
            kind, part = receive(stream)
            data += part[4:]
            if len(data) > LARGEST_PACKET:
                raise PacketBroken("data too long")
    return Command(code, transaction, parameters, bytes(data))


def data_packets(transaction: int, data: bytes) -> bytes:
    """A whole data-in phase."""
    start = packet(Packet.START_DATA, struct.pack("<IQ", transaction, len(data)))
    return start + packet(Packet.END_DATA, struct.pack("<I", transaction) + data)


def response(transaction: int, code: int, parameters: tuple[int, ...] = ()) -> bytes:
    """A command response."""
    body = struct.pack("<HI", code, transaction) + struct.pack(f"<{len(parameters)}I", *parameters)
    return packet(Packet.COMMAND_RESPONSE, body)


def command_ack(name: str) -> bytes:
    """The answer to INIT_COMMAND_REQUEST; libgphoto2 scans for the name's terminating NUL."""
    guid = b"\x11" * 16
    return packet(
        Packet.INIT_COMMAND_ACK,
        struct.pack("<I", 1) + guid + name.encode("utf-16-le") + b"\0\0" + struct.pack("<I", 0x10000),
    )

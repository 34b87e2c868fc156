"""Frames between a device's worker and its host: a length, a small JSON header, a binary payload; never pickle.

Frame: header length u32, payload length u32 (big endian), header (UTF-8 JSON object), payload. Both lengths are bounded
before anything is read, so that a mad worker cannot make the window eat memory. The worker's first frame is ``hello``
with the version of this protocol; a worker of another version is not spoken to.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from typing import Any, Protocol

PROTOCOL = 2
LARGEST_HEADER = 64 * 1024
LARGEST_PAYLOAD = 256 * 2**20
_LENGTHS = struct.Struct(">II")


class FrameBroken(Exception):
    """The bytes are no frame of ours."""


# What reading a worker's fields as values may raise: a name is missing, of another kind, or no number there is (JSON
# knows infinity and 10**400).
UNREADABLE = (LookupError, TypeError, ValueError, ArithmeticError, AttributeError)


class StreamEnded(Exception):
    """The other side is gone."""


@dataclass(frozen=True)
class Message:
    """One frame. ``kind`` names it; ``fields`` are JSON values; ``payload`` is a picture or nothing."""

    kind: str
    fields: dict[str, Any] = field(default_factory=dict)
    payload: bytes = b""


class Readable(Protocol):
    """A blocking binary stream."""

    def read(self, count: int, /) -> bytes | None:
        """Up to ``count`` bytes; b"" at the end."""


class Writable(Protocol):
    """A blocking binary stream."""

    def write(self, data: bytes, /) -> int | None:
        """All of ``data``."""

    def flush(self) -> None:
        """Out now."""


def hello() -> Message:
    """A worker's first words."""
    return Message("hello", {"protocol": PROTOCOL})


def version_said(message: Message) -> str:
    """ "" when the worker speaks our protocol, else what it said instead."""
    if message.kind != "hello":
        return message.kind[:40]
    version = message.fields.get("protocol")
    return "" if type(version) is int and version == PROTOCOL else str(version)[:40]


def encode(message: Message) -> bytes:
    """The frame's bytes."""
    header = json.dumps({"kind": message.kind, **message.fields}, ensure_ascii=False).encode()
    if len(header) > LARGEST_HEADER or len(message.payload) > LARGEST_PAYLOAD:
        raise FrameBroken("too large")
    return _LENGTHS.pack(len(header), len(message.payload)) + header + message.payload


def send(stream: Writable, message: Message) -> None:
    """Write one frame. Raises StreamEnded when nobody reads any more."""
    try:
        stream.write(encode(message))
        stream.flush()
    except (BrokenPipeError, ValueError, ConnectionError) as error:
        raise StreamEnded from error


def _exactly(stream: Readable, count: int) -> bytes:
    parts, missing = [], count
    while missing:
        part = stream.read(missing)
        if not part:
            raise StreamEnded
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def receive(stream: Readable) -> Message:
    """Read one frame. Raises StreamEnded, FrameBroken."""
    header_length, payload_length = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if header_length > LARGEST_HEADER or payload_length > LARGEST_PAYLOAD:
        raise FrameBroken("lengths out of bounds")
    raw = _exactly(stream, header_length)
    payload = _exactly(stream, payload_length)
    try:
        fields = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise FrameBroken("header is not JSON") from error
    if not isinstance(fields, dict) or not isinstance(fields.get("kind"), str):
        raise FrameBroken("header has no kind")
    return Message(fields.pop("kind"), fields, payload)

"""IPP messages as bytes (RFC 8010, 3.1): requests out, responses in. Anything malformed is IppBroken, in bounded time.

Written here because nothing maintained fits: pycups has no wheels and needs libcups' headers, pyipp needs an event loop
and its own HTTP stack; this is two hundred lines over the httpx that is in the house already.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

_VERSION = (1, 1)
_LARGEST_NAME = 1024
_MOST_ATTRIBUTES = 20_000
_END_OF_ATTRIBUTES = 0x03
_MOST_DELIMITERS = 0x0F
_STRINGS = range(0x40, 0x60)
_TEXT_WITH_LANGUAGE = (0x35, 0x36)

Value = int | bool | str | bytes


class IppBroken(Exception):
    """Bytes that are no IPP response."""


class Tag(IntEnum):
    """Value tags that we send (RFC 8010, 3.5.2)."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49


class Group(IntEnum):
    """Delimiter tags of attribute groups (RFC 8010, 3.5.1)."""

    OPERATION = 0x01
    JOB = 0x02
    PRINTER = 0x04
    UNSUPPORTED = 0x05


class Operation(IntEnum):
    """RFC 8011, 5.4.15."""

    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_PRINTER_ATTRIBUTES = 0x000B


Attribute = tuple[Tag, str, Value | tuple[Value, ...]]


@dataclass(frozen=True)
class IppResponse:
    """``groups``: in order, each with its tag and its attributes; every attribute is a tuple of values."""

    status: int
    request: int
    groups: tuple[tuple[int, Mapping[str, tuple[Value, ...]]], ...] = field(default=())

    def first(self, group: Group) -> Mapping[str, tuple[Value, ...]]:
        """The first group of that kind, empty when there is none."""
        return next((attributes for tag, attributes in self.groups if tag == group), {})


def encoded(operation: Operation, request: int, groups: Iterable[tuple[Group, Iterable[Attribute]]]) -> bytes:
    """A request; document data may follow it."""
    out = bytearray(struct.pack(">BBHI", *_VERSION, operation, request))
    for group, attributes in groups:
        out.append(group)
        for tag, name, value in attributes:
            for position, one in enumerate(value if isinstance(value, tuple) else (value,)):
                label = name.encode() if position == 0 else b""
                data = _value_bytes(tag, one)
                out += struct.pack(">BH", tag, len(label)) + label + struct.pack(">H", len(data)) + data
    out.append(_END_OF_ATTRIBUTES)
    return bytes(out)


def _value_bytes(tag: Tag, value: Value) -> bytes:
    if tag in (Tag.INTEGER, Tag.ENUM):
        return struct.pack(">i", value)
    if tag is Tag.BOOLEAN:
        return bytes((int(bool(value)),))
    return value if isinstance(value, bytes) else str(value).encode()


def decoded(data: bytes) -> IppResponse:
    """A response. Collections are passed over by name: nothing we ask for is in one. Raises IppBroken."""
    reader = _Reader(data)
    major = reader.number(1)
    reader.number(1)
    if major not in (1, 2):
        raise IppBroken(f"version {major}")
    status, request = reader.number(2), reader.number(4)
    groups: list[tuple[int, dict[str, tuple[Value, ...]]]] = []
    depth, name = 0, ""
    for _ in range(_MOST_ATTRIBUTES):
        tag = reader.number(1)
        if tag == _END_OF_ATTRIBUTES:
            return IppResponse(status, request, tuple(groups))
        if tag <= _MOST_DELIMITERS:
            groups.append((tag, {}))
            depth, name = 0, ""
            continue
        label, raw = reader.piece(), reader.piece()
        if not groups or len(label) > _LARGEST_NAME:
            raise IppBroken("attribute without a group")
        if tag == 0x37 and depth:
            depth -= 1
        elif depth or tag == 0x34:
            depth += tag == 0x34
        else:
            name = label.decode("utf-8", "replace") or name
            attributes = groups[-1][1]
            attributes[name] = (*attributes.get(name, ()), _value(tag, raw))
    raise IppBroken("too many attributes")


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def _take(self, count: int) -> bytes:
        part = self._data[self._at : self._at + count]
        if len(part) != count:
            raise IppBroken("cut off")
        self._at += count
        return part

    def number(self, size: int) -> int:
        """An unsigned integer."""
        return int.from_bytes(self._take(size), "big")

    def piece(self) -> bytes:
        """A length and as many bytes."""
        return self._take(self.number(2))


def _value(tag: int, raw: bytes) -> Value:
    if tag in (Tag.INTEGER, Tag.ENUM):
        if len(raw) != 4:
            raise IppBroken("integer")
        return int(struct.unpack(">i", raw)[0])
    if tag == Tag.BOOLEAN:
        return raw != b"\x00"
    if tag in _TEXT_WITH_LANGUAGE:
        length = int.from_bytes(raw[:2], "big")
        return raw[4 + length :].decode("utf-8", "replace")
    return raw.decode("utf-8", "replace") if tag in _STRINGS else raw

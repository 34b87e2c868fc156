"""IPP as a printer hears and says it (RFC 8010, 3.1): requests in, responses out. Written apart from the driver's reader,
so that a misreading of the standard on one side is noticed by the other."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

_END = 0x03
_LAST_DELIMITER = 0x0F
_BEGIN_COLLECTION, _END_COLLECTION = 0x34, 0x37


class NotIpp(Exception):
    """Bytes that are no request."""


class Group(IntEnum):
    """RFC 8010, 3.5.1."""

    OPERATION = 1
    JOB = 2
    PRINTER = 4
    UNSUPPORTED = 5


class Tag(IntEnum):
    """RFC 8010, 3.5.2."""

    UNSUPPORTED = 0x10
    NO_VALUE = 0x13
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    DATE_TIME = 0x31
    RESOLUTION = 0x32
    RANGE = 0x33
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    URI_SCHEME = 0x46
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49


@dataclass(frozen=True)
class Told:
    """One attribute: its tag, its name, its values as bytes."""

    tag: int
    name: str
    values: tuple[bytes, ...]

    @property
    def text(self) -> str:
        """The first value as words."""
        return self.values[0].decode("utf-8", "replace")

    @property
    def number(self) -> int:
        """The first value as an integer. Raises NotIpp."""
        if len(self.values[0]) != 4:
            raise NotIpp(self.name)
        return int(struct.unpack(">i", self.values[0])[0])


@dataclass(frozen=True)
class Request:
    """``groups``: in order. ``document``: what follows the attributes."""

    version: tuple[int, int]
    operation: int
    number: int
    groups: tuple[tuple[int, tuple[Told, ...]], ...]
    document: bytes

    def group(self, wanted: Group) -> Mapping[str, Told]:
        """The first group of a kind by name; empty when there is none."""
        found = next((attributes for tag, attributes in self.groups if tag == wanted), ())
        return {attribute.name: attribute for attribute in found}


def heard(data: bytes) -> Request:
    """A request. Collections are passed over: nothing here depends on one. Raises NotIpp."""
    if len(data) < 9:
        raise NotIpp("short")
    major, minor, operation, number = struct.unpack_from(">BBHI", data)
    at, depth = 8, 0
    groups: list[tuple[int, list[Told]]] = []
    while True:
        if at >= len(data):
            raise NotIpp("no end")
        tag, at = data[at], at + 1
        if tag == _END:
            done = tuple((group, tuple(attributes)) for group, attributes in groups)
            return Request((major, minor), operation, number, done, data[at:])
        if tag <= _LAST_DELIMITER:
            groups.append((tag, []))
            depth = 0
            continue
        name, at = _piece(data, at)
        value, at = _piece(data, at)
        if not groups:
            raise NotIpp("attribute without a group")
        if tag == _BEGIN_COLLECTION:
            depth += 1
        elif tag == _END_COLLECTION:
            depth -= 1
        elif depth <= 0:
            _keep(groups[-1][1], tag, name, value)


def _piece(data: bytes, at: int) -> tuple[bytes, int]:
    if at + 2 > len(data):
        raise NotIpp("cut off")
    length = int.from_bytes(data[at : at + 2], "big")
    end = at + 2 + length
    if end > len(data):
        raise NotIpp("cut off")
    return data[at + 2 : end], end


def _keep(attributes: list[Told], tag: int, name: bytes, value: bytes) -> None:
    if name:
        attributes.append(Told(tag, name.decode("utf-8", "replace"), (value,)))
    elif attributes:
        last = attributes[-1]
        attributes[-1] = Told(last.tag, last.name, (*last.values, value))
    else:
        raise NotIpp("value without a name")


Said = tuple[Tag, str, tuple[bytes, ...]]


def integers(tag: Tag, name: str, *values: int) -> Said:
    """INTEGER or ENUM."""
    return tag, name, tuple(struct.pack(">i", value) for value in values)


def words(tag: Tag, name: str, *values: str) -> Said:
    """Anything that is text."""
    return tag, name, tuple(value.encode() for value in values)


def boolean(name: str, value: bool) -> Said:
    """BOOLEAN."""
    return Tag.BOOLEAN, name, (bytes([value]),)


def response(version: tuple[int, int], status: int, number: int, groups: Iterable[tuple[Group, Iterable[Said]]]) -> bytes:
    """A response with the two attributes that begin every one (RFC 8011, 4.1.4.2)."""
    out = bytearray(struct.pack(">BBHI", *version, status, number))
    head = (words(Tag.CHARSET, "attributes-charset", "utf-8"), words(Tag.LANGUAGE, "attributes-natural-language", "en"))
    every = [(Group.OPERATION, head), *groups]
    for place, (group, attributes) in enumerate(every):
        if place == 0 or group is not Group.OPERATION:
            out.append(group)
        for tag, name, values in attributes:
            for position, value in enumerate(values):
                label = name.encode() if position == 0 else b""
                out += struct.pack(">BH", tag, len(label)) + label + struct.pack(">H", len(value)) + value
    out.append(_END)
    return bytes(out)

"""PTP datasets (ISO 15740): strings, arrays, device info, object info, property descriptions."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace

INT8, UINT8, INT16, UINT16, INT32, UINT32, STRING = 1, 2, 3, 4, 5, 6, 0xFFFF
_FORMATS = {INT8: "<b", UINT8: "<B", INT16: "<h", UINT16: "<H", INT32: "<i", UINT32: "<I"}

Value = int | str


def string(text: str) -> bytes:
    """Count of characters including the NUL, then UTF-16."""
    return b"\0" if not text else bytes((len(text) + 1,)) + text.encode("utf-16-le") + b"\0\0"


def array16(values: Sequence[int]) -> bytes:
    """u32 count, u16 items."""
    return struct.pack(f"<I{len(values)}H", len(values), *values)


def array32(values: Sequence[int]) -> bytes:
    """u32 count, u32 items."""
    return struct.pack(f"<I{len(values)}I", len(values), *values)


def encoded(kind: int, value: Value) -> bytes:
    """A value of a PTP data type."""
    return string(str(value)) if kind == STRING else struct.pack(_FORMATS[kind], value)


def decoded(kind: int, data: bytes) -> Value:
    """A value as a client sent it. Raises ValueError when the bytes do not fit the type."""
    if kind == STRING:
        return data[1:].decode("utf-16-le").rstrip("\0")
    size = struct.calcsize(_FORMATS[kind])
    if len(data) < size:
        raise ValueError("value too short")
    return int(struct.unpack(_FORMATS[kind], data[:size])[0])


@dataclass(frozen=True)
class Property:
    """A device property: its type, whether it may be set, its value, and the values or range it takes."""

    code: int
    kind: int
    writable: bool
    value: Value
    choices: tuple[Value, ...] = ()
    span: tuple[int, int, int] | None = None

    def description(self) -> bytes:
        """The DevicePropDesc dataset; the present value stands for the default."""
        head = struct.pack("<HHB", self.code, self.kind, int(self.writable))
        body = head + encoded(self.kind, self.value) * 2
        if self.span is not None:
            return body + b"\1" + b"".join(encoded(self.kind, v) for v in self.span)
        if self.choices:
            items = b"".join(encoded(self.kind, choice) for choice in self.choices)
            return body + b"\2" + struct.pack("<H", len(self.choices)) + items
        return body + b"\0"

    def accepts(self, value: Value) -> bool:
        """Whether the camera takes this value now."""
        if self.span is not None:
            return isinstance(value, int) and self.span[0] <= value <= self.span[1]
        return self.writable and (not self.choices or value in self.choices)

    def with_value(self, value: Value) -> Property:
        """The same property, set."""
        return replace(self, value=value)


@dataclass(frozen=True)
class CameraIdentity:
    """What a body says it is. ``vendor``: 0x0A Nikon, 0x0B Canon."""

    vendor: int
    maker: str
    model: str
    version: str
    serial: str


def device_info(
    identity: CameraIdentity, operations: Sequence[int], events: Sequence[int], properties: Sequence[int]
) -> bytes:
    """The DeviceInfo dataset."""
    return (
        struct.pack("<HIH", 100, identity.vendor, 100)
        + string("")
        + struct.pack("<H", 0)
        + array16(operations)
        + array16(events)
        + array16(properties)
        + array16([])
        + array16([0x3801, 0x3001])
        + b"".join(string(t) for t in (identity.maker, identity.model, identity.version, identity.serial))
    )


def object_info(name: str, size: int, storage: int, width: int, height: int) -> bytes:
    """The ObjectInfo dataset of an EXIF JPEG; storage 0 = the camera's memory, not its card."""
    head = struct.pack("<IHHIHIIIIIIIHII", storage, 0x3801, 0, size, 0x3808, 0, 160, 120, width, height, 24, 0, 0, 0, 0)
    return head + string(name) + string("20260101T120000") * 2 + string("")


def storage_info() -> bytes:
    """The StorageInfo dataset of a card with plenty of room."""
    return struct.pack("<HHHQQI", 4, 3, 0, 1 << 35, 1 << 34, 999) + string("SIM") + string("CARD")

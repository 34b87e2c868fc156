"""A face network of nobody's: the mean colours of sixteen tiles, as an ONNX file small enough to be written by hand.

Field numbers are those of onnx.proto3 (ONNX 1.14): Model, Graph, Node, Attribute, ValueInfo, TypeProto.
"""

from __future__ import annotations

from pathlib import Path

_LENGTH_DELIMITED = 2
_FLOAT, _INTS = 1, 7  # TensorProto.DataType.FLOAT, AttributeProto.AttributeType.INTS


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _part(field: int, content: bytes | str) -> bytes:
    data = content.encode() if isinstance(content, str) else content
    return _varint(field << 3 | _LENGTH_DELIMITED) + _varint(len(data)) + data


def _ints(name: str, *values: int) -> bytes:
    return _part(5, _part(1, name) + b"".join(_number(8, value) for value in values) + _number(20, _INTS))


def _value(name: str, *shape: int) -> bytes:
    dims = b"".join(_part(1, _number(1, side)) for side in shape)
    return _part(1, name) + _part(2, _part(1, _number(1, _FLOAT) + _part(2, dims)))


def tiny_face_network(path: Path) -> Path:
    """(1, 3, 112, 112) → (1, 48)."""
    pool = _part(1, "data") + _part(2, "tiles") + _part(4, "AveragePool")
    pool += _ints("kernel_shape", 28, 28) + _ints("strides", 28, 28)
    flat = _part(1, "tiles") + _part(2, "fc1") + _part(4, "Flatten")
    graph = _part(1, pool) + _part(1, flat) + _part(2, "tiny")
    graph += _part(11, _value("data", 1, 3, 112, 112)) + _part(12, _value("fc1", 1, 48))
    path.write_bytes(_number(1, 7) + _part(8, _part(1, "") + _number(2, 13)) + _part(7, graph))
    return path

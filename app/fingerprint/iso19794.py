"""ISO/IEC 19794-4:2005 finger image records: written byte for byte, read strictly.

General header, 32 bytes: ``FIR\\0`` ``010\\0`` length(6) device(2) level(2) fingers(1) scale(1) scan resolution(2+2) image
resolution(2+2) depth(1) compression(1) reserved(2). Each view, 14 bytes: block length(4) position(1) views(1) view(1)
quality(1) impression(1) width(2) height(2) reserved(1), then the image. Big endian throughout.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

from app.domain.errors import BadInput

_GENERAL = struct.Struct(">4s4s6sHHBBHHHHBBH")
_VIEW = struct.Struct(">IBBBBBHHB")
_MAGIC, _VERSION = b"FIR\0", b"010\0"
_PIXELS_PER_INCH = 1
_LEVEL_500_DPI = 30  # 500 pixels per inch, 8 bits; 31 is for scanners with an EFTS/F certificate
_DEPTH = 8
_LARGEST_RECORD = 64 * 2**20
_POSITIONS = range(11)
_WSQ_START, _WSQ_FRAME, _WSQ_END = b"\xff\xa0", b"\xff\xa2", b"\xff\xa1"

QUALITY_UNKNOWN = 254
LIVE_PLAIN = 0


class Compression(IntEnum):
    """The algorithms written and read here; the standard has more."""

    RAW = 0
    WSQ = 2


@dataclass(frozen=True)
class FingerView:
    """``position`` 0 unknown, 1-5 right thumb to little, 6-10 left. ``quality`` 0-100, 254 unknown."""

    position: int
    width_px: int
    height_px: int
    data: bytes
    quality: int = QUALITY_UNKNOWN
    impression: int = LIVE_PLAIN


@dataclass(frozen=True)
class FingerRecord:
    """One record: all its views have one resolution and one compression."""

    views: tuple[FingerView, ...]
    compression: Compression
    dpi: int = 500
    device: int = 0
    level: int = _LEVEL_500_DPI


def write_record(record: FingerRecord) -> bytes:
    """The record's bytes. Raises BadInput FNG-301 for what the format cannot say."""
    if not 1 <= len(record.views) <= 255:
        raise BadInput("FNG-301", reason=f"{len(record.views)} views")
    if not 99 <= record.dpi <= 0xFFFF or not 0 <= record.device <= 0xFFFF or not 0 <= record.level <= 0xFFFF:
        raise BadInput("FNG-301", reason=f"{record.dpi} dpi, device {record.device}, level {record.level}")
    blocks = []
    for view in record.views:
        fault = _fault(view, record.compression)
        if fault:
            raise BadInput("FNG-301", reason=fault)
        head = _VIEW.pack(
            _VIEW.size + len(view.data),
            view.position,
            1,
            1,
            view.quality,
            view.impression,
            view.width_px,
            view.height_px,
            0,
        )
        blocks.append(head + view.data)
    body = b"".join(blocks)
    length = (_GENERAL.size + len(body)).to_bytes(6, "big")
    dpi = (record.dpi,) * 4
    general = _GENERAL.pack(
        _MAGIC, _VERSION, length, record.device, record.level, len(blocks), _PIXELS_PER_INCH, *dpi, _DEPTH,
        record.compression, 0,
    )  # fmt: skip
    return general + body


def read_record(data: bytes) -> FingerRecord:
    """What stands in a record. Raises BadInput FNG-302 for anything cut, longer than it says, or out of the standard."""
    if not _GENERAL.size <= len(data) <= _LARGEST_RECORD:
        raise _unreadable(f"{len(data)} bytes")
    magic, version, length, device, level, count, scale, *dpi, depth, compression, reserved = _GENERAL.unpack_from(data)
    if magic != _MAGIC or version != _VERSION:
        raise _unreadable("not FIR 010")
    if int.from_bytes(length, "big") != len(data):
        raise _unreadable(f"length {int.from_bytes(length, 'big')}, {len(data)} bytes")
    if scale != _PIXELS_PER_INCH or len(set(dpi)) != 1 or dpi[0] < 99 or depth != _DEPTH or reserved or not count:
        raise _unreadable(f"scale {scale}, resolution {dpi}, depth {depth}, fingers {count}")
    if compression not in set(Compression):
        raise _unreadable(f"compression {compression}")
    views, place = [], _GENERAL.size
    for _ in range(count):
        view, place = _view_at(data, place, Compression(compression))
        views.append(view)
    if place != len(data):
        raise _unreadable(f"{len(data) - place} bytes behind the last view")
    return FingerRecord(tuple(views), Compression(compression), dpi[0], device, level)


def _view_at(data: bytes, place: int, compression: Compression) -> tuple[FingerView, int]:
    if place + _VIEW.size > len(data):
        raise _unreadable("a view is cut")
    size, position, views, number, quality, impression, width, height, reserved = _VIEW.unpack_from(data, place)
    end = place + size
    if size <= _VIEW.size or end > len(data):
        raise _unreadable(f"view of {size} bytes")
    if (views, number, reserved) != (1, 1, 0):
        raise _unreadable(f"view {number} of {views}")
    view = FingerView(position, width, height, data[place + _VIEW.size : end], quality, impression)
    if fault := _fault(view, compression):
        raise _unreadable(fault)
    return view, end


def _unreadable(reason: str) -> BadInput:
    return BadInput("FNG-302", reason=reason)


def _fault(view: FingerView, compression: Compression) -> str:
    """What the format cannot say about this view, "" when all is well."""
    quality_good = 0 <= view.quality <= 100 or view.quality == QUALITY_UNKNOWN
    if view.position not in _POSITIONS or not quality_good or not 0 <= view.impression <= 255:
        return f"position {view.position}, quality {view.quality}, impression {view.impression}"
    if not (1 <= view.width_px <= 0xFFFF and 1 <= view.height_px <= 0xFFFF):
        return f"{view.width_px}×{view.height_px}"
    if compression is Compression.RAW and len(view.data) != view.width_px * view.height_px:
        return f"{len(view.data)} bytes for {view.width_px}×{view.height_px}"
    if compression is Compression.WSQ and wsq_size(view.data) != (view.width_px, view.height_px):
        return "WSQ of another size"
    return ""


def wsq_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in a WSQ file's frame header (IAFIS-IC-0110, table A.2); None for what is no whole WSQ file."""
    if not (data.startswith(_WSQ_START) and data.endswith(_WSQ_END)):
        return None
    place = len(_WSQ_START)
    while place + 4 <= len(data) and data[place] == _WSQ_START[0]:
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        if data[place : place + 2] == _WSQ_FRAME:
            if length < 15 or place + 10 > len(data):
                return None
            height, width = struct.unpack_from(">HH", data, place + 6)
            return width, height
        if length < 2:
            return None
        place += 2 + length
    return None

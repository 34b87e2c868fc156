"""Bytes to pixels, once and upright; what is torn, too large or of the wrong colours is refused in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
import simplejpeg
from numpy.typing import NDArray

from app.domain.errors import BadInput
from app.imaging.facts import PictureFacts, read_facts

Pixels: TypeAlias = NDArray[np.uint8]

_END_OF_IMAGE = b"\xff\xd9"
_LARGEST_PADDING = 64 * 1024


@dataclass(frozen=True)
class Picture:
    """``pixels``: BGR uint8, shape (height, width, 3), EXIF rotation applied."""

    pixels: Pixels
    facts: PictureFacts

    @property
    def width(self) -> int:
        """Upright width."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Upright height."""
        return int(self.pixels.shape[0])


def upright(pixels: Pixels, orientation: int) -> Pixels:
    """Turn and mirror as EXIF orientation 1..8 says (CIPA DC-008, tag 0x0112)."""
    if orientation in (2, 4, 5, 7):
        pixels = cv2.flip(pixels, 1 if orientation in (2, 5, 7) else 0).astype(np.uint8)
    turns = {3: cv2.ROTATE_180, 5: cv2.ROTATE_90_COUNTERCLOCKWISE, 6: cv2.ROTATE_90_CLOCKWISE}
    turns |= {7: cv2.ROTATE_90_CLOCKWISE, 8: cv2.ROTATE_90_COUNTERCLOCKWISE}
    if orientation in turns:
        pixels = cv2.rotate(pixels, turns[orientation]).astype(np.uint8)
    return pixels


def _jpeg(data: bytes, min_side: int) -> Pixels:
    """Strict: a torn file raises instead of being painted grey to its end."""
    end = data.rfind(_END_OF_IMAGE)
    if end < 0 or len(data) - end > _LARGEST_PADDING:
        raise BadInput("IMG-106")
    try:
        pixels = simplejpeg.decode_jpeg(data, colorspace="BGR", min_height=min_side, min_width=min_side, min_factor=1)
    except ValueError as error:
        raise BadInput("IMG-106") from error
    return np.asarray(pixels, np.uint8)


def _other(data: bytes) -> Pixels:
    flags = cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION
    try:
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    except cv2.error as error:
        raise BadInput("IMG-106") from error
    if pixels is None:
        raise BadInput("IMG-106")
    return np.asarray(pixels, np.uint8)


def decode(data: bytes) -> Picture:
    """The whole picture.

    Raises BadInput: IMG-101 empty, IMG-102 no picture, IMG-103 too large, IMG-104 CMYK, IMG-105 deep,
    IMG-106 torn.
    """
    facts = read_facts(data)
    pixels = _jpeg(data, 0) if facts.format == "JPEG" else _other(data)
    return Picture(upright(pixels, facts.orientation), facts)


def decode_small(data: bytes, min_side: int) -> Pixels:
    """A reduced picture whose shorter side is at least ``min_side`` (when the file has that many); upright BGR."""
    facts = read_facts(data)
    pixels = _jpeg(data, min_side) if facts.format == "JPEG" else _other(data)
    return upright(pixels, facts.orientation)


def decode_long(data: bytes, long_side: int) -> Pixels | None:
    """A reduced picture whose longer side is at least ``long_side``, in a third of the time a whole one takes; upright
    BGR. None where the file has no smaller one inside: it is no JPEG, or less than twice as large."""
    facts = read_facts(data)
    if facts.format != "JPEG" or max(facts.width, facts.height) < 2 * long_side:
        return None
    min_side = -(-long_side * min(facts.width, facts.height) // max(facts.width, facts.height))
    return upright(_jpeg(data, min_side), facts.orientation)


def thumbnail(data: bytes, max_px: int) -> bytes:
    """A small JPEG, longest side ``max_px``. Raises BadInput as ``decode``."""
    pixels = decode_small(data, max_px)
    scale = max_px / max(pixels.shape[:2])
    if scale < 1:
        size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
    return bytes(simplejpeg.encode_jpeg(np.ascontiguousarray(pixels), quality=85, colorspace="BGR"))

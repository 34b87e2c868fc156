"""The issued JPEG: inside its byte window by search over quality and subsampling, with its DPI and nothing else."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
import simplejpeg

from app.domain.errors import BadInput
from app.domain.photo_standard import OutputFormat
from app.imaging.decode import Pixels

_BEST = 100
# Full chroma first: at these sizes it shows in lips and red clothes.
_SUBSAMPLINGS = ("444", "422", "420")


@dataclass(frozen=True)
class EncodedPhoto:
    """The file and how it was made."""

    data: bytes
    quality: int
    subsampling: str


def with_dpi(jpeg: bytes, dpi: int) -> bytes:
    """The same file with JFIF density in dots per inch (ISO/IEC 10918-5, APP0)."""
    app0 = b"\xff\xe0" + struct.pack(">H5sHBHHBB", 16, b"JFIF\0", 0x0101, 1, dpi, dpi, 0, 0)
    rest = jpeg[2:]
    if rest[:2] == b"\xff\xe0":
        rest = rest[2 + int(struct.unpack(">H", rest[2:4])[0]) :]
    return jpeg[:2] + app0 + rest


def encode(pixels: Pixels, output: OutputFormat) -> EncodedPhoto:
    """The best file inside the window: the highest quality that fits, fuller chroma before coarser.

    Never pads. Raises BadInput CMP-101 when even quality 100 stays below the window, CMP-102 when the lowest allowed
    quality is above it.
    """
    picture = np.ascontiguousarray(pixels)
    for subsampling in _SUBSAMPLINGS:
        found = _highest_fitting(picture, subsampling, output)
        if found is not None:
            return found
    smallest = _encoded(picture, output.quality_min, _SUBSAMPLINGS[-1], output.dpi)
    if len(smallest) > output.bytes_max:
        raise BadInput("CMP-102", size=len(smallest), limit=output.bytes_max)
    raise BadInput("CMP-101", size=len(_encoded(picture, _BEST, "444", output.dpi)), limit=output.bytes_min)


def _encoded(picture: Pixels, quality: int, subsampling: str, dpi: int) -> bytes:
    data = simplejpeg.encode_jpeg(picture, quality=quality, colorspace="BGR", colorsubsampling=subsampling)
    return with_dpi(bytes(data), dpi)


def _highest_fitting(picture: Pixels, subsampling: str, output: OutputFormat) -> EncodedPhoto | None:
    """By halving: file size grows with quality."""
    low, high = output.quality_min, _BEST
    best: EncodedPhoto | None = None
    while low <= high:
        quality = (low + high) // 2
        data = _encoded(picture, quality, subsampling, output.dpi)
        if len(data) > output.bytes_max:
            high = quality - 1
        else:
            if len(data) >= output.bytes_min:
                best = EncodedPhoto(data, quality, subsampling)
            low = quality + 1
    return best

"""A picture that cannot be used ends in its own sentence, before it can do harm."""

from __future__ import annotations

import contextlib
import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.domain.errors import BadInput
from app.imaging.decode import decode, thumbnail
from helpers.pictures import portrait, portrait_jpeg


def _saved(mode: str, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture = Image.new("I;16", (60, 80), 700) if mode == "I;16" else Image.new(mode, (60, 80))
    picture.save(out, kind, **options)
    return out.getvalue()


def _png_claiming(width: int, height: int) -> bytes:
    """A real PNG header of any size, with next to no data behind it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def _torn() -> bytes:
    data = portrait_jpeg()
    return data[: len(data) // 2]


def _holed() -> bytes:
    """Cut in the middle, with a proper end glued on: a camera that lost a block."""
    data = portrait_jpeg()
    return data[: len(data) // 2] + data[-2:]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "IMG-101"),
        (b"not a picture at all", "IMG-102"),
        (b"%PDF-1.7 ...", "IMG-102"),
        (_png_claiming(20_000, 10_000), "IMG-103"),
        (_saved("CMYK", "JPEG"), "IMG-104"),
        (_saved("I;16", "PNG"), "IMG-105"),
        (_saved("I;16", "TIFF"), "IMG-105"),
        (_torn(), "IMG-106"),
        (_holed(), "IMG-106"),
    ],
    ids=["0-byte", "text", "pdf", "200-megapixel", "cmyk", "16-bit-png", "16-bit-tiff", "torn", "holed"],
)
def test_each_bad_file_has_its_own_sentence(data: bytes, code: str) -> None:
    for work in (decode, lambda d: thumbnail(d, 200)):
        with pytest.raises(BadInput) as refused:
            work(data)
        assert refused.value.code == code


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stored_lying_down_is_shown_upright(orientation: int) -> None:
    corner = np.zeros((64, 96, 3), np.uint8)
    corner[:16, :24] = 255  # bright at the upright picture's top left
    upright = Image.fromarray(corner)
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Pillow transpositions that store it that way
    stored = upright if orientation == 1 else upright.transpose(Image.Transpose(back[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    stored.save(out, "JPEG", quality=95, exif=exif)
    picture = decode(out.getvalue())
    assert (picture.width, picture.height) == (96, 64)
    assert picture.pixels[:12, :18].mean() > 240
    assert picture.pixels[24:, 36:].mean() < 15


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "TIFF", "WEBP"])
def test_the_usual_formats_are_read_alike(kind: str) -> None:
    out = io.BytesIO()
    Image.fromarray(portrait()[::4, ::4, ::-1]).save(out, kind)
    picture = decode(out.getvalue())
    assert abs(picture.pixels.astype(float) - portrait()[::4, ::4]).mean() < 4


def test_a_grey_picture_is_read_too() -> None:
    assert decode(_saved("L", "JPEG")).pixels.shape == (80, 60, 3)


@settings(max_examples=120, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"BM", b"II*\0", b"RIFF"]))
def test_any_bytes_end_in_a_picture_or_a_refusal(data: bytes, head: bytes) -> None:
    with contextlib.suppress(BadInput):
        decode(head + data)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 5000), st.integers(0, 255))
def test_a_damaged_jpeg_ends_in_a_picture_or_a_refusal(position: int, value: int) -> None:
    data = bytearray(portrait_jpeg(width=600, height=800))
    data[position] = value
    with contextlib.suppress(BadInput):
        decode(bytes(data))


def test_a_thumbnail_keeps_the_shape() -> None:
    small = decode(thumbnail(portrait_jpeg(), 200))
    assert (small.width, small.height) == (150, 200)

"""A file as it leaves for others: upright JPEGs, or one PDF/A whose text can be searched."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import cv2

from app.archive.classify import READING_DPI, upright
from app.archive.line_reading import PAGE_LINES, LineReader
from app.domain.archive_batch import Standing
from app.domain.errors import BadInput
from app.imaging.decode import Picture, Pixels
from app.printing.searchable import Behind, Leaf, searchable_pdf

_QUALITY = 88


def laid(pixels: Pixels, standing: Standing) -> Pixels:
    """What of a scanned page is handed out, turned as an officer or the program said."""
    height, width = pixels.shape[:2]
    left, top, right, bottom = standing.crop
    columns = slice(math.floor(left * width), max(math.floor(left * width) + 1, math.ceil(right * width)))
    rows = slice(math.floor(top * height), max(math.floor(top * height) + 1, math.ceil(bottom * height)))
    return upright(pixels[rows, columns], standing.turn)


def laid_jpeg(picture: Picture, standing: Standing) -> bytes:
    """The same as a file."""
    return _jpeg(laid(picture.pixels, standing))


def _jpeg(pixels: Pixels) -> bytes:
    return cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()


def searchable(
    serial: str, pages: Iterable[tuple[Picture, Standing]], reader: LineReader, font: Path, created: datetime
) -> bytes:
    """PDF/A of pages as they stand. Raises BadInput ARC-126 for a file without pages."""
    leaves = []
    for picture, standing in pages:
        pixels = laid(picture.pixels, standing)
        dpi = picture.facts.dpi[0] if picture.facts.dpi else 0.0
        lines = reader.lines(pixels, dpi or 2 * READING_DPI, share=1.0, most=PAGE_LINES)
        read = tuple(Behind(line.text, line.left, line.top, line.width, line.height) for line in lines)
        jpeg = _jpeg(pixels)
        leaves.append(Leaf(jpeg, pixels.shape[1], pixels.shape[0], dpi or 2 * READING_DPI, read))
    if not leaves:
        raise BadInput("ARC-126")
    return searchable_pdf(serial, leaves, font, created)

"""A file as it leaves for others: upright JPEGs, or one PDF/A whose text can be searched."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import cv2

from app.archive.classify import READING_DPI, upright
from app.archive.line_reading import PAGE_LINES, LineReader
from app.domain.errors import BadInput
from app.imaging.decode import Picture
from app.printing.searchable import Behind, Leaf, searchable_pdf

_QUALITY = 88


def upright_jpeg(picture: Picture, turn: int) -> bytes:
    """The page turned as an officer or the program said."""
    return cv2.imencode(".jpg", upright(picture.pixels, turn), [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()


def searchable(
    serial: str, pages: Iterable[tuple[Picture, int]], reader: LineReader, font: Path, created: datetime
) -> bytes:
    """PDF/A of pages and their turns. Raises BadInput ARC-120 for a file without pages."""
    leaves = []
    for picture, turn in pages:
        pixels = upright(picture.pixels, turn)
        dpi = picture.facts.dpi[0] if picture.facts.dpi else 0.0
        lines = reader.lines(pixels, dpi or 2 * READING_DPI, share=1.0, most=PAGE_LINES)
        read = tuple(Behind(line.text, line.left, line.top, line.width, line.height) for line in lines)
        jpeg = upright_jpeg(picture, turn)
        leaves.append(Leaf(jpeg, pixels.shape[1], pixels.shape[0], dpi or 2 * READING_DPI, read))
    if not leaves:
        raise BadInput("ARC-120", reason="0")
    return searchable_pdf(serial, leaves, font, created)

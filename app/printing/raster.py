"""Pages of a PDF as pictures: the preview of a document is drawn from the very bytes that are printed."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2

from app.domain.errors import BadInput

_PREVIEW_DPI = 110
_POINTS_AN_INCH = 72.0
_MOST_PIXELS = 64e6  # A2 at 300 dpi has 35 million
_SHARPEST = 300 / _POINTS_AN_INCH  # a small page is not blown up beyond what a scanner gives
# PDFium keeps one state for the process: its own documentation forbids two threads in it at once.
_ONE_AT_A_TIME = threading.Lock()


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Raises BadInput PRN-155 for a PDF that is torn, encrypted or none."""
    with _ONE_AT_A_TIME:
        try:
            with pypdfium2.PdfDocument(pdf) as document:
                yield document
        except pypdfium2.PdfiumError as error:
            raise BadInput("PRN-155") from error


def _png(document: pypdfium2.PdfDocument, number: int, scale: float) -> bytes:
    page = document[number]
    png = io.BytesIO()
    page.render(scale=scale).to_pil().save(png, "PNG", compress_level=1)
    page.close()
    return png.getvalue()


def page_pictures(pdf: bytes, dpi: int = _PREVIEW_DPI) -> tuple[bytes, ...]:
    """PNG of every page of a document of our own making. Raises BadInput PRN-155 for what is no PDF."""
    with _opened(pdf) as document:
        return tuple(_png(document, number, dpi / _POINTS_AN_INCH) for number in range(len(document)))


def scanned_pages(pdf: bytes, dpi: int) -> Iterator[bytes]:
    """PNG of each page of anybody's PDF at that resolution, one after the other, none larger than ``_MOST_PIXELS``.

    Raises BadInput PRN-155.
    """
    with _opened(pdf) as document:
        for number in range(len(document)):
            page = document[number]
            width, height = page.get_size()
            page.close()
            if min(width, height) <= 0:
                raise BadInput("PRN-155")
            scale = min(dpi / _POINTS_AN_INCH, (_MOST_PIXELS / (width * height)) ** 0.5)
            yield _png(document, number, scale)


def page_picture(pdf: bytes, number: int, max_px: int) -> tuple[bytes, int, int]:
    """PNG of one page of anybody's PDF, its number from 0 (the last where there are fewer), how many there are.

    The longer side has ``max_px`` at most, whatever size the page claims. Raises BadInput PRN-155.
    """
    with _opened(pdf) as document:
        pages = len(document)
        if not pages:
            raise BadInput("PRN-155")
        number = min(max(number, 0), pages - 1)
        page = document[number]
        longest = max(page.get_size())
        page.close()
        if longest <= 0:
            raise BadInput("PRN-155")
        return _png(document, number, min(max_px / longest, _SHARPEST)), number, pages

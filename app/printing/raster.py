"""Pages of a PDF as pictures: the preview of a document is drawn from the very bytes that are printed."""

from __future__ import annotations

import io

import pypdfium2

from app.domain.errors import BadInput

_PREVIEW_DPI = 110
_POINTS_AN_INCH = 72.0
_MOST_PAGES = 40


def page_pictures(pdf: bytes, dpi: int = _PREVIEW_DPI) -> tuple[bytes, ...]:
    """PNG of every page, the first 40 at most. Raises BadInput PRN-148 for what is no PDF."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise BadInput("PRN-148") from error
    pictures = []
    with document:
        for number in range(min(len(document), _MOST_PAGES)):
            page = document[number]
            png = io.BytesIO()
            page.render(scale=dpi / _POINTS_AN_INCH).to_pil().save(png, "PNG")
            page.close()
            pictures.append(png.getvalue())
    return tuple(pictures)

"""Reads the codes back from the picture of the very bytes, before anything is sent."""

from __future__ import annotations

import io

import zxingcpp
from PIL import Image

from app.domain.errors import BadInput


def require_readable(picture: bytes, codes: tuple[str, ...]) -> None:
    """``picture``: PNG of the ticket. Raises BadInput PRN-130 when a QR or bar code does not read back as it should."""
    if not codes:
        return
    with Image.open(io.BytesIO(picture)) as paper:
        read = {result.text for result in zxingcpp.read_barcodes(paper)}
    missing = [code for code in codes if code not in read]
    if missing:
        raise BadInput("PRN-130", missing=len(missing), codes=len(codes))

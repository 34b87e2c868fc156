"""QR codes for pages and screens; those on tickets are drawn to the printer's dots (ticket.py)."""

from __future__ import annotations

import io

import qrcode

from app.domain.errors import BadInput


def qr_png(text: str) -> bytes:
    """PNG with the quiet zone of ISO/IEC 18004. Raises BadInput PRN-132 for more than a code holds."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    try:
        code.make(fit=True)
    except (qrcode.exceptions.DataOverflowError, ValueError) as error:
        raise BadInput("PRN-132", characters=len(text)) from error
    picture = io.BytesIO()
    code.make_image().save(picture)
    return picture.getvalue()

"""A4 documents as PDF with the fonts inside: a ticket's template on a whole page, plain text, pictures.

fpdf2 embeds a subset of whatever font the machine has, OpenType collections included (reportlab refuses those).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import qrcode
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont
from PIL import Image, ImageFont

from app.config.fonts import simplified_face
from app.domain.errors import BadInput, SetupFault
from app.imaging.decode import decode
from app.printing.template import Element, ElementKind
from app.printing.ticket import has_glyph

_MARGIN_MM = 20.0
_LINE_MM = 8.0
_TEXT_PT = 12
_QR_MM = 40.0  # with its quiet zone; the symbol itself stays above 25 mm
_FAMILY = "page"
_ALIGN = {"left": "L", "centre": "C", "right": "R"}


class PagePress:
    """Builds PDFs with one font file."""

    def __init__(self, font: Path) -> None:
        self._font = font
        self._probe = ImageFont.truetype(str(font), 24, index=simplified_face(font))

    def document(self, fields: Mapping[str, str], template: tuple[Element, ...]) -> bytes:
        """The same words as on the ticket, on A4. Raises SetupFault FNT-102."""
        with self._paper() as pdf:
            for element in template:
                if element.when and not fields[element.when]:
                    continue
                if element.kind is ElementKind.QR:
                    self._qr(pdf, fields[element.field])
                elif element.kind is ElementKind.RULE:
                    pdf.line(_MARGIN_MM, pdf.get_y() + 2, pdf.w - _MARGIN_MM, pdf.get_y() + 2)
                    pdf.ln(4)
                elif element.kind is ElementKind.FEED:
                    pdf.ln(_LINE_MM)
                elif element.kind is ElementKind.ROWS:
                    for row in fields[element.field].split("\n"):
                        self._row(pdf, row, element.high)
                elif element.kind in (ElementKind.TEXT, ElementKind.FIELD):
                    text = element.text.format_map(fields) if element.text else f"{element.label}：{fields[element.field]}"
                    self._text(pdf, text, max(element.wide, element.high), element.align)
            return bytes(pdf.output())

    def text(self, text: str) -> bytes:
        """Plain text, wrapped, on as many pages as it takes. Raises SetupFault FNT-102."""
        with self._paper() as pdf:
            self._text(pdf, text.expandtabs(4).replace("\r\n", "\n"), 1, "left")
            return bytes(pdf.output())

    def picture(self, data: bytes) -> bytes:
        """A picture as large as the page allows, never larger than its 150 dpi size. Raises BadInput IMG-10x."""
        pixels = decode(data).pixels
        with Image.fromarray(pixels[:, :, ::-1]) as picture:
            pdf = FPDF(orientation="landscape" if picture.width > picture.height else "portrait", format="A4")
            pdf.add_page()
            room = (pdf.w - 2 * _MARGIN_MM, pdf.h - 2 * _MARGIN_MM)
            scale = min(room[0] / picture.width, room[1] / picture.height, 25.4 / 150)
            pdf.image(picture, _MARGIN_MM, _MARGIN_MM, picture.width * scale, picture.height * scale)
        return bytes(pdf.output())

    @contextmanager
    def _paper(self) -> Iterator[FPDF]:
        """An empty page. fpdf2 keeps the font's file open for as long as the document lives: it is closed here."""
        pdf = FPDF(format="A4")
        pdf.set_margins(_MARGIN_MM, _MARGIN_MM)
        pdf.set_auto_page_break(True, _MARGIN_MM)
        pdf.add_font(_FAMILY, fname=str(self._font), collection_font_number=simplified_face(self._font))
        pdf.set_font(_FAMILY, size=_TEXT_PT)
        pdf.add_page()
        try:
            yield pdf
        finally:
            for font in pdf.fonts.values():
                if isinstance(font, TTFFont):
                    font.ttfont.close()

    def _text(self, pdf: FPDF, text: str, times: int, align: str) -> None:
        self._require_glyphs(text)
        pdf.set_font(_FAMILY, size=_TEXT_PT * times)
        pdf.multi_cell(0, _LINE_MM * times, text, align=_ALIGN[align], new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _row(self, pdf: FPDF, row: str, times: int) -> None:
        left, _, right = row.partition("\t")
        self._require_glyphs(left + right)
        pdf.set_font(_FAMILY, size=_TEXT_PT * times)
        height, room = _LINE_MM * times, pdf.w - 2 * _MARGIN_MM
        beside = pdf.get_string_width(left) + pdf.get_string_width(right) < room - 4
        if right and beside:
            pdf.cell(room, height, left)
            pdf.set_x(_MARGIN_MM)
            pdf.cell(room, height, right, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            return
        pdf.multi_cell(0, height, left, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        if right:
            pdf.multi_cell(0, height, right, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _require_glyphs(self, text: str) -> None:
        missing = next((c for c in text if c != "\n" and not has_glyph(self._probe, c)), None)
        if missing is not None:
            raise SetupFault("FNT-102", code_point=f"U+{ord(missing):04X}")

    def _qr(self, pdf: FPDF, text: str) -> None:
        code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
        code.add_data(text)
        try:
            code.make(fit=True)
        except (qrcode.exceptions.DataOverflowError, ValueError) as error:
            raise BadInput("PRN-132", characters=len(text)) from error
        picture = io.BytesIO()
        code.make_image().save(picture)
        pdf.image(picture, (pdf.w - _QR_MM) / 2, pdf.get_y(), _QR_MM, _QR_MM)
        pdf.set_y(pdf.get_y() + _QR_MM)

"""A4 documents as PDF with the fonts inside: a template on whole pages, plain text, pictures.

fpdf2 embeds a subset of whatever font the machine has, OpenType collections included (reportlab refuses those). A character
that the first font lacks is set in the next one that has it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont
from PIL import Image, ImageFont

from app.config.fonts import simplified_face
from app.domain.errors import SetupFault
from app.imaging.decode import decode
from app.printing import forms
from app.printing.codes import qr_png
from app.printing.commands import wrapped
from app.printing.forms import FAMILY, MARGIN_MM, NO_MARKS, PageMarks, Sheet
from app.printing.template import Element, ElementKind
from app.printing.ticket import has_glyph

_LINE_MM = 8.0
_TEXT_PT = 12
_QR_MM = 40.0  # with its quiet zone; the symbol itself stays above 25 mm
_ALIGN = {"left": "L", "centre": "C", "right": "R"}
_DOTS_A_MM = 8


class PagePress:
    """Builds PDFs with one font file; ``rare``: fonts for the characters it lacks, in order."""

    def __init__(self, font: Path, rare: tuple[Path, ...] = ()) -> None:
        self._fonts = (font, *rare)
        self._probes = [ImageFont.truetype(str(path), 24, index=simplified_face(path)) for path in self._fonts]

    def document(
        self, fields: Mapping[str, str], template: tuple[Element, ...], marks: PageMarks = NO_MARKS, photo: bytes = b""
    ) -> bytes:
        """What the template says, on A4. ``photo``: encoded, for a template that has a place for one.

        Raises SetupFault FNT-102, BadInput PRN-132, IMG-10x.
        """
        for text in (*fields.values(), marks.watermark, marks.foot):
            self._require_glyphs(text)
        with self._paper(marks) as pdf:
            for element in template:
                if not element.when or fields[element.when]:
                    self._element(pdf, element, fields, photo)
            return bytes(pdf.output())

    def _element(self, pdf: FPDF, element: Element, fields: Mapping[str, str], photo: bytes) -> None:
        kind = element.kind
        if kind is ElementKind.QR:
            self._qr(pdf, fields[element.field])
        elif kind is ElementKind.RULE:
            pdf.line(MARGIN_MM, pdf.get_y() + 2, pdf.w - MARGIN_MM, pdf.get_y() + 2)
            pdf.ln(4)
        elif kind is ElementKind.FEED:
            pdf.ln(_LINE_MM)
        elif kind is ElementKind.ROWS:
            for row in fields[element.field].split("\n"):
                self._row(pdf, row, element.high)
        elif kind is ElementKind.CELLS:
            forms.cells_row(pdf, element, fields)
        elif kind is ElementKind.TABLE:
            forms.table(pdf, element, fields[element.field])
        elif kind is ElementKind.BOX:
            forms.box(pdf, element.label, fields[element.field], element.height_mm)
        elif kind is ElementKind.PICTURE and photo:
            self._photo(pdf, photo, element.side_dots / _DOTS_A_MM)
        elif kind in (ElementKind.TEXT, ElementKind.FIELD):
            text = element.text.format_map(fields) if element.text else f"{element.label}：{fields[element.field]}"
            self._text(pdf, text, max(element.wide, element.high), element.align)

    def text(self, text: str) -> bytes:
        """Plain text, wrapped, on as many pages as it takes. Raises SetupFault FNT-102."""
        self._require_glyphs(text)
        with self._paper(NO_MARKS) as pdf:
            self._text(pdf, text.expandtabs(4).replace("\r\n", "\n"), 1, "left")
            return bytes(pdf.output())

    def picture(self, data: bytes) -> bytes:
        """A picture as large as the page allows, never larger than its 150 dpi size. Raises BadInput IMG-10x."""
        pixels = decode(data).pixels
        with Image.fromarray(pixels[:, :, ::-1]) as picture:
            pdf = FPDF(orientation="landscape" if picture.width > picture.height else "portrait", format="A4")
            pdf.add_page()
            room = (pdf.w - 2 * MARGIN_MM, pdf.h - 2 * MARGIN_MM)
            scale = min(room[0] / picture.width, room[1] / picture.height, 25.4 / 150)
            pdf.image(picture, MARGIN_MM, MARGIN_MM, picture.width * scale, picture.height * scale)
        return bytes(pdf.output())

    @contextmanager
    def _paper(self, marks: PageMarks) -> Iterator[FPDF]:
        """An empty page. fpdf2 keeps the fonts' files open for as long as the document lives: they are closed here."""
        pdf = Sheet(marks)
        families = [FAMILY, *(f"rare{number}" for number in range(1, len(self._fonts)))]
        for family, font in zip(families, self._fonts, strict=True):
            pdf.add_font(family, fname=str(font), collection_font_number=simplified_face(font))
        if families[1:]:
            pdf.set_fallback_fonts(families[1:], exact_match=False)
        pdf.set_font(FAMILY, size=_TEXT_PT)
        pdf.add_page()
        try:
            yield pdf
        finally:
            for font_used in pdf.fonts.values():
                if isinstance(font_used, TTFFont):
                    font_used.ttfont.close()

    def _text(self, pdf: FPDF, text: str, times: int, align: str) -> None:
        pdf.set_font(FAMILY, size=_TEXT_PT * times)
        for line in wrapped(text, pdf.epw - 2 * pdf.c_margin, forms.measure(pdf)):
            pdf.cell(0, _LINE_MM * times, line, align=_ALIGN[align], new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _row(self, pdf: FPDF, row: str, times: int) -> None:
        left, _, right = row.partition("\t")
        pdf.set_font(FAMILY, size=_TEXT_PT * times)
        height, room = _LINE_MM * times, pdf.w - 2 * MARGIN_MM
        beside = pdf.get_string_width(left) + pdf.get_string_width(right) < room - 4
        if right and beside:
            pdf.cell(room, height, left)
            pdf.set_x(MARGIN_MM)
            pdf.cell(room, height, right, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            return
        pdf.multi_cell(0, height, left, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        if right:
            pdf.multi_cell(0, height, right, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _require_glyphs(self, text: str) -> None:
        missing = next((c for c in text if c not in "\n\r\t" and not self._is_drawn(c)), None)
        if missing is not None:
            raise SetupFault("FNT-102", code_point=f"U+{ord(missing):04X}")

    def _is_drawn(self, character: str) -> bool:
        return any(has_glyph(probe, character) for probe in self._probes)

    def _qr(self, pdf: FPDF, text: str) -> None:
        picture = io.BytesIO(qr_png(text))
        if pdf.will_page_break(_QR_MM):
            pdf.add_page()
        pdf.image(picture, (pdf.w - _QR_MM) / 2, pdf.get_y(), _QR_MM, _QR_MM)
        pdf.set_y(pdf.get_y() + _QR_MM)

    def _photo(self, pdf: FPDF, data: bytes, width_mm: float) -> None:
        pixels = decode(data).pixels
        height_mm = width_mm * pixels.shape[0] / pixels.shape[1]
        with Image.fromarray(pixels[:, :, ::-1]) as picture:
            pdf.image(picture, (pdf.w - width_mm) / 2, pdf.get_y(), width_mm, height_mm)
        pdf.set_y(pdf.get_y() + height_mm + 3)

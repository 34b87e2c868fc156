"""A4 documents as PDF with the fonts inside: a template on whole pages, plain text, pictures.

fpdf2 embeds whatever font the machine has, OpenType collections included (reportlab refuses those), cut to the document's
own characters beforehand. A character that the first font lacks is set in the next one that has it.
"""

from __future__ import annotations

import io
import string
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont
from PIL import Image

from app.domain.errors import SetupFault
from app.imaging.decode import decode
from app.printing import forms
from app.printing.codes import qr_png
from app.printing.commands import wrapped
from app.printing.cut_font import CutFont
from app.printing.forms import FAMILY, FOOT, MARGIN_MM, NO_MARKS, PageMarks, Sheet
from app.printing.template import Element, ElementKind

_COLON = "："
_LINE_MM = 8.0
_TEXT_PT = 12
_QR_MM = 40.0  # with its quiet zone; the symbol itself stays above 25 mm
_ALIGN = {"left": "L", "centre": "C", "right": "R"}
_DOTS_A_MM = 8
_UNPRINTED = frozenset("\n\r\t")
_ALWAYS = frozenset(string.ascii_letters + string.digits + string.punctuation + f" {_COLON}{FOOT}")


class PagePress:
    """Builds PDFs with one font file; ``rare``: fonts for the characters it lacks, in order."""

    def __init__(self, font: Path, rare: tuple[Path, ...] = ()) -> None:
        self._fonts = [CutFont(path) for path in (font, *rare)]

    def document(
        self, fields: Mapping[str, str], template: tuple[Element, ...], marks: PageMarks = NO_MARKS, photo: bytes = b""
    ) -> bytes:
        """What the template says, on A4. ``photo``: encoded, for a template that has a place for one.

        Raises SetupFault FNT-102, BadInput PRN-132, IMG-10x.
        """
        with self._paper(marks, (*fields.values(), *_own_words(template))) as pdf:
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
            text = element.text.format_map(fields) if element.text else f"{element.label}{_COLON}{fields[element.field]}"
            self._text(pdf, text, max(element.wide, element.high), element.align)

    def text(self, text: str) -> bytes:
        """Plain text, wrapped, on as many pages as it takes. Raises SetupFault FNT-102."""
        with self._paper(NO_MARKS, (text,)) as pdf:
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
    def _paper(self, marks: PageMarks, texts: Iterable[str]) -> Iterator[FPDF]:
        """An empty page with fonts for those texts. Raises SetupFault FNT-102."""
        missing = {c for text in (*texts, marks.watermark, marks.foot) for c in text} - _UNPRINTED
        missing |= _ALWAYS
        pdf = Sheet(marks)
        for number, font in enumerate(self._fonts):
            found = missing & font.characters
            if found or not number:
                _add_font(pdf, f"rare{number}" if number else FAMILY, font.cut(found))
            missing -= found
        if missing:
            raise SetupFault("FNT-102", code_point=f"U+{ord(min(missing)):04X}")
        pdf.set_fallback_fonts([family for family in pdf.fonts if family != FAMILY], exact_match=False)
        pdf.set_font(FAMILY, size=_TEXT_PT)
        pdf.add_page()
        yield pdf

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


def _own_words(template: tuple[Element, ...]) -> Iterator[str]:
    for element in template:
        yield from (element.text, element.label)
        yield from (word for label, text, _ in element.cells for word in (label, text))


def _add_font(pdf: FPDF, family: str, data: bytes) -> None:
    """``FPDF.add_font`` wants a file, but a font cut to a person's name must not lie on a disk: fontTools reads streams."""
    pdf.fonts[family] = TTFFont(pdf, cast(Path, io.BytesIO(data)), family, "")

"""Boxes of an A4 form: cells side by side, tables, boxes to write in; and what stands on every page: watermark, foot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fpdf import FPDF

from app.printing.commands import wrapped
from app.printing.template import Element

MARGIN_MM = 20.0
LINE_MM = 7.0
TEXT_PT = 11
FAMILY = "page"
FOOT = "{foot}　第 {page} 页"
_LABEL_MM = 30.0
_PADDING_MM = 1.6
_TALL_MM = 40.0
_GREY = 243
_WATERMARK_GREY, _WATERMARK_PT, _WATERMARK_TURN = 222, 15, 32
_WATERMARK_STEP_MM = 68.0
_FOOT_MM, _FOOT_PT = 12.0, 8


@dataclass(frozen=True)
class PageMarks:
    """What stands on every page, "" for nothing. ``foot`` is followed by the page's number."""

    watermark: str = ""
    foot: str = ""


NO_MARKS = PageMarks()


class Sheet(FPDF):
    """A4 pages with their marks; the font must be added before the first page."""

    def __init__(self, marks: PageMarks = NO_MARKS) -> None:
        super().__init__(format="A4")
        self._page_marks = marks
        self.set_margins(MARGIN_MM, MARGIN_MM)
        self.set_auto_page_break(True, MARGIN_MM)

    def header(self) -> None:
        """The watermark, under everything else."""
        text = self._page_marks.watermark
        if not text:
            return
        self.set_font(FAMILY, size=_WATERMARK_PT)
        self.set_text_color(_WATERMARK_GREY)
        y = _WATERMARK_STEP_MM * 0.7
        while y < self.h + _WATERMARK_STEP_MM:
            with self.rotation(_WATERMARK_TURN, MARGIN_MM, y):
                self.text(MARGIN_MM, y, text)
            y += _WATERMARK_STEP_MM
        self.set_text_color(0)

    def footer(self) -> None:
        """Whose page it is and which of how many."""
        if not self._page_marks.foot:
            return
        self.set_y(-_FOOT_MM)
        self.set_font(FAMILY, size=_FOOT_PT)
        self.cell(0, 4, FOOT.format(foot=self._page_marks.foot, page=self.page_no()), align="C")


@dataclass(frozen=True)
class _Cell:
    text: str
    width: float
    is_label: bool


def cells_row(pdf: FPDF, element: Element, fields: Mapping[str, str]) -> None:
    """One row of labels and values; a long value makes the row higher."""
    share = (pdf.epw - _LABEL_MM * len(element.cells)) / sum(weight for _, _, weight in element.cells)
    row = []
    for label, text, weight in element.cells:
        row += [_Cell(label, _LABEL_MM, True), _Cell(text.format_map(fields), share * weight, False)]
    _band(pdf, row, element.height_mm)


def table(pdf: FPDF, element: Element, rows: str) -> None:
    """A head and lines of tab-separated cells; nothing but the head when there is no line."""
    share = pdf.epw / sum(weight for _, _, weight in element.cells)
    head = [_Cell(label, share * weight, True) for label, _, weight in element.cells]
    _band(pdf, head, 0.0)
    for line in rows.split("\n") if rows else ():
        texts = [*line.split("\t"), *[""] * len(head)]
        _band(pdf, [_Cell(text, cell.width, False) for text, cell in zip(texts, head, strict=False)], 0.0)


def box(pdf: FPDF, label: str, text: str, height_mm: float) -> None:
    """A label and, beneath it, text in a frame of at least ``height_mm``."""
    _band(pdf, [_Cell(label, pdf.epw, True)], 0.0)
    _band(pdf, [_Cell(text, pdf.epw, False)], height_mm)


def measure(pdf: FPDF) -> Callable[[str], float]:
    """Widths in mm in the font set now; each character is measured once (nothing is kerned here)."""
    widths: dict[str, float] = {}

    def width(text: str) -> float:
        for character in set(text) - widths.keys():
            widths[character] = pdf.get_string_width(character)
        return sum(widths[character] for character in text)

    return width


def _lines(pdf: FPDF, cell: _Cell) -> list[str]:
    width = cell.width - 2 * _PADDING_MM
    return wrapped(cell.text, width - 2 * pdf.c_margin, measure(pdf))


def _band(pdf: FPDF, row: Sequence[_Cell], height_mm: float) -> None:
    """One row of frames; what is higher than a page goes on in a further row."""
    pdf.set_font(FAMILY, size=TEXT_PT)
    columns = [_lines(pdf, cell) for cell in row]
    most = int((pdf.h - 2 * MARGIN_MM - _PADDING_MM) // LINE_MM)
    for first in range(0, max(map(len, columns)), most):
        parts = [column[first : first + most] for column in columns]
        _frames(pdf, row, parts, height_mm if first == 0 else 0.0)


def _frames(pdf: FPDF, row: Sequence[_Cell], parts: Sequence[Sequence[str]], height_mm: float) -> None:
    height = max(height_mm, max(map(len, parts)) * LINE_MM + _PADDING_MM)
    if pdf.will_page_break(height):
        pdf.add_page()
        pdf.set_font(FAMILY, size=TEXT_PT)
    x, y = pdf.l_margin, pdf.get_y()
    for cell, lines in zip(row, parts, strict=True):
        if cell.is_label:
            pdf.set_fill_color(_GREY)
        pdf.rect(x, y, cell.width, height, style="DF" if cell.is_label else "D")
        # A tall box is written in from its top, everything else stands in the middle.
        above = (height - len(lines) * LINE_MM) / 2 if height < _TALL_MM or cell.is_label else _PADDING_MM / 2
        for number, line in enumerate(lines):
            pdf.set_xy(x + _PADDING_MM, y + above + number * LINE_MM)
            pdf.cell(cell.width - 2 * _PADDING_MM, LINE_MM, line, align="C" if cell.is_label else "L")
        x += cell.width
    pdf.set_xy(pdf.l_margin, y + height)

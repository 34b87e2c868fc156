"""Scanned pages as one PDF/A-2u (ISO 19005-2): the pictures as they are, what was read of them invisible behind."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import cast

from fpdf import FPDF
from fpdf.enums import DocumentCompliance, TextMode
from fpdf.fonts import TTFFont

from app.printing.cut_font import CutFont

_FAMILY = "behind"
_MM, _POINT_MM = 25.4, 25.4 / 72
_ASCENT = 0.88  # of the size: where the line's foot stands in its box


@dataclass(frozen=True)
class Behind:
    """A line that was read: place and size as shares of the page."""

    text: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Leaf:
    """One page: an upright JPEG of ``width_px`` × ``height_px`` at ``dpi``."""

    jpeg: bytes = field(repr=False)
    width_px: int
    height_px: int
    dpi: float
    lines: tuple[Behind, ...]


def searchable_pdf(title: str, leaves: Sequence[Leaf], font: Path, created: datetime) -> bytes:
    """Characters that the font lacks are left out of what can be found. Raises ValueError for no leaves."""
    if not leaves:
        raise ValueError("no leaves")
    cut = CutFont(font)
    characters = {c for leaf in leaves for line in leaf.lines for c in line.text} & cut.characters
    pdf = FPDF(unit="mm", enforce_compliance=DocumentCompliance.PDFA_2U)
    pdf.set_title(title)
    pdf.set_creation_date(created)
    pdf.set_auto_page_break(False)
    pdf.fonts[_FAMILY] = TTFFont(pdf, cast(Path, io.BytesIO(cut.cut(characters | {" "}))), _FAMILY, "")
    for leaf in leaves:
        width, height = (side / leaf.dpi * _MM for side in (leaf.width_px, leaf.height_px))
        pdf.add_page(format=(width, height))
        pdf.image(io.BytesIO(leaf.jpeg), 0, 0, width, height)
        with pdf.local_context(text_mode=TextMode.INVISIBLE):
            for line in leaf.lines:
                _behind(pdf, line, (width, height), characters)
    return bytes(pdf.output())


def _behind(pdf: FPDF, line: Behind, page: tuple[float, float], characters: set[str]) -> None:
    """As wide as it stands on the page, so that marking it marks the picture's line."""
    text = "".join(c for c in line.text if c in characters)
    if not text:
        return
    size_mm = line.height * page[1] * 0.8
    pdf.set_font(_FAMILY, size=max(1.0, size_mm / _POINT_MM))
    natural = pdf.get_string_width(text)
    pdf.set_stretching(100.0 * line.width * page[0] / natural if natural else 100.0)
    pdf.text(line.left * page[0], (line.top + line.height * _ASCENT) * page[1], text)
    pdf.set_stretching(100.0)

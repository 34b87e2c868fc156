"""Drawn pages of a pile: text, table, stamp, blank backs, ID-1 cards; every one carries its number, machine-readable.

All names and numbers are invented; ID numbers lie in the unassigned region 999999.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from devices.simulators.letters import letters

_MM_PER_INCH = 25.4
_INK, _LINE, _STAMP = (40, 40, 48), (110, 110, 120), (200, 30, 40)
_PAPER, _CARD = (250, 249, 246), (214, 226, 236)
# The number strip: sixteen squares along the top edge, most significant first, then their complement.
_MARK_MM, _MARK_LEFT_MM, _MARK_TOP_MM = 3.0, 20.0, 6.0
_MARK_BITS = 8


class PageKind(Enum):
    """What is on a page."""

    TEXT = "text"
    TABLE = "table"
    STAMP = "stamp"
    BLANK = "blank"
    CARD = "card"
    PICTURE = "picture"  # a page of a file that was laid in


@dataclass(frozen=True)
class Sheet:
    """What one page shows. ``number`` 0 to 255 is in the strip of squares (not on cards, blank pages and pictures).

    ``picture``: the file of a PICTURE, drawn as large as the sheet.
    """

    kind: PageKind
    number: int
    width_mm: float = 210.0
    height_mm: float = 297.0
    picture: Path | None = None


A4_KINDS = (PageKind.TEXT, PageKind.TABLE, PageKind.STAMP)
CARD_MM = (85.6, 53.98)

_NAMES = ("欧阳示例", "示例甲", "测试乙乙")
_LINES = (
    "测试材料 第 {n} 页（训练用，非真实文书）",
    "当事人：欧阳示例    证件号码：999999199003071015",
    "兹证明上述人员于本窗口办理测试业务，所附材料齐全。",
    "本页文字仅用于检验扫描仪、纠偏、去空白页与文字识别。",
    "The quick brown fox jumps over the lazy dog 0123456789",
)


def pile(count: int) -> tuple[Sheet, ...]:
    """The fronts of a pile: text, table and stamp in turn, numbered from 1."""
    return tuple(Sheet(A4_KINDS[i % len(A4_KINDS)], i + 1) for i in range(count))


def draw(sheet: Sheet, dpi: int, font: Path | None = None) -> Image.Image:
    """RGB picture of the sheet's own size. ``font`` a Chinese one; without it Pillow's Latin letters."""
    scale = dpi / _MM_PER_INCH
    size = (round(sheet.width_mm * scale), round(sheet.height_mm * scale))
    if sheet.picture is not None:
        with Image.open(sheet.picture) as file:
            return file.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    card = sheet.kind is PageKind.CARD
    picture = Image.new("RGB", size, _CARD if card else _PAPER)
    if sheet.kind is PageKind.BLANK:
        return picture
    pen = _Pen(ImageDraw.Draw(picture), scale, font)
    if card:
        _draw_card(pen, sheet)
        return picture
    _draw_number(pen, sheet.number)
    _draw_lines(pen, sheet)
    if sheet.kind is PageKind.TABLE:
        _draw_table(pen, sheet)
    elif sheet.kind is PageKind.STAMP:
        _draw_stamp(pen, sheet)
    return picture


@dataclass(frozen=True)
class _Pen:
    """Draws in millimetres."""

    canvas: ImageDraw.ImageDraw
    scale: float
    font: Path | None

    def box(self, x: float, y: float, width: float, height: float, **colours: object) -> None:
        s = self.scale
        self.canvas.rectangle((x * s, y * s, (x + width) * s - 1, (y + height) * s - 1), **colours)  # type: ignore[arg-type]  # Pillow's own names

    def text(self, x: float, y: float, words: str, height_mm: float, fill: tuple[int, int, int] = _INK) -> None:
        font = letters(self.font, max(round(height_mm * self.scale), 4))
        if self.font is None:
            words = words.encode("ascii", "replace").decode()
        self.canvas.text((x * self.scale, y * self.scale), words, fill=fill, font=font)


def _squares(number: int) -> list[bool]:
    bits = [bool(number >> (_MARK_BITS - 1 - i) & 1) for i in range(_MARK_BITS)]
    return bits + [not bit for bit in bits]


def _draw_number(pen: _Pen, number: int) -> None:
    for index, dark in enumerate(_squares(number)):
        if dark:
            pen.box(_MARK_LEFT_MM + index * _MARK_MM, _MARK_TOP_MM, _MARK_MM, _MARK_MM, fill=(0, 0, 0))


def number_of(picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], dpi: float) -> int | None:
    """The number in the strip of an upright page (grey or colour); None where there is none."""
    grey = picture if picture.ndim == 2 else picture.mean(axis=2)
    scale = dpi / _MM_PER_INCH
    y = round((_MARK_TOP_MM + _MARK_MM / 2) * scale)
    xs = [round((_MARK_LEFT_MM + (i + 0.5) * _MARK_MM) * scale) for i in range(2 * _MARK_BITS)]
    if y >= grey.shape[0] or xs[-1] >= grey.shape[1]:
        return None
    dark = [bool(grey[y, x] < 128) for x in xs]
    if dark[_MARK_BITS:] != [not d for d in dark[:_MARK_BITS]]:
        return None
    return sum(bit << (_MARK_BITS - 1 - i) for i, bit in enumerate(dark[:_MARK_BITS]))


def _draw_lines(pen: _Pen, sheet: Sheet) -> None:
    for index in range(28 if sheet.kind is PageKind.TEXT else 9):
        height = 5.0 if index == 0 else 3.6
        pen.text(22, 22 + index * 8.4, _LINES[index % len(_LINES)].format(n=sheet.number), height)


def _draw_table(pen: _Pen, sheet: Sheet) -> None:
    top, row, columns = 110.0, 11.0, (22.0, 52.0, 112.0, 188.0)
    for line in range(13):
        pen.box(columns[0], top + line * row, columns[-1] - columns[0], 0.35, fill=_LINE)
    for x in columns:
        pen.box(x, top, 0.35, 12 * row, fill=_LINE)
    for line in range(12):
        pen.text(24, top + line * row + 3, f"{line + 1}", 3.6)
        pen.text(54, top + line * row + 3, f"材料 {sheet.number}-{line + 1}", 3.6)


def _draw_stamp(pen: _Pen, sheet: Sheet) -> None:
    s = pen.scale
    centre, radius = (150.0, 220.0), 20.0
    corners = [(c - radius) * s for c in centre] + [(c + radius) * s for c in centre]
    pen.canvas.ellipse(corners, outline=_STAMP, width=max(round(1.2 * s), 1))
    pen.text(centre[0] - 14, centre[1] - 3, "测试专用章", 5.2, _STAMP)


def _draw_card(pen: _Pen, sheet: Sheet) -> None:
    pen.text(6, 8, f"姓名  {_NAMES[sheet.number % len(_NAMES)]}", 3.6)
    pen.text(6, 18, "性别  女   民族  汉", 3.2)
    pen.text(6, 28, "住址  测试市示例路 1 号", 3.2)
    pen.text(6, 43, f"99999919900307{sheet.number % 10000:04}", 4.0)
    # Cards differ in their portraits more than in anything else.
    shade = 90 + sheet.number * 47 % 110
    pen.box(59, 8, 20, 27, fill=(shade, shade + 8, shade + 14))
    pen.box(64, 12 + sheet.number % 3, 10, 13, fill=(225, 190, 165))

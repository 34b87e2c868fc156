"""Facts and a template → the very bytes for an ESC/POS printer.

Each character is looked up in the printer's verified character set; a line with one that is not in it is drawn and sent
as a raster, so that nobody's name becomes a question mark and no name is set in two faces. QR codes are rasters of ours:
what was read back before sending is what is printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import qrcode
from PIL import Image, ImageDraw, ImageFont

from app.config.fonts import simplified_face
from app.domain.errors import BadInput, SetupFault
from app.imaging.decode import decode_small
from app.printing import commands
from app.printing.charset import Charset
from app.printing.template import Element, ElementKind

_GAP = 8
_QR_QUIET_MODULES = 4  # ISO/IEC 18004
_QR_LEAST_MODULE_DOTS = 3  # 0.375 mm at 203 dpi
_SIZES = {1: 20, 2: 24}  # letters of one cell and of two, as printers' own fonts have them
_LARGEST_OWN_CHINESE = 2  # FS ! doubles, no more


@dataclass(frozen=True)
class Ticket:
    """``data``: from initialise to cut. ``codes``: what every QR and bar code on it must read back as."""

    data: bytes
    codes: tuple[str, ...]


class TicketPrinter:
    """Builds tickets for one paper width and one printer's characters, with one font for the rest."""

    def __init__(self, width_dots: int, font: Path, charset: Charset) -> None:
        self._width = width_dots
        self._font_path = font
        self._charset = charset

    def job(self, fields: Mapping[str, str], template: tuple[Element, ...], picture: bytes = b"") -> Ticket:
        """The ticket; ``picture`` is an encoded photo for an element that wants one.

        Raises SetupFault FNT-102 for a glyph no font here has, BadInput PRN-132 for a code too long for the paper.
        """
        data = bytearray(commands.INITIALISE)
        codes: list[str] = []
        for element in template:
            if (element.when and not fields[element.when]) or element.min_dots > self._width:
                continue
            if element.kind in (ElementKind.QR, ElementKind.BARCODE):
                codes.append(fields[element.field])
            data += self._bytes(element, fields, picture)
        return Ticket(bytes(data) + commands.FEED_AND_CUT, tuple(codes))

    def _bytes(self, element: Element, fields: Mapping[str, str], picture: bytes) -> bytes:
        if element.kind is ElementKind.FEED:
            return commands.FEED_LINE
        if element.kind is ElementKind.RULE:
            return self.line("-" * (self._width // commands.CELL_DOTS))
        if element.kind is ElementKind.BARCODE:
            return commands.centred(commands.code128_command(fields[element.field]))
        if element.kind is ElementKind.QR:
            return commands.centred(commands.raster_command(self._qr(fields[element.field], element.side_dots)))
        if element.kind is ElementKind.PICTURE:
            return commands.centred(commands.raster_command(dithered(picture, element.side_dots))) if picture else b""
        columns = self._width // commands.CELL_DOTS // element.wide
        if element.kind is ElementKind.ROWS:
            lines = [line for row in fields[element.field].split("\n") for line in _justified(row, columns)]
        else:
            text = element.text.format_map(fields) if element.text else f"{element.label}：{fields[element.field]}"
            lines = commands.wrapped(text, columns)
        return b"".join(self.line(line, element.align, element.wide, element.high) for line in lines)

    def line(self, text: str, align: str = "left", wide: int = 1, high: int = 1) -> bytes:
        """One line, spelt by the printer where it can, drawn where it cannot. Raises SetupFault FNT-102."""
        too_large = max(wide, high) > _LARGEST_OWN_CHINESE and not text.isascii()
        if self._charset.spells(text) and not too_large:
            return commands.text_line(text, align, wide, high)
        return self.drawn_line(text, align, wide, high)

    def drawn_line(self, text: str, align: str = "left", wide: int = 1, high: int = 1) -> bytes:
        """One line as a raster of our own. Raises SetupFault FNT-102."""
        face = simplified_face(self._font_path)
        fonts = {cell: ImageFont.truetype(str(self._font_path), size * high, index=face) for cell, size in _SIZES.items()}
        missing = next((c for c in text if not _has_glyph(fonts[2], c)), None)
        if missing is not None:
            raise SetupFault("FNT-102", code_point=f"U+{ord(missing):04X}")
        cell_dots, height = commands.CELL_DOTS * high, (commands.LINE_DOTS + _GAP) * high
        letters = Image.new("1", (max(1, commands.cells(text)) * cell_dots, height), 1)
        draw, used = ImageDraw.Draw(letters), 0
        for character in text:
            taken = commands.cells(character)
            place = ((used + taken / 2) * cell_dots, height / 2)
            draw.text(place, character, fill=0, font=fonts[taken], anchor="mm")
            used += taken
        if wide != high:
            letters = letters.resize((letters.width * wide // high, height), Image.Resampling.NEAREST)
        picture = Image.new("1", (self._width, height), 1)
        space = self._width - letters.width
        picture.paste(letters, ({"left": 0, "centre": space // 2, "right": space}[align], 0))
        return commands.raster_command(picture)

    def _qr(self, text: str, side_dots: int) -> Image.Image:
        code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=_QR_QUIET_MODULES)
        try:
            code.add_data(text)
            code.make(fit=True)
        except (qrcode.exceptions.DataOverflowError, ValueError) as error:
            raise BadInput("PRN-132", characters=len(text)) from error
        matrix = code.get_matrix()
        wanted = -(-side_dots // (len(matrix) - 2 * _QR_QUIET_MODULES))
        module = min(max(_QR_LEAST_MODULE_DOTS, wanted), self._width // len(matrix))
        if module < _QR_LEAST_MODULE_DOTS:
            raise BadInput("PRN-132", characters=len(text))
        picture = Image.new("1", (len(matrix), len(matrix)), 1)
        picture.putdata([0 if cell else 1 for row in matrix for cell in row])
        side = len(matrix) * module
        return picture.resize((side, side), Image.Resampling.NEAREST)


def _justified(row: str, columns: int) -> list[str]:
    """``left TAB right`` at both edges of one line, on two where they do not fit beside each other."""
    left, _, right = row.partition("\t")
    gap = columns - commands.cells(left) - commands.cells(right)
    if not right:
        return commands.wrapped(left, columns)
    if gap >= 1:
        return [left + " " * gap + right]
    indented = [" " * (columns - commands.cells(line)) + line for line in commands.wrapped(right, columns)]
    return [*commands.wrapped(left, columns), *indented]


def _has_glyph(font: ImageFont.FreeTypeFont, character: str) -> bool:
    """Whether the font draws this character as itself, not as its box for what it lacks."""
    if character.isspace():
        return True
    absent = font.getmask("\U0010fffe")
    shape = font.getmask(character)
    return shape.size != absent.size or bytes(shape) != bytes(absent)


def dithered(photo: bytes, width_dots: int) -> Image.Image:
    """An encoded photo as black dots, ``width_dots`` wide. Raises BadInput IMG-10x for what is no picture."""
    blue_green_red = decode_small(photo, width_dots)
    grey = Image.fromarray(blue_green_red[:, :, ::-1]).convert("L")
    return grey.resize((width_dots, round(grey.height * width_dots / grey.width))).convert("1")

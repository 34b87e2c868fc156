"""The receipt: facts and template → the very bytes for an ESC/POS printer.

Chinese text goes out as GB 18030 in its two-byte zones, which is what domestic printers carry; a line with any other
character (rare names, four-byte GB 18030) is drawn and sent as a raster, so that nobody's name becomes a question mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from app.domain.errors import SetupFault
from app.printing.template import Element, ElementKind

_CELL = 12  # dots of a half-width character of font A; Chinese characters take two
_LINE = 24
_MODULE = 2  # dots a Code 128 module
_QR_MODULE = 6
_INITIALISE = b"\x1b@"
_CHINESE_ON = b"\x1c&"


@dataclass(frozen=True)
class ReceiptFacts:
    """Everything a receipt may say. ``copy`` 0 = first print, n = 补打 n."""

    station: str
    name: str
    id_number: str
    standards: tuple[str, ...]
    numbers: tuple[str, ...]
    taken: str
    terminal: str
    officer: str
    printed: str
    copy: int
    training: bool

    def fields(self) -> dict[str, str]:
        """As the template names them. The ID number is masked: a receipt gets lost."""
        masked = self.id_number[:6] + "*" * 8 + self.id_number[-4:]
        return {
            "station": self.station,
            "name": self.name,
            "id_masked": masked,
            "standards": "、".join(self.standards),
            "numbers": "\n".join(self.numbers),
            "first_number": self.numbers[0],
            "qr": "\n".join(self.numbers),
            "taken": self.taken,
            "terminal": self.terminal,
            "officer": self.officer,
            "printed": self.printed,
            "copy": str(self.copy) if self.copy else "",
            "training": "1" if self.training else "",
        }


def cells(text: str) -> int:
    """Width in half-width characters."""
    return sum(1 if ord(c) < 0x80 else 2 for c in text)


def printable(text: str) -> bool:
    """Whether every character is ASCII or lies in GB 18030's two-byte zones."""
    return all(" " <= c <= "~" or (ord(c) > 0x7F and _two_bytes(c)) for c in text)


def _two_bytes(character: str) -> bool:
    try:
        return len(character.encode("gb18030")) == 2
    except UnicodeEncodeError:
        return False  # a lone surrogate


def wrapped(text: str, columns: int) -> list[str]:
    """Lines of at most ``columns`` half-width cells; never cuts a character."""
    lines, line, used = [], "", 0
    for character in text:
        width = cells(character)
        if character == "\n" or used + width > columns:
            lines.append(line)
            line, used = "", 0
        if character != "\n":
            line, used = line + character, used + width
    return [*lines, line]


class ReceiptPrinter:
    """Builds receipts for one paper width with one font for what the printer cannot spell."""

    def __init__(self, width_dots: int, font: Path) -> None:
        self._width = width_dots
        self._font_path = font

    def job(self, facts: ReceiptFacts, template: tuple[Element, ...]) -> bytes:
        """ESC/POS bytes, from initialise to cut. Raises SetupFault FNT-102 for a glyph no font here has."""
        # At import the library writes its capability table into a temporary folder: not before a receipt is wanted.
        from escpos.printer import Dummy  # noqa: PLC0415

        paper = Dummy()
        paper._raw(_INITIALISE + _CHINESE_ON)
        fields = facts.fields()
        for element in template:
            if element.when and not fields[element.when]:
                continue
            if element.min_dots <= self._width:
                self._put(paper, element, fields)
        paper._raw(b"\x1bd\x03\x1dV\x42\x00")  # feed three lines, partial cut
        return bytes(paper.output)

    def _put(self, paper: Any, element: Element, fields: dict[str, str]) -> None:
        if element.kind is ElementKind.FEED:
            paper._raw(b"\x1bd\x01")
        elif element.kind is ElementKind.RULE:
            self._line(paper, "-" * (self._width // _CELL), "left", 1)
        elif element.kind is ElementKind.BARCODE:
            paper._raw(b"\x1ba\x01" + code128_command(fields[element.field]) + b"\x1ba\x00")
        elif element.kind is ElementKind.QR:
            paper._raw(b"\x1ba\x01" + qr_command(fields[element.field].encode("ascii")) + b"\n\x1ba\x00")
        else:
            text = element.text.format(**fields) if element.text else f"{element.label}：{fields[element.field]}"
            for line in wrapped(text, self._width // _CELL // element.size):
                self._line(paper, line, element.align, element.size)

    def _line(self, paper: Any, text: str, align: str, size: int) -> None:
        if not printable(text):
            paper._raw(raster_command(self._drawn(text, align, size)))
            return
        double = (size - 1) * 0x11
        paper._raw(b"\x1ba" + (b"\x01" if align == "centre" else b"\x00") + b"\x1d!" + bytes((double,)))
        # Chinese characters take their size from FS ! on printers that ignore GS ! for them.
        paper._raw(b"\x1c!" + (b"\x0c" if size > 1 else b"\x00") + text.encode("gb18030") + b"\n")
        paper._raw(b"\x1d!\x00\x1c!\x00\x1ba\x00")

    def _drawn(self, text: str, align: str, size: int) -> Image.Image:
        font = ImageFont.truetype(str(self._font_path), _LINE * size)
        missing = next((c for c in text if not has_glyph(font, c)), None)
        if missing is not None:
            raise SetupFault("FNT-102", code_point=f"U+{ord(missing):04X}")
        picture = Image.new("1", (self._width, (_LINE + 8) * size), 1)
        draw = ImageDraw.Draw(picture)
        width = draw.textlength(text, font=font)
        left = (self._width - width) / 2 if align == "centre" else 0
        draw.text((left, picture.height / 2), text, fill=0, font=font, anchor="lm")
        return picture


def has_glyph(font: ImageFont.FreeTypeFont, character: str) -> bool:
    """Whether the font draws this character as itself, not as its box for what it lacks."""
    if character.isspace():
        return True
    absent = font.getmask("\U0010fffe")
    shape = font.getmask(character)
    return shape.size != absent.size or bytes(shape) != bytes(absent)


def code128_command(text: str) -> bytes:
    """GS k, Code 128 (ISO/IEC 15417): digits in pairs by code set C, the rest by B, so that it fits the paper."""
    data = b""
    position = 0
    while position < len(text):
        run = 0
        while position + run < len(text) and text[position + run].isdecimal() and text[position + run].isascii():
            run += 1
        run -= run % 2
        if run >= 4:
            data += b"{C" + bytes(int(text[i : i + 2]) for i in range(position, position + run, 2))
            position += run
            continue
        end = position + max(run, 1)
        while end < len(text) and not text[end : end + 4].isdecimal():
            end += 1
        data += b"{B" + text[position:end].encode("ascii").replace(b"{", b"{{")
        position = end
    height, width, no_text = b"\x1dh\x50", b"\x1dw" + bytes((_MODULE,)), b"\x1dH\x00"
    return height + width + no_text + b"\x1dk\x49" + bytes((len(data),)) + data


def raster_command(picture: Image.Image) -> bytes:
    """GS v 0: a one-bit picture, black dots set."""
    width = (picture.width + 7) // 8
    bits = bytes(byte ^ 0xFF for byte in picture.tobytes())
    return b"\x1dv0\x00" + width.to_bytes(2, "little") + picture.height.to_bytes(2, "little") + bits


def qr_command(data: bytes) -> bytes:
    """GS ( k, QR model 2, error correction M (ISO/IEC 18004): module 0.75 mm at 203 dpi."""

    def function(body: bytes) -> bytes:
        return b"\x1d(k" + len(body).to_bytes(2, "little") + body

    return (
        function(b"1A2\x00")
        + function(b"1C" + bytes((_QR_MODULE,)))
        + function(b"1E1")
        + function(b"1P0" + data)
        + function(b"1Q0")
    )

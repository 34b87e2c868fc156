"""ESC/POS as bytes: text, pictures, Code 128 (Epson ESC/POS reference; Chinese by FS as domestic manuals have it)."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

CELL_DOTS = 12  # a half-width character of font A; Chinese characters take two
LINE_DOTS = 24
INITIALISE = b"\x1b@\x1c&"  # and 汉字模式 on
FEED_LINE = b"\x1bd\x01"
FEED_AND_CUT = b"\x1bd\x03\x1dV\x42\x00"
_CLOSING = "，。、；：？！）》」』】…"
_BAR_MODULE_DOTS = 2
_ALIGN = {"left": b"\x1ba\x00", "centre": b"\x1ba\x01", "right": b"\x1ba\x02"}
_PLAIN = b"\x1d!\x00\x1c!\x00\x1ba\x00"


def cells(text: str) -> int:
    """Width in half-width characters."""
    return sum(1 if ord(c) < 0x80 else 2 for c in text)


def wrapped(text: str, columns: float, measure: Callable[[str], float] = cells) -> list[str]:
    """Lines of at most ``columns`` half-width cells, or whatever ``measure`` counts; no character is cut, none is lost.

    A line breaks at a space rather than inside a word or number, and never begins with a closing sign (避头点).
    """
    lines, line = [], ""
    for character in text:
        if character == "\n":
            lines.append(line)
            line = ""
        elif measure(line + character) > columns:
            keep = _break_before(line, character)
            lines.append(line[:keep])
            line = line[keep:] + character
        else:
            line += character
    return [*lines, line]


def _break_before(line: str, character: str) -> int:
    """How much of a full ``line`` stays on it when ``character`` follows."""
    if character in _CLOSING and len(line) > 1:
        return len(line) - 1
    within_word = character.isascii() and character.isalnum() and line[-1].isascii() and line[-1].isalnum()
    return (line.rfind(" ") + 1 if within_word else 0) or len(line)


def text_line(text: str, align: str = "left", wide: int = 1, high: int = 1) -> bytes:
    """One line in the printer's own letters; ``wide`` and ``high`` 1..8, for Chinese characters 1 or 2."""
    size = bytes(((wide - 1) << 4 | (high - 1),))
    # Chinese characters take their size from FS ! on printers that ignore GS ! for them.
    chinese = bytes(((0x04 if wide > 1 else 0) | (0x08 if high > 1 else 0),))
    return _ALIGN[align] + b"\x1d!" + size + b"\x1c!" + chinese + text.encode("gb18030") + b"\n" + _PLAIN


def centred(command: bytes) -> bytes:
    """A code or picture in the middle of the paper."""
    return _ALIGN["centre"] + command + _ALIGN["left"]


def raster_command(picture: Image.Image) -> bytes:
    """GS v 0: a one-bit picture, black dots set; the last byte of a row is filled up with white."""
    width = (picture.width + 7) // 8
    whole = Image.new("1", (width * 8, picture.height), 1)
    whole.paste(picture)
    bits = bytes(byte ^ 0xFF for byte in whole.tobytes())
    return b"\x1dv0\x00" + width.to_bytes(2, "little") + picture.height.to_bytes(2, "little") + bits


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
    height, width, no_text = b"\x1dh\x50", b"\x1dw" + bytes((_BAR_MODULE_DOTS,)), b"\x1dH\x00"
    return height + width + no_text + b"\x1dk\x49" + bytes((len(data),)) + data

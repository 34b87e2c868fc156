"""Draws what the bytes print: the on-screen preview and the simulator's paper are this same picture."""

from __future__ import annotations

import io
from pathlib import Path

import qrcode
from barcode.charsets.code128 import CODES, STOP
from PIL import Image, ImageDraw

from devices.simulators.escpos.parser import Action, Parser, Step, code128_values
from devices.simulators.escpos.rom import NOT_IN_ROM, Rom, spelt
from devices.simulators.letters import letters

_CELL, _LINE, _GAP = 12, 24, 8
_MARGIN = 24
_QR_LEVELS = {
    48: qrcode.constants.ERROR_CORRECT_L,
    49: qrcode.constants.ERROR_CORRECT_M,
    50: qrcode.constants.ERROR_CORRECT_Q,
    51: qrcode.constants.ERROR_CORRECT_H,
}


def _doubled(action: Action, bit: int) -> int:
    return 2 if action.number & bit else 1


class Paper:
    """The roll: a row of strips, each as wide as the paper; ``cuts`` counts finished jobs."""

    def __init__(self, width_dots: int, font: Path | None, rom: Rom = Rom.GB18030) -> None:
        """``font`` None: Pillow's own Latin letters."""
        self._width = width_dots
        self._font = font
        self._rom = rom
        self.unknown: list[bytes] = []
        self.cuts = 0
        self._reset()

    def _reset(self) -> None:
        self._strips: list[Image.Image] = []
        self._line: list[tuple[str, int, int]] = []
        self._initialise()
        self._bar_height, self._bar_width = 80, 2
        self._qr_module, self._qr_level, self._qr_data = 3, 49, b""

    def do(self, action: Action) -> None:
        """Carry out one action."""
        simple = {
            Step.ALIGN: lambda: setattr(self, "_align", action.number & 3),
            Step.SIZE: lambda: setattr(self, "_size", ((action.number >> 4 & 7) + 1, (action.number & 7) + 1)),
            Step.CHINESE_SIZE: lambda: setattr(self, "_chinese_size", (_doubled(action, 0x04), _doubled(action, 0x08))),
            Step.BARCODE_HEIGHT: lambda: setattr(self, "_bar_height", max(1, action.number)),
            Step.BARCODE_WIDTH: lambda: setattr(self, "_bar_width", max(1, action.number)),
            Step.QR_MODULE: lambda: setattr(self, "_qr_module", max(1, min(16, action.number))),
            Step.QR_LEVEL: lambda: setattr(self, "_qr_level", action.number),
            Step.QR_STORE: lambda: setattr(self, "_qr_data", action.data),
            Step.TEXT: lambda: self._text(action.data),
            Step.LINE_FEED: self._feed,
            Step.FEED_LINES: lambda: self._blank(action.number * (_LINE + _GAP)),
            Step.RASTER: lambda: self._raster(action),
            Step.BARCODE: lambda: self._barcode(code128_values(action.data)),
            Step.QR_PRINT: self._qr,
            Step.CUT: self._cut,
            Step.UNKNOWN: lambda: self.unknown.append(action.data),
            Step.INITIALISE: self._initialise,
        }
        work = simple.get(action.step)
        if work is not None:
            work()

    def _initialise(self) -> None:
        self._align, self._size, self._chinese_size = 0, (1, 1), (1, 1)

    def _text(self, data: bytes) -> None:
        for character in spelt(data, self._rom):
            wide, high = self._size
            if ord(character) >= 0x80:
                # GS ! and FS ! meet in the same letters; Chinese characters are doubled at most.
                wide, high = (max(min(2, a), b) for a, b in zip(self._size, self._chinese_size, strict=True))
            if self._used() + _CELL * wide * (1 if ord(character) < 0x80 else 2) > self._width:
                self._feed()  # as every printer does at the edge of its paper
            self._line.append((character, wide, high))

    def _used(self) -> int:
        return sum(_CELL * wide * (1 if ord(c) < 0x80 else 2) for c, wide, _ in self._line)

    def _feed(self) -> None:
        high = max((h for _, _, h in self._line), default=1)
        strip = Image.new("L", (self._width, (_LINE + _GAP) * high), 255)
        used = self._used()
        x = {0: 0, 1: (self._width - used) // 2, 2: self._width - used}.get(self._align, 0)
        for character, w, h in self._line:
            letter = self._letter(character, w, h)
            strip.paste(letter, (x, (strip.height - letter.height) // 2))
            x += letter.width
        self._line = []
        self._strips.append(strip)

    def _letter(self, character: str, wide: int, high: int) -> Image.Image:
        cells = 1 if ord(character) < 0x80 else 2
        size = (20 if cells == 1 else _LINE) * high
        letter = Image.new("L", (_CELL * cells * high, (_LINE + _GAP) * high), 255)
        draw = ImageDraw.Draw(letter)
        if character == NOT_IN_ROM:
            draw.rectangle((3 * high, 5 * high, letter.width - 3 * high, letter.height - 6 * high), outline=0)
        else:
            draw.text((letter.width / 2, letter.height / 2), character, fill=0, font=letters(self._font, size), anchor="mm")
        return letter if wide == high else letter.resize((_CELL * cells * wide, letter.height))

    def _blank(self, dots: int) -> None:
        if self._line:
            self._feed()
        if dots:
            self._strips.append(Image.new("L", (self._width, dots), 255))

    def _raster(self, action: Action) -> None:
        width = action.number * 8
        height = len(action.data) // action.number
        picture = Image.frombytes("1", (width, height), bytes(b ^ 0xFF for b in action.data)).convert("L")
        self._place(picture)

    def _place(self, picture: Image.Image) -> None:
        strip = Image.new("L", (self._width, picture.height), 255)
        left = {0: 0, 1: (self._width - picture.width) // 2, 2: self._width - picture.width}.get(self._align, 0)
        strip.paste(picture, (max(0, left), 0))
        self._strips.append(strip)

    def _barcode(self, values: list[int]) -> None:
        known = all(value < len(CODES) for value in values)
        modules = "".join(CODES[value] for value in values) + STOP + "11" if values and known else ""
        width = self._bar_width * len(modules)
        if not modules or width > self._width:
            self.unknown.append(b"barcode does not fit")
            return
        picture = Image.new("L", (width, self._bar_height), 255)
        draw = ImageDraw.Draw(picture)
        for position, module in enumerate(modules):
            if module == "1":
                x = position * self._bar_width
                draw.rectangle((x, 0, x + self._bar_width - 1, self._bar_height), fill=0)
        self._place(picture)

    def _qr(self) -> None:
        if not self._qr_data:
            return
        level = _QR_LEVELS.get(self._qr_level, qrcode.constants.ERROR_CORRECT_M)
        code = qrcode.QRCode(error_correction=level, box_size=1, border=4)
        try:
            code.add_data(self._qr_data)
            code.make(fit=True)
        except (ValueError, qrcode.exceptions.DataOverflowError):
            self.unknown.append(b"QR data too long")
            return
        matrix = code.get_matrix()
        picture = Image.new("L", (len(matrix), len(matrix)), 255)
        picture.putdata([0 if cell else 255 for row in matrix for cell in row])
        side = len(matrix) * self._qr_module
        self._place(picture.resize((side, side), Image.Resampling.NEAREST))

    def _cut(self) -> None:
        if self._line:
            self._feed()
        self.cuts += 1

    def picture(self) -> Image.Image:
        """The paper so far, with a white margin."""
        height = sum(strip.height for strip in self._strips)
        paper = Image.new("L", (self._width + 2 * _MARGIN, height + 2 * _MARGIN), 255)
        y = _MARGIN
        for strip in self._strips:
            paper.paste(strip, (_MARGIN, y))
            y += strip.height
        return paper

    def tear_off(self) -> Image.Image:
        """The picture of what was printed, and a fresh beginning."""
        picture = self.picture()
        self._strips = []
        return picture


def png_of(picture: Image.Image) -> bytes:
    """PNG bytes."""
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def render_png(job: bytes, width_dots: int, font: Path) -> bytes:
    """The picture of a job's very bytes as PNG."""
    paper = Paper(width_dots, font)
    for action in Parser().feed(job):
        paper.do(action)
    return png_of(paper.picture())

"""ESC/POS bytes → what the printer is told to do, one step at a time; unknown commands are reported, never dropped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

# The largest raster and symbol a receipt printer buffers; more is nonsense.
_LARGEST_BLOCK = 1 << 20


class Step(Enum):
    """What a command does."""

    INITIALISE = "initialise"
    TEXT = "text"
    LINE_FEED = "line-feed"
    FEED_LINES = "feed-lines"
    ALIGN = "align"
    SIZE = "size"
    CHINESE_SIZE = "chinese-size"
    CHINESE = "chinese"
    RASTER = "raster"
    BARCODE_HEIGHT = "barcode-height"
    BARCODE_WIDTH = "barcode-width"
    BARCODE = "barcode"
    QR_MODULE = "qr-module"
    QR_LEVEL = "qr-level"
    QR_STORE = "qr-store"
    QR_PRINT = "qr-print"
    CUT = "cut"
    ASK_PAPER = "ask-paper"
    ASK_STATUS = "ask-status"
    IGNORED = "ignored"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Action:
    """A step with its number and its bytes. For RASTER ``number`` is the width in bytes."""

    step: Step
    number: int = 0
    data: bytes = b""


# Second byte → (step, argument bytes) of commands that begin ESC, GS or FS and take a fixed number of bytes.
_ESC = {
    ord("@"): (Step.INITIALISE, 0),
    ord("!"): (Step.IGNORED, 1),
    ord("a"): (Step.ALIGN, 1),
    ord("E"): (Step.IGNORED, 1),
    ord("G"): (Step.IGNORED, 1),
    ord("-"): (Step.IGNORED, 1),
    ord("M"): (Step.IGNORED, 1),
    ord("t"): (Step.IGNORED, 1),
    ord("R"): (Step.IGNORED, 1),
    ord("2"): (Step.IGNORED, 0),
    ord("3"): (Step.IGNORED, 1),
    ord("J"): (Step.IGNORED, 1),
    ord("d"): (Step.FEED_LINES, 1),
}
_GS = {
    ord("!"): (Step.SIZE, 1),
    ord("h"): (Step.BARCODE_HEIGHT, 1),
    ord("w"): (Step.BARCODE_WIDTH, 1),
    ord("H"): (Step.IGNORED, 1),
    ord("f"): (Step.IGNORED, 1),
    ord("B"): (Step.IGNORED, 1),
    ord("L"): (Step.IGNORED, 2),
    ord("W"): (Step.IGNORED, 2),
    ord("r"): (Step.ASK_PAPER, 1),
    ord("a"): (Step.IGNORED, 1),
}
_FS = {
    ord("&"): (Step.CHINESE, 0),
    ord("."): (Step.CHINESE, 0),
    ord("!"): (Step.CHINESE_SIZE, 1),
    ord("S"): (Step.IGNORED, 2),
}
_TABLES = {0x1B: _ESC, 0x1D: _GS, 0x1C: _FS}
_QR_STEPS = {(49, 67): Step.QR_MODULE, (49, 69): Step.QR_LEVEL, (49, 80): Step.QR_STORE, (49, 81): Step.QR_PRINT}


class Parser:
    """Feed it bytes as they come; it yields what is complete and keeps the rest."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Action]:
        """Actions that are complete now."""
        self._buffer += data
        while self._buffer:
            taken = self._next()
            if taken is None:
                return
            action, length = taken
            del self._buffer[:length]
            yield action

    def waiting(self) -> int:
        """How many bytes wait for the rest of their command."""
        return len(self._buffer)

    def _next(self) -> tuple[Action, int] | None:
        buffer = self._buffer
        first = buffer[0]
        if first == 0x0A:
            return Action(Step.LINE_FEED), 1
        if first in (0x0D, 0x09, 0x00):
            return Action(Step.IGNORED), 1
        if first == 0x10:
            return self._real_time()
        if first in _TABLES:
            return self._command(first)
        if first < 0x20:
            return Action(Step.UNKNOWN, first, bytes(buffer[:1])), 1
        return self._text()

    def _real_time(self) -> tuple[Action, int] | None:
        buffer = self._buffer
        if len(buffer) < 3:
            return None
        if buffer[1] == 0x04:
            return Action(Step.ASK_STATUS, buffer[2]), 3
        if buffer[1] == 0x05:
            return Action(Step.IGNORED, buffer[2]), 3
        return Action(Step.UNKNOWN, buffer[1], bytes(buffer[:2])), 2

    def _text(self) -> tuple[Action, int] | None:
        """Until the next control byte; a Chinese character is never cut in two."""
        buffer = self._buffer
        end = 0
        while end < len(buffer) and buffer[end] >= 0x20:
            if buffer[end] >= 0x81:
                if end + 1 >= len(buffer):
                    break
                end += 2
            else:
                end += 1
        return (Action(Step.TEXT, 0, bytes(buffer[:end])), end) if end else None

    def _command(self, first: int) -> tuple[Action, int] | None:
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        second = buffer[1]
        if first == 0x1D and second in (ord("v"), ord("k"), ord("("), ord("V")):
            return {ord("v"): self._raster, ord("k"): self._barcode, ord("("): self._symbol, ord("V"): self._cut}[second]()
        known = _TABLES[first].get(second)
        if known is None:
            return Action(Step.UNKNOWN, second, bytes(buffer[:2])), 2
        step, count = known
        if len(buffer) < 2 + count:
            return None
        number = buffer[2] if count else int(second == ord("&"))
        return Action(step, number, bytes(buffer[2 : 2 + count])), 2 + count

    def _raster(self) -> tuple[Action, int] | None:
        buffer = self._buffer
        if len(buffer) < 8:
            return None
        width, height = buffer[4] | buffer[5] << 8, buffer[6] | buffer[7] << 8
        size = width * height
        if size > _LARGEST_BLOCK or not width:
            return Action(Step.UNKNOWN, ord("v"), bytes(buffer[:8])), 8
        if len(buffer) < 8 + size:
            return None
        return Action(Step.RASTER, width, bytes(buffer[8 : 8 + size])), 8 + size

    def _barcode(self) -> tuple[Action, int] | None:
        buffer = self._buffer
        if len(buffer) < 4:
            return None
        kind, length = buffer[2], buffer[3]
        if kind != 73:
            return Action(Step.UNKNOWN, kind, bytes(buffer[:3])), 3
        if len(buffer) < 4 + length:
            return None
        return Action(Step.BARCODE, kind, bytes(buffer[4 : 4 + length])), 4 + length

    def _symbol(self) -> tuple[Action, int] | None:
        buffer = self._buffer
        if len(buffer) < 5:
            return None
        length = buffer[3] | buffer[4] << 8
        if len(buffer) < 5 + length:
            return None
        body = bytes(buffer[5 : 5 + length])
        step = _QR_STEPS.get((body[0], body[1]), Step.IGNORED) if len(body) >= 2 and buffer[2] == ord("k") else Step.IGNORED
        return Action(step, body[2] if len(body) > 2 else 0, body[3:]), 5 + length

    def _cut(self) -> tuple[Action, int] | None:
        buffer = self._buffer
        if len(buffer) < 3:
            return None
        length = 4 if buffer[2] in (65, 66) else 3
        return (Action(Step.CUT, buffer[2]), length) if len(buffer) >= length else None


def code128_values(data: bytes) -> list[int]:
    """The symbol's code words (ISO/IEC 15417): start, data and shifts between sets, check character."""
    starts, shifts = {"A": 103, "B": 104, "C": 105}, {"A": 101, "B": 100, "C": 99}
    values: list[int] = []
    code_set, position = "", 0
    while position < len(data):
        if data[position : position + 1] == b"{" and position + 1 < len(data) and data[position + 1] != ord("{"):
            mark = chr(data[position + 1])
            position += 2
            if mark in shifts and mark != code_set:
                values.append(shifts[mark] if code_set else starts[mark])
                code_set = mark
            continue
        position += data[position : position + 2] == b"{{"
        byte = data[position]
        values.append(byte if code_set == "C" else (byte - 32) % 128)
        position += 1
    if not values or values[0] < 103:
        return []
    check = (values[0] + sum(place * value for place, value in enumerate(values[1:], start=1))) % 103
    return [*values, check]


def code128_text(data: bytes) -> str:
    """The text of a GS k Code 128 payload: ``{B`` plain, ``{C`` pairs of digits."""
    text, code_set, position = "", "B", 0
    while position < len(data):
        if data[position : position + 1] == b"{" and position + 1 < len(data):
            mark = chr(data[position + 1])
            position += 2
            if mark == "{":
                text += "{"
            elif mark in "ABC":
                code_set = mark
            continue
        text += f"{data[position]:02}" if code_set == "C" else chr(data[position])
        position += 1
    return text

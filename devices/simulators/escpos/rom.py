"""What the simulated printer has in its font: cheap printers end at GB 2312 or at two bytes and print boxes beyond."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

NOT_IN_ROM = "\ufffd"


class Rom(Enum):
    """The reach of the built-in font."""

    GB2312 = "gb2312"
    GBK = "gbk"
    GB18030 = "gb18030"


def spelt(data: bytes, rom: Rom) -> Iterator[str]:
    """The characters that appear on paper for text bytes; ``NOT_IN_ROM`` where the printer has none."""
    position = 0
    while position < len(data):
        length = 1 if data[position] < 0x80 else 2
        two = data[position : position + 2]
        if length == 2 and len(two) == 2 and 0x30 <= two[1] <= 0x39 and rom is Rom.GB18030:
            length = 4
        yield _character(data[position : position + length], rom)
        position += length


def _character(code: bytes, rom: Rom) -> str:
    try:
        text = code.decode(rom.value)
    except UnicodeDecodeError:
        return NOT_IN_ROM
    return text if len(text) == 1 else NOT_IN_ROM

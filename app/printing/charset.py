"""Which Chinese characters a printer can spell itself: zones of GB 18030, because printers' fonts end at zones."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Zone(Enum):
    """GB 18030's zones as printer manuals count them; ASCII is every printer's."""

    SYMBOLS = "symbols"  # GBK/1, the signs of GB 2312
    LEVEL_1 = "level-1"  # GB 2312 level 1
    LEVEL_2 = "level-2"  # GB 2312 level 2
    GBK_3 = "gbk-3"
    GBK_4 = "gbk-4"
    GBK_5 = "gbk-5"
    BEYOND_GBK = "beyond-gbk"  # four bytes, and the few two-byte codes that GB 18030 added


def zone_of(character: str) -> Zone | None:
    """None: ASCII, a control character, or a character no zone may be trusted with (private use, lone surrogate)."""
    if ord(character) < 0x80 or unicodedata.category(character) in ("Cc", "Co", "Cn", "Cs"):
        return None
    try:
        code = character.encode("gbk")
    except UnicodeEncodeError:
        return Zone.BEYOND_GBK
    first, second = code[0], code[1]
    if second >= 0xA1 and 0xA1 <= first <= 0xF7:
        return Zone.SYMBOLS if first < 0xB0 else Zone.LEVEL_1 if first < 0xD8 else Zone.LEVEL_2
    if first < 0xA1:
        return Zone.GBK_3
    return Zone.GBK_5 if first < 0xAA else Zone.GBK_4


@dataclass(frozen=True)
class Charset:
    """The zones that one printer was seen to print."""

    zones: frozenset[Zone]

    def spells(self, text: str) -> bool:
        """Whether the printer has every character of ``text``."""
        return all(" " <= c <= "~" or zone_of(c) in self.zones for c in text)

    @classmethod
    def of(cls, names: Iterable[str]) -> Charset:
        """From zone names as they are stored. Raises ValueError for an unknown one."""
        return cls(frozenset(Zone(name) for name in names))

    def names(self) -> list[str]:
        """As they are stored, in the order of the standard."""
        return [zone.value for zone in Zone if zone in self.zones]


# What is taken for granted of a printer that nobody has checked: GB 2312, which every domestic manual promises.
UNCHECKED = Charset(frozenset({Zone.SYMBOLS, Zone.LEVEL_1, Zone.LEVEL_2}))
EVERYTHING = Charset(frozenset(Zone))

"""The 256 bytes of text on a second-generation card → its fields, for each of the four kinds of card.

Offsets and lengths in bytes, UTF-16LE padded with spaces. Sources: GA/T 467 as quoted by the vendors' SDKs (ordinary,
J and I cards) and one vendor's demonstration in C++ and C# (Y card, issued from 2023-12-01). The kind is told by the
letter at offset 248, which lies in the reserved part of an ordinary card.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from devices.ports.card_reader import TEXT_BYTES

_LETTER_AT = 248


class CardKind(Enum):
    """Which card it is. ``UNKNOWN``: a letter that this program has no layout for; its bytes are kept, not guessed."""

    RESIDENT = "resident"  # 居民身份证
    HMT_RESIDENT = "hmt-resident"  # 港澳台居民居住证, letter J
    FOREIGNER_2017 = "foreigner-2017"  # 外国人永久居留身份证 (2017), letter I
    FOREIGNER_2023 = "foreigner-2023"  # 外国人永久居留身份证 (2023), letter Y
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class CardText:
    """The fields as they stand on the chip, without the padding; "" where this kind of card has no such field.

    Dates are YYYYMMDD or 长期. Characters of the private use area and unpaired surrogates are kept as they are.
    """

    kind: CardKind
    name: str = ""
    latin_name: str = ""
    latin_name_rest: str = ""  # Y: 英文姓名备用, where the first field is too short
    sex: str = ""  # GB/T 2261.1: 1 男 2 女 0 未知 9 未说明
    nation: str = ""  # GB/T 3304 code, two digits
    birth: str = ""
    address: str = ""
    number: str = ""
    authority: str = ""  # 签发机关; I: code of the accepting authority
    valid_from: str = ""
    valid_until: str = ""
    pass_number: str = ""  # J: 通行证号码
    issue_count: str = ""  # J: 签发次数, Y: 换证次数
    nationality: str = ""  # I, Y: ISO 3166-1 alpha-3
    version: str = ""  # I
    former_link: str = ""  # Y: 既往号码关联项

    def __repr__(self) -> str:  # personal data never reaches a log through a repr
        return f"CardText({self.kind.value}, …)"


_Layout = Mapping[str, tuple[int, int]]

_RESIDENT: _Layout = {
    "name": (0, 30),
    "sex": (30, 2),
    "nation": (32, 4),
    "birth": (36, 16),
    "address": (52, 70),
    "number": (122, 36),
    "authority": (158, 30),
    "valid_from": (188, 16),
    "valid_until": (204, 16),
}
LAYOUTS: Mapping[CardKind, _Layout] = {
    CardKind.RESIDENT: _RESIDENT,
    # The two characters of 民族 are reserved on this card: what stands there is no nation.
    CardKind.HMT_RESIDENT: {
        **{field: place for field, place in _RESIDENT.items() if field != "nation"},
        "pass_number": (220, 18),
        "issue_count": (238, 4),
    },
    CardKind.FOREIGNER_2017: {
        "latin_name": (0, 120),
        "sex": (120, 2),
        "number": (122, 30),
        "nationality": (152, 6),
        "name": (158, 30),
        "valid_from": (188, 16),
        "valid_until": (204, 16),
        "birth": (220, 16),
        "version": (236, 4),
        "authority": (240, 8),
    },
    CardKind.FOREIGNER_2023: {
        "name": (0, 30),
        "sex": (30, 2),
        "issue_count": (32, 4),
        "birth": (36, 16),
        "latin_name": (52, 70),
        "number": (122, 36),
        "valid_from": (188, 16),
        "valid_until": (204, 16),
        "latin_name_rest": (220, 22),
        "nationality": (242, 6),
        "former_link": (250, 6),
    },
    CardKind.UNKNOWN: {},
}
_KINDS = {"J": CardKind.HMT_RESIDENT, "I": CardKind.FOREIGNER_2017, "Y": CardKind.FOREIGNER_2023}


def characters(block: bytes) -> str:
    """UTF-16LE without its padding; an unpaired surrogate stays one, an odd last byte is dropped."""
    return block[: len(block) & ~1].decode("utf-16-le", "surrogatepass").rstrip(" \0")


def kind_of(text: bytes) -> CardKind:
    """By the letter at offset 248; anything but a capital letter there is an ordinary card's reserved space."""
    letter = characters(text[_LETTER_AT : _LETTER_AT + 2])
    if letter.isascii() and letter.isupper():
        return _KINDS.get(letter, CardKind.UNKNOWN)
    return CardKind.RESIDENT


def card_text(text: bytes) -> CardText:
    """The fields of a text block of exactly 256 bytes; any 256 bytes have fields. Raises ValueError for another length."""
    if len(text) != TEXT_BYTES:
        raise ValueError(f"a text block has {TEXT_BYTES} bytes, not {len(text)}")
    kind = kind_of(text)
    fields = {field: characters(text[at : at + length]) for field, (at, length) in LAYOUTS[kind].items()}
    return CardText(kind, **fields)

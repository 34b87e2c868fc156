"""Invented cards: nobody's name, nobody's number (region code 999999 is assigned to no place), all four kinds.

The text blocks are written field after field in the order of the card, by widths, so that a wrong offset in the program's
own table of offsets does not go unnoticed.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from operator import xor

KINDS = ("resident", "hmt-resident", "foreigner-2017", "foreigner-2023")

_SURNAMES = ("测", "试", "示", "例", "演", "练", "欧阳", "司徒")
_GIVEN = ("一", "二", "三", "文", "样", "本", "甲", "乙", "丙", "㐂", "𬱖")
_LATIN_SURNAMES = ("SPECIMEN", "SAMPLE", "MUSTERMANN")
_LATIN_GIVEN = ("ANNA", "BEN", "CARLA MARIA", "DAN")
_STREETS = ("示例大道", "测试路", "样本街")
_CHECK = "10X98765432"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_TEXT_CHARACTERS = 128


@dataclass(frozen=True)
class InventedCard:
    """What lies on the reader. Sizes as on a real card; ``new_address`` "" = the card has none."""

    text: bytes
    photo: bytes
    fingerprints: bytes = b""
    new_address: str = ""
    serial: bytes = field(default=bytes(range(1, 9)))


def numbered(first17: str) -> str:
    """With its GB 11643 check character."""
    return first17 + _CHECK[sum(int(d) * w for d, w in zip(first17, _WEIGHTS, strict=True)) % 11]


def text_block(fields: Iterable[tuple[str, int]]) -> bytes:
    """Each text, padded with spaces to its number of characters, one behind the other; 256 bytes in all."""
    block = b""
    for text, characters in fields:
        raw = text.encode("utf-16-le", "surrogatepass")
        if len(raw) > 2 * characters:
            raise ValueError(f"{len(raw) // 2} characters where {characters} have room")
        block += raw + b" \0" * (characters - len(raw) // 2)
    if len(block) != 2 * _TEXT_CHARACTERS:
        raise ValueError(f"{len(block)} bytes")
    return block


def invented_photo(seed: int) -> bytes:
    """1024 bytes that look like a WLT block and show nobody."""
    return b"WLf\0" + random.Random(f"photo {seed}").randbytes(1020)  # noqa: S311 - a picture of nobody


def invented_fingerprint(seed: int, finger: int) -> bytes:
    """512 bytes: head, noise, last byte; the features are no one's."""
    noise = random.Random(f"finger {seed} {finger}").randbytes(504)  # noqa: S311 - no finger
    head = bytes((0x43, 1, 0, 0, 1, finger, 80))
    return head + noise + bytes((reduce(xor, noise, 0),))


def invented_card(kind: str, seed: int = 0, *, fingerprints: int = 2, new_address: bool = False) -> InventedCard:
    """A card of the ``kind``; the same seed gives the same person."""
    chance = random.Random(f"{kind} {seed}")  # noqa: S311 - invented people
    person = _Person.of(chance)
    return InventedCard(
        text_block(_FIELDS[kind](person, chance)),
        invented_photo(seed),
        b"".join(invented_fingerprint(seed, finger) for finger in (11, 16)[:fingerprints]),
        f"测试区{chance.choice(_STREETS)}{chance.randint(1, 99)}号新址" if new_address else "",
        chance.randbytes(8),
    )


@dataclass(frozen=True)
class _Person:
    name: str
    latin: str
    birth: date
    since: date
    sex: int  # 1 or 2

    @classmethod
    def of(cls, chance: random.Random) -> _Person:
        return cls(
            chance.choice(_SURNAMES) + "".join(chance.sample(_GIVEN, chance.randint(1, 2))),
            f"{chance.choice(_LATIN_SURNAMES)}, {chance.choice(_LATIN_GIVEN)}",
            date(1950, 1, 1) + timedelta(chance.randrange(20000)),
            date(2022, 1, 1) + timedelta(chance.randrange(1000)),
            chance.choice((1, 2)),
        )

    @property
    def born(self) -> str:
        return f"{self.birth:%Y%m%d}"

    @property
    def validity(self) -> list[tuple[str, int]]:
        until = self.since.replace(year=self.since.year + 10, day=min(28, self.since.day))
        return [(f"{self.since:%Y%m%d}", 8), (f"{until:%Y%m%d}", 8)]

    def sequence(self, chance: random.Random) -> str:
        """Three digits, the last one odd for a man."""
        return f"{chance.randrange(100):02}{2 * chance.randrange(5) + self.sex % 2}"


def _resident(person: _Person, chance: random.Random, region: str = "999999") -> list[tuple[str, int]]:
    return [
        (person.name, 15),
        (str(person.sex), 1),
        (f"{chance.randint(1, 56):02}", 2),
        (person.born, 8),
        (f"测试省测试市{chance.choice(_STREETS)}{chance.randint(1, 999)}号", 35),
        (numbered(f"{region}{person.born}{person.sequence(chance)}"), 18),
        ("测试市公安局示例分局", 15),
        *person.validity,
        ("", 18),
    ]


def _hmt(person: _Person, chance: random.Random) -> list[tuple[str, int]]:
    # 81, 82 and 83 stand for Hong Kong, Macao and Taiwan; the rest of the six digits is assigned to nothing.
    prefix = chance.choice(("81", "82", "83")) + "9999"
    fields = _resident(person, chance, prefix)[:-1]
    fields[2] = ("", 2)
    return [*fields, (f"H{chance.randrange(10**8):08}", 9), ("01", 2), ("", 3), ("J", 1), ("", 3)]


def _foreigner_2017(person: _Person, chance: random.Random) -> list[tuple[str, int]]:
    number = f"UTO99{chance.randrange(100):02}{person.born[2:]}{chance.randrange(10)}"
    return [
        (person.latin, 60),
        (str(person.sex), 1),
        (number + _icao_digit(number), 15),
        ("UTO", 3),
        (person.name, 15),
        *person.validity,
        (person.born, 8),
        ("01", 2),
        ("9900", 4),
        ("I", 1),
        ("", 3),
    ]


def _foreigner_2023(person: _Person, chance: random.Random) -> list[tuple[str, int]]:
    return [
        (person.name, 15),
        (str(person.sex), 1),
        ("01", 2),
        (person.born, 8),
        (person.latin, 35),
        (numbered(f"999999{person.born}{person.sequence(chance)}"), 18),
        ("", 15),
        *person.validity,
        ("", 11),
        ("UTO", 3),
        ("Y", 1),
        (f"{chance.randrange(1000):03}", 3),
    ]


def _icao_digit(text: str) -> str:
    """ICAO 9303 part 3, 4.9: weights 7 3 1, A = 10 … Z = 35."""
    return str(sum(int(c, 36) * (7, 3, 1)[i % 3] for i, c in enumerate(text)) % 10)


_FIELDS = {
    "resident": _resident,
    "hmt-resident": _hmt,
    "foreigner-2017": _foreigner_2017,
    "foreigner-2023": _foreigner_2023,
}

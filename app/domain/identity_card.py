"""The person read from an identity card, and what on it an officer should look at; nothing on it is ever corrected."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from app.domain.errors import BadInput
from app.domain.person import require_citizen_number

LONG_TERM = "长期"
# GB/T 3304-1991: 56 nations, 97 其他, 98 外国血统中国籍人士.
NATION_CODES = frozenset({f"{number:02}" for number in range(1, 57)} | {"97", "98"})
_HMT_PREFIXES = ("81", "82", "83")  # Hong Kong, Macao, Taiwan
_OLD_FOREIGN_NUMBER = re.compile(r"[A-Z]{3}[0-9]{12}")
_NEW_FOREIGN_NUMBER = re.compile(r"9[0-9]{16}[0-9X]")
_MRZ_WEIGHTS = (7, 3, 1)
# What people and programs type for the point inside the names of minorities.
_MIDDLE_DOTS = "·•・‧∙⋅･"


class CardType(Enum):
    """The cards that are read; the values are the driver's own."""

    RESIDENT = "resident"  # 居民身份证
    HMT_RESIDENT = "hmt-resident"  # 港澳台居民居住证
    FOREIGNER_2017 = "foreigner-2017"  # 外国人永久居留身份证, 15-character number
    FOREIGNER_2023 = "foreigner-2023"  # 外国人永久居留身份证, 18-character number
    UNKNOWN = "unknown"


class Sex(Enum):
    """GB/T 2261.1."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    UNSTATED = "9"


class Finding(Enum):
    """Something on the card that the officer should look at; the texts are in ``resources/texts/card.toml``."""

    TYPE_UNKNOWN = "type-unknown"
    NAME_EMPTY = "name-empty"
    NAME_RARE = "name-rare"  # private use area: drawn differently, or not at all, from machine to machine
    TEXT_BROKEN = "text-broken"  # unpaired surrogates or control characters
    NUMBER_SHAPE = "number-shape"
    NUMBER_CHECK = "number-check"
    NUMBER_BIRTH = "number-birth"  # another birth date than the field
    NUMBER_SEX = "number-sex"  # 17th digit against the field
    NUMBER_PREFIX = "number-prefix"  # not 81, 82, 83 on a 港澳台居民居住证
    SEX_CODE = "sex-code"
    NATION_CODE = "nation-code"
    BIRTH_DATE = "birth-date"  # no such day, or in the future
    VALIDITY_DATES = "validity-dates"  # no such day, or the end before the beginning
    NOT_YET_VALID = "not-yet-valid"
    EXPIRED = "expired"
    EXPIRES_SOON = "expires-soon"


class ValidityState(Enum):
    """Whether the card may be used today."""

    VALID = "valid"
    EXPIRES_SOON = "expires-soon"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Validity:
    """From the first to the last day, both included. ``until`` None with ``long_term``: no last day (长期)."""

    since: date | None
    until: date | None
    long_term: bool = False

    @classmethod
    def of(cls, since: str, until: str) -> Validity:
        """From the card's YYYYMMDD or 长期; what is no day is None."""
        if until.strip() == LONG_TERM:
            return cls(card_date(since), None, True)
        return cls(card_date(since), card_date(until))

    def state(self, today: date, soon_days: int) -> ValidityState:
        """``soon_days``: warned from so many days before the last one."""
        if self.since is None or (self.until is None and not self.long_term):
            return ValidityState.UNREADABLE
        if self.until is not None and self.until < self.since:
            return ValidityState.UNREADABLE
        if today < self.since:
            return ValidityState.NOT_YET_VALID
        if self.until is None:
            return ValidityState.VALID
        left = (self.until - today).days
        if left < 0:
            return ValidityState.EXPIRED
        return ValidityState.EXPIRES_SOON if left < soon_days else ValidityState.VALID


_STATE_FINDINGS = {
    ValidityState.UNREADABLE: Finding.VALIDITY_DATES,
    ValidityState.NOT_YET_VALID: Finding.NOT_YET_VALID,
    ValidityState.EXPIRED: Finding.EXPIRED,
    ValidityState.EXPIRES_SOON: Finding.EXPIRES_SOON,
}


@dataclass(frozen=True)
class IdentityCard:
    """The fields as they stand on the card, "" where that kind of card has none.

    Texts are the chip's characters, kept as they are (private use and unpaired surrogates included); ``readable`` makes
    them fit to be shown and stored. ``sex``, ``nation``, ``birth`` are codes and YYYYMMDD.
    """

    type: CardType
    name: str
    latin_name: str
    latin_name_rest: str
    sex: str
    nation: str
    birth: str
    address: str
    new_address: str
    number: str
    authority: str
    valid_from: str
    valid_until: str
    pass_number: str
    issue_count: str
    nationality: str
    version: str
    former_link: str

    def __repr__(self) -> str:  # personal data never reaches a log through a repr
        return f"IdentityCard({self.type.value}, …)"

    @property
    def validity(self) -> Validity:
        """The days between which it may be used."""
        return Validity.of(self.valid_from, self.valid_until)

    @property
    def birth_date(self) -> date | None:
        """None when the card states no day that exists."""
        return card_date(self.birth)

    @property
    def former_number(self) -> str:
        """The 15-character number of the 2017 card that this 2023 card took the place of; "" when it tells of none."""
        if self.type is not CardType.FOREIGNER_2023:
            return ""
        return former_number(self.nationality, self.number, self.former_link)

    def findings(self, today: date, soon_days: int) -> tuple[Finding, ...]:
        """Everything to look at, in the order of the card. Never raises, whatever stands on the card."""
        if self.type is CardType.UNKNOWN:
            return (Finding.TYPE_UNKNOWN,)
        found = [*self._text_findings(), *self._number_findings(), *self._code_findings(today)]
        state = self.validity.state(today, soon_days)
        return (*found, *([_STATE_FINDINGS[state]] if state in _STATE_FINDINGS else []))

    def _text_findings(self) -> Iterator[Finding]:
        names = self.name + self.latin_name
        if not names.strip():
            yield Finding.NAME_EMPTY
        if any(unicodedata.category(c) == "Co" for c in names):
            yield Finding.NAME_RARE
        if any(readable(text) != text for text in vars(self).values() if isinstance(text, str)):
            yield Finding.TEXT_BROKEN

    def _number_findings(self) -> Iterator[Finding]:
        if self.type is CardType.FOREIGNER_2017:
            yield from self._old_number_findings()
            return
        try:
            number = require_citizen_number(self.number)
        except BadInput as error:
            yield Finding.NUMBER_CHECK if error.code == "PER-103" else Finding.NUMBER_SHAPE
            return
        if self.type is CardType.FOREIGNER_2023 and not _NEW_FOREIGN_NUMBER.fullmatch(number):
            yield Finding.NUMBER_SHAPE
        if self.type is CardType.HMT_RESIDENT and not number.startswith(_HMT_PREFIXES):
            yield Finding.NUMBER_PREFIX
        if number[6:14] != self.birth:
            yield Finding.NUMBER_BIRTH
        # The published rule of the 2023 number says nothing of sex in its sequence.
        told = {Sex.MALE.value: 1, Sex.FEMALE.value: 0}.get(self.sex)
        if self.type is not CardType.FOREIGNER_2023 and told is not None and int(number[16]) % 2 != told:
            yield Finding.NUMBER_SEX

    def _old_number_findings(self) -> Iterator[Finding]:
        if not _OLD_FOREIGN_NUMBER.fullmatch(self.number):
            yield Finding.NUMBER_SHAPE
            return
        if check_digit(self.number[:14]) != self.number[14]:
            yield Finding.NUMBER_CHECK
        if self.number[7:13] != self.birth[2:]:
            yield Finding.NUMBER_BIRTH

    def _code_findings(self, today: date) -> Iterator[Finding]:
        if self.sex not in {sex.value for sex in Sex}:
            yield Finding.SEX_CODE
        if self.type is CardType.RESIDENT and self.nation not in NATION_CODES:
            yield Finding.NATION_CODE
        born = self.birth_date
        if born is None or born > today:
            yield Finding.BIRTH_DATE


def card_date(text: str) -> date | None:
    """YYYYMMDD in plain digits that is a day; None for anything else."""
    if not re.fullmatch(r"[0-9]{8}", text):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def check_digit(text: str) -> str:
    """ICAO Doc 9303 part 3, 4.9 over digits and capital letters (A = 10 … Z = 35): weights 7 3 1, modulo 10."""
    return str(sum(int(c, 36) * _MRZ_WEIGHTS[i % 3] for i, c in enumerate(text)) % 10)


def former_number(nationality: str, number: str, link: str) -> str:
    """The 2017 number from a 2023 card: country, province, two of the link, birth, the link's third, check digit.

    "" when the link is blank or a part does not have its shape.
    """
    first14 = nationality + number[1:3] + link[:2] + number[8:14] + link[2:3]
    if len(link) != 3 or not re.fullmatch(r"[A-Z]{3}[0-9]{11}", first14):
        return ""
    return first14 + check_digit(first14)


def readable(text: str) -> str:
    """Fit to be shown, printed and stored: unpaired surrogates and control characters become ⟨D842⟩, the rest stays."""
    return "".join(f"⟨{ord(c):04X}⟩" if unicodedata.category(c) in {"Cs", "Cc"} else c for c in text)


def comparable_name(name: str) -> str:
    """For comparing names only, never for storing: every middle dot the same, width and case folded, no spaces."""
    for dot in _MIDDLE_DOTS:
        name = name.replace(dot, "·")
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())

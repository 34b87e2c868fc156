"""The applicant in front of the window, and the check digit of a resident identity number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.domain.errors import BadInput

if TYPE_CHECKING:
    from app.domain.document_number import TypedNumber

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"


def check_character(first17: str) -> str:
    """The 18th character of a citizen identification number (GB 11643-1999, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def require_citizen_number(text: str) -> str:
    """The number in its stored form (upper-case X).

    Raises:
        BadInput: PER-101 wrong shape, PER-102 impossible birth date, PER-103 wrong check character.
    """
    number = text.strip().upper()
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise BadInput("PER-101", length=len(number))
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as error:
        raise BadInput("PER-102") from error
    if check_character(number[:17]) != number[17]:
        raise BadInput("PER-103")
    return number


# The kind of number that most people come with; every kind is a row of resources/travel/numbers.toml.
RESIDENT_ID = "resident-id"


def require_name(text: str) -> str:
    """The name without blanks around it. Raises BadInput PER-104 for an unusable one."""
    cleaned = text.strip()
    if not cleaned or len(cleaned) > 100 or any(ord(c) < 0x20 or c == "\x7f" for c in cleaned):
        raise BadInput("PER-104")
    return cleaned


@dataclass(frozen=True)
class Applicant:
    """The person in front of the window. ``name`` keeps every character as given (GB 18030 four-byte included).

    ``document``: what kind of number ``id_number`` is.
    """

    name: str
    id_number: str
    document: str = RESIDENT_ID

    @classmethod
    def from_input(cls, name: str, id_number: str) -> Applicant:
        """A resident's checked fields. Raises BadInput PER-101..103 for the number, PER-104 for an unusable name."""
        return cls(require_name(name), require_citizen_number(id_number))

    @classmethod
    def with_document(cls, name: str, typed: TypedNumber) -> Applicant:
        """Whoever comes with another document. Raises BadInput PER-104."""
        return cls(require_name(name), typed.number, typed.kind)

    def __repr__(self) -> str:  # personal data never reaches a log through a repr
        return "Applicant(…)"

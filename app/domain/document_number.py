"""Numbers of identity and travel documents typed by hand: shape, check digit where there is one, never a silent repair."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.errors import BadInput
from app.domain.mrz.check_digit import check_digit
from app.domain.person import check_character, require_citizen_number

_LONGEST = 40
# Full-width forms that a Chinese input method types for the same characters.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_AS_DIGIT = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "G": "6", "B": "8"}


@dataclass(frozen=True)
class NumberKind:
    """A kind of number: ``pattern`` of the whole; ``check`` names its check digit ("" = it has none).

    ``certificates``: codes of GA/T 517 of the documents that bear it, the usual one first.
    """

    id: str
    pattern: str
    check: str
    name_zh: str
    name_en: str
    shape_zh: str
    shape_en: str
    certificates: tuple[str, ...] = ()


@dataclass(frozen=True)
class TypedNumber:
    """``checked``: a check digit agrees; False: this kind of number has none, only the shape is known to be right."""

    kind: str
    number: str
    checked: bool

    def __repr__(self) -> str:  # personal data never reaches a log through a repr
        return f"TypedNumber({self.kind})"


def half_width(text: str) -> str:
    """What a Chinese input method typed wide, as the same characters are stored."""
    return text.translate(_HALF_WIDTH)


def as_stored(text: str) -> str:
    """The same characters in their stored form: half width, capital, without blanks and hyphens. No other is touched."""
    return re.sub(r"[\s-]", "", half_width(text)).upper()


def require_number(text: str, kind: NumberKind, today: date) -> TypedNumber:
    """The number of this kind.

    Raises BadInput TRV-111 (nothing typed), TRV-112 (wrong shape), TRV-113 (check digit), PER-101..103 and TRV-114 (born
    in the future) for resident numbers.
    """
    number = as_stored(text)
    if not number:
        raise BadInput("TRV-111")
    if len(number) > _LONGEST or not re.fullmatch(kind.pattern, number, re.ASCII):
        if kind.check == "citizen":
            require_citizen_number(number)
        raise BadInput("TRV-112", kind_zh=kind.name_zh, kind_en=kind.name_en, zh=kind.shape_zh, en=kind.shape_en)
    if kind.check == "citizen":
        require_citizen_number(number)
        if number[6:14] > today.strftime("%Y%m%d"):
            raise BadInput("TRV-114")
    elif (kind.check == "citizen-digit" and check_character(number[:17]) != number[17]) or (
        kind.check == "permanent-old" and check_digit(number[:14]) != number[14]
    ):
        raise BadInput("TRV-113", kind_zh=kind.name_zh, kind_en=kind.name_en)
    return TypedNumber(kind.id, number, bool(kind.check))


def possible_kinds(text: str, kinds: Mapping[str, NumberKind], today: date) -> tuple[TypedNumber, ...]:
    """Every kind this number can be, those with an agreeing check digit first; () when it can be none."""
    found = []
    for kind in kinds.values():
        try:
            found.append(require_number(text, kind, today))
        except BadInput:
            continue
    return tuple(sorted(found, key=lambda typed: not typed.checked))


def digit_suggestion(text: str, kind: NumberKind, today: date) -> TypedNumber | None:
    """Where letters were typed for digits (O for 0, l for 1) and the check digit agrees with the digits: that number, to be
    offered and accepted, never taken by itself. None where no check digit can speak for it."""
    number = as_stored(text)
    start = 3 if kind.check == "permanent-old" else 0
    mended = number[:start] + "".join(_AS_DIGIT.get(c, c) for c in number[start:])
    if not kind.check or mended == number:
        return None
    try:
        return require_number(mended, kind, today)
    except BadInput:
        return None

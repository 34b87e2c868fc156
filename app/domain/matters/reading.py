"""What an officer types or a card gives → a field's value; what it cannot mean is refused with a sentence."""

from __future__ import annotations

import re
from datetime import date

from app.domain.document_number import as_stored
from app.domain.errors import BadInput
from app.domain.expressions import Answer
from app.domain.matters.form import Field, FieldKind
from app.domain.person import require_citizen_number

_YES_NO = {"true": True, "1": True, "是": True, "yes": True, "false": False, "0": False, "否": False, "no": False}
_DAY = re.compile(r"([0-9]{4})[-/.年]?([0-9]{2})[-/.月]?([0-9]{2})日?")
_PHONE = re.compile(r"\+?[0-9][0-9 -]{4,18}[0-9]")
_NUMBER = re.compile(r"-?[0-9]{1,12}")
_DOCUMENT = re.compile(r"[0-9A-Z()（）·-]{3,40}")
# Full-width digits and signs that a Chinese input method types.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def read_value(field: Field, text: str) -> Answer:
    """The value of a field; None for a blank one.

    Raises BadInput MAT-142 no number, or beyond its limits, MAT-143 no day, MAT-144 no code of the table, MAT-145 too
    long, or with characters that no text has, MAT-146 no telephone number, MAT-147 no document number, PER-101..103.
    """
    text = text.strip()
    if not text:
        return None
    longest = max(field.longest, 40)
    if len(text) > longest or any(ord(c) < 0x20 or c == "\x7f" or 0xD800 <= ord(c) < 0xE000 for c in text):
        raise _refused(field, "MAT-145", most=longest)
    match field.kind:
        case FieldKind.NUMBER:
            value: Answer = _number(field, text.translate(_HALF_WIDTH))
        case FieldKind.DATE:
            value = _day(field, text.translate(_HALF_WIDTH))
        case FieldKind.CHOICE | FieldKind.YES_NO:
            value = _chosen(field, text)
        case FieldKind.CITIZEN_NUMBER:
            value = require_citizen_number(as_stored(text))
        case FieldKind.PHONE | FieldKind.DOCUMENT_NUMBER:
            value = _shaped(field, text)
        case FieldKind.TEXT | FieldKind.ADDRESS:
            value = text
    return value


def _refused(field: Field, code: str, **more: str | int) -> BadInput:
    return BadInput(code, zh=field.zh, en=field.en, field=field.id, **more)


def _number(field: Field, text: str) -> int:
    number = int(text) if _NUMBER.fullmatch(text) else None
    beyond = number is not None and (
        (field.least is not None and number < field.least) or (field.most is not None and number > field.most)
    )
    if number is None or beyond:
        least, most = field.least if field.least is not None else "…", field.most if field.most is not None else "…"
        raise _refused(field, "MAT-142", least=least, most=most)
    return number


def _day(field: Field, text: str) -> date:
    match = _DAY.fullmatch(text)
    try:
        if match is not None:
            return date(*map(int, match.groups()))
    except ValueError as error:
        raise _refused(field, "MAT-143") from error
    raise _refused(field, "MAT-143")


def _chosen(field: Field, text: str) -> str | bool:
    """A choice by its code; a yes or no also by its word."""
    if field.kind is FieldKind.YES_NO:
        answer = _YES_NO.get(text.casefold())
        if answer is None:
            raise _refused(field, "MAT-144")
        return answer
    codes = field.table.codes if field.table is not None else None
    if codes is not None and text not in codes:
        raise _refused(field, "MAT-144")
    return text


def _shaped(field: Field, text: str) -> str:
    if field.kind is FieldKind.PHONE:
        number = text.translate(_HALF_WIDTH)
        if not _PHONE.fullmatch(number):
            raise _refused(field, "MAT-146")
        return number
    number = as_stored(text)
    if not _DOCUMENT.fullmatch(number):
        raise _refused(field, "MAT-147")
    return number

"""材料内容识别: numbers and names on the pages of one file, and whether the pages agree. Nothing is corrected by guessing.

A VIN counts only with its check digit, a citizen's number only with its check character, a plate only in its alphabet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from app.archive.line_reading import ReadLine
from app.domain.errors import BadInput
from app.domain.person import require_citizen_number
from app.domain.vehicle import is_plate, vin_read_as


class Item(Enum):
    """What is compared."""

    VIN = "vin"
    PLATE = "plate"
    ID_NUMBER = "id_number"
    NAME = "name"


_RUN = re.compile(r"[0-9A-Z]{17,}")
_NUMBER = re.compile(r"(?<![0-9])[0-9]{17}[0-9X](?![0-9])")
_PLATE = re.compile(r"[\u4e00-\u9fff][A-Z][·.\-]?[A-Z0-9]{4,6}[A-Z0-9学警港澳挂]?")
_NAME = re.compile(r"(?:姓名|所有人|申请人|被保险人|购买方名称)[:：]?([\u4e00-\u9fff·]{2,15})")
_LABELS = ("住址", "性别", "民族", "身份证", "名称", "签字", "签名", "联系", "电话", "姓名")
_VIN_LENGTH = 17


@dataclass(frozen=True)
class Disagreement:
    """``values``: what was read → the pages' ids, the commonest first."""

    item: Item
    values: tuple[tuple[str, tuple[str, ...]], ...]


def values_in(lines: Iterable[ReadLine]) -> dict[Item, set[str]]:
    """What one page says, by its read lines. Pure and total."""
    found: dict[Item, set[str]] = {item: set() for item in Item}
    for line in lines:
        text = line.text.upper().replace(" ", "")
        found[Item.VIN] |= set(_vins(text))
        found[Item.ID_NUMBER] |= {number for number in _NUMBER.findall(text) if _is_citizen(number)}
        for plate in _PLATE.findall(text):
            plain = re.sub(r"[·.\-]", "", plate)
            found[Item.PLATE] |= {plain[:end] for end in (8, 7) if is_plate(plain[:end])}
        found[Item.NAME] |= {name for name in _NAME.findall(text) if not any(label in name for label in _LABELS)}
    return found


def _vins(text: str) -> Iterable[str]:
    for run in _RUN.findall(text):
        for start in range(len(run) - _VIN_LENGTH + 1):
            piece = run[start : start + _VIN_LENGTH]
            vin = "" if piece.isdecimal() else vin_read_as(piece)
            if vin:
                yield vin


def _is_citizen(number: str) -> bool:
    try:
        require_citizen_number(number)
    except BadInput:
        return False
    return True


def disagreements(pages: Mapping[str, Mapping[Item, set[str]]]) -> tuple[Disagreement, ...]:
    """``pages``: id → what it says. Items of which the pages name more than one. Pure.

    Names are compared, too: a buyer and a seller differ rightly, so a person decides.
    """
    found = []
    for item in Item:
        where = _where(pages, item)
        if len(where) > 1:
            ordered = sorted(where.items(), key=lambda each: (-len(each[1]), each[0]))
            found.append(Disagreement(item, tuple((value, tuple(ids)) for value, ids in ordered)))
    return tuple(found)


def agreed(pages: Mapping[str, Mapping[Item, set[str]]]) -> dict[Item, str]:
    """What all pages that name it name alike. Pure."""
    found = {}
    for item in Item:
        where = _where(pages, item)
        if len(where) == 1:
            found[item] = next(iter(where))
    return found


def _where(pages: Mapping[str, Mapping[Item, set[str]]], item: Item) -> dict[str, list[str]]:
    where: dict[str, list[str]] = {}
    for page_id, said in pages.items():
        for value in said.get(item, ()):
            where.setdefault(value, []).append(page_id)
    return where

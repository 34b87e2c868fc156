"""Types of archive pages, what a business asks for, and what of it a file lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class PageType:
    """``six_in_one``: the material's name in 六合一, "" where it has none."""

    id: str
    zh: str
    en: str
    six_in_one: str

    def name(self, language: str) -> str:
        """In ``zh_CN`` or ``en``."""
        return self.zh if language.startswith("zh") else self.en


class Wanted(Enum):
    """必拍, 选拍, or by a condition on the business."""

    MUST = "must"
    MAY = "may"
    WHEN = "when"


@dataclass(frozen=True)
class MaterialRule:
    """One material of a business type. ``types``: any one of these serves (exclusive alternatives).

    ``sides``: pages of one piece, 2 for both sides of a card. ``when``: the fact that asks for it, only with WHEN.
    ``most``: pages at the most, 0 = any number.
    """

    name: str
    types: frozenset[str]
    wanted: Wanted = Wanted.MUST
    sides: int = 1
    when: str = ""
    most: int = 0


class LackKind(Enum):
    """What stands against a file."""

    MISSING = "missing"
    SIDE_MISSING = "side-missing"
    TOO_MANY = "too-many"
    UNASKED = "unasked"  # a page of a type that the business does not know
    UNTYPED = "untyped"


@dataclass(frozen=True)
class Lack:
    """``count``: pages missing or too many."""

    kind: LackKind
    material: str
    count: int = 1


# These say nothing about completeness.
_SILENT = frozenset({"blank", "other", "separator"})


def lacks_of(types: Iterable[str], rules: Iterable[MaterialRule], facts: Mapping[str, bool]) -> tuple[Lack, ...]:
    """What a file of these page types lacks for a business: the missing first. ``types``: "" = not known. Pure and total.

    A fact that is not known asks for nothing: a material is never demanded on a guess.
    """
    there = Counter(types)
    found: list[Lack] = []
    known: set[str] = set()
    for rule in rules:
        known |= rule.types
        count = sum(there[each] for each in rule.types)
        asked = rule.wanted is Wanted.MUST or (rule.wanted is Wanted.WHEN and facts.get(rule.when) is True)
        if asked and not count:
            found.append(Lack(LackKind.MISSING, rule.name, rule.sides))
        elif count % rule.sides:
            found.append(Lack(LackKind.SIDE_MISSING, rule.name, rule.sides - count % rule.sides))
        if rule.most and count > rule.most:
            found.append(Lack(LackKind.TOO_MANY, rule.name, count - rule.most))
    if there[""]:
        found.append(Lack(LackKind.UNTYPED, "", there[""]))
    strange = sorted(each for each in there if each and each not in known | _SILENT)
    found += [Lack(LackKind.UNASKED, each, there[each]) for each in strange]
    order = list(LackKind)
    return tuple(sorted(found, key=lambda lack: order.index(lack.kind)))

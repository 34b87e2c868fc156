"""What each business asks for in its archive file, read once from ``resources/archive/materials.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.config.places import RESOURCES
from app.domain.archive import MaterialRule, Wanted


@dataclass(frozen=True)
class ArchiveBusiness:
    """``facts``: those that its rules ask about."""

    code: str
    zh: str
    en: str
    rules: tuple[MaterialRule, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of the facts that decide about a material, in their order."""
        return tuple(dict.fromkeys(rule.when for rule in self.rules if rule.when))

    def name(self, language: str) -> str:
        """In ``zh_CN`` or ``en``."""
        return self.zh if language.startswith("zh") else self.en


@cache
def _table() -> dict[str, Any]:
    with (RESOURCES / "archive" / "materials.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def archive_businesses(kind: str) -> dict[str, ArchiveBusiness]:
    """Code → business. ``kind``: vehicle or driver."""
    return {
        code: ArchiveBusiness(code, row["zh"], row["en"], tuple(_rule(rule) for rule in row["rules"]))
        for code, row in _table()[kind].items()
    }


def fact_name(fact: str, language: str) -> str:
    """A fact in words."""
    return str(_table()["facts"][fact]["zh" if language.startswith("zh") else "en"])


def _rule(row: dict[str, Any]) -> MaterialRule:
    return MaterialRule(
        row["name"],
        frozenset(row["types"]),
        Wanted(row.get("wanted", "must")),
        row.get("sides", 1),
        row.get("when", ""),
        row.get("most", 0),
    )

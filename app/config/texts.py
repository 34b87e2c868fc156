"""Sentences under their codes: errors (what happened, what is safe, what to do) and advice for checks.

Windows translate their own words through Qt; these texts are shared with the command line and the receipt,
which run without Qt, so they live in ``resources/texts`` with both languages side by side.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from app.config.places import RESOURCES
from app.config.register import advice_texts, register
from app.domain.attribute import AttributeKind

LANGUAGES = ("zh_CN", "en")


class Coded(Protocol):
    """Any error that carries a code: the workstation's and the devices' alike."""

    code: str
    params: dict[str, str | int | float]


@dataclass(frozen=True)
class ErrorText:
    """What an officer reads: ``code`` in small print beneath."""

    code: str
    what: str
    safe: str
    next: str

    def one_line(self) -> str:
        """For the command line and the status strip."""
        return f"[{self.code}] {self.what} {self.safe} {self.next}"


@cache
def _table(name: str) -> dict[str, Any]:
    """One file ``texts/<name>.toml``, or all files of the folder ``texts/<name>`` together."""
    folder = RESOURCES / "texts" / name
    files = sorted(folder.glob("*.toml")) if folder.is_dir() else [folder.with_suffix(".toml")]
    table: dict[str, Any] = {}
    for path in files:
        with path.open("rb") as file:
            part = tomllib.load(file)
        if twice := table.keys() & part.keys():
            raise ValueError(f"{path.name}: {sorted(twice)} is declared in another file too")
        table |= part
    return table


def _language(language: str) -> str:
    return "zh" if language.startswith("zh") else "en"


def error_codes() -> frozenset[str]:
    """Every code that has a text."""
    return frozenset(_table("errors"))


class _Blanks(dict[str, str | int | float]):
    def __missing__(self, key: str) -> str:
        return "?"


def error_text(error: Coded, language: str = "zh_CN") -> ErrorText:
    """The three sentences for an error. Raises KeyError for a code without text (a test forbids it)."""
    entry = _table("errors")[error.code][_language(language)]
    blanks = _Blanks(error.params)
    what, safe, following = (entry[key].format_map(blanks) for key in ("what", "safe", "next"))
    return ErrorText(error.code, what, safe, following)


def error_what(code: str, language: str = "zh_CN") -> str:
    """What happened, for a code that was kept without its values; a text that is no code stays as it is."""
    entry = _table("errors").get(code)
    return code if entry is None else str(entry[_language(language)]["what"]).format_map(_Blanks())


def check_name(check: str, language: str = "zh_CN") -> str:
    """The name of an attribute, e.g. 眼睁闭."""
    row = register()[check]
    return row.name_zh if _language(language) == "zh" else row.name_en


def check_unit(unit: str, language: str = "zh_CN") -> str:
    """A unit as people write it, e.g. ``deg`` → °."""
    units = _table("checks")["units"]
    return str(units[unit][_language(language)]) if unit in units else unit


def requirement_number(check: str) -> int | str | None:
    """Where the requirement lists the attribute: 1–115, or e.g. 裁剪3; None where it does not."""
    number = register()[check].number
    return int(number) if number.isdigit() else number or None


def advice(key: str, language: str = "zh_CN") -> str:
    """What to do about a check's result; ``key`` is ``<check>.low|high|unknown``, "" gives ""."""
    if not key:
        return ""
    check, _, side = key.rpartition(".")
    if side == "unknown":
        row = register()[check]
        if row.kind is AttributeKind.OPERATOR:
            side = "high"
        else:
            return str(_table("checks")["unknown"][row.needs][_language(language)])
    return advice_texts()[check][side][_language(language)]


def live_sentence(key: str, language: str = "zh_CN") -> str:
    """What the applicant is told while the camera runs."""
    return str(_table("live")[key][_language(language)])


def card_word(table: str, key: str, language: str = "zh_CN") -> str | None:
    """What a card's type, field, code or finding is called; ``table`` as in ``texts/card.toml``, None = no such key."""
    entry = _table("card")[table].get(key)
    return None if entry is None else str(entry[_language(language)])


def audit_word(event: str, language: str = "zh_CN") -> str:
    """What an event of the audit log is called; one this program does not know keeps its own word."""
    entry = _table("audit").get(event)
    return event if entry is None else str(entry[_language(language)])


def special_reasons(language: str = "zh_CN") -> tuple[str, ...]:
    """特检原因 to choose from, in the order of the file."""
    return _reasons("special_reasons", language)


def hand_reasons(language: str = "zh_CN") -> tuple[str, ...]:
    """Why somebody's details are typed by hand, in the order of the file."""
    return _reasons("hand_reasons", language)


def _reasons(table: str, language: str) -> tuple[str, ...]:
    return tuple(str(row[_language(language)]) for row in _table(table).values())


def whole_table(table: str) -> dict[str, Any]:
    """A whole text table, for documentation and for the tests that compare codes with texts."""
    return dict(_table(table))

"""Tables of travel documents, read once from ``resources/travel``: transliteration, shapes of typed numbers."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from app.config.places import RESOURCES
from app.config.texts import whole_table
from app.domain.document_number import NumberKind
from app.domain.mrz.names import Transliteration
from app.domain.mrz.reading import Check, Problem, Reading


def _table(name: str) -> dict[str, Any]:
    with (RESOURCES / "travel" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def transliteration() -> Transliteration:
    """Letter → its permitted spellings in a zone (ICAO Doc 9303 part 3, section 6)."""
    return {letter: tuple(forms) for part in _table("transliteration").values() for letter, forms in part.items()}


@cache
def number_kinds() -> dict[str, NumberKind]:
    """Kinds of numbers by their id, in the order in which they are offered."""
    return {
        name: NumberKind(
            name,
            row["pattern"],
            row["check"],
            row["zh"]["name"],
            row["en"]["name"],
            row["zh"]["shape"],
            row["en"]["shape"],
            tuple(row["certificates"]),
        )
        for name, row in _table("numbers").items()
    }


def field_name(field: str, language: str) -> str:
    """The name of a field or check digit of a zone."""
    return str(whole_table("travel")["fields"][field]["zh" if language.startswith("zh") else "en"])


def travel_sentence(key: str, language: str, **blanks: str | int) -> str:
    """A sentence about a reading."""
    entry = whole_table("travel")["sentences"][key]["zh" if language.startswith("zh") else "en"]
    return str(entry).format_map(blanks)


def check_sentence(check: Check, language: str) -> str:
    """What a check digit that does not hold tells."""
    return travel_sentence("fails", language, printed=check.printed, computed=check.computed)


def problem_sentence(problem: Problem, language: str) -> str:
    """What is wrong apart from check digits."""
    blanks = {**vars(problem), "field": field_name(problem.field, language)}
    return travel_sentence(blanks.pop("kind").value, language, **blanks)


def zone_doubts(reading: Reading, language: str) -> tuple[str, ...]:
    """Everything an officer should look at before the fields are used; () for a sound zone."""
    failed = [c for c in reading.checks if not c.holds]
    words = [f"{field_name(c.name, language)}: {check_sentence(c, language)}" for c in failed]
    words += [problem_sentence(problem, language) for problem in reading.problems]
    return (*words, *([travel_sentence("truncated", language)] if reading.name.maybe_truncated else []))

"""The finger register, read once from ``resources/fingers.toml``: measures, limits, advice, names, reasons."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.config.places import RESOURCES
from app.domain.errors import NotAllowed
from app.domain.fingers import Finger, FingerAttempt, FingerOutcome, ScoreMethod, hint
from app.domain.judgement import Limit

_HOUSE = "house rule (resources/fingers.toml)"


@dataclass(frozen=True)
class Reason:
    """Why a finger may be passed over; ``backend``: the back end's code, "" until it has one."""

    id: str
    outcome: FingerOutcome
    backend: str
    names: dict[str, str]

    def name(self, language: str) -> str:
        """As officers read it."""
        return self.names[_side(language)]


def _side(language: str) -> str:
    return "zh" if language.startswith("zh") else "en"


@cache
def _table() -> dict[str, Any]:
    with (RESOURCES / "fingers.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def limits() -> dict[str, Limit]:
    """Every measure's limit, in the order in which they are shown."""
    return {row["id"]: Limit(row["id"], source=_HOUSE, **row["limit"]) for row in _table()["measure"]}


@cache
def _rows() -> dict[str, Any]:
    return {row["id"]: row for row in _table()["measure"]}


@cache
def estimate_points() -> dict[str, tuple[tuple[float, float], ...]]:
    """Measure → (value, grade 0-1) points of the estimate, values rising."""
    return {row["id"]: tuple((float(v), float(g)) for v, g in row["estimate"]) for row in _table()["measure"]}


def measure_name(measure: str, language: str) -> str:
    """For people."""
    return str(_rows()[measure]["name"][_side(language)])


def measure_unit(measure: str) -> str:
    """As people write it; the same in both languages."""
    return str(_rows()[measure]["unit"])


def advice(key: str, language: str) -> str:
    """``<measure>.low|high|unknown`` → the sentence; "" gives ""."""
    if not key:
        return ""
    measure, _, side = key.rpartition(".")
    if side == "unknown":
        return str(_table()["unknown"][_side(language)])
    return str(_rows()[measure][side][_side(language)])


def finger_name(finger: Finger, language: str) -> str:
    """右手拇指."""
    return str(_table()["finger"][str(finger.value)][_side(language)])


def score_name(method: ScoreMethod, language: str) -> str:
    """Who gave the score; an estimate always says that it is one."""
    return str(_table()["score"][method.value][_side(language)])


def hint_text(attempt: FingerAttempt, language: str) -> str:
    """What to tell the person when another finger seems to lie there; "" when not."""
    found = hint(attempt)
    if found is None or attempt.same_as is None:
        return ""
    text = str(_table()["hint"][found.value][_side(language)])
    return text.format(finger=finger_name(attempt.same_as, language), asked=finger_name(attempt.finger, language))


@cache
def reasons() -> tuple[Reason, ...]:
    """In the order in which they are offered."""
    return tuple(
        Reason(row["id"], FingerOutcome(row["outcome"]), row["backend"], {"zh": row["zh"], "en": row["en"]})
        for row in _table()["reason"]
    )


def reason(code: str) -> Reason:
    """Raises NotAllowed FNG-202 for one that is not in the register."""
    for row in reasons():
        if row.id == code:
            return row
    raise NotAllowed("FNG-202", reason=code)

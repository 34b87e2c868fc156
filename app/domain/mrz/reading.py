"""What a zone says, which check digits hold, and what an officer is asked; nothing in it was ever put right silently."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.domain.mrz.dates import ZoneDate
from app.domain.mrz.names import ZoneName


@dataclass(frozen=True)
class Check:
    """One check digit: ``printed`` as it stands there, ``computed`` from the characters read."""

    name: str
    printed: str
    computed: str
    holds: bool


class ProblemKind(Enum):
    """What is wrong apart from check digits."""

    CHARACTER = "character"  # a digit among letters, a letter in a date or in a check digit
    DATE = "date"  # no such day
    DOCUMENT_CODE = "document_code"  # not the first letter of this kind of zone


@dataclass(frozen=True)
class Problem:
    """``line`` and ``column`` count from 1, as a person counts."""

    kind: ProblemKind
    field: str
    line: int
    column: int
    found: str


@dataclass(frozen=True)
class Change:
    """One character read as ``read`` that could be ``could_be``; line and column from 1."""

    field: str
    line: int
    column: int
    read: str
    could_be: str


@dataclass(frozen=True)
class Suggestion:
    """Changes with which the check digits in ``agrees`` hold; an officer takes it or leaves it."""

    changes: tuple[Change, ...]
    agrees: tuple[str, ...]


@dataclass(frozen=True)
class BlindSpot:
    """A character whose lookalike would leave every check digit as it is: only eyes can tell (6 and G, 1 and L)."""

    field: str
    line: int
    column: int
    read: str
    could_be: str


@dataclass(frozen=True)
class Reading:
    """``lines``: as delivered, with accepted suggestions put in. ``accepted``: those suggestions, in order.

    ``number`` is whole also where it goes on in the optional data. ``optional`` and ``optional2`` without trailing
    fillers. ``birth`` and ``expiry`` are None where no date can be read (then a problem says so).
    """

    kind: str
    lines: tuple[str, ...]
    document_code: str
    issuer: str
    number: str
    nationality: str
    birth: ZoneDate | None
    sex: str
    expiry: ZoneDate | None
    optional: str
    optional2: str
    name: ZoneName
    checks: tuple[Check, ...]
    problems: tuple[Problem, ...]
    suggestions: tuple[Suggestion, ...]
    blind_spots: tuple[BlindSpot, ...]
    accepted: tuple[Suggestion, ...]

    @property
    def sound(self) -> bool:
        """Whether every check digit of this kind of zone holds and nothing else is wrong."""
        return all(check.holds for check in self.checks) and not self.problems

    def __repr__(self) -> str:  # personal data never reaches a log through a repr
        return f"Reading({self.kind}, sound={self.sound})"

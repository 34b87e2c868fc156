"""Where each field stands in each kind of machine-readable zone, as a table.

Source: ICAO Doc 9303, eighth edition: part 4 (TD3), part 5 (TD1), part 6 (TD2), part 7 (MRV-A, MRV-B).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

FILLER = "<"


class Characters(Enum):
    """What may stand in a field."""

    LETTERS = "letters"
    DIGITS = "digits"
    ANY = "any"
    SEX = "sex"


@dataclass(frozen=True)
class Span:
    """``line`` from 0; ``start`` from 0, ``stop`` behind the last character."""

    line: int
    start: int
    stop: int

    def of(self, lines: tuple[str, ...]) -> str:
        """The characters there."""
        return lines[self.line][self.start : self.stop]

    def positions(self) -> tuple[tuple[int, int], ...]:
        """(line, column) of every character."""
        return tuple((self.line, column) for column in range(self.start, self.stop))


@dataclass(frozen=True)
class CheckRule:
    """``digit`` is the check digit of ``covers``, in that order."""

    name: str
    covers: tuple[Span, ...]
    digit: Span


@dataclass(frozen=True)
class Layout:
    """One kind of zone. ``overflow``: the field where a long document number goes on (TD1, TD2)."""

    name: str
    lines: int
    length: int
    first: str
    fields: Mapping[str, Span]
    checks: tuple[CheckRule, ...]
    overflow: str = ""


# What each field may hold; check digits are digits. Fields not named here hold anything.
CONTENT: Mapping[str, Characters] = {
    "document_code": Characters.LETTERS,
    "issuer": Characters.LETTERS,
    "nationality": Characters.LETTERS,
    "name": Characters.LETTERS,
    "birth": Characters.DIGITS,
    "expiry": Characters.DIGITS,
    "sex": Characters.SEX,
}


def _two_lines(name: str, length: int, first: str, optional: Span, composite: Span | None) -> Layout:
    """TD2, TD3 and the visas share their columns and differ in what follows the expiry date."""
    fields = {
        "document_code": Span(0, 0, 2),
        "issuer": Span(0, 2, 5),
        "name": Span(0, 5, length),
        "number": Span(1, 0, 9),
        "nationality": Span(1, 10, 13),
        "birth": Span(1, 13, 19),
        "sex": Span(1, 20, 21),
        "expiry": Span(1, 21, 27),
        "optional": optional,
    }
    checks = [
        CheckRule("number", (fields["number"],), Span(1, 9, 10)),
        CheckRule("birth", (fields["birth"],), Span(1, 19, 20)),
        CheckRule("expiry", (fields["expiry"],), Span(1, 27, 28)),
    ]
    if name == "TD3":
        checks.append(CheckRule("optional", (optional,), Span(1, 42, 43)))
    if composite is not None:
        covers = (Span(1, 0, 10), Span(1, 13, 20), Span(1, 21, composite.start))
        checks.append(CheckRule("composite", covers, composite))
    return Layout(name, 2, length, first, fields, tuple(checks), "optional" if name == "TD2" else "")


def _three_lines() -> Layout:
    fields = {
        "document_code": Span(0, 0, 2),
        "issuer": Span(0, 2, 5),
        "number": Span(0, 5, 14),
        "optional": Span(0, 15, 30),
        "birth": Span(1, 0, 6),
        "sex": Span(1, 7, 8),
        "expiry": Span(1, 8, 14),
        "nationality": Span(1, 15, 18),
        "optional2": Span(1, 18, 29),
        "name": Span(2, 0, 30),
    }
    checks = (
        CheckRule("number", (fields["number"],), Span(0, 14, 15)),
        CheckRule("birth", (fields["birth"],), Span(1, 6, 7)),
        CheckRule("expiry", (fields["expiry"],), Span(1, 14, 15)),
        CheckRule("composite", (Span(0, 5, 30), Span(1, 0, 7), Span(1, 8, 15), Span(1, 18, 29)), Span(1, 29, 30)),
    )
    return Layout("TD1", 3, 30, "ACI", fields, checks, "optional")


TD1 = _three_lines()
TD2 = _two_lines("TD2", 36, "ACI", Span(1, 28, 35), Span(1, 35, 36))
TD3 = _two_lines("TD3", 44, "P", Span(1, 28, 42), Span(1, 43, 44))
MRV_A = _two_lines("MRV-A", 44, "V", Span(1, 28, 44), None)
MRV_B = _two_lines("MRV-B", 36, "V", Span(1, 28, 36), None)
LAYOUTS = (TD1, TD2, TD3, MRV_A, MRV_B)
SHAPES = frozenset((layout.lines, layout.length) for layout in LAYOUTS)


def layout_of(lines: tuple[str, ...]) -> Layout | None:
    """By the number and length of the lines, and V for visas; None when no zone has this shape."""
    shape = (len(lines), len(lines[0]) if lines else 0)
    if shape not in SHAPES or any(len(line) != shape[1] for line in lines):
        return None
    fitting = [layout for layout in LAYOUTS if (layout.lines, layout.length) == shape]
    visa = lines[0].startswith("V")
    # No visa has three lines: a V there is a misread or unknown document code, which the reading names.
    return next((layout for layout in fitting if (layout.first == "V") == visa), fitting[0])

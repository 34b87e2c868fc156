"""Which lookalike characters would make a failing check digit agree: named, at most two at a time, never applied here."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from app.domain.mrz.check_digit import LOOKALIKES, value_of
from app.domain.mrz.layout import CONTENT, FILLER, Characters, CheckRule, Layout
from app.domain.mrz.reading import Change, Check, Suggestion

# More ways than this to make one digit agree mean that the digit proves nothing.
_MOST_SUGGESTIONS = 6
_MOST_TRIED = 200

_Place = tuple[int, int]
_Checks = Callable[[tuple[str, ...]], tuple[Check, ...]]


def suggestions_for(
    lines: tuple[str, ...], layout: Layout, checks: tuple[Check, ...], check: _Checks
) -> tuple[Suggestion, ...]:
    """For every failing digit the fewest changes that make it hold; those with which the composite holds too come first.

    A suggestion never makes a digit fail that held before. Fields without a check digit (names, states) get none.
    """
    held = {c.name for c in checks if c.holds}
    failing = [rule for rule in layout.checks if rule.name not in held]
    own = [rule for rule in failing if rule.name != "composite"]
    # The composite digit alone speaks for the fields that have no digit of their own, and for itself.
    found: list[Suggestion] = []
    for rule in own or failing:
        found += _for_rule(lines, layout, rule, held, check)
    return tuple(sorted(found, key=lambda s: ("composite" not in s.agrees, len(s.changes))))


def _for_rule(lines: tuple[str, ...], layout: Layout, rule: CheckRule, held: set[str], check: _Checks) -> list[Suggestion]:
    """One change, else two. What each change does to the digit adds up, so that only pairs that can agree are tried."""
    singles = _changes(lines, _places(lines, layout, rule))
    base = _gap(check(lines), rule.name)
    effects = [_gap(check(_applied(lines, (change,))), rule.name) - base for change in singles]
    one = [(c,) for c, effect in zip(singles, effects, strict=True) if (base + effect) % 10 == 0]
    two = [
        (singles[i], singles[j])
        for i, j in itertools.combinations(range(len(singles)), 2)
        if (base + effects[i] + effects[j]) % 10 == 0 and _place(singles[i]) != _place(singles[j])
    ]
    for candidates in (one, two):
        found = []
        for changes in candidates[:_MOST_TRIED]:
            holds = {c.name for c in check(_applied(lines, changes)) if c.holds}
            if rule.name in holds and held <= holds:
                found.append(Suggestion(changes, tuple(sorted(holds - held))))
        with_composite = [s for s in found if "composite" in s.agrees]
        best = with_composite or found
        if best:
            return best if len(best) <= _MOST_SUGGESTIONS else []
    return []


def _gap(checks: tuple[Check, ...], name: str) -> int:
    """Printed less computed, 0 to 9; a letter in the digit's place counts with its own value."""
    check = next(c for c in checks if c.name == name)
    return (value_of(check.printed) - int(check.computed)) % 10


def _places(lines: tuple[str, ...], layout: Layout, rule: CheckRule) -> dict[_Place, str]:
    """Where a change may be made → the name of the field there."""
    names: dict[_Place, str] = {}
    for name, span in layout.fields.items():
        names |= dict.fromkeys(span.positions(), name)
    for other in layout.checks:
        names |= dict.fromkeys(other.digit.positions(), f"{other.name}_digit")
    covered = [place for span in (*rule.covers, rule.digit) for place in span.positions()]
    if rule.name == "composite":
        own_digits = {p for r in layout.checks if r is not rule for s in (*r.covers, r.digit) for p in s.positions()}
        covered = [place for place in covered if place not in own_digits]
    elif rule.name == "number" and layout.overflow and rule.digit.of(lines) == FILLER:
        span = layout.fields[layout.overflow]
        covered += span.positions()[: len(span.of(lines).partition(FILLER)[0])]
    return {place: names[place] for place in covered}


def _lookalikes(name: str, character: str) -> str:
    content = Characters.DIGITS if name.endswith("_digit") else CONTENT.get(name, Characters.ANY)
    others = LOOKALIKES.get(character, "")
    if content is Characters.DIGITS:
        return "".join(c for c in others if c.isdigit())
    return others


def _place(change: Change) -> _Place:
    return change.line, change.column


def _changes(lines: tuple[str, ...], places: dict[_Place, str]) -> list[Change]:
    return [
        Change(name, line + 1, column + 1, lines[line][column], other)
        for (line, column), name in places.items()
        for other in _lookalikes(name, lines[line][column])
    ]


def _applied(lines: tuple[str, ...], changes: tuple[Change, ...]) -> tuple[str, ...]:
    rows = [list(line) for line in lines]
    for change in changes:
        rows[change.line - 1][change.column - 1] = change.could_be
    return tuple("".join(row) for row in rows)

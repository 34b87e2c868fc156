"""What any text must end in, at the reader of conditions, of a field and of a catalogue file; one input a call."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from app.config.matters import load_catalogue, shipped_catalogue
from app.domain.errors import BadInput
from app.domain.expressions import Answer, Expression, Kind, Type, compiled
from app.domain.matters.reading import read_value

SCOPE = {
    "today": Type(Kind.DATE),
    "born_on": Type(Kind.DATE),
    "number": Type(Kind.TEXT),
    "sex": Type(Kind.TEXT, frozenset({"1", "2"})),
    "months": Type(Kind.INTEGER),
    "own_income": Type(Kind.BOOLEAN),
}
REFUSALS = {f"MAT-12{n}" for n in range(1, 9)}
_WORDS = (
    *SCOPE, "and", "or", "not", "in", "true", "false", "(", ")", "{", "}", ",", "=", "!=", "<", "<=", ">", ">=", "+",
    "-", "*", "1", "18", "999999999999",
    "'1'", "'2'", "''", "2016-07-22", "2026-02-30", "month", "months", "years", "day", "age (",
    "months_between (", "days_between (", "born (", "length (", "present (", "absent (", "citizen_number (", "≥", "§", "x",
)  # fmt: skip
_FACTS: tuple[Answer, ...] = (
    None, True, False, 0, 7, 10**12, -(10**12), "1", "", "99999919950301001X",
    date(1, 1, 1), date(9999, 12, 31), date(2008, 2, 29),
)  # fmt: skip


def likely_condition(chance: Random) -> str:
    """A text of the language's own words, nearly always wrong somewhere."""
    return " ".join(chance.choice(_WORDS) for _ in range(chance.randrange(1, 24)))


def compile_any_text(text: str) -> Expression | None:
    """An expression or a typed refusal that names a place in the text."""
    refusal: BadInput | None = None
    expression = None
    try:
        expression = compiled(text, SCOPE)
    except BadInput as refused:
        refusal = refused
    if refusal is not None:
        position = refusal.params["position"]
        assert refusal.code in REFUSALS
        assert isinstance(position, int)
        assert 1 <= position <= len(text) + 1
    return expression


def answer_any_facts(expression: Expression, facts: Mapping[str, Answer]) -> None:
    """Yes, no or unknown, whatever the facts are."""
    assert expression.value(facts) in {True, False, None}


def one_condition(seed: int) -> None:
    """The fuzz target of conditions."""
    chance = Random(seed)
    expression = compile_any_text(likely_condition(chance))
    if expression is not None:
        answer_any_facts(expression, {name: chance.choice(_FACTS) for name in SCOPE if chance.random() < 0.8})


def one_field(seed: int) -> None:
    """The fuzz target of what is typed into a field."""
    chance = Random(seed)
    fields = shipped_catalogue().matters[seed % 195].form.fields
    typed = "".join(chr(chance.randrange(chance.choice((0x3A, 0x3000, 0x11000)))) for _ in range(chance.randrange(30)))
    with suppress(BadInput):
        field = chance.choice(fields)
        value = read_value(field, typed)
        assert value is None or not isinstance(value, int) or -(10**12) < value < 10**12


def load_any_bytes(data: bytes) -> None:
    """The fuzz target of a catalogue file: what is wrong becomes a coded fault, and nothing is half loaded."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "small.toml"
        path.write_bytes(data)
        catalogue = load_catalogue((), Path(folder))
    assert all(fault.code.startswith("MAT-1") for fault in catalogue.faults)
    for matter in catalogue.matters:
        assert matter.examples
        assert matter.zh

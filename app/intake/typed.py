"""What stands in a draft as text, and what the rules see: keys of fields, rows of sections that repeat, values read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.errors import BadInput
from app.domain.expressions import Answer
from app.domain.matters.form import TODAY, Field, Filling, Form, Section
from app.domain.matters.reading import read_value


def key_of(section: Section, field: Field, row: int = 0) -> str:
    """The name under which a draft keeps a field; ``row`` of a repeating section, counted from 1."""
    return f"{section.id}.{row}.{field.id}" if row else field.id


def row_numbers(section: Section, names: Mapping[str, object]) -> tuple[int, ...]:
    """The rows of a repeating section that something stands in, ascending; ``names``: key → a value, blank or not."""
    found = set()
    for name, value in names.items():
        owner, _, rest = name.partition(".")
        number = rest.partition(".")[0]
        if owner == section.id and value and number.isdecimal() and len(number) <= 3:
            found.add(int(number))
    return tuple(sorted(found))


def text_of(value: Answer) -> str:
    """A value as a draft keeps it; ``read_value`` reads the same back. "" for a blank one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


@dataclass(frozen=True)
class Slot:
    """One place of a form that a text can stand in."""

    section: Section
    field: Field
    row: int = 0

    @property
    def key(self) -> str:
        """Its name in the draft."""
        return key_of(self.section, self.field, self.row)


def slots(form: Form, names: Mapping[str, object]) -> Iterator[Slot]:
    """Every place of the form, in its order; a repeating section as often as it has rows."""
    for section in form.sections:
        for row in row_numbers(section, names) if section.rows else (0,):
            for field in section.fields:
                yield Slot(section, field, row)


@dataclass(frozen=True)
class Typed:
    """``wrong``: key → why its text means nothing. ``rows``: section → the draft's number of each row of the filling."""

    filling: Filling
    wrong: Mapping[str, BadInput]
    rows: Mapping[str, tuple[int, ...]]


def typed(form: Form, texts: Mapping[str, str], today: date) -> Typed:
    """The filling of a form. What is not asked (any more) does not count; what means nothing is blank and named."""
    values: dict[str, Answer] = {}
    rows: dict[str, dict[int, dict[str, Answer]]] = {}
    wrong: dict[str, BadInput] = {}
    for slot in slots(form, texts):
        try:
            value = read_value(slot.field, texts.get(slot.key, ""))
        except BadInput as error:
            wrong[slot.key] = error
            value = None
        if slot.row:
            rows.setdefault(slot.section.id, {}).setdefault(slot.row, {})[slot.field.id] = value
        elif value is not None:
            values[slot.field.id] = value
    _drop_unasked(form, values, today)
    for section in form.sections:
        for row in rows.get(section.id, {}).values():
            _drop_row(section, row, {**values, TODAY: today})
    unasked = {slot.key for slot in slots(form, texts) if not _asked(slot, values, rows, today)}
    return Typed(
        Filling(values, {name: tuple(numbered[n] for n in sorted(numbered)) for name, numbered in rows.items()}),
        {key: error for key, error in wrong.items() if key not in unasked},
        {name: tuple(sorted(numbered)) for name, numbered in rows.items()},
    )


def _drop_unasked(form: Form, values: dict[str, Answer], today: date) -> None:
    """Until nothing changes: what is not asked may be what another field waits for. Only ever drops, so it ends."""
    fields = [f for section in form.sections if not section.rows for f in section.fields if f.asked is not None]
    while dropped := [f.id for f in fields if f.id in values and not f.is_asked({**values, TODAY: today})]:
        for name in dropped:
            del values[name]


def _drop_row(section: Section, row: dict[str, Answer], facts: Mapping[str, Answer]) -> None:
    for field in section.fields:
        if row.get(field.id) is not None and not field.is_asked({**facts, **row}):
            row[field.id] = None


def _asked(
    slot: Slot, values: Mapping[str, Answer], rows: Mapping[str, Mapping[int, Mapping[str, Answer]]], today: date
) -> bool:
    row = rows[slot.section.id][slot.row] if slot.row else {}
    return slot.field.is_asked({**values, **row, TODAY: today})


def texts_of(form: Form, filling: Filling) -> dict[str, str]:
    """The same filling as a draft would keep it; rows numbered from 1."""
    texts = {f.id: text_of(filling.values.get(f.id)) for s in form.sections if not s.rows for f in s.fields}
    for section in form.sections:
        for number, row in enumerate(filling.rows.get(section.id, ()), 1):
            texts |= {key_of(section, f, number): text_of(row.get(f.id)) for f in section.fields}
    return {key: text for key, text in texts.items() if text}

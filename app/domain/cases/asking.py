"""A query as an officer asks it: rows of field, operator and typed words, joined by 且 and 或; kept to be asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Any

from app.domain.cases.query import (
    FIELDS,
    AllOf,
    AnyOf,
    CaseQuery,
    Clause,
    Condition,
    FieldKind,
    Operator,
    QueryField,
    SortKey,
    Value,
    checked,
)
from app.domain.errors import BadInput

PAGE = 50
LONGEST_NAME = 40
_DAY_LENGTH = 10
_LIST_SIGNS = str.maketrans("，、;；", ",,,,")


@dataclass(frozen=True)
class AskedRow:
    """``words`` as typed: none for 为空/不为空, two for 范围, any number for 属于. ``otherwise``: 或 before this row.

    且 binds closer: the rows between two 或 hold together.
    """

    field: str
    operator: Operator
    words: tuple[str, ...] = ()
    otherwise: bool = False


@dataclass(frozen=True)
class AskedQuery:
    """What stands in the window's rows, and the order of the list."""

    rows: tuple[AskedRow, ...] = ()
    sort: tuple[SortKey, ...] = ()


@dataclass(frozen=True)
class SavedQuery:
    """A query under a name of its officer's own."""

    name: str
    asked: AskedQuery


def query_of(asked: AskedQuery, zone: tzinfo | None, limit: int = PAGE) -> CaseQuery:
    """The query the store answers; moments are of ``zone`` (None: as the machine stands).

    A moment typed as a day alone means the whole day. Raises BadInput CSE-130…134, CSE-136 for a day nobody can read.
    """
    alternatives: list[list[Clause]] = []
    for row in asked.rows:
        if row.otherwise or not alternatives:
            alternatives.append([])
        alternatives[-1].append(_clause(row, zone))
    groups = tuple(AllOf(tuple(parts)) for parts in alternatives)
    where: Clause = AnyOf(groups) if len(groups) > 1 else groups[0] if groups else AllOf()
    return checked(CaseQuery(where, asked.sort, limit))


def listed(text: str) -> tuple[str, ...]:
    """The words of 属于, typed with commas or 、 between them."""
    return tuple(word.strip() for word in text.translate(_LIST_SIGNS).split(",") if word.strip())


def _clause(row: AskedRow, zone: tzinfo | None) -> Clause:
    field = FIELDS.get(row.field)
    if field is None:
        raise BadInput("CSE-130", field=row.field)
    words = tuple(word.strip() for word in row.words)
    if field.kind is FieldKind.MOMENT:
        return _moments(field, row.operator, words, zone)
    if field.kind is FieldKind.DAY:
        return Condition(field.name, row.operator, tuple(_day(field, word) for word in words))
    return Condition(field.name, row.operator, words)


def _moments(field: QueryField, operator: Operator, words: tuple[str, ...], zone: tzinfo | None) -> Clause:
    name, spans = field.name, [_span(field, word, zone) for word in words]
    if len(spans) == 1 and operator is Operator.EQUAL:
        return Condition(name, Operator.BETWEEN, spans[0])
    if len(spans) == 1 and operator is Operator.NOT_EQUAL:
        before, after = Condition(name, Operator.LESS, spans[0][:1]), Condition(name, Operator.GREATER, spans[0][1:])
        return AnyOf((before, after))
    if operator is Operator.IN:
        return AnyOf(tuple(Condition(name, Operator.BETWEEN, span) for span in spans))
    ends: list[Value] = [span[operator in {Operator.GREATER, Operator.LESS_EQUAL}] for span in spans]
    if operator is Operator.BETWEEN and spans:
        ends[-1] = spans[-1][1]
    return Condition(name, operator, tuple(ends))


def _span(field: QueryField, word: str, zone: tzinfo | None) -> tuple[datetime, datetime]:
    """First and last moment of what was typed."""
    text = word.replace("/", "-")
    if len(text) <= _DAY_LENGTH:
        day = _day(field, word)
        first, last = datetime.combine(day, time.min), datetime.combine(day, time.max)
    else:
        try:
            first = last = datetime.fromisoformat(text)
        except ValueError as error:
            raise _unreadable(field) from error
    return _placed(first, zone), _placed(last, zone)


def _placed(moment: datetime, zone: tzinfo | None) -> datetime:
    if moment.tzinfo is not None:
        return moment
    return moment.astimezone() if zone is None else moment.replace(tzinfo=zone)


def _day(field: QueryField, word: str) -> date:
    try:
        return date.fromisoformat(word.replace("/", "-"))
    except ValueError as error:
        raise _unreadable(field) from error


def _unreadable(field: QueryField) -> BadInput:
    return BadInput("CSE-136", field=field.words.zh, field_en=field.words.en)


def document_of(asked: AskedQuery) -> dict[str, Any]:
    """As it is kept; JSON."""
    return {
        "rows": [[row.field, row.operator.value, list(row.words), row.otherwise] for row in asked.rows],
        "sort": [[key.field, key.descending] for key in asked.sort],
    }


def asked_from(document: Mapping[str, Any]) -> AskedQuery:
    """As it was kept. Raises BadInput CSE-135 for what this program cannot ask (a field that is gone)."""
    try:
        rows = tuple(AskedRow(str(f), Operator(o), tuple(map(str, w)), bool(e)) for f, o, w, e in document["rows"])
        asked = AskedQuery(rows, tuple(SortKey(str(f), bool(d)) for f, d in document["sort"]))
    except (KeyError, ValueError, TypeError) as error:
        raise BadInput("CSE-135") from error
    names = {row.field for row in asked.rows} | {key.field for key in asked.sort}
    if not names <= FIELDS.keys():
        raise BadInput("CSE-135")
    return asked


def require_query_name(text: str) -> str:
    """The name without blanks around it. Raises BadInput CSE-137 for none, or one too long to be read in a list."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise BadInput("CSE-137", most=LONGEST_NAME)
    return name

"""A checked query over cases as one parameterised statement; every value is bound, every column is one of ours.

Order of work in a statement: the narrow index ``cases_facets`` is walked in the order of the cases; a condition on a field
that is not in it (numbers, names of stations) is a look into that field's own index. So no combination of conditions reads
the whole table, and one that matches early stops early.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from app.domain.cases.query import (
    FIELDS,
    AllOf,
    CaseQuery,
    Clause,
    Condition,
    Cursor,
    FieldKind,
    Operator,
    SortKey,
    Value,
    checked,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
# Names are in the narrow index to be sorted by, but looked for in their own, a fifth as wide.
_OWN_INDEX = {name for name, field in FIELDS.items() if not field.sortable} | {"subject_name", "applicant_name"}
_COMPARISONS = {
    Operator.EQUAL: "{0} = ?",
    Operator.GREATER: "{0} > ?",
    Operator.GREATER_EQUAL: "{0} >= ?",
    Operator.CONTAINS: "instr({0}, ?) > 0",
    Operator.BETWEEN: "{0} BETWEEN ? AND ?",
}
_TEXT_COMPARISONS = _COMPARISONS | {
    Operator.NOT_EQUAL: "{0} <> ?",
    Operator.LESS: "({0} < ? AND {0} <> '')",
    Operator.LESS_EQUAL: "({0} <= ? AND {0} <> '')",
    Operator.EMPTY: "{0} = ''",
    Operator.NOT_EMPTY: "{0} <> ''",
}
_NUMBER_COMPARISONS = _COMPARISONS | {
    Operator.NOT_EQUAL: "{0} IS NOT ?",
    Operator.LESS: "{0} < ?",
    Operator.LESS_EQUAL: "{0} <= ?",
    Operator.EMPTY: "{0} IS NULL",
    Operator.NOT_EMPTY: "{0} IS NOT NULL",
}

Bound = str | int


@dataclass(frozen=True)
class Statement:
    """SQL with question marks and what stands in their places."""

    sql: str
    values: tuple[Bound, ...]


def microseconds(moment: datetime) -> int:
    """Since 1970 UTC."""
    return (moment - _EPOCH) // _MICROSECOND


def moment_of(value: int, like: datetime) -> datetime:
    """The moment, in the zone of ``like``."""
    return (_EPOCH + value * _MICROSECOND).astimezone(like.tzinfo)


def page_statement(query: CaseQuery) -> Statement:
    """The ``seq`` of one page, in order. Raises BadInput CSE-130…134."""
    checked(query)
    where = _clause(query.where)
    behind = _behind(query.after, query.sort)
    order = ", ".join([*(f"{_sorted(key)} {'DESC' if key.descending else 'ASC'}" for key in query.sort), "seq DESC"])
    sql = f"SELECT seq FROM cases INDEXED BY cases_facets WHERE {where.sql} AND {behind.sql} ORDER BY {order} LIMIT ?"  # noqa: S608 - our own words
    return Statement(sql, (*where.values, *behind.values, query.limit))


def total_statement(query: CaseQuery) -> Statement:
    """How many cases the conditions find, all pages together. Raises BadInput CSE-130…134."""
    where = _clause(checked(query).where)
    return Statement(f"SELECT count(*) AS n FROM cases INDEXED BY cases_facets WHERE {where.sql}", where.values)  # noqa: S608 - our own words


def _bound(value: Value) -> Bound:
    if isinstance(value, datetime):
        return microseconds(value)
    return value.toordinal() if isinstance(value, date) else value


def _clause(clause: Clause) -> Statement:
    if isinstance(clause, Condition):
        return _condition(clause)
    parts = [_clause(part) for part in clause.parts]
    word, nothing = (" AND ", "1") if isinstance(clause, AllOf) else (" OR ", "0")
    sql = f"({word.join(part.sql for part in parts)})" if parts else nothing
    return Statement(sql, tuple(value for part in parts for value in part.values))


def _condition(condition: Condition) -> Statement:
    name = condition.field
    table = _TEXT_COMPARISONS if FIELDS[name].kind is FieldKind.TEXT else _NUMBER_COMPARISONS
    if condition.operator is Operator.IN:
        comparison = f"{name} IN ({', '.join('?' * len(condition.values))})"
    else:
        comparison = table[condition.operator].format(name)
    values = tuple(_bound(value) for value in condition.values)
    if name in _OWN_INDEX:
        comparison = f"seq IN (SELECT seq FROM cases INDEXED BY cases_by_{name} WHERE {comparison})"  # noqa: S608 - our own words
    return Statement(comparison, values)


def _sorted(key: SortKey) -> str:
    """Empty days stand before all others."""
    return key.field if FIELDS[key.field].kind is FieldKind.TEXT else f"coalesce({key.field}, -1)"


def _behind(cursor: Cursor | None, sort: tuple[SortKey, ...]) -> Statement:
    """What comes after the cursor in the order of ``sort``, then of the cases, latest first."""
    if cursor is None:
        return Statement("1", ())
    columns = [(_sorted(key), ">" if not key.descending else "<") for key in sort] + [("seq", "<")]
    bounds = [-1 if value is None else _bound(value) for value in cursor.keys] + [cursor.order]
    terms, values = [], []
    for depth, (column, sign) in enumerate(columns):
        equal = [f"{earlier} = ?" for earlier, _ in columns[:depth]]
        terms.append("(" + " AND ".join([*equal, f"{column} {sign} ?"]) + ")")
        values += bounds[: depth + 1]
    return Statement("(" + " OR ".join(terms) + ")", tuple(values))

"""Combined conditions over cases (L8333–8340, L8413): declared fields, the requirement's operators, checked as values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from app.domain.cases.case import Case, PersonRole
from app.domain.cases.workflow import Words
from app.domain.errors import BadInput

Value = str | date | datetime

MOST_CONDITIONS = 64
DEEPEST = 6
LARGEST_PAGE = 500
MOST_CHOICES = 200


class FieldKind(Enum):
    """What a field holds."""

    TEXT = "text"
    DAY = "day"
    MOMENT = "moment"


class Operator(Enum):
    """等于 不等于 大于 大于等于 小于 小于等于 为空 不为空 模糊 范围 属于."""

    EQUAL = "="
    NOT_EQUAL = "≠"
    GREATER = ">"
    GREATER_EQUAL = "≥"
    LESS = "<"
    LESS_EQUAL = "≤"
    EMPTY = "empty"
    NOT_EMPTY = "not_empty"
    CONTAINS = "contains"
    BETWEEN = "between"
    IN = "in"


_VALUES = {Operator.EMPTY: 0, Operator.NOT_EMPTY: 0, Operator.BETWEEN: 2}


@dataclass(frozen=True)
class QueryField:
    """One field that may be asked for. ``sortable``: kept in the store's narrow index, so sorting by it stays quick."""

    name: str
    kind: FieldKind
    words: Words
    of: Callable[[Case], Value | None]
    sortable: bool = True


def _person(role: PersonRole, attribute: str) -> Callable[[Case], Value | None]:
    def read(case: Case) -> Value | None:
        person = case.content.person(role)
        if person is None and role is PersonRole.SUBJECT:
            person = case.content.person(PersonRole.APPLICANT)
        value: Value | None = "" if person is None else getattr(person, attribute)
        return value

    return read


_A, _S = PersonRole.APPLICANT, PersonRole.SUBJECT
_TEXT, _DAY, _MOMENT = FieldKind.TEXT, FieldKind.DAY, FieldKind.MOMENT

FIELDS: dict[str, QueryField] = {
    row.name: row
    for row in (
        QueryField("number", _TEXT, Words("受理编号", "Number"), lambda c: c.number, sortable=False),
        QueryField(
            "outside_number",
            _TEXT,
            Words("办件编号", "Platform number"),
            lambda c: c.content.outside_number,
            sortable=False,
        ),
        QueryField("matter_code", _TEXT, Words("事项", "Matter"), lambda c: c.content.matter.code),
        QueryField("line", _TEXT, Words("警种", "Police line"), lambda c: c.content.matter.line),
        QueryField("state", _TEXT, Words("办件状态", "State"), lambda c: c.state.value),
        QueryField("channel", _TEXT, Words("申报方式", "Channel"), lambda c: c.content.channel),
        QueryField("subject_name", _TEXT, Words("姓名", "Name"), _person(_S, "name")),
        QueryField("subject_id_number", _TEXT, Words("身份证号码", "ID number"), _person(_S, "id_number"), sortable=False),
        QueryField("sex", _TEXT, Words("性别", "Sex"), _person(_S, "sex")),
        QueryField("ethnicity", _TEXT, Words("民族", "Ethnic group"), _person(_S, "ethnicity")),
        QueryField("birth_date", _DAY, Words("出生日期", "Born"), _person(_S, "birth_date")),
        QueryField("applicant_name", _TEXT, Words("申请人姓名", "Applicant"), _person(_A, "name")),
        QueryField(
            "applicant_id_number",
            _TEXT,
            Words("申请人身份证号码", "Applicant's ID number"),
            _person(_A, "id_number"),
            sortable=False,
        ),
        QueryField("region_code", _TEXT, Words("行政区划", "Region"), lambda c: c.station.region_code),
        QueryField("station_name", _TEXT, Words("派出所", "Station"), lambda c: c.station.station_name, sortable=False),
        QueryField("officer", _TEXT, Words("受理人", "Officer"), lambda c: c.officer),
        QueryField("submitted", _MOMENT, Words("接收时间", "Received"), lambda c: c.submitted),
        QueryField("due", _DAY, Words("业务超期时间", "Due"), lambda c: c.due),
        QueryField("answered", _DAY, Words("办理日期", "Answered"), lambda c: c.answered),
    )
}


@dataclass(frozen=True)
class Condition:
    """``field`` ``operator`` ``values``: none for 为空/不为空, two for a range (both ends included), any number for IN.

    An empty field equals only 为空; it is ≠ every value and neither greater nor less than any.
    """

    field: str
    operator: Operator
    values: tuple[Value, ...] = ()


@dataclass(frozen=True)
class AllOf:
    """Every part holds; no parts: everything."""

    parts: tuple[Condition | AllOf | AnyOf, ...] = ()


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds; no parts: nothing."""

    parts: tuple[Condition | AllOf | AnyOf, ...] = ()


Clause = Condition | AllOf | AnyOf


@dataclass(frozen=True)
class SortKey:
    """One column of the order; the cases' own order settles what is equal."""

    field: str
    descending: bool = False


@dataclass(frozen=True)
class Cursor:
    """Where the page before ended: the last case's sort values and its order."""

    keys: tuple[Value | None, ...]
    order: int


@dataclass(frozen=True)
class CaseQuery:
    """What to list. Without ``sort``: the latest taken on first."""

    where: Clause = AllOf()
    sort: tuple[SortKey, ...] = ()
    limit: int = 50
    after: Cursor | None = None


def checked(query: CaseQuery) -> CaseQuery:
    """The same query, known to be answerable.

    Raises BadInput: CSE-130 unknown field, CSE-131 operator or value does not suit the field, CSE-132 too many or too deep
    conditions, CSE-133 the field cannot be sorted by, CSE-134 a page size or cursor that fits nothing.
    """
    if _count(query.where, 1) > MOST_CONDITIONS:
        raise BadInput("CSE-132", most=MOST_CONDITIONS)
    for key in query.sort:
        if not _field(key.field).sortable:
            raise _refusal("CSE-133", key.field)
    if len({key.field for key in query.sort}) != len(query.sort):
        raise _refusal("CSE-133", query.sort[-1].field)
    if not 1 <= query.limit <= LARGEST_PAGE:
        raise BadInput("CSE-134", limit=query.limit, most=LARGEST_PAGE)
    if query.after is not None:
        _check_cursor(query.after, query.sort)
    return query


def cursor_after(case: Case, sort: tuple[SortKey, ...]) -> Cursor:
    """The cursor that goes on behind ``case``."""
    return Cursor(tuple(FIELDS[key.field].of(case) for key in sort), case.order)


def _field(name: str) -> QueryField:
    try:
        return FIELDS[name]
    except KeyError:
        raise BadInput("CSE-130", field=name) from None


def _refusal(code: str, name: str, **more: str) -> BadInput:
    words = FIELDS[name].words
    return BadInput(code, field=words.zh, field_en=words.en, **more)


def _count(clause: Clause, depth: int) -> int:
    if depth > DEEPEST:
        raise BadInput("CSE-132", most=MOST_CONDITIONS)
    if isinstance(clause, Condition):
        _check(clause)
        return 1
    return 1 + sum(_count(part, depth + 1) for part in clause.parts)


def _check(condition: Condition) -> None:
    kind, operator = _field(condition.field).kind, condition.operator
    wanted = _VALUES.get(operator, 1)
    fits = 1 <= len(condition.values) <= MOST_CHOICES if operator is Operator.IN else len(condition.values) == wanted
    if operator is Operator.CONTAINS and kind is not FieldKind.TEXT:
        fits = False
    if not fits or not all(suits(kind, value) and value != "" for value in condition.values):
        raise _refusal("CSE-131", condition.field, operator=operator.value)


def suits(kind: FieldKind, value: Value | None) -> bool:
    """Whether a value may stand in a field of that kind: text without control characters, a moment that knows its zone."""
    if kind is FieldKind.TEXT:
        return isinstance(value, str) and not any(ord(c) < 0x20 or 0xD800 <= ord(c) < 0xE000 for c in value)
    if kind is FieldKind.MOMENT:
        return isinstance(value, datetime) and value.tzinfo is not None
    return isinstance(value, date) and not isinstance(value, datetime)


def _check_cursor(cursor: Cursor, sort: tuple[SortKey, ...]) -> None:
    fits = len(cursor.keys) == len(sort) and all(
        value is None or suits(FIELDS[key.field].kind, value) for key, value in zip(sort, cursor.keys, strict=True)
    )
    if not fits:
        raise BadInput("CSE-134", limit=0, most=LARGEST_PAGE)

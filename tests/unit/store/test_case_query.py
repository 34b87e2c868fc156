"""Combined conditions: what the store finds is what a plain filter finds, page by page, whatever is asked."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cmp_to_key
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.cases.case import Case, CasePlace, PersonRole
from app.domain.cases.query import (
    DEEPEST,
    FIELDS,
    MOST_CONDITIONS,
    AllOf,
    AnyOf,
    CaseQuery,
    Clause,
    Condition,
    Cursor,
    FieldKind,
    Operator,
    SortKey,
    Value,
    cursor_after,
)
from app.domain.cases.workflow import CaseEvent
from app.domain.errors import BadInput
from app.domain.records import Station
from app.store.case_query import page_statement, total_statement
from app.store.store import Store
from helpers.cases import CERTIFICATE, DOG, MOVE_IN, RULES, accept, drawn_name, new_case, order, person
from helpers.stores import TestClock, new_store

O = Operator  # noqa: E741 - the operators of the requirement, named often
COUNT = 60


class Filled:
    """A store and what is in it; named shortly where hypothesis prints it."""

    def __init__(self, store: Store, cases: list[Case]) -> None:
        self.store = store
        self.cases = cases


def _drawn_case(store: Store, clock: TestClock, draw: random.Random, number: int) -> Case:
    born = None if draw.random() < 0.2 else date(1960 + draw.randrange(60), 1 + draw.randrange(12), 3)
    subject = person(PersonRole.SUBJECT, drawn_name(draw), draw.randrange(20), birth_date=born, sex=draw.choice("12"))
    people = (person(name=drawn_name(draw), serial=draw.randrange(20)), *([subject] if draw.random() < 0.7 else []))
    online = draw.random() < 0.3
    station = Station("T0001", draw.choice(("999999", "999998")), draw.choice(("东门所", "西门派出所", "")), "x")
    new = new_case(
        draw.choice((CERTIFICATE, MOVE_IN, DOG)),
        people=people,
        channel="online" if online else "window",
        outside_number=f"YKB-{number}" if online else "",
    )
    place = CasePlace(draw.choice(("zhang", "li")), station)
    clock.forward(hours=draw.choice((-5, 1, 7)))
    case = store.cases.take_on(new, place, () if online else (accept(),), RULES)
    for event in (CaseEvent.DO_ON_THE_SPOT, CaseEvent.HANDLE, CaseEvent.COMPLETE)[: draw.randrange(4)]:
        if not online:
            case = store.cases.move(case.id, order(event), RULES)
    return case


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    clock, draw = TestClock(), random.Random(20261124)
    store, _, _ = new_store(tmp_path_factory.mktemp("cases"), clock)
    cases = [_drawn_case(store, clock, draw, number) for number in range(COUNT)]
    yield Filled(store, [store.cases.case(case.id) for case in cases])
    store.close()


# -- the oracle: the requirement's words as a plain filter ---------------------------------------------------


def holds(clause: Clause, case: Case) -> bool:
    if isinstance(clause, AllOf):
        return all(holds(part, case) for part in clause.parts)
    if isinstance(clause, AnyOf):
        return any(holds(part, case) for part in clause.parts)
    there: Value | None = FIELDS[clause.field].of(case)
    empty = there in {None, ""}
    operator, values = clause.operator, clause.values
    if operator is O.EMPTY or operator is O.NOT_EMPTY:
        return empty is (operator is O.EMPTY)
    if operator is O.NOT_EQUAL:
        return there != values[0]
    if empty or there is None:
        return False
    found: dict[Operator, bool] = {
        O.EQUAL: there == values[0],
        O.IN: there in values,
        O.CONTAINS: isinstance(there, str) and str(values[0]) in there,
        O.GREATER: there > values[0],  # type: ignore[operator]  # both of the field's kind
        O.GREATER_EQUAL: there >= values[0],  # type: ignore[operator]
        O.LESS: there < values[0],  # type: ignore[operator]
        O.LESS_EQUAL: there <= values[0],  # type: ignore[operator]
        O.BETWEEN: len(values) == 2 and values[0] <= there <= values[-1],  # type: ignore[operator]
    }
    return found[operator]


def in_order(cases: list[Case], sort: tuple[SortKey, ...]) -> list[Case]:
    def compare(one: Case, two: Case) -> int:
        for key in sort:
            a, b = (FIELDS[key.field].of(case) for case in (one, two))
            if a != b:
                less = a is None or (b is not None and a < b)  # type: ignore[operator]
                return -1 if less is not key.descending else 1
        return two.order - one.order

    return sorted(cases, key=cmp_to_key(compare))


_MOMENTS = st.datetimes(datetime(2026, 11, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
_TEXTS = st.sampled_from(
    ["王", "李", "东门", "SL", "999999", "99999", "household", "accepted", "completed", "window", "zhang", "1", "2", "01"]
) | st.text(st.characters(blacklist_categories=("Cc", "Cs")), min_size=1, max_size=3)
_DAYS = st.dates(date(1960, 1, 1), date(2026, 12, 31)) | st.dates(date(2026, 11, 20), date(2026, 12, 10))


@st.composite
def conditions(draw: st.DrawFn, filled: Filled) -> Condition:
    name = draw(st.sampled_from(sorted(FIELDS)))
    field = FIELDS[name]
    real = [v for v in (field.of(case) for case in filled.cases) if v not in {None, ""}]
    kinds: dict[FieldKind, st.SearchStrategy[Value]] = {
        FieldKind.TEXT: _TEXTS,
        FieldKind.DAY: _DAYS,
        FieldKind.MOMENT: _MOMENTS,
    }
    values = kinds[field.kind] | (st.sampled_from(real) if real else kinds[field.kind])
    operator = draw(st.sampled_from([o for o in O if o is not O.CONTAINS or field.kind is FieldKind.TEXT]))
    count = {O.EMPTY: 0, O.NOT_EMPTY: 0, O.BETWEEN: 2, O.IN: draw(st.integers(1, 4))}.get(operator, 1)
    return Condition(name, operator, tuple(draw(st.lists(values, min_size=count, max_size=count))))


def clauses(filled: Filled) -> st.SearchStrategy[Clause]:
    def grouped(parts: st.SearchStrategy[Clause]) -> st.SearchStrategy[Clause]:
        several = st.lists(parts, max_size=3).map(tuple)
        return several.map(AllOf) | several.map(AnyOf)

    return st.recursive(conditions(filled), grouped, max_leaves=5)


SORTS = st.lists(
    st.builds(SortKey, st.sampled_from(sorted(n for n, f in FIELDS.items() if f.sortable)), st.booleans()),
    max_size=3,
    unique_by=lambda key: key.field,
).map(tuple)
QUIETLY = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(st.data())
@QUIETLY
def test_any_conditions_find_what_a_plain_filter_finds_in_the_same_order(filled: Filled, data: st.DataObject) -> None:
    store, cases = filled.store, filled.cases
    query = CaseQuery(data.draw(clauses(filled)), data.draw(SORTS), limit=data.draw(st.integers(1, 25)))
    wanted = in_order([case for case in cases if holds(query.where, case)], query.sort)
    found: list[Case] = []
    while page := store.cases.find(query):
        found += page
        assert len(page) <= query.limit
        assert len(found) <= COUNT, "a page came twice"
        query = replace(query, after=cursor_after(page[-1], query.sort))
    assert [case.number for case in found] == [case.number for case in wanted]
    assert store.cases.total(query) == len(wanted)


@pytest.mark.parametrize("operator", [o for o in O if o not in {O.EMPTY, O.NOT_EMPTY}])
def test_every_operator_finds_something_and_leaves_something(filled: Filled, operator: Operator) -> None:
    store, cases = filled.store, filled.cases
    names = sorted(case.number for case in cases)
    middle = {O.CONTAINS: ("0002",), O.BETWEEN: (names[5], names[9]), O.IN: (names[3], names[7])}
    condition = Condition("number", operator, middle.get(operator, (names[20],)))
    found = store.cases.total(CaseQuery(condition))
    assert 0 < found < COUNT
    assert found == sum(holds(condition, case) for case in cases)


@pytest.mark.parametrize("name", ["outside_number", "station_name", "birth_date", "answered"])
def test_an_empty_field_is_empty_unequal_and_neither_less_nor_greater(filled: Filled, name: str) -> None:
    kind = FIELDS[name].kind
    low: Value = "!" if kind is FieldKind.TEXT else date(1, 1, 1)
    high: Value = "\U0010ffff" if kind is FieldKind.TEXT else date(9999, 12, 31)
    empty = filled.store.cases.total(CaseQuery(Condition(name, O.EMPTY)))
    assert 0 < empty < COUNT
    for operator, value in ((O.LESS, high), (O.LESS_EQUAL, high), (O.GREATER, low), (O.GREATER_EQUAL, low)):
        assert filled.store.cases.total(CaseQuery(Condition(name, operator, (value,)))) == COUNT - empty
    assert filled.store.cases.total(CaseQuery(Condition(name, O.NOT_EQUAL, (low,)))) == COUNT


@given(seed=st.integers(0, 10_000), sort=SORTS)
@settings(deadline=None, max_examples=15)
def test_paging_neither_skips_nor_repeats_while_cases_arrive_and_change(
    tmp_path_factory: pytest.TempPathFactory, seed: int, sort: tuple[SortKey, ...]
) -> None:
    """What was there from beginning to end unchanged is seen exactly once."""
    clock, draw = TestClock(), random.Random(seed)
    store, _, _ = new_store(tmp_path_factory.mktemp("paging"), clock)
    steady = {_drawn_case(store, clock, draw, number).number for number in range(12)}
    query, seen = CaseQuery(sort=sort, limit=3), []
    while page := store.cases.find(query):
        seen += [case.number for case in page]
        arrived = _drawn_case(store, clock, draw, 100 + len(seen))
        query = replace(query, after=cursor_after(page[-1], sort))
        assert arrived.number not in steady
        if len(seen) > 200:
            break
    assert sorted(number for number in seen if number in steady) == sorted(steady)
    assert len(set(seen)) == len(seen)
    store.close()


def test_a_value_is_only_ever_a_value(filled: Filled) -> None:
    store = filled.store
    for nasty in ("' OR 1=1 --", '"; DROP TABLE cases; --', "%", "_", "?"):
        assert store.cases.total(CaseQuery(Condition("subject_name", O.CONTAINS, (nasty,)))) == 0
    assert store.cases.total(CaseQuery()) == COUNT


def test_no_combination_reads_the_whole_table(filled: Filled) -> None:
    """The plan walks the narrow index and looks into the fields' own; a wide row is read only to be shown."""
    store = filled.store
    where = AllOf(
        tuple(
            Condition(name, O.CONTAINS, ("x",)) if field.kind is FieldKind.TEXT else Condition(name, O.NOT_EMPTY)
            for name, field in FIELDS.items()
        )
    )
    sort = (SortKey("subject_name"), SortKey("due", descending=True))
    for statement in (page_statement(CaseQuery(where, sort)), total_statement(CaseQuery(where, sort))):
        plan = store._connection.execute("EXPLAIN QUERY PLAN " + statement.sql, statement.values).fetchall()
        reads = [row["detail"] for row in plan if row["detail"].startswith(("SCAN", "SEARCH"))]
        assert reads
        assert all("COVERING INDEX" in read for read in reads), reads


MANY = AllOf(tuple(Condition("number", O.EQUAL, ("1",)) for _ in range(MOST_CONDITIONS + 1)))
DEEP: Clause = Condition("number", O.EQUAL, ("1",))
for _ in range(DEEPEST):
    DEEP = AnyOf((DEEP,))
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (CaseQuery(Condition("password", O.EQUAL, ("1",))), "CSE-130"),
        (CaseQuery(sort=(SortKey("1; DROP TABLE cases"),)), "CSE-130"),
        (CaseQuery(Condition("due", O.CONTAINS, ("2026",))), "CSE-131"),
        (CaseQuery(Condition("due", O.EQUAL, ("2026-11-24",))), "CSE-131"),
        (CaseQuery(Condition("due", O.EQUAL, (NOW,))), "CSE-131"),
        (CaseQuery(Condition("submitted", O.LESS, (NOW.replace(tzinfo=None),))), "CSE-131"),
        (CaseQuery(Condition("subject_name", O.BETWEEN, ("a",))), "CSE-131"),
        (CaseQuery(Condition("subject_name", O.EMPTY, ("a",))), "CSE-131"),
        (CaseQuery(Condition("subject_name", O.IN, ())), "CSE-131"),
        (CaseQuery(Condition("subject_name", O.EQUAL, ("",))), "CSE-131"),
        (CaseQuery(Condition("subject_name", O.EQUAL, ("a\x00",))), "CSE-131"),
        (CaseQuery(Condition("subject_name", O.EQUAL, ("\ud800",))), "CSE-131"),
        (CaseQuery(MANY), "CSE-132"),
        (CaseQuery(DEEP), "CSE-132"),
        (CaseQuery(sort=(SortKey("station_name"),)), "CSE-133"),
        (CaseQuery(sort=(SortKey("due"), SortKey("due"))), "CSE-133"),
        (CaseQuery(limit=0), "CSE-134"),
        (CaseQuery(limit=10_000), "CSE-134"),
        (CaseQuery(after=Cursor(("x",), 1)), "CSE-134"),
        (CaseQuery(sort=(SortKey("due"),), after=Cursor(("x",), 1)), "CSE-134"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_reason(filled: Filled, query: CaseQuery, code: str) -> None:
    store = filled.store
    with pytest.raises(BadInput) as refused:
        store.cases.find(query)
    assert refused.value.code == code
    if code in {"CSE-130", "CSE-131", "CSE-132"}:
        with pytest.raises(BadInput):
            store.cases.total(query)


def test_a_range_takes_both_ends_and_a_moment_any_zone(tmp_path: Path) -> None:
    clock = TestClock()
    store, _, _ = new_store(tmp_path, clock)
    case = store.cases.take_on(new_case(), CasePlace("zhang", Station("T", "999999", "n", "x")), (accept(),), RULES)
    moment = clock.now().astimezone(UTC)
    for first, last, wanted in ((moment, moment, 1), (moment + timedelta(microseconds=1), moment, 0)):
        assert store.cases.total(CaseQuery(Condition("submitted", O.BETWEEN, (first, last)))) == wanted
    assert store.cases.total(CaseQuery(Condition("due", O.BETWEEN, (case.due, case.due)))) == 1
    store.close()

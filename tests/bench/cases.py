"""A list of a million cases: first page, combined conditions, totals; beside a bare query on a plain, open table."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.rows import Row, row, timed

from app.domain.cases.case import Case, begun
from app.domain.cases.query import FIELDS, AllOf, AnyOf, CaseQuery, Clause, Condition, Operator, SortKey
from app.domain.cases.workflow import CaseState
from app.domain.records import Station
from app.store.case_query import page_statement, total_statement
from app.store.case_rows import columns_of, document_of
from app.store.store import Store
from helpers.cases import CERTIFICATE, DOG, MOVE_IN, PLACE, RULES, drawn_name, id_number, new_case, person
from helpers.stores import TestClock, new_store

COUNT = 1_000_000
FIRST_DAY = datetime(2023, 1, 2, 9, 0, tzinfo=UTC)
PAGES, ROUNDS = 200, 4
O = Operator  # noqa: E741 - the operators of the requirement, named often
_STATIONS = tuple(Station("T0001", f"99{n:04}", f"第{n}派出所", "window") for n in range(40))
_STATES = tuple(CaseState)


def _columns(template: dict[str, Any], number: int, draw: random.Random) -> dict[str, Any]:
    """One row as the store would write it, drawn from ``template``."""
    station = draw.choice(_STATIONS)
    born = date(1940 + draw.randrange(80), 1 + draw.randrange(12), 1 + draw.randrange(28))
    submitted = template["submitted"] + number * 94_000_000 + draw.randrange(90_000_000)
    day = FIRST_DAY.toordinal() + number * 94 // 86_400
    state = draw.choice(_STATES)
    name, identity = drawn_name(draw), id_number(number, born)
    return {
        **template,
        "id": f"{number:026}",
        "number": f"SL{number:020}",
        "matter_code": draw.choice((MOVE_IN, CERTIFICATE, DOG)).code[:3] + f"{draw.randrange(195):03}",
        "state": state.value,
        "subject_name": name,
        "subject_id_number": identity,
        "sex": draw.choice("12"),
        "ethnicity": "01" if draw.random() < 0.9 else f"{draw.randrange(2, 57):02}",
        "birth_date": born.toordinal(),
        "applicant_name": name,
        "applicant_id_number": identity,
        "region_code": station.region_code,
        "station_name": station.station_name,
        "officer": f"officer{draw.randrange(30)}",
        "submitted": submitted,
        "due": day + 5,
        "answered": day + draw.randrange(8) if RULES.flow.answered(state) else None,
    }


def _fill(db: Any, case: Case, contents: bool) -> None:
    """A million rows, the indexes made afterwards as they stood."""
    made = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'cases' AND sql > ''")
    indexes = [tuple(index) for index in made]
    for name, _ in indexes:
        db.execute(f"DROP INDEX {name}")
    template, document, draw = columns_of(case), document_of(case), random.Random(20261124)
    marks = ", ".join("?" * len(template))
    sql = f"INSERT INTO cases ({', '.join(template)}) VALUES ({marks})"  # noqa: S608 - our own names
    for begin in range(0, COUNT, 50_000):
        numbers = range(begin, min(COUNT, begin + 50_000))
        db.execute("BEGIN")
        db.executemany(sql, (tuple(_columns(template, number, draw).values()) for number in numbers))
        if contents:
            db.executemany("INSERT INTO case_contents VALUES (?, ?)", ((number + 1, document) for number in numbers))
        db.execute("COMMIT")
    for _, statement in indexes:
        db.execute(statement)


def _questions() -> tuple[CaseQuery, ...]:
    """What officers ask: combined facets, dense and sparse, fuzzy names, ranges, several sort columns."""
    day = FIRST_DAY + timedelta(days=700)

    def both(*parts: Clause) -> AllOf:
        return AllOf(parts)

    state = Condition("state", O.EQUAL, ("approving",))
    surname = Condition("subject_name", O.CONTAINS, ("王",))
    born = Condition("birth_date", O.BETWEEN, (date(1990, 1, 1), date(1990, 12, 31)))
    week = Condition("submitted", O.BETWEEN, (day, day + timedelta(days=7)))
    region = Condition("region_code", O.EQUAL, ("990007",))
    return (
        CaseQuery(both(state, Condition("matter_code", O.EQUAL, ("HZ-007",)), region)),
        CaseQuery(both(surname, state, week)),
        CaseQuery(both(surname, born, Condition("sex", O.EQUAL, ("2",)))),
        CaseQuery(both(Condition("subject_id_number", O.CONTAINS, ("999999199003",)), state)),
        CaseQuery(both(Condition("subject_name", O.EQUAL, ("王伟",)), Condition("line", O.NOT_EQUAL, ("traffic",)))),
        CaseQuery(both(Condition("answered", O.EMPTY), Condition("due", O.LESS, (date(2023, 3, 1),)), region)),
        CaseQuery(both(state, week), sort=(SortKey("region_code"), SortKey("due", descending=True))),
        CaseQuery(both(surname, state), sort=(SortKey("subject_name"), SortKey("submitted"))),
        CaseQuery(AnyOf((both(state, region), both(surname, born)))),
        CaseQuery(both(Condition("station_name", O.CONTAINS, ("17",)), Condition("officer", O.EQUAL, ("officer3",)))),
        CaseQuery(
            both(Condition("ethnicity", O.IN, ("11", "13", "17")), Condition("applicant_name", O.CONTAINS, ("芳芳",)))
        ),
        CaseQuery(both(Condition("number", O.CONTAINS, ("99999",)), state)),
    )


def _p99_ms(calls: list[Callable[[], object]]) -> float:
    times = sorted(timed(call) for call in calls)
    return 1000 * times[min(len(times) - 1, int(0.99 * len(times)))]


def _bare(plain: sqlite3.Connection, query: CaseQuery, total: bool) -> Callable[[], object]:
    """The same conditions on the plain table, written as one would by hand: no index named, every column read."""
    statement = total_statement(query) if total else page_statement(query)
    sql = statement.sql
    for index in ("cases_facets", *(f"cases_by_{name}" for name in FIELDS)):
        sql = sql.replace(f" INDEXED BY {index}", "")
    sql = sql if total else sql.replace("SELECT seq", "SELECT *", 1)
    return lambda: plain.execute(sql, statement.values).fetchall()


def measure() -> Iterator[Row]:
    """In a store of a million cases; takes minutes, most of them to fill it."""
    with tempfile.TemporaryDirectory() as folder:
        clock = TestClock()
        clock.time = FIRST_DAY
        store, _, _ = new_store(Path(folder) / "data", clock)
        case = begun(new_case(people=(person(),)), PLACE, FIRST_DAY, RULES.flow, RULES.calendar)
        _fill(store._connection, case, contents=True)
        plain = sqlite3.connect(Path(folder) / "plain.db", isolation_level=None)
        plain.execute(store._connection.execute("SELECT sql FROM sqlite_master WHERE name = 'cases'").fetchone()["sql"])
        _fill(plain, case, contents=False)
        yield from _rows(store, plain)
        plain.close()
        store.close()


def _rows(store: Store, plain: sqlite3.Connection) -> Iterator[Row]:
    first = CaseQuery()
    yield row(
        f"first page of {COUNT:,} cases, p99",
        _p99_ms([lambda: store.cases.find(first)] * PAGES),
        "ms",
        "the newest 50 rows of a plain, open table",
        _p99_ms([_bare(plain, first, total=False)] * PAGES),
    )
    questions = _questions()
    for name, total in (("combined conditions, first page", False), ("combined conditions, total", True)):
        ours: list[Callable[[], object]] = [
            (lambda q=query: store.cases.total(q)) if total else (lambda q=query: store.cases.find(q))  # type: ignore[misc]  # the default binds
            for query in questions * ROUNDS
        ]
        theirs = [_bare(plain, query, total=total) for query in questions * ROUNDS]
        yield row(
            f"{name}, {COUNT:,} cases, p99",
            _p99_ms(ours),
            "ms",
            "the same conditions on a plain, open table without indexes",
            _p99_ms(theirs),
        )

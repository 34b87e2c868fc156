"""Time limits: working days as the State Council laid them down, 临期 and 超期, and what a pause adds."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.config.places import RESOURCES
from app.config.workflows import work_calendar
from app.domain.cases.deadline import DayKind, TimeLimit, Urgency, WorkCalendar, calendar_from, urgency
from app.domain.errors import BadInput

DAYS = st.dates(date(2024, 6, 1), date(2027, 6, 30))
COUNTS = st.integers(0, 60)
ONE = timedelta(days=1)


def plain_after(start: date, days: int, calendar: WorkCalendar) -> date:
    """Counting on one's fingers."""
    working = [start + n * ONE for n in range(1, 400) if calendar.is_working(start + n * ONE)]
    return working[days - 1] if days else start


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 11, 24), 3, date(2026, 11, 27)),  # Tuesday to Friday
        (date(2026, 11, 26), 3, date(2026, 12, 1)),  # over a weekend
        (date(2026, 2, 13), 3, date(2026, 2, 25)),  # Saturday 14 is worked; the Spring Festival lasts to the 23rd
        (date(2026, 9, 30), 5, date(2026, 10, 13)),  # National Day, Saturday 10 October is worked
        (date(2025, 9, 26), 5, date(2025, 10, 10)),  # Sunday 28 September is worked, eight days off
        (date(2025, 4, 26), 1, date(2025, 4, 27)),  # a Sunday that is worked
        (date(2025, 12, 31), 1, date(2026, 1, 4)),  # over the year's end to a worked Sunday
    ],
)
def test_a_time_limit_ends_on_the_working_day_the_office_would_name(start: date, days: int, due: date) -> None:
    answer = work_calendar().after(start, days)
    assert answer.day == due
    assert answer.certain


def test_the_tables_have_the_days_off_the_state_council_published() -> None:
    calendar = work_calendar()
    off = {year: sum(day.year == year for day in calendar.holidays) for year in (2025, 2026)}
    worked = {year: sum(day.year == year for day in calendar.extra_working) for year in (2025, 2026)}
    assert off == {2025: 1 + 8 + 3 + 5 + 3 + 8, 2026: 3 + 9 + 3 + 5 + 3 + 3 + 7}
    assert worked == {2025: 5, 2026: 6}
    # 104 days of weekends and 13 statutory days off: make-up days only move them about.
    for year in (2025, 2026):
        first = date(year, 1, 1)
        days = [first + n * ONE for n in range(365)]
        assert sum(calendar.is_working(day) for day in days) == 365 - 104 - 13


@pytest.mark.parametrize("start", [date(2027, 1, 4), date(2024, 12, 30), date(2026, 12, 30)])
def test_a_year_without_a_table_counts_weekends_only_and_says_so(start: date) -> None:
    answer = work_calendar().after(start, 5)
    assert not answer.certain
    assert (answer.day - start).days >= 7
    assert not work_calendar().between(start, answer.day).certain


@given(DAYS, COUNTS)
def test_counting_agrees_with_fingers_and_ends_on_a_working_day(start: date, days: int) -> None:
    calendar = work_calendar()
    due = calendar.after(start, days).day
    assert due == plain_after(start, days, calendar)
    assert calendar.between(start, due).days == days
    assert not days or calendar.is_working(due)


@given(DAYS, COUNTS, COUNTS)
def test_two_limits_one_after_the_other_are_one_limit(start: date, first: int, second: int) -> None:
    calendar = work_calendar()
    assert calendar.after(calendar.after(start, first).day, second).day == calendar.after(start, first + second).day


@given(DAYS, DAYS, COUNTS)
def test_who_starts_later_is_never_done_earlier(one: date, other: date, days: int) -> None:
    calendar = work_calendar()
    assert calendar.after(min(one, other), days).day <= calendar.after(max(one, other), days).day


@given(DAYS, DAYS, DAYS)
def test_working_days_between_days_add_up_in_any_order(one: date, two: date, three: date) -> None:
    calendar = work_calendar()
    assert calendar.between(one, two).days + calendar.between(two, three).days == calendar.between(one, three).days


@pytest.mark.parametrize("days", [-1, 4000])
def test_a_number_that_is_no_time_limit_is_refused(days: int) -> None:
    with pytest.raises(ValueError, match=str(days)):
        work_calendar().after(date(2026, 1, 5), days)


def test_a_holiday_a_weekend_and_a_worked_sunday_are_told_apart() -> None:
    calendar = work_calendar()
    assert calendar.kind(date(2026, 2, 17)) is DayKind.HOLIDAY
    assert calendar.holidays[date(2026, 2, 17)] == "春节"
    assert calendar.kind(date(2026, 3, 1)) is DayKind.WEEKEND
    assert calendar.kind(date(2026, 2, 28)) is DayKind.WORKING
    assert calendar.kind(date(2026, 9, 25)) is DayKind.HOLIDAY, "a Friday"


FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("today", "soon", "found"),
    [
        (date(2026, 11, 25), 1, Urgency.IN_TIME),
        (date(2026, 11, 26), 1, Urgency.DUE_SOON),
        (date(2026, 11, 26), 0, Urgency.IN_TIME),
        (FRIDAY, 0, Urgency.DUE_SOON),
        (date(2026, 11, 28), 1, Urgency.OVERDUE),
    ],
)
def test_a_case_is_in_time_then_due_soon_then_overdue(today: date, soon: int, found: Urgency) -> None:
    assert urgency(TimeLimit(FRIDAY), today, work_calendar(), soon) is found


def test_a_paused_case_is_never_overdue_and_an_answered_one_keeps_its_verdict() -> None:
    calendar, later = work_calendar(), date(2027, 3, 1)
    assert urgency(TimeLimit(FRIDAY, paused=date(2026, 11, 25)), later, calendar, 1) is Urgency.PAUSED
    assert urgency(TimeLimit(FRIDAY, answered=FRIDAY), later, calendar, 1) is Urgency.DONE
    assert urgency(TimeLimit(FRIDAY, answered=FRIDAY + ONE), later, calendar, 1) is Urgency.DONE_LATE


@given(DAYS, DAYS, st.integers(0, 5))
def test_urgency_only_grows_as_days_pass(due: date, today: date, soon: int) -> None:
    assume(today < due + 30 * ONE)
    order = [Urgency.IN_TIME, Urgency.DUE_SOON, Urgency.OVERDUE]
    now, next_day = (urgency(TimeLimit(due), day, work_calendar(), soon) for day in (today, today + ONE))
    assert order.index(now) <= order.index(next_day)


def _documents() -> dict[str, dict[str, Any]]:
    return {
        path.name: tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted((RESOURCES / "calendars").glob("*.toml"))
    }


def _other_year(tables: dict[str, Any]) -> None:
    tables["2026.toml"]["holiday"][0]["last"] = date(2027, 1, 1)


def _backwards(tables: dict[str, Any]) -> None:
    tables["2026.toml"]["holiday"][1]["last"] = date(2026, 2, 1)


def _same_year(tables: dict[str, Any]) -> None:
    tables["again.toml"] = {"year": 2026, "holiday": []}


def _worked_weekday(tables: dict[str, Any]) -> None:
    tables["2026.toml"]["holiday"][0]["working"] = [date(2026, 1, 6)]


def _worked_holiday(tables: dict[str, Any]) -> None:
    tables["2026.toml"]["holiday"][0]["working"] = [date(2026, 1, 3)]


def _no_name(tables: dict[str, Any]) -> None:
    del tables["2026.toml"]["holiday"][0]["name"]


@pytest.mark.parametrize("damage", [_other_year, _backwards, _same_year, _worked_weekday, _worked_holiday, _no_name])
def test_a_holiday_table_that_cannot_be_is_refused(damage: Callable[[dict[str, Any]], None]) -> None:
    tables = copy.deepcopy(_documents())
    damage(tables)
    with pytest.raises(BadInput) as refused:
        calendar_from(tables)
    assert refused.value.code == "CSE-121"


def test_every_table_says_where_it_comes_from() -> None:
    assert all("国务院" in table["source"] or "国办发" in table["source"] for table in _documents().values())

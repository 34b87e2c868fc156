"""办理时限: working days by the State Council's holiday tables, due days, and how near they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

from app.domain.errors import BadInput

_ONE_DAY = timedelta(days=1)
_LARGEST = 3660  # working days; more is a slip, not a time limit


class DayKind(Enum):
    """What a day is to the office."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class DueDay:
    """The last day of a time limit. ``certain`` False: a year on the way has no holiday table, only weekends count."""

    day: date
    certain: bool


@dataclass(frozen=True)
class DayCount:
    """Working days between two days. ``certain`` as in ``DueDay``."""

    days: int
    certain: bool


@dataclass(frozen=True)
class WorkCalendar:
    """Holidays and make-up working days (调休上班) of the years in ``years``; others know weekends only."""

    years: frozenset[int]
    holidays: Mapping[date, str]
    extra_working: frozenset[date]

    def kind(self, day: date) -> DayKind:
        """What ``day`` is."""
        if day in self.holidays:
            return DayKind.HOLIDAY
        if day.weekday() >= 5 and day not in self.extra_working:
            return DayKind.WEEKEND
        return DayKind.WORKING

    def is_working(self, day: date) -> bool:
        """Whether the office works."""
        return self.kind(day) is DayKind.WORKING

    def knows(self, first: date, last: date) -> bool:
        """Every year from ``first`` to ``last`` has its table."""
        return all(year in self.years for year in range(first.year, last.year + 1))

    def after(self, start: date, working_days: int) -> DueDay:
        """The ``working_days``-th working day after ``start``; the day of the start itself does not count
        (民法典 art. 201). 0 gives ``start``. Raises ValueError for a negative or absurd number.
        """
        if not 0 <= working_days <= _LARGEST:
            raise ValueError(working_days)
        day, left = start, working_days
        while left:
            day += _ONE_DAY
            left -= self.is_working(day)
        return DueDay(day, self.knows(start, day))

    def between(self, first: date, last: date) -> DayCount:
        """How many working days follow ``first`` up to and including ``last``; negative when ``last`` lies before it."""
        if last < first:
            back = self.between(last, first)
            return DayCount(-back.days, back.certain)
        days = sum(self.is_working(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
        return DayCount(days, self.knows(first, last))


class Urgency(Enum):
    """How a case stands to its time limit."""

    IN_TIME = "in_time"
    DUE_SOON = "due_soon"  # 临期
    OVERDUE = "overdue"  # 超期
    PAUSED = "paused"  # 补齐补正: the clock does not run
    DONE = "done"  # answered in time
    DONE_LATE = "done_late"  # answered after its last day


@dataclass(frozen=True)
class TimeLimit:
    """One case's time limit. ``paused``: since when the clock stands; ``answered``: the day the office gave its answer."""

    due: date
    paused: date | None = None
    answered: date | None = None


def urgency(limit: TimeLimit, today: date, calendar: WorkCalendar, soon_days: int) -> Urgency:
    """``soon_days``: 临期 from so many working days before the last day on (0 = on the last day itself)."""
    if limit.answered is not None:
        return Urgency.DONE if limit.answered <= limit.due else Urgency.DONE_LATE
    if limit.paused is not None:
        return Urgency.PAUSED
    if today > limit.due:
        return Urgency.OVERDUE
    return Urgency.DUE_SOON if calendar.between(today, limit.due).days <= soon_days else Urgency.IN_TIME


def calendar_from(documents: Mapping[str, Mapping[str, Any]]) -> WorkCalendar:
    """From the files of ``resources/calendars`` by name.

    Raises BadInput CSE-121 (``file``, ``reason``): a day of another year, a holiday that ends before it begins, a make-up
    day that is a holiday or no weekend, a year twice.
    """
    years: set[int] = set()
    holidays: dict[date, str] = {}
    working: set[date] = set()
    for file, document in documents.items():
        try:
            year = int(document["year"])
            for row in document["holiday"]:
                _read_holiday(row, year, holidays, working)
        except (KeyError, ValueError, TypeError) as error:
            raise BadInput("CSE-121", file=file, reason=str(error)) from error
        if year in years:
            raise BadInput("CSE-121", file=file, reason=f"{year} stands in two files")
        years.add(year)
    for day in working:
        if day in holidays or day.weekday() < 5:
            raise BadInput("CSE-121", file=str(day.year), reason=f"{day} cannot be a make-up working day")
    return WorkCalendar(frozenset(years), holidays, frozenset(working))


def _read_holiday(row: Mapping[str, Any], year: int, holidays: dict[date, str], working: set[date]) -> None:
    first, last, made_up = row["first"], row["last"], list(row.get("working", ()))
    if last < first or any(day.year != year for day in (first, last, *made_up)):
        raise ValueError(f"{row['name']}: {first} to {last}")
    for offset in range((last - first).days + 1):
        holidays[first + timedelta(days=offset)] = str(row["name"])
    working.update(made_up)

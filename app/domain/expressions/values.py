"""What an expression can come to: five kinds, unknown as None, and the calendar's arithmetic."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import TypeAlias

LARGEST = 10**12  # whatever exceeds it is unknown, so that arithmetic stays bounded


class Kind(Enum):
    """The kinds of values; the words are those of messages and of docs/matters.md."""

    BOOLEAN = "yes-or-no"
    INTEGER = "number"
    TEXT = "text"
    DATE = "date"
    DURATION = "duration"


@dataclass(frozen=True)
class Duration:
    """Whole months and days; only a literal makes one."""

    months: int
    days: int


Value: TypeAlias = bool | int | str | date | Duration
Answer: TypeAlias = Value | None  # None = unknown


@dataclass(frozen=True)
class Type:
    """A kind; for a text that is a code, the ``codes`` its table has (None = any text)."""

    kind: Kind
    codes: frozenset[str] | None = None


def added(day: date, duration: Duration, sign: int) -> date | None:
    """The day so much later (``sign`` 1) or earlier (-1); a day that its month lacks is the month's last.

    民法典 art. 202: where no corresponding day exists, the month's last day is the last day of the period. None beyond
    the calendar.
    """
    month = day.year * 12 + day.month - 1 + sign * duration.months
    year, month = divmod(month, 12)
    if not 1 <= year <= 9999:
        return None
    moved = date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    try:
        return moved + timedelta(days=sign * duration.days)
    except OverflowError:
        return None


def months_between(first: date, last: date) -> int:
    """Whole months passed: the largest n with ``first`` + n months ≤ ``last``; negative when ``last`` comes before."""
    if last < first:
        return -months_between(last, first)
    months = (last.year - first.year) * 12 + last.month - first.month
    reached = added(first, Duration(months, 0), 1)
    return months if reached is not None and reached <= last else months - 1


def age(born: date, day: date) -> int | None:
    """周岁: whole years since birth, complete on the birthday, 28 February standing for 29. None before birth."""
    return None if day < born else months_between(born, day) // 12


def birth_in(number: str) -> date | None:
    """The birth date in an 18-character citizen number (GB 11643-1999, characters 7 to 14); None where there is none."""
    digits = number[6:14]
    if len(number) != 18 or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None

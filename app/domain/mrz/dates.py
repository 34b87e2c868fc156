"""Six-digit dates: unknown parts stay unknown, the century is a rule and is named as one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_OLDEST_PERSON = 120
_EXPIRY_WINDOW = 50


@dataclass(frozen=True)
class ZoneDate:
    """``year`` has its century by rule; None = written as unknown. ``other_year``: the century the rule did not take,
    where a living person could also be that old; the officer looks at the printed date."""

    year: int | None
    month: int | None
    day: int | None
    other_year: int | None = None

    @property
    def complete(self) -> bool:
        """Whether all three parts are known."""
        return None not in (self.year, self.month, self.day)

    def iso(self) -> str:
        """``1974-08-12``; unknown parts as ``????`` and ``??``."""
        year = "????" if self.year is None else f"{self.year:04}"
        month, day = ("??" if part is None else f"{part:02}" for part in (self.month, self.day))
        return f"{year}-{month}-{day}"


def _part(text: str) -> int | None:
    """Raises ValueError for a part that is neither two digits nor two fillers."""
    if text == "<<":
        return None
    if len(text) == 2 and text.isascii() and text.isdigit():
        return int(text)
    raise ValueError(text)


def _parts(text: str) -> tuple[int | None, int | None, int | None]:
    year, month, day = _part(text[:2]), _part(text[2:4]), _part(text[4:6])
    if month is not None and not 1 <= month <= 12:
        raise ValueError(text)
    if day is not None:
        # 2000 was a leap year: a day of an unknown month or year is judged by the most permissive one.
        date(2000 if year is None or year % 4 == 0 else 2001, month or 1, day)
    return year, month, day


def _earliest(year: int, month: int | None, day: int | None) -> tuple[int, int, int]:
    return year, month or 1, day or 1


def birth_date(text: str, today: date) -> ZoneDate:
    """Six characters. The latest century that is not in the future. Raises ValueError for an impossible date."""
    year, month, day = _parts(text)
    if year is None:
        return ZoneDate(None, month, day)
    century = today.year - today.year % 100
    full = century + year
    if _earliest(full, month, day) > (today.year, today.month, today.day):
        full -= 100
    _require_day(full, month, day)
    other = full - 100
    return ZoneDate(full, month, day, other if today.year - other <= _OLDEST_PERSON else None)


def expiry_date(text: str, today: date) -> ZoneDate:
    """Six characters. The century that brings the year nearest to today. Raises ValueError for an impossible date."""
    year, month, day = _parts(text)
    if year is None:
        return ZoneDate(None, month, day)
    full = today.year - today.year % 100 + year
    if full > today.year + _EXPIRY_WINDOW:
        full -= 100
    elif full <= today.year - _EXPIRY_WINDOW:
        full += 100
    _require_day(full, month, day)
    return ZoneDate(full, month, day)


def _require_day(year: int, month: int | None, day: int | None) -> None:
    """29 February needs its year."""
    if month is not None and day is not None:
        date(year, month, day)

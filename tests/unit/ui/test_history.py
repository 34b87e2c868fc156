"""A day in the search field is read as people write it, and a wrong one is refused in words."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.errors import BadInput
from app.ui.screens.history.view_model import day_of


@pytest.mark.parametrize(
    ("text", "day"), [("", None), (" 2026-11-24 ", date(2026, 11, 24)), ("2026/11/24", date(2026, 11, 24))]
)
def test_a_day_as_written(text: str, day: date | None) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "24.11.2026"])
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        day_of(text)

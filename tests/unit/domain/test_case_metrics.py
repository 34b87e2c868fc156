"""办件指标: the figures of the requirement, counted over any cases."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.cases.metrics import CaseFigure, metrics

DAY = timedelta(days=1)
OPEN = CaseFigure(False, False, False, 0, None)
OVERDUE = CaseFigure(False, False, True, 1, None)
IN_TIME = CaseFigure(True, False, False, 0, 2 * DAY)
LATE = CaseFigure(True, True, False, 2, 8 * DAY)

FIGURES = st.builds(
    lambda answered, late, overdue, back, days: CaseFigure(
        answered, answered and late, overdue and not answered, back, days * DAY if answered else None
    ),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.integers(0, 3),
    st.integers(0, 90),
)


def test_four_cases_give_the_figures_the_officer_would_write_down() -> None:
    found = metrics([OPEN, OVERDUE, IN_TIME, LATE])
    assert (found.submitted, found.answered, found.open) == (4, 2, 2)
    assert found.answered_rate == 0.5
    assert found.in_time_rate == 0.5
    assert found.overdue_rate == 0.5, "one answered late, one open and late"
    assert found.sent_back_rate == 0.5
    assert found.mean_handling == 5 * DAY


def test_nothing_to_count_gives_no_ratio_instead_of_a_nought() -> None:
    found = metrics([])
    assert found.answered_rate is found.in_time_rate is found.overdue_rate is found.sent_back_rate is None
    assert found.mean_handling is None
    assert metrics([OPEN]).in_time_rate is None


def test_a_clock_set_back_gives_no_negative_handling() -> None:
    assert metrics([CaseFigure(True, False, False, 0, -DAY)]).mean_handling == timedelta()


@given(st.lists(FIGURES), st.lists(FIGURES))
def test_figures_of_two_halves_add_up_and_ratios_stay_between_nought_and_one(
    one: list[CaseFigure], two: list[CaseFigure]
) -> None:
    a, b, both = metrics(one), metrics(two), metrics(one + two)
    assert both.submitted == a.submitted + b.submitted
    assert both.answered == a.answered + b.answered
    assert both.handling == a.handling + b.handling
    for ratio in (both.answered_rate, both.in_time_rate, both.overdue_rate, both.sent_back_rate):
        assert ratio is None or 0.0 <= ratio <= 1.0

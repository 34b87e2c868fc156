"""锁定 as numbers: time is only what certainly passed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.lockout import Knocks, LockRule, certainly_passed

RULE = LockRule(3, 60.0, 300.0)


def test_three_within_the_window_lock_and_a_fourth_second_of_waiting_counts() -> None:
    knocks = Knocks().wrong(RULE).after(20, RULE).wrong(RULE).after(20, RULE).wrong(RULE)
    assert knocks.locked_s == 300
    assert knocks.after(299, RULE).locked_s == 1
    assert knocks.after(300, RULE) == Knocks()


def test_three_spread_over_more_than_the_window_do_not() -> None:
    knocks = Knocks()
    for _ in range(20):
        knocks = knocks.wrong(RULE).after(31, RULE)
        assert knocks.locked_s == 0


@given(st.floats(0, 1e7), st.floats(0, 1e7))
def test_no_more_time_is_believed_than_passed(seen: float, now: float) -> None:
    """Within one run of the machine it is the difference; after a restart at most the time since then."""
    passed = certainly_passed(seen, now)
    assert 0 <= passed <= now
    if now >= seen:
        assert passed == now - seen

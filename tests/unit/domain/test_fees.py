"""A payment order's life: every pair of state and event; paid only by the finance system's word, unknown is neither."""

from __future__ import annotations

from itertools import product

import pytest

from app.domain.errors import BadInput, NotAllowed
from app.domain.fees import OPEN, STANDING, TRANSITIONS, FeeEvent, FeeState, require_demand, step
from app.domain.matters.matter import FeeItem
from helpers.fees import demand

S, E = FeeState, FeeEvent
OVER = {S.PAID, S.EXPIRED, S.CANCELLED, S.REFUSED}


@pytest.mark.parametrize(("state", "event"), list(product(S, E)), ids=lambda value: value.value)
def test_every_pair_is_either_in_the_table_or_refused(state: FeeState, event: FeeEvent) -> None:
    if (state, event) in TRANSITIONS:
        assert step(state, event) is TRANSITIONS[state, event]
        return
    with pytest.raises(NotAllowed) as refused:
        step(state, event)
    assert refused.value.code == "FEE-101"


def test_only_the_finance_system_s_word_makes_an_order_paid_and_nothing_unmakes_it() -> None:
    assert {event for (_, event), after in TRANSITIONS.items() if after is S.PAID} <= {E.SAID_PAID, E.NO_WORD}
    assert {
        (before, event) for (before, event), after in TRANSITIONS.items() if after is S.PAID and event is E.NO_WORD
    } == {(S.PAID, E.NO_WORD)}
    assert {after for (before, _), after in TRANSITIONS.items() if before is S.PAID} == {S.PAID}


def test_silence_never_makes_an_order_paid_failed_or_over() -> None:
    for (before, event), after in TRANSITIONS.items():
        if event is E.NO_WORD and before in OPEN:
            assert after in {S.ASKED, S.UNKNOWN}


def test_unknown_still_stands_so_that_nobody_is_asked_to_pay_twice() -> None:
    assert S.UNKNOWN in OPEN & STANDING
    assert not OVER & OPEN
    assert {S.PAID} == STANDING & OVER


@pytest.mark.parametrize("said", [S.EXPIRED, S.CANCELLED])
def test_money_that_came_in_is_never_denied(said: FeeState) -> None:
    assert step(said, E.SAID_PAID) is S.PAID


@pytest.mark.parametrize("fen", [0, -1, 10_000_001])
def test_an_amount_that_is_no_amount_is_refused(fen: int) -> None:
    with pytest.raises(BadInput) as refused:
        require_demand(demand("C1", FeeItem("1", "工本费", fen)))
    assert refused.value.code == "FEE-103"


def test_a_demand_says_what_for_and_sums_in_fen() -> None:
    with pytest.raises(BadInput):
        require_demand(demand("C1", *[FeeItem("1", "工本费", 1)] * 61))
    assert demand("C1", FeeItem("1", "甲", 1999), FeeItem("2", "乙", 1)).total_fen == 2000
    assert "欧阳" not in repr(demand())

"""签到叫号: who is next, who comes back behind whom, and which steps a number allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config.queue import segments
from app.domain.errors import BadInput
from app.domain.person import Applicant
from app.domain.queueing import (
    SignIn,
    Visit,
    VisitEvent,
    VisitState,
    after,
    ahead_of,
    events_of,
    in_turn,
    require_sign_in,
    turn_of_return,
)

NINE = datetime(2026, 11, 26, 9, 0, tzinfo=timezone(timedelta(hours=8)))
S, E = VisitState, VisitEvent
MAY = {
    S.NEEDS_PHOTO: {E.PHOTO_TAKEN: S.WAITING, E.LEAVE: S.LEFT},
    S.WAITING: {E.CALL: S.CALLED, E.LEAVE: S.LEFT},
    S.CALLED: {E.CALL: S.CALLED, E.BEGIN: S.SERVED, E.MISS: S.MISSED, E.LEAVE: S.LEFT},
    S.MISSED: {E.CALL: S.CALLED, E.RETURN: S.WAITING, E.LEAVE: S.LEFT},
    S.SERVED: {},
    S.LEFT: {},
}


def visit(number: int, segment: str = "walk-in", state: VisitState = S.WAITING) -> Visit:
    who = Applicant(f"示例{number}", f"{number:018d}")
    number_called = f"{segments()[segment].prefix}{number:03d}"
    came = NINE + timedelta(minutes=number)
    return Visit(
        f"v{segment}{number:03d}",
        number_called,
        segment,
        float(number),
        state,
        "户籍业务",
        who,
        "card",
        "",
        "zhang",
        came,
        came,
    )


@pytest.mark.parametrize(("state", "event"), [*product(VisitState, VisitEvent)])
def test_every_step_of_every_state(state: VisitState, event: VisitEvent) -> None:
    if event in MAY[state]:
        assert after(state, event) is MAY[state][event]
        assert event in events_of(state)
    else:
        assert event not in events_of(state)
        with pytest.raises(BadInput) as refused:
            after(state, event)
        assert refused.value.code == "QUE-101"


def test_booked_numbers_come_before_those_who_walked_in_and_everybody_in_the_order_of_signing_in() -> None:
    hall = [visit(1), visit(2), visit(1, "booked"), visit(2, "booked"), visit(3, "walk-in", S.CALLED)]
    assert [v.number for v in in_turn(hall, segments())] == ["A001", "A002", "B001", "B002"]


def test_how_many_are_ahead_is_what_the_ticket_says() -> None:
    hall = [visit(1), visit(2), visit(1, "booked")]
    assert ahead_of(hall[1], hall, segments()) == 2
    assert ahead_of(hall[2], hall, segments()) == 0


def test_who_missed_the_call_comes_after_the_next_three() -> None:
    late = visit(1, state=S.MISSED)
    hall = [late, *(visit(n) for n in range(2, 8))]
    back = replace(late, state=S.WAITING, turn=turn_of_return(late, hall, segments()))
    order = [v.number for v in in_turn([back, *hall[1:]], segments())]
    assert order == ["B002", "B003", "B004", "B001", "B005", "B006", "B007"]


def test_with_fewer_than_three_waiting_they_come_last_and_alone_at_once() -> None:
    late = visit(1, state=S.MISSED)
    assert turn_of_return(late, [late, visit(2), visit(3)], segments()) == 4
    assert turn_of_return(late, [late], segments()) == 1


@given(st.lists(st.tuples(st.integers(1, 60), st.sampled_from(sorted(segments()))), max_size=40, unique=True))
def test_nobody_is_forgotten_or_called_twice(people: list[tuple[int, str]]) -> None:
    hall = [visit(number, segment) for number, segment in people]
    order = in_turn(hall, segments())
    assert sorted(v.id for v in order) == sorted(v.id for v in hall)
    assert all(segments()[a.segment].turn <= segments()[b.segment].turn for a, b in pairwise(order))


def wanted(**changes: object) -> SignIn:
    request = SignIn(visit(1).applicant, segments()["walk-in"], "户籍业务", "card")
    return replace(request, **changes)  # type: ignore[arg-type]  # a test names its fields


def test_nobody_stands_in_the_queue_twice_but_may_come_again_after_being_served() -> None:
    with pytest.raises(BadInput) as refused:
        require_sign_in(wanted(), [visit(1)])
    assert refused.value.code == "QUE-102"
    require_sign_in(wanted(), [visit(1, state=S.SERVED)])


def test_by_hand_needs_a_reason_and_everybody_comes_for_something() -> None:
    with pytest.raises(BadInput) as by_hand:
        require_sign_in(wanted(origin="hand"), [])
    with pytest.raises(BadInput) as nothing:
        require_sign_in(wanted(business=" "), [])
    assert (by_hand.value.code, nothing.value.code) == ("QUE-103", "QUE-104")
    require_sign_in(wanted(origin="hand", reason="未带证件"), [])


def test_every_segment_has_its_own_letter_and_its_line_in_the_requirement() -> None:
    known = segments().values()
    assert len({s.prefix for s in known}) == len(known)
    assert all(s.source and s.businesses for s in known)

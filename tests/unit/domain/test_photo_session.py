"""The workflow of a photo session: every (state, event) pair is either in the table or refused in words."""

from __future__ import annotations

from itertools import product

import pytest

from app.domain.errors import NotAllowed
from app.domain.photo_session import TRANSITIONS, SessionEvent, SessionState, allowed, step

S, E = SessionState, SessionEvent

# The officer's day, written out a second time by hand: what may follow what.
EXPECTED = {
    (S.SHOOTING, E.SHUTTER): S.CAPTURING,
    (S.SHOOTING, E.ABANDON): S.ABANDONED,
    (S.CAPTURING, E.SHOT_KEPT): S.CHOOSING,
    (S.CAPTURING, E.SHOT_FAILED): S.SHOOTING,
    (S.CHOOSING, E.SHUTTER): S.CAPTURING,
    (S.CHOOSING, E.CONFIRM): S.EDITING,
    (S.CHOOSING, E.RETAKE): S.SHOOTING,
    (S.CHOOSING, E.ABANDON): S.ABANDONED,
    (S.EDITING, E.CONFIRM): S.EDITING,
    (S.EDITING, E.RETAKE): S.SHOOTING,
    (S.EDITING, E.SAVE): S.SAVED,
    (S.EDITING, E.ABANDON): S.ABANDONED,
    (S.SAVED, E.CLOSE): S.CLOSED,
}


@pytest.mark.parametrize(("state", "event"), list(product(SessionState, SessionEvent)))
def test_every_pair_goes_where_the_officer_expects_or_is_refused(state: SessionState, event: SessionEvent) -> None:
    if (state, event) in EXPECTED:
        assert step(state, event) is EXPECTED[state, event]
        assert allowed(state, event)
    else:
        assert not allowed(state, event)
        with pytest.raises(NotAllowed) as refused:
            step(state, event)
        assert refused.value.code == "SES-101"


def test_every_state_but_the_last_ones_has_a_way_on() -> None:
    with_exit = {state for state, _ in TRANSITIONS}
    assert set(SessionState) - with_exit == {S.CLOSED, S.ABANDONED}


def test_a_saved_photo_can_never_be_abandoned() -> None:
    assert not allowed(S.SAVED, E.ABANDON)

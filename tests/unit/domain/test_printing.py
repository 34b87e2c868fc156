"""A print job's life: each event in each state leads where the table says, or is refused in words."""

from __future__ import annotations

import itertools

import pytest

from app.domain.errors import NotAllowed
from app.domain.printing import NEEDS_ITS_BYTES, TRANSITIONS, PrintJobEvent, PrintJobState, step

S, E = PrintJobState, PrintJobEvent
# Written out anew, so that a change of the table is a change in two places.
EXPECTED = {
    S.QUEUED: {E.SEND: S.SENT, E.WITHDRAWN: S.EXPIRED, E.TOO_OLD: S.EXPIRED},
    S.SENT: {
        E.PRINTER_REFUSED: S.QUEUED,
        E.PRINTER_CONFIRMED: S.CONFIRMED,
        E.PRINTER_SILENT: S.SENT,
        E.PRINTER_FAILED: S.FAILED,
        E.SEEN_ON_PAPER: S.CONFIRMED,
        E.NOT_ON_PAPER: S.FAILED,
    },
    S.FAILED: {E.SEEN_ON_PAPER: S.CONFIRMED},
    S.CONFIRMED: {},
    S.EXPIRED: {},
}


@pytest.mark.parametrize(("state", "event"), list(itertools.product(S, E)), ids=lambda v: v.value)
def test_every_event_in_every_state_has_one_answer(state: PrintJobState, event: PrintJobEvent) -> None:
    expected = EXPECTED[state].get(event)
    if expected is None:
        with pytest.raises(NotAllowed) as refused:
            step(state, event)
        assert refused.value.code == "PRN-120"
    else:
        assert step(state, event) is expected


def test_what_was_sent_is_never_sent_again_by_itself() -> None:
    """Only the printer's own "not a byte" leads back to the queue."""
    back = [pair for pair, state in TRANSITIONS.items() if state is S.QUEUED]
    assert back == [(S.SENT, E.PRINTER_REFUSED)]
    assert [pair for pair, state in TRANSITIONS.items() if pair[1] is E.SEND] == [(S.QUEUED, E.SEND)]


def test_a_job_that_is_over_needs_its_bytes_no_more() -> None:
    assert not NEEDS_ITS_BYTES & {S.CONFIRMED, S.FAILED, S.EXPIRED}
    assert {S.QUEUED, S.SENT} == NEEDS_ITS_BYTES  # a refused job goes back to waiting with the same bytes

"""The workflow of a case: every (state, event) pair is either in the officer's table or refused in words."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from app.config.places import RESOURCES
from app.config.workflows import workflow
from app.domain.cases.workflow import CaseClock, CaseEvent, CaseState, workflow_from
from app.domain.errors import BadInput, NotAllowed

S, E = CaseState, CaseEvent
FILE = RESOURCES / "workflows" / "window-matter.toml"

# The case's way, written out a second time by hand: what may follow what.
EXPECTED = {
    (S.SUBMITTED, E.SIGN_FOR): S.SIGNED_FOR,
    (S.SUBMITTED, E.ACCEPT): S.ACCEPTED,
    (S.SUBMITTED, E.REFUSE): S.NOT_ACCEPTED,
    (S.SUBMITTED, E.ASK_SUPPLEMENT): S.SUPPLEMENTING,
    (S.SIGNED_FOR, E.ACCEPT): S.ACCEPTED,
    (S.SIGNED_FOR, E.REFUSE): S.NOT_ACCEPTED,
    (S.SIGNED_FOR, E.ASK_SUPPLEMENT): S.SUPPLEMENTING,
    (S.SUPPLEMENTING, E.SUPPLEMENT): S.SIGNED_FOR,
    (S.SUPPLEMENTING, E.RELEASE_SUPPLEMENT): S.SIGNED_FOR,
    (S.ACCEPTED, E.START_APPROVAL): S.APPROVING,
    (S.ACCEPTED, E.DO_ON_THE_SPOT): S.ON_THE_SPOT,
    (S.APPROVING, E.ASK_SURVEY): S.SURVEYING,
    (S.SURVEYING, E.REPORT_SURVEY): S.APPROVING,
    (S.APPROVING, E.APPROVE): S.APPROVED,
    (S.APPROVING, E.DISAPPROVE): S.DISAPPROVED,
    (S.APPROVED, E.VERIFY): S.VERIFIED,
    (S.APPROVED, E.SUSPEND): S.SUSPENDED,
    (S.APPROVED, E.HANDLE): S.HANDLED,
    (S.VERIFIED, E.HANDLE): S.HANDLED,
    (S.ON_THE_SPOT, E.HANDLE): S.HANDLED,
    (S.HANDLED, E.COMPLETE): S.COMPLETED,
    (S.HANDLED, E.DELIVER): S.DELIVERED,
    (S.DELIVERED, E.COLLECT): S.COMPLETED,
    (S.SUSPENDED, E.DELIVER): S.RETURNING,
    (S.DISAPPROVED, E.DELIVER): S.RETURNING,
    (S.RETURNING, E.COLLECT): S.RETURNED,
}


@pytest.mark.parametrize("state", list(CaseState))
@pytest.mark.parametrize("event", list(CaseEvent))
def test_every_pair_goes_where_the_officer_expects_or_is_refused(state: CaseState, event: CaseEvent) -> None:
    flow = workflow()
    assert (event in flow.allowed(state)) is ((state, event) in EXPECTED)
    if (state, event) in EXPECTED:
        assert flow.after(state, event) is EXPECTED[state, event]
        return
    with pytest.raises(NotAllowed) as refused:
        flow.after(state, event)
    assert refused.value.code == "CSE-101"
    assert refused.value.params["state"] == flow.states[state].words.zh


def test_a_case_ends_completed_refused_or_with_its_originals_back() -> None:
    flow = workflow()
    assert {state for state in CaseState if flow.is_end(state)} == {S.COMPLETED, S.NOT_ACCEPTED, S.RETURNED}


def test_the_clock_stands_only_while_papers_are_awaited_and_stops_with_the_answer() -> None:
    flow = workflow()
    assert {s for s in CaseState if flow.clock(s) is CaseClock.PAUSED} == {S.SUPPLEMENTING}
    answers = {S.COMPLETED, S.NOT_ACCEPTED, S.DISAPPROVED, S.SUSPENDED, S.RETURNING, S.RETURNED}
    assert {s for s in CaseState if flow.answered(s)} == answers
    assert {s for s in CaseState if flow.clock(s) is CaseClock.STOPPED} == answers


def test_a_no_and_a_request_for_papers_need_words() -> None:
    flow = workflow()
    wordy = {E.ASK_SUPPLEMENT, E.REFUSE, E.DISAPPROVE, E.SUSPEND, E.REPORT_SURVEY}
    assert {event for event, rule in flow.events.items() if rule.needs_opinion} == wordy


def test_the_time_limits_are_those_of_the_requirement() -> None:
    flow = workflow()
    assert {key: track.working_days for key, track in flow.tracks.items()} == {"on_the_spot": 3, "approval": 5}
    assert flow.events[E.START_APPROVAL].track == "approval"
    assert flow.events[E.DO_ON_THE_SPOT].track == "on_the_spot"


def test_every_state_and_event_has_its_words_and_its_source() -> None:
    flow = workflow()
    for table in (flow.states, flow.events, flow.tracks):
        for rule in table.values():
            assert rule.words.zh
            assert rule.words.en.isascii()
            assert rule.source.startswith(("L", "house"))
    assert flow.states.keys() == set(CaseState)
    assert flow.events.keys() == set(CaseEvent)
    assert flow.states[S.SUPPLEMENTING].words.in_language("zh_CN") == "补齐补正"
    assert flow.states[S.SUPPLEMENTING].words.in_language("en").startswith("waiting")


def _twice(document: dict[str, Any]) -> None:
    document["step"].append({**document["step"][0], "to": "completed"})


def _unknown(document: dict[str, Any]) -> None:
    document["step"][0]["to"] = "lost"


def _undescribed(document: dict[str, Any]) -> None:
    del document["state"]["approving"]


def _no_event(document: dict[str, Any]) -> None:
    del document["event"]["approve"]


def _reopened(document: dict[str, Any]) -> None:
    document["step"].append({"from": "completed", "event": "accept", "to": "accepted"})


def _unreached(document: dict[str, Any]) -> None:
    document["step"] = [row for row in document["step"] if row["to"] != "verified"]


def _dead_end(document: dict[str, Any]) -> None:
    document["step"] = [row for row in document["step"] if row["from"] != "surveying"]


def _no_track(document: dict[str, Any]) -> None:
    document["event"]["approve"]["track"] = "someday"


def _no_days(document: dict[str, Any]) -> None:
    document["track"]["approval"]["working_days"] = 0


def _odd_need(document: dict[str, Any]) -> None:
    document["event"]["approve"]["needs"] = "luck"


def _no_first(document: dict[str, Any]) -> None:
    del document["first"]


@pytest.mark.parametrize(
    "damage",
    [
        _twice, _unknown, _undescribed, _no_event, _reopened, _unreached, _dead_end, _no_track, _no_days, _odd_need,
        _no_first,
    ],
)  # fmt: skip
def test_a_table_that_contradicts_itself_is_refused_with_its_reason(damage: Callable[[dict[str, Any]], None]) -> None:
    document = copy.deepcopy(tomllib.loads(FILE.read_text(encoding="utf-8")))
    workflow_from(document, "x.toml")
    damage(document)
    with pytest.raises(BadInput) as refused:
        workflow_from(document, "x.toml")
    assert refused.value.code == "CSE-120"
    assert refused.value.params["reason"]


def test_the_independent_table_covers_every_state() -> None:
    assert {state for pair, target in EXPECTED.items() for state in (pair[0], target)} == set(CaseState)
    assert {event for _, event in EXPECTED} == set(CaseEvent)
    assert len(list(product(CaseState, CaseEvent))) == 306

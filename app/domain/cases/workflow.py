"""The workflow of a case as one table of (state, event) → state, read from data; windows ask it what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from app.domain.errors import BadInput, NotAllowed


class CaseState(Enum):
    """办件状态; the names an officer reads stand in the workflow's file."""

    SUBMITTED = "submitted"
    SIGNED_FOR = "signed_for"
    SUPPLEMENTING = "supplementing"
    ACCEPTED = "accepted"
    APPROVING = "approving"
    SURVEYING = "surveying"
    APPROVED = "approved"
    ON_THE_SPOT = "on_the_spot"
    VERIFIED = "verified"
    HANDLED = "handled"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    NOT_ACCEPTED = "not_accepted"
    DISAPPROVED = "disapproved"
    SUSPENDED = "suspended"
    RETURNING = "returning"
    RETURNED = "returned"


class CaseEvent(Enum):
    """What can happen to a case."""

    SIGN_FOR = "sign_for"
    ACCEPT = "accept"
    ASK_SUPPLEMENT = "ask_supplement"
    SUPPLEMENT = "supplement"
    RELEASE_SUPPLEMENT = "release_supplement"
    REFUSE = "refuse"
    START_APPROVAL = "start_approval"
    DO_ON_THE_SPOT = "do_on_the_spot"
    ASK_SURVEY = "ask_survey"
    REPORT_SURVEY = "report_survey"
    APPROVE = "approve"
    DISAPPROVE = "disapprove"
    VERIFY = "verify"
    SUSPEND = "suspend"
    HANDLE = "handle"
    DELIVER = "deliver"
    COLLECT = "collect"
    COMPLETE = "complete"


class CaseClock(Enum):
    """Whether the office's time limit runs: ``PAUSED`` while the applicant is to bring papers."""

    RUNS = "runs"
    PAUSED = "paused"
    STOPPED = "stopped"


class Outcome(Enum):
    """How a state counts in the figures."""

    OPEN = "open"
    SUCCESS = "success"
    FAILURE = "failure"


@dataclass(frozen=True)
class Words:
    """A name in both languages."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """``language`` as ``zh_CN`` or ``en``."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class StateRule:
    """What a state means."""

    words: Words
    clock: CaseClock
    outcome: Outcome
    source: str


@dataclass(frozen=True)
class EventRule:
    """What an event asks for. ``track``: the time limit that counts from it on, "" = as before."""

    words: Words
    needs_opinion: bool
    track: str
    source: str


@dataclass(frozen=True)
class Track:
    """办理时限 of one way of handling, in working days."""

    words: Words
    working_days: int
    source: str


@dataclass(frozen=True)
class Workflow:
    """One checked table. Make it with ``workflow_from``."""

    id: str
    first: CaseState
    states: Mapping[CaseState, StateRule]
    events: Mapping[CaseEvent, EventRule]
    tracks: Mapping[str, Track]
    steps: Mapping[tuple[CaseState, CaseEvent], CaseState]

    def after(self, state: CaseState, event: CaseEvent) -> CaseState:
        """The next state. Raises NotAllowed CSE-101 when the event does not belong to the state."""
        try:
            return self.steps[state, event]
        except KeyError:
            place, step = self.states[state].words, self.events[event].words
            raise NotAllowed("CSE-101", state=place.zh, event=step.zh, state_en=place.en, event_en=step.en) from None

    def allowed(self, state: CaseState) -> tuple[CaseEvent, ...]:
        """The events a window offers in ``state``, in the order of the file."""
        return tuple(event for event in self.events if (state, event) in self.steps)

    def is_end(self, state: CaseState) -> bool:
        """Nothing can happen any more."""
        return not any(origin is state for origin, _ in self.steps)

    def clock(self, state: CaseState) -> CaseClock:
        """Whether the time limit runs in ``state``."""
        return self.states[state].clock

    def answered(self, state: CaseState) -> bool:
        """The office has given its answer."""
        return self.states[state].outcome is not Outcome.OPEN


def workflow_from(document: Mapping[str, Any], file: str) -> Workflow:
    """A workflow as its TOML says.

    Raises BadInput CSE-120 (``file``, ``reason``) when a state or event is unknown or undescribed, a pair is listed twice,
    a track is undeclared, a state cannot be reached, or a step leads from an answer back to open work.
    """
    try:
        flow = Workflow(
            id=str(document["id"]),
            first=CaseState(document["first"]),
            states={CaseState(key): _state_rule(row) for key, row in document["state"].items()},
            events={CaseEvent(key): _event_rule(row) for key, row in document["event"].items()},
            tracks={
                key: Track(_words(r), int(r["working_days"]), str(r["source"])) for key, r in document["track"].items()
            },
            steps={(CaseState(row["from"]), CaseEvent(row["event"])): CaseState(row["to"]) for row in document["step"]},
        )
    except KeyError as error:
        raise BadInput("CSE-120", file=file, reason=f"{error} is missing") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise BadInput("CSE-120", file=file, reason=str(error)) from error
    for fault in _faults(flow, len(document["step"])):
        raise BadInput("CSE-120", file=file, reason=fault)
    return flow


def _words(row: Mapping[str, Any]) -> Words:
    return Words(str(row["zh"]), str(row["en"]))


def _state_rule(row: Mapping[str, Any]) -> StateRule:
    return StateRule(_words(row), CaseClock(row["clock"]), Outcome(row["outcome"]), str(row["source"]))


def _event_rule(row: Mapping[str, Any]) -> EventRule:
    needs = row.get("needs", "")
    if needs not in {"", "opinion"}:
        raise ValueError(f"needs = {needs!r}")
    return EventRule(_words(row), needs == "opinion", str(row.get("track", "")), str(row["source"]))


def _faults(flow: Workflow, listed: int) -> list[str]:
    found = []
    if listed != len(flow.steps):
        found.append("a state has two steps for one event")
    origins = {origin for origin, _ in flow.steps}
    named = origins | set(flow.steps.values()) | {flow.first}
    found += [f"state {s.value} is not described" for s in named - flow.states.keys()]
    # Also what no step names: a refusal names it to the officer.
    found += [f"state {s.value} is not described" for s in CaseState if s not in flow.states and s not in named]
    found += [f"event {e.value} is not described" for e in CaseEvent if e not in flow.events]
    found += [f"track {r.track} is not declared" for r in flow.events.values() if r.track and r.track not in flow.tracks]
    found += [f"track {key} has no days" for key, track in flow.tracks.items() if track.working_days < 1]
    if found:
        return found
    reached, waiting = {flow.first}, [flow.first]
    while waiting:
        state = waiting.pop()
        for (origin, _), target in flow.steps.items():
            if origin is state and target not in reached:
                reached.add(target)
                waiting.append(target)
    found += [f"state {s.value} cannot be reached" for s in flow.states if s not in reached]
    found += [
        f"{origin.value} is an answer, {target.value} is open again"
        for (origin, _), target in flow.steps.items()
        if flow.answered(origin) and not flow.answered(target)
    ]
    found += [f"state {s.value} is open and leads nowhere" for s in flow.states if flow.is_end(s) and not flow.answered(s)]
    return found

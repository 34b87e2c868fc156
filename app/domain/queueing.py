"""签到、排队、叫号: who waits at this hall today, in which order, and what may happen to each. Pure.

The rules are those of the requirement (entry-exit-hall.md [9549]–[9579]); the order of bookings by their hour is the hall
server's, which knows the bookings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from app.domain.errors import BadInput
from app.domain.person import Applicant

BOOKED_BEFORE_RETURN = 3  # [9579]: who missed the call comes after three who did not


class VisitState(Enum):
    """Where somebody who signed in stands."""

    NEEDS_PHOTO = "needs-photo"
    WAITING = "waiting"
    CALLED = "called"
    SERVED = "served"
    MISSED = "missed"  # 过号
    LEFT = "left"


class VisitEvent(Enum):
    """What happens to them."""

    PHOTO_TAKEN = "photo-taken"
    CALL = "call"
    BEGIN = "begin"
    MISS = "miss"
    RETURN = "return"
    LEAVE = "leave"


_STEPS: Mapping[tuple[VisitState, VisitEvent], VisitState] = {
    (VisitState.NEEDS_PHOTO, VisitEvent.PHOTO_TAKEN): VisitState.WAITING,
    (VisitState.NEEDS_PHOTO, VisitEvent.LEAVE): VisitState.LEFT,
    (VisitState.WAITING, VisitEvent.CALL): VisitState.CALLED,
    (VisitState.WAITING, VisitEvent.LEAVE): VisitState.LEFT,
    (VisitState.CALLED, VisitEvent.CALL): VisitState.CALLED,
    (VisitState.CALLED, VisitEvent.BEGIN): VisitState.SERVED,
    (VisitState.CALLED, VisitEvent.MISS): VisitState.MISSED,
    (VisitState.CALLED, VisitEvent.LEAVE): VisitState.LEFT,
    (VisitState.MISSED, VisitEvent.CALL): VisitState.CALLED,
    (VisitState.MISSED, VisitEvent.RETURN): VisitState.WAITING,
    (VisitState.MISSED, VisitEvent.LEAVE): VisitState.LEFT,
}
OPEN = frozenset({VisitState.NEEDS_PHOTO, VisitState.WAITING, VisitState.CALLED, VisitState.MISSED})


def after(state: VisitState, event: VisitEvent) -> VisitState:
    """The state after an event. Raises BadInput QUE-101 where it does not fit."""
    if (state, event) not in _STEPS:
        raise BadInput("QUE-101", state=state.value, event=event.value)
    return _STEPS[state, event]


def events_of(state: VisitState) -> frozenset[VisitEvent]:
    """What may happen next."""
    return frozenset(event for known, event in _STEPS if known is state)


@dataclass(frozen=True)
class Segment:
    """号段. ``turn``: those with a smaller one are called first."""

    id: str
    prefix: str
    zh: str
    en: str
    turn: int
    needs_photo: bool
    source: str
    businesses: tuple[str, ...]

    def name(self, language: str) -> str:
        """As the officer reads it."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class SignIn:
    """签到. ``origin``: ``card``, ``zone`` or ``hand``; by hand the ``reason`` says why."""

    applicant: Applicant
    segment: Segment
    business: str
    origin: str
    reason: str = ""


@dataclass(frozen=True)
class Visit:
    """``number``: what is called; ``turn``: its place among those of its segment; ``calls``: how often it was called."""

    id: str
    number: str
    segment: str
    turn: float
    state: VisitState
    business: str
    applicant: Applicant = field(repr=False)
    origin: str
    reason: str
    officer: str
    signed_in: datetime
    updated: datetime
    calls: int = 0


def require_sign_in(wanted: SignIn, today: Iterable[Visit]) -> None:
    """Raises BadInput QUE-102 already in the queue, QUE-103 by hand without a reason, QUE-104 without a business."""
    mine = (wanted.applicant.document, wanted.applicant.id_number)
    for visit in today:
        if visit.state in OPEN and (visit.applicant.document, visit.applicant.id_number) == mine:
            raise BadInput("QUE-102", number=visit.number)
    if wanted.origin == "hand" and not wanted.reason.strip():
        raise BadInput("QUE-103")
    if not wanted.business.strip():
        raise BadInput("QUE-104")


def in_turn(visits: Iterable[Visit], segments: Mapping[str, Segment]) -> tuple[Visit, ...]:
    """Those who wait, the next one first."""
    waiting = (visit for visit in visits if visit.state is VisitState.WAITING)
    return tuple(sorted(waiting, key=lambda visit: (segments[visit.segment].turn, visit.turn, visit.signed_in, visit.id)))


def ahead_of(visit: Visit, visits: Iterable[Visit], segments: Mapping[str, Segment]) -> int:
    """How many are called before; of somebody whose photo is missing: were it taken now."""
    order = in_turn((v for v in visits if v.id != visit.id), segments)
    mine = (segments[visit.segment].turn, visit.turn)
    return sum((segments[other.segment].turn, other.turn) <= mine for other in order)


def turn_of_return(visit: Visit, visits: Iterable[Visit], segments: Mapping[str, Segment]) -> float:
    """The place of somebody who missed the call and came back: behind the next three of the segment."""
    waiting = [v.turn for v in in_turn(visits, segments) if v.segment == visit.segment and v.id != visit.id]
    if not waiting:
        return visit.turn
    if len(waiting) <= BOOKED_BEFORE_RETURN:
        return waiting[-1] + 1
    return (waiting[BOOKED_BEFORE_RETURN - 1] + waiting[BOOKED_BEFORE_RETURN]) / 2

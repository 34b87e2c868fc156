"""The workflow of a photo session as one table of (state, event) → state; windows ask it what is allowed."""

from __future__ import annotations

from enum import Enum

from app.domain.errors import NotAllowed


class SessionState(Enum):
    """Where a photo session stands."""

    SHOOTING = "shooting"  # waiting for the shutter
    CAPTURING = "capturing"  # a shot is in flight
    CHOOSING = "choosing"  # shots are there, none confirmed
    EDITING = "editing"  # one is the master (母片); crop and checks
    SAVED = "saved"  # photo, report and outbox row are on disk
    CLOSED = "closed"  # finished; next person
    ABANDONED = "abandoned"  # given up; shots kept until retention ends


class SessionEvent(Enum):
    """What can happen to a session."""

    SHUTTER = "shutter"
    SHOT_KEPT = "shot_kept"
    SHOT_FAILED = "shot_failed"
    CONFIRM = "confirm"
    RETAKE = "retake"
    SAVE = "save"
    CLOSE = "close"
    ABANDON = "abandon"


_S, _E = SessionState, SessionEvent

TRANSITIONS: dict[tuple[SessionState, SessionEvent], SessionState] = {
    (_S.SHOOTING, _E.SHUTTER): _S.CAPTURING,
    (_S.SHOOTING, _E.ABANDON): _S.ABANDONED,
    (_S.CAPTURING, _E.SHOT_KEPT): _S.CHOOSING,
    (_S.CAPTURING, _E.SHOT_FAILED): _S.SHOOTING,
    (_S.CHOOSING, _E.SHUTTER): _S.CAPTURING,
    (_S.CHOOSING, _E.CONFIRM): _S.EDITING,
    (_S.CHOOSING, _E.RETAKE): _S.SHOOTING,
    (_S.CHOOSING, _E.ABANDON): _S.ABANDONED,
    (_S.EDITING, _E.RETAKE): _S.SHOOTING,
    (_S.EDITING, _E.CONFIRM): _S.EDITING,
    (_S.EDITING, _E.SAVE): _S.SAVED,
    (_S.EDITING, _E.ABANDON): _S.ABANDONED,
    (_S.SAVED, _E.CLOSE): _S.CLOSED,
}


def step(state: SessionState, event: SessionEvent) -> SessionState:
    """The next state. Raises NotAllowed SES-101 when the event does not belong to the state."""
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise NotAllowed("SES-101", state=state.value, event=event.value) from None


def allowed(state: SessionState, event: SessionEvent) -> bool:
    """Whether a button for ``event`` should be live."""
    return (state, event) in TRANSITIONS

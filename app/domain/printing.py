"""A print job's life as one table: nothing says "printed" without the printer's own word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from app.domain.errors import NotAllowed


class PrintJobState(Enum):
    """``UNCERTAIN``: sent, and the printer said nothing; the officer looks at the paper."""

    QUEUED = "queued"
    SENDING = "sending"
    CONFIRMED = "confirmed"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    EXPIRED = "expired"


class PrintJobEvent(Enum):
    """What can happen to a job."""

    SEND = "send"
    PRINTER_CONFIRMED = "printer_confirmed"
    PRINTER_SILENT = "printer_silent"
    PRINTER_FAILED = "printer_failed"
    TOO_OLD = "too_old"


_S, _E = PrintJobState, PrintJobEvent

TRANSITIONS: dict[tuple[PrintJobState, PrintJobEvent], PrintJobState] = {
    (_S.QUEUED, _E.SEND): _S.SENDING,
    (_S.QUEUED, _E.TOO_OLD): _S.EXPIRED,
    (_S.SENDING, _E.PRINTER_CONFIRMED): _S.CONFIRMED,
    (_S.SENDING, _E.PRINTER_SILENT): _S.UNCERTAIN,
    (_S.SENDING, _E.PRINTER_FAILED): _S.FAILED,
    (_S.FAILED, _E.SEND): _S.SENDING,
    (_S.FAILED, _E.TOO_OLD): _S.EXPIRED,
}


def step(state: PrintJobState, event: PrintJobEvent) -> PrintJobState:
    """The next state. Raises NotAllowed PRN-120 when the event does not belong to the state."""
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise NotAllowed("PRN-120", state=state.value, event=event.value) from None


@dataclass(frozen=True)
class PrintJob:
    """One receipt on its way to paper. ``copy_number`` 0 = first print, n = 补打 n."""

    id: int
    session_id: str
    copy_number: int
    state: PrintJobState
    created: datetime
    updated: datetime
    error: str  # an error code, "" when none
    printer: str  # the device address it went to

"""A print job's life as one table: nothing says "printed" without the printer's own word or the officer's eyes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from app.domain.errors import NotAllowed


class PrintKind(Enum):
    """What is printed; with its subject (session, ticket or notice) it names one document."""

    RECEIPT = "receipt"
    QUEUE_TICKET = "queue-ticket"
    PAYMENT_NOTICE = "payment-notice"
    ACCEPTANCE_RECEIPT = "acceptance-receipt"
    DOCUMENT = "document"  # any A4 document; the subject says which


class PrintJobState(Enum):
    """``QUEUED``: not a byte has gone out. ``SENT``: bytes may be out and the printer has not confirmed the cut.

    ``FAILED``: something may be on paper, but not a whole ticket. ``EXPIRED``: never sent and never will be.
    """

    QUEUED = "queued"
    SENT = "sent"
    CONFIRMED = "confirmed"
    FAILED = "failed"
    EXPIRED = "expired"


class PrintJobEvent(Enum):
    """What can happen to a job."""

    SEND = "send"
    PRINTER_REFUSED = "printer_refused"  # it said no before the first byte
    PRINTER_CONFIRMED = "printer_confirmed"
    PRINTER_SILENT = "printer_silent"
    PRINTER_FAILED = "printer_failed"
    SEEN_ON_PAPER = "seen_on_paper"  # the officer looked
    NOT_ON_PAPER = "not_on_paper"
    WITHDRAWN = "withdrawn"
    TOO_OLD = "too_old"


_S, _E = PrintJobState, PrintJobEvent

# SENT and FAILED lead nowhere near SEND: what may be on paper is printed again only as a new, numbered copy (补打).
TRANSITIONS: dict[tuple[PrintJobState, PrintJobEvent], PrintJobState] = {
    (_S.QUEUED, _E.SEND): _S.SENT,
    (_S.QUEUED, _E.WITHDRAWN): _S.EXPIRED,
    (_S.QUEUED, _E.TOO_OLD): _S.EXPIRED,
    (_S.SENT, _E.PRINTER_REFUSED): _S.QUEUED,
    (_S.SENT, _E.PRINTER_CONFIRMED): _S.CONFIRMED,
    (_S.SENT, _E.PRINTER_SILENT): _S.SENT,
    (_S.SENT, _E.PRINTER_FAILED): _S.FAILED,
    (_S.SENT, _E.SEEN_ON_PAPER): _S.CONFIRMED,
    (_S.SENT, _E.NOT_ON_PAPER): _S.FAILED,
    (_S.FAILED, _E.SEEN_ON_PAPER): _S.CONFIRMED,
}
# The job's bytes are kept only as long as they may still be needed.
NEEDS_ITS_BYTES = frozenset({PrintJobState.QUEUED, PrintJobState.SENT})


def step(state: PrintJobState, event: PrintJobEvent) -> PrintJobState:
    """The next state. Raises NotAllowed PRN-120 when the event does not belong to the state."""
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise NotAllowed("PRN-120", state=state.value, event=event.value) from None


@dataclass(frozen=True)
class PrintOrder:
    """What is to be printed, before it is a job. ``facts`` (JSON) makes a reprint; "" where the store has them."""

    kind: PrintKind
    subject: str
    printer: str
    copy_number: int
    facts: str = field(default="", repr=False)


@dataclass(frozen=True)
class PrintJob:
    """One document on its way to paper. ``copy_number`` 0 = first print, n = 补打 n."""

    id: int
    kind: PrintKind
    subject: str  # session id of a receipt, number of a ticket or notice, case id; with the document's id for A4
    copy_number: int
    state: PrintJobState
    created: datetime
    updated: datetime
    error: str  # an error code, "" when none
    printer: str  # the device address it goes to
    facts: str = field(default="", repr=False)

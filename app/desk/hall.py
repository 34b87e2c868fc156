"""签到叫号 at the desk: signing in gives a number and its ticket in one action; calling, missing, beginning, coming back.

Numbers are this workstation's own; a hall whose queue is kept by its own server has that server's client in this place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from app.config.clock import Clock
from app.config.queue import segments
from app.desk.place import DeskPlace
from app.desk.records import Records
from app.desk.tickets import TicketDesk
from app.domain.audit import Access, AuditEvent
from app.domain.errors import BadInput, WorkstationError
from app.domain.printing import PrintJob, PrintKind
from app.domain.queueing import SignIn, Visit, VisitEvent, VisitState, ahead_of, in_turn, turn_of_return
from app.domain.records import HistoryQuery, PhotoRecord
from app.printing.tickets import QueueTicketFacts
from app.security.identifiers import new_id
from app.store.store import Store

_PHOTO_AGE = timedelta(days=365)  # 近1年照片 [9555]
_PHOTO_GRACE = timedelta(minutes=5)  # [9556]: looked for after five minutes, then every half minute


@dataclass(frozen=True)
class SignedIn:
    """``job`` None where the ticket could not be printed: ``fault`` says why; the number counts all the same."""

    visit: Visit
    ahead: int
    job: PrintJob | None
    fault: WorkstationError | None


class HallDesk:
    """Thread: any; signing in blocks until the printer has answered."""

    def __init__(self, store: Store, tickets: TicketDesk, place: DeskPlace, clock: Clock) -> None:
        self._store = store
        self._records = Records(store)
        self._tickets = tickets
        self._place = place
        self._clock = clock

    def today(self) -> tuple[Visit, ...]:
        """Everybody of today in the order of signing in; whose photo has come meanwhile waits with the others."""
        now = self._clock.now()
        for visit in self._store.visits.of_day(now.date()):
            if visit.state is VisitState.NEEDS_PHOTO and now - visit.signed_in >= _PHOTO_GRACE and self._photo(visit):
                self._step(visit, VisitEvent.PHOTO_TAKEN)
        return self._store.visits.of_day(now.date())

    def waiting(self, chosen: frozenset[str] = frozenset()) -> tuple[Visit, ...]:
        """Those who wait, the next one first; of the ``chosen`` segments, or of all."""
        return tuple(v for v in in_turn(self.today(), segments()) if not chosen or v.segment in chosen)

    def sign_in(self, wanted: SignIn) -> SignedIn:
        """签到、取号、打印. Raises BadInput QUE-102 there already, QUE-103 no reason, QUE-104 no business."""
        now = self._clock.now()
        photo = self._photo_of(wanted.applicant.id_number) if wanted.segment.needs_photo else None
        missing = wanted.segment.needs_photo and photo is None
        state = VisitState.NEEDS_PHOTO if missing else VisitState.WAITING
        visit_id = new_id()
        with self._store.audit.doing(Access(AuditEvent.VISIT_SIGNED_IN, visit_id, wanted.applicant.id_number)):
            visit = self._store.visits.add(visit_id, wanted, state, self._place.officer.account, now)
        ahead = ahead_of(visit, self._store.visits.of_day(now.date()), segments())
        try:
            job = self._tickets.print_queue_ticket(self._ticket(visit, ahead, photo))
        except WorkstationError as fault:
            return SignedIn(visit, ahead, None, fault)
        return SignedIn(visit, ahead, job, None)

    def call_next(self, chosen: frozenset[str] = frozenset()) -> Visit:
        """叫号. Raises BadInput QUE-105 when nobody waits."""
        for visit in self.waiting(chosen):
            return self._step(visit, VisitEvent.CALL)
        raise BadInput("QUE-105")

    def step(self, visit: Visit, event: VisitEvent) -> Visit:
        """Called by name or again, missed, begun, back, gone. Raises BadInput QUE-101."""
        return self._step(visit, event)

    def reprint(self, visit: Visit) -> PrintJob:
        """补打 of the same number. Raises BadInput PRN-135."""
        with self._store.audit.doing(Access(AuditEvent.TICKET_PRINTED, visit.id, visit.applicant.id_number)):
            return self._tickets.reprint(PrintKind.QUEUE_TICKET, visit.id)

    def _step(self, visit: Visit, event: VisitEvent) -> Visit:
        window = self._place.station().terminal_number
        place = (lambda mine, others: turn_of_return(mine, others, segments())) if event is VisitEvent.RETURN else None
        with self._store.audit.doing(Access(AuditEvent.VISIT_MOVED, visit.id, visit.applicant.id_number, event.value)):
            return self._store.visits.move(visit.id, event, window, self._clock.now(), place)

    def _photo(self, visit: Visit) -> PhotoRecord | None:
        return self._photo_of(visit.applicant.id_number)

    def _photo_of(self, id_number: str) -> PhotoRecord | None:
        since = (self._clock.now() - _PHOTO_AGE).date()
        return next(iter(self._records.history(HistoryQuery(person=id_number, first_day=since, limit=1))), None)

    def _ticket(self, visit: Visit, ahead: int, photo: PhotoRecord | None) -> QueueTicketFacts:
        return QueueTicketFacts(
            reference=visit.id,
            station=self._place.station().station_name,
            number=visit.number,
            business=visit.business,
            ahead=ahead,
            taken=f"{visit.signed_in:%Y-%m-%d %H:%M}",
            place=self._place.station().station_name,
            name=visit.applicant.name,
            id_number=visit.applicant.id_number,
            photo=self._records.photo_image(photo.number) if photo is not None else b"",
            photo_missing=visit.state is VisitState.NEEDS_PHOTO,
        )

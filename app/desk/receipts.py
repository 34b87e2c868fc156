"""Receipts for the windows: the preview is the very bytes that go to the printer, and only its word means printed."""

from __future__ import annotations

from app.config.clock import Clock
from app.desk.place import DeskPlace
from app.desk.print_queue import PrintQueue
from app.desk.ticket_press import TicketPress
from app.domain.audit import Access, AuditEvent
from app.domain.errors import BadInput, NotAllowed
from app.domain.printing import PrintJob, PrintKind
from app.domain.records import Standing
from app.printing.receipt import ReceiptFacts
from app.store.store import Store
from devices.ports.printer import PrinterStatus


class ReceiptDesk:
    """Thread: any; ``print`` blocks until the printer has answered or its deadline has passed."""

    def __init__(self, store: Store, queue: PrintQueue, press: TicketPress, place: DeskPlace, clock: Clock) -> None:
        self._store = store
        self._queue = queue
        self._press = press
        self._place = place
        self._clock = clock

    @property
    def has_printer(self) -> bool:
        """Whether a printer is configured at all."""
        return self._queue.has_printer

    @property
    def width_dots(self) -> int:
        """The paper's width in dots."""
        return self._press.width_dots

    def _bytes(self, session_id: str, copy: int) -> bytes:
        photos = self._store.photos_of(session_id)
        if not photos:
            raise BadInput("STO-110")
        waiting = [p.number for p in photos if p.standing is not Standing.FINAL]
        if waiting:
            raise NotAllowed("INS-113", numbers=", ".join(waiting))
        first = photos[0]
        shot = next(s for s in self._store.shots(session_id) if s.id == first.shot_id)
        names = {s.id: s.name_zh for s in self._place.standards}
        facts = ReceiptFacts(
            station=first.station.station_name,
            name=first.applicant.name,
            id_number=first.applicant.id_number,
            standards=tuple(names.get(p.standard_id, p.standard_id) for p in photos),
            numbers=tuple(p.number for p in photos),
            taken=f"{shot.taken:%Y-%m-%d %H:%M}",
            terminal=first.station.terminal_number,
            officer=first.officer,
            printed=f"{self._clock.now():%Y-%m-%d %H:%M:%S}",
            copy=copy,
            training=self._place.training,
        )
        return self._press.job(PrintKind.RECEIPT, facts.fields())

    def preview(self, session_id: str) -> bytes:
        """PNG of the receipt as it would be printed next. Raises NotAllowed INS-113, BadInput STO-110,
        PRN-13x, SetupFault FNT-…."""
        copy = self._queue.next_copy(PrintKind.RECEIPT, session_id)
        return self._press.picture(self._bytes(session_id, copy))

    def jobs(self, session_id: str) -> tuple[PrintJob, ...]:
        """Every print of this session's receipt."""
        return self._queue.jobs(PrintKind.RECEIPT, session_id)

    def print(self, session_id: str) -> PrintJob:
        """Print once; again is 补打. The job's state and error say how it ended; nothing is raised for paper or cover.

        Raises NotAllowed INS-113 while a photo is not final, BadInput PRN-105 when no printer is configured, STO-110,
        PRN-13x; SetupFault FNT-….
        """
        with self._store.audit.doing(Access(AuditEvent.RECEIPT_PRINTED, session_id)):
            return self._queue.submit(PrintKind.RECEIPT, session_id, lambda copy: self._bytes(session_id, copy))

    def printer_status(self) -> PrinterStatus | None:
        """Asked of the printer now; None when none is configured. Raises DeviceError."""
        return self._queue.printer_status()

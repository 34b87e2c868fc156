"""Print jobs from queued to the printer's word: nothing twice, nothing stale, nothing called printed that is not.

Thread: any; ``submit`` and ``send_waiting`` block until the printer has answered or its deadline has passed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import TimeoutError as FutureTimeout
from datetime import timedelta

from app.config.clock import Clock
from app.config.settings import Settings
from app.domain.errors import BadInput, StoreFault
from app.domain.printing import PrintJob, PrintJobEvent, PrintJobState, PrintKind, PrintOrder
from app.store.store import Store
from devices.host.printer import PrinterHost
from devices.ports.errors import Cancelled, DeviceAbsent, DeviceError, DeviceSilent, WorkerCrashed
from devices.ports.printer import JobOutcome, PrinterState, PrinterStatus, nothing_was_sent

_WORD_TIMEOUT_S = 15.0
_PATIENCE_S = 60.0  # beyond the host's own deadline: never reached unless the host itself fails
_STATUS_PATIENCE_S = 9.0
_ABLE = (PrinterState.READY, PrinterState.NEAR_END)


class PrintQueue:
    """The jobs of one receipt printer; None: no printer is configured."""

    def __init__(self, store: Store, printer: PrinterHost | None, settings: Settings, clock: Clock) -> None:
        self._store = store
        self._printer = printer
        self._settings = settings
        self._clock = clock
        self._lock = threading.Lock()
        self.expire()

    @property
    def has_printer(self) -> bool:
        """Whether a printer is configured at all."""
        return self._printer is not None

    def expire(self) -> tuple[PrintJob, ...]:
        """Nothing of yesterday prints this morning: what waited too long is over."""
        oldest = self._clock.now() - timedelta(hours=self._settings.number("printer.job_hours"))
        jobs = self._store.print_jobs
        return tuple(jobs.move(job, PrintJobEvent.TOO_OLD) for job in jobs.queued_before(oldest))

    def jobs(self, kind: PrintKind, subject: str) -> tuple[PrintJob, ...]:
        """Every print of one document."""
        return self._store.print_jobs.of(kind, subject)

    def recent(self, limit: int = 200) -> tuple[PrintJob, ...]:
        """The latest jobs, newest first."""
        return self._store.print_jobs.recent(limit)

    def next_copy(self, kind: PrintKind, subject: str) -> int:
        """0 for the first print, n for the next 补打."""
        return self._store.print_jobs.next_copy(kind, subject)

    def submit(self, kind: PrintKind, subject: str, make: Callable[[int], bytes], facts: str = "") -> PrintJob:
        """Send once, as soon as the printer can; again is 补打, unless the first still waits.

        ``make``: the bytes of copy number n. The job's state and error say how it ended; nothing is raised for paper or
        cover. Raises BadInput PRN-105 when no printer is configured, and what ``make`` raises.
        """
        if self._printer is None:
            raise BadInput("PRN-105")
        with self._lock:
            self.expire()
            rows = self._store.print_jobs
            job = next((j for j in rows.of(kind, subject) if j.state is PrintJobState.QUEUED), None)
            if job is None:
                copy = rows.next_copy(kind, subject)
                job = rows.add(PrintOrder(kind, subject, self._printer.address, copy, facts), make(copy))
            return self._send(self._printer, job)

    def send_waiting(self) -> tuple[PrintJob, ...]:
        """Send what waits, oldest first, while the printer itself says that it can. Raises StoreFault."""
        sent: list[PrintJob] = []
        with self._lock:
            self.expire()
            for job in self._store.print_jobs.waiting():
                if self._printer is None or not self._is_able():
                    break
                sent.append(self._send(self._printer, job))
        return tuple(sent)

    def _is_able(self) -> bool:
        try:
            status = self.printer_status()
        except DeviceError:
            return False
        return status is not None and status.state in _ABLE

    def _send(self, printer: PrinterHost, job: PrintJob) -> PrintJob:
        rows = self._store.print_jobs
        try:
            data = rows.content(job)
        except StoreFault as error:
            return rows.move(job, PrintJobEvent.WITHDRAWN, error.code)
        # On the disk before the first byte: after a crash nobody takes it for unsent.
        return rows.move(rows.move(job, PrintJobEvent.SEND), *_word_of(printer, data))

    def looked(self, job: PrintJob, *, on_paper: bool) -> PrintJob:
        """The officer looked at the paper of a job nobody confirmed. Raises NotAllowed PRN-120."""
        event = PrintJobEvent.SEEN_ON_PAPER if on_paper else PrintJobEvent.NOT_ON_PAPER
        return self._store.print_jobs.move(job, event)

    def withdraw(self, job: PrintJob) -> PrintJob:
        """A waiting job is not wanted any more. Raises NotAllowed PRN-120."""
        with self._lock:
            return self._store.print_jobs.move(job, PrintJobEvent.WITHDRAWN)

    def printer_status(self) -> PrinterStatus | None:
        """Asked of the printer now; None when none is configured. Raises DeviceError."""
        if self._printer is None:
            return None
        try:
            return self._printer.status().result(_STATUS_PATIENCE_S)
        except FutureTimeout as error:
            raise DeviceSilent("status") from error
        except DeviceAbsent as error:
            raise self._printer.error or error from error


def _word_of(printer: PrinterHost, data: bytes) -> tuple[PrintJobEvent, str]:
    """What became of the bytes, and the code of what went wrong."""
    try:
        outcome = printer.print(data, _WORD_TIMEOUT_S).result(_WORD_TIMEOUT_S + _PATIENCE_S)
    except (DeviceSilent, WorkerCrashed, Cancelled) as error:
        return PrintJobEvent.PRINTER_SILENT, error.code
    except FutureTimeout:
        return PrintJobEvent.PRINTER_SILENT, DeviceSilent.code
    except DeviceError as error:
        if not nothing_was_sent(error):
            return PrintJobEvent.PRINTER_FAILED, error.code
        reason = printer.error if isinstance(error, DeviceAbsent) and printer.error else error
        return PrintJobEvent.PRINTER_REFUSED, reason.code
    confirmed = outcome is JobOutcome.CONFIRMED
    return (PrintJobEvent.PRINTER_CONFIRMED if confirmed else PrintJobEvent.PRINTER_SILENT), ""

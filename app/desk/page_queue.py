"""A4 documents from the desk to the queue's own word: numbered copies, nothing twice, nothing sent by itself later."""

from __future__ import annotations

import threading
from collections.abc import Callable

from app.desk.page_printing import PagePrinting
from app.domain.errors import BadInput
from app.domain.printing import PrintJob, PrintJobEvent, PrintJobState, PrintKind, PrintOrder
from app.store.store import Store
from devices.ports.errors import Cancelled, DeviceError, DeviceSilent, WorkerCrashed
from devices.ports.page_printer import PageJob, PageJobState, PageOrder

_FOLLOW_S = 180.0
_KIND = PrintKind.DOCUMENT
_MAY_BE_TAKEN = (DeviceSilent, WorkerCrashed, Cancelled)


class PageQueue:
    """The A4 documents of one desk; ``printing`` None: no A4 printer is configured. Thread: any; ``submit`` blocks."""

    def __init__(self, store: Store, printing: PagePrinting | None, address: str) -> None:
        self._rows = store.print_jobs
        self._printing = printing
        self._address = address
        self._lock = threading.Lock()
        self._under_way: dict[str, PrintJob] = {}
        for job in self._rows.waiting_documents():  # a power cut before the first byte: whoever wants it presses again
            self._rows.move(job, PrintJobEvent.WITHDRAWN)

    @property
    def has_printer(self) -> bool:
        """Whether an A4 printer is configured at all."""
        return self._printing is not None

    def next_copy(self, subject: str) -> int:
        """0 for the first print, n for the next 补打."""
        return self._rows.next_copy(_KIND, subject)

    def jobs(self, subject: str) -> tuple[PrintJob, ...]:
        """Every print of one document."""
        return self._rows.of(_KIND, subject)

    def submit(
        self, subject: str, title: str, make: Callable[[int], bytes], told: Callable[[PageJob], None] | None = None
    ) -> PrintJob:
        """Hand over once and follow; the job's state and error say how it ended. Again is a numbered copy.

        ``make``: the PDF of copy number n. ``title`` stands in queues of others: nothing personal. ``told`` hears how the
        queue's job stands. Pressed again while it is under way, nothing more is sent. Raises BadInput PRN-149 when no A4
        printer is configured, and what ``make`` raises.
        """
        printing = self._printing
        if printing is None:
            raise BadInput("PRN-149")
        with self._lock:
            if subject in self._under_way:
                return self._under_way[subject]
            copy = self._rows.next_copy(_KIND, subject)
            pdf = make(copy)
            job = self._rows.add(PrintOrder(_KIND, subject, self._address, copy), pdf)
            # On the disk before the first byte: after a crash nobody takes it for unsent.
            job = self._under_way[subject] = self._rows.move(job, PrintJobEvent.SEND)
        try:
            event, error = _word_of(printing, pdf, title, told)
            job = self._rows.move(job, event, error)
            if job.state is PrintJobState.QUEUED:
                job = self._rows.move(job, PrintJobEvent.WITHDRAWN, error)
        finally:
            with self._lock:
                del self._under_way[subject]
        return job


def _word_of(
    printing: PagePrinting, pdf: bytes, title: str, told: Callable[[PageJob], None] | None
) -> tuple[PrintJobEvent, str]:
    taken: list[PageJob] = []

    def hear(job: PageJob) -> None:
        taken.append(job)
        if told is not None:
            told(job)

    try:
        last = printing.print(pdf, PageOrder(title), _FOLLOW_S, hear)
    except DeviceError as error:
        silent = bool(taken) or isinstance(error, _MAY_BE_TAKEN)
        return (PrintJobEvent.PRINTER_SILENT if silent else PrintJobEvent.PRINTER_REFUSED), error.code
    if last.state is PageJobState.COMPLETED:
        return PrintJobEvent.PRINTER_CONFIRMED, ""
    if last.state.is_final:
        return PrintJobEvent.PRINTER_FAILED, "PRN-150"
    return PrintJobEvent.PRINTER_SILENT, ""

"""Receipts for the windows: the preview is the very bytes that go to the printer, and only its word means printed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import TimeoutError as FutureTimeout
from datetime import timedelta
from pathlib import Path

from app.config.clock import Clock
from app.desk.place import DeskPlace
from app.domain.errors import BadInput, NotAllowed
from app.domain.printing import PrintJob, PrintJobEvent
from app.domain.records import Standing
from app.printing.receipt import ReceiptFacts, ReceiptPrinter
from app.printing.template import load_template
from app.store.store import Store
from devices.host.printer import PrinterHost
from devices.ports.errors import DeviceAbsent, DeviceError, DeviceSilent
from devices.ports.printer import JobOutcome, PrinterStatus

_PRINT_TIMEOUT_S = 15.0
_PATIENCE_S = 5.0
_STATUS_PATIENCE_S = 9.0

Render = Callable[[bytes, int, Path], bytes]


class ReceiptDesk:
    """Thread: any; calls block until the printer has answered or its deadline has passed."""

    def __init__(
        self, store: Store, printer: PrinterHost | None, place: DeskPlace, render: Render, font: Path, clock: Clock
    ) -> None:
        self._store = store
        self._printer = printer
        self._place = place
        self._render = render
        self._font = font
        self._clock = clock
        self._template = load_template("receipt")
        self._expire_old_jobs()

    def _expire_old_jobs(self) -> None:
        """Nothing of yesterday prints this morning."""
        hours = self._place.settings.number("printer.job_hours")
        for job in self._store.print_jobs.unfinished_before(self._clock.now() - timedelta(hours=hours)):
            self._store.print_jobs.move(job, PrintJobEvent.TOO_OLD)

    @property
    def has_printer(self) -> bool:
        """Whether a printer is configured at all."""
        return self._printer is not None

    @property
    def width_dots(self) -> int:
        """The paper's width in dots."""
        return int(self._place.settings.text("printer.width_dots"))

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
        return ReceiptPrinter(self.width_dots, self._font).job(facts, self._template)

    def preview(self, session_id: str) -> bytes:
        """PNG of the receipt as it would be printed next. Raises NotAllowed INS-113, BadInput STO-110,
        SetupFault FNT-…."""
        return self._render(self._bytes(session_id, len(self.jobs(session_id))), self.width_dots, self._font)

    def jobs(self, session_id: str) -> tuple[PrintJob, ...]:
        """Every print of this session's receipt."""
        return self._store.print_jobs.of_session(session_id)

    def print(self, session_id: str) -> PrintJob:
        """Print once; again is 补打. The job's state and error say how it ended; nothing is raised for paper or cover.

        Raises NotAllowed INS-113 while a photo is not final, BadInput PRN-105 when no printer is configured, STO-110;
        SetupFault FNT-….
        """
        if self._printer is None:
            raise BadInput("PRN-105")
        data = self._bytes(session_id, len(self.jobs(session_id)))
        job = self._store.print_jobs.add(session_id, self._printer.address)
        job = self._store.print_jobs.move(job, PrintJobEvent.SEND)
        try:
            outcome = self._printer.print(data, _PRINT_TIMEOUT_S).result(_PRINT_TIMEOUT_S + _PATIENCE_S)
        except DeviceSilent as error:
            return self._store.print_jobs.move(job, PrintJobEvent.PRINTER_SILENT, error.code)
        except DeviceError as error:
            return self._store.print_jobs.move(job, PrintJobEvent.PRINTER_FAILED, error.code)
        except FutureTimeout:
            return self._store.print_jobs.move(job, PrintJobEvent.PRINTER_SILENT, DeviceSilent.code)
        confirmed = outcome is JobOutcome.CONFIRMED
        return self._store.print_jobs.move(
            job, PrintJobEvent.PRINTER_CONFIRMED if confirmed else PrintJobEvent.PRINTER_SILENT
        )

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

"""A document on its way through an A4 queue, followed to its final state: "submitted" is never called "printed"."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout

from app.config.clock import Clock
from devices.host.page_printer import PagePrinterHost
from devices.ports.errors import DeviceAbsent, DeviceLost, DeviceSilent, WorkerCrashed
from devices.ports.page_printer import PageJob, PageJobState, PageOrder

_PAUSE_S = 0.4
_PATIENCE_S = 70.0
_PASSING = (DeviceLost, DeviceSilent, WorkerCrashed, DeviceAbsent)
# The queue itself is gone, or we may not use it: waiting mends nothing.
_FINAL_CODES = ("PRN-141", "PRN-142")


class PagePrinting:
    """``stop`` ends a wait from another thread; the job itself goes on in its queue."""

    def __init__(self, printer: PagePrinterHost, clock: Clock) -> None:
        self._printer = printer
        self._clock = clock
        self._stopping = threading.Event()

    def stop(self) -> None:
        """No longer follow."""
        self._stopping.set()

    def print(self, document: bytes, order: PageOrder, timeout_s: float, told: Callable[[PageJob], None]) -> PageJob:
        """Submit once and follow; ``told`` hears every change. The last known state, final or not, after ``timeout_s``.

        Never submits again. A connection that breaks off after the submission is taken up; a job that cannot be asked
        about until the end is UNKNOWN. Raises DeviceError when it was not taken, PRN-141 when the queue was deleted,
        PRN-143 when the job was removed.
        """
        job = self._answer(self._printer.submit(document, order))
        told(job)
        deadline = self._clock.monotonic() + timeout_s
        while not job.state.is_final and self._clock.monotonic() < deadline and not self._stopping.wait(_PAUSE_S):
            now = self._asked(job)
            if now != job:
                job = now
                told(job)
        return job

    def _asked(self, job: PageJob) -> PageJob:
        try:
            return self._answer(self._printer.job(job.number))
        except _PASSING as error:
            reason = self._printer.error or error
            if reason.code in _FINAL_CODES:
                raise reason from error
            return PageJob(job.number, PageJobState.UNKNOWN, job.reasons, job.message, job.pages)

    def cancel(self, number: int) -> PageJob:
        """Stop a job; its state says whether that was still possible. Raises DeviceError."""
        return self._answer(self._printer.cancel(number))

    def _answer(self, asked: Future[PageJob]) -> PageJob:
        try:
            return asked.result(_PATIENCE_S)
        except FutureTimeout as error:
            raise DeviceSilent("page printer") from error

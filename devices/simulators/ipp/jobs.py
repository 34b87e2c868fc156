"""The simulated printer's jobs: what was handed over, page by page to paper, stopped and going on as faults come and go."""

from __future__ import annotations

import io
import threading
import time
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import pypdfium2

from devices.simulators.ipp.faults import REASONS, STOPS, PageFault, PageFaultKind

_LOOK_S = 0.05
_DPI = 100
_MOST_KEPT = 200


class JobState(IntEnum):
    """RFC 8011, 5.3.7."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9

    @property
    def is_over(self) -> bool:
        """Nothing more will happen to it."""
        return self >= JobState.CANCELED


@dataclass
class Job:
    """``document`` is kept in memory alone; ``pages`` counts its sheets' sides once it is there."""

    number: int
    name: str
    user: str
    format: str
    copies: int
    created: float
    document: bytes = b""
    closed: bool = False  # its document has come
    state: JobState = JobState.PENDING
    reason: str = "none"
    pages: int = 0
    done: int = 0
    begun: float = 0.0
    ended: float = 0.0


class JobRoom:
    """``start`` and ``stop``; methods from any thread. ``paper``: a folder where each page is laid as a picture."""

    def __init__(self, paper: Path | None = None) -> None:
        self.page_s = 0.0
        self.paper = paper
        self.jobs: dict[int, Job] = {}
        self.started = time.monotonic()
        self._fault = PageFault()
        self._lock = threading.RLock()
        self._over = threading.Event()
        self._thread: threading.Thread | None = None
        self._last = 0

    def start(self) -> None:
        """The rollers turn."""
        self._over.clear()
        self._thread = threading.Thread(target=self._print, name="ipp-simulator-rollers")
        self._thread.start()

    def stop(self) -> None:
        """Switched off, in the middle of whatever is under way."""
        self._over.set()
        if self._thread is not None:
            self._thread.join()

    # -- faults ----------------------------------------------------------------------------------------

    def fail(self, kind: PageFaultKind, after: int = 0) -> None:
        """From now on; NONE mends it and the stopped job goes on."""
        with self._lock:
            self._fault = PageFault(kind, after)

    @property
    def fault(self) -> PageFaultKind:
        """What is wrong now; a fault that waits for pages to come out is not there before."""
        with self._lock:
            if self._fault.kind in STOPS and self._fault.after and not self._stands_still():
                return PageFaultKind.NONE
            return self._fault.kind

    def _stands_still(self) -> bool:
        return any(job.state is JobState.STOPPED for job in self.jobs.values())

    @property
    def reasons(self) -> tuple[str, ...]:
        """printer-state-reasons."""
        reason = REASONS.get(self.fault)
        return (reason,) if reason else ("none",)

    # -- jobs ------------------------------------------------------------------------------------------

    def take(self, name: str, user: str, mime_type: str, copies: int) -> Job:
        """A new job without its document."""
        with self._lock:
            self._last += 1
            job = Job(self._last, name, user, mime_type, max(1, copies), time.monotonic())
            self.jobs[job.number] = job
            for old in sorted(self.jobs)[:-_MOST_KEPT]:
                del self.jobs[old]
            return job

    def hand_over(self, job: Job, document: bytes) -> bool:
        """Its document; False (and the job given up) when it is not what it says it is."""
        count = pages_of(document, job.format)
        with self._lock:
            job.document, job.closed = document, True
            if not count:
                self._end(job, JobState.ABORTED, "document-format-error")
                return False
            job.pages = count * job.copies
            return True

    def cancel(self, number: int) -> bool:
        """False when it is too late."""
        with self._lock:
            job = self.jobs.get(number)
            if job is None or job.state.is_over:
                return False
            self._end(job, JobState.CANCELED, "job-canceled-by-user")
            return True

    def _end(self, job: Job, state: JobState, reason: str) -> None:
        job.state, job.reason, job.ended = state, reason, time.monotonic()

    # -- the rollers -----------------------------------------------------------------------------------

    def _print(self) -> None:
        while not self._over.wait(_LOOK_S):
            job = self._next()
            while job is not None and self._page(job):
                if self._over.wait(self.page_s):
                    return

    def _next(self) -> Job | None:
        with self._lock:
            if self._fault.kind is PageFaultKind.OFFLINE:
                return None
            waiting = (job for job in self.jobs.values() if job.closed and not job.state.is_over)
            return min(waiting, key=lambda job: job.number, default=None)

    def _page(self, job: Job) -> bool:
        """One side; False when the job is over or stands still."""
        with self._lock:
            if job.state.is_over:
                return False
            job.begun = job.begun or time.monotonic()
            reached = job.done >= self._fault.after
            if self._fault.kind in STOPS and reached:
                job.state, job.reason = JobState.STOPPED, "printer-stopped"
                return False
            if self._fault.kind is PageFaultKind.ABORTS and reached:
                self._end(job, JobState.ABORTED, "aborted-by-system")
                return False
            if job.done >= job.pages:
                self._end(job, JobState.COMPLETED, "job-completed-successfully")
                return False
            job.state, job.reason = JobState.PROCESSING, "job-printing"
            side = job.done
            job.done += 1
        self._lay(job, side)
        return True

    def _lay(self, job: Job, side: int) -> None:
        """The paper as a picture, where somebody looks at it."""
        if self.paper is not None and job.format == "application/pdf":
            self.paper.mkdir(parents=True, exist_ok=True)
            picture = _drawn(job.document, side % max(1, job.pages // job.copies))
            (self.paper / f"a4-{job.number:03d}-{side + 1:02d}.png").write_bytes(picture)


def pages_of(document: bytes, mime_type: str) -> int:
    """How many sides; 0 for what cannot be read as what it says it is."""
    if mime_type != "application/pdf":
        return int(bool(document))
    try:
        with pypdfium2.PdfDocument(document) as pdf:
            return len(pdf)
    except pypdfium2.PdfiumError:
        return 0


def _drawn(document: bytes, page: int) -> bytes:
    with pypdfium2.PdfDocument(document) as pdf:
        out = io.BytesIO()
        pdf[page].render(scale=_DPI / 72).to_pil().save(out, "PNG")
        return out.getvalue()

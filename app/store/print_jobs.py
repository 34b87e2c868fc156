"""Print jobs, kept so that a reprint is numbered and nothing is said to be printed twice or never.

A job's bytes name people: they lie sealed beside the pictures, and only while the job may still need them.
"""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any

from app.config.clock import Clock
from app.domain.errors import NotAllowed
from app.domain.printing import NEEDS_ITS_BYTES, PrintJob, PrintJobEvent, PrintJobState, PrintKind, PrintOrder, step
from app.security.identifiers import new_id
from app.store.blobs import BlobContent, BlobFolder, BlobLabel
from app.store.database import DATABASE_ERRORS, database_fault, transaction
from app.store.rows import print_job_of

PRINT_JOB_KIND = "print-job"


class PrintJobRows:
    """The print-job table behind the store's connection and lock."""

    def __init__(self, connection: Any, lock: threading.RLock, clock: Clock, blobs: BlobFolder) -> None:
        self._connection = connection
        self._lock = lock
        self._clock = clock
        self._blobs = blobs

    def next_copy(self, kind: PrintKind, subject: str) -> int:
        """0 when this document was never sent to a printer, else the number of the next reprint."""
        jobs = [job for job in self.of(kind, subject) if job.state is not PrintJobState.EXPIRED]
        return max((job.copy_number + 1 for job in jobs), default=0)

    def add(self, order: PrintOrder, data: bytes) -> PrintJob:
        """A queued job: its bytes sealed on the disk, then its row. Raises StoreFault."""
        now = self._clock.now().isoformat()
        # The label stands in the open: it names no person, no session and no business number.
        label = BlobLabel(PRINT_JOB_KIND, new_id(), "", order.copy_number, now)
        self._blobs.write(label, BlobContent(data, order.printer, ""))
        with self._lock, transaction(self._connection):
            row = self._connection.execute(
                "INSERT INTO print_jobs (kind, subject, copy_number, state, created, updated, error, printer, facts, blob)"
                " VALUES (?, ?, ?, ?, ?, ?, '', ?, ?, ?) RETURNING *",
                (
                    order.kind.value,
                    order.subject,
                    order.copy_number,
                    PrintJobState.QUEUED.value,
                    now,
                    now,
                    order.printer,
                    order.facts,
                    label.id,
                ),
            ).fetchone()
        return print_job_of(row)

    def content(self, job: PrintJob) -> bytes:
        """The very bytes of a job that is not over. Raises StoreFault STO-107, SEA-…."""
        with self._lock:
            row = self._connection.execute("SELECT blob FROM print_jobs WHERE id = ?", (job.id,)).fetchone()
        return self._blobs.read(row["blob"])

    def move(self, job: PrintJob, event: PrintJobEvent, error: str = "") -> PrintJob:
        """The job after ``event``. Raises NotAllowed PRN-120, also when somebody else moved it meanwhile."""
        state = step(job.state, event)
        with self._lock:
            with transaction(self._connection):
                old = self._connection.execute("SELECT blob FROM print_jobs WHERE id = ?", (job.id,)).fetchone()
                blob = old["blob"] if state in NEEDS_ITS_BYTES else ""
                row = self._connection.execute(
                    "UPDATE print_jobs SET state = ?, updated = ?, error = ?, blob = ?"
                    " WHERE id = ? AND state = ? RETURNING *",
                    (state.value, self._clock.now().isoformat(), error, blob, job.id, job.state.value),
                ).fetchone()
                if row is None:
                    raise NotAllowed("PRN-120", state=job.state.value, event=event.value)
            if old["blob"] and not blob:
                self._blobs.remove(old["blob"])
        return print_job_of(row)

    def of(self, kind: PrintKind, subject: str) -> tuple[PrintJob, ...]:
        """Every print of one document, first to last."""
        return self._select("SELECT * FROM print_jobs WHERE kind = ? AND subject = ? ORDER BY id", (kind.value, subject))

    def recent(self, limit: int) -> tuple[PrintJob, ...]:
        """The latest jobs of every kind, newest first."""
        return self._select("SELECT * FROM print_jobs ORDER BY id DESC LIMIT ?", (limit,))

    def waiting(self) -> tuple[PrintJob, ...]:
        """Queued tickets, oldest first."""
        return self._select(
            "SELECT * FROM print_jobs WHERE state = ? AND kind <> ? ORDER BY id",
            (PrintJobState.QUEUED.value, PrintKind.DOCUMENT.value),
        )

    def waiting_documents(self) -> tuple[PrintJob, ...]:
        """A4 documents that a power cut left before their first byte; nothing sends them by itself."""
        return self._select(
            "SELECT * FROM print_jobs WHERE state = ? AND kind = ? ORDER BY id",
            (PrintJobState.QUEUED.value, PrintKind.DOCUMENT.value),
        )

    def queued_before(self, moment: datetime) -> tuple[PrintJob, ...]:
        """Queued jobs older than ``moment``."""
        return self._select(
            "SELECT * FROM print_jobs WHERE state = ? AND julianday(created) < julianday(?) ORDER BY id",
            (PrintJobState.QUEUED.value, moment.isoformat()),
        )

    def _select(self, sql: str, values: tuple[Any, ...]) -> tuple[PrintJob, ...]:
        with self._lock:
            try:
                return tuple(print_job_of(row) for row in self._connection.execute(sql, values))
            except DATABASE_ERRORS as error:
                raise database_fault(error) from error

"""Print jobs, kept so that a reprint is numbered and nothing is said to be printed twice or never."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any

from app.config.clock import Clock
from app.domain.printing import PrintJob, PrintJobEvent, PrintJobState, step
from app.store.database import DATABASE_ERRORS, database_fault, transaction
from app.store.rows import print_job_of


class PrintJobRows:
    """The print-job table behind the store's connection and lock."""

    def __init__(self, connection: Any, lock: threading.RLock, clock: Clock) -> None:
        self._connection = connection
        self._lock = lock
        self._clock = clock

    def add(self, session_id: str, printer: str) -> PrintJob:
        """A queued job; its copy number counts the prints of this session."""
        now = self._clock.now().isoformat()
        with self._lock, transaction(self._connection):
            row = self._connection.execute(
                "INSERT INTO print_jobs (session_id, copy_number, state, created, updated, error, printer)"
                " SELECT ?, coalesce(max(copy_number) + 1, 0), ?, ?, ?, '', ? FROM print_jobs WHERE session_id = ?"
                " RETURNING *",
                (session_id, PrintJobState.QUEUED.value, now, now, printer, session_id),
            ).fetchone()
        return print_job_of(row)

    def move(self, job: PrintJob, event: PrintJobEvent, error: str = "") -> PrintJob:
        """The job after ``event``. Raises NotAllowed PRN-120."""
        state = step(job.state, event)
        with self._lock, transaction(self._connection):
            row = self._connection.execute(
                "UPDATE print_jobs SET state = ?, updated = ?, error = ? WHERE id = ? RETURNING *",
                (state.value, self._clock.now().isoformat(), error, job.id),
            ).fetchone()
        return print_job_of(row)

    def of_session(self, session_id: str) -> tuple[PrintJob, ...]:
        """Every print of one session's receipt, first to last."""
        return self._select("SELECT * FROM print_jobs WHERE session_id = ? ORDER BY id", (session_id,))

    def unfinished_before(self, moment: datetime) -> tuple[PrintJob, ...]:
        """Queued or failed jobs older than ``moment``."""
        return self._select(
            "SELECT * FROM print_jobs WHERE state IN ('queued', 'failed')"
            " AND julianday(created) < julianday(?) ORDER BY id",
            (moment.isoformat(),),
        )

    def _select(self, sql: str, values: tuple[Any, ...]) -> tuple[PrintJob, ...]:
        with self._lock:
            try:
                return tuple(print_job_of(row) for row in self._connection.execute(sql, values))
            except DATABASE_ERRORS as error:
                raise database_fault(error) from error

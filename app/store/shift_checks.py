"""Signed shift checks in the database: written once, never changed."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any

from app.domain.shift import ShiftCheck
from app.store.database import DATABASE_ERRORS, database_fault, transaction


class ShiftCheckRows:
    """Thread: any; shares the store's connection and lock."""

    def __init__(self, connection: Any, lock: threading.RLock) -> None:
        self._connection = connection
        self._lock = lock

    def add(self, check: ShiftCheck) -> None:
        """Durable when this returns."""
        with self._lock, transaction(self._connection):
            self._connection.execute(
                "INSERT INTO shift_checks VALUES (?, ?, ?, ?, ?, ?)",
                (check.id, check.signed.isoformat(), check.officer, check.document, check.public, check.signature),
            )

    def latest(self, limit: int = 50) -> tuple[ShiftCheck, ...]:
        """Newest first."""
        with self._lock:
            try:
                rows = list(self._connection.execute("SELECT * FROM shift_checks ORDER BY id DESC LIMIT ?", (limit,)))
            except DATABASE_ERRORS as error:
                raise database_fault(error) from error
        return tuple(
            ShiftCheck(
                r["id"], datetime.fromisoformat(r["signed"]), r["officer"], r["document"], r["public"], r["signature"]
            )
            for r in rows
        )

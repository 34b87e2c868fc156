"""The queries an officer keeps under names of his own."""

from __future__ import annotations

import json
import threading
from typing import Any

from app.store.database import fetch_all, transaction


class SavedQueryRows:
    """Thread: any; shares the store's connection and lock. Documents are JSON and may hold people's names: sealed here."""

    def __init__(self, connection: Any, lock: threading.RLock) -> None:
        self._connection = connection
        self._lock = lock

    def all(self, officer: str) -> tuple[tuple[str, dict[str, Any]], ...]:
        """Name and document, by name."""
        sql = "SELECT name, document FROM saved_queries WHERE officer = ? ORDER BY name"
        rows = fetch_all(self._connection, self._lock, sql, (officer,))
        return tuple((row["name"], json.loads(row["document"])) for row in rows)

    def keep(self, officer: str, name: str, document: dict[str, Any]) -> None:
        """A query of that name takes the place of the former one."""
        with self._lock, transaction(self._connection):
            self._connection.execute(
                "INSERT INTO saved_queries VALUES (?, ?, ?)"
                " ON CONFLICT (officer, name) DO UPDATE SET document = excluded.document",
                (officer, name, json.dumps(document, ensure_ascii=False)),
            )

    def forget(self, officer: str, name: str) -> None:
        """Twice is harmless."""
        with self._lock, transaction(self._connection):
            self._connection.execute("DELETE FROM saved_queries WHERE officer = ? AND name = ?", (officer, name))

"""Each account's passwords through time: when each was set, by whom, and what shows its repetition."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any

from app.domain.passwords import PasswordState
from app.store.database import fetch_all, transaction


class PasswordRows:
    """Thread: any; shares the store's connection and lock."""

    def __init__(self, connection: Any, lock: threading.RLock) -> None:
        self._connection = connection
        self._lock = lock

    def keep(self, account: str, verifier: str, state: PasswordState) -> None:
        """A password that is in force from now on."""
        with self._lock, transaction(self._connection):
            self._connection.execute(
                "INSERT INTO passwords (account, set_at, verifier, initial) VALUES (?, ?, ?, ?)",
                (account, state.since.isoformat(), verifier, int(state.initial)),
            )

    def state(self, account: str) -> PasswordState | None:
        """Of the one in force; None for an account of an older program."""
        rows = self._rows(account, 1)
        return PasswordState(datetime.fromisoformat(rows[0]["set_at"]), bool(rows[0]["initial"])) if rows else None

    def last(self, account: str, count: int) -> tuple[str, ...]:
        """What shows the repetition of the last ``count``, newest first."""
        return tuple(row["verifier"] for row in self._rows(account, count))

    def _rows(self, account: str, count: int) -> list[Any]:
        sql = "SELECT * FROM passwords WHERE account = ? ORDER BY id DESC LIMIT ?"
        return fetch_all(self._connection, self._lock, sql, (account, count))

"""Each account's second factor: its kind, its sealed secret, and the last counter that was used up."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from app.store.database import fetch_all, transaction

PURPOSE = "second-factor"  # what the secret is sealed for


@dataclass(frozen=True)
class SecondFactorRow:
    """``kind``: totp or hotp; ``secret``: sealed; ``used``: codes up to this counter are refused."""

    kind: str
    secret: bytes
    used: int


class SecondFactorRows:
    """Thread: any; shares the store's connection and lock."""

    def __init__(self, connection: Any, lock: threading.RLock) -> None:
        self._connection = connection
        self._lock = lock

    def of(self, account: str) -> SecondFactorRow | None:
        """None when the account has none."""
        sql = "SELECT kind, secret, used FROM second_factors WHERE account = ?"
        rows = fetch_all(self._connection, self._lock, sql, (account,))
        return SecondFactorRow(rows[0]["kind"], bytes(rows[0]["secret"]), rows[0]["used"]) if rows else None

    def keep(self, account: str, row: SecondFactorRow) -> None:
        """A new one, or the same with another counter; durable when this returns."""
        with self._lock, transaction(self._connection):
            self._connection.execute(
                "INSERT INTO second_factors VALUES (?, ?, ?, ?) ON CONFLICT (account) DO UPDATE SET"
                " kind = excluded.kind, secret = excluded.secret, used = excluded.used",
                (account, row.kind, row.secret, row.used),
            )

    def forget(self, account: str) -> None:
        """Twice is harmless."""
        with self._lock, transaction(self._connection):
            self._connection.execute("DELETE FROM second_factors WHERE account = ?", (account,))

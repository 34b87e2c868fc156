"""The station's own permission tables through time, each with its signature; and which machines an account was used on."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from app.config.clock import Clock
from app.store.database import fetch_all, transaction


@dataclass(frozen=True)
class SignedTable:
    """``document``: TOML; ``public`` and ``signature``: SM2, hex."""

    at: str
    account: str
    document: str
    public: str
    signature: str


class PermissionRows:
    """Tables are only ever added: the last one is in force. Thread: any; shares the store's connection and lock."""

    def __init__(self, connection: Any, lock: threading.RLock, clock: Clock) -> None:
        self._connection = connection
        self._lock = lock
        self._clock = clock

    def last(self) -> SignedTable | None:
        """None where the shipped table holds."""
        sql = "SELECT at, account, document, public, signature FROM permissions ORDER BY id DESC LIMIT 1"
        rows = fetch_all(self._connection, self._lock, sql)
        return SignedTable(*tuple(rows[0])) if rows else None

    def keep(self, account: str, document: str, public: str, signature: str) -> None:
        """In force when this returns."""
        now = self._clock.now().isoformat()
        with self._lock, transaction(self._connection):
            self._connection.execute(
                "INSERT INTO permissions (at, account, document, public, signature) VALUES (?, ?, ?, ?, ?)",
                (now, account, document, public, signature),
            )

    # -- 账号与终端绑定 ----------------------------------------------------------------------------------

    def machine_of(self, account: str) -> str:
        """The digest of the machine it is bound to, "" for none."""
        rows = fetch_all(self._connection, self._lock, "SELECT machine FROM account_machines WHERE account = ?", (account,))
        return str(rows[0]["machine"]) if rows else ""

    def bind(self, account: str, machine: str) -> None:
        """To this machine from now on; "" lets it go."""
        with self._lock, transaction(self._connection):
            self._connection.execute("DELETE FROM account_machines WHERE account = ?", (account,))
            if machine:
                values = (account, machine, self._clock.now().isoformat())
                self._connection.execute("INSERT INTO account_machines VALUES (?, ?, ?)", values)

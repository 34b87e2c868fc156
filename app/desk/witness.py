"""A second officer at the same desk: proves with account and password who confirms an exception."""

from __future__ import annotations

from pathlib import Path

from app.domain.errors import NotAllowed
from app.domain.records import Officer
from app.security import keyring
from app.store.store import Store


class Witness:
    """Blocking (key derivation is slow on purpose): call it off the GUI thread."""

    def __init__(self, ring: Path, store: Store) -> None:
        self._ring = ring
        self._store = store

    def confirm(self, account: str, password: str) -> Officer:
        """Who it is. Raises NotAllowed AUT-101 wrong account or password, AUT-103 disabled."""
        keyring.unlock(self._ring, account, password)
        officer = self._store.account(account)
        if officer is None:
            raise NotAllowed("AUT-103")
        return officer

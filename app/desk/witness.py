"""A second officer at the same desk: proves with account and password who confirms an exception."""

from __future__ import annotations

from app.desk.door import Door
from app.domain.errors import NotAllowed
from app.domain.records import Officer
from app.store.store import Store


class Witness:
    """Blocking (key derivation is slow on purpose): call it off the GUI thread."""

    def __init__(self, door: Door, store: Store) -> None:
        self._door = door
        self._store = store

    def confirm(self, account: str, password: str) -> Officer:
        """Who it is. Raises NotAllowed AUT-101 wrong account or password, AUT-103 disabled, AUT-105, AUT-106."""
        self._door.confirm(self._store, account, password)
        officer = self._store.account(account)
        if officer is None:
            raise NotAllowed("AUT-103")
        return officer

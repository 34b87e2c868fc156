"""Signing in: the password opens the keyring, the key opens the store, the account decides who sits here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.config.clock import Clock
from app.config.places import DataFolder
from app.domain.audit import Access, AuditEvent
from app.domain.errors import NotAllowed
from app.domain.records import Officer, Role
from app.security import keyring
from app.security.files import make_private_folder
from app.security.keyring import DataKey
from app.store.store import Store

if TYPE_CHECKING:
    from app.desk.desk import Desk

# The account in whose name work is done where the station is configured without sign-in (免登录).
OPEN_STATION = Officer("station", "照相室", Role.OPERATOR)


class Gate:
    """The door of one data folder. Blocking (key derivation is slow on purpose): call it off the GUI thread."""

    def __init__(self, folder: DataFolder, clock: Clock, furnish: Callable[[Officer, Store, DataKey], Desk]) -> None:
        self._folder = folder
        self._clock = clock
        self._furnish = furnish

    @property
    def is_new(self) -> bool:
        """True on a machine where no account was ever made."""
        return not self._folder.keyring.exists()

    def create_first_account(self, account: str, name: str, password: str) -> None:
        """The first account is an administrator. Raises BadInput AUT-110 for a weak password."""
        make_private_folder(self._folder.root)
        key = keyring.create(self._folder.keyring, account, password)
        self._put(key, Officer(account, name, Role.ADMINISTRATOR))

    def add_account(self, store: Store, key: DataKey, officer: Officer, password: str) -> None:
        """A further account. Raises BadInput AUT-110 for a weak password, AUT-111 when the name is taken."""
        with store.audit.doing(
            Access(AuditEvent.ACCOUNT_CHANGED, officer.account, detail=f"added as {officer.role.value}")
        ):
            keyring.add_slot(self._folder.keyring, key, officer.account, password)
            store.put_account(officer, enabled=True)

    def allow_open_station(self, key: DataKey) -> None:
        """免登录: this machine's own key may open the store. Administrator's decision."""
        keyring.create_machine_slot(self._folder.keyring, key)
        self._put(key, OPEN_STATION)

    def _put(self, key: DataKey, officer: Officer) -> None:
        store = Store.open(self._folder, key, self._clock)
        try:
            store.put_account(officer, enabled=True)
        finally:
            store.close()

    def sign_in(self, account: str, password: str) -> Desk:
        """The furnished desk.

        Raises:
            NotAllowed: AUT-101 wrong account or password, AUT-103 the account is disabled.
            StoreFault: the store cannot be opened; nothing was changed.
        """
        return self._open(keyring.unlock(self._folder.keyring, account, password), account)

    def enter(self) -> Desk:
        """The desk of a station configured without sign-in."""
        return self._open(keyring.unlock_machine(self._folder.keyring), OPEN_STATION.account)

    def _open(self, key: DataKey, account: str) -> Desk:
        store = Store.open(self._folder, key, self._clock)
        officer = store.account(account)
        if officer is None and not store.accounts():
            # The power went between the keyring and the first account's row: the password has just proved who it is.
            officer = Officer(account, account, Role.ADMINISTRATOR)
            store.put_account(officer, enabled=True)
        if officer is None:
            store.audit.sit(account, str)
            store.audit.note(Access(AuditEvent.SIGN_IN_REFUSED), "AUT-103")
            store.close()
            raise NotAllowed("AUT-103")
        return self._furnish(officer, store, key)

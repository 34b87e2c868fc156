"""Signing in: the password opens the keyring, the key opens the store, the account decides who sits here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.config.clock import Clock
from app.config.password_policy import password_policy
from app.config.places import DataFolder
from app.config.settings import Settings
from app.desk.accounts import Accounts
from app.desk.door import Door, Knock, Proof
from app.domain.audit import Access, AuditEvent
from app.domain.errors import NotAllowed
from app.domain.passwords import require_uncommon
from app.domain.records import Officer, Role
from app.security import keyring
from app.security.files import make_private_folder
from app.security.keyring import DataKey
from app.security.machine import machine_digest
from app.store.store import Store

if TYPE_CHECKING:
    from app.desk.desk import Desk

# The account in whose name work is done where the station is configured without sign-in (免登录).
OPEN_STATION = Officer("station", "照相室", Role.OPERATOR)

NO_PROOF = Proof()


def require_place(store: Store, settings: Settings, officer: Officer) -> None:
    """Whether this account may sit at this machine; where accounts are bound, the first one it comes to is its own.

    Raises NotAllowed AUT-124 for an account without a role, AUT-125 on another machine than its own.
    """
    if officer.role is Role.NONE:
        raise NotAllowed("AUT-124")
    if not settings.flag("security.bind_machine"):
        return
    machine, bound = machine_digest(), store.permissions.machine_of(officer.account)
    if not machine or bound not in {"", machine}:
        raise NotAllowed("AUT-125")
    if not bound:
        store.permissions.bind(officer.account, machine)


class Gate:
    """The door of one data folder. Blocking (key derivation is slow on purpose): call it off the GUI thread."""

    def __init__(
        self, folder: DataFolder, settings: Settings, clock: Clock, furnish: Callable[[Officer, Store, DataKey], Desk]
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._door = Door(folder, settings, clock)
        self._clock = clock
        self._furnish = furnish

    @property
    def is_new(self) -> bool:
        """True on a machine where no account was ever made."""
        return not self._folder.keyring.exists()

    def create_first_account(self, account: str, name: str, password: str) -> None:
        """The first account is an administrator. Raises BadInput AUT-110 for a weak password, AUT-112 for a common one."""
        require_uncommon(password, password_policy(self._settings, self._folder))
        make_private_folder(self._folder.root)
        key = keyring.create(self._folder.keyring, account, password)
        self._put(key, Officer(account, name, Role.ADMINISTRATOR))
        with self._opened(key) as store:
            self._accounts(store, key).remember_first(account, password)

    def allow_open_station(self, key: DataKey) -> None:
        """免登录: this machine's own key may open the store. Administrator's decision."""
        keyring.create_machine_slot(self._folder.keyring, key)
        self._put(key, OPEN_STATION)

    def _put(self, key: DataKey, officer: Officer) -> None:
        with self._opened(key) as store:
            store.put_account(officer, enabled=True)

    @contextmanager
    def _opened(self, key: DataKey) -> Iterator[Store]:
        store = Store.open(self._folder, key, self._clock)
        try:
            yield store
        finally:
            store.close()

    def _accounts(self, store: Store, key: DataKey) -> Accounts:
        return Accounts(self._folder, self._settings, self._clock, store, key)

    def sign_in(self, account: str, password: str, proof: Proof = NO_PROOF) -> Desk:
        """The furnished desk; ``proof`` carries the second factor, and a new password where the former must be changed.

        Raises:
            NotAllowed: AUT-101 wrong account or password, AUT-103 the account is disabled, AUT-105 locked for a while,
                AUT-106 the password must be changed first, AUT-107 a code is wanted, AUT-108 it is wrong or used,
                AUT-109 a second factor must be set up first, AUT-122 the permission table was altered, AUT-124 the account
                has no role, AUT-125 it belongs to another machine.
            BadInput: AUT-110, AUT-112, AUT-113 the new password is none.
            StoreFault: the store cannot be opened; nothing was changed.
        """
        knock = self._door.try_password(account, password)
        store = Store.open(self._folder, knock.key, self._clock)
        try:
            officer = self._admitted(store, knock, proof)
            self._door.tell_refusals(store)
        except BaseException:
            store.close()
            raise
        return self._furnish(officer, store, knock.key)

    def prove(self, account: str, password: str, proof: Proof) -> None:
        """The same without a desk: for a new password or a new second factor. Raises as ``sign_in``."""
        knock = self._door.try_password(account, password)
        with self._opened(knock.key) as store:
            self._admitted(store, knock, proof)

    def enter(self) -> Desk:
        """The desk of a station configured without sign-in."""
        key = keyring.unlock_machine(self._folder.keyring)
        store = Store.open(self._folder, key, self._clock)
        officer = store.account(OPEN_STATION.account)
        if officer is None:
            store.close()
            raise NotAllowed("AUT-103")
        self._door.tell_refusals(store)
        return self._furnish(officer, store, key)

    def _admitted(self, store: Store, knock: Knock, proof: Proof) -> Officer:
        store.audit.sit(knock.account, lambda: self._settings.text("station.terminal_number"))
        officer = store.account(knock.account)
        if officer is None and not store.accounts():
            # The power went between the keyring and the first account's row: the password has just proved who it is.
            officer = Officer(knock.account, knock.account, Role.ADMINISTRATOR)
            store.put_account(officer, enabled=True)
        try:
            if officer is None:
                raise NotAllowed("AUT-103")  # noqa: TRY301 - recorded like the door's own refusals
            self._door.admit(store, knock, proof)
            require_place(store, self._settings, officer)
        except NotAllowed as refusal:
            store.audit.note(Access(AuditEvent.SIGN_IN_REFUSED), refusal.code)
            raise
        if proof.new_password:
            self._accounts(store, knock.key).own_password(knock.account, proof.new_password)
        return officer

"""Accounts: made, given a new password, unlocked, disabled; every step by the rules of passwords and in the audit log."""

from __future__ import annotations

from dataclasses import dataclass

from app.config.clock import Clock
from app.config.password_policy import password_policy
from app.config.places import DataFolder
from app.config.settings import Settings
from app.desk.door import Door
from app.domain.audit import Access, AuditEvent
from app.domain.errors import BadInput
from app.domain.passwords import PasswordState, require_strong, require_uncommon
from app.domain.records import Officer
from app.security import keyring
from app.security.keyring import Cost, DataKey
from app.security.verifier import require_other, verifier
from app.store.store import Store


@dataclass(frozen=True)
class Accounts:
    """Of one opened store. Blocking; key derivation is slow on purpose. ``cost``: scrypt's, None = the usual one."""

    folder: DataFolder
    settings: Settings
    clock: Clock
    store: Store
    key: DataKey
    cost: Cost | None = None

    def add(self, officer: Officer, password: str) -> None:
        """A further account; its owner changes the password at the first sign-in.

        Raises BadInput AUT-110 weak, AUT-112 a common one, AUT-111 the name is taken.
        """
        detail = f"added as {officer.role.value}"
        with self.store.audit.doing(Access(AuditEvent.ACCOUNT_CHANGED, officer.account, detail=detail)):
            self._require_good(officer.account, password)
            keyring.add_slot(self.folder.keyring, self.key, officer.account, password, self.cost)
            self.store.put_account(officer, enabled=True)
            self._remember(officer.account, password, initial=True)

    def own_password(self, account: str, password: str) -> None:
        """Its owner, who has just proved the former one, chooses another. Raises BadInput AUT-110, AUT-112, AUT-113 used
        before."""
        self._change(account, password, "password changed", initial=False)

    def reset(self, account: str, password: str) -> None:
        """The administrator gives a new one, to be changed at the next sign-in; the door is unlocked for the account and a
        lost second factor taken away. Raises as ``own_password``, and BadInput AUT-114 for an account nobody has."""
        self._change(account, password, "password reset", initial=True)
        self.store.second_factors.forget(account)
        Door(self.folder, self.settings, self.clock).book.release(account)

    def unlock(self, account: str) -> None:
        """解锁 before the time is over. Raises BadInput AUT-114 for an account nobody has."""
        with self.store.audit.doing(Access(AuditEvent.ACCOUNT_CHANGED, account, detail="unlocked")):
            self._require_known(account)
            Door(self.folder, self.settings, self.clock).book.release(account)

    def disable(self, account: str) -> None:
        """停用: its password opens nothing any more. Raises BadInput AUT-114, NotAllowed KEY-104 for the last one."""
        with self.store.audit.doing(Access(AuditEvent.ACCOUNT_CHANGED, account, detail="disabled")):
            officer = self._require_known(account)
            keyring.remove_slot(self.folder.keyring, account)
            self.store.put_account(officer, enabled=False)

    def remember_first(self, account: str, password: str) -> None:
        """The first account's own password, chosen by its owner."""
        self._remember(account, password, initial=False)

    def _change(self, account: str, password: str, detail: str, *, initial: bool) -> None:
        with self.store.audit.doing(Access(AuditEvent.ACCOUNT_CHANGED, account, detail=detail)):
            self._require_known(account)
            self._require_good(account, password)
            keyring.change_slot(self.folder.keyring, self.key, account, password, self.cost)
            self._remember(account, password, initial=initial)

    def _require_known(self, account: str) -> Officer:
        officer = self.store.account(account)
        if officer is None:
            raise BadInput("AUT-114", account=account[:40])
        return officer

    def _require_good(self, account: str, password: str) -> None:
        policy = password_policy(self.settings, self.folder)
        require_strong(password)
        require_uncommon(password, policy)
        require_other(self.store.passwords.last(account, policy.history), password)

    def _remember(self, account: str, password: str, *, initial: bool) -> None:
        state = PasswordState(self.clock.now(), initial)
        self.store.passwords.keep(account, verifier(password, self.cost or Cost()), state)

"""Accounts: made, given a new password, unlocked, disabled; every step by the rules of passwords and in the audit log."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.config.clock import Clock
from app.config.password_policy import password_policy
from app.config.places import DataFolder
from app.config.settings import Settings
from app.desk.door import Door
from app.desk.permissions import require_security
from app.domain.audit import Access, AuditEvent
from app.domain.errors import BadInput, NotAllowed
from app.domain.passwords import PasswordState, require_strong, require_uncommon
from app.domain.records import Officer, Role
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
        """A further account; its owner changes the password at the first sign-in. One with a role is granted it here.

        Raises BadInput AUT-110 weak, AUT-112 a common one, AUT-111 the name is taken; NotAllowed AUT-129 for a role given
        by anybody but the security administrator, AUT-120.
        """
        detail = f"added as {officer.role.value}"
        with self.store.audit.doing(Access(AuditEvent.ACCOUNT_CHANGED, officer.account, detail=detail)):
            if officer.role is not Role.NONE:
                require_security(self.store)
            self._require_good(officer.account, password)
            keyring.add_slot(self.folder.keyring, self.key, officer.account, password, self.cost)
            self.store.put_account(officer, enabled=True)
            self._remember(officer.account, password, initial=True)

    def own_password(self, account: str, password: str) -> None:
        """Its owner, who has just proved the former one, chooses another. Raises BadInput AUT-110, AUT-112, AUT-113 used
        before."""
        with self.store.audit.doing(Access(AuditEvent.PASSWORD_CHANGED, account)):
            self._change(account, password, initial=False)

    def reset(self, account: str, password: str) -> None:
        """The administrator gives a new one, to be changed at the next sign-in; the door is unlocked for the account and a
        lost second factor taken away. Raises as ``own_password``, and BadInput AUT-114 for an account nobody has."""
        with self.store.audit.doing(Access(AuditEvent.ACCOUNT_CHANGED, account, detail="password reset")):
            self._require_own_to_open(self._require_known(account))
            self._change(account, password, initial=True)
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

    def enable(self, account: str, password: str) -> None:
        """启用 one that was disabled, with a new password to be changed first. Raises as ``add``, BadInput AUT-114."""
        with self.store.audit.doing(Access(AuditEvent.ACCOUNT_CHANGED, account, detail="enabled")):
            known = next(
                (officer for officer, enabled in self.listed() if officer.account == account and not enabled), None
            )
            if known is None:
                raise BadInput("AUT-114", account=account[:40])
            self._require_own_to_open(known)
            self._require_good(account, password)
            if account not in keyring.accounts(self.folder.keyring):
                keyring.add_slot(self.folder.keyring, self.key, account, password, self.cost)
            self.store.put_account(known, enabled=True)
            self._remember(account, password, initial=True)

    def grant(self, account: str, role: Role) -> None:
        """授权: another role from the next sign-in on; the security administrator's, never for oneself.

        Raises BadInput AUT-114, NotAllowed AUT-120, AUT-128 for one's own, AUT-129 for another granter.
        """
        with self.store.audit.doing(Access(AuditEvent.ROLE_GRANTED, account, detail=role.value)):
            require_security(self.store)
            officer = self._require_known(account)
            if account == self.store.audit.account:
                raise NotAllowed("AUT-128")
            self.store.put_account(replace(officer, role=role), enabled=True)

    def let_go(self, account: str) -> None:
        """解除终端绑定: bound anew to the machine of its next sign-in. Raises BadInput AUT-114."""
        with self.store.audit.doing(Access(AuditEvent.ACCOUNT_CHANGED, account, detail="unbound")):
            self._require_known(account)
            self.store.permissions.bind(account, "")

    def listed(self) -> tuple[tuple[Officer, bool], ...]:
        """Every account and whether it is enabled; no applicant's data."""
        return self.store.every_account()

    def remember_first(self, account: str, password: str) -> None:
        """The first account's own password, chosen by its owner."""
        self._remember(account, password, initial=False)

    def _change(self, account: str, password: str, *, initial: bool) -> None:
        self._require_known(account)
        self._require_good(account, password)
        keyring.change_slot(self.folder.keyring, self.key, account, password, self.cost)
        self._remember(account, password, initial=initial)

    def _require_own_to_open(self, officer: Officer) -> None:
        """Whoever gives a password can sign in with it: the system administrator gives none to the other two.

        Raises NotAllowed AUT-129."""
        if officer.role in {Role.SECURITY, Role.AUDITOR}:
            require_security(self.store)

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

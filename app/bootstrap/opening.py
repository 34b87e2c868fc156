"""Opens a data folder for a command: one program at a time, signed in like at the window."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from app.bootstrap.assemble import build_gate
from app.bootstrap.audit import close_log, open_log
from app.bootstrap.training_account import training_account
from app.config.clock import SystemClock
from app.config.permissions import shipped_permissions, training_permissions
from app.config.places import DataFolder
from app.config.settings import Settings
from app.desk.door import Door, Proof
from app.desk.gate import Gate, require_place
from app.desk.permissions import permissions_in_force
from app.desk.second_factor import SecondFactors
from app.domain.audit import Access, AuditEvent
from app.domain.errors import NotAllowed
from app.domain.permissions import PermissionTable
from app.domain.records import Role
from app.security.files import make_private_folder
from app.security.keyring import DataKey
from app.security.signing import SigningKeys
from app.store.lock import InstanceLock
from app.store.store import Store


@contextmanager
def open_folder(folder: DataFolder) -> Iterator[Gate]:
    """The folder, held by this program alone. Raises NotAllowed STO-105 when another program works on it."""
    make_private_folder(folder.root)
    lock = InstanceLock(folder.lock)
    lock.acquire()
    try:
        yield build_gate(folder, Settings.load(folder.settings), "zh_CN")
    finally:
        lock.release()


@contextmanager
def opened_store(
    folder: DataFolder,
    options: argparse.Namespace,
    ask: Callable[[str], str],
    *,
    needs: Role | None = None,
) -> Iterator[tuple[Store, DataKey]]:
    """The store, opened with the account of ``--user`` and a prompt (in training mode the training account); that it
    was opened stands in the audit log.

    Raises:
        NotAllowed: AUT-101 wrong account or password, AUT-103 disabled, AUT-104 the step needs an administrator,
            AUT-105 locked, AUT-106 the password must be changed first, AUT-108 wrong code, AUT-109 no second factor yet,
            AUT-120 another role.
    """
    if getattr(options, "training", False):
        trainee = training_account()
        account, password = trainee.account, trainee.password
    else:
        account = options.user or ask("account: ")
        password = ask("password: ")
    settings = Settings.load(folder.settings)
    door = Door(folder, settings, SystemClock())
    knock = door.try_password(account, password)
    key = knock.key
    store = Store.open(folder, key, SystemClock())
    try:
        terminal = settings.text("station.terminal_number")
        store.audit.sit(account, lambda: terminal)
        try:
            code = ask("code: ") if SecondFactors(store, key, SystemClock()).enrolled(account) else ""
            door.admit(store, knock, Proof(code))
            role = _required_role(store, account, needs, settings)
        except NotAllowed as refusal:
            store.audit.note(Access(AuditEvent.SIGN_IN_REFUSED, detail="command"), refusal.code)
            raise
        own = SigningKeys(folder.root).own(key)
        store.audit.guard(partial(_table(store, own.public, options).allows, role))
        door.tell_refusals(store)
        open_log(store.audit, account, lambda: terminal, own, "command")
        try:
            yield store, key
        finally:
            close_log(store.audit, own)
    finally:
        store.close()


def _table(store: Store, public: str, options: argparse.Namespace) -> PermissionTable:
    """Raises NotAllowed AUT-122 for one that was altered; where it is put right, the shipped one holds meanwhile."""
    if getattr(options, "training", False):
        return training_permissions()
    if getattr(options, "mends_permissions", False):
        return shipped_permissions()
    return permissions_in_force(store, public)


def _required_role(store: Store, account: str, needs: Role | None, settings: Settings) -> Role:
    officer = store.account(account)
    if officer is None and store.accounts():
        raise NotAllowed("AUT-103")
    if needs is not None and (officer is None or officer.role is not needs):
        raise NotAllowed("AUT-104" if needs is Role.ADMINISTRATOR else "AUT-120")
    if officer is not None:
        require_place(store, settings, officer)
    return officer.role if officer is not None else Role.ADMINISTRATOR

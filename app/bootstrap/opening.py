"""Opens a data folder for a command: one program at a time, signed in like at the window."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.bootstrap.assemble import build_gate
from app.bootstrap.audit import close_log, open_log
from app.bootstrap.training_account import training_account
from app.config.clock import SystemClock
from app.config.places import DataFolder
from app.config.settings import Settings
from app.desk.gate import Gate
from app.domain.audit import Access, AuditEvent
from app.domain.errors import NotAllowed
from app.domain.records import Role
from app.security import keyring
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
            AUT-120 another role.
    """
    if getattr(options, "training", False):
        trainee = training_account()
        account, password = trainee.account, trainee.password
    else:
        account = options.user or ask("account: ")
        password = ask("password: ")
    key = keyring.unlock(folder.keyring, account, password)
    store = Store.open(folder, key, SystemClock())
    try:
        terminal = Settings.load(folder.settings).text("station.terminal_number")
        if refusal := _refusal(store, account, needs):
            store.audit.sit(account, lambda: terminal)
            store.audit.note(Access(AuditEvent.SIGN_IN_REFUSED, detail="command"), refusal)
            raise NotAllowed(refusal)
        own = SigningKeys(folder.root).own(key)
        open_log(store.audit, account, lambda: terminal, own, "command")
        try:
            yield store, key
        finally:
            close_log(store.audit, own)
    finally:
        store.close()


def _refusal(store: Store, account: str, needs: Role | None) -> str:
    """Why this account may not take this step, "" when it may."""
    officer = store.account(account)
    if officer is None and store.accounts():
        return "AUT-103"
    if needs is not None and (officer is None or officer.role is not needs):
        return "AUT-104" if needs is Role.ADMINISTRATOR else "AUT-120"
    return ""

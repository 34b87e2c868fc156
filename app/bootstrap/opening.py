"""Opens a data folder for a command: one program at a time, signed in like at the window."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.bootstrap.assemble import build_gate
from app.bootstrap.training_account import training_account
from app.config.clock import SystemClock
from app.config.places import DataFolder
from app.config.settings import Settings
from app.desk.gate import Gate
from app.domain.errors import NotAllowed
from app.domain.records import Role
from app.security import keyring
from app.security.files import make_private_folder
from app.security.keyring import DataKey
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
    administrator: bool = False,
) -> Iterator[tuple[Store, DataKey]]:
    """The store, opened with the account of ``--user`` and a prompt (in training mode the training account).

    Raises:
        NotAllowed: AUT-101 wrong account or password, AUT-104 the step needs an administrator.
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
        officer = store.account(account)
        if administrator and (officer is None or officer.role is not Role.ADMINISTRATOR):
            raise NotAllowed("AUT-104")
        yield store, key
    finally:
        store.close()

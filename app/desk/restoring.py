"""恢复: a backup becomes a data folder only after it has opened with a password and held every check."""

from __future__ import annotations

import shutil
from pathlib import Path

from app.config.clock import Clock
from app.config.places import DataFolder
from app.domain.errors import BadInput, StoreFault
from app.security import keyring
from app.security.signing import SigningKeys
from app.store.backup import Backup, unpack
from app.store.store import Store


def restore(
    full: Backup, differential: Backup | None, folder: DataFolder, account: str, password: str, clock: Clock
) -> None:
    """Into a folder that is not there yet. What fails leaves nothing behind.

    Raises:
        NotAllowed: AUT-101 wrong account or password.
        BadInput: BKP-104 there is something already, BKP-103 signed by another workstation than the one inside, BKP-102,
            BKP-105.
        StoreFault: BKP-106 the audit log or a sealed file inside does not hold, STO-1….
    """
    root = folder.root
    if root.exists() and any(root.iterdir()):
        raise BadInput("BKP-104", path=str(root))
    trial = root.with_name(root.name + ".restoring")
    shutil.rmtree(trial, ignore_errors=True)
    try:
        unpack(full, differential, trial)
        _prove(DataFolder(trial), full.public, account, password, clock)
        if root.exists():
            root.rmdir()
        Path(trial).replace(root)
    finally:
        shutil.rmtree(trial, ignore_errors=True)


def _prove(folder: DataFolder, public: str, account: str, password: str, clock: Clock) -> None:
    key = keyring.unlock(folder.keyring, account, password)
    if SigningKeys(folder.root).own(key).public != public:
        raise BadInput("BKP-103")
    store = Store.open(folder, key, clock)
    try:
        places = [found.place for found in store.damage()] + [*store.reconciled.missing]
        places += [finding.words() for finding in store.audit.verify(public).findings]
    finally:
        store.close()
    if places:
        raise StoreFault("BKP-106", count=len(places), first=places[0])

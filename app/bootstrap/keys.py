"""密钥生命周期 of a data folder: changed, kept in parts, recovered, destroyed; each step stands in the audit log."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.bootstrap.secret import BackendSecret, FiscalKey, TerminalKey
from app.config.clock import Clock
from app.config.places import DataFolder
from app.config.settings import Settings
from app.domain.audit import Access, AuditEvent
from app.domain.errors import BadInput, NotAllowed, StoreFault
from app.domain.passwords import require_strong
from app.domain.records import Officer, Role
from app.security.files import write_private
from app.security.keyring import Cost, DataKey, read_ring
from app.security.rekeying import begin, begun_by, destroy, finish, restore_slot
from app.security.shares import KeyPart, parts_of, recovered
from app.security.signing import SigningKeys, sign, signature_text
from app.store.database import open_database
from app.store.rekey import rekey_store
from app.store.store import Store

_SUPERVISORS = {Role.SECURITY, Role.AUDITOR}
_MOST_TRIED = 256  # generations looked through where the keyring itself is gone


@dataclass(frozen=True)
class KeyHouse:
    """Of one locked data folder. Blocking. ``cost``: scrypt's, None = the usual one."""

    folder: DataFolder
    settings: Settings
    clock: Clock
    cost: Cost | None = None

    def change(self, account: str, password: str, *, new_root: bool) -> tuple[DataKey, tuple[str, ...]]:
        """密钥更新: everything under the next key; the store must be closed. One that was cut off goes on.

        The key, and the ids of pictures that were damaged before. Raises NotAllowed AUT-101, KEY-106, StoreFault.
        """
        turned = begin(self.folder.keyring, account, password, new_root=new_root, cost=self.cost)
        damaged = rekey_store(self.folder, turned.former, turned.next)
        for secret in self._secrets(turned.next):
            secret.reseal(turned.former)
        finish(self.folder.keyring)
        with closing(Store.open(self.folder, turned.next, self.clock)) as store:
            self._sit(store, account)
            detail = f"generation {turned.former.generation} to {turned.next.generation}{', new root' if new_root else ''}"
            store.audit.note(Access(AuditEvent.KEY_CHANGED, turned.next.id.hex(), detail=detail))
            store.audit.anchor(SigningKeys(self.folder.root).own(turned.next))
        return turned.next, damaged

    def _secrets(self, key: DataKey) -> tuple[BackendSecret | FiscalKey | TerminalKey, ...]:
        """Towards others, of the owners now in the settings; a former owner's is typed in again when it comes back."""
        text = self.settings.text
        return (
            BackendSecret(self.folder, key, text("backend.account")),
            FiscalKey(self.folder, key, text("payment.app_id")),
            TerminalKey(self.folder, key, text("terminal.app_id")),
        )

    def _sit(self, store: Store, account: str) -> None:
        terminal = self.settings.text("station.terminal_number")
        store.audit.sit(account, lambda: terminal)

    def split(self, store: Store, key: DataKey, needed: int, passwords: Sequence[str], folder: Path) -> list[Path]:
        """密钥备份: a file for each officer, ``needed`` of which bring the key back. Raises BadInput KEY-110, AUT-110."""
        with store.audit.doing(Access(AuditEvent.KEY_SPLIT, key.id.hex(), detail=f"{needed} of {len(passwords)}")):
            parts = parts_of(key, needed, passwords, self.cost)
            paths = [folder / f"key-part-{part.key}-{part.number}.json" for part in parts]
            folder.mkdir(parents=True, exist_ok=True)
            for path, part in zip(paths, parts, strict=True):
                write_private(path, part.to_text())
        return paths

    def recover(self, parts: Sequence[tuple[KeyPart, str]], account: str, password: str) -> DataKey:
        """密钥恢复: ``account`` opens the folder again with this password, as system administrator if nobody had that name.

        Raises BadInput KEY-111, KEY-112, KEY-113, AUT-110; NotAllowed AUT-101, KEY-105.
        """
        require_strong(password)
        if self.folder.keyring.exists() and begun_by(self.folder.keyring):
            raise NotAllowed("KEY-105")
        root = recovered(parts)
        key = self._fitting(root)
        key = restore_slot(self.folder.keyring, root, key.generation, account, password, self.cost)
        with closing(Store.open(self.folder, key, self.clock)) as store:
            self._sit(store, account)
            if store.account(account) is None:
                store.put_account(Officer(account, account, Role.ADMINISTRATOR), enabled=True)
            store.audit.note(Access(AuditEvent.KEY_RECOVERED, key.id.hex(), detail=account))
        return key

    def _fitting(self, root: bytes) -> DataKey:
        """The generation that the database is under."""
        known = read_ring(self.folder.keyring).generation if self.folder.keyring.exists() else 0
        for generation in (known, *range(_MOST_TRIED)):
            key = DataKey(root, generation)
            try:
                open_database(self.folder.database, key.database_key_hex()).close()
            except StoreFault as fault:
                if fault.code != "STO-103":
                    raise
            else:
                return key
        raise BadInput("KEY-113")

    def destroy(self, store: Store, key: DataKey, supervisor: Officer, reason: str, *, even_unsent: bool) -> bytes:
        """密钥销毁 by the signed-in executor and a supervisor; the record of it, signed, to be kept elsewhere.

        The store must be closed right after. Raises NotAllowed AUT-120, KEY-107, KEY-108.
        """
        executor = store.audit.account
        with store.audit.doing(Access(AuditEvent.KEY_DESTROYED, key.id.hex(), detail=supervisor.account)):
            if supervisor.account == executor or supervisor.role not in _SUPERVISORS:
                raise NotAllowed("KEY-107")
            waiting = store.outbox.waiting() + store.archive_files.waiting()
            if waiting and not even_unsent:
                raise NotAllowed("KEY-108", count=waiting)
        return json.dumps(
            {
                "format": "jingchuang.key-destruction",
                "version": 1,
                "terminal": self.settings.text("station.terminal_number"),
                "key": key.id.hex(),
                "generation": key.generation,
                "at": self.clock.now().isoformat(),
                "executor": executor,
                "supervisor": supervisor.account,
                "reason": reason,
                "unsent": waiting,
            },
            ensure_ascii=False,
            indent=1,
        ).encode()

    def keep_record(self, key: DataKey, record: bytes, path: Path) -> None:
        """Beside its signature; before anything is destroyed. Raises StoreFault."""
        signature = sign(SigningKeys(self.folder.root).own(key), record)
        write_private(path, record)
        write_private(path.with_name(path.name + ".sig"), signature_text(signature))

    def shred(self) -> None:
        """The store is closed: nothing opens it from now on."""
        destroy(self.folder.keyring)

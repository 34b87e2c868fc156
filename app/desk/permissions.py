"""The permission table in force: shipped, or the station's own, signed with SM2 and refused when it was edited."""

from __future__ import annotations

import tomllib
from collections.abc import Callable

from app.config.permissions import shipped_permissions
from app.domain.audit import Access, AuditEvent, AuditQuery
from app.domain.errors import BadInput, NotAllowed
from app.domain.permissions import PermissionTable, permission_table, require_separated
from app.domain.records import Role
from app.security.digest import sm3_hex
from app.security.signing import Signature, SigningKey, check_signature, sign
from app.store.store import Store


def permissions_in_force(store: Store, public: str) -> PermissionTable:
    """``public``: this workstation's SM2 key, the only one whose table is taken.

    Raises NotAllowed AUT-122 when the table is not the one that was last put in force: edited, signed by another key,
    taken away, or an earlier one put back. What was last put in force stands in the audit log, whose chain is checked.
    """
    kept = store.permissions.last()
    noted = store.audit.find(AuditQuery(event=AuditEvent.PERMISSIONS_CHANGED.word, limit=20))
    last = next((entry.record for entry in noted if entry.result == "ok"), "")
    if kept is None:
        if last:
            raise NotAllowed("AUT-122")
        return shipped_permissions()
    if kept.public != public or sm3_hex(kept.document.encode()) != last:
        raise NotAllowed("AUT-122")
    try:
        check_signature(Signature(kept.public, kept.signature), kept.document.encode(), "permissions")
        return require_separated(permission_table(tomllib.loads(kept.document)))
    except (BadInput, tomllib.TOMLDecodeError) as error:
        raise NotAllowed("AUT-122") from error


class PermissionDesk:
    """For the security administrator. Thread: any; blocks on the disk. ``own_key``: this workstation's SM2 key."""

    def __init__(self, store: Store, own_key: Callable[[], SigningKey]) -> None:
        self._store = store
        self._own_key = own_key

    def table(self) -> PermissionTable:
        """In force now. Raises NotAllowed AUT-122."""
        return permissions_in_force(self._store, self._own_key().public)

    def put(self, table: PermissionTable) -> None:
        """In force for the next sign-in on; a copy is recorded by its digest. Raises BadInput AUT-127 where work and
        administration would come into one hand, NotAllowed AUT-120, AUT-129 for anybody but the security administrator."""
        text = require_separated(table).to_text()
        access = Access(AuditEvent.PERMISSIONS_CHANGED, sm3_hex(text.encode()))
        with self._store.audit.doing(access):
            require_security(self._store)
            signature = sign(self._own_key(), text.encode())
            self._store.permissions.keep(self._store.audit.account, text, signature.public, signature.value)

    def restore_shipped(self) -> None:
        """The shipped table again, where the station's own was spoilt. Raises as ``put``."""
        self.put(shipped_permissions())

    def exported(self) -> str:
        """The table as TOML. Raises NotAllowed AUT-120, AUT-122."""
        with self._store.audit.doing(Access(AuditEvent.PERMISSIONS_EXPORTED)):
            return self.table().to_text()


def require_security(store: Store) -> None:
    """安全管理员 alone, and the system administrator while the station has none; nobody sits there while a station is set
    up. Raises NotAllowed AUT-129."""
    if store.audit.account and store.audit.account not in security_accounts(store):
        raise NotAllowed("AUT-129")


def security_accounts(store: Store) -> frozenset[str]:
    """Who may grant now: the security administrators, or the system administrators of a station that has none yet."""
    officers = store.accounts()
    found = {officer.account for officer in officers if officer.role is Role.SECURITY}
    return frozenset(found or {officer.account for officer in officers if officer.role is Role.ADMINISTRATOR})

"""锁屏: the desk stays as it is, nothing of it can be seen or done until its officer has proved herself again."""

from __future__ import annotations

from app.desk.door import Door, Proof
from app.domain.audit import Access, AuditEvent
from app.domain.errors import NotAllowed
from app.domain.records import Officer
from app.store.store import Store


class DeskLock:
    """Blocking (key derivation is slow on purpose): ``unlock`` off the GUI thread."""

    def __init__(self, door: Door, store: Store, officer: Officer, idle_s: float) -> None:
        self._door = door
        self._store = store
        self._officer = officer
        self.idle_s = idle_s  # without a key or a hand for so long the screen locks itself; 0 = never

    def locked(self) -> None:
        """It is recorded. Raises StoreFault."""
        self._store.audit.note(Access(AuditEvent.SCREEN_LOCKED))

    def unlock(self, password: str, code: str) -> None:
        """Raises NotAllowed AUT-101, AUT-105, AUT-107, AUT-108 as the door does."""
        try:
            knock = self._door.try_password(self._officer.account, password)
            self._door.admit(self._store, knock, Proof(code))
        except NotAllowed as refusal:
            self._store.audit.note(Access(AuditEvent.SCREEN_UNLOCKED), refusal.code)
            raise
        self._store.audit.note(Access(AuditEvent.SCREEN_UNLOCKED))

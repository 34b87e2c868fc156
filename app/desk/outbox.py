"""What waits to be sent, why, and the hand on it: retry, send now, the back end's password."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.audit import Access, AuditEvent
from app.domain.inspecting import LateFailure
from app.domain.records import OutboxItem
from app.store.store import Store
from app.sync.loop import SyncLoop, SyncState


class OutboxDesk:
    """The outbox as the window shows it. Without a back end in the settings there is no loop, only the list."""

    def __init__(self, store: Store, loop: SyncLoop | None, seal_password: Callable[[str], None]) -> None:
        self._store = store
        self._loop = loop
        self._seal_password = seal_password

    def items(self) -> tuple[OutboxItem, ...]:
        """Everything, newest first, sent ones included."""
        return self._store.outbox.items()

    def waiting(self) -> int:
        """How many have not been acknowledged."""
        return self._store.outbox.waiting()

    def owed(self) -> int:
        """Everything the back ends have not acknowledged: photos and cases, and answers to online applications."""
        return self.waiting() + self._store.case_answers.waiting() + self._store.archive_files.waiting()

    def retry(self, item_id: int) -> None:
        """Send this one at the next look, also after a refusal."""
        self._store.outbox.retry(item_id)
        self.wake()

    def wake(self) -> None:
        """Look now instead of at the next interval, at everything that waits."""
        if self._loop is not None:
            self._store.outbox.hurry()
            self._loop.wake()

    def send_now(self, timeout_s: float) -> int:
        """Send, wait until a whole pass is over, and say how many still wait."""
        if self._loop is not None:
            self._store.outbox.hurry()
            self._loop.wait_for_pass(timeout_s)
        return self.waiting()

    def late_failures(self) -> tuple[LateFailure, ...]:
        """Stored photos that the photo library refused and no officer has taken note of."""
        return self._store.answers.unseen()

    def take_note(self, number: str) -> None:
        """The officer has read of this one."""
        self._store.answers.take_note(number)

    def state(self) -> SyncState | None:
        """How sending stands; None when no back end is configured."""
        return self._loop.state if self._loop is not None else None

    def set_password(self, password: str) -> None:
        """Keep the back end's password, sealed; used from the next login on."""
        with self._store.audit.doing(Access(AuditEvent.SECRET_CHANGED, "back end password")):
            self._seal_password(password)

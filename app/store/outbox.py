"""The outbox: what must reach the back end exactly once; a row is done only with the back end's receipt."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.config.clock import Clock
from app.domain.cases.case import Case, CaseMaterial
from app.domain.errors import StoreFault
from app.domain.records import OutboxItem, OutboxKind, OutboxState, PhotoRecord, ShotRecord
from app.store.blobs import BlobFolder
from app.store.case_rows import case_of
from app.store.database import DATABASE_ERRORS, database_fault, transaction
from app.store.drafts import material_of
from app.store.rows import outbox_of, photo_of, shot_of

_OPEN = "state NOT IN ('sent', 'withheld')"  # what the back end has not acknowledged and still is to get


@dataclass(frozen=True)
class OutboxContent:
    """What one item sends: its record, the shot it stems from, and the picture's bytes."""

    item: OutboxItem
    photo: PhotoRecord
    shot: ShotRecord
    data: bytes
    exceptions: tuple[str, ...] = ()  # those of the photo's session


@dataclass(frozen=True)
class CaseContent:
    """What one item of a case sends: the case as it stands, its papers, and for one of these its bytes."""

    item: OutboxItem
    case: Case
    materials: tuple[CaseMaterial, ...]
    data: bytes = b""


class OutboxRows:
    """The outbox table behind the store's connection and lock."""

    def __init__(self, connection: Any, lock: threading.RLock, clock: Clock, blobs: BlobFolder) -> None:
        self._connection = connection
        self._lock = lock
        self._clock = clock
        self._blobs = blobs

    def _all(self, sql: str, values: Iterable[Any] = ()) -> list[Any]:
        with self._lock:
            try:
                return list(self._connection.execute(sql, tuple(values)))
            except DATABASE_ERRORS as error:
                raise database_fault(error) from error

    def items(self, limit: int = 500) -> tuple[OutboxItem, ...]:
        """What waits first (oldest first), then what was sent (newest first)."""
        waiting = self._all(f"SELECT * FROM outbox WHERE {_OPEN} ORDER BY id LIMIT ?", (limit,))  # noqa: S608
        done = self._all(f"SELECT * FROM outbox WHERE NOT ({_OPEN}) ORDER BY id DESC LIMIT ?", (limit,))  # noqa: S608
        return tuple(outbox_of(row) for row in (*waiting, *done))

    def waiting(self) -> int:
        """How many the back end has not acknowledged."""
        return int(self._all(f"SELECT count(*) AS n FROM outbox WHERE {_OPEN}")[0]["n"])  # noqa: S608

    def due(self, now: datetime, limit: int) -> tuple[OutboxItem, ...]:
        """What may be sent now, oldest first; an original stands before its photos."""
        rows = self._all(
            "SELECT * FROM outbox WHERE state = 'waiting' AND julianday(next_try) <= julianday(?) ORDER BY id LIMIT ?",
            (now.isoformat(), limit),
        )
        return tuple(outbox_of(row) for row in rows)

    def case_content(self, item: OutboxItem) -> CaseContent:
        """Read the case and, for a paper, its sealed bytes. Raises StoreFault STO-107, SEA-…."""
        sql = "SELECT cases.*, document FROM cases JOIN case_contents USING (seq) WHERE number = ?"
        case = case_of(self._all(sql, (item.case_number,))[0])
        papers = self._all("SELECT * FROM case_materials WHERE owner = ? ORDER BY rowid", (case.id,))
        data = self._blobs.read(item.material) if item.material else b""
        return CaseContent(item, case, tuple(material_of(row) for row in papers), data)

    def content(self, item: OutboxItem) -> OutboxContent:
        """Read the sealed picture and its record. Raises StoreFault STO-107, SEA-…."""
        photo = photo_of(self._all("SELECT * FROM photos WHERE number = ?", (item.photo_number,))[0])
        shot = shot_of(self._all("SELECT * FROM shots WHERE id = ?", (photo.shot_id,))[0])
        session = self._all("SELECT exceptions FROM sessions WHERE id = ?", (photo.session_id,))[0]
        blob = shot.blob if item.kind is OutboxKind.ORIGINAL else photo.blob
        return OutboxContent(item, photo, shot, self._blobs.read(blob), tuple(json.loads(session["exceptions"])))

    def _update(self, sql: str, values: tuple[Any, ...]) -> None:
        with self._lock, transaction(self._connection):
            if self._connection.execute(sql, values).rowcount != 1:
                raise StoreFault("STO-110")

    def mark_sending(self, item_id: int) -> None:
        """One more attempt begins."""
        self._update("UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE id = ?", (item_id,))

    def mark_sent(self, item_id: int, receipt: str) -> None:
        """The back end acknowledged it."""
        self._update(
            "UPDATE outbox SET state = 'sent', receipt = ?, last_error = '', sent = ? WHERE id = ?",
            (receipt, self._clock.now().isoformat(), item_id),
        )

    def mark_waiting(self, item_id: int, error: str, next_try: datetime) -> None:
        """It could not go; when to try again, and why it waits."""
        self._update(
            "UPDATE outbox SET state = 'waiting', last_error = ?, next_try = ? WHERE id = ?",
            (error, next_try.isoformat(), item_id),
        )

    def mark_refused(self, item_id: int, error: str) -> None:
        """The back end will not take it as it is: an officer must look."""
        self._update("UPDATE outbox SET state = 'refused', last_error = ? WHERE id = ?", (error, item_id))

    def retry(self, item_id: int) -> None:
        """An officer wants it sent now, also after a refusal; a sent item stays sent."""
        with self._lock, transaction(self._connection):
            self._connection.execute(
                "UPDATE outbox SET state = 'waiting', next_try = ? WHERE id = ? AND state IN ('waiting', 'refused')",
                (self._clock.now().isoformat(), item_id),
            )

    def hurry(self) -> None:
        """The network is back: whatever waits for its next try may go now."""
        with self._lock, transaction(self._connection):
            self._connection.execute(
                "UPDATE outbox SET next_try = ? WHERE state = ?",
                (self._clock.now().isoformat(), OutboxState.WAITING.value),
            )

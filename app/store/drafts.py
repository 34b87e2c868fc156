"""Drafts as a journal: every change is a row of its own, so that what was typed is there after a power cut or a logout."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.config.clock import Clock
from app.domain.cases.case import (
    CaseMaterial,
    Draft,
    DraftState,
    FieldChange,
    FieldValue,
    Provenance,
)
from app.domain.errors import NotAllowed, StoreFault
from app.security.digest import sm3_hex
from app.security.identifiers import new_id
from app.store.blobs import BlobContent, BlobFolder, BlobLabel
from app.store.database import fetch_all, transaction
from app.store.outbox_cases import enqueue_paper

MATERIAL_KIND = "material"
_LIVE = (DraftState.OPEN.value, DraftState.PARKED.value)


@dataclass(frozen=True)
class Paper:
    """A material as it comes from the scanner, the camera or a file."""

    item: str
    name: str
    origin: str
    media_type: str
    data: bytes

    def described(self) -> str:
        """What the sealed file must say, so that it can be adopted without its row."""
        return json.dumps([self.item, self.name, self.origin, self.media_type], ensure_ascii=False)


class DraftRows:
    """Thread: any; shares the store's connection and lock."""

    def __init__(self, connection: Any, lock: threading.RLock, clock: Clock, blobs: BlobFolder) -> None:
        self._connection = connection
        self._lock = lock
        self._clock = clock
        self._blobs = blobs

    def _all(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        return fetch_all(self._connection, self._lock, sql, values)

    # -- writing ---------------------------------------------------------------------------------------

    def begin(self, matter_code: str, matter_version: str, officer: str) -> Draft:
        """A new draft, durable when this returns."""
        now = self._clock.now()
        draft = Draft(new_id(), matter_code, matter_version, officer, now, now, DraftState.OPEN)
        with self._lock, transaction(self._connection):
            self._connection.execute(
                "INSERT INTO drafts VALUES (?, ?, ?, ?, ?, ?, ?, '[]')",
                (
                    draft.id,
                    matter_code,
                    matter_version,
                    officer,
                    now.isoformat(),
                    now.isoformat(),
                    DraftState.OPEN.value,
                ),
            )
        return draft

    def note(self, changes: Sequence[tuple[str, FieldChange]]) -> None:
        """Append changes of any drafts (id, change), all of them durable when this returns.

        A change of a draft that is over meanwhile is passed over: its case holds what was accepted.
        """
        now = self._clock.now().isoformat()
        with self._lock, transaction(self._connection):
            for draft_id, change in changes:
                self._append(draft_id, change, now)

    def _append(self, draft_id: str, change: FieldChange, now: str) -> None:
        self._connection.execute(
            "INSERT INTO draft_changes SELECT ?1,"
            " 1 + coalesce((SELECT max(number) FROM draft_changes WHERE draft = ?1), 0), ?2, ?3, ?4, ?5, ?6"
            " WHERE EXISTS (SELECT 1 FROM drafts WHERE id = ?1 AND state IN ('open', 'parked'))",
            (draft_id, change.name, change.now.value, change.now.provenance.value, change.now.reason, now),
        )
        self._connection.execute("UPDATE drafts SET updated = ? WHERE id = ?", (now, draft_id))

    def carry_over(self, draft_id: str, version: str, changes: Sequence[FieldChange]) -> Draft:
        """The draft now follows ``version`` of its matter; ``changes`` give its fields their new names."""
        now = self._clock.now().isoformat()
        with self._lock, transaction(self._connection):
            self._connection.execute("UPDATE drafts SET matter_version = ? WHERE id = ?", (version, draft_id))
            for change in changes:
                self._append(draft_id, change, now)
        return self.draft(draft_id)

    def park(self, draft_id: str, missing: tuple[str, ...]) -> Draft:
        """材料不齐: it waits, with what the applicant was told to bring. Raises NotAllowed CSE-105."""
        return self._move(draft_id, DraftState.PARKED, json.dumps(missing, ensure_ascii=False))

    def resume(self, draft_id: str) -> Draft:
        """Work on it again; what was missing stays on record. Raises NotAllowed CSE-105."""
        return self._move(draft_id, DraftState.OPEN, None)

    def _move(self, draft_id: str, state: DraftState, missing: str | None) -> Draft:
        with self._lock, transaction(self._connection):
            moved = self._connection.execute(
                "UPDATE drafts SET state = ?, updated = ?, missing = coalesce(?, missing)"
                " WHERE id = ? AND state IN ('open', 'parked')",
                (state.value, self._clock.now().isoformat(), missing, draft_id),
            )
            if moved.rowcount != 1:
                raise NotAllowed("CSE-105")
        return self.draft(draft_id)

    def discard(self, draft_id: str) -> None:
        """The officer throws it away: what was typed and scanned is erased, that there was a draft stays on record.

        Raises NotAllowed CSE-105 when it is over already.
        """
        with self._lock:
            papers = self.materials(draft_id)
            with transaction(self._connection):
                if not end_draft(self._connection, draft_id, DraftState.DISCARDED, self._clock.now()):
                    raise NotAllowed("CSE-105")
                self._connection.execute("DELETE FROM case_materials WHERE owner = ?", (draft_id,))
            for paper in papers:
                self._blobs.remove(paper.id)

    def keep_material(self, owner: str, paper: Paper, officer: str) -> CaseMaterial:
        """Sealed, on the disk, then named by a row: when this returns, the paper cannot be lost.

        ``owner``: a live draft or a case. Raises NotAllowed CSE-105 for another.
        """
        taken = self._clock.now()
        label = BlobLabel(MATERIAL_KIND, new_id(), owner, 0, taken.isoformat())
        content = BlobContent(paper.data, officer, paper.described())
        with self._lock:
            if not _may_own(self._connection, owner):
                raise NotAllowed("CSE-105")
            self._blobs.write(label, content)
            with transaction(self._connection):
                _insert_material(self._connection, label, content)
                case = self._connection.execute("SELECT number FROM cases WHERE id = ?", (owner,)).fetchone()
                if case is not None:  # a further paper of a case that may have left already
                    enqueue_paper(self._connection, case["number"], label.id, len(paper.data), taken)
        return material_of(self._all("SELECT * FROM case_materials WHERE id = ?", (label.id,))[0])

    def remove_material(self, material_id: str) -> None:
        """The row first, then the file; a case's papers stay. Raises NotAllowed CSE-106, StoreFault STO-110."""
        with self._lock:
            rows = self._all("SELECT owner FROM case_materials WHERE id = ?", (material_id,))
            if not rows:
                raise StoreFault("STO-110")
            if self.draft(rows[0]["owner"]).state.value not in _LIVE:
                raise NotAllowed("CSE-106")
            with transaction(self._connection):
                self._connection.execute("DELETE FROM case_materials WHERE id = ?", (material_id,))
            self._blobs.remove(material_id)

    # -- reading ---------------------------------------------------------------------------------------

    def draft(self, draft_id: str) -> Draft:
        """As it stands, every change in it. Raises StoreFault STO-110."""
        with self._lock:
            rows = self._all("SELECT * FROM drafts WHERE id = ?", (draft_id,))
            changes = self._all("SELECT * FROM draft_changes WHERE draft = ? ORDER BY number", (draft_id,))
        if not rows:
            raise StoreFault("STO-110")
        row = rows[0]
        return Draft(
            id=row["id"],
            matter_code=row["matter_code"],
            matter_version=row["matter_version"],
            officer=row["officer"],
            started=datetime.fromisoformat(row["started"]),
            updated=datetime.fromisoformat(row["updated"]),
            state=DraftState(row["state"]),
            fields={c["field"]: FieldValue(c["value"], Provenance(c["provenance"]), c["reason"]) for c in changes},
            missing=tuple(json.loads(row["missing"])),
        )

    def unfinished(self) -> tuple[Draft, ...]:
        """Open and parked ones, oldest first: what a window asks about at sign-in (恢复 / 丢弃)."""
        with self._lock:
            rows = self._all("SELECT id FROM drafts WHERE state IN (?, ?) ORDER BY rowid", _LIVE)
            return tuple(self.draft(row["id"]) for row in rows)

    def materials(self, owner: str) -> tuple[CaseMaterial, ...]:
        """The papers of a draft or case, in the order they came."""
        rows = self._all("SELECT * FROM case_materials WHERE owner = ? ORDER BY rowid", (owner,))
        return tuple(material_of(row) for row in rows)

    def material_data(self, material_id: str) -> bytes:
        """The paper, byte for byte. Raises StoreFault STO-107, SEA-…."""
        return self._blobs.read(material_id)


def end_draft(connection: Any, draft_id: str, state: DraftState, now: datetime) -> bool:
    """Inside the caller's transaction: the draft is over, its journal is erased. False when there is no live one."""
    ended = connection.execute(
        "UPDATE drafts SET state = ?, updated = ? WHERE id = ? AND state IN ('open', 'parked')",
        (state.value, now.isoformat(), draft_id),
    )
    if ended.rowcount != 1:
        return False
    connection.execute("DELETE FROM draft_changes WHERE draft = ?", (draft_id,))
    return True


def material_of(row: Any) -> CaseMaterial:
    """A row of ``case_materials``."""
    return CaseMaterial(
        row["id"],
        row["owner"],
        row["item"],
        row["name"],
        row["origin"],
        row["media_type"],
        row["size"],
        row["digest"],
        datetime.fromisoformat(row["taken"]),
        row["officer"],
    )


def _insert_material(connection: Any, label: BlobLabel, content: BlobContent) -> None:
    item, name, origin, media_type = json.loads(content.file_name)
    connection.execute(
        "INSERT INTO case_materials VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            label.id,
            label.session_id,
            item,
            name,
            origin,
            media_type,
            label.id,
            len(content.data),
            sm3_hex(content.data),
            label.taken,
            content.device,
        ),
    )


def _may_own(connection: Any, owner: str) -> bool:
    found = connection.execute(
        "SELECT 1 FROM drafts WHERE id = ?1 AND state IN ('open', 'parked') UNION ALL SELECT 1 FROM cases WHERE id = ?1",
        (owner,),
    )
    return found.fetchone() is not None


def adopt_material(connection: Any, label: BlobLabel, content: BlobContent) -> bool:
    """A paper whose row had not been written: it gets one. False when its draft was thrown away or is unknown."""
    if not _may_own(connection, label.session_id):
        return False
    with transaction(connection):
        _insert_material(connection, label, content)
    return True

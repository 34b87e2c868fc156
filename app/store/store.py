"""The encrypted offline store of one workstation: what was confirmed to the officer is on this disk, sealed.

Thread: any; one connection behind a lock. Order inside a save: pictures are durable first, then one transaction names
them. A file without a row is adopted (an original) or swept (a photo of an unfinished save) at the next opening.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.config.clock import Clock
from app.config.places import DataFolder
from app.domain.errors import StoreFault
from app.domain.numbering import NumberingRule
from app.domain.photo_session import SessionState
from app.domain.records import (
    DayCount,
    HistoryQuery,
    Officer,
    PhotoDraft,
    PhotoRecord,
    Role,
    SessionRecord,
    ShotRecord,
    Station,
)
from app.domain.trail import TrailDraft
from app.security.digest import sm3_hex
from app.security.files import make_private_folder
from app.security.identifiers import new_id
from app.security.keyring import DataKey
from app.store import history, saving
from app.store.answers import AnswerRows
from app.store.archive import ArchiveRows
from app.store.archive_files import ArchiveFileRows
from app.store.audit import AuditMark, AuditRows
from app.store.blobs import BlobContent, BlobFolder, BlobLabel
from app.store.case_answers import CaseAnswerRows
from app.store.cases import CaseRows
from app.store.database import DATABASE_ERRORS, database_fault, fetch_all, open_database, transaction
from app.store.drafts import DraftRows
from app.store.fees import FeeRows
from app.store.fingers import FingerRows
from app.store.inspection import Damage, damage
from app.store.outbox import OutboxRows
from app.store.passwords import PasswordRows
from app.store.permissions import PermissionRows
from app.store.print_jobs import PrintJobRows
from app.store.recovery import ReconcileReport, reconcile
from app.store.rows import session_of, shot_of
from app.store.saved_queries import SavedQueryRows
from app.store.second_factors import SecondFactorRows
from app.store.sessions import insert_session, insert_shot
from app.store.shift_checks import ShiftCheckRows
from app.store.trail import TrailRows, insert_entry
from app.store.visits import VisitRows


@dataclass(frozen=True)
class _Parts:
    connection: Any
    blobs: BlobFolder
    clock: Clock
    mark: AuditMark


class Store:
    """Open with ``Store.open``; ``close`` it. See the module for the order of things."""

    def __init__(self, parts: _Parts, reconciled: ReconcileReport) -> None:
        self._connection = parts.connection
        self._blobs = parts.blobs
        self._clock = parts.clock
        self._lock = threading.RLock()
        self.reconciled = reconciled
        self.audit = AuditRows(parts.connection, self._lock, parts.clock, parts.mark)
        self.passwords = PasswordRows(parts.connection, self._lock)
        self.second_factors = SecondFactorRows(parts.connection, self._lock)
        self.outbox = OutboxRows(parts.connection, self._lock, parts.clock, parts.blobs)
        self.print_jobs = PrintJobRows(parts.connection, self._lock, parts.clock, parts.blobs)
        self.shift_checks = ShiftCheckRows(parts.connection, self._lock)
        self.trail = TrailRows(parts.connection, self._lock, parts.clock, parts.blobs)
        self.answers = AnswerRows(parts.connection, self._lock, parts.clock)
        self.fingers = FingerRows(parts.connection, self._lock, parts.clock, parts.blobs)
        self.drafts = DraftRows(parts.connection, self._lock, parts.clock, parts.blobs)
        self.cases = CaseRows(parts.connection, self._lock, parts.clock)
        self.fees = FeeRows(parts.connection, self._lock, parts.clock, parts.blobs)
        self.case_answers = CaseAnswerRows(parts.connection, self._lock)
        self.saved_queries = SavedQueryRows(parts.connection, self._lock)
        self.visits = VisitRows(parts.connection, self._lock)
        self.archive = ArchiveRows(parts.connection, self._lock, parts.clock, parts.blobs)
        self.permissions = PermissionRows(parts.connection, self._lock, parts.clock)
        self.archive_files = ArchiveFileRows(parts.connection, self._lock, parts.clock, parts.blobs)

    @classmethod
    def open(cls, folder: DataFolder, key: DataKey, clock: Clock) -> Store:
        """Open, migrate, and set right what a crash left.

        Raises StoreFault: STO-101/102/108 disk, STO-103 wrong key, STO-104 damaged, STO-106 newer version.
        """
        make_private_folder(folder.root)
        connection = open_database(folder.database, key.database_key_hex())
        try:
            blobs = BlobFolder(folder.blobs, key)
            report = reconcile(connection, blobs, clock.now())
        except DATABASE_ERRORS as error:
            connection.close()
            raise database_fault(error) from error
        except StoreFault:
            connection.close()
            raise
        return cls(_Parts(connection, blobs, clock, AuditMark(folder.audit_mark, key)), report)

    def close(self) -> None:
        """Let go of the database. Twice is harmless."""
        with self._lock:
            self._connection.close()

    def damage(self) -> tuple[Damage, ...]:
        """Every page and every sealed file, read once. Slow: for `store verify`, not for a window."""
        return damage(self._connection, self._lock, self._blobs)

    @contextmanager
    def _writing(self) -> Iterator[Any]:
        with self._lock, transaction(self._connection):
            yield self._connection

    def _all(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        return fetch_all(self._connection, self._lock, sql, values)

    def _one(self, sql: str, values: tuple[Any, ...]) -> Any:
        rows = self._all(sql, values)
        if not rows:
            raise StoreFault("STO-110")
        return rows[0]

    # -- accounts --------------------------------------------------------------------------------------

    def put_account(self, officer: Officer, *, enabled: bool) -> None:
        """A new account, or a changed one."""
        with self._writing() as db:
            db.execute(
                "INSERT INTO accounts VALUES (?, ?, ?, ?) ON CONFLICT (account) DO UPDATE SET"
                " name = excluded.name, role = excluded.role, enabled = excluded.enabled",
                (officer.account, officer.name, officer.role.value, int(enabled)),
            )

    def account(self, name: str) -> Officer | None:
        """The enabled account, None when there is none."""
        rows = self._all("SELECT * FROM accounts WHERE account = ? AND enabled", (name,))
        return Officer(rows[0]["account"], rows[0]["name"], Role(rows[0]["role"])) if rows else None

    def every_account(self) -> tuple[tuple[Officer, bool], ...]:
        """Disabled ones too, each with whether it is enabled."""
        rows = self._all("SELECT * FROM accounts ORDER BY account")
        return tuple((Officer(r["account"], r["name"], Role(r["role"])), bool(r["enabled"])) for r in rows)

    def accounts(self) -> tuple[Officer, ...]:
        """Every enabled account."""
        rows = self._all("SELECT * FROM accounts WHERE enabled ORDER BY account")
        return tuple(Officer(r["account"], r["name"], Role(r["role"])) for r in rows)

    # -- sessions and shots ----------------------------------------------------------------------------

    def create_session(self, record: SessionRecord) -> None:
        """A new session, durable when this returns."""
        with self._writing() as db:
            insert_session(db, record)

    def session(self, session_id: str) -> SessionRecord:
        """Raises StoreFault STO-110 for an unknown one."""
        return session_of(self._one("SELECT * FROM sessions WHERE id = ?", (session_id,)))

    def open_sessions(self) -> tuple[SessionRecord, ...]:
        """Neither closed nor abandoned, oldest first."""
        ended = (SessionState.CLOSED.value, SessionState.ABANDONED.value)
        rows = self._all("SELECT * FROM sessions WHERE state NOT IN (?, ?) ORDER BY id", ended)
        return tuple(session_of(row) for row in rows)

    def move_session(self, session_id: str, state: SessionState, chosen_shot: str | None = None) -> SessionRecord:
        """Record where the session stands; ``chosen_shot`` None leaves the choice as it is."""
        with self._writing() as db:
            moved = db.execute(
                "UPDATE sessions SET state = ?, chosen_shot = coalesce(?, chosen_shot) WHERE id = ?",
                (state.value, chosen_shot, session_id),
            )
            if moved.rowcount != 1:
                raise StoreFault("STO-110")
        return self.session(session_id)

    def keep_shot(self, session_id: str, data: bytes, *, device: str, file_name: str) -> ShotRecord:
        """Sealed, on the disk, then named by a row: when this returns, the shot is finished."""
        with self._lock:
            self.session(session_id)
            number = 1 + int(
                self._one("SELECT coalesce(max(number), 0) AS n FROM shots WHERE session_id = ?", (session_id,))["n"]
            )
            taken = self._clock.now()
            label = BlobLabel("original", new_id(), session_id, number, taken.isoformat())
            self._blobs.write(label, BlobContent(data, device, file_name))
            shot = ShotRecord(
                id=label.id,
                session_id=session_id,
                index=number,
                taken=taken,
                blob=label.id,
                size=len(data),
                digest=sm3_hex(data),
                device=device,
                file_name=file_name,
            )
            with self._writing() as db:
                insert_shot(db, shot)
        return shot

    def shots(self, session_id: str) -> tuple[ShotRecord, ...]:
        """In the order they were taken."""
        rows = self._all("SELECT * FROM shots WHERE session_id = ? ORDER BY number", (session_id,))
        return tuple(shot_of(row) for row in rows)

    def shot(self, shot_id: str) -> ShotRecord:
        """Raises StoreFault STO-110 for an unknown one."""
        return shot_of(self._one("SELECT * FROM shots WHERE id = ?", (shot_id,)))

    def read_original(self, shot_id: str) -> bytes:
        """The camera's file, byte for byte. Raises StoreFault STO-110, STO-107, SEA-…."""
        return self._blobs.read(self._one("SELECT blob FROM shots WHERE id = ?", (shot_id,))["blob"])

    # -- photos ----------------------------------------------------------------------------------------

    def save_photos(
        self,
        session_id: str,
        shot_id: str,
        drafts: tuple[PhotoDraft, ...],
        *,
        rule: NumberingRule,
        officer: str,
        station: Station,
        entry_of: Callable[[PhotoRecord], TrailDraft] | None = None,
    ) -> tuple[PhotoRecord, ...]:
        """Photos, numbers, outbox rows, the session's state and the trail's entries (``entry_of`` each photo) in one
        transaction; all of it or none of it."""
        with self._lock:
            session = self.session(session_id)
            shot = shot_of(self._one("SELECT * FROM shots WHERE id = ? AND session_id = ?", (shot_id, session_id)))
            now = self._clock.now()
            sealed = saving.seal_drafts(self._blobs, session_id, drafts, now)
            with self._writing() as db:
                order = saving.SaveOrder(session, shot, rule, officer, station, now)
                saving.insert_photos(db, order, drafts, sealed)
                rows = db.execute("SELECT * FROM photos WHERE session_id = ? ORDER BY rowid", (session_id,)).fetchall()
                saved = tuple(history.photo_of(row) for row in rows if row["blob"] in sealed)
                if entry_of is not None:
                    for record in saved:
                        insert_entry(db, entry_of(record), now)
        return saved

    def photo(self, number: str) -> PhotoRecord:
        """Raises StoreFault STO-110 for an unknown number."""
        return history.photo_of(self._one("SELECT * FROM photos WHERE number = ?", (number,)))

    def photos_of(self, session_id: str) -> tuple[PhotoRecord, ...]:
        """What one session issued."""
        rows = self._all("SELECT * FROM photos WHERE session_id = ? ORDER BY rowid", (session_id,))
        return tuple(history.photo_of(row) for row in rows)

    def read_photo(self, number: str) -> bytes:
        """The issued JPEG. Raises StoreFault STO-110, STO-107, SEA-…."""
        return self._blobs.read(self._one("SELECT blob FROM photos WHERE number = ?", (number,))["blob"])

    def history(self, query: HistoryQuery) -> tuple[PhotoRecord, ...]:
        """Newest first; keyset paging by ``query.after``."""
        sql, values = history.history_query(query)
        return tuple(history.photo_of(row) for row in self._all(sql, values))

    def statistics(self, first_day: Any, last_day: Any) -> tuple[DayCount, ...]:
        """One row a day that had work, oldest first."""
        values = (first_day.isoformat(), last_day.isoformat())
        return tuple(history.day_count_of(row) for row in self._all(history.STATISTICS, values))

    def now(self) -> datetime:
        """The store's clock, for those who compare with its times."""
        return self._clock.now()

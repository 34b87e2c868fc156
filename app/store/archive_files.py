"""Files of an archive batch in the store: what they are searched by, on their way to the back end, counted."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from app.config.clock import Clock
from app.domain.archive_batch import ArchiveFile, ArchivePage, Batch, FileFacts, FileState
from app.domain.archive_query import FileQuery, ScanCount, Storage
from app.domain.errors import NotAllowed, StoreFault
from app.store.archive_rows import file_of, page_of
from app.store.blobs import BlobFolder
from app.store.database import fetch_all, transaction


class ArchiveFileRows:
    """Thread: any; shares the store's connection and lock."""

    def __init__(self, connection: Any, lock: threading.RLock, clock: Clock, blobs: BlobFolder) -> None:
        self._connection = connection
        self._lock = lock
        self._clock = clock
        self._blobs = blobs

    def _all(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        return fetch_all(self._connection, self._lock, sql, values)

    # -- a file's way ----------------------------------------------------------------------------------

    def open(self, batch: Batch, kind: str, serial: str, business: str) -> None:
        """There are pages under that number now. One that is there already stays as it is."""
        with self._lock, transaction(self._connection):
            self._connection.execute(
                "INSERT INTO archive_files (batch, kind, serial, business, facts, state, department, scanned_by, scanned,"
                " related) VALUES (?, ?, ?, ?, ?, 'open', ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (
                    batch.id,
                    kind,
                    serial,
                    business,
                    json.dumps(asdict(FileFacts())),
                    batch.department,
                    batch.officer,
                    self._clock.now().isoformat(),
                    batch.profile.earlier,
                ),
            )

    def file(self, batch_id: str, kind: str, serial: str) -> ArchiveFile:
        """Raises StoreFault STO-110 for an unknown one."""
        sql = "SELECT * FROM archive_files WHERE batch = ? AND kind = ? AND serial = ?"
        rows = self._all(sql, (batch_id, kind, serial))
        if not rows:
            raise StoreFault("STO-110")
        return file_of(rows[0])

    def of_batch(self, batch_id: str) -> tuple[ArchiveFile, ...]:
        """In the order in which they were begun."""
        rows = self._all("SELECT * FROM archive_files WHERE batch = ? ORDER BY rowid", (batch_id,))
        return tuple(file_of(row) for row in rows)

    def _move(self, file: ArchiveFile, sql: str, values: tuple[Any, ...], *states: FileState) -> None:
        marks = ", ".join(f"'{state.value}'" for state in states)
        with self._lock, transaction(self._connection):
            changed = self._connection.execute(
                f"UPDATE archive_files SET {sql} WHERE batch = ? AND kind = ? AND serial = ? AND state IN ({marks})",  # noqa: S608
                (*values, file.batch, file.kind, file.serial),
            )
            if changed.rowcount != 1:
                raise NotAllowed("ARC-121")

    def know(self, file: ArchiveFile, facts: FileFacts, business: str) -> None:
        """What it is searched by. Raises NotAllowed ARC-121 once it is accepted."""
        self._move(
            file,
            "facts = ?, business = ?, plate = ?, vin = ?, archive_number = ?, id_number = ?",
            (
                json.dumps(asdict(facts), ensure_ascii=False),
                business,
                facts.plate,
                facts.vin,
                facts.archive_number,
                facts.id_number,
            ),
            FileState.OPEN,
            FileState.RETURNED,
        )

    def accept(self, file: ArchiveFile, officer: str, second: str) -> None:
        """It may leave now. Raises NotAllowed ARC-121 for one that is accepted already."""
        now = self._clock.now().isoformat()
        self._move(
            file,
            "state = 'accepted', officer = ?, second = ?, accepted = ?, error = '', next_try = ?",
            (officer, second, now, now),
            FileState.OPEN,
            FileState.RETURNED,
        )

    def give_back(self, file: ArchiveFile, reason: str) -> None:
        """驳回: its rejected pages must come again. Raises NotAllowed ARC-121 once the back end has it."""
        self._move(file, "state = 'returned', error = ?", (reason,), FileState.OPEN, FileState.ACCEPTED, FileState.RETURNED)
        with self._lock, transaction(self._connection):
            # What comes again is told anew, page by page; the back end knows a picture by its digest.
            self._connection.execute(
                "UPDATE archive_pages SET receipt = '' WHERE batch = ? AND kind = ? AND serial = ?",
                (file.batch, file.kind, file.serial),
            )

    def returned(self) -> tuple[ArchiveFile, ...]:
        """影像档案审核反馈通知: what waits to be scanned again, oldest first."""
        rows = self._all("SELECT * FROM archive_files WHERE state = 'returned' ORDER BY scanned")
        return tuple(file_of(row) for row in rows)

    # -- leaving ---------------------------------------------------------------------------------------

    def due(self, now: datetime, limit: int) -> tuple[ArchiveFile, ...]:
        """Accepted files that may be sent now, oldest first."""
        rows = self._all(
            "SELECT * FROM archive_files WHERE state = 'accepted' AND julianday(next_try) <= julianday(?)"
            " ORDER BY accepted LIMIT ?",
            (now.isoformat(), limit),
        )
        return tuple(file_of(row) for row in rows)

    def waiting(self) -> int:
        """How many accepted files the back end has not acknowledged."""
        return int(self._all("SELECT count(*) AS n FROM archive_files WHERE state = 'accepted'")[0]["n"])

    def pages(self, file: ArchiveFile) -> tuple[ArchivePage, ...]:
        """Its pages in their order; blanks and copies among them."""
        sql = "SELECT * FROM archive_pages WHERE batch = ? AND kind = ? AND serial = ?"
        found = [page_of(row) for row in self._all(sql, (file.batch, file.kind, file.serial))]
        return tuple(sorted(found, key=lambda page: (page.standing.place, page.number, page.side != "front")))

    def page_sent(self, page_id: str, receipt: str) -> None:
        """The back end has this page."""
        with self._lock, transaction(self._connection):
            self._connection.execute("UPDATE archive_pages SET receipt = ? WHERE blob = ?", (receipt, page_id))

    def sent(self, file: ArchiveFile, receipt: str) -> None:
        """The back end has all of it."""
        self._move(file, "state = 'sent', receipt = ?, error = ''", (receipt,), FileState.ACCEPTED)

    def put_off(self, file: ArchiveFile, error: str, next_try: datetime) -> None:
        """It could not go; it is tried again then."""
        self._move(
            file,
            "error = ?, next_try = ?, attempts = attempts + 1",
            (error, next_try.isoformat()),
            FileState.ACCEPTED,
        )

    def attempts(self, file: ArchiveFile) -> int:
        """How often it was tried."""
        sql = "SELECT attempts FROM archive_files WHERE batch = ? AND kind = ? AND serial = ?"
        return int(self._all(sql, (file.batch, file.kind, file.serial))[0]["attempts"])

    def clean_up(self, before: datetime) -> int:
        """Pictures of files that the back end acknowledged and that were scanned before then leave this disk; rows stay.

        How many pictures went.
        """
        rows = self._all(
            "SELECT blob FROM archive_pages AS p JOIN archive_files AS f USING (batch, kind, serial)"
            " WHERE f.state = 'sent' AND p.gone = 0 AND julianday(f.scanned) < julianday(?)"
            " AND (p.receipt <> '' OR p.role <> 'page')",
            (before.isoformat(),),
        )
        for row in rows:
            # The row first: a picture without a row is adopted, a row without its picture would be damage.
            with self._lock, transaction(self._connection):
                self._connection.execute("UPDATE archive_pages SET gone = 1 WHERE blob = ?", (row["blob"],))
            self._blobs.remove(row["blob"])
        return len(rows)

    # -- looking ---------------------------------------------------------------------------------------

    def find(self, query: FileQuery) -> tuple[ArchiveFile, ...]:
        """Latest first."""
        where, values = _conditions(query)
        sql = f"SELECT * FROM archive_files WHERE {where} ORDER BY scanned DESC, rowid DESC LIMIT ?"  # noqa: S608
        return tuple(file_of(row) for row in self._all(sql, (*values, query.limit)))

    def counts(self, query: FileQuery) -> tuple[ScanCount, ...]:
        """By department and officer."""
        where, values = _conditions(query)
        pages = (
            "(SELECT count(*) FROM archive_pages AS p WHERE p.batch = f.batch AND p.kind = f.kind AND p.serial = f.serial"
            " AND p.role = 'page')"
        )
        sql = (
            f"SELECT department, scanned_by, kind, count(*) AS files, sum(state = 'sent') AS sent, sum({pages}) AS pages"  # noqa: S608
            f" FROM archive_files AS f WHERE {where} GROUP BY department, scanned_by, kind"
            " ORDER BY department, scanned_by, kind"
        )
        return tuple(
            ScanCount(row["department"], row["scanned_by"], row["kind"], row["files"], row["pages"] or 0, row["sent"] or 0)
            for row in self._all(sql, tuple(values))
        )

    def storage(self) -> Storage:
        """How much of this disk the archive takes, and what is left of it. Raises StoreFault STO-108."""
        sql = "SELECT count(*) AS pages, sum(size) AS bytes, sum(receipt = '') AS only FROM archive_pages WHERE gone = 0"
        row = self._all(sql)[0]
        return Storage(int(row["pages"]), int(row["bytes"] or 0), int(row["only"] or 0), self._blobs.free())

    def stored(self) -> Iterator[ArchivePage]:
        """Every page whose picture should be on this disk."""
        for row in self._all("SELECT * FROM archive_pages WHERE gone = 0 ORDER BY blob"):
            yield page_of(row)


def _conditions(query: FileQuery) -> tuple[str, list[Any]]:
    """WHERE and its values; every column is one of ours, every value is bound."""
    parts, values = ["1"], list[Any]()
    for name in ("kind", "serial", "plate", "vin", "archive_number", "id_number", "business", "department", "scanned_by"):
        text = str(getattr(query, name))
        if text:
            parts.append(f"{name} = ?")
            values.append(text)
    if query.plate_kind:
        parts.append("json_extract(facts, '$.plate_kind') = ?")
        values.append(query.plate_kind)
    if query.state is not None:
        parts.append("state = ?")
        values.append(query.state.value)
    for day, sign in ((query.first_day, ">="), (_after(query.last_day), "<")):
        if day is not None:
            parts.append(f"scanned {sign} ?")
            values.append(day.isoformat())
    return " AND ".join(parts), values


def _after(day: date | None) -> date | None:
    return None if day is None else day + timedelta(days=1)

"""The embedded back end's archive: pages and files each once, types by the small picture, looks by permission alone."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from app.config.clock import Clock
from app.domain.errors import NotAllowed, StoreFault
from app.security.identifiers import new_id
from app.store.blobs import BlobContent, BlobFolder, BlobLabel
from app.store.database import transaction
from app.training.keys import KeyUsedTwice

SCHEMA = """
CREATE TABLE archived_pages (
    digest TEXT PRIMARY KEY,
    receipt TEXT NOT NULL,
    metadata TEXT NOT NULL,
    blob TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE archived_files (
    key TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    receipt TEXT NOT NULL,
    kind TEXT NOT NULL,
    serial TEXT NOT NULL,
    department TEXT NOT NULL,
    document TEXT NOT NULL,
    received TEXT NOT NULL
) STRICT;
CREATE INDEX archived_files_by_serial ON archived_files (serial);
CREATE TABLE archive_loans (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    serial TEXT NOT NULL,
    department TEXT NOT NULL,
    officer TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    until TEXT NOT NULL,
    asked TEXT NOT NULL
) STRICT;
CREATE TABLE archive_looks (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL,
    department TEXT NOT NULL,
    officer TEXT NOT NULL,
    loan TEXT NOT NULL,
    result TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE TABLE archive_classified (
    digest TEXT NOT NULL,
    kind TEXT NOT NULL,
    type TEXT NOT NULL,
    confidence REAL NOT NULL,
    PRIMARY KEY (digest, kind)
) STRICT;
"""
_PAGE_KIND = "archived-page"
_MOST_FOUND = 200
_SEARCHED = ("kind", "serial", "business", "department")
_FACTS = ("plate", "plate_kind", "vin", "archive_number", "id_number")
PENDING, GRANTED, REFUSED = "pending", "granted", "refused"

TypeOf = Callable[[bytes, dict[str, Any], str], tuple[str, float]]  # small picture, envelope, vehicle|driver → type, sure


class ArchiveBook:
    """The rows and sealed pages. Thread: any, one call at a time. ``type_of`` raises WorkstationError for no picture."""

    def __init__(self, connection: Any, lock: threading.Lock, clock: Clock, blobs: BlobFolder) -> None:
        self._connection = connection
        self._lock = lock
        self._clock = clock
        self._blobs = blobs

    def _rows(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        with self._lock:
            return list(self._connection.execute(sql, values).fetchall())

    # -- taking in -------------------------------------------------------------------------------------

    def receive_page(self, digest: str, metadata: dict[str, Any], data: bytes) -> str:
        """A page, durable when this returns; the same picture again gives the first receipt. Raises StoreFault."""
        with self._lock:
            row = self._connection.execute(
                "SELECT receipt, blob FROM archived_pages WHERE digest = ?", (digest,)
            ).fetchone()
            if row is not None and self._blobs.exists(row["blob"]):
                return str(row["receipt"])
            label = BlobLabel(_PAGE_KIND, new_id(), "", 0, self._clock.now().isoformat())
            self._blobs.write(label, BlobContent(data, "", ""))
            receipt = f"P{label.id}" if row is None else str(row["receipt"])
            with transaction(self._connection):
                self._connection.execute(
                    "INSERT INTO archived_pages VALUES (?, ?, ?, ?)"
                    " ON CONFLICT (digest) DO UPDATE SET blob = excluded.blob",
                    (digest, receipt, json.dumps(metadata, ensure_ascii=False), label.id),
                )
        return receipt

    def receive_file(self, key: str, digest: str, document: dict[str, Any]) -> str:
        """A file whose pages are here; the same key again gives the first receipt.

        Raises NotAllowed NET-105 while a page that it names has not come, KeyUsedTwice NET-106.
        """
        with self._lock, transaction(self._connection):
            known = self._connection.execute("SELECT * FROM archived_files WHERE key = ?", (key,)).fetchone()
            if known is not None:
                if known["digest"] != digest:
                    raise KeyUsedTwice("NET-106")
                return str(known["receipt"])
            for page in document["pages"]:
                sql = "SELECT 1 FROM archived_pages WHERE digest = ?"
                if self._connection.execute(sql, (page["digest"],)).fetchone() is None:
                    raise NotAllowed("NET-105")
            receipt = f"F{new_id()}"
            self._connection.execute(
                "INSERT INTO archived_files VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    key,
                    digest,
                    receipt,
                    document["kind"],
                    document["serial"],
                    document["department"],
                    json.dumps(document, ensure_ascii=False),
                    self._clock.now().isoformat(),
                ),
            )
        return receipt

    # -- classification --------------------------------------------------------------------------------

    def classified(self, kind: str, digests: list[str]) -> dict[str, dict[str, Any]]:
        """已分类批次资料分类结果缓存: what is known of these pictures."""
        found = {}
        for digest in digests:
            sql = "SELECT * FROM archive_classified WHERE digest = ? AND kind = ?"
            for row in self._rows(sql, (digest, kind)):
                found[digest] = {"type": row["type"], "confidence": row["confidence"]}
        return found

    def classify(self, kind: str, digest: str, said: tuple[str, float]) -> None:
        """Remembered for the next time."""
        with self._lock, transaction(self._connection):
            self._connection.execute(
                "INSERT INTO archive_classified VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", (digest, kind, *said)
            )

    # -- looking ---------------------------------------------------------------------------------------

    def find(self, asked: dict[str, str]) -> list[dict[str, Any]]:
        """Files as they were received, the latest first; never their pictures."""
        parts, values = ["1"], list[Any]()
        for name in (*_SEARCHED, *_FACTS):
            if asked.get(name):
                column = name if name in {"kind", "serial", "department"} else f"json_extract(document, '$.{_path(name)}')"
                parts.append(f"{column} = ?")
                values.append(str(asked[name]))
        sql = f"SELECT document FROM archived_files WHERE {' AND '.join(parts)} ORDER BY received DESC LIMIT {_MOST_FOUND}"  # noqa: S608
        return [dict(json.loads(row["document"])) for row in self._rows(sql, tuple(values))]

    def picture(self, digest: str, department: str, officer: str, loan: str) -> bytes:
        """A page for one who may see it; every attempt is kept.

        Raises NotAllowed ARC-130 for one who may not, StoreFault STO-110 unknown, STO-107 lost.
        """
        rows = self._rows("SELECT blob FROM archived_pages WHERE digest = ?", (digest,))
        if not rows:
            raise StoreFault("STO-110")
        allowed = self._owned(digest, department) or self._lent(digest, department, loan)
        with self._lock, transaction(self._connection):
            self._connection.execute(
                "INSERT INTO archive_looks (digest, department, officer, loan, result, at) VALUES (?, ?, ?, ?, ?, ?)",
                (digest, department, officer, loan, "seen" if allowed else "ARC-130", self._clock.now().isoformat()),
            )
        if not allowed:
            raise NotAllowed("ARC-130")
        with self._lock:
            return self._blobs.read(rows[0]["blob"])

    def _files_with(self, digest: str) -> list[Any]:
        sql = "SELECT * FROM archived_files WHERE instr(document, ?) > 0"
        return self._rows(sql, (f'"{digest}"',))

    def _owned(self, digest: str, department: str) -> bool:
        files = self._files_with(digest)
        own = [row for row in files if row["department"] == department]
        # A page whose file has not come yet is its sender's alone.
        sender = self._rows("SELECT metadata FROM archived_pages WHERE digest = ?", (digest,))
        return bool(own) or (not files and json.loads(sender[0]["metadata"]).get("department") == department)

    def _lent(self, digest: str, department: str, loan: str) -> bool:
        sql = "SELECT * FROM archive_loans WHERE id = ? AND department = ? AND state = ?"
        for row in self._rows(sql, (loan, department, GRANTED)):
            here = any((f["kind"], f["serial"]) == (row["kind"], row["serial"]) for f in self._files_with(digest))
            if here and datetime.fromisoformat(row["until"]) > self._clock.now():
                return True
        return False

    # -- 调阅 --------------------------------------------------------------------------------------------

    def ask_loan(self, asked: dict[str, str]) -> str:
        """调阅申请; its id. Raises NotAllowed NET-105 for a file that is not here."""
        values = tuple(asked[name] for name in ("kind", "serial"))
        if not self._rows("SELECT 1 FROM archived_files WHERE kind = ? AND serial = ?", values):
            raise NotAllowed("NET-105")
        loan, now = f"L{new_id()}", self._clock.now().isoformat()
        with self._lock, transaction(self._connection):
            self._connection.execute(
                "INSERT INTO archive_loans VALUES (?, ?, ?, ?, ?, ?, ?, '', ?)",
                (
                    loan,
                    *values,
                    asked["department"],
                    asked["officer"],
                    asked["reason"],
                    PENDING,
                    now,
                ),
            )
        return loan

    def decide(self, loan: str, *, grant: bool, days: float) -> None:
        """调档授权: until then, or not at all. Raises StoreFault STO-110 for an unknown one."""
        until = (self._clock.now() + timedelta(days=days)).isoformat() if grant else ""
        with self._lock, transaction(self._connection):
            changed = self._connection.execute(
                "UPDATE archive_loans SET state = ?, until = ? WHERE id = ?", (GRANTED if grant else REFUSED, until, loan)
            )
            if changed.rowcount != 1:
                raise StoreFault("STO-110")

    def loans(self, department: str) -> list[dict[str, str]]:
        """What a department asked for, the latest first."""
        rows = self._rows("SELECT * FROM archive_loans WHERE department = ? ORDER BY asked DESC LIMIT 200", (department,))
        names = ("id", "kind", "serial", "officer", "reason", "state", "until", "asked")
        return [{name: str(row[name]) for name in names} for row in rows]

    def looks(self) -> list[tuple[str, str, str]]:
        """Digest, department and result of every look, oldest first."""
        return [
            (row["digest"], row["department"], row["result"])
            for row in self._rows("SELECT * FROM archive_looks ORDER BY id")
        ]


def _path(name: str) -> str:
    return f"facts.{name}" if name in _FACTS else name

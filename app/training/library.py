"""The embedded back end's own store: its photo libraries, sealed like everything else, each item exactly once."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.config.clock import Clock
from app.domain.errors import StoreFault
from app.security import keyring
from app.security.files import make_private_folder
from app.security.identifiers import new_id
from app.store.blobs import BlobContent, BlobFolder, BlobLabel
from app.store.database import open_database, transaction
from app.training.applications import SCHEMA as APPLICATIONS
from app.training.applications import ApplicationBook
from app.training.archives import SCHEMA as ARCHIVES
from app.training.archives import ArchiveBook
from app.training.cases import SCHEMA as CASES
from app.training.cases import CaseBook
from app.training.fiscal import SCHEMA as FISCAL
from app.training.fiscal import FiscalBook
from app.training.keys import KeyUsedTwice
from app.training.terminals import SCHEMA, TerminalBook

_SCHEMA = (
    """
CREATE TABLE items (
    receipt TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    idempotency_key TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    number TEXT NOT NULL,
    id_number TEXT NOT NULL,
    service TEXT NOT NULL,
    standard TEXT NOT NULL,
    passed INTEGER NOT NULL,
    metadata TEXT NOT NULL,
    blob TEXT NOT NULL UNIQUE,
    uploaded TEXT NOT NULL
) STRICT;
CREATE INDEX items_by_person ON items (id_number);
CREATE TABLE reuses (
    receipt TEXT PRIMARY KEY,
    item TEXT NOT NULL REFERENCES items (receipt),
    service TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
""",
    """
ALTER TABLE items ADD COLUMN photo_library TEXT NOT NULL DEFAULT '';
CREATE TABLE inspections (
    receipt TEXT PRIMARY KEY,
    idempotency_key TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    answer TEXT NOT NULL
) STRICT;
""",
    SCHEMA,
    CASES,
    FISCAL,
    APPLICATIONS,
    ARCHIVES,
)


_NAMED = "SELECT blob FROM items UNION ALL SELECT blob FROM archived_pages"


@dataclass(frozen=True)
class LibraryItem:
    """One original or photo as received."""

    receipt: str
    kind: str
    number: str
    service: str
    standard: str
    passed: bool
    uploaded: str
    blob: str
    digest: str
    photo_library: str


def _item(row: Any) -> LibraryItem:
    return LibraryItem(
        row["receipt"],
        row["kind"],
        row["number"],
        row["service"],
        row["standard"],
        bool(row["passed"]),
        row["uploaded"],
        row["blob"],
        row["digest"],
        row["photo_library"],
    )


class PhotoLibrary:
    """Opens with the machine's own key, made on first use. Thread: any, one call at a time."""

    def __init__(self, database: Path, objects: Path) -> None:
        make_private_folder(database.parent)
        ring = database.with_name("library-keyring.json")
        key = keyring.unlock_machine(ring) if ring.exists() else keyring.create_for_machine(ring)
        self._connection = open_database(database, key.database_key_hex(), _SCHEMA)
        self._blobs = BlobFolder(objects, key)
        self._lock = threading.Lock()
        self.terminals = TerminalBook(self._connection, self._lock)
        self.applications = ApplicationBook(self._connection, self._lock)
        self._sweep()

    def _sweep(self) -> None:
        """A picture whose row never came belongs to a request that was never acknowledged: it comes again."""
        self._blobs.sweep_temporary()
        known = {row["blob"] for row in self._connection.execute(_NAMED)}
        for blob_id in list(self._blobs.ids()):
            if blob_id not in known:
                self._blobs.remove(blob_id)

    def case_book(self, clock: Clock) -> CaseBook:
        """Cases that came in, in the same file."""
        return CaseBook(self._connection, self._lock, clock)

    def archive_book(self, clock: Clock) -> ArchiveBook:
        """Archive pages and files, in the same store."""
        return ArchiveBook(self._connection, self._lock, clock, self._blobs)

    def fiscal_book(self, clock: Clock) -> FiscalBook:
        """The finance system's orders, in the same file."""
        return FiscalBook(self._connection, self._lock, clock)

    def close(self) -> None:
        """Let go of the database."""
        with self._lock:
            self._connection.close()

    def receive(self, kind: str, key: str, digest: str, metadata: dict[str, Any], image: bytes) -> str:
        """Keep it, durable when this returns; the same key again gives the first receipt.

        Raises KeyUsedTwice NET-106 when the key was used for other bytes, StoreFault as the store does.
        """
        with self._lock:
            rows = self._connection.execute("SELECT * FROM items WHERE idempotency_key = ?", (key,)).fetchall()
            if rows:
                if rows[0]["digest"] != digest:
                    raise KeyUsedTwice("NET-106")
                return str(rows[0]["receipt"])
            now = datetime.now(UTC).astimezone().isoformat()
            blob, receipt = new_id(), f"R{new_id()}"
            self._blobs.write(BlobLabel(kind, blob, key, 1, now), BlobContent(image, "", ""))
            values = (
                receipt,
                kind,
                key,
                digest,
                str(metadata.get("number", "")),
                str(metadata["id_number"]),
                str(metadata.get("service", "")),
                str(metadata.get("standard", "")),
                int(bool(metadata.get("passed", False))),
                json.dumps(metadata, ensure_ascii=False),
                blob,
                now,
                str(metadata.get("photo_library", "")),
            )
            with transaction(self._connection):
                self._connection.execute("INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
        return receipt

    def answered(self, key: str, digest: str, judge: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
        """An inspection's answer, durable when this returns; the same key again gives the first answer.

        ``judge`` is given the answer's receipt and runs without the lock. Raises KeyUsedTwice NET-106.
        """
        known = self._answer(key, digest)
        if known is None:
            receipt = f"I{new_id()}"
            answer = json.dumps(judge(receipt), ensure_ascii=False)
            with self._lock, transaction(self._connection):
                self._connection.execute(
                    "INSERT INTO inspections VALUES (?, ?, ?, ?) ON CONFLICT (idempotency_key) DO NOTHING",
                    (receipt, key, digest, answer),
                )
            known = self._answer(key, digest)
        return known or {}

    def _answer(self, key: str, digest: str) -> dict[str, Any] | None:
        with self._lock:
            sql = "SELECT digest, answer FROM inspections WHERE idempotency_key = ?"
            rows = self._connection.execute(sql, (key,)).fetchall()
        if not rows:
            return None
        if rows[0]["digest"] != digest:
            raise KeyUsedTwice("NET-106")
        return dict(json.loads(rows[0]["answer"]))

    def of_person(self, id_number: str, photo_library: str = "") -> tuple[LibraryItem, ...]:
        """Originals and photos of a person in one photo library, newest first."""
        with self._lock:
            sql = "SELECT * FROM items WHERE id_number = ? AND photo_library = ? ORDER BY receipt DESC"
            return tuple(_item(row) for row in self._connection.execute(sql, (id_number, photo_library)))

    def by_number(self, number: str, photo_library: str = "") -> LibraryItem:
        """Raises StoreFault STO-110 for a photo number unknown in this photo library."""
        with self._lock:
            sql = "SELECT * FROM items WHERE number = ? AND photo_library = ? AND kind = 'photo'"
            rows = self._connection.execute(sql, (number, photo_library)).fetchall()
        if not rows:
            raise StoreFault("STO-110")
        return _item(rows[0])

    def image(self, item: LibraryItem) -> bytes:
        """The picture's bytes."""
        return self._blobs.read(item.blob)

    def reuse(self, item: LibraryItem, service: str) -> str:
        """Record that a photo was handed on to a service; the reuse's receipt."""
        receipt = f"U{new_id()}"
        with self._lock, transaction(self._connection):
            now = datetime.now(UTC).astimezone().isoformat()
            self._connection.execute("INSERT INTO reuses VALUES (?, ?, ?, ?)", (receipt, item.receipt, service, now))
        return receipt

    def count(self) -> dict[str, int]:
        """How many originals and photos there are."""
        with self._lock:
            rows = self._connection.execute("SELECT kind, count(*) AS n FROM items GROUP BY kind").fetchall()
        return {row["kind"]: int(row["n"]) for row in rows}

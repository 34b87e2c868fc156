"""Batches of archive pages in the store: each page sealed and on the disk before its row, each change undoable.

A page whose row had not been written when the power went is adopted at the next opening, under its batch and sheet.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.config.clock import Clock
from app.domain.archive_batch import (
    ArchivePage,
    Batch,
    BatchProfile,
    BatchState,
    Declared,
    PageFound,
    PageRole,
    Standing,
)
from app.domain.errors import NotAllowed, StoreFault
from app.domain.records import Station
from app.security.digest import sm3_hex
from app.security.identifiers import new_id
from app.store.archive_rows import batch_of, found_json, page_of, profile_json, standing_json, standing_of
from app.store.blobs import BlobContent, BlobFolder, BlobLabel
from app.store.database import fetch_all, transaction

PAGE_KIND = "archive-page"
# Something of it waits for a person or for the back end, or nothing has come yet.
_OPEN = (
    "SELECT * FROM archive_batches AS b WHERE state = 'open' AND ("
    "NOT EXISTS (SELECT 1 FROM archive_files AS f WHERE f.batch = b.id)"
    " OR EXISTS (SELECT 1 FROM archive_files AS f WHERE f.batch = b.id AND f.state <> 'sent')"
    " OR EXISTS (SELECT 1 FROM archive_pages AS p WHERE p.batch = b.id AND p.serial = '' AND p.role = 'page'))"
    " ORDER BY started DESC, id DESC"
)


@dataclass(frozen=True)
class Sheet:
    """A page as the scanner gave it. ``number``: of the sheet within its batch; both sides of one have the same."""

    number: int
    side: str
    dpi: int
    media_type: str
    data: bytes
    device: str = ""

    def described(self) -> str:
        """What the sealed file must say, so that it can be adopted without its row."""
        return json.dumps([self.side, self.dpi, self.media_type])


@dataclass(frozen=True)
class ProgramType:
    """What the program said of a page; ``turn``: degrees clockwise by which it found the page turned wrongly."""

    type: str
    by: str
    confidence: float
    because: str = ""
    turn: int = 0


@dataclass(frozen=True)
class Edit:
    """One change of some pages. ``word``: what was done, for the list of changes."""

    id: int
    word: str
    officer: str
    undone: bool


class ArchiveRows:
    """Thread: any; shares the store's connection and lock."""

    def __init__(self, connection: Any, lock: threading.RLock, clock: Clock, blobs: BlobFolder) -> None:
        self._connection = connection
        self._lock = lock
        self._clock = clock
        self._blobs = blobs

    def _all(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        return fetch_all(self._connection, self._lock, sql, values)

    # -- batches ---------------------------------------------------------------------------------------

    def begin(self, profile: BatchProfile, officer: str, station: Station) -> Batch:
        """A new batch, durable when this returns."""
        batch = Batch(
            new_id(), profile, BatchState.OPEN, self._clock.now(), officer, station.station_name, station.region_code
        )
        values = (
            batch.id, profile_json(profile), batch.state.value, batch.started.isoformat(), officer, batch.department,
            batch.region,
        )  # fmt: skip
        with self._lock, transaction(self._connection):
            self._connection.execute("INSERT INTO archive_batches VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        return batch

    def batch(self, batch_id: str) -> Batch:
        """Raises StoreFault STO-110 for an unknown one."""
        rows = self._all("SELECT * FROM archive_batches WHERE id = ?", (batch_id,))
        if not rows:
            raise StoreFault("STO-110")
        return batch_of(rows[0])

    def redeclare(self, batch_id: str, declared: Declared) -> None:
        """What is said to be in the pile, said better. Raises StoreFault STO-110 for an unknown batch."""
        profile = replace(self.batch(batch_id).profile, declared=declared)
        with self._lock, transaction(self._connection):
            self._connection.execute(
                "UPDATE archive_batches SET profile = ? WHERE id = ?", (profile_json(profile), batch_id)
            )

    def throw_away(self, batch_id: str) -> None:
        """A batch that no page came to leaves the list. Raises NotAllowed ARC-127 for one with pages: nothing is lost."""
        with self._lock, transaction(self._connection):
            changed = self._connection.execute(
                "UPDATE archive_batches SET state = 'closed' WHERE id = ?"
                " AND NOT EXISTS (SELECT 1 FROM archive_pages AS p WHERE p.batch = archive_batches.id)",
                (batch_id,),
            )
            if changed.rowcount != 1:
                raise NotAllowed("ARC-127")

    def open_batches(self) -> tuple[Batch, ...]:
        """Those of which not everything is acknowledged yet, latest first."""
        rows = self._all(_OPEN)
        return tuple(batch_of(row) for row in rows)

    # -- pages -----------------------------------------------------------------------------------------

    def next_number(self, batch_id: str) -> int:
        """The number of the next sheet."""
        sql = "SELECT coalesce(max(number), 0) AS n FROM archive_pages WHERE batch = ?"
        return 1 + int(self._all(sql, (batch_id,))[0]["n"])

    def keep(self, batch_id: str, sheet: Sheet) -> ArchivePage:
        """Sealed, on the disk, then named by a row: when this returns the page cannot be lost. Not measured yet."""
        arrived = self._clock.now().isoformat()
        label = BlobLabel(PAGE_KIND, new_id(), batch_id, sheet.number, arrived)
        with self._lock:
            self._blobs.write(label, BlobContent(sheet.data, sheet.device, sheet.described()))
            with transaction(self._connection):
                _insert_page(self._connection, label, sheet)
        return self.page(label.id)

    def page(self, page_id: str) -> ArchivePage:
        """Raises StoreFault STO-110 for an unknown one."""
        rows = self._all("SELECT * FROM archive_pages WHERE blob = ?", (page_id,))
        if not rows:
            raise StoreFault("STO-110")
        return page_of(rows[0])

    def pages(self, batch_id: str) -> tuple[ArchivePage, ...]:
        """In the order of the feeder."""
        rows = self._all("SELECT * FROM archive_pages WHERE batch = ? ORDER BY number, side DESC", (batch_id,))
        return tuple(page_of(row) for row in rows)

    def unmeasured(self, batch_id: str) -> tuple[ArchivePage, ...]:
        """Pages kept whose measuring did not come to its end, in the order of the feeder."""
        sql = "SELECT * FROM archive_pages WHERE batch = ? AND found = '' ORDER BY number, side DESC"
        return tuple(page_of(row) for row in self._all(sql, (batch_id,)))

    def data(self, page_id: str) -> bytes:
        """The page as it was scanned. Raises StoreFault STO-107, SEA-…."""
        return self._blobs.read(page_id)

    def put_back(self, page: ArchivePage, data: bytes) -> None:
        """The same bytes from elsewhere, where the file here is damaged or gone. Raises NotAllowed ARC-140 for others."""
        if sm3_hex(data) != page.digest:
            raise NotAllowed("ARC-140")
        label = BlobLabel(PAGE_KIND, page.id, page.batch, page.number, page.arrived.isoformat())
        described = Sheet(page.number, page.side, page.dpi, page.media_type, b"").described()
        with self._lock:
            self._blobs.write(label, BlobContent(data, "", described))
            with transaction(self._connection):
                self._connection.execute("UPDATE archive_pages SET gone = 0 WHERE blob = ?", (page.id,))

    def measure(self, page_id: str, found: PageFound, standing: Standing) -> ArchivePage:
        """What was found of a page, once; a separator opens its file."""
        with self._lock, transaction(self._connection):
            changed = self._connection.execute(
                "UPDATE archive_pages SET found = ?, standing = ?, kind = ?, serial = ?, role = ?"
                " WHERE blob = ? AND found = ''",
                (found_json(found), standing_json(standing), standing.kind, standing.serial, standing.role.value, page_id),
            )
            if changed.rowcount != 1:
                raise StoreFault("STO-110")
        return self.page(page_id)

    def type_by_program(self, page_id: str, said: ProgramType) -> None:
        """What a page is, unless a person has said so meanwhile."""
        with self._lock, transaction(self._connection):
            row = self._connection.execute("SELECT standing FROM archive_pages WHERE blob = ?", (page_id,)).fetchone()
            fields = json.loads(row["standing"])
            if fields["by"] != "officer":
                fields |= {"type": said.type, "by": said.by, "confidence": said.confidence, "because": said.because}
                fields["turn"] = (fields["turn"] + said.turn) % 360
                self._connection.execute(
                    "UPDATE archive_pages SET standing = ? WHERE blob = ?",
                    (json.dumps(fields, ensure_ascii=False), page_id),
                )

    # -- what people change ----------------------------------------------------------------------------

    def change(self, batch_id: str, word: str, officer: str, after: Mapping[str, Standing]) -> None:
        """Pages of one batch stand otherwise from now on; what stood before is kept for undoing.

        Raises NotAllowed ARC-121 for a page of a file that is accepted.
        """
        with self._lock, transaction(self._connection):
            before = {page_id: self._standing(batch_id, page_id) for page_id in after}
            self._connection.execute("DELETE FROM archive_edits WHERE batch = ? AND undone = 1", (batch_id,))
            self._connection.execute(
                "INSERT INTO archive_edits (batch, officer, at, word, before, after) VALUES (?, ?, ?, ?, ?, ?)",
                (
                    batch_id,
                    officer,
                    self._clock.now().isoformat(),
                    word,
                    json.dumps(before, ensure_ascii=False),
                    json.dumps({key: standing_json(each) for key, each in after.items()}, ensure_ascii=False),
                ),
            )
            for page_id, standing in after.items():
                self._put(page_id, standing)

    def undo(self, batch_id: str) -> str:
        """The last change taken back; what it was, "" when there is none."""
        return self._step(batch_id, "undone = 0 ORDER BY id DESC", "before", 1)

    def redo(self, batch_id: str) -> str:
        """The last undone change done again; what it was, "" when there is none."""
        return self._step(batch_id, "undone = 1 ORDER BY id", "after", 0)

    def _step(self, batch_id: str, which: str, side: str, undone: int) -> str:
        sql = f"SELECT * FROM archive_edits WHERE batch = ? AND {which} LIMIT 1"  # noqa: S608 - our own words
        with self._lock, transaction(self._connection):
            row = self._connection.execute(sql, (batch_id,)).fetchone()
            if row is None:
                return ""
            for page_id, text in json.loads(row[side]).items():
                self._standing(batch_id, page_id)
                self._put(page_id, standing_of(text))
            self._connection.execute("UPDATE archive_edits SET undone = ? WHERE id = ?", (undone, row["id"]))
        return str(row["word"])

    def edits(self, batch_id: str) -> tuple[Edit, ...]:
        """Every change of a batch, oldest first."""
        rows = self._all("SELECT * FROM archive_edits WHERE batch = ? ORDER BY id", (batch_id,))
        return tuple(Edit(row["id"], row["word"], row["officer"], bool(row["undone"])) for row in rows)

    def corrections(self) -> tuple[tuple[ArchivePage, str], ...]:
        """人工纠偏: pages whose type an officer gave, and what the program had said before ("" = nothing)."""
        found: dict[str, str] = {}
        for row in self._all("SELECT before, after FROM archive_edits WHERE undone = 0 ORDER BY id"):
            before, after = json.loads(row["before"]), json.loads(row["after"])
            for page_id, text in after.items():
                was = standing_of(before[page_id])
                if standing_of(text).by == "officer" and was.by != "officer":
                    found.setdefault(page_id, was.type)
        pages = ((self.page(page_id), said) for page_id, said in found.items())
        return tuple((page, said) for page, said in pages if page.standing.by == "officer")

    def _standing(self, batch_id: str, page_id: str) -> str:
        sql = (
            "SELECT standing FROM archive_pages AS p WHERE blob = ? AND batch = ? AND NOT EXISTS"
            " (SELECT 1 FROM archive_files AS f WHERE f.batch = p.batch AND f.kind = p.kind AND f.serial = p.serial"
            " AND f.state IN ('accepted', 'sent'))"
        )
        row = self._connection.execute(sql, (page_id, batch_id)).fetchone()
        if row is None:
            raise NotAllowed("ARC-121")
        return str(row["standing"])

    def _put(self, page_id: str, standing: Standing) -> None:
        self._connection.execute(
            "UPDATE archive_pages SET standing = ?, kind = ?, serial = ?, role = ? WHERE blob = ?",
            (standing_json(standing), standing.kind, standing.serial, standing.role.value, page_id),
        )

    # -- types that are known by a picture's digest ------------------------------------------------------

    def known_type(self, digest: str, kind: str, model: str) -> ProgramType | None:
        """What an earlier look at the very same picture by the same model said."""
        sql = "SELECT * FROM archive_types WHERE digest = ? AND kind = ? AND model = ?"
        rows = self._all(sql, (digest, kind, model))
        return ProgramType(**json.loads(rows[0]["said"])) if rows else None

    def note_type(self, digest: str, kind: str, model: str, said: ProgramType) -> None:
        """For the next time."""
        with self._lock, transaction(self._connection):
            self._connection.execute(
                "INSERT INTO archive_types VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (digest, kind, model, json.dumps(asdict(said), ensure_ascii=False)),
            )


def _insert_page(connection: Any, label: BlobLabel, sheet: Sheet) -> None:
    standing = Standing(PageRole.PAGE, "", "", "", float(sheet.number))
    # One that was thrown away is a batch again: a page must never lie where nobody looks.
    connection.execute("UPDATE archive_batches SET state = 'open' WHERE id = ? AND state <> 'open'", (label.session_id,))
    connection.execute(
        "INSERT INTO archive_pages (blob, batch, number, side, dpi, size, digest, media_type, arrived, found, standing,"
        " kind, serial, role) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, '', '', ?)",
        (
            label.id,
            label.session_id,
            sheet.number,
            sheet.side,
            sheet.dpi,
            len(sheet.data),
            sm3_hex(sheet.data),
            sheet.media_type,
            label.taken,
            standing_json(standing),
            standing.role.value,
        ),
    )


def adopt_page(connection: Any, label: BlobLabel, content: BlobContent) -> bool:
    """A page whose row had not been written: it gets one. False when its batch is unknown or the sheet is there already."""
    batch = connection.execute("SELECT 1 FROM archive_batches WHERE id = ?", (label.session_id,)).fetchone()
    if batch is None:
        return False
    side, dpi, media_type = json.loads(content.file_name)
    sheet = Sheet(label.number, side, dpi, media_type, content.data, content.device)
    sql = "SELECT 1 FROM archive_pages WHERE batch = ? AND number = ? AND side = ?"
    if connection.execute(sql, (label.session_id, label.number, side)).fetchone() is not None:
        return False
    with transaction(connection):
        _insert_page(connection, label, sheet)
    return True

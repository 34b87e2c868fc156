"""The inspection trail in the database: written once, read by every field; notes and overrides only ever added."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.config.clock import Clock
from app.domain.errors import NotAllowed, StoreFault
from app.domain.judgement import Verdict
from app.domain.person import Applicant
from app.domain.records import Station
from app.domain.trail import (
    FailureCount,
    Note,
    Override,
    StationKind,
    StationPass,
    TrailDraft,
    TrailEntry,
    TrailQuery,
    TrailSummary,
)
from app.security.identifiers import new_id
from app.store.blobs import BlobContent, BlobFolder, BlobLabel
from app.store.database import fetch_all, transaction

_GOOD = (Verdict.PASS.value, Verdict.WARN.value)


class TrailRows:
    """Thread: any; shares the store's connection and lock."""

    def __init__(self, connection: Any, lock: threading.RLock, clock: Clock, blobs: BlobFolder) -> None:
        self._connection = connection
        self._lock = lock
        self._clock = clock
        self._blobs = blobs

    def _all(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        return fetch_all(self._connection, self._lock, sql, values)

    # -- writing ---------------------------------------------------------------------------------------

    def add(self, draft: TrailDraft) -> int:
        """The new entry's id; entry, stations and reasons in one transaction."""
        with self._lock, transaction(self._connection):
            return insert_entry(self._connection, draft, self._clock.now())

    def add_turned_down(self, draft: TrailDraft, image: bytes) -> int:
        """A picture that was judged and not issued: sealed first, then named by its entry, whose id is given."""
        now = self._clock.now()
        label = BlobLabel("photo", new_id(), draft.session_id, 1, now.isoformat())
        self._blobs.write(label, BlobContent(image, draft.device, ""))
        with self._lock, transaction(self._connection):
            return insert_entry(self._connection, replace(draft, blob=label.id, size=len(image)), now)

    def annotate(self, entry_id: int, officer: str, text: str) -> TrailEntry:
        """异常数据标注. Raises NotAllowed TRL-101 without words, StoreFault STO-110 for an unknown entry."""
        if not text.strip():
            raise NotAllowed("TRL-101")
        self.entry(entry_id)
        with self._lock, transaction(self._connection):
            self._connection.execute(
                "INSERT INTO trail_notes (entry, written, officer, text) VALUES (?, ?, ?, ?)",
                (entry_id, self._clock.now().isoformat(), officer, text.strip()),
            )
        return self.entry(entry_id)

    def override(self, entry_id: int, officer: str, verdict: Verdict, reason: str) -> TrailEntry:
        """The verdict in force from now on. Raises NotAllowed TRL-102 without a reason, StoreFault STO-110."""
        if not reason.strip():
            raise NotAllowed("TRL-102")
        before = self.entry(entry_id).verdict
        with self._lock, transaction(self._connection):
            self._connection.execute(
                "INSERT INTO trail_overrides (entry, written, officer, before, after, reason) VALUES (?, ?, ?, ?, ?, ?)",
                (entry_id, self._clock.now().isoformat(), officer, before.value, verdict.value, reason.strip()),
            )
            self._connection.execute("UPDATE trail SET verdict = ? WHERE id = ?", (verdict.value, entry_id))
        return self.entry(entry_id)

    # -- reading ---------------------------------------------------------------------------------------

    def entry(self, entry_id: int) -> TrailEntry:
        """Raises StoreFault STO-110 for an unknown one."""
        rows = self._all("SELECT * FROM trail WHERE id = ?", (entry_id,))
        if not rows:
            raise StoreFault("STO-110")
        return self._entry(rows[0])

    def find(self, query: TrailQuery) -> tuple[TrailEntry, ...]:
        """Newest first; keyset paging by ``query.after``."""
        where, values = _where(query)
        if query.after:
            where, values = f"{where} AND id < ?", (*values, query.after)
        sql = f"SELECT * FROM trail WHERE {where} ORDER BY id DESC LIMIT ?"  # noqa: S608 - only marks and column names
        return tuple(self._entry(row) for row in self._all(sql, (*values, query.limit)))

    def summary(self, query: TrailQuery) -> TrailSummary:
        """All pages of a query together, the commonest reasons first."""
        where, values = _where(query)
        (row,) = self._all(
            f"SELECT count(*) AS total, coalesce(sum(NOT pending AND verdict IN (?, ?)), 0) AS passed,"  # noqa: S608
            f" coalesce(sum(pending), 0) AS pending FROM trail WHERE {where}",
            (*_GOOD, *values),
        )
        counts = self._all(
            f"SELECT reason, count(*) AS count FROM trail_reasons JOIN trail ON trail.id = entry WHERE {where}"  # noqa: S608
            " GROUP BY reason ORDER BY count DESC, reason",
            values,
        )
        failures = tuple(FailureCount(c["reason"], c["count"]) for c in counts)
        return TrailSummary(row["total"], row["passed"], row["pending"], failures)

    def picture(self, entry_id: int) -> bytes:
        """The judged picture. Raises StoreFault STO-107, STO-110, SEA-…."""
        return self._blobs.read(self.entry(entry_id).draft.blob)

    def original(self, entry_id: int) -> bytes:
        """The camera's picture the entry stems from. Raises StoreFault STO-107, STO-110, SEA-…."""
        rows = self._all("SELECT blob FROM shots WHERE id = ?", (self.entry(entry_id).draft.shot_id,))
        if not rows:
            raise StoreFault("STO-110")
        return self._blobs.read(rows[0]["blob"])

    def _entry(self, row: Any) -> TrailEntry:
        key = (row["id"],)
        stations = self._all("SELECT * FROM trail_stations WHERE entry = ? ORDER BY position", key)
        reasons = self._all("SELECT reason FROM trail_reasons WHERE entry = ? ORDER BY rowid", key)
        notes = self._all("SELECT * FROM trail_notes WHERE entry = ? ORDER BY id", key)
        overrides = self._all("SELECT * FROM trail_overrides WHERE entry = ? ORDER BY id", key)
        draft = TrailDraft(
            session_id=row["session_id"],
            applicant=Applicant(row["person_name"], row["id_number"], row["document"]),
            station=Station(row["terminal_number"], row["region_code"], row["station_name"], row["source"]),
            officer=row["officer"],
            device=row["device"],
            standard_id=row["standard_id"],
            strategy=row["strategy"],
            number=row["number"],
            blob=row["blob"],
            size=row["size"],
            verdict=Verdict(row["judged"]),
            reasons=tuple(r["reason"] for r in reasons),
            special_reason=row["special_reason"],
            stations=tuple(_station_pass(s) for s in stations),
            shot_id=row["shot_id"],
            department=row["department"],
        )
        taken = self._all("SELECT taken FROM shots WHERE id = ?", (row["shot_id"],))
        sent = self._all(
            "SELECT min(sent) AS sent FROM outbox WHERE sent <> '' AND (idempotency_key = 'photo-' || ?1 OR"
            " (kind = 'original' AND ?1 = ?2 AND photo_number IN (SELECT number FROM photos WHERE shot_id = ?2)))",
            (row["blob"], row["shot_id"]),
        )
        return TrailEntry(
            row["id"],
            datetime.fromisoformat(row["recorded"]),
            draft,
            Verdict(row["verdict"]),
            tuple(Note(datetime.fromisoformat(n["written"]), n["officer"], n["text"]) for n in notes),
            tuple(_override(o) for o in overrides),
            bool(row["pending"]),
            datetime.fromisoformat(taken[0]["taken"]) if taken else None,
            datetime.fromisoformat(sent[0]["sent"]) if sent[0]["sent"] else None,
        )


def insert_entry(db: Any, draft: TrailDraft, now: datetime) -> int:
    """Entry, stations and reasons inside the caller's transaction; its id."""
    place = draft.station
    pending = any(s.kind is StationKind.BACKEND and s.verdict is Verdict.UNKNOWN for s in draft.stations)
    values = (
        now.isoformat(), now.date().isoformat(), draft.session_id, draft.applicant.name, draft.applicant.id_number,
        place.region_code, place.terminal_number, place.station_name, place.source, draft.officer, draft.device,
        draft.standard_id, draft.strategy, draft.number, draft.blob, draft.size, draft.verdict.value,
        draft.verdict.value, draft.special_reason, sum(s.duration_ms for s in draft.stations), draft.shot_id,
        draft.department, int(pending), draft.applicant.document,
    )  # fmt: skip
    row = db.execute(
        "INSERT INTO trail (recorded, day, session_id, person_name, id_number, region_code, terminal_number,"
        " station_name, source, officer, device, standard_id, strategy, number, blob, size, judged, verdict,"
        " special_reason, duration_ms, shot_id, department, pending, document)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        values,
    ).fetchone()
    for order, s in enumerate(draft.stations):
        db.execute(
            "INSERT INTO trail_stations VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (row["id"], order, s.kind.value, s.begun.isoformat(), s.duration_ms, s.verdict.value, s.text, s.officer),
        )
    for reason in dict.fromkeys(draft.reasons):
        db.execute("INSERT INTO trail_reasons VALUES (?, ?)", (row["id"], reason))
    return int(row["id"])


def _station_pass(row: Any) -> StationPass:
    begun = datetime.fromisoformat(row["begun"])
    kind, verdict = StationKind(row["kind"]), Verdict(row["verdict"])
    return StationPass(kind, begun, row["duration_ms"], verdict, row["text"], row["officer"])


def _override(row: Any) -> Override:
    written = datetime.fromisoformat(row["written"])
    return Override(written, row["officer"], Verdict(row["before"]), Verdict(row["after"]), row["reason"])


def _where(query: TrailQuery) -> tuple[str, tuple[Any, ...]]:
    """Conditions over ``trail``; every value is bound."""
    found: list[tuple[str, tuple[Any, ...]]] = []
    if query.department.strip():
        found.append(
            (
                "instr(department || ' ' || station_name || ' ' || region_code || ' ' || terminal_number, ?) > 0",
                (query.department.strip(),),
            )
        )
    if query.device.strip():
        found.append(("instr(lower(device), lower(?)) > 0", (query.device.strip(),)))
    for column, value in (
        ("standard_id", query.standard_id),
        ("number", query.number),
        ("id_number", query.id_number.upper()),
    ):
        if value.strip():
            found.append((f"{column} = ?", (value.strip(),)))
    if query.passed is not None:
        found.append((f"NOT pending AND verdict {'IN' if query.passed else 'NOT IN'} (?, ?)", _GOOD))
    if query.pending:
        found.append(("pending", ()))
    if query.reason:
        found.append(("EXISTS (SELECT 1 FROM trail_reasons r WHERE r.entry = trail.id AND r.reason = ?)", (query.reason,)))
    if query.special_reason.strip():
        found.append(("instr(special_reason, ?) > 0", (query.special_reason.strip(),)))
    bounds = (
        ("day >= ?", query.first_day and query.first_day.isoformat()),
        ("day <= ?", query.last_day and query.last_day.isoformat()),
        ("duration_ms >= ?", query.min_ms),
        ("duration_ms < ?", query.max_ms),
    )
    found += [(text, (bound,)) for text, bound in bounds if bound is not None]
    where = " AND ".join(text for text, _ in found) or "1"
    return where, tuple(value for _, bound in found for value in bound)

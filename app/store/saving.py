"""One save: pictures sealed first, then numbers, photos, outbox rows and the session's state in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.numbering import NumberingRule
from app.domain.photo_session import SessionState
from app.domain.records import OutboxKind, OutboxState, PhotoDraft, SessionRecord, ShotRecord, Standing, Station
from app.security.digest import sm3_hex
from app.security.identifiers import new_id
from app.store.blobs import BlobContent, BlobFolder, BlobLabel
from app.store.rows import recipe_json


@dataclass(frozen=True)
class SaveOrder:
    """What every photo of one save shares."""

    session: SessionRecord
    shot: ShotRecord
    rule: NumberingRule
    officer: str
    station: Station
    now: datetime


@dataclass(frozen=True)
class OutboxItemDraft:
    """What is to leave, for which photo, into which photo library."""

    kind: OutboxKind
    key: str
    number: str
    size: int
    library: str


def seal_drafts(blobs: BlobFolder, session_id: str, drafts: tuple[PhotoDraft, ...], now: datetime) -> tuple[str, ...]:
    """Every picture on the disk, durable; their blob ids. Without a transaction naming them they are swept."""
    sealed = []
    for number, draft in enumerate(drafts, start=1):
        label = BlobLabel("photo", new_id(), session_id, number, now.isoformat())
        blobs.write(label, BlobContent(draft.image, draft.standard_id, ""))
        sealed.append(label.id)
    return tuple(sealed)


def _next_sequence(db: Any, rule: NumberingRule, day: str) -> int:
    """The rule's own count of the day. A day begun under the former common count goes on above it (rule '')."""
    row = db.execute(
        "INSERT INTO rule_sequences SELECT ?, ?,"
        " 1 + coalesce((SELECT last FROM rule_sequences WHERE rule = '' AND day = ?), 0) WHERE true"
        " ON CONFLICT (rule, day) DO UPDATE SET last = last + 1 RETURNING last",
        (rule.template, day, day),
    ).fetchone()
    return int(row["last"])


def _next_number(db: Any, order: SaveOrder, draft: PhotoDraft) -> str:
    """A number nobody has. Two rules may be written differently and make the same numbers: those are passed over."""
    rule, day = draft.numbering or order.rule, order.now.date()
    while True:
        number = rule.number(
            region=order.station.region_code,
            terminal=order.station.terminal_number,
            service=draft.service,
            day=day,
            seq=_next_sequence(db, rule, day.isoformat()),
        )
        if db.execute("SELECT 1 FROM photos WHERE number = ?", (number,)).fetchone() is None:
            return number


def insert_photos(db: Any, order: SaveOrder, drafts: tuple[PhotoDraft, ...], sealed: tuple[str, ...]) -> None:
    """Inside the caller's transaction. An original goes once into each photo library that gets one of its photos."""
    for draft, blob in zip(drafts, sealed, strict=True):
        number = _next_number(db, order, draft)
        _insert_photo(db, order, draft, number, blob)
        library = draft.photo_library
        # A header carries the key, so a library's name stands in it as digits.
        key = f"original-{order.shot.id}" + (f"-{sm3_hex(library.encode('utf-8'))[:16]}" if library else "")
        _insert_outbox(db, order, OutboxItemDraft(OutboxKind.ORIGINAL, key, number, order.shot.size, library))
        size = len(draft.image)
        if draft.ask_backend:
            question = OutboxItemDraft(OutboxKind.INSPECTION, f"inspection-{blob}", number, size, library)
            _insert_outbox(db, order, question)
        photo = OutboxItemDraft(OutboxKind.PHOTO, f"photo-{blob}", number, size, library)
        held = draft.standing is not Standing.FINAL
        _insert_outbox(db, order, photo, OutboxState.HELD if held else OutboxState.WAITING)
    db.execute(
        "UPDATE sessions SET state = ?, chosen_shot = ? WHERE id = ?",
        (SessionState.SAVED.value, order.shot.id, order.session.id),
    )


def _insert_photo(db: Any, order: SaveOrder, draft: PhotoDraft, number: str, blob: str) -> None:
    applicant, station = order.session.applicant, order.station
    values = (
        number,
        order.session.id,
        order.shot.id,
        applicant.name,
        applicant.id_number,
        draft.standard_id,
        draft.standard_version,
        draft.service,
        draft.width_px,
        draft.height_px,
        draft.dpi,
        len(draft.image),
        sm3_hex(draft.image),
        blob,
        recipe_json(draft.recipe),
        draft.report_json,
        int(draft.passed),
        draft.forced_reason,
        order.now.isoformat(),
        order.now.date().isoformat(),
        order.officer,
        station.terminal_number,
        station.region_code,
        station.station_name,
        station.source,
        draft.photo_library,
        draft.standing.value,
        0,
        applicant.document,
    )
    db.execute(f"INSERT INTO photos VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608 - marks only


def _insert_outbox(db: Any, order: SaveOrder, item: OutboxItemDraft, state: OutboxState = OutboxState.WAITING) -> None:
    now = order.now.isoformat()
    db.execute(
        "INSERT INTO outbox (kind, idempotency_key, photo_number, session_id, size, state, attempts, created,"
        " next_try, last_error, receipt, photo_library) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, '', '', ?)"
        " ON CONFLICT (idempotency_key) DO NOTHING",
        (item.kind.value, item.key, item.number, order.session.id, item.size, state.value, now, now, item.library),
    )

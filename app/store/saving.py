"""One save: pictures sealed first, then numbers, photos, outbox rows and the session's state in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.numbering import NumberingRule
from app.domain.photo_session import SessionState
from app.domain.records import OutboxKind, OutboxState, PhotoDraft, SessionRecord, ShotRecord, Station
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


def seal_drafts(blobs: BlobFolder, session_id: str, drafts: tuple[PhotoDraft, ...], now: datetime) -> tuple[str, ...]:
    """Every picture on the disk, durable; their blob ids. Without a transaction naming them they are swept."""
    sealed = []
    for number, draft in enumerate(drafts, start=1):
        label = BlobLabel("photo", new_id(), session_id, number, now.isoformat())
        blobs.write(label, BlobContent(draft.image, draft.standard_id, ""))
        sealed.append(label.id)
    return tuple(sealed)


def _next_sequence(db: Any, day: str) -> int:
    row = db.execute(
        "INSERT INTO sequences VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET last = last + 1 RETURNING last", (day,)
    ).fetchone()
    return int(row["last"])


def insert_photos(db: Any, order: SaveOrder, drafts: tuple[PhotoDraft, ...], sealed: tuple[str, ...]) -> None:
    """Inside the caller's transaction."""
    day = order.now.date()
    for position, (draft, blob) in enumerate(zip(drafts, sealed, strict=True)):
        number = order.rule.number(
            region=order.station.region_code,
            terminal=order.station.terminal_number,
            service=draft.service,
            day=day,
            seq=_next_sequence(db, day.isoformat()),
        )
        _insert_photo(db, order, draft, number, blob)
        if position == 0:
            key = f"original-{order.shot.id}"
            _insert_outbox(db, order, OutboxKind.ORIGINAL, key, number, order.shot.size)
        _insert_outbox(db, order, OutboxKind.PHOTO, f"photo-{blob}", number, len(draft.image))
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
    )
    db.execute(f"INSERT INTO photos VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608 - marks only


def _insert_outbox(db: Any, order: SaveOrder, kind: OutboxKind, key: str, number: str, size: int) -> None:
    now = order.now.isoformat()
    db.execute(
        "INSERT INTO outbox (kind, idempotency_key, photo_number, session_id, size, state, attempts, created,"
        " next_try, last_error, receipt) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, '', '')"
        " ON CONFLICT (idempotency_key) DO NOTHING",
        (kind.value, key, number, order.session.id, size, OutboxState.WAITING.value, now, now),
    )

"""What a crash left is set right at opening: files against rows, both ways, and work in flight back to waiting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.errors import StoreFault
from app.domain.records import ShotRecord
from app.security.digest import sm3_hex
from app.store.archive import PAGE_KIND, adopt_page
from app.store.blobs import BlobFolder
from app.store.database import transaction
from app.store.drafts import MATERIAL_KIND, adopt_material
from app.store.fees import BILL_KIND
from app.store.fingers import FINGER_KIND, adopt_finger
from app.store.print_jobs import PRINT_JOB_KIND
from app.store.sessions import insert_shot

_ADOPTERS = {FINGER_KIND: adopt_finger, MATERIAL_KIND: adopt_material, PAGE_KIND: adopt_page}


@dataclass(frozen=True)
class ReconcileReport:
    """What was found. ``missing`` and ``unreadable`` are for the administrator; the rest is already mended."""

    adopted: tuple[str, ...]  # originals, presses and papers whose row had not been written
    # Half-written files, photos of unfinished saves, bytes of jobs and drafts that are over, bills to fetch again.
    swept: int
    missing: tuple[str, ...]  # rows whose file is gone
    unreadable: tuple[str, ...]  # files that do not open


def reconcile(connection: Any, blobs: BlobFolder, now: datetime) -> ReconcileReport:
    """Runs once, before anything else uses the store."""
    swept = blobs.sweep_temporary()
    tables = ("shots", "photos", "trail", "finger_attempts", "print_jobs", "case_materials", "fee_orders")
    rows = " UNION ALL ".join(f"SELECT blob FROM {table}" for table in tables)  # noqa: S608 - our own words
    rows += " UNION ALL SELECT blob FROM archive_pages WHERE gone = 0"  # the rest was cleaned up after its receipt
    known = {row["blob"] for row in connection.execute(rows) if row["blob"]}
    files = set(blobs.ids())
    adopted, unreadable = [], []
    for blob_id in sorted(files - known):
        try:
            label, content = blobs.open(blob_id)
        except StoreFault:
            unreadable.append(blob_id)
            continue
        if label.kind == "original" and _session_known(connection, label.session_id):
            shot = ShotRecord(
                id=blob_id,
                session_id=label.session_id,
                index=_free_number(connection, label.session_id, label.number),
                taken=datetime.fromisoformat(label.taken),
                blob=blob_id,
                size=len(content.data),
                digest=sm3_hex(content.data),
                device=content.device,
                file_name=content.file_name,
            )
            with transaction(connection):
                insert_shot(connection, shot)
            adopted.append(blob_id)
        elif label.kind in _ADOPTERS and _ADOPTERS[label.kind](connection, label, content):
            adopted.append(blob_id)
        elif label.kind in ("photo", PRINT_JOB_KIND, MATERIAL_KIND, BILL_KIND):
            blobs.remove(blob_id)
            swept += 1
        else:
            unreadable.append(blob_id)
    with transaction(connection):
        connection.execute("UPDATE outbox SET state = 'waiting', next_try = ? WHERE state = 'sending'", (now.isoformat(),))
        # A shot that arrived while its session still waited for the shutter: the session waits for a choice.
        connection.execute(
            "UPDATE sessions SET state = 'choosing' WHERE state IN ('shooting', 'capturing')"
            " AND EXISTS (SELECT 1 FROM shots WHERE shots.session_id = sessions.id)"
        )
    return ReconcileReport(tuple(adopted), swept, tuple(sorted(known - files)), tuple(unreadable))


def _session_known(connection: Any, session_id: str) -> bool:
    return connection.execute("SELECT 1 FROM sessions WHERE id = ?", (session_id,)).fetchone() is not None


def _free_number(connection: Any, session_id: str, number: int) -> int:
    taken = {r["number"] for r in connection.execute("SELECT number FROM shots WHERE session_id = ?", (session_id,))}
    while number in taken:
        number += 1
    return number

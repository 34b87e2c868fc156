"""Between the database's rows and the domain's values."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from app.domain.edits import CropBox, Recipe, Tone
from app.domain.person import Applicant
from app.domain.photo_session import SessionState
from app.domain.printing import PrintJob, PrintJobState, PrintKind
from app.domain.records import (
    OutboxItem,
    OutboxKind,
    OutboxState,
    PhotoRecord,
    SessionRecord,
    ShootingMode,
    ShotRecord,
    Standing,
    Station,
)
from app.domain.retouch import Retouch

Row = Any  # a sqlcipher3 row: values by column name


def recipe_json(recipe: Recipe) -> str:
    """The recorded transforms, as stored and as sent."""
    return json.dumps({**asdict(recipe), "retouch": recipe.retouch.plain()})


def _recipe(text: str) -> Recipe:
    fields = json.loads(text)
    tone = fields.get("tone", {})  # rows of the first version know neither tone nor retouch
    return Recipe(
        CropBox(**fields["crop"]),
        fields["replace_background"],
        fields["automatic"],
        Tone(tuple(tone["gains"]), tone["ev"], tone["soften_highlights"]) if tone else Tone(),
        Retouch.from_plain(fields["retouch"]) if fields.get("retouch") else Retouch(),
    )


def _station(row: Row) -> Station:
    return Station(row["terminal_number"], row["region_code"], row["station_name"], row["source"])


def session_of(row: Row) -> SessionRecord:
    """A row of ``sessions``."""
    return SessionRecord(
        id=row["id"],
        applicant=Applicant(row["person_name"], row["id_number"], row["document"]),
        standard_ids=tuple(json.loads(row["standard_ids"])),
        mode=ShootingMode(row["mode"]),
        state=SessionState(row["state"]),
        started=datetime.fromisoformat(row["started"]),
        officer=row["officer"],
        station=_station(row),
        chosen_shot=row["chosen_shot"],
        exceptions=tuple(json.loads(row["exceptions"])),
        standards=tuple(json.loads(row["standards"])),
    )


def shot_of(row: Row) -> ShotRecord:
    """A row of ``shots``."""
    return ShotRecord(
        id=row["id"],
        session_id=row["session_id"],
        index=row["number"],
        taken=datetime.fromisoformat(row["taken"]),
        blob=row["blob"],
        size=row["size"],
        digest=row["digest"],
        device=row["device"],
        file_name=row["file_name"],
    )


def photo_of(row: Row) -> PhotoRecord:
    """A row of ``photos``."""
    return PhotoRecord(
        number=row["number"],
        session_id=row["session_id"],
        shot_id=row["shot_id"],
        applicant=Applicant(row["person_name"], row["id_number"], row["document"]),
        standard_id=row["standard_id"],
        standard_version=row["standard_version"],
        service=row["service"],
        width_px=row["width_px"],
        height_px=row["height_px"],
        dpi=row["dpi"],
        size=row["size"],
        digest=row["digest"],
        blob=row["blob"],
        recipe=_recipe(row["recipe"]),
        report_json=row["report"],
        passed=bool(row["passed"]),
        forced_reason=row["forced_reason"],
        saved=datetime.fromisoformat(row["saved"]),
        officer=row["officer"],
        station=_station(row),
        photo_library=row["photo_library"],
        standing=Standing(row["standing"]),
    )


def outbox_of(row: Row) -> OutboxItem:
    """A row of ``outbox``."""
    return OutboxItem(
        id=row["id"],
        kind=OutboxKind(row["kind"]),
        idempotency_key=row["idempotency_key"],
        photo_number=row["photo_number"] or "",
        session_id=row["session_id"],
        size=row["size"],
        state=OutboxState(row["state"]),
        attempts=row["attempts"],
        created=datetime.fromisoformat(row["created"]),
        next_try=datetime.fromisoformat(row["next_try"]),
        last_error=row["last_error"],
        receipt=row["receipt"],
        photo_library=row["photo_library"],
        sent=datetime.fromisoformat(row["sent"]) if row["sent"] else None,
        case_number=row["case_number"] or "",
        material=row["material"] or "",
    )


def print_job_of(row: Row) -> PrintJob:
    """A row of ``print_jobs``."""
    return PrintJob(
        id=row["id"],
        kind=PrintKind(row["kind"]),
        subject=row["subject"],
        copy_number=row["copy_number"],
        state=PrintJobState(row["state"]),
        created=datetime.fromisoformat(row["created"]),
        updated=datetime.fromisoformat(row["updated"]),
        error=row["error"],
        printer=row["printer"],
        facts=row["facts"],
    )

"""Rows of the archive's tables as records, and back."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from app.domain.archive_batch import (
    WHOLE,
    ArchiveFile,
    ArchivePage,
    Batch,
    BatchProfile,
    BatchState,
    Declared,
    FileFacts,
    FileState,
    PageFound,
    PageRole,
    Standing,
)


def profile_json(profile: BatchProfile) -> str:
    """As it is kept."""
    return json.dumps(asdict(profile), ensure_ascii=False)


def batch_of(row: Any) -> Batch:
    """A row of ``archive_batches``."""
    profile = json.loads(row["profile"])
    return Batch(
        id=row["id"],
        profile=BatchProfile(**{**profile, "declared": Declared(**profile["declared"])}),
        state=BatchState(row["state"]),
        started=datetime.fromisoformat(row["started"]),
        officer=row["officer"],
        department=row["department"],
        region=row["region"],
    )


def standing_json(standing: Standing) -> str:
    """As it is kept."""
    return json.dumps({**asdict(standing), "role": standing.role.value}, ensure_ascii=False)


def standing_of(text: str) -> Standing:
    """As it was kept."""
    fields = json.loads(text)
    crop = tuple(fields.get("crop", WHOLE))
    return Standing(**{**fields, "role": PageRole(fields["role"]), "crop": crop})


def found_json(found: PageFound | None) -> str:
    """As it is kept; "" for a page that is not measured yet."""
    return "" if found is None else json.dumps(asdict(found))


def _found(fields: dict[str, Any]) -> PageFound:
    content = tuple(fields.get("content", WHOLE))
    return PageFound(**{**fields, "reasons": tuple(fields["reasons"]), "content": content})


def page_of(row: Any) -> ArchivePage:
    """A row of ``archive_pages``."""
    found = json.loads(row["found"]) if row["found"] else None
    return ArchivePage(
        id=row["blob"],
        batch=row["batch"],
        number=row["number"],
        side=row["side"],
        dpi=row["dpi"],
        size=row["size"],
        digest=row["digest"],
        media_type=row["media_type"],
        arrived=datetime.fromisoformat(row["arrived"]),
        found=None if found is None else _found(found),
        standing=standing_of(row["standing"]),
        receipt=row["receipt"],
    )


def file_of(row: Any) -> ArchiveFile:
    """A row of ``archive_files``."""
    return ArchiveFile(
        batch=row["batch"],
        kind=row["kind"],
        serial=row["serial"],
        business=row["business"],
        facts=FileFacts(**json.loads(row["facts"])),
        state=FileState(row["state"]),
        department=row["department"],
        scanned_by=row["scanned_by"],
        scanned=datetime.fromisoformat(row["scanned"]),
        officer=row["officer"],
        second=row["second"],
        accepted=datetime.fromisoformat(row["accepted"]) if row["accepted"] else None,
        receipt=row["receipt"],
        error=row["error"],
        related=row["related"],
    )

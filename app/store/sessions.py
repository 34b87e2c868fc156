"""Writing sessions and shots; used by the store and by recovery."""

from __future__ import annotations

import json
from typing import Any

from app.domain.records import SessionRecord, ShotRecord


def insert_session(db: Any, record: SessionRecord) -> None:
    """A new row of ``sessions``."""
    station = record.station
    db.execute(
        "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            record.id,
            record.applicant.name,
            record.applicant.id_number,
            json.dumps(record.standard_ids),
            record.mode.value,
            record.state.value,
            record.started.isoformat(),
            record.officer,
            station.terminal_number,
            station.region_code,
            station.station_name,
            station.source,
            record.chosen_shot,
            json.dumps(record.exceptions),
            json.dumps(record.standards),
            record.applicant.document,
        ),
    )


def insert_shot(db: Any, shot: ShotRecord) -> None:
    """A new row of ``shots``."""
    db.execute(
        "INSERT INTO shots VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            shot.id,
            shot.session_id,
            shot.index,
            shot.taken.isoformat(),
            shot.blob,
            shot.size,
            shot.digest,
            shot.device,
            shot.file_name,
        ),
    )

"""Is everything there and unchanged? Every page of the database against its own seal, every sealed file opened."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from app.domain.errors import StoreFault
from app.store.blobs import BlobFolder
from app.store.database import fetch_all


@dataclass(frozen=True)
class Damage:
    """``place``: ``database`` or the sealed file's id; ``what``: the engine's words or the error's code."""

    place: str
    what: str


def damage(connection: Any, lock: threading.RLock, blobs: BlobFolder) -> tuple[Damage, ...]:
    """Reads everything once; nothing is changed. Raises StoreFault when the database cannot be read at all."""
    pages = [str(row[0]) for row in fetch_all(connection, lock, "PRAGMA cipher_integrity_check")]
    if not pages:
        pages = [word for row in fetch_all(connection, lock, "PRAGMA quick_check") if (word := str(row[0])) != "ok"]
    found = [Damage("database", words) for words in pages]
    for blob_id in blobs.ids():
        try:
            blobs.open(blob_id)
        except StoreFault as fault:
            found.append(Damage(blob_id, fault.code))
    return tuple(found)

"""The number segments of ``resources/queue/segments.toml``, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from app.config.places import RESOURCES
from app.domain.queueing import Segment


@cache
def segments() -> Mapping[str, Segment]:
    """By id, in the file's order."""
    with (RESOURCES / "queue" / "segments.toml").open("rb") as file:
        rows = tomllib.load(file)
    return {
        name: Segment(
            name,
            row["prefix"],
            row["zh"],
            row["en"],
            int(row["turn"]),
            bool(row["needs_photo"]),
            row["source"],
            tuple(row["businesses"]),
        )
        for name, row in rows.items()
    }

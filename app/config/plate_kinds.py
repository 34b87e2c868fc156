"""号牌种类 (GA/T 16.7) for what has no form of a matter around it: the codes of the matters' own table, read alone."""

from __future__ import annotations

import tomllib
from functools import cache

from app.config.places import RESOURCES
from app.domain.matters.table import Named


@cache
def plate_kinds() -> tuple[Named, ...]:
    """In the standard's order. The whole catalogue takes a third of a second to read, this table three milliseconds."""
    with (RESOURCES / "matters" / "codes.toml").open("rb") as file:
        tables = tomllib.load(file)["table"]
    return tuple(Named(*entry) for table in tables if table["id"] == "plate-kind" for entry in table["entries"])

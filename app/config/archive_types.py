"""The types of archive pages, read once from ``resources/archive/types.toml``."""

from __future__ import annotations

import tomllib
from functools import cache

from app.config.places import RESOURCES
from app.domain.archive import PageType


@cache
def page_types(kind: str) -> dict[str, PageType]:
    """Id → type, in the order of the source; ``kind``: vehicle or driver. Raises KeyError for another."""
    with (RESOURCES / "archive" / "types.toml").open("rb") as file:
        table = tomllib.load(file)
    return {name: PageType(id=name, **row) for name, row in table[kind].items()}

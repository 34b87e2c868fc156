"""The attribute register, read once from ``resources/attributes.toml``: names, measures, default limits, advice."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from app.config.places import RESOURCES
from app.domain.attribute import Attribute, AttributeKind, Mend, Stage
from app.domain.judgement import Limit

_HOUSE = "house rule (resources/attributes.toml)"


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    with (RESOURCES / "attributes.toml").open("rb") as file:
        return tuple(tomllib.load(file)["attribute"])


def _attribute(row: dict[str, Any]) -> Attribute:
    kind = AttributeKind(row["kind"])
    limit = dict(row.get("limit", {}))
    limit.setdefault("blocking", kind is AttributeKind.MEASURED)
    return Attribute(
        id=row["id"],
        number=row["number"],
        name_zh=row["name"]["zh"],
        name_en=row["name"]["en"],
        group=row["group"],
        kind=kind,
        measure=row.get("measure", ""),
        needs=row["needs"],
        stages=tuple(Stage(s) for s in row["stages"]),
        mend=Mend(row["mend"]),
        limit=Limit(row["id"], source=_HOUSE, **limit),
        why=row.get("why", ""),
        unit=row.get("unit", ""),
    )


@cache
def register() -> dict[str, Attribute]:
    """Every attribute by its id, in the order of the requirement's list."""
    return {row["id"]: _attribute(row) for row in _rows()}


@cache
def advice_texts() -> dict[str, dict[str, dict[str, str]]]:
    """Attribute id → side ("low", "high") → language ("zh", "en") → sentence."""
    return {row["id"]: {side: row[side] for side in ("low", "high") if side in row} for row in _rows()}

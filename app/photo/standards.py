"""Photo standards from their data files; a file that is wrong is refused with the place and the reason."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from app.config.places import RESOURCES
from app.config.texts import whole_table
from app.domain.errors import BadInput
from app.domain.judgement import Limit
from app.domain.photo_standard import (
    Background,
    BackgroundRule,
    GeometryBand,
    HeadMeasure,
    OutputFormat,
    PhotoStandard,
)

_SERVICES = {"household", "exit-entry", "traffic", "other"}


def _number(row: dict[str, Any], key: str) -> float | None:
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{key} is no number")
    return float(value)


def _limit(check: str, row: dict[str, Any]) -> Limit:
    if check not in whole_table("checks"):
        raise ValueError(f"unknown check {check}")
    low, high = _number(row, "low"), _number(row, "high")
    if (low is None and high is None) or not row["source"]:
        raise ValueError(f"{check} needs a limit and a source")
    if low is not None and high is not None and low > high:
        raise ValueError(f"{check}: low above high")
    unknown = set(row) - {"low", "high", "warn_low", "warn_high", "blocking", "source"}
    if unknown:
        raise ValueError(f"{check}: unknown {sorted(unknown)}")
    return Limit(
        check, low, high, _number(row, "warn_low"), _number(row, "warn_high"), row.get("blocking", True), row["source"]
    )


def _band(row: dict[str, Any]) -> GeometryBand:
    return GeometryBand(
        HeadMeasure(row["measure"]), _number(row, "low"), _number(row, "high"), int(row["priority"]), row["source"]
    )


def _geometry_limit(band: GeometryBand) -> Limit:
    return Limit(f"geometry.{band.measure.value}", band.low, band.high, source=band.source)


def _standard(document: dict[str, Any]) -> PhotoStandard:
    bands = tuple(_band(row) for row in document["geometry"])
    limits = tuple(_limit(check, row) for check, row in document["limits"]["issued"].items())
    screening = tuple(_limit(check, row) for check, row in document["limits"]["screening"].items())
    if document["service"] not in _SERVICES:
        raise ValueError(f"service {document['service']}")
    output = OutputFormat(**document["output"])
    if not 0 < output.bytes_min < output.bytes_max or not 1 <= output.quality_min <= 100:
        raise ValueError("output")
    red, green, blue = (int(c) for c in document["background"]["rgb"])
    return PhotoStandard(
        id=document["id"],
        version=document["version"],
        service=document["service"],
        name_zh=document["name"]["zh"],
        name_en=document["name"]["en"],
        effective=document["effective"],
        sources=tuple(document["sources"]),
        output=output,
        background=Background((red, green, blue), BackgroundRule(document["background"]["rule"])),
        geometry=bands,
        limits=limits + tuple(_geometry_limit(band) for band in bands),
        screening=screening,
    )


def read_standard(path: Path) -> PhotoStandard:
    """One file. Raises BadInput STD-101 unreadable, STD-102 what is wrong in it."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BadInput("STD-101", file=path.name, reason=str(error)[:200]) from error
    try:
        return _standard(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        reason = f"{type(error).__name__} {error}"
        raise BadInput("STD-102", file=path.name, reason=reason[:200]) from error


def load_standards(folder: Path = RESOURCES / "standards") -> tuple[PhotoStandard, ...]:
    """Every standard of a folder, in the order of the services' names; ids are unique."""
    found = sorted((read_standard(path) for path in folder.glob("*.toml")), key=lambda s: (s.service, s.id))
    if len({s.id for s in found}) != len(found):
        raise BadInput("STD-102", file=folder.name, reason="id used twice")
    order = {"household": 0, "exit-entry": 1, "traffic": 2}
    return tuple(sorted(found, key=lambda s: order.get(s.service, 9)))


def standard_by_id(standards: tuple[PhotoStandard, ...], standard_id: str) -> PhotoStandard:
    """Raises BadInput STD-103 for an unknown id, naming those there are."""
    for standard in standards:
        if standard.id == standard_id:
            return standard
    raise BadInput("STD-103", id=standard_id, known=", ".join(s.id for s in standards))

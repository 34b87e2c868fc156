"""Reads and writes photo standards as ``.flt`` files: TOML, a source beside every number (docs/flt-format.md).

Every parser here meets files from outside: anything wrong is one BadInput with the place and the reason.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from typing import Any

import tomli_w

from app.config.register import register
from app.domain.attribute import Attribute, Mend, Stage
from app.domain.errors import BadInput
from app.domain.judgement import Limit
from app.domain.photo_standard import (
    Alternative,
    Background,
    BackgroundRule,
    GeometryBand,
    HeadMeasure,
    OutputFormat,
    PhotoStandard,
    Processing,
    StandardException,
)

FLT_VERSION = 1
SERVICES = ("household", "exit-entry", "traffic", "social-security", "other")
EXCEPTIONS = ("child", "glasses", "headwear", "disability")
_LARGEST_FILE = 256 * 1024
_LIMIT_KEYS = {"low", "high", "warn_low", "warn_high", "blocking", "source"}
_TOP_KEYS = {"flt", "id", "version", "service", "client", "name", "effective", "expires", "sources", "output", "background",
             "processing", "geometry", "limits", "exceptions", "alternatives"}  # fmt: skip


def _number(row: dict[str, Any], key: str) -> float | None:
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1e9 <= value <= 1e9:
        raise TypeError(f"{key} is no number")
    return float(value)


def _text(value: object, place: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"{place} must be text")
    return value


def _limit(check: str, row: dict[str, Any]) -> Limit:
    if check not in register():
        raise ValueError(f"unknown attribute {check}")
    if unknown := set(row) - _LIMIT_KEYS:
        raise ValueError(f"{check}: unknown {sorted(unknown)}")
    low, high, warn_low, warn_high = (_number(row, key) for key in ("low", "high", "warn_low", "warn_high"))
    if low is not None and high is not None and low > high:
        raise ValueError(f"{check}: low above high")
    if warn_low is not None and warn_high is not None and warn_low > warn_high:
        raise ValueError(f"{check}: warn_low above warn_high")
    blocking = row.get("blocking", True)
    if not isinstance(blocking, bool):
        raise TypeError(f"{check}: blocking must be true or false")
    return Limit(check, low, high, warn_low, warn_high, blocking, _text(row["source"], f"{check}: source"))


def _limits(table: dict[str, Any]) -> tuple[Limit, ...]:
    return tuple(_limit(check, row) for check, row in table.items())


def _band(row: dict[str, Any]) -> GeometryBand:
    low, high = _number(row, "low"), _number(row, "high")
    if (low is None and high is None) or (low is not None and high is not None and low > high):
        raise ValueError(f"geometry {row['measure']}: limits")
    priority = row["priority"]
    if isinstance(priority, bool) or not isinstance(priority, int):
        raise TypeError("priority must be a whole number")
    return GeometryBand(HeadMeasure(row["measure"]), low, high, priority, _text(row["source"], "geometry source"))


def _band_limit(band: GeometryBand) -> Limit:
    return Limit(f"geometry.{band.measure.value}", band.low, band.high, source=band.source)


def _whole(row: dict[str, Any], key: str, low: int, high: int) -> int:
    value = row[key]
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError(f"{key} must be a whole number {low}–{high}")
    return value


def _output(row: dict[str, Any]) -> OutputFormat:
    output = OutputFormat(
        _whole(row, "width_px", 16, 4000),
        _whole(row, "height_px", 16, 4000),
        _whole(row, "dpi", 30, 2400),
        _whole(row, "bytes_min", 1, 2**26),
        _whole(row, "bytes_max", 2, 2**26),
        _whole(row, "quality_min", 1, 100),
    )
    if output.bytes_min >= output.bytes_max:
        raise ValueError("bytes_min must be below bytes_max")
    return output


def _rgb(value: object) -> tuple[int, int, int]:
    if not isinstance(value, list) or len(value) != 3 or not all(type(c) is int and 0 <= c <= 255 for c in value):
        raise ValueError("a colour is three whole numbers 0–255")
    return value[0], value[1], value[2]


def _background(row: dict[str, Any]) -> Background:
    return Background(_rgb(row["rgb"]), BackgroundRule(row["rule"]), tuple(_rgb(c) for c in row.get("also", [])))


def _processing(row: dict[str, Any]) -> Processing:
    flags = {key: row.get(key, default) for key, default in (("tone", True), ("retouch", True), ("automatic_tone", False))}
    if set(row) - set(flags) or not all(isinstance(v, bool) for v in flags.values()):
        raise ValueError("processing: tone, retouch, automatic_tone are true or false")
    return Processing(**flags)


def _exception(name: str, row: dict[str, Any]) -> StandardException:
    if name not in EXCEPTIONS:
        raise ValueError(f"exception {name}: one of {', '.join(EXCEPTIONS)}")
    return StandardException(name, _limits(row.get("limits", {})), _text(row["source"], f"exception {name}: source"))


def _formal_limits(output: OutputFormat, sources: tuple[str, ...]) -> dict[str, Limit]:
    """What follows from the file format alone."""
    source = sources[0]
    aspect = output.width_px / output.height_px
    rows = (
        Limit("file_bytes", output.bytes_min, output.bytes_max, source=source),
        Limit("file_size_window", output.bytes_min, output.bytes_max, source=source),
        Limit("width_px", output.width_px, output.width_px, source=source),
        Limit("height_px", output.height_px, output.height_px, source=source),
        Limit("dpi", output.dpi - 1, output.dpi + 1, source=source),
        Limit("aspect", aspect - 0.004, aspect + 0.004, source=source),
    )
    return {limit.check: limit for limit in rows}


def _in_force(stage: Stage, own: dict[str, Limit], here: frozenset[Mend]) -> tuple[Limit, ...]:
    """On the raw shot, what composing can mend ``here`` only warns."""
    rows: list[Attribute] = [row for row in register().values() if stage in row.stages]
    limits = [(row, own.get(row.id, row.limit)) for row in rows]
    if stage is Stage.ISSUED:
        return tuple(limit for _, limit in limits)
    return tuple(replace(limit, blocking=limit.blocking and row.mend not in here) for row, limit in limits)


def _mended_here(background: Background, processing: Processing) -> frozenset[Mend]:
    steps = {Mend.CROP, Mend.FILE}
    if background.rule is BackgroundRule.REPLACE:
        steps.add(Mend.BACKGROUND)
    if processing.tone:
        steps.add(Mend.TONE)
    return frozenset(steps)


def _standard(document: dict[str, Any]) -> PhotoStandard:
    if document.get("flt") != FLT_VERSION:
        raise ValueError(f"flt = {document.get('flt')!r}, this program reads {FLT_VERSION}")
    if unknown := set(document) - _TOP_KEYS:
        raise ValueError(f"unknown {sorted(unknown)}")
    if document["service"] not in SERVICES:
        raise ValueError(f"service {document['service']}")
    sources = tuple(_text(s, "sources") for s in document["sources"])
    if not sources:
        raise ValueError("sources are empty")
    output = _output(document["output"])
    bands = tuple(_band(row) for row in document["geometry"])
    own = _limits(document.get("limits", {}))
    by_check = {limit.check: limit for limit in (_band_limit(band) for band in bands)}
    if "geometry.eye_distance" in by_check:
        eyes = by_check["geometry.eye_distance"]
        by_check["eye_distance"] = Limit("eye_distance", eyes.low, eyes.high, source=eyes.source)
    in_force = {**_formal_limits(output, sources), **by_check, **{limit.check: limit for limit in own}}
    background, processing = _background(document["background"]), _processing(document.get("processing", {}))
    here = _mended_here(background, processing)
    expires = document.get("expires", "")
    for day in (document["effective"], *([expires] if expires else [])):
        date.fromisoformat(day)
    return PhotoStandard(
        id=_identifier(document["id"]),
        version=_text(document["version"], "version"),
        service=document["service"],
        client=_text(document["client"], "client"),
        name_zh=_text(document["name"]["zh"], "name.zh"),
        name_en=_text(document["name"]["en"], "name.en"),
        effective=document["effective"],
        expires=expires,
        sources=sources,
        output=output,
        background=background,
        processing=processing,
        mended_here=here,
        geometry=bands,
        own=own,
        exceptions=tuple(_exception(name, row) for name, row in document.get("exceptions", {}).items()),
        alternatives=tuple(
            Alternative(*(_text(row[key], f"alternatives: {key}") for key in ("what", "source", "reason")))
            for row in document.get("alternatives", [])
        ),
        limits=_in_force(Stage.ISSUED, in_force, here),
        screening=_in_force(Stage.SHOT, in_force, here),
    )


def _identifier(value: object) -> str:
    text = _text(value, "id")
    if len(text) > 60 or not all(c.isascii() and (c.isalnum() or c == "-") for c in text):
        raise ValueError("id: letters, digits and hyphens")
    return text


def parse_flt(data: bytes, name: str) -> PhotoStandard:
    """One file's content. Raises BadInput STD-101 unreadable, STD-102 what is wrong in it; ``name`` is for the message."""
    if len(data) > _LARGEST_FILE:
        raise BadInput("STD-101", file=name, reason=f"> {_LARGEST_FILE} B")
    try:
        document = tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadInput("STD-101", file=name, reason=str(error)[:200]) from error
    try:
        return _standard(document)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        reason = f"missing {error}" if isinstance(error, KeyError) else str(error)
        raise BadInput("STD-102", file=name, reason=reason[:200]) from error


def _limit_row(limit: Limit) -> dict[str, Any]:
    keys = ("low", "high", "warn_low", "warn_high")
    row: dict[str, Any] = {key: getattr(limit, key) for key in keys if getattr(limit, key) is not None}
    if not limit.blocking:
        row["blocking"] = False
    return {**row, "source": limit.source}


def _background_row(back: Background) -> dict[str, Any]:
    also = {"also": [list(colour) for colour in back.also]} if back.also else {}
    return {"rgb": list(back.rgb), "rule": back.rule.value, **also}


def write_flt(standard: PhotoStandard) -> bytes:
    """The file of a standard: ``parse_flt`` of it gives the same standard again."""
    out, back = standard.output, standard.background
    document: dict[str, Any] = {
        "flt": FLT_VERSION,
        "id": standard.id,
        "version": standard.version,
        "service": standard.service,
        "client": standard.client,
        "effective": standard.effective,
        **({"expires": standard.expires} if standard.expires else {}),
        "sources": list(standard.sources),
        "name": {"zh": standard.name_zh, "en": standard.name_en},
        "output": {key: getattr(out, key) for key in OutputFormat.__dataclass_fields__},
        "background": _background_row(back),
        "processing": {key: getattr(standard.processing, key) for key in Processing.__dataclass_fields__},
        "geometry": [
            {
                "measure": band.measure.value,
                **{k: getattr(band, k) for k in ("low", "high") if getattr(band, k) is not None},
                "priority": band.priority,
                "source": band.source,
            }
            for band in standard.geometry
        ],
        "limits": {limit.check: _limit_row(limit) for limit in standard.own},
        "exceptions": {
            e.name: {"source": e.source, "limits": {limit.check: _limit_row(limit) for limit in e.limits}}
            for e in standard.exceptions
        },
        "alternatives": [{"what": a.what, "source": a.source, "reason": a.reason} for a in standard.alternatives],
    }
    return tomli_w.dumps(document, multiline_strings=False).encode()

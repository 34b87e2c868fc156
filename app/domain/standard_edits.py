"""Changes to a photo standard as an administrator makes them: one number at a time, never under the former source."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from app.domain.errors import BadInput
from app.domain.judgement import Limit
from app.domain.photo_standard import GeometryBand, HeadMeasure, PhotoStandard, StandardException

NUMBER_FIELDS = ("low", "high", "warn_low", "warn_high")
_LARGEST = 1e9
_LONGEST = 400
_ID_MAX = 60
# An id is a file name on every system.
_ID = re.compile(rf"(?=.{{1,{_ID_MAX}}}$)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_LOCAL = re.compile(r"(?P<stem>.*)-local(?:\.(?P<count>\d{1,6}))?")


def number_of(text: str) -> float | None:
    """A typed number; "" and a dash leave the side open. Raises BadInput STD-110 for anything else."""
    typed = text.strip().replace("−", "-")
    if typed in {"", "-", "—"}:
        return None
    try:
        number = float(typed)
    except ValueError as error:
        raise BadInput("STD-110", text=text.strip()[:40]) from error
    if not -_LARGEST <= number <= _LARGEST:
        raise BadInput("STD-110", text=text.strip()[:40])
    return number


def source_of(text: str) -> str:
    """A typed source or reason. Raises BadInput STD-112 for an empty, endless or unprintable one."""
    source = text.strip()
    if not source or len(source) > _LONGEST or not source.isprintable():
        raise BadInput("STD-112", limit=_LONGEST)
    return source


def changed_limit(limit: Limit, field: str, value: str | bool) -> Limit:
    """One field of a limit as typed: low, high, warn_low, warn_high, source, or blocking.

    Raises BadInput STD-110 no number, STD-111 low above high, STD-112 no usable source.
    """
    if field == "blocking":
        return replace(limit, blocking=bool(value))
    if field == "source":
        return replace(limit, source=source_of(str(value)))
    sides: dict[str, float | None] = {name: getattr(limit, name) for name in NUMBER_FIELDS}
    sides[field] = number_of(str(value))
    low, high, warn_low, warn_high = (sides[name] for name in NUMBER_FIELDS)
    changed = replace(limit, low=low, high=high, warn_low=warn_low, warn_high=warn_high)
    _ordered(changed.low, changed.high)
    _ordered(changed.warn_low, changed.warn_high)
    return changed


def _ordered(low: float | None, high: float | None) -> None:
    if low is not None and high is not None and low > high:
        raise BadInput("STD-111", low=low, high=high)


def with_limit(standard: PhotoStandard, limit: Limit) -> PhotoStandard:
    """The standard setting this limit itself; the order of the others stays."""
    return replace(standard, own=_put(standard.own, limit))


def without_limit(standard: PhotoStandard, check: str) -> PhotoStandard:
    """The standard no longer setting this limit: the register's default holds again."""
    return replace(standard, own=tuple(limit for limit in standard.own if limit.check != check))


def _put(limits: tuple[Limit, ...], limit: Limit) -> tuple[Limit, ...]:
    if all(other.check != limit.check for other in limits):
        return (*limits, limit)
    return tuple(limit if other.check == limit.check else other for other in limits)


def with_band(standard: PhotoStandard, measure: HeadMeasure, limit: Limit) -> PhotoStandard:
    """The head measure between these limits; open on both sides = not laid down. A new one is broken first."""
    others = tuple(band for band in standard.geometry if band.measure is not measure)
    if limit.low is None and limit.high is None:
        return replace(standard, geometry=others)
    former = next((band for band in standard.geometry if band.measure is measure), None)
    if former is None:
        last = max((band.priority for band in others), default=0) + 1
        return replace(standard, geometry=(*others, GeometryBand(measure, limit.low, limit.high, last, limit.source)))
    band = replace(former, low=limit.low, high=limit.high, source=limit.source)
    return replace(standard, geometry=tuple(band if b.measure is measure else b for b in standard.geometry))


def with_exception_limit(standard: PhotoStandard, name: str, limit: Limit) -> PhotoStandard:
    """Another limit for such an applicant; an exception the standard did not know is made, under the same source."""
    if all(e.name != name for e in standard.exceptions):
        return replace(standard, exceptions=(*standard.exceptions, StandardException(name, (limit,), limit.source)))
    return replace(
        standard,
        exceptions=tuple(replace(e, limits=_put(e.limits, limit)) if e.name == name else e for e in standard.exceptions),
    )


def without_exception_limit(standard: PhotoStandard, name: str, check: str) -> PhotoStandard:
    """Such an applicant is judged like everybody in this respect; an exception without limits goes."""
    left = tuple(
        replace(e, limits=tuple(limit for limit in e.limits if limit.check != check)) if e.name == name else e
        for e in standard.exceptions
    )
    return replace(standard, exceptions=tuple(e for e in left if e.limits or e.name != name))


def unsourced(before: PhotoStandard, after: PhotoStandard) -> tuple[str, ...]:
    """Places whose demand changed while their source did not: ``geometry.…``, ``limits.…``, ``exceptions.NAME.…``,
    and ``sources`` when file format, background or processing changed and the list of sources did not."""
    places = []
    if not set(after.sources) - set(before.sources) and _format(before) != _format(after):
        places.append("sources")
    bands = {band.measure: band for band in before.geometry}
    for band in after.geometry:
        former = bands.get(band.measure)
        stale = "" if former is None else former.source
        moved = former is None or (former.low, former.high) != (band.low, band.high)
        if moved and band.source in {"", stale}:
            places.append(f"geometry.{band.measure.value}")
    defaults = {limit.check: limit.source for limit in (*before.screening, *before.limits)}
    places += [f"limits.{check}" for check in _unsourced_limits(before.own, after.own, defaults)]
    known = {e.name: e.limits for e in before.exceptions}
    for exception in after.exceptions:
        changed = _unsourced_limits(known.get(exception.name, ()), exception.limits, defaults)
        places += [f"exceptions.{exception.name}.{check}" for check in changed]
    return tuple(places)


def _format(standard: PhotoStandard) -> tuple[object, ...]:
    return standard.output, standard.background, standard.processing


def _unsourced_limits(before: tuple[Limit, ...], after: tuple[Limit, ...], defaults: dict[str, str]) -> list[str]:
    known = {limit.check: limit for limit in before}
    places = []
    for limit in after:
        former = known.get(limit.check)
        stale = defaults.get(limit.check, "") if former is None else former.source
        if former != limit and limit.source in {"", stale}:
            places.append(limit.check)
    return places


def next_version(version: str) -> str:
    """The version of a local change: 2026.2 → 2026.2-local.1 → 2026.2-local.2; never one a source could publish."""
    match = _LOCAL.fullmatch(version)
    if match is None:
        return f"{version}-local.1"
    return f"{match['stem']}-local.{int(match['count'] or 0) + 1}"


def wrong_facts(standard: PhotoStandard) -> dict[str, BadInput]:
    """What is wrong with the basic information, by field: STD-115 a date, STD-116 an empty or endless text, STD-111 a
    file size window upside down, STD-117 no usable id, STD-119 an alternative that is not complete."""
    wrong: dict[str, BadInput] = {}
    for field in ("name_zh", "name_en", "client"):
        text = getattr(standard, field).strip()
        if not text or len(text) > _LONGEST or not text.isprintable():
            wrong[field] = BadInput("STD-116", limit=_LONGEST)
    if not standard.sources:
        wrong["sources"] = BadInput("STD-116", limit=_LONGEST)
    if not _is_day(standard.effective):
        wrong["effective"] = BadInput("STD-115", day=standard.effective[:20])
    if standard.expires and (not _is_day(standard.expires) or standard.expires < standard.effective):
        wrong["expires"] = BadInput("STD-115", day=standard.expires[:20])
    if standard.output.bytes_min >= standard.output.bytes_max:
        wrong["bytes"] = BadInput("STD-111", low=standard.output.bytes_min, high=standard.output.bytes_max)
    if any(not part.strip() for a in standard.alternatives for part in (a.what, a.source, a.reason)):
        wrong["alternatives"] = BadInput("STD-119")
    if not _ID.fullmatch(standard.id):
        wrong["id"] = BadInput("STD-117", id=standard.id[:_ID_MAX])
    return wrong


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False

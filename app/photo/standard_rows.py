"""A standard as rows for people: every attribute of the register with the limit that counts, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.config.register import register
from app.domain.judgement import Limit
from app.domain.photo_standard import HeadMeasure, PhotoStandard
from app.domain.standard_edits import (
    with_band,
    with_exception_limit,
    with_limit,
    without_exception_limit,
    without_limit,
)

_GEOMETRY = "geometry."


class RowOrigin(Enum):
    """``OWN``: the file sets it. ``FORMAT``: it follows from the file format. ``DEFAULT``: the register's."""

    OWN = "own"
    FORMAT = "format"
    DEFAULT = "default"


@dataclass(frozen=True)
class StandardRow:
    """One line of the table. ``module`` is the attribute's group (检测模块); ``band``: a distance on the issued photo."""

    limit: Limit
    unit: str
    module: str
    origin: RowOrigin
    band: bool = False

    @property
    def check(self) -> str:
        """The attribute's id."""
        return self.limit.check


def rows_of(standard: PhotoStandard) -> tuple[StandardRow, ...]:
    """Head measures first, then every other attribute in the order of the requirement's list."""
    return (*_bands(standard), *(_row(standard, check) for check in register() if not check.startswith(_GEOMETRY)))


def _bands(standard: PhotoStandard) -> tuple[StandardRow, ...]:
    rows = []
    laid_down = {band.measure: band for band in standard.geometry}
    for measure in HeadMeasure:
        band, check = laid_down.get(measure), f"{_GEOMETRY}{measure.value}"
        limit = Limit(check) if band is None else Limit(check, band.low, band.high, source=band.source)
        origin = RowOrigin.DEFAULT if band is None else RowOrigin.OWN
        rows.append(StandardRow(limit, "px", _module(check), origin, band=True))
    return tuple(rows)


def _row(standard: PhotoStandard, check: str) -> StandardRow:
    attribute = register()[check]
    own = next((limit for limit in standard.own if limit.check == check), None)
    if own is not None:
        return StandardRow(own, attribute.unit, attribute.group, RowOrigin.OWN)
    limit = standard.limit(check) or attribute.limit
    same = limit.source == attribute.limit.source
    return StandardRow(limit, attribute.unit, attribute.group, RowOrigin.DEFAULT if same else RowOrigin.FORMAT)


def _module(check: str) -> str:
    return register()[check].group if check in register() else "geometry"


def exception_rows(standard: PhotoStandard, name: str) -> tuple[StandardRow, ...]:
    """What is judged otherwise for such an applicant, in the file's order."""
    exception = next((e for e in standard.exceptions if e.name == name), None)
    limits = () if exception is None else exception.limits
    return tuple(
        StandardRow(limit, register()[limit.check].unit, register()[limit.check].group, RowOrigin.OWN) for limit in limits
    )


def with_row(standard: PhotoStandard, limit: Limit, exception: str = "") -> PhotoStandard:
    """The standard with this row changed: for everybody, or for one kind of applicant."""
    if exception:
        return with_exception_limit(standard, exception, limit)
    if limit.check.startswith(_GEOMETRY):
        return with_band(standard, HeadMeasure(limit.check.removeprefix(_GEOMETRY)), limit)
    return with_limit(standard, limit)


def without_row(standard: PhotoStandard, check: str, exception: str = "") -> PhotoStandard:
    """The standard no longer saying anything here itself."""
    if exception:
        return without_exception_limit(standard, exception, check)
    if check.startswith(_GEOMETRY):
        return with_band(standard, HeadMeasure(check.removeprefix(_GEOMETRY)), Limit(check))
    return without_limit(standard, check)

"""The models, loaded once per test process."""

from __future__ import annotations

from functools import cache

from app.bootstrap.picture import PictureParts, picture_parts
from app.domain.judgement import QualityReport, Verdict


@cache
def eyes() -> PictureParts:
    """Examiner, composer, standards."""
    return picture_parts()


def verdict_of(report: QualityReport, check: str) -> Verdict:
    """One check's verdict."""
    return next(c.verdict for c in report.checks if c.measurement.id == check)


def value_of(report: QualityReport, check: str) -> float:
    """One check's number."""
    value = next(c.measurement.value for c in report.checks if c.measurement.id == check)
    assert value is not None
    return value

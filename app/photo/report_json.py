"""A quality report as one JSON shape that does not change between versions."""

from __future__ import annotations

from typing import Any

from app.config.texts import advice, check_name, check_unit, requirement_number
from app.domain.judgement import CheckResult, QualityReport


def _check(result: CheckResult, language: str) -> dict[str, Any]:
    measured, limit = result.measurement, result.limit
    region = measured.region
    return {
        "id": measured.id,
        "number": requirement_number(measured.id),
        "name": check_name(measured.id, language),
        "value": None if measured.value is None else round(measured.value, 4),
        "unit": check_unit(measured.unit, language),
        "limits": {"low": limit.low, "high": limit.high, "warn_low": limit.warn_low, "warn_high": limit.warn_high},
        "verdict": result.verdict.value,
        "region": None if region is None else [round(v, 1) for v in (region.x, region.y, region.width, region.height)],
        "advice": advice(result.advice, language),
        "method": measured.method,
        "ms": round(measured.ms, 2),
    }


def report_to_json(report: QualityReport, file: str, language: str) -> dict[str, Any]:
    """``{"standard", "passed", "images": [{"file", "passed", "verdict", "checks": […], "ms"}]}``."""
    image = {
        "file": file,
        "passed": report.passed,
        "verdict": report.verdict.value,
        "checks": [_check(result, language) for result in report.worst_first()],
        "ms": round(report.ms, 1),
    }
    return {"standard": report.standard_id, "passed": report.passed, "images": [image]}

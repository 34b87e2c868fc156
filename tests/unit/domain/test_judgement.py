"""A number is held against its limit; what could not be measured never passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.judgement import CheckResult, Limit, Measurement, QualityReport, Verdict, judge


def _judged(value: float | None, limit: Limit) -> CheckResult:
    return judge(Measurement("yaw", value, "deg", "test/1"), limit)


@pytest.mark.parametrize(
    ("value", "verdict", "advice"),
    [
        (-5.1, Verdict.FAIL, "yaw.low"),
        (-5.0, Verdict.WARN, "yaw.low"),
        (-3.0, Verdict.PASS, ""),
        (3.0, Verdict.PASS, ""),
        (3.1, Verdict.WARN, "yaw.high"),
        (5.1, Verdict.FAIL, "yaw.high"),
        (None, Verdict.UNKNOWN, "yaw.unknown"),
    ],
)
def test_the_verdict_on_both_sides_of_each_limit(value: float | None, verdict: Verdict, advice: str) -> None:
    result = _judged(value, Limit("yaw", low=-5, high=5, warn_low=-3, warn_high=3))
    assert (result.verdict, result.advice) == (verdict, advice)


def test_a_limit_that_does_not_block_only_warns() -> None:
    assert _judged(9, Limit("yaw", high=5, blocking=False)).verdict is Verdict.WARN


def _report(*results: CheckResult) -> QualityReport:
    return QualityReport("id-card", "1", results)


def test_the_report_is_as_bad_as_its_worst_check_and_shows_it_first() -> None:
    limit = Limit("yaw", low=-5, high=5, warn_high=3)
    good, warned, failed = _judged(0, limit), _judged(4, limit), _judged(6, limit)
    assert _report(good, warned).passed
    assert not _report(good, failed).passed
    assert _report(good, warned, failed).worst_first() == (failed, warned, good)


def test_what_must_be_known_and_is_not_does_not_pass() -> None:
    assert not _report(_judged(None, Limit("yaw", low=-5, high=5))).passed
    assert _report(_judged(None, Limit("yaw", low=-5, high=5, blocking=False))).passed


def test_a_fault_fails_whatever_the_checks_say() -> None:
    assert not QualityReport("id-card", "1", (_judged(0, Limit("yaw")),), faults=("IMG-101",)).passed


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_inside_the_closed_interval_passes_and_outside_fails(value: float, a: float, b: float) -> None:
    low, high = min(a, b), max(a, b)
    verdict = _judged(value, Limit("yaw", low=low, high=high)).verdict
    assert (verdict is Verdict.PASS) == (low <= value <= high)

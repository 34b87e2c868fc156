"""Who looks at a photo next, and what it is worth meanwhile, follows from the strategy alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.inspecting import KIND_OF, next_station, standing_of
from app.domain.judgement import Verdict
from app.domain.records import Standing
from app.domain.strategy import InspectionStation, Strategy
from app.domain.trail import StationPass

A, B, M = InspectionStation.ALGORITHM, InspectionStation.BACKEND, InspectionStation.MANUAL
STRICT = Strategy("strict", "严格", "", "户政", "camera", "household", ("id-card",), (A, B, M), "{date}{seq}")
BEFORE = replace(STRICT, issue_before_answer=True)
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def said(station: InspectionStation, verdict: Verdict) -> StationPass:
    return StationPass(KIND_OF[station], NOW, 1.0, verdict, "")


PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("stations", "passes", "following"),
    [
        ((A,), (), None),
        ((A, B, M), (), B),
        ((A, M, B), (), M),
        ((M,), (), M),
        ((A, B, M), (said(B, PASS),), M),
        ((A, B, M), (said(B, UNKNOWN),), M),
        ((A, B, M), (said(B, FAIL),), None),
        ((A, M, B), (said(M, FAIL),), None),
        ((A, M, B), (said(M, PASS),), B),
        ((A, B, M), (said(B, PASS), said(M, PASS)), None),
    ],
)
def test_the_photo_goes_in_the_strategy_s_order_and_stops_at_the_first_no(
    stations: tuple[InspectionStation, ...], passes: tuple[StationPass, ...], following: InspectionStation | None
) -> None:
    assert next_station(replace(STRICT, stations=stations), passes) is following


def test_without_a_strategy_the_machine_alone_judges() -> None:
    assert next_station(None, ()) is None
    assert standing_of(None, ()) is Standing.FINAL


@pytest.mark.parametrize(
    ("strategy", "passes", "standing"),
    [
        (STRICT, (), Standing.PENDING),
        (STRICT, (said(B, UNKNOWN), said(M, PASS)), Standing.PENDING),
        (STRICT, (said(B, PASS), said(M, PASS)), Standing.FINAL),
        (BEFORE, (said(B, UNKNOWN), said(M, PASS)), Standing.FINAL),
        (replace(STRICT, stations=(A, M)), (said(M, PASS),), Standing.FINAL),
    ],
)
def test_a_photo_is_final_when_the_library_has_passed_it_unless_the_strategy_says_before(
    strategy: Strategy, passes: tuple[StationPass, ...], standing: Standing
) -> None:
    assert standing_of(strategy, passes) is standing


@given(st.permutations((A, B, M)), st.integers(1, 3))
def test_every_station_is_asked_exactly_once(order: list[InspectionStation], count: int) -> None:
    strategy, passes = replace(STRICT, stations=tuple(order[:count])), list[StationPass]()
    asked = []
    while (station := next_station(strategy, passes)) is not None:
        asked.append(station)
        passes.append(said(station, PASS))
    assert asked == [s for s in order[:count] if s is not A]

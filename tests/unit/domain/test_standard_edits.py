"""A number is changed under its own source or not at all; what is typed wrongly says why."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.judgement import Limit
from app.domain.photo_standard import Alternative, HeadMeasure
from app.domain.standard_edits import (
    changed_limit,
    next_version,
    number_of,
    source_of,
    unsourced,
    with_band,
    with_exception_limit,
    with_limit,
    without_exception_limit,
    without_limit,
    wrong_facts,
)
from helpers.standards import narrower, shipped

YAW = Limit("yaw", -5.0, 5.0, source="局里的通知")


@pytest.mark.parametrize(
    ("text", "number"),
    [("12.5", 12.5), (" -3 ", -3.0), ("", None), ("—", None), ("−2", -2.0), ("1e3", 1000.0)],
)
def test_a_number_is_read_as_people_type_it(text: str, number: float | None) -> None:
    assert number_of(text) == number


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_refused_in_words(text: str) -> None:
    number = None
    with contextlib.suppress(BadInput):  # nothing else may come out
        number = number_of(text)
    assert number is None or abs(number) <= 1e9


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("low", "abc", "STD-110"),
        ("low", "nan", "STD-110"),
        ("low", "1，5", "STD-110"),
        ("high", "1e300", "STD-110"),
        ("low", "6", "STD-111"),
        ("source", "  ", "STD-112"),
        ("source", "x" * 401, "STD-112"),
        ("source", "a\nb", "STD-112"),
    ],
)
def test_a_wrong_cell_says_why(field: str, value: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        changed_limit(YAW, field, value)
    assert refused.value.code == code


def test_one_field_is_changed_and_no_other() -> None:
    assert changed_limit(YAW, "warn_high", "4") == replace(YAW, warn_high=4.0)
    assert changed_limit(YAW, "low", "") == replace(YAW, low=None)
    assert changed_limit(YAW, "blocking", False) == replace(YAW, blocking=False)
    assert changed_limit(YAW, "source", " GA 1 ") == replace(YAW, source="GA 1")
    with pytest.raises(BadInput):
        changed_limit(replace(YAW, warn_low=1.0), "warn_high", "0.5")


def test_a_change_under_its_former_source_is_named() -> None:
    before = shipped()
    assert unsourced(before, before) == ()
    assert unsourced(before, narrower(before, "GA 461-2004: 脸宽 207±14 px (15±1 mm), ear root to ear root")) == (
        "geometry.face_width",
    )
    assert unsourced(before, narrower(before)) == ()
    default = next(limit for limit in before.limits if limit.check == "yaw")
    assert unsourced(before, with_limit(before, replace(default, high=3.0))) == ("limits.yaw",)
    assert unsourced(before, with_limit(before, YAW)) == ()
    child = next(limit for e in before.exceptions if e.name == "child" for limit in e.limits if limit.check == "yaw")
    changed = with_exception_limit(before, "child", replace(child, high=99.0))
    assert unsourced(before, changed) == ("exceptions.child.yaw",)
    assert unsourced(before, with_exception_limit(before, "child", replace(child, source="新通知"))) == ()


def test_another_file_format_needs_another_source() -> None:
    before = shipped()
    larger = replace(before, output=replace(before.output, bytes_max=30720))
    assert unsourced(before, larger) == ("sources",)
    assert unsourced(before, replace(larger, sources=before.sources[:1])) == ("sources",), "one fewer is no new one"
    assert unsourced(before, replace(larger, sources=(*before.sources, "居住证 rules"))) == ()


def test_a_head_measure_is_laid_down_and_given_up() -> None:
    before = shipped()
    more = with_band(before, HeadMeasure.EYE_DISTANCE, Limit("geometry.eye_distance", 80.0, None, source="x"))
    assert [(b.measure, b.priority) for b in more.geometry][-1] == (HeadMeasure.EYE_DISTANCE, 5)
    assert with_band(more, HeadMeasure.EYE_DISTANCE, Limit("geometry.eye_distance")) == before
    again = with_band(more, HeadMeasure.FACE_WIDTH, Limit("geometry.face_width", 1.0, 2.0, source="y"))
    assert [b.measure for b in again.geometry] == [b.measure for b in more.geometry]


def test_what_was_set_can_be_taken_back() -> None:
    before = shipped()
    assert without_limit(with_limit(before, YAW), "yaw") == before
    new = with_exception_limit(replace(before, exceptions=()), "child", YAW)
    assert [(e.name, e.limits) for e in new.exceptions] == [("child", (YAW,))]
    assert without_exception_limit(new, "child", "yaw").exceptions == ()


@pytest.mark.parametrize(
    ("former", "following"),
    [
        ("2026.2", "2026.2-local.1"),
        ("2026.2-local.1", "2026.2-local.2"),
        ("2026.2-local", "2026.2-local.1"),
        ("2026.2-local.9", "2026.2-local.10"),
    ],
)
def test_a_local_version_is_never_one_a_source_could_publish(former: str, following: str) -> None:
    assert next_version(former) == following


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"name_zh": " "}, "name_zh", "STD-116"),
        ({"client": ""}, "client", "STD-116"),
        ({"sources": ()}, "sources", "STD-116"),
        ({"effective": "2026-02-30"}, "effective", "STD-115"),
        ({"effective": "20260101"}, "effective", "STD-115"),
        ({"expires": "2025-12-31"}, "expires", "STD-115"),
        ({"id": "身份证"}, "id", "STD-117"),
        ({"id": "../../etc"}, "id", "STD-117"),
        ({"id": "a" * 61}, "id", "STD-117"),
        ({"alternatives": (Alternative("x", "", "y"),)}, "alternatives", "STD-119"),
    ],
)
def test_a_wrong_fact_says_which_field(change: dict[str, object], field: str, code: str) -> None:
    assert wrong_facts(shipped()) == {}
    wrong = wrong_facts(replace(shipped(), **change))  # type: ignore[arg-type]  # the fields of the parameters above
    assert {name: fault.code for name, fault in wrong.items()} == {field: code}


def test_a_file_window_upside_down_is_refused() -> None:
    out = replace(shipped().output, bytes_min=30000)
    assert wrong_facts(replace(shipped(), output=out))["bytes"].code == "STD-111"


def test_a_source_is_kept_without_the_blanks_around_it() -> None:
    assert source_of("  GA 461 ") == "GA 461"

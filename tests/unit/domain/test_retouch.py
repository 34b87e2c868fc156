"""A retouch is recorded stroke by stroke: it is taken back step by step and read again exactly as it was written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.retouch import Adjustments, BrushStroke, Retouch, RetouchHistory, StrokeKind

SHARE = st.floats(0, 1)
SIGNED = st.floats(-1, 1)
ADJUSTMENTS = st.builds(Adjustments, SIGNED, SIGNED, SHARE, SIGNED, SIGNED)
STROKES = st.builds(
    BrushStroke,
    st.sampled_from(StrokeKind),
    st.lists(st.tuples(SHARE, SHARE), min_size=1, max_size=5).map(tuple),
    st.floats(0, 0.5, exclude_min=True),
)
RETOUCHES = st.builds(Retouch, ADJUSTMENTS, st.lists(STROKES, max_size=4).map(tuple))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def _dab(number: int = 0) -> BrushStroke:
    return BrushStroke(StrokeKind.ERASE, ((number / 100, 0.5),), 0.02)


def _plain() -> dict[str, Any]:
    """A good one, to be spoilt."""
    retouch = Retouch(Adjustments(brightness=0.5), (_dab(),))
    plain: dict[str, Any] = json.loads(json.dumps(retouch.plain()))
    return plain


# -- values --------------------------------------------------------------------------------------------


def test_nothing_done_is_empty_and_anything_done_is_not() -> None:
    assert Retouch().is_empty
    assert not Retouch(Adjustments(warmth=-0.1)).is_empty
    assert not Retouch().with_stroke(_dab()).is_empty


def test_a_stroke_goes_on_top_of_those_before() -> None:
    assert Retouch().with_stroke(_dab(1)).with_stroke(_dab(2)).strokes == (_dab(1), _dab(2))


@pytest.mark.parametrize("name", ["brightness", "contrast", "sharpness", "saturation", "warmth"])
@pytest.mark.parametrize("value", [1.01, -1.01, float("nan"), float("inf"), True])
def test_an_adjustment_beyond_its_range_cannot_be_made(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=name):
        Adjustments(**{name: value})


def test_sharpness_is_never_negative() -> None:
    with pytest.raises(ValueError, match="sharpness"):
        Adjustments(sharpness=-0.1)


@pytest.mark.parametrize(
    ("points", "radius"),
    [((), 0.1), (((1.1, 0.5),), 0.1), (((0.5, -0.1),), 0.1), (((0.5, 0.5),), 0.0), (((0.5, 0.5),), 0.6)],
)
def test_a_stroke_off_the_picture_or_without_width_cannot_be_made(points: tuple[Any, ...], radius: float) -> None:
    with pytest.raises(ValueError, match=r"points|x|y|radius"):
        BrushStroke(StrokeKind.ERASE, points, radius)


# -- written and read ----------------------------------------------------------------------------------


@given(RETOUCHES)
def test_what_is_written_as_json_is_read_back_the_same(retouch: Retouch) -> None:
    assert Retouch.from_plain(json.loads(json.dumps(retouch.plain()))) == retouch


@given(JSON)
def test_anything_else_is_refused_and_nothing_but_value_error_comes_out(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        Retouch.from_plain(value)


@given(st.sampled_from(["adjustments", "strokes"]), JSON.filter(lambda v: v != []))
def test_a_spoilt_part_is_refused(part: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        Retouch.from_plain({**_plain(), part: value})


@given(st.sampled_from(["kind", "points", "radius"]), JSON.filter(lambda v: not isinstance(v, int | float)))
def test_a_spoilt_stroke_is_refused(part: str, value: object) -> None:
    plain = _plain()
    plain["strokes"][0][part] = value
    with pytest.raises(ValueError, match=r"."):
        Retouch.from_plain(plain)


def test_an_unknown_word_or_a_missing_one_is_refused() -> None:
    with pytest.raises(ValueError, match="keys"):
        Retouch.from_plain({**_plain(), "filter": "beauty"})
    spoilt = _plain()
    del spoilt["adjustments"]["warmth"]
    with pytest.raises(ValueError, match="keys"):
        Retouch.from_plain(spoilt)


@pytest.mark.parametrize("value", [True, "0.5", None, 1.5, 10**400])
def test_a_number_is_a_number_within_its_range(value: object) -> None:
    plain = _plain()
    plain["adjustments"]["brightness"] = value
    with pytest.raises(ValueError, match="brightness"):
        Retouch.from_plain(plain)


def test_a_point_has_two_numbers() -> None:
    plain = _plain()
    plain["strokes"][0]["points"] = [[0.1, 0.2, 0.3]]
    with pytest.raises(ValueError, match="point"):
        Retouch.from_plain(plain)


# -- undo and redo -------------------------------------------------------------------------------------


def test_every_stroke_is_a_step_of_its_own() -> None:
    history = RetouchHistory().with_stroke(_dab(1)).with_stroke(_dab(2))
    assert history.undo().current.strokes == (_dab(1),)
    assert history.undo().undo().current.is_empty
    assert history.undo().redo() == history


def test_a_new_step_after_undo_forgets_what_was_taken_back() -> None:
    history = RetouchHistory().with_stroke(_dab(1)).undo().with_stroke(_dab(3))
    assert not history.can_redo
    assert history.redo() is history


def test_tone_and_strokes_do_not_disturb_each_other() -> None:
    tone = Adjustments(contrast=0.2)
    history = RetouchHistory().with_stroke(_dab()).with_adjustments(tone)
    assert history.current == Retouch(tone, (_dab(),))
    assert history.undo().current == Retouch(Adjustments(), (_dab(),))


def test_the_same_twice_is_one_step() -> None:
    history = RetouchHistory()
    assert history.with_adjustments(Adjustments()) is history


@given(st.lists(st.sampled_from(["stroke", "undo", "redo"]), max_size=40))
def test_any_row_of_actions_matches_a_plain_list_with_a_cursor(actions: list[str]) -> None:
    history, steps, cursor = RetouchHistory(), [Retouch()], 0
    for number, action in enumerate(actions, start=1):
        if action == "stroke":
            history = history.with_stroke(_dab(number))
            steps = [*steps[: cursor + 1], steps[cursor].with_stroke(_dab(number))]
            cursor += 1
        elif action == "undo":
            history, cursor = history.undo(), max(0, cursor - 1)
        else:
            history, cursor = history.redo(), min(len(steps) - 1, cursor + 1)
        assert history.current == steps[cursor]
        assert history.can_undo == (cursor > 0)
        assert history.can_redo == (cursor < len(steps) - 1)

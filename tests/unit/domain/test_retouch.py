"""What was retouched is recorded stroke by stroke, and only what we wrote is read back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.retouch import Adjustments, BrushStroke, Retouch, StrokeKind

_SHARE = st.floats(0, 1, allow_nan=False)
_SLIDER = st.floats(-1, 1, allow_nan=False)
_STROKES = st.builds(
    BrushStroke,
    st.sampled_from(StrokeKind),
    st.lists(st.tuples(_SHARE, _SHARE), min_size=1, max_size=5).map(tuple),
    st.floats(0.001, 0.5),
)
RETOUCHES = st.builds(
    Retouch,
    st.builds(Adjustments, _SLIDER, _SLIDER, _SHARE, _SLIDER, _SLIDER),
    st.lists(_STROKES, max_size=4).map(tuple),
)


@given(RETOUCHES)
def test_written_and_read_back_the_same(retouch: Retouch) -> None:
    assert Retouch.from_plain(retouch.plain()) == retouch


def test_nothing_done_is_written_as_nothing() -> None:
    assert Retouch().plain() == {}
    assert Retouch().empty


@pytest.mark.parametrize(
    "change",
    [
        {"strokes": "x"},
        {"adjustments": {"brightness": 1}},
        {"strokes": [{"kind": "erase", "points": [], "radius": 0.1}]},
        {"strokes": [{"kind": "shrink", "points": [[0, 0]], "radius": 0.1}]},
        {"strokes": [{"kind": "erase", "points": [[0, "1"]], "radius": 0.1}]},
        {"strokes": [{"kind": "erase", "points": [[0, 0]], "radius": 9}]},
        {"strokes": [{"kind": "erase", "points": [[0, 0]], "radius": True}]},
        {"more": 1},
    ],
)
def test_anything_else_is_refused(change: dict[str, Any]) -> None:
    stroke = BrushStroke(StrokeKind.ERASE, ((0.1, 0.1),), 0.1)
    with pytest.raises(ValueError, match=r"retouch|StrokeKind"):
        Retouch.from_plain({**Retouch().with_stroke(stroke).plain(), **change})

"""Ink is where the pen went, as wide as it pressed, and the same in PNG and SVG."""

from __future__ import annotations

import io
import re

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.domain.errors import BadInput
from app.domain.signature import PenPoint, Signature
from app.imaging.ink import Polygon, ink_mask, ink_png, ink_svg, outline
from helpers.signatures import flourish

WIDTHS = (0.25, 0.85)


def line(pressure: float) -> Signature:
    return Signature(60, 30, (tuple(PenPoint(10 + x, 15, 10 * x, pressure) for x in range(41)),))


def test_a_png_knows_its_size_and_has_ink_on_nothing() -> None:
    image = Image.open(io.BytesIO(ink_png(flourish(), WIDTHS, 300)))
    assert image.mode == "LA"
    assert image.size == (round(120 / 25.4 * 300), round(60 / 25.4 * 300))
    assert image.info["dpi"][0] == pytest.approx(300, abs=0.1)
    alpha = np.asarray(image)[:, :, 1]
    assert alpha[0].max() == 0
    assert alpha.max() == 255


@pytest.mark.parametrize("pressure", [0.0, 0.5, 1.0])
def test_the_line_is_as_wide_as_the_pen_pressed(pressure: float) -> None:
    mask = ink_mask(line(pressure), WIDTHS, 600)
    column = mask[:, round(30 / 25.4 * 600)].astype(float) / 255
    assert column.sum() / 600 * 25.4 == pytest.approx(0.25 + 0.6 * pressure, abs=0.03)


def test_svg_and_png_show_the_same_ink() -> None:
    path = re.search(r' d="([^"]+)"', ink_svg(flourish(), WIDTHS))
    assert path is not None
    size = ink_mask(flourish(), WIDTHS, 300).shape
    drawn = np.zeros(size, np.uint8)
    for shape in re.findall(r"M([^Z]+)Z", path.group(1)):
        points = np.array([[float(n) for n in pair.split()] for pair in shape.split("L")])
        cv2.fillConvexPoly(drawn, np.round(points * 300 / 25.4 * 64).astype(np.int32), 255, cv2.LINE_AA, 6)
    difference = np.abs(drawn.astype(int) - ink_mask(flourish(), WIDTHS, 300).astype(int))
    # Edges are smoothed in two ways: single pixels of the rim may differ, the ink as a whole may not.
    assert difference.mean() < 1.0


def test_every_shape_turns_the_same_way_so_that_nothing_cancels() -> None:
    assert min(_area(shape) for shape in outline(flourish(), WIDTHS)) > 0


def _area(shape: Polygon) -> float:
    x, y = shape[:, 0], shape[:, 1]
    return float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2)


def test_a_single_touch_is_a_dot_of_ink() -> None:
    mask = ink_mask(Signature(10, 10, ((PenPoint(5, 5, 0, 1.0),),)), WIDTHS, 600)
    assert mask.max() == 255


def test_a_picture_too_large_to_keep_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        ink_mask(flourish(), WIDTHS, 100_000)
    assert refused.value.code == "SIG-105"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(-50, 80), st.floats(-50, 80), st.floats(0, 1)).map(lambda p: PenPoint(p[0], p[1], 0, p[2])),
        min_size=1,
        max_size=8,
    )
)
def test_any_stroke_is_drawn_even_beyond_the_edge_and_on_the_spot(points: list[PenPoint]) -> None:
    signature = Signature(30, 30, (tuple(points), (points[0], points[0])))
    assert ink_mask(signature, WIDTHS, 72).shape == (85, 85)
    assert "nan" not in ink_svg(signature, WIDTHS)

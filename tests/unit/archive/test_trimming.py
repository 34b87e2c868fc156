"""A trimmed page keeps every bit of ink: what was drawn lies inside what is handed out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.archive.export import laid
from app.archive.page_facts import measured
from app.domain.archive_batch import WHOLE, PageRole, Standing
from helpers.archive_documents import drawn
from helpers.documents import Soiling, page, soiled

STANDING = Standing(PageRole.PAGE, "V", "XL1", "", 1.0)
DPI = 100


@pytest.mark.parametrize("type_id", ["identity-copy", "vehicle-licence", "origin", "registration-form", "form-notes"])
def test_no_ink_is_cut_off_on_paper_as_it_is(type_id: str) -> None:
    clean = drawn("vehicle", type_id, 70_021, DPI)
    content = measured(soiled(clean, Soiling(noise=4.0, shadow=0.2), DPI, 5), DPI).content
    rows, columns = np.nonzero(clean.min(axis=2) < 200)
    height, width = clean.shape[:2]
    left, top, right, bottom = content
    assert left * width <= columns.min()
    assert columns.max() <= right * width
    assert top * height <= rows.min()
    assert rows.max() <= bottom * height


def test_a_card_on_a_large_glass_is_trimmed_to_the_card() -> None:
    left, top, right, bottom = measured(drawn("vehicle", "vehicle-licence", 70_021, DPI), DPI).content
    assert (right - left) * (bottom - top) < 0.5


def test_an_empty_sheet_stays_whole() -> None:
    assert measured(page("blank", DPI), DPI).content == WHOLE


@settings(max_examples=60, deadline=None)
@given(
    st.tuples(*[st.floats(0, 1)] * 4),
    st.sampled_from([0, 90, 180, 270]),
    st.integers(1, 40),
    st.integers(1, 40),
)
def test_whatever_the_crop_something_is_left_and_never_more_than_the_page(
    box: tuple[float, float, float, float], turn: int, height: int, width: int
) -> None:
    left, top, right, bottom = min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])
    standing = replace(STANDING, crop=(left, top, right, bottom), turn=turn)
    out = laid(np.zeros((height, width, 3), np.uint8), standing)
    assert 0 < out.size <= 3 * height * width or (left == 1.0 or top == 1.0)

"""The issued file lies inside its byte window, never padded, with its DPI and nothing else in it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.edits import CropBox
from app.domain.errors import BadInput
from app.domain.photo_standard import OutputFormat
from app.imaging.decode import Pixels
from app.imaging.encode import EncodedPhoto, encode
from app.imaging.facts import read_facts
from app.imaging.geometry import cut
from helpers.pictures import portrait

HEAD = cut(portrait(), CropBox(450, 480, 330, 0), 358, 441)


def _noisy(amount: float) -> Pixels:
    noise = np.random.default_rng(3).normal(0, amount, HEAD.shape)
    return np.clip(HEAD + noise, 0, 255).astype(np.uint8)


def _outcome(pixels: Pixels, output: OutputFormat) -> EncodedPhoto | str:
    """The file, or the code of the reason there is none."""
    try:
        return encode(pixels, output)
    except BadInput as refused:
        return refused.code


@settings(max_examples=25, deadline=None)
@given(st.floats(0, 25), st.integers(9_000, 40_000), st.integers(2_000, 30_000), st.integers(40, 90))
def test_inside_the_window_or_a_reason(amount: float, low: int, room: int, quality: int) -> None:
    output = OutputFormat(358, 441, 350, low, low + room, quality)
    made = _outcome(_noisy(amount), output)
    if isinstance(made, str):
        assert made in {"CMP-101", "CMP-102"}
        return
    assert low <= len(made.data) <= low + room
    assert made.quality >= quality
    assert made.data[-2:] == b"\xff\xd9", "never padded"


def test_the_file_says_its_dpi_and_carries_no_metadata() -> None:
    facts = read_facts(encode(HEAD, OutputFormat(358, 441, 350, 5_000, 60_000, 70)).data)
    assert facts.dpi == (350.0, 350.0)
    assert not facts.has_exif
    assert (facts.width, facts.height, facts.bits_per_pixel) == (358, 441, 24)


def test_the_best_quality_that_fits_is_taken() -> None:
    wide = encode(HEAD, OutputFormat(358, 441, 350, 5_000, 60_000, 70))
    narrow = encode(HEAD, OutputFormat(358, 441, 350, 5_000, 20_000, 70))
    assert wide.quality > narrow.quality
    assert len(wide.data) > len(narrow.data)


@pytest.mark.parametrize(("low", "high", "code"), [(900_000, 999_999, "CMP-101"), (500, 900, "CMP-102")])
def test_a_window_that_cannot_be_met_is_explained(low: int, high: int, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        encode(HEAD, OutputFormat(358, 441, 350, low, high, 70))
    assert refused.value.code == code


def test_a_crop_is_where_it_was_put() -> None:
    grid = np.zeros((400, 300, 3), np.uint8)
    grid[100:200, 50:150] = 255
    out = cut(grid, CropBox(100, 150, 100, 0), 50, 50)
    assert out.mean() > 250
    assert cut(grid, CropBox(200, 150, 100, 0), 50, 50)[:, 5:].mean() < 5


def test_turning_by_the_tilt_levels_a_line() -> None:
    line = np.zeros((400, 400, 3), np.uint8)
    for x in range(60, 340):
        y = 200 + round((x - 200) * np.tan(np.radians(10)))
        line[y - 2 : y + 2, x] = 255
    level = cut(line, CropBox(200, 200, 200, 10.0), 200, 200)
    rows = np.flatnonzero(level.mean(axis=(1, 2)) > 60)
    assert 90 <= rows.min() <= rows.max() <= 110

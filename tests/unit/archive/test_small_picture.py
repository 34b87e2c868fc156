"""The one-kilobyte picture: never larger, as wide as fits, readable by anybody, with its envelope beside it."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.archive.page_facts import measured
from app.archive.small_picture import MOST_BYTES, SmallCodec, envelope_of, small_picture
from app.domain.errors import BadInput
from helpers.documents import Soiling, page, soiled

DPI = 150


@pytest.mark.parametrize("codec", list(SmallCodec))
@pytest.mark.parametrize("kind", ["form", "letter", "table", "stamp", "blank"])
def test_a_page_fits_into_a_kilobyte_and_the_next_size_would_not(kind: str, codec: SmallCodec) -> None:
    pixels = soiled(page(kind, DPI, 2), Soiling(noise=4), DPI)
    small = small_picture(pixels, codec)
    assert len(small.data) <= MOST_BYTES
    picture = Image.open(io.BytesIO(small.data))
    assert picture.size == (small.width, small.height)
    assert picture.format == codec.name
    assert small.height / small.width == pytest.approx(297 / 210, rel=0.03)
    assert small.width >= 70, "the layout is seen"


def test_webp_shows_more_than_jpeg() -> None:
    pixels = soiled(page("form", DPI, 2), Soiling(), DPI)
    assert small_picture(pixels, SmallCodec.WEBP).width > small_picture(pixels, SmallCodec.JPEG).width


def test_the_envelope_tells_a_stamp_from_plain_writing_and_names_nobody() -> None:
    stamp, letter = page("stamp", DPI, 2), page("letter", DPI, 2)
    told, plain = (envelope_of(p, measured(p, DPI), "A" * 99) for p in (stamp, letter))
    assert told.red_share > 5 * plain.red_share
    assert plain.ink_share > told.ink_share
    assert len(plain.code) == 64
    assert len(repr(plain)) < 400


@given(st.integers(1, 300), st.integers(1, 300), st.integers(0, 2**32 - 1))
@settings(max_examples=25, deadline=None)
def test_whatever_the_page_it_is_small_or_refused(width: int, height: int, seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    assert len(small_picture(noise, SmallCodec.JPEG).data) <= MOST_BYTES
    with pytest.raises(BadInput, match="ARC-110"):
        small_picture(noise, SmallCodec.JPEG, most=20)

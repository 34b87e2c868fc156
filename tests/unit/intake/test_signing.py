"""What is kept when an applicant signs: the pen's way, and bytes that tell whether the form is still the one signed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.signature import PenPoint, Signature
from app.intake.signing import form_bytes, handwriting, signature_paper
from devices.ports.signature_pad import PadDescription, PenSample
from helpers.signatures import flourish

NOW = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
PAD = PadDescription("pad", "evdev", 120.0, 75.0, 1023)
TEXTS = st.dictionaries(st.text(max_size=8), st.text(max_size=12), max_size=8)


@given(TEXTS)
def test_the_order_of_the_fields_and_blank_ones_do_not_matter(texts: dict[str, str]) -> None:
    turned = dict(reversed(texts.items()))
    assert form_bytes(turned | {"left blank": ""}) == form_bytes({k: v for k, v in texts.items() if k != "left blank"})


@given(TEXTS, st.text(min_size=1, max_size=12))
def test_every_change_of_a_field_gives_another_document(texts: dict[str, str], text: str) -> None:
    before = texts | {"field": ""}
    assert form_bytes(before) != form_bytes(before | {"field": text})
    assert form_bytes({"a": "b,c"}) != form_bytes({"a": "b", "c": ""})


def test_a_stroke_ends_where_the_pen_left_the_pad() -> None:
    samples = [PenSample(t / 2, 10.0, t, 0.5, t not in {4, 9}) for t in range(12)]
    strokes = handwriting(PAD, samples).strokes
    assert [len(stroke) for stroke in strokes] == [4, 4, 2]
    assert strokes[1][0].t_ms == 5


def test_a_pad_without_a_size_gives_no_signature() -> None:
    with pytest.raises(BadInput) as caught:
        handwriting(PadDescription("pad", "evdev", 0.0, 75.0, 0), [])
    assert caught.value.code == "SIG-101"


def test_so_much_writing_that_no_reader_would_open_the_picture_is_asked_again() -> None:
    assert signature_paper(flourish(), "RK-036", {}, NOW, (0.3, 0.9))
    endless = tuple(PenPoint(1000.0 + n % 7, 500.0, 1_000_000 + n, 0.501) for n in range(50_000))
    with pytest.raises(BadInput) as caught:
        signature_paper(Signature(2000, 1000, (endless,)), "RK-036", {}, NOW, (0.3, 0.9))
    assert caught.value.code == "SIG-106"

"""A signature is kept exactly, a dot is no signature, and what was signed cannot be changed unseen."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.config.signature_rules import signature_limits
from app.domain.errors import BadInput
from app.domain.signature import PenPoint, Plausibility, Signature, plausibility
from app.security.signed_document import SignedDocument
from helpers.signatures import flourish

NUMBERS = st.floats(0, 300, allow_nan=False)


@st.composite
def signatures(draw: st.DrawFn) -> Signature:
    t = 0
    strokes = []
    for _ in range(draw(st.integers(0, 4))):
        points = []
        for _ in range(draw(st.integers(1, 6))):
            t += draw(st.integers(0, 500))
            points.append(PenPoint(draw(NUMBERS), draw(NUMBERS), t, draw(st.floats(0, 1))))
        strokes.append(tuple(points))
    return Signature(draw(st.floats(10, 300)), draw(st.floats(10, 300)), tuple(strokes))


@settings(deadline=None)
@given(signatures())
def test_what_is_stored_comes_back_the_same_in_the_same_spelling(signature: Signature) -> None:
    again = Signature.from_json(signature.to_json())
    assert again == signature
    assert again.to_json() == signature.to_json()


@settings(max_examples=600, deadline=None)
@given(st.text(max_size=200) | st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=20).map(json.dumps))
def test_any_other_text_is_refused_with_a_code(text: str) -> None:
    for read in (Signature.from_json, SignedDocument.from_json):
        with pytest.raises(BadInput) as refused:
            read(text)
        assert refused.value.code == "SIG-101"


@settings(max_examples=500, deadline=None)
@given(st.data())
def test_a_damaged_file_is_a_signature_or_refused_with_a_code(data: st.DataObject) -> None:
    text = flourish().to_json()
    start = data.draw(st.integers(0, len(text) - 1))
    damaged = text[:start] + data.draw(st.text(max_size=5)) + text[start + data.draw(st.integers(0, 9)) :]
    code = ""
    try:
        Signature.from_json(damaged)
    except BadInput as refused:
        code = refused.code
    assert code in {"", "SIG-101", "SIG-102"}


def test_a_newer_program_s_signature_says_so() -> None:
    newer = json.dumps({**json.loads(flourish().to_json()), "version": 2})
    with pytest.raises(BadInput) as refused:
        Signature.from_json(newer)
    assert refused.value.code == "SIG-102"


@pytest.mark.parametrize(
    "points",
    [
        [(0, 0, 10, 0.5), (1, 1, 5, 0.5)],
        [(0, 0, -1, 0.5)],
        [(0, 0, 0, 1.5)],
        [(float("nan"), 0, 0, 0.5)],
        [(1e9, 0, 0, 0.5)],
        [],
    ],
)
def test_what_no_pen_does_is_no_signature(points: list[tuple[float, float, int, float]]) -> None:
    with pytest.raises(BadInput):
        Signature(100, 50, (tuple(PenPoint(*p) for p in points),))


def line(*points: tuple[float, float, int]) -> Signature:
    return Signature(100, 50, (tuple(PenPoint(x, y, t, 0.5) for x, y, t in points),))


def test_nothing_a_dot_and_a_flick_ask_again_and_a_name_does_not() -> None:
    limits = signature_limits()
    assert plausibility(Signature(100, 50, ()), limits) is Plausibility.EMPTY
    assert plausibility(line((10, 10, 0)), limits) is Plausibility.DOT
    scribble = line(*[(10 + i % 2, 10 + i % 3, 20 * i) for i in range(60)])
    assert plausibility(scribble, limits) is Plausibility.DOT, "much ink in one place is still a dot"
    assert plausibility(line((10, 10, 0), (20, 12, 400)), limits) is Plausibility.TOO_SHORT
    assert plausibility(line((10, 10, 0), (90, 12, 40)), limits) is Plausibility.TOO_SHORT, "a swipe is too quick"
    assert plausibility(flourish(), limits) is Plausibility.ENOUGH


PAPER = "受理单 0001".encode()


def signed() -> SignedDocument:
    return SignedDocument.sign("intake-receipt", PAPER, flourish(), "2026-11-24T09:00:00+08:00")


def test_a_signed_document_holds_for_the_paper_that_was_signed() -> None:
    again = SignedDocument.from_json(signed().to_json())
    assert again == signed()
    again.require_unchanged(PAPER)


@settings(deadline=None)
@given(st.integers(0, len(PAPER) - 1), st.integers(1, 255))
def test_any_changed_byte_of_the_paper_is_noticed(place: int, difference: int) -> None:
    other = PAPER[:place] + bytes((PAPER[place] ^ difference,)) + PAPER[place + 1 :]
    with pytest.raises(BadInput) as refused:
        signed().require_unchanged(other)
    assert refused.value.code == "SIG-103"


@settings(deadline=None)
@given(st.data())
def test_any_moved_point_is_noticed(data: st.DataObject) -> None:
    document = json.loads(signed().to_json())
    strokes = document["signature"]["strokes"]
    number = data.draw(st.integers(0, len(strokes) - 1))
    point = data.draw(st.integers(0, len(strokes[number]) - 1))
    strokes[number][point][data.draw(st.sampled_from([0, 1]))] += data.draw(st.sampled_from([-1, 1]))
    with pytest.raises(BadInput) as refused:
        SignedDocument.from_json(json.dumps(document)).require_unchanged(PAPER)
    assert refused.value.code == "SIG-104"


@pytest.mark.parametrize(
    "change", [{"title": "other"}, {"signed_at": "2026-11-25T09:00:00+08:00"}, {"document_digest": "0" * 64}]
)
def test_another_title_time_or_digest_is_noticed(change: dict[str, str]) -> None:
    with pytest.raises(BadInput) as refused:
        replace(signed(), **change).require_unchanged(PAPER)  # type: ignore[arg-type]  # mypy takes ** for every field
    assert refused.value.code == "SIG-104"


def test_a_signature_does_not_show_itself_in_a_log() -> None:
    assert repr(flourish()) == "Signature(2 strokes)"

"""The shift check: due when it is time, complete when signed, and its text always the same bytes."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.shift import CheckAnswer, CheckItem, check_document, is_due, require_answers

ITEMS = (CheckItem("power", "", "电源", "Power"), CheckItem("camera", "camera", "相机", "Camera"))
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=timezone(timedelta(hours=8)))
GOOD = (CheckAnswer("camera", True), CheckAnswer("power", True))


def test_it_is_due_when_none_was_signed_or_the_last_is_too_old() -> None:
    assert is_due(None, NOW, 10)
    assert is_due(NOW - timedelta(hours=10), NOW, 10)
    assert not is_due(NOW - timedelta(hours=9, minutes=59), NOW, 10)


def test_a_check_signed_in_the_future_holds_for_nothing() -> None:
    assert is_due(NOW + timedelta(minutes=1), NOW, 10)


@pytest.mark.parametrize(
    "answers", [(), GOOD[:1], (*GOOD, GOOD[0]), (CheckAnswer("power", True), CheckAnswer("tea", True))]
)
def test_what_is_not_complete_is_not_signed(answers: tuple[CheckAnswer, ...]) -> None:
    with pytest.raises(BadInput) as refused:
        require_answers(ITEMS, answers)
    assert refused.value.code == "CHK-101"


@pytest.mark.parametrize("note", ["", "   ", "长" * 201])
def test_a_fault_needs_a_note_of_sensible_length(note: str) -> None:
    with pytest.raises(BadInput) as refused:
        require_answers(ITEMS, (GOOD[0], CheckAnswer("power", False, note)))
    assert refused.value.code == "CHK-102"
    require_answers(ITEMS, (GOOD[0], CheckAnswer("power", False, "插座松动，已报修")))


@given(st.permutations(GOOD), st.text(max_size=30))
def test_the_signed_text_does_not_depend_on_the_order_of_the_clicks(answers: list[CheckAnswer], officer: str) -> None:
    def text(given_answers: tuple[CheckAnswer, ...]) -> str:
        return check_document(ITEMS, given_answers, officer=officer, terminal="T0001", version=1, signed=NOW)

    assert text(tuple(answers)) == text(GOOD)
    document = json.loads(text(GOOD))
    assert document["officer"] == officer
    assert [row["item"] for row in document["answers"]] == ["power", "camera"]

"""A number typed by hand is taken when its shape and its check digit agree; a slip is named, or offered, never mended."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.config.texts import error_text
from app.config.travel import number_kinds
from app.domain.document_number import as_stored, digit_suggestion, possible_kinds, require_number
from app.domain.errors import BadInput
from app.domain.mrz.check_digit import check_digit
from app.domain.person import check_character

TODAY = date(2026, 11, 24)
KINDS = number_kinds()
# 999999 is no assigned region code (GB/T 2260).
RESIDENT = "99999919900307101" + check_character("99999919900307101")
# The published sample of the 2023 card (devices-and-protocols, section 2.3).
PERMANENT = "911124198108030024"
OLD = "UTO999999010100"[:14]
OLD_PERMANENT = OLD + check_digit(OLD)


@pytest.mark.parametrize(
    ("kind", "number", "checked"),
    [
        ("resident-id", RESIDENT, True),
        ("permanent-resident", PERMANENT, True),
        ("permanent-resident-old", OLD_PERMANENT, True),
        ("passport-cn", "E00000000", False),
        ("passport-cn", "EA0000000", False),
        ("passport-foreign", "L898902C3", False),
        ("home-return-permit", "H00000000", False),
        ("home-return-permit", "M0000000001", False),
        ("taiwan-compatriot-permit", "00000000", False),
        ("hong-kong-macao-permit", "CA0000000", False),
        ("taiwan-permit", "L00000000", False),
    ],
)
def test_a_right_number_is_taken_and_it_is_said_whether_a_digit_spoke_for_it(kind: str, number: str, checked: bool) -> None:
    spaced = f" {number[:3]}-{number[3:6]} {number[6:]} ".lower()
    typed = require_number(spaced, KINDS[kind], TODAY)
    assert (typed.number, typed.checked) == (number, checked)
    assert number not in repr(typed)


def test_full_width_characters_of_an_input_method_are_the_same_characters() -> None:
    assert as_stored("Ｅ１２３　４５６７８") == "E12345678"


@pytest.mark.parametrize(
    ("kind", "number", "code"),
    [
        ("resident-id", "", "TRV-111"),
        ("resident-id", "12345", "PER-101"),
        ("resident-id", RESIDENT[:-1] + ("0" if RESIDENT[-1] != "0" else "1"), "PER-103"),
        ("permanent-resident", PERMANENT[:-1] + "5", "TRV-113"),
        ("permanent-resident", PERMANENT[1:], "TRV-112"),
        ("permanent-resident-old", OLD + str((int(OLD_PERMANENT[-1]) + 1) % 10), "TRV-113"),
        ("passport-cn", "EO0000000", "TRV-112"),
        ("passport-cn", "X00000000", "TRV-112"),
        ("home-return-permit", "H0000000", "TRV-112"),
    ],
)
def test_a_wrong_number_is_refused_in_a_sentence_with_the_right_shape(kind: str, number: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        require_number(number, KINDS[kind], TODAY)
    assert refused.value.code == code
    for language in ("zh_CN", "en"):
        assert "?" not in error_text(refused.value, language).what, "no blank stays open"


def test_nobody_is_born_after_today() -> None:
    first17 = "99999920270101001"
    with pytest.raises(BadInput) as refused:
        require_number(first17 + check_character(first17), KINDS["resident-id"], TODAY)
    assert refused.value.code == "TRV-114"


def test_letters_typed_for_digits_are_offered_where_the_check_digit_agrees() -> None:
    slip = RESIDENT.replace("0", "O").replace("1", "I")
    with pytest.raises(BadInput):
        require_number(slip, KINDS["resident-id"], TODAY)
    offered = digit_suggestion(slip, KINDS["resident-id"], TODAY)
    assert offered is not None
    assert offered.number == RESIDENT
    assert digit_suggestion("EOOOOOOOO", KINDS["passport-cn"], TODAY) is None, "no check digit, no offer"
    assert digit_suggestion(RESIDENT, KINDS["resident-id"], TODAY) is None


def test_a_number_says_what_it_can_be() -> None:
    assert possible_kinds(RESIDENT, KINDS, TODAY)[0].kind == "resident-id"
    assert {typed.kind for typed in possible_kinds("C00000000", KINDS, TODAY)} >= {"hong-kong-macao-permit"}
    assert possible_kinds("!!", KINDS, TODAY) == ()


@settings(max_examples=1000, deadline=None)
@given(st.text(max_size=60), st.sampled_from(sorted(KINDS)))
def test_any_text_is_a_number_or_refused_in_words(text: str, kind: str) -> None:
    code = ""
    try:
        typed = require_number(text, KINDS[kind], TODAY)
    except BadInput as refused:
        code = refused.code
    else:
        assert typed.number.isascii()
    assert code in {"", "TRV-111", "TRV-112", "TRV-113", "TRV-114", "PER-101", "PER-102", "PER-103"}
    digit_suggestion(text, KINDS[kind], TODAY)

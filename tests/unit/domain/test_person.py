"""An identity number is taken only when its shape, birth date and check digit agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.person import Applicant, check_character, require_citizen_number

# 999999 is no assigned region code (GB/T 2260): no such person can exist.
FIRST17 = "99999919900307101"


def test_a_correct_number_is_taken_and_a_small_x_becomes_a_capital_one() -> None:
    number = FIRST17 + check_character(FIRST17)
    assert require_citizen_number(f" {number.lower()} ") == number


def test_the_published_example_of_the_standard_has_check_character_x() -> None:
    # GB 11643-1999 clause 4.4 works through 11010519491231002 and finds X.
    assert check_character("11010519491231002") == "X"


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(position: int, shift: int) -> None:
    number = FIRST17 + check_character(FIRST17)
    wrong = number[:position] + str((int(number[position]) + shift) % 10) + number[position + 1 :]
    with pytest.raises(BadInput) as refused:
        require_citizen_number(wrong)
    assert refused.value.code in {"PER-102", "PER-103"}


@given(st.text(max_size=30))
def test_any_other_text_is_refused_in_words(text: str) -> None:
    if len(text.strip()) == 18 and text.strip()[:17].isdigit():
        return
    with pytest.raises(BadInput):
        require_citizen_number(text)


def test_a_name_with_quotes_and_four_byte_characters_survives() -> None:
    name = "欧阳𬱖'\"; DROP TABLE㐂·阿"
    assert Applicant.from_input(name, FIRST17 + check_character(FIRST17)).name == name


@pytest.mark.parametrize("name", ["", "   ", "张\x00三", "a" * 101, "李\n四"])
def test_an_unusable_name_is_refused(name: str) -> None:
    with pytest.raises(BadInput) as refused:
        Applicant.from_input(name, FIRST17 + check_character(FIRST17))
    assert refused.value.code == "PER-104"


def test_personal_data_never_shows_in_a_repr() -> None:
    applicant = Applicant.from_input("张三", FIRST17 + check_character(FIRST17))
    assert "张三" not in repr(applicant)
    assert "9999" not in repr(applicant)

"""车辆识别代号 and 号牌号码: what they can be, and that nothing is repaired by guessing."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.vehicle import is_plate, is_vin, vin_check_digit, vin_read_as

ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
PLAIN = st.text(ALPHABET, min_size=17, max_size=17)


def whole(text: str) -> str:
    return text[:8] + vin_check_digit(text) + text[9:]


# Published examples: the standard's own worked example of ISO 3779 / 49 CFR 565, and a number of ones.
@pytest.mark.parametrize("vin", ["1M8GDM9AXKP042788", "11111111111111111"])
def test_published_numbers_check(vin: str) -> None:
    assert is_vin(vin)


@given(PLAIN)
def test_a_number_with_its_check_digit_is_one(text: str) -> None:
    assert is_vin(whole(text))


@given(PLAIN, st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_seen(text: str, place: int, digit: str) -> None:
    vin = whole(text)
    assume(place != 8 and vin[place].isdecimal() and vin[place] != digit)
    assert not is_vin(vin[:place] + digit + vin[place + 1 :])


@given(PLAIN)
def test_letters_that_no_number_has_are_read_as_the_digits_they_look_like(text: str) -> None:
    vin = whole(text)
    assert vin_read_as(vin.replace("0", "O").replace("1", "I").lower() + " ") == vin


@given(st.text(max_size=20))
def test_what_does_not_check_is_nothing(text: str) -> None:
    found = vin_read_as(text)
    assert not found or is_vin(found)


@pytest.mark.parametrize("plate", ["渝A12345", "渝AD12345", "京A12345D", "粤Z1234港", "川B1234学", "沪C1234挂"])
def test_plates_in_force(plate: str) -> None:
    assert is_plate(plate)


@pytest.mark.parametrize("plate", ["", "渝A1234", "渝I12345", "渝AO1234", "A12345", "渝A123456", "渝A1234O", "渝 A12345"])
def test_what_no_plate_can_be(plate: str) -> None:
    assert not is_plate(plate)

"""Money on notices: figures and words say the same amount."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import yuan, yuan_in_words


@pytest.mark.parametrize(
    ("fen", "figures", "words"),
    [
        (0, "0.00", "零元整"),
        (5, "0.05", "伍分"),
        (50, "0.50", "伍角整"),
        (1_00, "1.00", "壹元整"),
        (10_00, "10.00", "壹拾元整"),
        (105_00, "105.00", "壹佰零伍元整"),
        (1_409_50, "1,409.50", "壹仟肆佰零玖元伍角整"),
        (6_007_14, "6,007.14", "陆仟零柒元壹角肆分"),
        (325_04, "325.04", "叁佰贰拾伍元零肆分"),
        (10_000_00, "10,000.00", "壹万元整"),
        (100_005_00, "100,005.00", "壹拾万零伍元整"),
        (107_000_53, "107,000.53", "壹拾万零柒仟元伍角叁分"),
        (100_000_000_00, "100,000,000.00", "壹亿元整"),
        (100_010_001_00, "100,010,001.00", "壹亿零壹万零壹元整"),
    ],
)
def test_amounts_as_the_rules_for_bills_write_them(fen: int, figures: str, words: str) -> None:
    assert yuan(fen) == figures
    assert yuan_in_words(fen) == words


def _read_back(words: str) -> int:
    """The amount of the words, by the places alone."""
    digits = {c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
    units = {"拾": 10, "佰": 100, "仟": 1000}
    total, group, digit, fen = 0, 0, 0, 0
    for character in words:
        if character in digits:
            digit = digits[character]
        elif character in units:
            group, digit = group + digit * units[character], 0
        elif character in "万亿":
            base = {"万": 10**4, "亿": 10**8}[character]
            total = (total + group + digit) * base if character == "亿" else total + (group + digit) * base
            group = digit = 0
        elif character == "元":
            total, group, digit = total + group + digit, 0, 0
        elif character in "角分":
            fen, digit = fen + digit * {"角": 10, "分": 1}[character], 0
    return total * 100 + fen


@given(st.integers(0, 10**12 * 100 - 1))
def test_the_words_are_the_amount_and_never_two_zeros_side_by_side(fen: int) -> None:
    words = yuan_in_words(fen)
    assert _read_back(words) == fen
    assert "零零" not in words
    assert words.endswith(("整", "分"))


@pytest.mark.parametrize("fen", [-1, 10**19])
def test_no_amount_is_invented_for_nonsense(fen: int) -> None:
    with pytest.raises(ValueError, match=str(fen)):
        yuan(fen)
    with pytest.raises(ValueError, match=str(fen)):
        yuan_in_words(fen)

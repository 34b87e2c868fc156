"""The photo number follows the station's rule; a rule that could make two equal numbers is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.numbering import NumberingRule

DAY = date(2026, 11, 24)


def test_the_default_rule_gives_region_terminal_day_and_a_padded_sequence() -> None:
    rule = NumberingRule("{region}{terminal}{date}{seq:05}")
    number = rule.number(region="999999", terminal="T1", service="traffic", day=DAY, seq=7)
    assert number == "999999T12026112400007"


@pytest.mark.parametrize(
    "template", ["", "{seq}", "{date}", "{date}{seq}{name}", "{date}/{seq}", "{date}{seq:5}", "{date}{seq} "]
)
def test_a_rule_that_is_ambiguous_or_unprintable_is_refused(template: str) -> None:
    with pytest.raises(BadInput) as refused:
        NumberingRule(template)
    assert refused.value.code == "CFG-110"


@given(st.integers(1, 99_999), st.integers(1, 99_999))
def test_two_sequence_numbers_of_a_day_never_give_the_same_photo_number(a: int, b: int) -> None:
    rule = NumberingRule("P{date}-{seq:05}")
    first, second = (rule.number(region="", terminal="", service="", day=DAY, seq=n) for n in (a, b))
    assert (first == second) == (a == b)

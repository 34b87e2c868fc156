"""Conditions of rules: what they say, what they cannot say, and that no text and no fact can break them."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.expressions import Answer, compiled
from app.domain.expressions.check import FUNCTIONS
from app.domain.expressions.evaluate import WORK
from app.domain.expressions.parse import DEEPEST
from app.domain.expressions.tokens import LONGEST
from app.domain.expressions.values import Duration, added, age, birth_in, months_between
from helpers.matter_fuzz import SCOPE, answer_any_facts, compile_any_text, likely_condition, one_condition

TODAY = date(2026, 11, 26)
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))


def said(condition: str, **facts: Answer) -> Answer:
    return compiled(condition, SCOPE).value({"today": TODAY, **facts})


@pytest.mark.parametrize(
    ("condition", "facts", "answer"),
    [
        ("age(born_on, today) >= 20", {"born_on": date(2006, 11, 26)}, True),
        ("age(born_on, today) >= 20", {"born_on": date(2006, 11, 27)}, False),
        ("today > born_on + 1 month", {"born_on": date(2026, 10, 26)}, False),
        ("today > born_on + 1 month", {"born_on": date(2026, 10, 25)}, True),
        ("today >= born_on + 3 days and sex in {'1', '2'}", {"born_on": date(2026, 11, 23), "sex": "2"}, True),
        ("sex not in {'1'}", {"sex": "1"}, False),
        ("months * 2 - 4 = 6", {"months": 5}, True),
        ("2 + 3 * 4 = 14", {}, True),
        ("not own_income or months ≥ 36", {"own_income": True, "months": 36}, True),
        ("(true or false) and false", {}, False),
        ("true or false and false", {}, True),
        ("born(number) = 1995-03-01", {"number": "999999199503010016"}, True),
        ("citizen_number(number)", {"number": "999999199503010017"}, False),
        ("days_between(born_on, today) = -1", {"born_on": date(2026, 11, 27)}, True),
        ("length(number) < 4", {"number": "个体户"}, True),
        ("present(number) and absent(sex)", {"number": ""}, True),
    ],
)
def test_a_condition_says_yes_or_no(condition: str, facts: dict[str, Answer], answer: bool) -> None:
    assert said(condition, **facts) is answer


@pytest.mark.parametrize(
    ("condition", "facts", "answer"),
    [
        ("months > 3", {}, None),
        ("not own_income", {}, None),
        ("own_income and months > 3", {"months": 1}, False),
        ("own_income and months > 3", {"months": 9}, None),
        ("own_income or months > 3", {"months": 9}, True),
        ("own_income or months > 3", {"months": 1}, None),
        ("sex in {'1'}", {}, None),
        ("age(born_on, today) < 18", {"born_on": date(2026, 11, 27)}, None),
        ("age(born(number), today) < 18", {"number": "E00000001"}, None),
        ("months * months * months > 0", {"months": 10**9}, None),
        ("today < born_on + 9000 years", {"born_on": TODAY}, None),
    ],
)
def test_what_is_not_known_stays_unknown_unless_something_else_decides(
    condition: str, facts: dict[str, Answer], answer: bool | None
) -> None:
    assert said(condition, **facts) is answer


@pytest.mark.parametrize(
    ("condition", "code", "position"),
    [
        ("sex = §", "MAT-121", 7),
        ("sex = 'male", "MAT-121", 7),
        ("months > ", "MAT-122", 10),
        ("(months > 3", "MAT-122", 12),
        ("months > 3 4", "MAT-122", 12),
        ("sex in {}", "MAT-122", 9),
        ("mouths > 3", "MAT-123", 1),
        ("months", "MAT-124", 1),
        ("months > today", "MAT-124", 8),
        ("sex < '2'", "MAT-124", 5),
        ("born_on + 3 > today", "MAT-124", 11),
        ("3 days > 2 days", "MAT-124", 8),
        ("own_income in {true}", "MAT-124", 1),
        ("not " * 30 + "true", "MAT-125", 4 * DEEPEST + 5),
        ("(" * 30 + "true" + ")" * 30, "MAT-125", DEEPEST + 2),
        ("true" + " or true" * 120, "MAT-125", LONGEST + 1),
        ("eval(number)", "MAT-126", 1),
        ("age(born_on) > 3", "MAT-126", 1),
        ("sex = '3'", "MAT-127", 7),
        ("'3' = sex", "MAT-127", 1),
        ("sex in {'1', '3'}", "MAT-127", 14),
        ("today > 2026-02-30", "MAT-128", 9),
    ],
)
def test_a_wrong_condition_is_refused_with_its_place(condition: str, code: str, position: int) -> None:
    with pytest.raises(BadInput) as refused:
        compiled(condition, SCOPE)
    assert (refused.value.code, refused.value.params["position"]) == (code, position)


def test_every_function_that_is_checked_has_its_work() -> None:
    assert FUNCTIONS.keys() == WORK.keys()


@given(DAYS, st.integers(0, 1200))
def test_months_are_counted_as_the_civil_code_counts_them(first: date, months: int) -> None:
    later = added(first, Duration(months, 0), 1)
    assert later is not None
    assert months_between(first, later) == months
    month_end = added(later, Duration(0, 1), 1)
    assert later.day == first.day or (month_end is not None and month_end.day == 1)


@given(DAYS, DAYS)
def test_a_year_of_age_is_complete_on_the_birthday(born: date, day: date) -> None:
    years = age(born, day)
    if day < born:
        assert years is None
        return
    assert years is not None
    reached, ahead = added(born, Duration(12 * years, 0), 1), added(born, Duration(12 * years + 12, 0), 1)
    assert reached is not None
    assert ahead is not None
    assert reached <= day < ahead


def test_a_day_its_month_lacks_is_the_last_of_the_month() -> None:
    assert added(date(2026, 1, 31), Duration(1, 0), 1) == date(2026, 2, 28)
    assert added(date(2024, 3, 31), Duration(1, 0), -1) == date(2024, 2, 29)
    assert age(date(2008, 2, 29), date(2026, 2, 28)) == 18
    assert added(date(9999, 12, 31), Duration(0, 1), 1) is None


def test_a_number_tells_its_birth_date_or_nothing() -> None:
    assert birth_in("999999199503010016") == date(1995, 3, 1)
    assert birth_in("999999199513010016") is None
    assert birth_in("99999919950301") is None


@given(st.text(max_size=80))
def test_any_text_is_a_condition_or_a_refusal_with_a_place(text: str) -> None:
    compile_any_text(text)


_ANSWERS = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=20), st.dates())


@given(st.integers(0, 10**9), st.dictionaries(st.sampled_from(sorted(SCOPE)), _ANSWERS))
def test_likely_conditions_answer_whatever_the_facts_are(seed: int, facts: dict[str, Answer]) -> None:
    expression = compile_any_text(likely_condition(Random(seed)))
    if expression is not None:
        answer_any_facts(expression, facts)
    one_condition(seed)


@given(st.dictionaries(st.sampled_from(sorted(SCOPE)), _ANSWERS))
def test_a_sound_condition_survives_facts_of_every_kind(facts: dict[str, Answer]) -> None:
    for condition in (
        "age(born_on, today) in {16, 17} and own_income and months + 3 * months > 40 - months",
        "today - 2 months <= born_on + 1 year or length(number) >= 18 and citizen_number(number)",
        "months_between(born(number), today) < 12 or days_between(born_on, today) != 3 or sex != '1'",
        "present(sex) and absent(months) or born_on in {2016-07-22}",
    ):
        answer_any_facts(compiled(condition, SCOPE), facts)

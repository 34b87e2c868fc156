"""What an officer types into the rows of a query, and what is asked of the store for it."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.cases.asking import (
    AskedQuery,
    AskedRow,
    asked_from,
    document_of,
    listed,
    query_of,
    require_query_name,
)
from app.domain.cases.query import FIELDS, AllOf, AnyOf, Condition, FieldKind, Operator, SortKey
from app.domain.errors import BadInput

ZONE = timezone(timedelta(hours=8))
_DAY = datetime(2026, 11, 24, tzinfo=ZONE)
_END = datetime(2026, 11, 24, 23, 59, 59, 999999, tzinfo=ZONE)


def where(*rows: AskedRow) -> object:
    return query_of(AskedQuery(rows), ZONE).where


def test_rows_between_two_ors_hold_together() -> None:
    a, b = AskedRow("sex", Operator.EQUAL, ("1",)), AskedRow("line", Operator.EQUAL, ("x",))
    c = AskedRow("state", Operator.EMPTY, (), otherwise=True)
    one = Condition("sex", Operator.EQUAL, ("1",))
    two = Condition("line", Operator.EQUAL, ("x",))
    three = Condition("state", Operator.EMPTY)
    assert where(a, b, c) == AnyOf((AllOf((one, two)), AllOf((three,))))
    assert where(a, b) == AllOf((one, two))
    assert where() == AllOf()
    assert where(AskedRow("sex", Operator.EQUAL, ("1",), otherwise=True)) == AllOf((one,)), "the first joins nothing"


@pytest.mark.parametrize(
    ("operator", "words", "asked"),
    [
        (Operator.EQUAL, ("2026-11-24",), Condition("submitted", Operator.BETWEEN, (_DAY, _END))),
        (Operator.GREATER, ("2026-11-24",), Condition("submitted", Operator.GREATER, (_END,))),
        (Operator.GREATER_EQUAL, ("2026/11/24",), Condition("submitted", Operator.GREATER_EQUAL, (_DAY,))),
        (Operator.LESS, (" 2026-11-24 ",), Condition("submitted", Operator.LESS, (_DAY,))),
        (Operator.LESS_EQUAL, ("2026-11-24",), Condition("submitted", Operator.LESS_EQUAL, (_END,))),
        (Operator.BETWEEN, ("2026-11-24", "2026-11-24"), Condition("submitted", Operator.BETWEEN, (_DAY, _END))),
        (
            Operator.GREATER_EQUAL,
            ("2026-11-24 09:30",),
            Condition("submitted", Operator.GREATER_EQUAL, (_DAY.replace(hour=9, minute=30),)),
        ),
        (Operator.EMPTY, (), Condition("submitted", Operator.EMPTY)),
    ],
)
def test_a_day_typed_for_a_moment_is_the_whole_day(operator: Operator, words: tuple[str, ...], asked: Condition) -> None:
    assert where(AskedRow("submitted", operator, words)) == AllOf((asked,))


def test_a_day_is_a_day_and_what_nobody_can_read_is_refused() -> None:
    assert where(AskedRow("due", Operator.LESS, ("20261124",))) == AllOf(
        (Condition("due", Operator.LESS, (date(2026, 11, 24),)),)
    )
    for field in ("due", "submitted"):
        for word in ("明天", "2026-13-01", "24.11.2026", "", "2026-11-24 25:00"):
            with pytest.raises(BadInput) as refused:
                where(AskedRow(field, Operator.EQUAL, (word,)))
            assert refused.value.code == "CSE-136"


def test_an_unknown_field_and_a_comparison_that_does_not_fit_are_refused() -> None:
    for row, code in (
        (AskedRow("salary", Operator.EQUAL, ("1",)), "CSE-130"),
        (AskedRow("due", Operator.CONTAINS, ("2026-11-24",)), "CSE-131"),
        (AskedRow("submitted", Operator.BETWEEN, ("2026-11-24",)), "CSE-131"),
        (AskedRow("submitted", Operator.EQUAL, ()), "CSE-131"),
        (AskedRow("sex", Operator.EQUAL, ("",)), "CSE-131"),
    ):
        with pytest.raises(BadInput) as refused:
            where(row)
        assert refused.value.code == code


def test_words_of_a_list_are_parted_by_any_comma() -> None:
    assert listed(" 赵平、李小红，王;  孙 ,, ") == ("赵平", "李小红", "王", "孙")


_ROWS = st.builds(
    AskedRow,
    st.sampled_from(sorted(FIELDS)),
    st.sampled_from(Operator),
    st.lists(st.text(max_size=12), max_size=3).map(tuple),
    st.booleans(),
)
_SORTS = st.lists(st.builds(SortKey, st.sampled_from(sorted(FIELDS)), st.booleans()), max_size=3).map(tuple)


@given(st.builds(AskedQuery, st.lists(_ROWS, max_size=5).map(tuple), _SORTS))
def test_a_kept_query_comes_back_as_it_was(asked: AskedQuery) -> None:
    assert asked_from(json.loads(json.dumps(document_of(asked)))) == asked


@given(_ROWS)
def test_whatever_is_typed_is_asked_or_refused(row: AskedRow) -> None:
    code = ""
    try:
        query_of(AskedQuery((row,)), ZONE)
    except BadInput as refused:
        code = refused.code
    assert code in {"", "CSE-131"} | ({"CSE-136"} if FIELDS[row.field].kind is not FieldKind.TEXT else set())


@pytest.mark.parametrize(
    "document",
    [{}, {"rows": 5, "sort": []}, {"rows": [["x"]], "sort": []}, {"rows": [["gone", "=", [], False]], "sort": []},
     {"rows": [["sex", "~", [], False]], "sort": []}, {"rows": [], "sort": [["gone", True]]}],
)  # fmt: skip
def test_a_kept_query_of_another_program_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(BadInput) as refused:
        asked_from(document)
    assert refused.value.code == "CSE-135"


def test_a_name_is_short_and_one_line() -> None:
    assert require_query_name("  本月 \n 超期 ") == "本月 超期"
    for text in ("", "   ", "长" * 41, "a\x00b"):
        with pytest.raises(BadInput) as refused:
            require_query_name(text)
        assert refused.value.code == "CSE-137"

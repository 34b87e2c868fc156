"""A strategy is followed only when it is whole; the device's own goes before one for any device."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.strategy import InspectionStation, Strategy, chosen, found, moved, problems, validated

A, B, M = InspectionStation.ALGORITHM, InspectionStation.BACKEND, InspectionStation.MANUAL
KNOWN = ("id-card", "exit-entry")
GOOD = Strategy(
    id="mine",
    name_zh="居民身份证",
    name_en="Identity card",
    department="户政大队",
    device_type="camera",
    purpose="household",
    standard_ids=("id-card",),
    stations=(A, M),
    numbering="{region}{date}{seq:05}",
)


def test_a_whole_strategy_is_given_back() -> None:
    assert validated(GOOD, KNOWN) is GOOD


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name_zh": " ", "name_en": ""}, "STG-101"),
        ({"stations": ()}, "STG-102"),
        ({"stations": (A, M, A)}, "STG-103"),
        ({"numbering": "{seq}"}, "STG-104"),
        ({"numbering": "{date}{seq}" + "0" * 80}, "STG-104"),
        ({"standard_ids": ("id-card", "tea")}, "STG-105"),
        ({"standard_ids": ()}, "STG-105"),
        ({"standard_ids": ("id-card", "id-card")}, "STG-105"),
        ({"id": "../mine"}, "STG-106"),
        ({"id": "Mine"}, "STG-106"),
        ({"id": "con"}, "STG-106"),
        ({"id": "a" * 41}, "STG-106"),
        ({"id": "mine\n"}, "STG-106"),
        ({"purpose": "tea"}, "STG-107"),
        ({"department": "x" * 61}, "STG-108"),
        ({"photo_library": "a\nb"}, "STG-108"),
        ({"remark": "a\x7f"}, "STG-108"),
        ({"remark": "x" * 401}, "STG-108"),
        ({"devices": ("D750", "d750 ")}, "STG-109"),
        ({"devices": ("D750", " ")}, "STG-109"),
        ({"version": 0}, "STG-110"),
        ({"version": 10**9 + 1}, "STG-110"),
        ({"updated": "yesterday"}, "STG-110"),
    ],
)
def test_what_cannot_be_followed_is_refused_under_its_code(change: dict[str, object], code: str) -> None:
    with pytest.raises(BadInput) as refused:
        validated(replace(GOOD, **change), KNOWN)  # type: ignore[arg-type]  # a test names its fields
    assert refused.value.code == code


def test_every_wrong_field_is_told_at_once() -> None:
    wrong = replace(GOOD, name_zh="", name_en="", stations=(), numbering="x", standard_ids=("tea",))
    assert [p.code for p in problems(wrong, KNOWN)] == ["STG-101", "STG-102", "STG-104", "STG-105"]


def test_one_name_is_enough_and_a_remark_may_have_lines() -> None:
    assert validated(replace(GOOD, name_zh="", remark="一\n二", updated="2026-11-24T09:00:00+08:00"), KNOWN)
    assert replace(GOOD, name_zh="").name("zh_CN") == "Identity card"
    assert GOOD.name("zh_CN") == "居民身份证"
    assert GOOD.name("en") == "Identity card"


def test_the_device_s_own_strategy_goes_before_one_for_any_device() -> None:
    anyone, bound = replace(GOOD, id="a"), replace(GOOD, id="b", devices=("D750",))
    assert chosen((anyone, bound), "Nikon D750 3000123", "household") is bound
    assert chosen((anyone, bound), "Nikon D7500 3000123", "household") is anyone
    assert chosen((anyone, bound), "", "household") is anyone
    assert chosen((bound,), "EOS R5", "household") is None


def test_ties_go_by_id_and_the_purpose_narrows() -> None:
    later, earlier = replace(GOOD, id="b"), replace(GOOD, id="a")
    traffic = replace(GOOD, id="c", purpose="traffic", devices=("D750",))
    assert chosen((later, earlier), "D750") is earlier
    assert chosen((later, traffic, earlier), "D750", "household") is earlier
    assert chosen((later, traffic, earlier), "D750") is traffic
    assert chosen((later, earlier), "D750", "exit-entry") is None
    assert chosen((), "D750") is None


@pytest.mark.parametrize(
    ("index", "up", "order"),
    [
        (1, True, (B, A, M)),
        (1, False, (A, M, B)),
        (0, True, (A, B, M)),
        (2, False, (A, B, M)),
        (7, True, (A, B, M)),
        (-1, False, (A, B, M)),
    ],
)
def test_a_station_is_moved_one_place(index: int, up: bool, order: tuple[InspectionStation, ...]) -> None:
    assert moved((A, B, M), index, up) == order


@given(st.permutations([A, B, M]), st.integers(0, 2), st.booleans())
def test_moving_loses_no_station_and_moving_back_undoes(order: list[InspectionStation], index: int, up: bool) -> None:
    after = moved(order, index, up)
    assert set(after) == {A, B, M}
    there = after.index(order[index])
    assert there == index or moved(after, there, not up) == tuple(order)


def test_search_takes_every_keyword_in_names_and_department() -> None:
    other = replace(GOOD, id="other", name_zh="驾驶证", name_en="Driving licence", department="车管所")
    both = (GOOD, other)
    assert found(both, "") == both
    assert found(both, " 户政 身份 ") == (GOOD,)
    assert found(both, "车管") == (other,)
    assert found(both, "DRIVING") == (other,)
    assert found(both, "户政 驾驶") == ()

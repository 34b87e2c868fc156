"""What an archive file lacks: missing, half a card, too many, strange pages; nothing is demanded on a guess."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.config.archive_types import page_types
from app.domain.archive import Lack, LackKind, MaterialRule, Wanted, lacks_of

OWNER = MaterialRule("所有人身份证明", frozenset({"identity-card", "identity-copy"}), sides=2)
FORM = MaterialRule("申请表", frozenset({"registration-form"}), most=1)
INSURANCE = MaterialRule("保险凭证", frozenset({"insurance"}), Wanted.MAY)
PROXY = MaterialRule("委托书", frozenset({"power-of-attorney"}), Wanted.WHEN, when="by_agent")
RULES = (OWNER, FORM, INSURANCE, PROXY)
WHOLE = ("registration-form", "identity-card", "identity-card")


def test_a_whole_file_lacks_nothing_and_blanks_do_not_count() -> None:
    assert lacks_of((*WHOLE, "blank", "blank", "other"), RULES, {"by_agent": False}) == ()


def test_what_is_missing_is_named_first_with_how_many_pages() -> None:
    assert lacks_of(("insurance", ""), RULES, {"by_agent": True}) == (
        Lack(LackKind.MISSING, "所有人身份证明", 2),
        Lack(LackKind.MISSING, "申请表", 1),
        Lack(LackKind.MISSING, "委托书", 1),
        Lack(LackKind.UNTYPED, "", 1),
    )


def test_one_side_of_a_card_is_half_of_it_and_a_copy_may_stand_for_it() -> None:
    assert lacks_of(("registration-form", "identity-card"), RULES, {}) == (
        Lack(LackKind.SIDE_MISSING, "所有人身份证明", 1),
    )
    assert lacks_of(("registration-form", "identity-copy", "identity-copy"), RULES, {}) == ()


def test_two_of_what_there_may_be_one_of_and_a_page_nobody_asked_for_are_told() -> None:
    assert lacks_of((*WHOLE, "registration-form", "quota"), RULES, {}) == (
        Lack(LackKind.TOO_MANY, "申请表", 1),
        Lack(LackKind.UNASKED, "quota", 1),
    )


def test_what_is_not_known_asks_for_nothing() -> None:
    assert lacks_of(WHOLE, RULES, {}) == ()


@given(st.lists(st.sampled_from(["", "blank", "identity-card", "registration-form", "insurance", "quota"]), max_size=12))
def test_the_order_of_the_pages_does_not_matter(types: list[str]) -> None:
    assert lacks_of(types, RULES, {}) == lacks_of(reversed(types), RULES, {})


def test_the_types_are_those_of_the_source_each_once() -> None:
    vehicle, driver = page_types("vehicle"), page_types("driver")
    assert (len(vehicle), len(driver)) == (27, 12)
    for types in (vehicle, driver):
        assert {"blank", "other", "identity-card", "identity-copy"} <= set(types)
        assert len({each.zh for each in types.values()}) == len(types)
    assert vehicle["origin"].name("zh_CN") == "来历证明"
    assert driver["health-certificate"].six_in_one == "身体条件证明"

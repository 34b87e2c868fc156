"""Forms, what is typed into them, what the back end fills in, and finding a matter as an officer types."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.config.matters import shipped_catalogue
from app.domain.errors import BadInput
from app.domain.expressions import Answer, Kind, Type, compiled
from app.domain.matters.filling import MOST_ROWS, filled
from app.domain.matters.form import Field, FieldKind, Filling
from app.domain.matters.matter import FeeItem, Matter, Need
from app.domain.matters.reading import read_value
from app.domain.matters.search import initial, initials
from app.domain.matters.table import BackEnd, CodeTable, Named, Source
from helpers.matter_fuzz import one_field

TODAY = date(2026, 11, 26)
SEX = CodeTable("sex", "性别", "Sex", "GB/T 2261.1", (Named("1", "男", "male"), Named("2", "女", "female")))
OPEN = CodeTable("dog-breed", "犬种", "Breed", "", BackEnd.FILLS)


def field(kind: FieldKind, table: CodeTable | None = None, **more: Any) -> Field:
    return Field("f", "栏目", "Field", kind, False, Source("方案", 1), table=table, **more)


def matter(code: str) -> Matter:
    return shipped_catalogue().matter(code)


# -- reading ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (FieldKind.TEXT, "  买买提·艾力 ", "买买提·艾力"),
        (FieldKind.TEXT, "𬱖㐂", "𬱖㐂"),
        (FieldKind.TEXT, " ", None),
        (FieldKind.NUMBER, "172", 172),
        (FieldKind.NUMBER, "１７２", 172),
        (FieldKind.DATE, "20260131", date(2026, 1, 31)),
        (FieldKind.DATE, "2026年01月31日", date(2026, 1, 31)),
        (FieldKind.DATE, "2026-01-31", date(2026, 1, 31)),
        (FieldKind.YES_NO, "是", True),
        (FieldKind.YES_NO, "No", False),
        (FieldKind.CITIZEN_NUMBER, "99999920180901006x", "99999920180901006X"),
        (FieldKind.DOCUMENT_NUMBER, "e 0000-0001", "E00000001"),
        (FieldKind.PHONE, "+86 023-00000000", "+86 023-00000000"),
    ],
)
def test_a_field_takes_what_it_can_mean(kind: FieldKind, typed: str, value: Answer) -> None:
    assert read_value(field(kind), typed) == value


@pytest.mark.parametrize(
    ("asked", "typed", "code"),
    [
        (field(FieldKind.NUMBER, least=1, most=300), "301", "MAT-142"),
        (field(FieldKind.NUMBER, least=1), "0", "MAT-142"),
        (field(FieldKind.NUMBER), "1.72", "MAT-142"),
        (field(FieldKind.DATE), "20260230", "MAT-143"),
        (field(FieldKind.DATE), "昨天", "MAT-143"),
        (field(FieldKind.CHOICE, SEX), "3", "MAT-144"),
        (field(FieldKind.YES_NO), "也许", "MAT-144"),
        (field(FieldKind.TEXT, longest=60), "长" * 61, "MAT-145"),
        (field(FieldKind.TEXT), "a\tb", "MAT-145"),
        (field(FieldKind.TEXT), "\ud800", "MAT-145"),
        (field(FieldKind.PHONE), "12345", "MAT-146"),
        (field(FieldKind.DOCUMENT_NUMBER), "号码", "MAT-147"),
        (field(FieldKind.CITIZEN_NUMBER), "999999199503010017", "PER-103"),
    ],
)
def test_a_field_refuses_what_it_cannot_mean(asked: Field, typed: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_value(asked, typed)
    assert refused.value.code == code
    assert typed not in str(refused.value.params.values()), "what was typed may be a person's"


def test_a_code_that_only_the_back_end_knows_is_taken() -> None:
    assert read_value(field(FieldKind.CHOICE, OPEN), "17") == "17"
    assert field(FieldKind.CHOICE, OPEN).type.codes is None
    assert field(FieldKind.CHOICE, SEX).type.codes == frozenset({"1", "2"})
    assert field(FieldKind.YES_NO).type.kind is Kind.BOOLEAN


@settings(deadline=None)  # the first call reads the catalogue
@given(st.integers(0, 10**9))
def test_whatever_is_typed_is_a_value_or_a_refusal(seed: int) -> None:
    one_field(seed)


# -- forms --------------------------------------------------------------------------------------------------


def blank(code: str, filling: Filling) -> list[tuple[str, int]]:
    return [(gap.field.id, gap.row) for gap in matter(code).form.gaps(filling, TODAY)]


def test_an_agent_who_is_not_there_leaves_no_gap_and_one_who_is_must_be_known() -> None:
    plain = matter("RK-125").examples[0].filling
    assert blank("RK-125", plain) == []
    with_agent = Filling({**plain.values, "agent_phone": "02300000000"})
    assert blank("RK-125", with_agent) == [
        ("agent_name", 0), ("agent_document", 0), ("agent_number", 0), ("agent_relation", 0)
    ]  # fmt: skip


def test_a_condition_makes_a_field_mandatory() -> None:
    plain = matter("RK-103").examples[0].filling
    of_17 = Filling({**plain.values, "subject_birth": date(2009, 9, 1), "applied_by": "2"})
    assert blank("RK-103", of_17) == [("lives_on_own_income", 0)]
    of_7 = Filling({**plain.values, "subject_birth": date(2019, 9, 1), "applied_by": "2", "subject_signed": None})
    assert blank("RK-103", of_7) == [], "nobody asks a child of seven to sign"
    posted = Filling({**plain.values, "by_post": True})
    assert [name for name, _ in blank("RK-103", posted)] == ["post_name", "post_phone", "post_address"]


def test_what_is_not_asked_is_never_mandatory() -> None:
    posted = {"by_post": Type(Kind.BOOLEAN)}
    address = field(FieldKind.ADDRESS, asked=compiled("by_post", posted))
    address = replace(address, mandatory=True)
    assert [address.is_mandatory({"by_post": sent}) for sent in (True, False, None)] == [True, False, False]


def test_each_person_who_moves_along_is_asked_for() -> None:
    plain = matter("RK-030").examples[0].filling
    two = Filling(plain.values, {"companions": ({"companion_name": "测试"}, {})})
    assert blank("RK-030", two) == [
        ("companion_number", 1), ("companion_relation", 1),
        ("companion_name", 2), ("companion_number", 2), ("companion_relation", 2),
    ]  # fmt: skip


def test_a_filling_never_shows_its_people() -> None:
    assert "测试甲" not in repr(matter("RK-030").examples[0].filling)


def test_what_waits_names_the_facts_it_waits_for() -> None:
    judgement = matter("RK-107").judged(Filling(), TODAY)
    waiting = {finding.rule.id: finding.lacking for finding in judgement.findings}
    assert waiting["nation-under-20"] == ("subject_birth",)
    assert judgement.open
    assert judgement.verdict is None


# -- the back end's part ------------------------------------------------------------------------------------

ANSWERS: dict[str, Any] = {
    "official_code": "500109000000-001",
    "days": 5,
    "fees": [{"code": "103044", "name": "居民身份证工本费", "fen": 2000}],
    "materials": [{"id": "old-card", "name": "原居民身份证", "need": "must"}],
}


def test_the_back_end_fills_what_the_source_left_open() -> None:
    before = matter("RK-130")
    after = filled(before, ANSWERS)
    assert (after.official_code, after.days) == ("500109000000-001", 5)
    assert after.fees == (FeeItem("103044", "居民身份证工本费", 2000),)
    assert [(need.material.zh, need.need) for need in after.materials] == [("原居民身份证", Need.MUST)]
    assert not after.materials_open
    assert before.days is BackEnd.FILLS, "the catalogue's own entry stays as it is"


def test_the_back_end_adds_materials_and_loosens_none() -> None:
    given_by_source = matter("RK-001").materials
    loosened = {"materials": [{"id": "birth-certificate", "name": "出生医学证明", "need": "may"}]}
    assert filled(matter("RK-001"), loosened).materials == given_by_source


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        ({"days": -1}, "days"),
        ({"days": 366}, "days"),
        ({"days": True}, "days"),
        ({"days": "5"}, "days"),
        ({"official_code": "5001\n"}, "official_code"),
        ({"official_code": ""}, "official_code"),
        ({"fees": {}}, "fees"),
        ({"fees": [{"code": "1", "name": "费", "fen": 20.5}]}, "fees"),
        ({"fees": [{"code": "1", "name": "费", "fen": -1}]}, "fees"),
        ({"fees": [{"code": "1", "name": "\u202e费", "fen": 1}]}, "fees"),
        ({"fees": [{"code": "1", "name": "费", "fen": 1}] * 2}, "fees"),
        ({"fees": [{"code": "1", "name": "费", "fen": 1, "yuan": 1}]}, "fees"),
        ({"fees": [{"code": str(n), "name": "费", "fen": 1} for n in range(MOST_ROWS + 1)]}, "fees"),
        ({"materials": [{"id": "a", "name": "材料", "need": "when"}]}, "materials"),
        ({"materials": [{"id": "a b", "name": "材料", "need": "must"}]}, "materials"),
        ({"rules": []}, "?"),
        ([], "?"),
    ],
)
def test_what_the_back_end_may_not_say_is_refused_whole(answers: Any, key: str) -> None:
    with pytest.raises(BadInput) as refused:
        filled(matter("RK-130"), answers)
    assert (refused.value.code, refused.value.params["key"]) == ("MAT-109", key)


def test_what_the_catalogue_declares_is_not_overwritten() -> None:
    declared = replace(matter("RK-130"), days=3)
    with pytest.raises(BadInput):
        filled(declared, {"days": 5})
    assert filled(declared, {"official_code": "X1"}).days == 3


@settings(deadline=None)  # the first call reads the catalogue
@given(
    st.dictionaries(
        st.sampled_from(["official_code", "days", "fees", "materials", "x"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(["id", "code", "name", "need", "fen"]), inner, max_size=4)
            ),
            max_leaves=8,
        ),
    )
)
def test_any_answer_is_filled_in_or_refused(answers: dict[str, Any]) -> None:
    code, after = "", matter("RK-130")
    try:
        after = filled(after, answers)
    except BadInput as refused:
        code = refused.code
    assert code in {"", "MAT-109"}
    assert isinstance(after.days, BackEnd) or 0 <= after.days <= 365


# -- search -------------------------------------------------------------------------------------------------


def codes(typed: str, uses: dict[str, int] | None = None) -> list[str]:
    return [found.code for found in shipped_catalogue().search(typed, uses)]


def test_initials_follow_the_national_standard_s_order() -> None:
    assert initials("国内婚生婴儿出生登记") == "GNHSYECSDJ"
    assert initials("未满16周岁（A）") == "WM16ZSA"
    assert "".join(map(initial, "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝")) == "ABCDEFGHJKLMNOPQRSTWXYZ"
    assert "".join(map(initial, "澳怖错堕贰副过祸骏阔络穆诺沤瀑群弱所唾误迅孕座")) == "ABCDEFGHJKLMNOPQRSTWXYZ"
    assert initial("龘") == initial("𬱖") == initial("·") == ""


def test_a_matter_is_found_as_an_officer_types() -> None:
    assert codes("rk-103") == ["RK-103"]
    assert codes("bggzxm")[0] == "RK-103"
    assert codes("变更更正姓名") == ["RK-103"]
    assert codes("姓名")[0] == "RK-103"
    assert codes("居民身份证 补领") == ["RK-132", "RK-133"]
    assert "RK-134" in codes("lssfz"), "letters of 临时居民身份证 in their order"
    assert codes("name changed")[0] == "RK-103"
    assert codes("xjcfhk") == ["RK-086"], "重 is read chóng here"
    assert codes("没有这个事项") == []


def test_the_often_used_comes_first_among_equals() -> None:
    assert codes("补领")[0] != "JJ-003"
    assert codes("补领", {"JJ-003": 9})[0] == "JJ-003"
    assert codes("")[:2] == ["ZA-001", "ZA-002"]
    assert codes("", {"RK-103": 2, "RK-128": 7})[:3] == ["RK-128", "RK-103", "ZA-001"]


@settings(deadline=None)  # the first call reads the catalogue
@given(st.text(max_size=12))
def test_any_typing_finds_some_or_none(typed: str) -> None:
    assert set(codes(typed)) <= {each.code for each in shipped_catalogue().matters}

"""Text of a draft ↔ what the rules see: nothing is lost on the way, nothing that is typed can break it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.config.matters import shipped_catalogue
from app.domain.matters.form import Filling
from app.intake.assessment import Circumstances, assess
from app.intake.people import certificate_of, kind_of_certificate, people_of, person_places
from app.intake.typed import key_of, row_numbers, texts_of, typed

TODAY = date(2026, 11, 26)
CATALOGUE = shipped_catalogue()
CODES = [matter.code for matter in CATALOGUE.matters]
AROUND = Circumstances(TODAY, "zh_CN", CATALOGUE.coverage, reached=True)


@pytest.mark.parametrize("code", CODES)
def test_every_example_comes_back_from_its_texts_and_nothing_stands_against_it(code: str) -> None:
    matter = CATALOGUE.matter(code)
    example = matter.examples[0]
    texts = texts_of(matter.form, example.filling)
    read = typed(matter.form, texts, example.today)
    assert not read.wrong
    assert texts_of(matter.form, read.filling) == texts
    needed = {a.material.id for a in matter.materials_for(example.filling, example.today)}
    found = assess(matter, texts, needed, Circumstances(example.today, "zh_CN", CATALOGUE.coverage, reached=True))
    assert not found.blocked, found.findings
    assert found.blank == ()
    assert people_of(matter.form, found.filling)[0].name == example.filling.values["applicant_name"]


def test_a_value_whose_question_is_no_longer_asked_does_not_count() -> None:
    matter = CATALOGUE.matter("RK-001")
    texts = texts_of(matter.form, matter.examples[0].filling)
    texts |= {"by_post": "true", "post_name": "测试甲", "post_phone": "不是电话"}
    assert typed(matter.form, texts, TODAY).wrong.keys() == {"post_phone"}
    withdrawn = typed(matter.form, {**texts, "by_post": "false"}, TODAY)
    assert not withdrawn.wrong
    assert "post_name" not in withdrawn.filling.values


def test_rows_keep_the_draft_s_numbers_and_gaps_name_them() -> None:
    matter = next(m for m in CATALOGUE.matters if m.form.section("companions") is not None)
    section = matter.form.section("companions")
    assert section is not None
    name, number, relation = section.fields
    texts = texts_of(matter.form, matter.examples[0].filling)
    texts |= {key_of(section, name, 2): "测试丁", key_of(section, name, 5): "测试戊", key_of(section, relation, 5): "20"}
    assert row_numbers(section, texts) == (2, 5)
    found = assess(matter, texts, (), AROUND)
    assert [row["companion_name"] for row in found.filling.rows["companions"]] == ["测试丁", "测试戊"]
    assert {key_of(section, number, 2), key_of(section, relation, 2), key_of(section, number, 5)} <= set(found.blank)
    assert [p.row for p in person_places(matter.form, texts) if p.section is section] == [2, 5, 6]
    assert [p.name for p in people_of(matter.form, found.filling) if p.role.value == "accompanying"] == ["测试丁", "测试戊"]


@pytest.mark.parametrize(
    ("kind", "number", "certificate"),
    [
        ("resident-id", "999999199503010016", "111"),
        ("resident-id", "810000199503010016", "551"),
        ("resident-id", "830000199503010016", "552"),
        ("passport-foreign", "L8988901C", "414"),
        ("permanent-resident-old", "AAA999999999999", "553"),
        ("taiwan-permit", "L12345678", "999"),
    ],
)
def test_a_kind_of_number_has_its_certificate(kind: str, number: str, certificate: str) -> None:
    assert certificate_of(kind, number) == certificate


def test_certificates_without_a_number_of_ours_have_no_kind() -> None:
    assert kind_of_certificate("111") == kind_of_certificate("552") == "resident-id"
    assert kind_of_certificate("117") == kind_of_certificate("999") == ""


def test_offline_a_matter_that_needs_the_back_end_cannot_be_accepted() -> None:
    matter = next(m for m in CATALOGUE.matters if not m.offline)
    texts = texts_of(matter.form, matter.examples[0].filling)
    around = Circumstances(TODAY, "zh_CN", CATALOGUE.coverage, reached=False)
    assert "online" in {f.subject for f in assess(matter, texts, (), around).findings if f.blocks}
    assert "online" not in {f.subject for f in assess(matter, texts, (), AROUND).findings}


@pytest.mark.parametrize(("province", "warned"), [("110000", True), ("120000", False)])
def test_a_province_that_does_not_take_part_is_told_of(province: str, warned: bool) -> None:
    matter = CATALOGUE.matter("RK-030")
    texts = texts_of(matter.form, matter.examples[0].filling) | {"from_province": province}
    found = [f for f in assess(matter, texts, ("marriage-certificate",), AROUND).findings if f.subject == "from_province"]
    assert bool(found) is warned
    assert not any(f.blocks for f in found), "the back end's check decides"


@settings(max_examples=150, deadline=None)
@given(code=st.sampled_from(CODES), draw=st.data())
def test_whatever_is_typed_is_assessed_and_never_raises(code: str, draw: st.DataObject) -> None:
    matter = CATALOGUE.matter(code)
    keys = [key_of(s, f, 1 if s.rows else 0) for s in matter.form.sections for f in s.fields] + ["companions.x.y", "gone"]
    texts = draw.draw(st.dictionaries(st.sampled_from(keys), st.text(max_size=60)))
    found = assess(matter, texts, draw.draw(st.sets(st.text(max_size=8), max_size=3)), AROUND)
    assert isinstance(found.filling, Filling)
    assert all(finding.text for finding in found.findings)

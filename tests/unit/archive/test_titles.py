"""What lines of a page say about its type: misread characters do not matter, naming a form is not being it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.archive.classify import Typed, decided
from app.archive.line_reading import ReadLine
from app.archive.titles import code_type, match_limits, title_score, titles_in, type_words, words_in
from app.config.archive_types import page_types
from app.domain.archive_batch import TypedBy


def lines(*texts: str) -> list[ReadLine]:
    return [ReadLine(text, 0.05 * number, 0.02, 0.95) for number, text in enumerate(texts)]


def nothing() -> dict[str, float]:
    return {"other": 0.4}


def typed(*texts: str, kind: str = "vehicle", picture: dict[str, float] | None = None, paper: str = "A4") -> Typed:
    return decided(lines(*texts), lambda: picture or nothing(), kind, paper, match_limits())


@pytest.mark.parametrize("kind", ["vehicle", "driver"])
def test_every_title_of_the_table_is_its_own_type(kind: str) -> None:
    for name, words in type_words(kind).items():
        for title in words.titles:
            said = typed(title, kind=kind, picture={name: 0.9, "other": 0.1})
            assert said.type == name, title


def test_every_type_of_the_source_has_its_words_but_those_without_writing() -> None:
    silent = {"blank", "other", "vehicle-photo", "scene-photo"}
    for kind in ("vehicle", "driver"):
        assert set(page_types(kind)) - silent == set(type_words(kind))


@pytest.mark.parametrize(
    ("read", "wanted"),
    [
        ("机动车牌征申请表", "plate-form"),
        ("机动车注册、转移、注销登记/转入申请表", "registration-form"),
        ("机动车抵押登记/质押备案申请袠", "mortgage-form"),
        ("报废机动车回收证朋", "scrapping"),
    ],
)
def test_a_misread_title_is_still_known(read: str, wanted: str) -> None:
    assert typed(read).type == wanted


def test_a_sentence_that_names_a_form_is_not_its_title() -> None:
    assert title_score("委托书", "本人因故不能前来，特出具委托书一份请予办理补领行驶证事宜") == 0.0


def test_without_a_title_the_words_say_it_and_what_is_not_sure_stays_open() -> None:
    said = typed("抵押权人名称", "抵押合同号码", "主合同号码", "解除抵押日期")
    assert (said.type, said.by) == ("mortgage-form", TypedBy.WORDS)
    assert typed("未知内容").type == ""
    assert typed().type == ""


def test_without_writing_the_picture_says_it_only_when_it_is_sure() -> None:
    assert typed(picture={"vehicle-photo": 0.97, "other": 0.03}).type == "vehicle-photo"
    assert typed(picture={"vehicle-photo": 0.6, "other": 0.4}).type == ""


def test_a_card_and_its_copy_are_told_apart_by_the_sheet() -> None:
    assert typed("中华人民共和国居民身份证", paper="ID-1").type == "identity-card"
    assert typed("中华人民共和国居民身份证", picture={"identity-copy": 0.9, "identity-card": 0.1}).type == "identity-copy"


def test_codes_of_the_tax_office_and_the_company_register() -> None:
    assert code_type("01,03,012001900311,12345678,98000.00,20260301,,1A2B", "vehicle") == "origin"
    assert code_type("http://www.gsxt.gov.cn/index.html?uniscid=9", "vehicle") == "business-licence"
    assert code_type("https://example.org", "vehicle") == ""
    assert code_type("", "vehicle") == ""


@given(st.lists(st.text(max_size=60), max_size=8))
def test_whatever_is_read_no_score_leaves_its_bounds(texts: list[str]) -> None:
    for likeness in (*titles_in(lines(*texts), "vehicle"), *words_in(lines(*texts), "driver")):
        assert 0.0 <= likeness.score <= 1.0

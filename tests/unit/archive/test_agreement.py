"""Pages of one file name one vehicle and one person, or the difference is shown; wrong check digits are no numbers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.archive.agreement import Item, agreed, disagreements, values_in
from app.archive.line_reading import ReadLine
from app.domain.person import check_character
from app.domain.vehicle import vin_check_digit

FIRST17 = "99999919900307001"
CITIZEN = FIRST17 + check_character(FIRST17)


def vin(serial: str) -> str:
    text = "LJCXX1A1" + "0" + "N" + "8" + serial  # 17 characters
    return text[:8] + vin_check_digit(text) + text[9:]


def lines(*texts: str) -> list[ReadLine]:
    return [ReadLine(text, 0.0, 0.02, 0.9) for text in texts]


def test_numbers_are_read_out_of_their_lines() -> None:
    said = values_in(
        lines(f"车辆识别代号：{vin('000123')}", f"公民身份号码{CITIZEN}", "号牌号码：渝A·12345", "姓名：示例甲")
    )
    assert said == {Item.VIN: {vin("000123")}, Item.ID_NUMBER: {CITIZEN}, Item.PLATE: {"渝A12345"}, Item.NAME: {"示例甲"}}


def test_what_a_reader_of_print_confuses_is_put_right_only_where_it_then_checks() -> None:
    right = vin("000123")
    assert values_in(lines(right.replace("0", "O")))[Item.VIN] == {right}
    wrong = right[:8] + ("1" if right[8] != "1" else "2") + right[9:]
    assert values_in(lines(wrong))[Item.VIN] == set()
    assert values_in(lines(CITIZEN[:-1] + ("1" if CITIZEN[-1] != "1" else "2")))[Item.ID_NUMBER] == set()


def test_pages_that_differ_are_shown_with_what_each_says() -> None:
    pages = {
        "P1": values_in(lines(vin("000123"), "姓名示例甲")),
        "P2": values_in(lines(vin("000123"))),
        "P3": values_in(lines(vin("000124"))),
        "P4": values_in(lines("没有号码")),
    }
    (differ,) = disagreements(pages)
    assert differ.item is Item.VIN
    assert [(value, len(ids)) for value, ids in differ.values] == [(vin("000123"), 2), (vin("000124"), 1)]
    assert agreed(pages) == {Item.NAME: "示例甲"}


@given(st.lists(st.text(max_size=80), max_size=10))
def test_whatever_is_read_nothing_falls_over(texts: list[str]) -> None:
    said = values_in(lines(*texts))
    disagreements({"a": said, "b": values_in(lines(*texts[:1]))})

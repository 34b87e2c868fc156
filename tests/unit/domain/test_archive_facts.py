"""What an officer types of a file: one stored form, refused only where it cannot be what it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.archive_batch import FileFacts
from app.domain.archive_facts import as_filed, doubtful_vin, stated
from app.domain.archive_query import FileQuery
from app.domain.errors import BadInput


def test_wide_small_and_spaced_characters_are_stored_and_searched_alike() -> None:
    told = stated(FileFacts(" 渝ａ12345 ", "02", "ljcxx1a1x n8000123", "a－7 ", "99999919900307001 2", " 示例甲 "))
    assert told == FileFacts("渝A12345", "02", "LJCXX1A1XN8000123", "A-7", "999999199003070012", "示例甲")
    asked = as_filed(FileQuery(plate="渝ａ 12345", vin="ljcxx1a1xn8000123", archive_number="ａ-7", serial=" xl-1"))
    assert (asked.plate, asked.vin, asked.archive_number, asked.serial) == (told.plate, told.vin, "A-7", "XL-1")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (FileFacts(vin="LJCXX1A15N800O123"), "ARC-152"),
        (FileFacts(vin="LJCXX1A15N8000,23"), "ARC-152"),
        (FileFacts(archive_number="7" * 41), "ARC-153"),
        (FileFacts(id_number="999999199002300015"), "PER-102"),
        (FileFacts(id_number="999999199003070015"), "PER-103"),
        (FileFacts(name="甲\n乙"), "PER-104"),
    ],
)
def test_what_cannot_be_is_refused_by_name(facts: FileFacts, code: str) -> None:
    with pytest.raises(BadInput) as refusal:
        stated(facts)
    assert refusal.value.code == code


def test_old_frame_numbers_passports_and_units_are_taken_and_a_doubtful_vin_is_only_pointed_out() -> None:
    old = FileFacts(vin="A1234567", id_number="E12345678")
    assert stated(old) == old
    assert stated(FileFacts(vin="LJCXX1A15N8000124")).vin == "LJCXX1A15N8000124"
    assert [doubtful_vin(vin) for vin in ("ljcxx1a15n8000124", "LJCXX1A1XN8000123", "A1234567", "")] == [
        True,
        False,
        False,
        False,
    ]


def test_a_kind_of_plate_says_nothing_without_a_plate() -> None:
    assert stated(FileFacts(plate_kind="02")) == FileFacts()


@given(st.builds(FileFacts, *[st.text(max_size=60)] * 6))
def test_any_text_is_stored_in_a_form_that_stays_or_refused_by_code(facts: FileFacts) -> None:
    try:
        told = stated(facts)
    except BadInput:
        return
    assert stated(told) == told

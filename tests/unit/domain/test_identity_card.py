"""What an officer is told to look at on a card: dates, numbers, codes, characters; nothing corrected, nothing refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config.texts import card_word, whole_table
from app.domain.identity_card import (
    NATION_CODES,
    CardType,
    Finding,
    IdentityCard,
    Sex,
    Validity,
    ValidityState,
    card_date,
    check_digit,
    comparable_name,
    former_number,
    readable,
)
from app.domain.person import check_character

TODAY = date(2026, 11, 25)


def number(first17: str) -> str:
    return first17 + check_character(first17)


# 999999 is no assigned region code (GB/T 2260): no such person can exist.
GOOD = IdentityCard(
    CardType.RESIDENT, name="欧阳示例", latin_name="", latin_name_rest="", sex="2", nation="01", birth="19900307",
    address="测试路1号", new_address="", number=number("99999919900307102"), authority="测试市公安局",
    valid_from="20200102", valid_until="20400102", pass_number="", issue_count="", nationality="", version="",
    former_link="",
)  # fmt: skip
HMT = replace(GOOD, type=CardType.HMT_RESIDENT, nation="", number=number("81999919900307102"))
OLD = replace(GOOD, type=CardType.FOREIGNER_2017, nation="", number="UTO99019003071" + check_digit("UTO99019003071"))
NEW = replace(GOOD, type=CardType.FOREIGNER_2023, nation="", nationality="UTO", former_link="017")


@pytest.mark.parametrize("card", [GOOD, HMT, OLD, NEW], ids=lambda c: c.type.value)
def test_a_card_in_order_has_nothing_to_look_at(card: IdentityCard) -> None:
    assert card.findings(TODAY, 90) == ()


@pytest.mark.parametrize(
    ("card", "finding"),
    [
        (replace(GOOD, name=" "), Finding.NAME_EMPTY),
        (replace(GOOD, name="\ue863示例"), Finding.NAME_RARE),
        (replace(GOOD, name="\U000f0000示例"), Finding.NAME_RARE),
        (replace(GOOD, name="\ud862示例"), Finding.TEXT_BROKEN),
        (replace(GOOD, address="一\x01二"), Finding.TEXT_BROKEN),
        (replace(GOOD, number="99999919900307"), Finding.NUMBER_SHAPE),
        (replace(GOOD, number=number("99999919901307102")), Finding.NUMBER_SHAPE),
        (replace(GOOD, number=GOOD.number[:17] + "?"), Finding.NUMBER_SHAPE),
        (replace(GOOD, number=GOOD.number[:17] + ("0" if GOOD.number[17] != "0" else "1")), Finding.NUMBER_CHECK),
        (replace(GOOD, birth="19900308"), Finding.NUMBER_BIRTH),
        (replace(GOOD, sex="1"), Finding.NUMBER_SEX),
        (replace(HMT, number=GOOD.number), Finding.NUMBER_PREFIX),
        (replace(OLD, number="UTO9901900307"), Finding.NUMBER_SHAPE),
        (replace(OLD, number=OLD.number[:14] + str((int(OLD.number[14]) + 1) % 10)), Finding.NUMBER_CHECK),
        (replace(OLD, birth="19910307"), Finding.NUMBER_BIRTH),
        (replace(NEW, number=number("89999919900307102")), Finding.NUMBER_SHAPE),
        (replace(GOOD, sex="3"), Finding.SEX_CODE),
        (replace(GOOD, nation="57"), Finding.NATION_CODE),
        (replace(GOOD, nation=""), Finding.NATION_CODE),
        (replace(GOOD, birth="20261126", number=number("99999920261126102")), Finding.BIRTH_DATE),
        (replace(GOOD, valid_from="20200230"), Finding.VALIDITY_DATES),
        (replace(GOOD, valid_until=""), Finding.VALIDITY_DATES),
        (replace(GOOD, valid_until="20190102"), Finding.VALIDITY_DATES),
        (replace(GOOD, valid_from="20261126"), Finding.NOT_YET_VALID),
        (replace(GOOD, valid_until="20261124"), Finding.EXPIRED),
        (replace(GOOD, valid_until="20261201"), Finding.EXPIRES_SOON),
    ],
)
def test_each_thing_that_is_wrong_is_found_and_nothing_else(card: IdentityCard, finding: Finding) -> None:
    assert card.findings(TODAY, 90) == (finding,)


def test_a_birth_date_that_does_not_exist_is_found() -> None:
    assert Finding.BIRTH_DATE in replace(GOOD, birth="19900230").findings(TODAY, 90)


def test_a_card_of_unknown_kind_is_said_to_be_one() -> None:
    assert replace(GOOD, type=CardType.UNKNOWN, name="").findings(TODAY, 90) == (Finding.TYPE_UNKNOWN,)


def test_the_last_day_still_counts_and_the_day_after_does_not() -> None:
    validity = Validity.of("20161125", "20261125")
    assert validity.state(TODAY, 0) is ValidityState.VALID
    assert validity.state(TODAY, 1) is ValidityState.EXPIRES_SOON
    assert validity.state(TODAY + timedelta(1), 0) is ValidityState.EXPIRED


def test_a_long_term_card_has_no_last_day() -> None:
    validity = Validity.of("20200102", "长期")
    assert validity == Validity(date(2020, 1, 2), None, True)
    assert validity.state(date(2999, 1, 1), 365) is ValidityState.VALID
    assert validity.state(date(2020, 1, 1), 365) is ValidityState.NOT_YET_VALID
    assert Validity.of("x", "长期").state(TODAY, 90) is ValidityState.UNREADABLE


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 20000), st.dates(date(2000, 1, 1)), st.integers(0, 365))
def test_a_card_is_in_force_exactly_between_its_days(since: date, days: int, today: date, soon: int) -> None:
    until = since + timedelta(days)
    state = Validity(since, until).state(today, soon)
    usable = state in (ValidityState.VALID, ValidityState.EXPIRES_SOON)
    assert usable == (since <= today <= until)


@pytest.mark.parametrize("text", ["", "2020013", "202001011", "20201301", "00000101", "２０２００１０１", "长期"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert card_date(text) is None


def test_the_specimen_of_icao_9303_has_its_check_digits() -> None:
    # Doc 9303 part 4, appendix A: document number, date of birth, date of expiry.
    assert (check_digit("L898902C3"), check_digit("740812"), check_digit("120415")) == ("6", "2", "9")


def test_the_number_of_the_earlier_card_is_rebuilt_or_left_out() -> None:
    assert NEW.former_number == former_number("UTO", NEW.number, "017") == "UTO99019003077" + check_digit("UTO99019003077")
    assert replace(NEW, former_link="").former_number == ""
    assert replace(NEW, former_link="0A7").former_number == ""
    assert replace(GOOD, former_link="017").former_number == ""


def test_names_are_compared_whatever_middle_dot_was_typed() -> None:
    assert len({comparable_name(f"阿依古丽{dot}示例") for dot in "·•・‧"}) == 1
    assert comparable_name("Anna  SPECIMEN") == comparable_name("ＡＮＮＡ specimen")
    assert comparable_name("示例") != comparable_name("例示")


@given(st.text(st.characters(), max_size=30))
def test_what_is_shown_can_be_written_and_sound_text_is_untouched(text: str) -> None:
    shown = readable(text)
    shown.encode("utf-8")
    if shown != text:
        assert "⟨" in shown


def test_a_half_of_a_pair_is_shown_as_its_code() -> None:
    assert readable("\ud862示") == "⟨D862⟩示"


def test_every_code_of_the_standards_has_a_name_and_every_finding_a_sentence() -> None:
    tables = whole_table("card")
    assert set(tables["nations"]) == NATION_CODES
    assert set(tables["sexes"]) == {sex.value for sex in Sex}
    assert set(tables["findings"]) == {finding.value for finding in Finding}
    assert set(tables["types"]) == {one.value for one in CardType}
    assert set(tables["validity"]) == {one.value for one in ValidityState}
    assert card_word("nations", "29") == "柯尔克孜"
    assert card_word("nations", "43") == "乌孜别克"
    assert card_word("nations", "57") is None


def test_a_card_never_shows_its_holder_in_a_log() -> None:
    assert "示例" not in repr(GOOD) + str([GOOD])

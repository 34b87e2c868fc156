"""What stands on the four kinds of card is read from its place, and no character of it is lost or replaced."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.ports.card_fingerprint import FingerTemplate, Registration, finger_templates
from devices.ports.card_text import CardKind, CardText, card_text
from devices.simulators.sdt.cards import KINDS, invented_card


def block(places: dict[int, str]) -> bytes:
    """256 bytes of spaces with texts at byte offsets, as the data sheets count them."""
    raw = bytearray(b" \0" * 128)
    for at, text in places.items():
        encoded = text.encode("utf-16-le", "surrogatepass")
        raw[at : at + len(encoded)] = encoded
    return bytes(raw)


RESIDENT = {0: "欧阳示例", 30: "2", 32: "01", 36: "19900307", 52: "测试省测试市示例路1号", 122: "999999199003071023"}
RESIDENT |= {158: "测试市公安局", 188: "20200102", 204: "长期"}


def test_a_resident_card_is_read_from_its_places() -> None:
    assert card_text(block(RESIDENT)) == CardText(
        CardKind.RESIDENT, name="欧阳示例", sex="2", nation="01", birth="19900307", address="测试省测试市示例路1号",
        number="999999199003071023", authority="测试市公安局", valid_from="20200102", valid_until="长期",
    )  # fmt: skip


def test_a_residence_permit_has_a_permit_number_and_no_nation() -> None:
    # 32: what stands in the reserved place of 民族 is no nation.
    text = card_text(block({**RESIDENT, 32: "56", 220: "H99999999", 238: "02", 248: "J"}))
    assert (text.kind, text.nation) == (CardKind.HMT_RESIDENT, "")
    assert (text.pass_number, text.issue_count, text.name) == ("H99999999", "02", "欧阳示例")


def test_a_foreigner_s_card_of_2017_is_read_from_its_places() -> None:
    places = {0: "SPECIMEN, ANNA MARIA", 120: "2", 122: "UTO990190030712", 152: "UTO", 158: "安娜", 188: "20200102"}
    assert card_text(block({**places, 204: "20300102", 220: "19900307", 236: "01", 240: "9900", 248: "I"})) == CardText(
        CardKind.FOREIGNER_2017, name="安娜", latin_name="SPECIMEN, ANNA MARIA", sex="2", number="UTO990190030712",
        nationality="UTO", valid_from="20200102", valid_until="20300102", birth="19900307", version="01", authority="9900",
    )  # fmt: skip


def test_a_foreigner_s_card_of_2023_is_read_from_its_places() -> None:
    places = {0: "安娜", 30: "2", 32: "03", 36: "19900307", 52: "SPECIMEN, ANNA", 122: "999999199003071023"}
    places |= {188: "20240102", 204: "20340102", 220: "MARIA", 242: "UTO", 248: "Y", 250: "123"}
    assert card_text(block(places)) == CardText(
        CardKind.FOREIGNER_2023, name="安娜", latin_name="SPECIMEN, ANNA", latin_name_rest="MARIA", sex="2",
        issue_count="03", birth="19900307", number="999999199003071023", nationality="UTO", valid_from="20240102",
        valid_until="20340102", former_link="123",
    )  # fmt: skip


@pytest.mark.parametrize("letter", ["K", "Z"])
def test_a_kind_of_card_that_nobody_knows_is_not_guessed(letter: str) -> None:
    assert card_text(block({**RESIDENT, 248: letter})) == CardText(CardKind.UNKNOWN)


@pytest.mark.parametrize("reserved", [" ", "\0", "0", "j", "预"])
def test_what_stands_in_the_reserved_part_of_a_resident_card_changes_nothing(reserved: str) -> None:
    assert card_text(block({**RESIDENT, 248: reserved})).kind is CardKind.RESIDENT


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(20))
def test_an_invented_card_is_of_its_kind(kind: str, seed: int) -> None:
    assert card_text(invented_card(kind, seed).text).kind.value == kind


@given(st.lists(st.integers(1, 0xFFFF), max_size=15))
def test_every_character_of_a_name_survives(units: list[int]) -> None:
    # UTF-16 units of any kind: rare characters in pairs, private use, halves of pairs.
    raw = b"".join(unit.to_bytes(2, "little") for unit in units)
    name = card_text(raw.ljust(30, b"\0") + block({})[30:]).name
    assert raw.startswith(name.encode("utf-16-le", "surrogatepass"))
    assert not raw[len(name.encode("utf-16-le", "surrogatepass")) :].strip(b" \0"), "only padding was taken off"


@pytest.mark.parametrize("name", ["𬱖㐂·示例", "\ue863示", "\ud862示例", "阿依古丽·示例"])
def test_rare_private_and_broken_characters_stay_as_they_are(name: str) -> None:
    assert card_text(block({**RESIDENT, 0: name})).name == name


def test_a_block_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="255"):
        card_text(bytes(255))


def test_the_heads_of_fingerprint_templates_are_read() -> None:
    one = bytes((0x43, 1, 0, 0, 1, 11, 80)).ljust(512, b"\1")
    two = bytes((0x43, 1, 0, 0, 77, 97, 0)).ljust(512, b"\1")
    assert finger_templates(b"") == ()
    assert finger_templates(one + two) == (
        FingerTemplate(Registration.REGISTERED, 11, 80),
        FingerTemplate(Registration.UNKNOWN, 97, 0),
    )
    assert finger_templates(bytes(512) + two) == (FingerTemplate(Registration.UNKNOWN, 97, 0),)

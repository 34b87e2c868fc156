"""The bytes of the SDT protocol: those of the published tables, and what any other bytes may not do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.drivers.sdt.commands import (
    FIND,
    MODULE_NUMBER,
    MODULE_STATUS,
    READ,
    READ_NEW_ADDRESS,
    READ_WITH_FINGERPRINTS,
    SELECT,
    sam_number,
)
from devices.drivers.sdt.frames import Reply, ReplyParser
from helpers.card_fuzz import (
    FUZZED,
    PIECES,
    answer_of,
    card_of_text,
    likely_bytes,
    module_hears,
    replies_in,
    reply_after_noise,
    worker_said,
)

# Marks, lengths and status bytes come often, so that the parsers get past their first look.
LIKELY = st.lists(st.one_of(st.binary(max_size=40), st.sampled_from(PIECES)), max_size=12).map(b"".join)
WIRE = settings(max_examples=200, deadline=None)


@pytest.mark.parametrize(
    ("command", "published"),
    [
        (MODULE_STATUS, "AA AA AA 96 69 00 03 11 FF ED"),
        (MODULE_NUMBER, "AA AA AA 96 69 00 03 12 FF EE"),
        (FIND, "AA AA AA 96 69 00 03 20 01 22"),
        (SELECT, "AA AA AA 96 69 00 03 20 02 21"),
        (READ, "AA AA AA 96 69 00 03 30 01 32"),
        (READ_WITH_FINGERPRINTS, "AA AA AA 96 69 00 03 30 10 23"),
        (READ_NEW_ADDRESS, "AA AA AA 96 69 00 03 30 03 30"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_request_is_the_published_one(command: object, published: str) -> None:
    assert command.frame == bytes.fromhex(published)  # type: ignore[attr-defined]  # a Command, unnamed in the list


@pytest.mark.parametrize(
    ("published", "word", "data"),
    [
        ("AA AA AA 96 69 00 04 00 00 90 94", 0x90, ""),
        ("AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97", 0x9F, "00000000"),
        ("AA AA AA 96 69 00 04 00 00 80 84", 0x80, ""),
        ("AA AA AA 96 69 00 04 00 00 81 85", 0x81, ""),
        ("AA AA AA 96 69 00 04 00 00 41 45", 0x41, ""),
        ("AA AA AA 96 69 00 04 00 00 60 64", 0x60, ""),
        ("AA AA 96 69 00 04 00 00 90 94", 0x90, ""),
        ("AA 96 69 00 04 00 00 90 94", 0x90, ""),
    ],
)
def test_a_published_reply_is_read_a_lost_preamble_byte_or_two_forgiven(published: str, word: int, data: str) -> None:
    (reply,) = ReplyParser().feed(bytes.fromhex(published))
    assert (reply.word, reply.data) == (word, bytes.fromhex(data))


def test_a_wrong_checksum_is_no_reply_and_is_named() -> None:
    parser = ReplyParser()
    assert not list(parser.feed(bytes.fromhex("AA AA AA 96 69 00 04 00 00 90 95")))
    assert parser.damage == "checksum 95, not 94"


def test_a_length_beyond_every_card_is_not_waited_for() -> None:
    parser = ReplyParser()
    sound = bytes.fromhex("AA AA AA 96 69 00 04 00 00 90 94")
    assert list(parser.feed(b"\xaa\x96\x69\xff\xff" + sound)) == [Reply(b"\0\0\x90", b"")]


def test_the_number_s_parts_are_unsigned_and_little_endian() -> None:
    assert sam_number(bytes.fromhex("0500 FF00 C7D73401 FFFFFFFF C8010000")) == "05.255-20240327-4294967295-456"


@WIRE
@given(LIKELY, st.integers(1, 50))
def test_any_bytes_are_sound_replies_or_nothing(data: bytes, piece: int) -> None:
    replies_in(data, piece)


@WIRE
@given(LIKELY, st.binary(max_size=60))
def test_an_answer_is_found_behind_any_noise(noise: bytes, body: bytes) -> None:
    if b"\xaa" not in noise + body:
        reply_after_noise(noise, body)


_LENGTHS = st.sampled_from([bytes.fromhex(h) for h in ("01000400", "010004000000", "010004000200", "010004000400")])
_SIZES = st.sampled_from([1279, 1280, 1281, 1792, 2304, 2305])


@WIRE
@given(st.one_of(st.binary(max_size=60), st.tuples(_LENGTHS, _SIZES).map(lambda t: t[0] + bytes(t[1]))))
def test_any_data_are_a_whole_card_or_none(data: bytes) -> None:
    answer_of(data)


@WIRE
@given(
    st.one_of(
        st.binary(min_size=256, max_size=256),
        st.tuples(st.binary(min_size=248, max_size=248), st.sampled_from("IJYZ a"), st.binary(min_size=6, max_size=6)).map(
            lambda parts: parts[0] + parts[1].encode("utf-16-le") + parts[2]
        ),
    )
)
def test_any_text_block_is_a_card_with_findings(block: bytes) -> None:
    card_of_text(block)


@WIRE
@given(LIKELY)
def test_a_mad_worker_s_card_is_refused(data: bytes) -> None:
    worker_said(data)


@WIRE
@given(LIKELY)
def test_the_simulated_module_answers_soundly(data: bytes) -> None:
    module_hears(data)


@pytest.mark.parametrize("fuzzed", FUZZED, ids=lambda f: f.__name__)
def test_four_thousand_inputs_hurt_no_parser(fuzzed: Callable[[bytes], object]) -> None:
    for data in likely_bytes(4000, seed=4):
        fuzzed(data)


@pytest.mark.exhaustive
@pytest.mark.parametrize("fuzzed", FUZZED, ids=lambda f: f.__name__)
def test_two_hundred_thousand_inputs_more(fuzzed: Callable[[bytes], object]) -> None:
    for data in likely_bytes(200_000, seed=5):
        fuzzed(data)

"""DLE EOT 1-4 against the reference's table, bit by bit; a state claims no more than the bytes say."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.drivers.escpos.printer import EscposPrinter
from devices.drivers.escpos.status import is_done_answer, is_hot, parse, valid
from devices.ports.errors import PaperOut
from devices.ports.printer import JobOutcome, PrinterState
from helpers.printer_fuzz import AnsweringWire, check_answer_stream, check_status_bytes

P = PrinterState
OK = 0x12

# (reply to 1, 2, 3, 4) as the reference's section 4.2 has the bits, and the state a person would name.
TABLE = [
    ((0x12, 0x12, 0x12, 0x12), P.READY),
    ((0x16, 0x12, 0x12, 0x12), P.READY),  # drawer pin high
    ((0x52, 0x12, 0x12, 0x12), P.READY),  # feed button held
    ((0x1A, 0x12, 0x12, 0x12), P.OFFLINE),
    ((0x32, 0x12, 0x12, 0x12), P.OFFLINE),  # waits for on-line recovery
    ((0x1A, 0x1A, 0x12, 0x12), P.OFFLINE),  # paper is being fed by the button
    ((0x1A, 0x16, 0x12, 0x12), P.COVER_OPEN),
    ((0x1A, 0x32, 0x12, 0x72), P.PAPER_END),  # no near-end sensor
    ((0x1A, 0x32, 0x12, 0x7E), P.PAPER_END),
    ((0x12, 0x12, 0x12, 0x7E), P.PAPER_END),
    ((0x1A, 0x32, 0x12, 0x12), P.PAPER_END),  # stopped by paper end, sensor silent about it
    ((0x1A, 0x36, 0x12, 0x7E), P.COVER_OPEN),  # roll being changed: the cover comes first
    ((0x1A, 0x52, 0x1A, 0x12), P.CUTTER_FAULT),
    ((0x1A, 0x52, 0x32, 0x12), P.ERROR),  # unrecoverable
    ((0x1A, 0x52, 0x52, 0x12), P.ERROR),  # head temperature
    ((0x1A, 0x52, 0x12, 0x12), P.ERROR),
    ((0x12, 0x12, 0x12, 0x1E), P.NEAR_END),
]


def replies(*codes: int) -> tuple[bytes, bytes, bytes, bytes]:
    one, two, three, four = (bytes((code,)) for code in codes)
    return one, two, three, four


@pytest.mark.parametrize(("codes", "state"), TABLE)
def test_each_bit_of_the_table_has_its_state(codes: tuple[int, ...], state: PrinterState) -> None:
    assert parse(replies(*codes)).state is state
    assert is_hot(replies(*codes)[2]) is (codes[2] == 0x52)


@pytest.mark.parametrize("half", [0x16, 0x1A, 0x32, 0x52, 0x36])
def test_half_a_pair_of_sensor_bits_is_neither_paper_end_nor_near_end(half: int) -> None:
    assert parse(replies(OK, OK, OK, half)).state is P.READY
    assert parse((b"", b"", b"", bytes((half,)))).state is P.UNKNOWN


def test_silence_and_noise_are_unknown() -> None:
    assert parse((b"", b"", b"", b"")).state is P.UNKNOWN
    for code in range(256):
        if not valid(bytes((code,))):
            assert parse(replies(code, code, code, code)).state is P.UNKNOWN


def test_ready_is_only_what_says_that_it_is_on_line() -> None:
    assert parse((b"", b"\x12", b"\x12", b"\x12")).state is P.UNKNOWN
    assert parse((b"\x12", b"", b"", b"")).state is P.READY


def test_an_answer_to_gs_r_is_never_taken_for_a_status_nor_the_other_way_round() -> None:
    for code in range(256):
        assert not (valid(bytes((code,))) and is_done_answer(bytes((code,))))


@settings(max_examples=4000, deadline=None)
@given(st.tuples(*([st.binary(max_size=2)] * 4)))
def test_any_reply_bytes_claim_no_more_than_they_say(data: tuple[bytes, ...]) -> None:
    check_status_bytes(data)


def test_every_combination_of_valid_replies_has_a_state() -> None:
    good = [bytes((c,)) for c in range(256) if valid(bytes((c,)))]
    for data in itertools.product(good, repeat=4) if len(good) <= 16 else ():
        check_status_bytes(data)
    assert len(good) == 16


@settings(max_examples=4000, deadline=None)
@given(st.binary(max_size=80))
def test_any_stream_of_answers_ends_in_a_status_and_an_outcome(stream: bytes) -> None:
    check_answer_stream(stream)


@pytest.mark.exhaustive
@settings(max_examples=200_000, deadline=None)
@given(st.binary(max_size=400))
def test_any_long_stream_of_answers_ends(stream: bytes) -> None:
    check_answer_stream(stream)


def test_a_confirmation_that_arrives_while_the_state_is_asked_is_not_lost() -> None:
    """The answer to GS r 1 may stand before the answers to DLE EOT: thrown away, a printed ticket would look unprinted."""
    before = bytes((OK,) * 4)
    wire = AnsweringWire(before + bytes((OK, 0x00, OK, OK, OK)))
    assert EscposPrinter("x", wire, 576).print(b"job", 2.0) is JobOutcome.CONFIRMED


def test_a_confirmation_with_the_end_bits_counts_unless_the_sensor_says_the_same() -> None:
    before = bytes((OK,) * 4)
    cheap = AnsweringWire(before + bytes((0x0F, OK, OK, OK, OK)))
    assert EscposPrinter("x", cheap, 576).print(b"job", 2.0) is JobOutcome.CONFIRMED
    ended = AnsweringWire(before + bytes((0x0F, 0x1A, 0x32, OK, 0x7E)))
    with pytest.raises(PaperOut) as error:
        EscposPrinter("x", ended, 576).print(b"job", 2.0)
    assert error.value.code == "PRN-111"

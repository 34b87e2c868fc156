"""The EF 01 line: packets byte for byte, and whatever else comes down a serial cable."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.drivers.ef01.confirmations import CONFIRMATIONS, error_of
from devices.drivers.ef01.packets import LARGEST_PAYLOAD, Packet, Pid, encode
from devices.ports.errors import FingerScannerFault
from helpers.finger_fuzz import (
    fuzz_ef01_module,
    fuzz_ef01_packets,
    fuzz_library_text,
    fuzz_scanner_words,
    packets_of,
    random_fields,
    random_line,
)

PACKETS = st.builds(Packet, st.sampled_from(Pid), st.binary(max_size=LARGEST_PAYLOAD), st.integers(0, 0xFFFFFFFF))
SEEDS = st.integers(0, 2**32)
A_RUN = 25  # inputs a seed


def test_get_image_is_the_twelve_bytes_of_the_manual() -> None:
    assert encode(Packet(Pid.COMMAND, b"\x01")).hex(" ") == "ef 01 ff ff ff ff 01 00 03 01 00 05"


def test_verify_password_is_the_sixteen_bytes_of_the_manual() -> None:
    expected = "ef 01 ff ff ff ff 01 00 07 13 00 00 00 00 00 1b"
    assert encode(Packet(Pid.COMMAND, b"\x13\0\0\0\0")).hex(" ") == expected


@settings(max_examples=100, deadline=None)
@given(st.lists(PACKETS, max_size=3), st.integers(1, 40))
def test_what_was_sent_arrives_however_the_line_cuts_it(sent: list[Packet], piece: int) -> None:
    assert packets_of(b"".join(map(encode, sent)), piece) == (sent, 0)


@settings(max_examples=100, deadline=None)
@given(PACKETS, st.integers(6, 10_000), st.integers(1, 255))
def test_one_changed_byte_never_passes(packet: Packet, place: int, change: int) -> None:
    """From the kind onward; the address is not covered by the sum, the header is found by its bytes."""
    data = bytearray(encode(packet))
    data[6 + place % (len(data) - 6)] ^= change
    good, _ = packets_of(bytes(data), len(data))
    assert packet not in good


def _run(seed: int, inputs: int) -> None:
    random = Random(seed)
    for _ in range(inputs):
        line = random_line(random)
        fuzz_ef01_packets(line)
        fuzz_ef01_module(line)
        fuzz_scanner_words(random_fields(random), random.randbytes(random.choice((0, 4, 9))))
        fuzz_library_text(random.randbytes(random.randint(0, 300)))


@settings(max_examples=160, deadline=None)
@given(SEEDS)
def test_any_noise_ends_in_packets_values_or_refusals(seed: int) -> None:
    """4 000 inputs for each parser: the line, the simulator, a worker's words, a library's texts."""
    _run(seed, A_RUN)


@pytest.mark.exhaustive
@settings(max_examples=1000, deadline=None)
@given(SEEDS)
def test_any_noise_at_length(seed: int) -> None:
    _run(seed, 250)


def test_every_confirmation_has_an_error_with_its_number() -> None:
    for code in range(1, 256):
        error = error_of(code, "Match")
        assert f"{code:02x}" in error.detail
        if code not in CONFIRMATIONS:
            assert type(error) is FingerScannerFault


def test_the_guide_lists_every_confirmation_as_the_driver_reads_it() -> None:
    guide = (Path(__file__).resolve().parents[3] / "docs" / "devices" / "fingerprint.md").read_text(encoding="utf-8")
    for code, (error, words) in CONFIRMATIONS.items():
        assert f"| {code:02x} | {words} | {error.code} |" in guide

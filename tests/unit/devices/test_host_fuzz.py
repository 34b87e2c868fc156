"""Whatever a worker sends, the host reads it, refuses it, or sees the end: no crash, no hang, no unbounded memory."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices.host.messages import LARGEST_HEADER, FrameBroken, Message, encode, version_said
from devices.host.translation import error_fields, error_of, opening_error
from devices.ports.errors import DeviceAbsent, DeviceBlocked, DeviceError
from helpers.host_fuzz import one_message, one_place, one_spoilt_frame, one_stream

SEEDS = st.integers(0, 2**64)
QUICK = settings(max_examples=4000, deadline=None)
LONG = settings(max_examples=200_000, deadline=None, suppress_health_check=list(HealthCheck))
TARGETS = (one_spoilt_frame, one_message)


@settings(max_examples=1000, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    one_stream(data)


@pytest.mark.parametrize("target", TARGETS)
@QUICK
@given(seed=SEEDS)
def test_any_frame_and_any_fields(target: Callable[[int], None], seed: int) -> None:
    target(seed)


@settings(max_examples=300, deadline=None)
@given(SEEDS)
def test_any_place_in_shared_memory(seed: int) -> None:
    one_place(seed)


@pytest.mark.exhaustive
@pytest.mark.parametrize("target", TARGETS)
@LONG
@given(seed=SEEDS)
def test_two_hundred_thousand_of_each(target: Callable[[int], None], seed: int) -> None:
    target(seed)


def test_a_header_that_nests_for_ever_is_refused() -> None:
    header = b'{"kind":' + b"[" * (LARGEST_HEADER - 100)
    with pytest.raises(FrameBroken):
        encode(Message("x", {"text": "x" * LARGEST_HEADER}))
    one_stream(len(header).to_bytes(4, "big") + bytes(4) + header)


@pytest.mark.parametrize("said", [True, 2.0, "2", None, [2], 3])
def test_only_our_own_number_is_our_version(said: object) -> None:
    assert version_said(Message("hello", {"protocol": said})) != ""
    assert version_said(Message("opened", {"protocol": 2})) == "opened"


def test_an_error_code_no_officer_could_read_is_not_taken_over() -> None:
    assert error_of({"error": "DeviceAbsent", "code": "<b>"}).code == "DEV-101"
    assert error_of({"error": "Exception", "code": "PRN-101", "detail": "x" * 9999}).detail == "x" * 500


def test_absent_because_forbidden_is_blocked_and_absent_alone_is_absent() -> None:
    def opening(reason: OSError) -> DeviceError:
        try:
            try:
                raise reason
            except OSError as error:
                raise DeviceAbsent("/dev/usb/lp0") from error
        except DeviceAbsent as absent:
            return opening_error(absent)

    assert isinstance(opening(PermissionError(13, "Permission denied")), DeviceBlocked)
    assert isinstance(opening(FileNotFoundError(2, "No such file")), DeviceAbsent)
    assert isinstance(error_of(error_fields(DeviceBlocked("x"))), DeviceBlocked)

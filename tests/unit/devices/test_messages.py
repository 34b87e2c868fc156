"""Frames between worker and host: what goes in comes out, and no bytes can hurt the reader."""

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.host.messages import FrameBroken, Message, StreamEnded, encode, receive

_VALUES = st.dictionaries(
    st.text(min_size=1, max_size=9).filter(lambda k: k != "kind"), st.integers() | st.text(), max_size=5
)


@given(st.text(max_size=20), _VALUES, st.binary(max_size=300))
def test_a_message_survives_the_pipe(kind: str, fields: dict[str, object], payload: bytes) -> None:
    message = Message(kind, dict(fields), payload)
    assert receive(io.BytesIO(encode(message))) == message


@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_refusal_or_the_end(data: bytes) -> None:
    with contextlib.suppress(FrameBroken, StreamEnded):
        receive(io.BytesIO(data))


def test_a_frame_that_claims_gigabytes_is_refused_before_anything_is_read() -> None:
    with pytest.raises(FrameBroken):
        receive(io.BytesIO(b"\x00\x00\x00\x02\xff\xff\xff\xff{}"))


@given(st.integers(0, 40))
def test_a_cut_frame_is_the_end_of_the_stream(length: int) -> None:
    frame = encode(Message("frame", {"n": 1}, b"x" * 30))
    with pytest.raises(StreamEnded):
        receive(io.BytesIO(frame[: min(length, len(frame) - 1)]))

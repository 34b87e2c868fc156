"""What leaves as a finger record is the standard's bytes; what comes in is read strictly or refused."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, UnidentifiedImageError

from app.domain.errors import BadInput, SetupFault
from app.fingerprint.iso19794 import Compression, FingerRecord, FingerView, read_record, write_record, wsq_size
from app.fingerprint.wsq_image import wsq_of
from devices.simulators.drawn_fingers.ridges import DrawnFinger, Press
from helpers.finger_fuzz import fuzz_finger_record, random_record

TINY = FingerRecord((FingerView(1, 2, 3, bytes(range(6)), 77),), Compression.RAW)
BYTES = bytes.fromhex(
    "46495200 30313000 000000000034 0000 001e 01 01 01f4 01f4 01f4 01f4 08 00 0000"  # general header
    "00000014 01 01 01 4d 00 0002 0003 00"  # one view
    "000102030405"
)
VIEWS = st.integers(1, 6).flatmap(
    lambda w: st.integers(1, 6).flatmap(
        lambda h: st.builds(
            FingerView,
            st.integers(0, 10),
            st.just(w),
            st.just(h),
            st.binary(min_size=w * h, max_size=w * h),
            st.integers(0, 100) | st.just(254),
            st.integers(0, 255),
        )
    )
)
RECORDS = st.builds(
    FingerRecord,
    st.lists(VIEWS, min_size=1, max_size=4).map(tuple),
    st.just(Compression.RAW),
    st.integers(99, 1000),
    st.integers(0, 65535),
    st.integers(0, 65535),
)


def _compressed() -> bytes:
    pytest.importorskip("wsq")
    return wsq_of(DrawnFinger(3).pixels(Press()).tobytes(), 256, 360)


def test_a_record_is_the_standards_bytes() -> None:
    assert write_record(TINY) == BYTES
    assert read_record(BYTES) == TINY


def test_a_card_image_is_its_46_bytes_of_headers_and_its_pixels() -> None:
    pixels = DrawnFinger(1).pixels(Press()).tobytes()
    data = write_record(FingerRecord((FingerView(2, 256, 360, pixels),), Compression.RAW))
    assert len(data) == 32 + 14 + 256 * 360
    assert data[46:] == pixels
    assert data[39] == 254, "without an official score the quality is unknown"


@settings(max_examples=60, deadline=None)
@given(RECORDS)
def test_every_record_reads_back(record: FingerRecord) -> None:
    assert read_record(write_record(record)) == record


def _run(seed: int, inputs: int) -> None:
    random = Random(seed)
    for _ in range(inputs):
        fuzz_finger_record(random_record(random))
        noise = random.randbytes(random.randint(0, 60))
        data = b"\xff\xa0" + noise + b"\xff\xa1" if random.random() < 0.7 else noise
        size = wsq_size(data)
        assert size is None or struct.pack(">HH", size[1], size[0]) in data


@settings(max_examples=160, deadline=None)
@given(st.integers(0, 2**32))
def test_any_bytes_are_a_record_or_refused(seed: int) -> None:
    """4 000 inputs for each of the two parsers."""
    _run(seed, 25)


@pytest.mark.exhaustive
@settings(max_examples=1000, deadline=None)
@given(st.integers(0, 2**32))
def test_any_bytes_at_length(seed: int) -> None:
    _run(seed, 500)


def test_no_shortened_record_is_taken() -> None:
    for cut in range(len(BYTES)):
        with pytest.raises(BadInput):
            read_record(BYTES[:cut])


@pytest.mark.parametrize(
    ("place", "value"),
    [(0, 0x47), (5, 0x32), (13, 0x35), (18, 0), (18, 2), (19, 2), (21, 0xF5), (28, 4), (29, 1), (29, 5), (31, 1),
     (35, 0x13), (36, 11), (37, 2), (38, 2), (39, 101), (42, 3), (45, 1)],
)  # fmt: skip
def test_each_field_out_of_the_standard_is_refused(place: int, value: int) -> None:
    data = bytearray(BYTES)
    assert data[place] != value
    data[place] = value
    with pytest.raises(BadInput) as refused:
        read_record(bytes(data))
    assert refused.value.code == "FNG-302"


def test_bytes_behind_the_last_view_are_refused_even_when_the_length_counts_them() -> None:
    data = bytearray(BYTES + b"\0\0")
    data[13] += 2
    with pytest.raises(BadInput, match="FNG-302"):
        read_record(bytes(data))


@pytest.mark.parametrize(
    "wrong",
    [
        replace(TINY, views=()),
        replace(TINY, dpi=0),
        replace(TINY, device=70000),
        replace(TINY, views=(replace(TINY.views[0], position=11),)),
        replace(TINY, views=(replace(TINY.views[0], quality=101),)),
        replace(TINY, views=(replace(TINY.views[0], data=b"short"),)),
        replace(TINY, compression=Compression.WSQ),
    ],
)
def test_what_the_format_cannot_say_is_not_written(wrong: FingerRecord) -> None:
    with pytest.raises(BadInput) as refused:
        write_record(wrong)
    assert refused.value.code == "FNG-301"


def test_a_wsq_file_says_its_size_and_rides_in_a_record() -> None:
    wsq = _compressed()
    assert wsq_size(wsq) == (256, 360)
    assert len(wsq) < 20_480, "GA/T 1012 allows 20 480 bytes"
    record = FingerRecord((FingerView(1, 256, 360, wsq, 80),), Compression.WSQ)
    assert read_record(write_record(record)) == record
    with pytest.raises(BadInput):
        write_record(replace(record, views=(replace(record.views[0], width_px=255),)))


def test_wsq_keeps_the_ridges() -> None:
    import _wsq

    pixels = DrawnFinger(3).pixels(Press())
    back, width, height, _ = _wsq.decompress(_compressed())
    assert (width, height) == (256, 360)
    seen = np.frombuffer(bytes(back), np.uint8).reshape(360, 256).astype(int)
    assert np.abs(seen - pixels).mean() < 8
    assert np.corrcoef(seen.ravel(), pixels.ravel())[0, 1] > 0.98


def test_no_picture_from_outside_reaches_the_old_decoder() -> None:
    with pytest.raises(UnidentifiedImageError):
        Image.open(io.BytesIO(_compressed()))


def test_without_the_encoder_the_officer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "wsq", None)
    with pytest.raises(SetupFault) as refused:
        wsq_of(bytes(4), 2, 2)
    assert refused.value.code == "FNG-303"

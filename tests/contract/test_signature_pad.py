"""What every signature pad owes the workstation: the whole way of the pen in millimetres, or a typed reason."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.drivers.evdev_pad.events import Decoder
from devices.drivers.evdev_pad.pad import open_pad
from devices.host.messages import FrameBroken
from devices.host.signature_pad import SignaturePadHost
from devices.host.signature_pad_words import samples_of
from devices.ports.errors import BadAddress, DeviceAbsent, DeviceError, DeviceLost, SamplesLost, WorkerCrashed
from devices.ports.signature_pad import PenSample
from devices.registry import open_driver, worker_launch
from devices.simulators.tablet.server import TabletSimulator
from devices.simulators.tablet.strokes import PRESSURE_MAX, RESOLUTION, X_MAX, Y_MAX, Fault, signature
from helpers.pad_fuzz import GEOMETRY, decode_any_bytes, events

FUZZED = 4000


@contextmanager
def pad() -> Iterator[tuple[TabletSimulator, SignaturePadHost]]:
    simulator = TabletSimulator()
    simulator.start()
    host = SignaturePadHost(worker_launch("signature_pad", simulator.address))
    host.start()
    try:
        assert host.wait_until_open(30)
        host.begin().result(10)
        yield simulator, host
    finally:
        host.stop(5)
        simulator.stop()


def written(host: SignaturePadHost) -> list[PenSample]:
    """Until the pen has been still for a while."""
    samples: list[PenSample] = []
    while more := host.read(0.6).result(10):
        samples += more
    return samples


def test_a_pad_says_how_large_it_is() -> None:
    with pad() as (_, host):
        assert host.description is not None
        assert (host.description.width_mm, host.description.height_mm) == (X_MAX / RESOLUTION, Y_MAX / RESOLUTION)
        assert host.description.pressure_levels == PRESSURE_MAX


@pytest.mark.parametrize("fault", [Fault.NONE, Fault.TORN])
def test_two_strokes_arrive_whole_in_millimetres(fault: Fault) -> None:
    with pad() as (simulator, host):
        simulator.sign(fault)
        samples = written(host)
    assert len(samples) == 122
    assert sum(not s.down for s in samples) == 2, "the pen left twice"
    assert samples[0].t_ms == 0
    assert all(a.t_ms <= b.t_ms for a, b in pairwise(samples))
    assert all(0 <= s.x_mm <= 120 and 0 <= s.y_mm <= 75 and 0 <= s.pressure <= 1 for s in samples)
    assert max(s.pressure for s in samples) > 0.8


@pytest.mark.parametrize(("fault", "count"), [(Fault.NOTHING, 0), (Fault.HOVER, 0), (Fault.DOT, 2)])
def test_a_pen_that_does_not_write_writes_nothing(fault: Fault, count: int) -> None:
    with pad() as (simulator, host):
        simulator.sign(fault)
        assert len(written(host)) == count


def test_what_was_lost_on_the_way_is_told_and_the_next_signature_is_whole() -> None:
    with pad() as (simulator, host):
        for fault in (Fault.DROPPED, Fault.OFF_SURFACE, Fault.BACKWARDS):
            simulator.sign(fault)
            with pytest.raises(SamplesLost):
                written(host)
            host.begin().result(10)
            simulator.sign()
            assert len(written(host)) == 122
            host.begin().result(10)


def test_a_pad_pulled_out_is_lost_and_a_killed_worker_comes_back() -> None:
    with pad() as (simulator, host):
        assert host.worker_pid is not None
        asked = host.read(2.0)
        os.kill(host.worker_pid, signal.SIGKILL)
        with pytest.raises(WorkerCrashed):
            asked.result(10)
        assert host.wait_until_open(30)
        simulator.sign(Fault.UNPLUGGED)
        with pytest.raises(DeviceLost):
            written(host)


def test_what_was_written_before_a_signature_begins_is_not_part_of_it() -> None:
    simulator = TabletSimulator()
    simulator.start()
    driver = open_driver("signature_pad", simulator.address)
    try:
        simulator.sign()
        driver.begin()  # type: ignore[attr-defined]  # the registry knows it as a thing that can be closed
        assert driver.read(0.2) == ()  # type: ignore[attr-defined]  # the same
    finally:
        driver.close()
        simulator.stop()


@pytest.mark.parametrize("options", [{}, {"x": "10"}, {"x": "a"}, {"x": "-1", "y": "1", "resolution": "1"}, {"z": "1"}])
def test_a_file_that_does_not_tell_its_size_needs_it_told(options: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "event"
    file.touch()
    with pytest.raises(BadAddress):
        open_pad(str(file), options)


def test_a_pad_that_is_not_there_is_absent(tmp_path: Path) -> None:
    with pytest.raises(DeviceAbsent):
        open_pad(str(tmp_path / "event9"), {"x": "1", "y": "1", "resolution": "1"})


# -- the wire ------------------------------------------------------------------------------------------------


EVENTS = st.integers(0, 2**32).map(events)


@settings(max_examples=FUZZED, deadline=None)
@given(EVENTS | st.binary(max_size=600), st.integers(1, 100))
def test_any_bytes_in_any_pieces_are_samples_on_the_surface_or_nothing(data: bytes, step: int) -> None:
    assert decode_any_bytes(data, step) == decode_any_bytes(data, max(len(data), 1))


@pytest.mark.exhaustive
@settings(max_examples=300_000, deadline=None)
@given(EVENTS | st.binary(max_size=600), st.integers(1, 100))
def test_many_more_events(data: bytes, step: int) -> None:
    decode_any_bytes(data, step)


def test_a_signature_with_noise_in_it_is_never_taken_for_a_whole_one() -> None:
    """Seven bytes too many shift every later event: what comes after is absurd or nothing."""
    whole = Decoder(GEOMETRY).feed(b"".join(signature(Fault.NONE)))
    noisy = Decoder(GEOMETRY).feed(b"".join(signature(Fault.NOISE)))
    assert len(noisy.samples) < len(whole.samples)


@settings(deadline=None)
@given(st.recursive(st.none() | st.text(), lambda x: st.lists(x, max_size=6), max_leaves=8))
def test_a_mad_worker_s_answer_is_no_sample(samples: object) -> None:
    if samples not in ([], ""):
        with pytest.raises(FrameBroken):
            samples_of({"samples": samples})


@pytest.mark.hardware
def test_a_real_tablet_gives_samples() -> None:
    host = SignaturePadHost(worker_launch("signature_pad", os.environ["JINGCHUANG_SIGNATURE_PAD"]))
    host.start()
    try:
        assert host.wait_until_open(15)
        host.begin().result(5)
        samples: list[PenSample] = []
        for _ in range(100):
            samples += host.read(0.2).result(5)
        assert samples
    except DeviceError as error:
        pytest.fail(str(error))
    finally:
        host.stop(5)

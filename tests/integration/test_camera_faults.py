"""Everything a real camera does wrong: each fault ends in its own sentence in bounded time, and the next shot works."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from devices.host.camera import CameraHost, CameraState
from devices.ports.camera import CapturedFile, CaptureRequest
from devices.ports.errors import (
    BatteryEmpty,
    CardFull,
    DeviceBusy,
    DeviceError,
    DeviceLost,
    DeviceSilent,
    FocusFailed,
    PictureBroken,
    ShotMissing,
    WorkerCrashed,
)
from devices.simulators.ptpip.faults import Fault, Planned
from devices.simulators.ptpip.pictures import Pictures
from devices.simulators.ptpip.server import GPHOTO_MODELS, Responder
from helpers.cameras import Listener, opened, shoot
from helpers.pictures import portrait_jpeg, variant


def address(responder: Responder, make: str = "nikon") -> str:
    port = responder.port
    return f"gphoto:ptpip:127.0.0.1:{port}:{port}?model={GPHOTO_MODELS[make].replace(' ', '+')}"


@contextmanager
def tripod(make: str = "nikon") -> Iterator[tuple[Responder, CameraHost, Listener]]:
    pictures = [portrait_jpeg(variant(name), 600, 800) for name in ("straight", "good", "talking")]
    responder = Responder(make, Pictures(pictures))
    responder.start()
    try:
        with opened(address(responder, make)) as (host, listener):
            yield responder, host, listener
    finally:
        responder.stop()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.REFUSE_FOCUS, FocusFailed),
        (Fault.CARD_FULL, CardFull),
        (Fault.EMPTY_BATTERY, BatteryEmpty),
        (Fault.TORN_JPEG, PictureBroken),
        (Fault.UNPLUG_IN_TRANSFER, DeviceLost),
        (Fault.SILENCE, DeviceSilent),
    ],
)
def test_the_second_shot_fails_in_its_own_words_and_the_third_one_works(fault: Fault, error: type[DeviceError]) -> None:
    with tripod() as (responder, host, listener):
        assert len(shoot(host)) == 1
        responder.faults.plan(Planned(fault, shot=2))
        begun = time.monotonic()
        with pytest.raises(DeviceError) as failed:
            shoot(host, timeout_s=5.0)
        assert time.monotonic() - begun < 13
        assert isinstance(failed.value, error | DeviceLost if fault is Fault.SILENCE else error), failed.value
        responder.faults.clear()
        if fault in (Fault.UNPLUG_IN_TRANSFER, Fault.SILENCE):
            responder.stop()
            responder.start()
        assert listener.wait_state(CameraState.READY)
        assert len(shoot(host)) == 1


def test_a_camera_that_stays_busy_says_so() -> None:
    with tripod() as (responder, host, listener):
        responder.faults.plan(Planned(Fault.BUSY, shot=1, lasting=True))
        with pytest.raises(DeviceBusy):
            shoot(host)
        responder.faults.clear()
        assert len(shoot(host)) == 1
        assert listener.statuses[-1].state is CameraState.READY


def test_a_camera_that_says_yes_but_sends_nothing_is_not_believed() -> None:
    with tripod() as (responder, host, listener):
        responder.faults.plan(Planned(Fault.FALSE_SUCCESS, shot=1))
        with pytest.raises((ShotMissing, DeviceSilent, DeviceError)):
            shoot(host, timeout_s=3.0)
        responder.faults.clear()
        assert listener.wait_state(CameraState.READY)
        assert len(shoot(host)) == 1


def test_a_burst_cut_short_keeps_what_arrived() -> None:
    with tripod() as (responder, host, _):
        responder.faults.plan(Planned(Fault.UNPLUG_IN_TRANSFER, shot=10))
        kept: list[CapturedFile] = []
        with pytest.raises(DeviceError):
            host.capture(CaptureRequest(10, 8.0), kept.append).result(20)
        assert len(kept) < 10


def test_a_killed_worker_ends_the_shot_in_flight_and_comes_back() -> None:
    with tripod() as (_, host, listener):
        host.live(True)
        assert listener.wait_for(lambda: len(listener.frames) > 2)
        flight = host.capture(CaptureRequest(10, 12.0), lambda _: None)
        assert host.worker_pid is not None
        os.kill(host.worker_pid, signal.SIGKILL)
        begun = time.monotonic()
        with pytest.raises(WorkerCrashed):
            flight.result(10)
        assert time.monotonic() - begun < 5
        assert listener.wait_state(CameraState.READY)
        assert len(shoot(host)) == 1
        seen = len(listener.frames)
        assert listener.wait_for(lambda: len(listener.frames) > seen + 3), "live view did not come back"


def test_a_library_that_hangs_is_killed_and_started_again() -> None:
    with tripod() as (_, host, listener):
        assert host.worker_pid is not None
        first = host.worker_pid
        os.kill(first, signal.SIGSTOP)
        assert listener.wait_state(CameraState.FAULT, 12)
        assert isinstance(listener.statuses[-1].error, DeviceSilent)
        assert listener.wait_state(CameraState.READY)
        assert host.worker_pid != first


def test_plugging_out_and_in_is_noticed_within_two_seconds() -> None:
    with tripod() as (responder, host, listener):
        responder.stop()
        begun = time.monotonic()
        assert listener.wait_for(lambda: listener.statuses[-1].state is not CameraState.READY, 5)
        assert time.monotonic() - begun < 2.0
        assert listener.wait_state(CameraState.ABSENT, 5)
        responder.start()
        begun = time.monotonic()
        assert listener.wait_state(CameraState.READY, 5)
        assert time.monotonic() - begun < 2.0 + 1.0  # noticing, plus opening the camera
        assert len(shoot(host)) == 1


def test_two_presses_at_once_are_one_shot_and_one_refusal() -> None:
    with tripod() as (_, host, _):
        first = host.capture(CaptureRequest(1, 10.0), lambda _: None)
        with pytest.raises(DeviceBusy):
            host.capture(CaptureRequest(1, 10.0), lambda _: None).result(5)
        assert first.result(15) == 1


def test_a_picture_that_cannot_be_kept_fails_the_shot_with_that_reason() -> None:
    class DiskFull(Exception):
        pass

    def refuse(_: CapturedFile) -> None:
        raise DiskFull

    with tripod() as (_, host, _):
        with pytest.raises(DiskFull):
            host.capture(CaptureRequest(1, 10.0), refuse).result(15)
        assert len(shoot(host)) == 1


def test_stopping_while_a_shot_is_in_flight_ends_it() -> None:
    with tripod() as (responder, host, _):
        responder.faults.plan(Planned(Fault.SILENCE, shot=1))
        flight = host.capture(CaptureRequest(1, 10.0), lambda _: None)
        host.stop(1.0)
        with pytest.raises(DeviceError):
            flight.result(5)

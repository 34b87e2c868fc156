"""A driver that spins, crashes, leaks, prints, floods or never answers harms itself alone: typed error, then it works."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import psutil
import pytest

from devices.host.asking import AskedDevice
from devices.host.camera import CameraState
from devices.host.fleet import Fleet
from devices.host.lasting import FaultPolicy
from devices.host.messages import Message
from devices.ports.errors import Cancelled, DeviceAbsent, DeviceError, DeviceSilent, WorkerCrashed, WrongWorker
from devices.ports.standing import DeviceState
from helpers.cameras import opened
from helpers.mad_worker import HASTY, MADNESS, drawn_frame, mad_device, mad_launch

# They hold processes, handles and deadlines of this very process to account: nothing else may run beside them.
pytestmark = pytest.mark.alone

DEADLINE_S = 2.0
SILENT = {"spin", "spin_holding_everything", "never"}


def ask(device: AskedDevice, kind: str, deadline_s: float = 5.0, payload: bytes = b"") -> Message:
    return device.ask(Message(kind, {"times": 4}, payload), deadline_s, lambda m: m).result(deadline_s + 5)


def work_again(device: AskedDevice) -> Message:
    assert device.wait_until_open(10)
    return ask(device, "echo", payload=b"again")


@pytest.mark.parametrize("madness", MADNESS)
def test_madness_ends_in_a_typed_error_and_the_next_question_is_answered(madness: str) -> None:
    with mad_device() as (device, _):
        first = ask(device, "echo").fields["pid"]
        begun = time.monotonic()
        with pytest.raises(DeviceSilent if madness in SILENT else WorkerCrashed):
            ask(device, madness, DEADLINE_S)
        assert time.monotonic() - begun < DEADLINE_S + 3
        again = work_again(device)
        assert again.payload == b"again"
        assert again.fields["pid"] != first
        assert not psutil.pid_exists(first)
        assert device.standing.last_error is not None


def test_a_leak_is_named() -> None:
    with mad_device() as (device, _):
        with pytest.raises(WorkerCrashed) as crashed:
            ask(device, "leak", 20.0)
        assert crashed.value.code == "DEV-113"


def test_what_a_library_prints_does_not_disturb_the_conversation() -> None:
    with mad_device() as (device, _):
        pid = ask(device, "echo").fields["pid"]
        ask(device, "print_from_c")
        assert ask(device, "echo").fields["pid"] == pid


def test_a_worker_that_reads_nothing_cannot_hold_up_whoever_asks() -> None:
    """The pipe holds 64 KiB; the rest of a large question must wait somewhere else than in the window's thread."""
    with mad_device() as (device, _):
        stuck = device.ask(Message("spin_holding_everything"), 3.0, lambda m: m)
        begun = time.monotonic()
        large = device.ask(Message("echo", {}, bytes(8 * 2**20)), 3.0, lambda m: m)
        device.tell(Message("cancel"))
        assert time.monotonic() - begun < 1.0
        for question in (stuck, large):
            with pytest.raises(DeviceSilent):
                question.result(10)
        assert work_again(device).payload == b"again"


def test_frames_come_through_shared_memory_byte_for_byte_and_large_ones_through_the_pipe() -> None:
    with mad_device() as (device, heard):
        for times in (4, 8, 2, 4 * 2048):
            device.ask(Message("frame", {"times": times}), 10.0, lambda m: m).result(15)
        assert [frame.payload for frame in heard] == [bytes(range(256)) * times for times in (4, 8, 2, 4 * 2048)]
        assert all("slot" not in frame.fields for frame in heard)


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="looks at /proc")
def test_nobody_can_open_the_frames_memory_by_a_name() -> None:
    shared = Path("/dev/shm")  # noqa: S108 - where named shared memory would lie
    with mad_device() as (device, _):
        ask(device, "frame")
        assert not list(shared.glob("*jingchuang*"))
        maps = Path(f"/proc/{device.worker_pid}/maps").read_text(encoding="utf-8")
        assert "memfd:jingchuang-frames (deleted)" in maps


@pytest.mark.parametrize("version", ["1", "999", "two"])
def test_a_worker_of_another_version_is_not_spoken_to(version: str) -> None:
    device = AskedDevice(mad_launch(version), policy=HASTY)
    device.start()
    try:
        assert not device.wait_until_open(2)
        assert isinstance(device.error, WrongWorker)
        assert device.error.detail == version
        assert device.standing.state is DeviceState.FAULT
        assert device.standing.lasting
        with pytest.raises(DeviceAbsent):
            ask(device, "echo")
    finally:
        device.stop(2)


def test_a_worker_that_cannot_even_be_started_is_a_fault_not_a_dead_thread() -> None:
    launch = mad_launch()
    device = AskedDevice(type(launch)(("/no/such/program",), {}, "mad"), policy=HASTY)
    device.start()
    try:
        assert not device.wait_until_open(0.5)
        assert isinstance(device.error, WorkerCrashed)
    finally:
        device.stop(2)


def test_a_fault_that_stays_is_called_lasting_and_is_tried_again_when_the_officer_says_so() -> None:
    with mad_device(FaultPolicy(count=3, quick_s=(0.01,), slow_s=60.0)) as (device, _):
        for number in range(3):
            assert device.wait_until_open(10), number
            with pytest.raises(WorkerCrashed):
                ask(device, "gone")
        standing = device.standing
        assert standing.state is DeviceState.FAULT
        assert standing.lasting
        assert not device.wait_until_open(0.5), "tries have slowed down"
        device.try_now()
        assert work_again(device).payload == b"again"
        assert device.standing.state is DeviceState.READY
        assert not device.standing.lasting
        assert device.standing.last_success is not None
        assert isinstance(device.standing.last_error, WorkerCrashed)


def test_a_device_is_busy_while_it_is_asked() -> None:
    with mad_device() as (device, _):
        question = device.ask(Message("never"), 1.0, lambda m: m)
        assert device.standing.state is DeviceState.BUSY
        with pytest.raises(DeviceSilent):
            question.result(5)


def test_many_devices_end_in_reverse_order_within_one_deadline_even_when_one_hangs() -> None:
    fleet, ended = Fleet(), []
    devices = {name: AskedDevice(mad_launch(), policy=HASTY) for name in ("first", "second", "third")}
    for name, device in devices.items():
        fleet.start(device)
        fleet.on_end(device, lambda name=name: ended.append(name))  # type: ignore[misc]  # a lambda with defaults
    assert all(device.wait_until_open(20) for device in devices.values())
    hung = devices["second"].ask(Message("spin_holding_everything"), 60.0, lambda m: m)
    begun = time.monotonic()
    fleet.stop(4.0)
    assert time.monotonic() - begun < 8.0
    assert ended == ["third", "second", "first"]
    with pytest.raises((Cancelled, DeviceError)):
        hung.result(1)
    assert all(device.worker_pid is None for device in devices.values())


def _held() -> tuple[int, int, int, int]:
    """Processes, threads, open handles, shared-memory mappings of this process."""
    me = psutil.Process()
    maps = Path("/proc/self/maps").read_text(encoding="utf-8").count("jingchuang-frames")
    return len(me.children(recursive=True)), threading.active_count(), me.num_fds(), maps


def _kill_and_restart(cycles: int) -> None:
    """Each life shows a frame through shared memory, is asked what it never answers, and is killed."""
    with mad_device() as (device, heard):
        ask(device, "echo")
        ask(device, "frame")
        before = _held()
        assert before[3] == 1, "one frames' memory is mapped"
        pids = set()
        for _ in range(cycles):
            pid = device.worker_pid
            assert pid is not None
            pids.add(pid)
            question = device.ask(Message("never"), 10.0, lambda m: m)
            os.kill(pid, 9)
            with pytest.raises(WorkerCrashed):
                question.result(5)
            work_again(device)
            heard.clear()
            ask(device, "frame")
            assert [frame.payload for frame in heard] == [bytes(range(256)) * 4]
        assert _held() == before
        assert len(pids) == cycles
        assert not any(psutil.pid_exists(pid) for pid in pids)


def test_a_dozen_kills_and_restarts_leak_nothing() -> None:
    _kill_and_restart(12)


@pytest.mark.exhaustive
def test_a_thousand_kills_and_restarts_leak_nothing() -> None:
    _kill_and_restart(1000)


@pytest.mark.exhaustive
def test_a_hundred_kills_of_a_camera_in_live_view_leak_nothing(tmp_path: Path) -> None:
    """The real worker with its driver, killed in the middle of its frames, every one of them shown again after it."""
    (tmp_path / "IMG_01.JPG").write_bytes(drawn_frame())
    with opened(f"folder:{tmp_path}") as (host, listener):
        host.live(True)
        assert listener.wait_for(lambda: len(listener.frames) > 2)
        before = _held()
        for _ in range(100):
            assert host.worker_pid is not None
            os.kill(host.worker_pid, 9)
            assert listener.wait_state(CameraState.FAULT, 5)
            assert listener.wait_state(CameraState.READY)
            with listener.said:
                listener.frames.clear()
            assert listener.wait_for(lambda: len(listener.frames) > 2)
        assert _held() == before

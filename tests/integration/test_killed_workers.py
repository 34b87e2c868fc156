"""A worker killed in the middle of each thing it can be asked: a typed error in time, then the same thing works."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import pytest

from app.config.fonts import chinese_font
from devices.host.camera import CameraHost, CameraState
from devices.host.printer import PrinterHost
from devices.ports.camera import CameraSetting, CaptureRequest
from devices.ports.errors import NotSupported, WorkerCrashed
from devices.ports.printer import JobOutcome, PrinterState
from devices.ports.standing import DeviceState
from devices.registry import worker_launch
from devices.simulators.escpos.server import PrinterFaultKind, PrinterSimulator
from helpers.cameras import Listener, folder_of_pictures, opened

ERROR_S = 5.0
AGAIN_S = 3.0

JOB = b"\x1b@ticket\n\x1dV\x00"


def in_the_middle(pid: int | None, begin: Callable[[], Future[object]]) -> None:
    """Frozen, asked, killed: the worker has the question and will never answer it."""
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    question = begin()
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(WorkerCrashed):
        question.result(ERROR_S)


CAMERA: dict[str, Callable[[CameraHost], Future[object]]] = {
    "describe": lambda host: host.describe(),  # type: ignore[dict-item, return-value]  # futures are invariant
    "configure": lambda host: host.configure({}),  # type: ignore[dict-item, return-value]
    "one shot": lambda host: host.capture(CaptureRequest(1, 10.0), lambda _: None),  # type: ignore[dict-item, return-value]
    "burst": lambda host: host.capture(CaptureRequest(3, 10.0), lambda _: None),  # type: ignore[dict-item, return-value]
}


@pytest.mark.parametrize("operation", CAMERA)
def test_the_camera_s_worker(operation: str, tmp_path: Path) -> None:
    folder_of_pictures(tmp_path / "card", 3)
    with opened(f"folder:{tmp_path / 'card'}") as (host, listener):
        in_the_middle(host.worker_pid, lambda: CAMERA[operation](host))
        assert listener.wait_state(CameraState.READY)
        CAMERA[operation](host).result(AGAIN_S)
        assert host.standing.restarts == 1
        assert isinstance(host.standing.last_error, WorkerCrashed)


def test_the_camera_s_worker_in_live_view(tmp_path: Path) -> None:
    folder_of_pictures(tmp_path / "card", 1)
    with opened(f"folder:{tmp_path / 'card'}") as (host, listener):
        host.live(True)
        assert listener.wait_for(lambda: len(listener.frames) > 2)
        assert host.worker_pid is not None
        os.kill(host.worker_pid, signal.SIGKILL)
        assert listener.wait_state(CameraState.FAULT, ERROR_S)
        assert listener.wait_state(CameraState.READY)
        seen = len(listener.frames)
        assert listener.wait_for(lambda: len(listener.frames) > seen + 2, AGAIN_S), "live view comes back by itself"


def test_a_camera_that_refuses_a_setting_is_not_broken(tmp_path: Path) -> None:
    folder_of_pictures(tmp_path / "card", 1)
    with opened(f"folder:{tmp_path / 'card'}") as (host, _):
        with pytest.raises(NotSupported):
            host.configure({CameraSetting.ISO: "100"}).result(ERROR_S)
        assert host.standing.state is DeviceState.READY
        assert isinstance(host.standing.last_error, NotSupported)


PRINTER: dict[str, Callable[[PrinterHost], Future[object]]] = {
    "status": lambda host: host.status(),  # type: ignore[dict-item, return-value]  # futures are invariant
    "print": lambda host: host.print(JOB, 10.0),  # type: ignore[dict-item, return-value]
}


@pytest.mark.parametrize("operation", PRINTER)
def test_the_printer_s_worker(operation: str) -> None:
    simulator = PrinterSimulator(576, chinese_font())
    simulator.start()
    host = PrinterHost(worker_launch("printer", f"escpos:tcp:127.0.0.1:{simulator.port}"))
    host.start()
    try:
        assert host.wait_until_open(15)
        in_the_middle(host.worker_pid, lambda: PRINTER[operation](host))
        assert host.wait_until_open(15)
        assert host.status().result(AGAIN_S).state is PrinterState.READY
        assert host.print(JOB, 10.0).result(AGAIN_S) is JobOutcome.CONFIRMED
    finally:
        host.stop(5)
        simulator.stop()


def test_the_printer_s_worker_while_the_paper_comes_out() -> None:
    """The bytes are gone, the answer never comes: the job must not be called printed."""
    simulator = PrinterSimulator(576, chinese_font())
    simulator.start()
    host = PrinterHost(worker_launch("printer", f"escpos:tcp:127.0.0.1:{simulator.port}"))
    host.start()
    try:
        assert host.wait_until_open(15)
        simulator.fail(PrinterFaultKind.SILENCE)
        printing = host.print(JOB, 10.0)
        while JOB not in bytes(simulator.received):
            assert not printing.done()
        assert host.worker_pid is not None
        os.kill(host.worker_pid, signal.SIGKILL)
        with pytest.raises(WorkerCrashed):
            printing.result(ERROR_S)
    finally:
        host.stop(5)
        simulator.stop()


def test_the_listener_is_told_of_every_change(tmp_path: Path) -> None:
    folder_of_pictures(tmp_path / "card", 1)
    with opened(f"folder:{tmp_path / 'card'}") as (host, listener):
        assert isinstance(listener, Listener)
        assert host.worker_pid is not None
        os.kill(host.worker_pid, signal.SIGKILL)
        assert listener.wait_state(CameraState.FAULT, ERROR_S)
        assert listener.wait_state(CameraState.READY)
        states = [status.state for status in listener.statuses]
        assert states[-3:] == [CameraState.READY, CameraState.FAULT, CameraState.READY]

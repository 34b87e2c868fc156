"""Self-tests, one a class of device: does it do the least of what it is there for? Blocking; each has its deadline."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from app.desk.camera_seat import CameraSeat
from devices.host.camera import CameraStatus
from devices.host.printer import PrinterHost
from devices.ports.camera import CameraEvent, LiveFrame
from devices.ports.errors import (
    CoverOpen,
    CutterFault,
    DeviceAbsent,
    DeviceBusy,
    DeviceError,
    DeviceSilent,
    NotSupported,
    PaperOut,
    PrinterFault,
)
from devices.ports.printer import PrinterState
from devices.ports.standing import DeviceStanding, DeviceState

_FRAME_S = 8.0
_ANSWER_S = 12.0

_T = TypeVar("_T")


class RosterDevice(Protocol):
    """A supervised device of any kind."""

    @property
    def standing(self) -> DeviceStanding:
        """How it stands."""

    def try_now(self) -> None:
        """Do not wait for the next try."""


@dataclass(frozen=True)
class SelfTest:
    """``passed`` None: it cannot be told. ``seen``: what the device said, without personal data."""

    passed: bool | None
    seen: str = ""
    error: DeviceError | None = None


def answered(future: Future[_T]) -> _T:
    """The answer in time. Raises DeviceError."""
    try:
        return future.result(_ANSWER_S)
    except FutureTimeout as error:
        raise DeviceSilent("self-test") from error


class _FirstFrame:
    """A camera watcher that waits for one live picture."""

    def __init__(self) -> None:
        self.come = threading.Event()
        self.size = 0

    def on_status(self, status: CameraStatus) -> None:
        pass

    def on_frame(self, frame: LiveFrame) -> None:
        self.size = len(frame.jpeg)
        self.come.set()

    def on_event(self, event: CameraEvent) -> None:
        pass


def frame(camera: CameraSeat) -> SelfTest:
    """A live picture arrives; a camera without live view says how it is set. Raises DeviceError."""
    described = answered(camera.describe())
    if not described.live_view:
        return SelfTest(True, described.model)
    first = _FirstFrame()
    camera.watch(first)
    camera.live(True)
    try:
        if not first.come.wait(_FRAME_S):
            raise DeviceSilent("live view")
    finally:
        camera.live(False)
        camera.unwatch(first)
    return SelfTest(True, f"{described.model} · {first.size // 1024} KB")


_PAPER: Mapping[PrinterState, type[DeviceError]] = {
    PrinterState.PAPER_END: PaperOut,
    PrinterState.COVER_OPEN: CoverOpen,
    PrinterState.CUTTER_FAULT: CutterFault,
    PrinterState.OFFLINE: PrinterFault,
    PrinterState.ERROR: PrinterFault,
}


def paper(printer: PrinterHost) -> SelfTest:
    """The printer says what it thinks of its paper; silence is "cannot be told", never "no paper". Raises DeviceError."""
    if printer.standing.state is DeviceState.BUSY:
        raise DeviceBusy("job")  # a question behind a job would miss its deadline and cost the job
    status = answered(printer.status())
    if status.state in _PAPER:
        return SelfTest(False, status.state.value, _PAPER[status.state](status.state.value))
    return SelfTest(None if status.state is PrinterState.UNKNOWN else True, status.state.value)


def describe(device: RosterDevice) -> SelfTest:
    """It is open and has said what it is. Raises DeviceError."""
    if not device.standing.usable:
        raise device.standing.error or DeviceAbsent()
    return SelfTest(True)


SELF_TESTS: Mapping[str, Callable[[Any], SelfTest]] = {"frame": frame, "paper": paper, "describe": describe}


def self_test(name: str, device: RosterDevice) -> SelfTest:
    """Run the test of this name; what the device refuses is the result, never an exception."""
    test = SELF_TESTS.get(name)
    if test is None:
        return SelfTest(None, "", NotSupported(name))
    try:
        return test(device)
    except DeviceError as error:
        return SelfTest(False, "", error)

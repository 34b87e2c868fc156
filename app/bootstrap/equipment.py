"""Devices for commands without a desk: a camera for one command, and the state of everything configured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from app.bootstrap.printers import page_printer, receipt_printer
from app.config.texts import error_text
from app.desk.camera_seat import CameraSeat
from devices.ports.camera import CameraDescription
from devices.ports.errors import DeviceAbsent, DeviceError, DeviceSilent
from devices.ports.page_printer import PageQueueState
from devices.ports.printer import PrinterState
from devices.registry import DRIVERS, list_cameras, parse_address, worker_launch

_READY_S = 15.0
_PRINTER_READY_S = 6.0


@contextmanager
def camera_session(address: str) -> Iterator[CameraSeat]:
    """The camera at an address, ready. Raises BadAddress, DeviceAbsent or what the camera said."""
    launch = worker_launch("camera", address)
    seat = CameraSeat(lambda: launch)
    seat.start()
    try:
        if not seat.wait_until_ready(_READY_S):
            raise seat.status.error or DeviceAbsent(address)
        yield seat
    finally:
        seat.stop()


@dataclass(frozen=True)
class DeviceLine:
    """One device's state for people and for JSON."""

    kind: str
    address: str
    ready: bool
    state: str
    model: str
    error: DeviceError | None = None
    description: CameraDescription | None = None

    def text(self, language: str) -> str:
        """One line."""
        what = "" if self.error is None else "  " + error_text(self.error, language).one_line()
        return f"{'●' if self.ready else '✗'} {self.kind:8} {self.address}  {self.model}  {self.state}{what}"

    def document(self, language: str) -> dict[str, Any]:
        """For JSON."""
        answer: dict[str, Any] = {
            "kind": self.kind,
            "address": self.address,
            "ready": self.ready,
            "state": self.state,
            "model": self.model,
        }
        if self.description is not None:
            answer["battery_percent"] = self.description.battery_percent
            answer["live_view"] = self.description.live_view
            answer["settings"] = {s.setting.value: s.value for s in self.description.settings}
        if self.error is not None:
            text = error_text(self.error, language)
            answer["error"] = {"code": text.code, "what": text.what, "next": text.next}
        return answer


def _camera_line(address: str) -> DeviceLine:
    try:
        with camera_session(address) as seat:
            described = seat.describe().result(_READY_S)
            return DeviceLine("camera", address, True, "ready", described.model, None, described)
    except DeviceError as error:
        return DeviceLine("camera", address, False, "fault", "", error)


def _printer_line(address: str) -> DeviceLine:
    try:
        with receipt_printer(address) as host:
            status = host.status().result(_PRINTER_READY_S)
    except DeviceError as error:
        return DeviceLine("printer", address, False, "fault", "", error)
    except FutureTimeout:
        return DeviceLine("printer", address, False, "fault", "", DeviceSilent("status"))
    ready = status.state in (PrinterState.READY, PrinterState.NEAR_END)
    return DeviceLine("printer", address, ready, status.state.value, "ESC/POS")


def _page_printer_line(address: str) -> DeviceLine:
    try:
        with page_printer(address) as host:
            queue = host.status().result(_PRINTER_READY_S)
    except DeviceError as error:
        return DeviceLine("page-printer", address, False, "fault", "", error)
    except FutureTimeout:
        return DeviceLine("page-printer", address, False, "fault", "", DeviceSilent("status"))
    able = queue.accepting and queue.state in (PageQueueState.IDLE, PageQueueState.PROCESSING)
    return DeviceLine("page-printer", address, able, " ".join((queue.state.value, *queue.reasons)), queue.model)


# Which line a driver's address gets; every other driver is a camera's.
_LINES = {"printer": _printer_line, "page-printer": _page_printer_line}


def _line_of(address: str) -> DeviceLine:
    driver = parse_address(address).driver
    line = next((_LINES[kind] for kind in _LINES if driver in DRIVERS[kind]), _camera_line)
    return line(address)


def ask_devices(configured: Mapping[str, str], more: tuple[str, ...]) -> tuple[DeviceLine, ...]:
    """Every configured device, the given addresses, and every further camera on USB. Raises BadAddress."""
    addresses = [*configured.values(), *more]
    lines = [_line_of(address) for address in addresses]
    if "gphoto:usb" not in addresses:
        found = [camera for camera in list_cameras() if camera.address not in addresses]
        lines += [DeviceLine("camera", camera.address, True, "found", camera.model) for camera in found]
    return tuple(lines)

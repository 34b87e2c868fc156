"""Devices for commands without a desk: a camera for one command, and the state of everything configured."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from app.config.texts import error_text
from app.desk.camera_seat import CameraSeat
from app.desk.card_seat import CardSeat
from devices.host.fingerprint import FingerprintHost
from devices.host.printer import PrinterHost
from devices.ports.camera import CameraDescription
from devices.ports.errors import BadAddress, DeviceAbsent, DeviceError, DeviceSilent, DriverMissing, ScannerLocked
from devices.ports.printer import PrinterState
from devices.registry import DRIVERS, SIMULATORS, list_cameras, parse_address, worker_launch

_READY_S = 15.0
_LOOK_S = 0.2
_PRINTER_READY_S = 6.0
_STOP_S = 5.0


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


@contextmanager
def card_session(address: str, photo_library: str) -> Iterator[CardSeat]:
    """The card reader at an address, ready; ``photo_library`` "" = none. Raises BadAddress, DeviceAbsent, its own fault."""
    decoder = worker_launch("card_photo", f"wlt:{photo_library}") if photo_library else None
    seat = CardSeat(worker_launch("card_reader", address), decoder)
    seat.start()
    try:
        if not seat.wait_until_known(_READY_S):
            raise seat.error or DeviceAbsent(address)
        yield seat
    finally:
        seat.stop()


@contextmanager
def fingerprint_session(address: str) -> Iterator[FingerprintHost]:
    """The scanner at an address, open. Raises BadAddress, DeviceAbsent or what the scanner said."""
    host = FingerprintHost(worker_launch("fingerprint", address))
    host.start()
    try:
        _await_scanner(host)
        yield host
    finally:
        host.stop(_STOP_S)


def _await_scanner(host: FingerprintHost) -> None:
    """Open within the time; what no waiting can mend is told at once."""
    deadline = time.monotonic() + _READY_S
    while not host.wait_until_open(_LOOK_S):
        error = host.error
        if isinstance(error, DriverMissing | BadAddress | ScannerLocked) or time.monotonic() >= deadline:
            raise error or DeviceAbsent(host.address)


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
    host = PrinterHost(worker_launch("printer", address))
    host.start()
    try:
        if not host.wait_until_open(_PRINTER_READY_S):
            raise host.error or DeviceAbsent(address)
        status = host.status().result(_PRINTER_READY_S)
    except DeviceError as error:
        return DeviceLine("printer", address, False, "fault", "", error)
    except FutureTimeout:
        return DeviceLine("printer", address, False, "fault", "", DeviceSilent("status"))
    finally:
        host.stop(_STOP_S)
    ready = status.state in (PrinterState.READY, PrinterState.NEAR_END)
    return DeviceLine("printer", address, ready, status.state.value, "ESC/POS")


def _card_reader_line(address: str) -> DeviceLine:
    try:
        with card_session(address, "") as seat:
            seat.check().result(_READY_S)
            described = seat.description
    except DeviceError as error:
        return DeviceLine("card_reader", address, False, "fault", "", error)
    except FutureTimeout:
        return DeviceLine("card_reader", address, False, "fault", "", DeviceSilent("check"))
    return DeviceLine("card_reader", address, True, "ready", "" if described is None else described.model)


_LINES = {"printer": _printer_line, "card_reader": _card_reader_line}


def _line(address: str) -> DeviceLine:
    """By the kind of device whose driver or simulator the address names; a camera where no other kind has it."""
    parsed = parse_address(address)
    for kind, line in _LINES.items():
        if parsed.driver in DRIVERS[kind] or (parsed.driver == "sim" and parsed.where in SIMULATORS.get(kind, {})):
            return line(address)
    return _camera_line(address)


def ask_devices(configured: Mapping[str, str], more: tuple[str, ...]) -> tuple[DeviceLine, ...]:
    """Every configured device, the given addresses, and every further camera on USB. Raises BadAddress."""
    addresses = [*configured.values(), *more]
    lines = [_line(address) for address in addresses]
    if "gphoto:usb" not in addresses:
        found = [camera for camera in list_cameras() if camera.address not in addresses]
        lines += [DeviceLine("camera", camera.address, True, "found", camera.model) for camera in found]
    return tuple(lines)

"""The name in the settings → the driver: ``DRIVER:WHERE[?option=value&…]``."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from io import BytesIO
from typing import cast
from urllib.parse import parse_qsl

from devices.host.messages import FrameBroken, StreamEnded, receive
from devices.host.process import WorkerLaunch
from devices.ports.camera import CameraDriver, FoundCamera
from devices.ports.errors import BadAddress, DeviceError, DriverMissing
from devices.ports.printer import PrinterDriver

_LIST_DEADLINE_S = 20.0

# Driver name → module and function; imported only inside the worker that uses it.
CAMERA_DRIVERS: Mapping[str, tuple[str, str]] = {
    "gphoto": ("devices.drivers.gphoto.camera", "open_camera"),
    "folder": ("devices.drivers.folder", "open_camera"),
    "uvc": ("devices.drivers.uvc", "open_camera"),
}
PRINTER_DRIVERS: Mapping[str, tuple[str, str]] = {
    "escpos": ("devices.drivers.escpos.printer", "open_printer"),
}
CAMERA_FINDERS: Mapping[str, tuple[str, str]] = {
    "usb": ("devices.drivers.gphoto.camera", "find_cameras"),
}
SIMULATORS: Mapping[str, tuple[str, str]] = {
    "nikon": ("devices.simulators.ptpip.companion", "start"),
    "canon": ("devices.simulators.ptpip.companion", "start"),
}


@dataclass(frozen=True)
class DeviceAddress:
    """A parsed address; ``where`` and ``options`` are the driver's own business."""

    driver: str
    where: str
    options: Mapping[str, str] = field(default_factory=dict)


def parse_address(text: str) -> DeviceAddress:
    """Raises BadAddress, saying which part cannot be read."""
    driver, colon, rest = text.strip().partition(":")
    where, _, query = rest.partition("?")
    if not colon or not driver.isalnum() or not where:
        raise BadAddress(text[:100])
    known = {*CAMERA_DRIVERS, *PRINTER_DRIVERS, "sim"}
    if driver not in known:
        raise BadAddress(f"{driver} ({', '.join(sorted(known))})")
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True) if query else []
    except ValueError as error:
        raise BadAddress(query[:100]) from error
    return DeviceAddress(driver, where, dict(pairs))


def _factory(table: Mapping[str, tuple[str, str]], name: str) -> Callable[..., object]:
    if name not in table:
        raise BadAddress(name)
    module, function = table[name]
    try:
        return cast(Callable[..., object], getattr(import_module(module), function))
    except ImportError as error:
        raise DriverMissing(str(error)) from error


def open_camera(text: str) -> CameraDriver:
    """An open camera; called inside its worker process. Raises DeviceError."""
    address = parse_address(text)
    if address.driver == "sim":
        simulator = _factory(SIMULATORS, address.where)(address.where, address.options)
        address = parse_address(cast(str, simulator))
    return cast(CameraDriver, _factory(CAMERA_DRIVERS, address.driver)(address.where, address.options))


def open_printer(text: str) -> PrinterDriver:
    """An open printer; called inside its worker process. Raises DeviceError."""
    address = parse_address(text)
    return cast(PrinterDriver, _factory(PRINTER_DRIVERS, address.driver)(address.where, address.options))


def find_cameras() -> tuple[FoundCamera, ...]:
    """What libgphoto2 sees on USB; called inside a worker process, because the search blocks."""
    return cast(tuple[FoundCamera, ...], _factory(CAMERA_FINDERS, "usb")())


def _launch(kind: str, address: str) -> WorkerLaunch:
    command = (sys.executable, "-m", "devices.worker", kind, address)
    return WorkerLaunch(command, {**os.environ, "PYTHONUNBUFFERED": "1"}, address)


def camera_launch(address: str) -> WorkerLaunch:
    """How to start the worker of this camera. Raises BadAddress."""
    driver = parse_address(address).driver
    if driver not in CAMERA_DRIVERS and driver != "sim":
        raise BadAddress(address[:100])
    return _launch("camera", address)


def printer_launch(address: str) -> WorkerLaunch:
    """How to start the worker of this printer. Raises BadAddress."""
    if parse_address(address).driver not in PRINTER_DRIVERS:
        raise BadAddress(address[:100])
    return _launch("printer", address)


def list_cameras() -> tuple[FoundCamera, ...]:
    """Every camera that could be opened, found by a short-lived worker. Raises DeviceError."""
    launch = _launch("list", "usb")
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
            launch.command,
            env=dict(launch.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            timeout=_LIST_DEADLINE_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DeviceError("autodetect") from error
    try:
        message = receive(BytesIO(done.stdout))
    except (StreamEnded, FrameBroken) as error:
        raise DriverMissing("libgphoto2") from error
    return tuple(FoundCamera(str(a), str(m)) for a, m in message.fields["cameras"])

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

from devices.host.line import Closable, Line, Service
from devices.host.messages import FrameBroken, StreamEnded, receive
from devices.host.process import WorkerLaunch
from devices.ports.camera import FoundCamera
from devices.ports.errors import BadAddress, DeviceError, DriverMissing

_LIST_DEADLINE_S = 20.0
# No worker of ours needs as much; one that leaks is started afresh before the machine suffers.
_WORKER_MEMORY_BYTES = 1536 * 2**20
# Kind of device → the largest live frame that travels by shared memory.
_FRAME_BYTES = {"camera": 4 * 2**20}

_Table = Mapping[str, tuple[str, str]]

# Kind of device → driver name → module and function; imported only inside the worker that uses it.
DRIVERS: Mapping[str, _Table] = {
    "camera": {
        "gphoto": ("devices.drivers.gphoto.camera", "open_camera"),
        "folder": ("devices.drivers.folder", "open_camera"),
        "uvc": ("devices.drivers.uvc", "open_camera"),
    },
    "printer": {
        "escpos": ("devices.drivers.escpos.printer", "open_printer"),
    },
    "card_reader": {
        "sdt": ("devices.drivers.sdt.reader", "open_card_reader"),
    },
    "card_photo": {
        "wlt": ("devices.drivers.wlt", "open_decoder"),
    },
    "fingerprint": {
        "livescan": ("devices.drivers.ga_livescan.scanner", "open_scanner"),
        "ef01": ("devices.drivers.ef01.module", "open_module"),
        # Training has no vendor's library to load: this simulator is its own driver.
        "drawn": ("devices.simulators.drawn_fingers.scanner", "open_scanner"),
    },
    "document_reader": {
        "mrz": ("devices.drivers.mrz.reader", "open_reader"),
    },
    "signature_pad": {
        "evdev": ("devices.drivers.evdev_pad.pad", "open_pad"),
    },
    "page_printer": {
        "cups": ("devices.drivers.cups.printer", "open_page_printer"),
    },
    "scanner": {
        "sane": ("devices.drivers.sane.scanner", "open_scanner"),
        "escl": ("devices.drivers.escl.scanner", "open_scanner"),
        "doccam": ("devices.drivers.doccam.scanner", "open_scanner"),
    },
}
# Kind of device → what its worker does for the host: called with the line and the open driver.
SERVICES: _Table = {
    "camera": ("devices.host.camera_service", "CameraService"),
    "printer": ("devices.host.printer_service", "printer_service"),
    "card_reader": ("devices.host.card_reader_service", "card_reader_service"),
    "card_photo": ("devices.host.card_photo_service", "card_photo_service"),
    "fingerprint": ("devices.host.fingerprint_service", "fingerprint_service"),
    "document_reader": ("devices.host.document_reader_service", "document_reader_service"),
    "signature_pad": ("devices.host.signature_pad_service", "signature_pad_service"),
    "page_printer": ("devices.host.page_printer_service", "page_printer_service"),
    "scanner": ("devices.host.scanner_service", "scanner_service"),
}
CAMERA_FINDERS: _Table = {
    "usb": ("devices.drivers.gphoto.camera", "find_cameras"),
}
# Kind of device → simulator name → module and function, which starts it and returns the address to open.
SIMULATORS: Mapping[str, _Table] = {
    "camera": {
        "nikon": ("devices.simulators.ptpip.companion", "start"),
        "canon": ("devices.simulators.ptpip.companion", "start"),
    },
    "printer": {
        "receipt": ("devices.simulators.escpos.companion", "start"),
    },
    "card_reader": {
        "card": ("devices.simulators.sdt.companion", "start"),
    },
    "fingerprint": {
        "ef01": ("devices.simulators.ef01.companion", "start"),
        "finger": ("devices.simulators.drawn_fingers.scanner", "address"),
    },
    "document_reader": {
        "mrz": ("devices.simulators.mrz.companion", "start"),
    },
    "signature_pad": {
        "tablet": ("devices.simulators.tablet.companion", "start"),
    },
    "page_printer": {
        "pages": ("devices.simulators.ipp.companion", "start"),
    },
    "scanner": {
        "feeder": ("devices.simulators.escl.companion", "start"),
        "doccam": ("devices.simulators.desk.companion", "start"),
    },
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
    known = {"sim", *(name for table in DRIVERS.values() for name in table)}
    if driver not in known:
        raise BadAddress(f"{driver} ({', '.join(sorted(known))})")
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True) if query else []
    except ValueError as error:
        raise BadAddress(query[:100]) from error
    return DeviceAddress(driver, where, dict(pairs))


def _named(table: _Table, name: str) -> Callable[..., object]:
    if name not in table:
        raise BadAddress(name)
    module, function = table[name]
    try:
        return cast(Callable[..., object], getattr(import_module(module), function))
    except ImportError as error:
        raise DriverMissing(str(error)) from error


def open_driver(kind: str, text: str) -> Closable:
    """An open device of this kind; called inside its worker process. Raises DeviceError."""
    address = parse_address(text)
    if address.driver == "sim":
        simulator = _named(SIMULATORS.get(kind, {}), address.where)(address.where, address.options)
        address = parse_address(cast(str, simulator))
    return cast(Closable, _named(DRIVERS[kind], address.driver)(address.where, address.options))


def service_of(kind: str) -> Callable[[Line, Closable], Service]:
    """What the worker of this kind of device runs. Raises BadAddress for a kind nobody knows."""
    return cast(Callable[[Line, Closable], Service], _named(SERVICES, kind))


def find_cameras() -> tuple[FoundCamera, ...]:
    """What libgphoto2 sees on USB; called inside a worker process, because the search blocks."""
    return cast(tuple[FoundCamera, ...], _named(CAMERA_FINDERS, "usb")())


def _launch(kind: str, address: str) -> WorkerLaunch:
    command = (sys.executable, "-m", "devices.worker", kind, address)
    return WorkerLaunch(
        command,
        {**os.environ, "PYTHONUNBUFFERED": "1"},
        address,
        frame_bytes=_FRAME_BYTES.get(kind, 0),
        memory_bytes=_WORKER_MEMORY_BYTES,
    )


def worker_launch(kind: str, address: str) -> WorkerLaunch:
    """How to start the worker of the device of this kind at ``address``. Raises BadAddress."""
    driver = parse_address(address).driver
    if driver not in DRIVERS[kind] and not (driver == "sim" and kind in SIMULATORS):
        raise BadAddress(address[:100])
    return _launch(kind, address)


def list_cameras() -> tuple[FoundCamera, ...]:
    """Every camera that could be opened, found by a short-lived worker. Raises DeviceError."""
    worker = _launch("list", "usb")
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
            worker.command,
            env=dict(worker.environment),
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

"""What this machine sees that could be a window's device: serial ports, USB devices, device nodes; nothing is opened.

An address is offered for every kind that could stand behind it: a serial port does not say what hangs on it.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from serial.tools import list_ports

from devices.ports.errors import BadAddress

# Vendor and product (lower-case hex) → kind and address.
_USB_IDS = {
    ("0400", "c35a"): ("card_reader", "sdt:usb"),
    ("2b8b", "2721"): ("card_reader", "sdt:hid"),
}
_IMAGE_CLASS, _PRINTER_CLASS, _VIDEO_CLASS = "06", "07", "0e"
_SERIAL = (("card_reader", "sdt:{port}"), ("fingerprint", "ef01:{port}"), ("printer", "escpos:{port}?baud=9600"))
_VIDEO = (("camera", "uvc:{number}"), ("document_camera", "uvc:{number}"), ("scanner", "uvc:{number}"))
_NETWORK = {
    "printer": ("escpos:tcp:{host}:{port}", 9100),
    "scanner": ("escl:http://{host}:{port}/eSCL", 80),
    "camera": ("gphoto:ptpip:{host}:{port}:{port}", 15740),
}
_HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,62})(\.[A-Za-z0-9-]{1,63}){0,8}")


@dataclass(frozen=True)
class SeenDevice:
    """``kind``: what it could be; ``address``: what to write into the settings; ``name``: what the machine calls it."""

    kind: str
    address: str
    name: str


@dataclass(frozen=True)
class SerialPort:
    """A port as the operating system names and describes it."""

    device: str
    description: str


def serial_ports() -> tuple[SerialPort, ...]:
    """Every serial port (pyserial)."""
    return tuple(SerialPort(str(p.device), str(p.description or "")) for p in list_ports.comports())


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()[:80]
    except OSError:
        return ""  # a file that this device does not have, or that is gone


def _usb(root: Path) -> Iterator[SeenDevice]:
    for device in sorted((root / "sys/bus/usb/devices").glob("*")):
        vendor, product = _text(device / "idVendor").lower(), _text(device / "idProduct").lower()
        if not vendor:
            continue
        name = " ".join(part for part in (_text(device / "manufacturer"), _text(device / "product")) if part)
        name = name or f"{vendor}:{product}"
        if (vendor, product) in _USB_IDS:
            kind, address = _USB_IDS[vendor, product]
            yield SeenDevice(kind, address, name)
        classes = {_text(path) for path in device.glob("*/bInterfaceClass")}
        if _IMAGE_CLASS in classes:
            yield SeenDevice("camera", "gphoto:usb", name)
        if _PRINTER_CLASS in classes:
            yield SeenDevice("printer", f"escpos:usb:{vendor}:{product}", name)


def _nodes(root: Path) -> Iterator[SeenDevice]:
    for node in sorted((root / "dev/usb").glob("lp*")):
        yield SeenDevice("printer", f"escpos:/dev/usb/{node.name}", node.name)
    for node in sorted((root / "dev").glob("video*")):
        number = node.name.removeprefix("video")
        if number.isdecimal():
            name = _text(root / "sys/class/video4linux" / node.name / "name") or node.name
            yield from (SeenDevice(kind, form.format(number=int(number)), name) for kind, form in _VIDEO)


def _serial(ports: tuple[SerialPort, ...]) -> Iterator[SeenDevice]:
    for port in ports:
        name = f"{port.device} {port.description}".strip()[:80]
        yield from (SeenDevice(kind, form.format(port=quote(port.device, safe="/:.")), name) for kind, form in _SERIAL)


def seen_devices(
    root: Path = Path("/"), ports: Callable[[], tuple[SerialPort, ...]] = serial_ports
) -> tuple[SeenDevice, ...]:
    """Everything, each once. Reads /sys and /dev under ``root``; on Windows the serial ports alone."""
    found = (*_usb(root), *_nodes(root), *_serial(ports()))
    return tuple(dict.fromkeys(found))


def network_kinds() -> frozenset[str]:
    """Kinds that can stand on the network."""
    return frozenset(_NETWORK)


def network_address(kind: str, typed: str) -> str:
    """The address for a host or HOST:PORT as an officer types it. Raises BadAddress."""
    host, port = _host_and_port(typed.strip())
    if kind not in _NETWORK:
        raise BadAddress(kind[:40])
    form, usual = _NETWORK[kind]
    return form.format(host=host, port=port or usual)


def _host_and_port(typed: str) -> tuple[str, int]:
    host, colon, port = typed.partition(":")
    number = int(port) if port.isascii() and port.isdecimal() and len(port) <= 5 else 0
    if colon and not 0 < number < 65536:
        raise BadAddress(typed[:60])
    if re.fullmatch(r"[0-9.]+", host):
        try:
            return str(ipaddress.IPv4Address(host)), number
        except ValueError as error:
            raise BadAddress(typed[:60]) from error
    if not _HOST_NAME.fullmatch(host):
        raise BadAddress(typed[:60])
    return host, number

"""A USB printer: our driver and pyusb run for real over a bus backend of the tests' own."""

from __future__ import annotations

import array
import errno
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
import usb.backend
import usb.core

from devices.drivers.escpos.printer import EscposPrinter, open_printer
from devices.ports.errors import DeviceAbsent, DeviceClaimed, DeviceError, DeviceLost
from devices.ports.printer import JobOutcome, PrinterState
from devices.simulators.escpos.parser import Parser, Step

VENDOR, PRODUCT = 0x0416, 0x5011


@dataclass
class Bus:
    """What hangs on the bus and how it behaves."""

    inward: bool = True
    kernel_driver: bool = True
    claim_error: int = 0
    write_error: int = 0
    takes: int = 1 << 20
    answers: Callable[[int], bytes] = lambda n: b"\x12"
    written: bytearray = field(default_factory=bytearray)
    arrived: list[bytes] = field(default_factory=list)
    claimed: set[int] = field(default_factory=set)
    reads: list[int] = field(default_factory=list)


class FakeBackend(usb.backend.IBackend):  # type: ignore[misc]  # pyusb has no types
    """One printer-class device with a bulk pair at addresses no library could guess."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self._parser = Parser()

    def enumerate_devices(self) -> Any:
        return iter(["printer"])

    def get_device_descriptor(self, device: Any) -> Any:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=VENDOR, idProduct=PRODUCT, bcdDevice=0x100, iManufacturer=0, iProduct=0,
            iSerialNumber=0, bNumConfigurations=1, address=5, bus=1, port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, device: Any, config: int) -> Any:
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=2, bConfigurationValue=1, iConfiguration=0,
            bmAttributes=0x80, bMaxPower=50, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, device: Any, intf: int, alt: int, config: int) -> Any:
        if alt or intf > 1:
            raise IndexError(alt)
        printer = intf == 1
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=intf, bAlternateSetting=0,
            bNumEndpoints=(2 if self.bus.inward else 1) if printer else 0, bInterfaceClass=7 if printer else 3,
            bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, device: Any, ep: int, intf: int, alt: int, config: int) -> Any:
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(0x03, 0x84)[ep], bmAttributes=2, wMaxPacketSize=64,
            bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, device: Any) -> Any:
        return "handle"

    def close_device(self, handle: Any) -> None:
        self.bus.claimed.clear()

    def set_configuration(self, handle: Any, value: int) -> None:
        pass

    def get_configuration(self, handle: Any) -> int:
        return 1

    def claim_interface(self, handle: Any, intf: int) -> None:
        if self.bus.claim_error:
            raise usb.core.USBError("claim", None, self.bus.claim_error)
        if self.bus.kernel_driver:
            raise usb.core.USBError("usblp holds it", None, errno.EBUSY)
        self.bus.claimed.add(intf)

    def release_interface(self, handle: Any, intf: int) -> None:
        self.bus.claimed.discard(intf)

    def is_kernel_driver_active(self, handle: Any, intf: int) -> bool:
        return self.bus.kernel_driver

    def detach_kernel_driver(self, handle: Any, intf: int) -> None:
        self.bus.kernel_driver = False

    def bulk_write(self, handle: Any, ep: int, intf: int, data: Any, timeout: int) -> int:
        assert (ep, intf) == (0x03, 1)
        assert timeout > 0
        if self.bus.write_error:
            raise usb.core.USBError("write", None, self.bus.write_error)
        taken = bytes(data)[: self.bus.takes]
        self.bus.written += taken
        for action in self._parser.feed(taken):
            if action.step is Step.ASK_STATUS:
                self.bus.arrived.append(self.bus.answers(action.number))
            elif action.step is Step.ASK_PAPER:
                self.bus.arrived.append(b"\x00")
        return len(taken)

    def bulk_read(self, handle: Any, ep: int, intf: int, buff: Any, timeout: int) -> int:
        assert (ep, intf) == (0x84, 1)
        self.bus.reads.append(len(buff))
        data = self.bus.arrived.pop(0) if self.bus.arrived else b""
        if not data:
            raise usb.core.USBTimeoutError("timed out", None, errno.ETIMEDOUT)
        buff[: len(data)] = array.array("B", data)
        return len(data)


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Bus:
    bus = Bus()
    backend = FakeBackend(bus)
    monkeypatch.setattr("usb.backend.libusb1.get_backend", lambda *_, **__: backend)
    return bus


def opened() -> EscposPrinter:
    return open_printer(f"usb:{VENDOR:04x}:{PRODUCT:04x}", {})


def test_a_usb_printer_is_asked_and_prints(bus: Bus) -> None:
    printer = opened()
    assert bus.claimed == {1}, "the printer interface, not the first one"
    assert printer.describe().answers
    assert printer.status().state is PrinterState.READY
    assert printer.print(b"\x1b@A\n", 2) is JobOutcome.CONFIRMED
    assert b"\x1b@A\n" in bus.written
    assert min(bus.reads) >= 64, "a shorter read overflows on a real bus"
    printer.close()
    assert not bus.claimed


def test_several_answers_in_one_packet_are_read_one_by_one(bus: Bus) -> None:
    bus.answers = lambda n: b"\x12\x12\x12\x12" if n == 1 else b""
    printer = opened()
    assert printer.status().replies == (b"\x12",) * 4
    printer.close()


def test_a_printer_without_a_way_back_confirms_nothing(bus: Bus) -> None:
    bus.inward = False
    printer = opened()
    assert not printer.describe().answers
    assert printer.status().state is PrinterState.UNKNOWN
    assert printer.print(b"\x1b@A\n", 1) is JobOutcome.UNCERTAIN
    assert bytes(bus.written) == b"\x1b@A\n"
    printer.close()


@pytest.mark.parametrize(
    ("number", "kind", "code"),
    [
        (errno.EACCES, DeviceAbsent, "PRN-116"),
        (errno.EBUSY, DeviceClaimed, "DEV-102"),
        (errno.ENODEV, DeviceAbsent, "DEV-101"),
    ],
)
def test_why_it_cannot_be_used_is_told(bus: Bus, number: int, kind: type[DeviceError], code: str) -> None:
    bus.claim_error = number
    with pytest.raises(kind) as error:
        opened()
    assert error.value.code == code


def test_a_printer_that_is_not_plugged_in_is_absent(bus: Bus) -> None:
    with pytest.raises(DeviceAbsent):
        open_printer("usb:1234:5678", {})


@pytest.mark.parametrize(("number", "code"), [(errno.ENODEV, "DEV-103"), (errno.EPIPE, "DEV-103")])
def test_a_cable_pulled_in_mid_job_is_lost(bus: Bus, number: int, code: str) -> None:
    printer = opened()
    bus.write_error = number
    with pytest.raises(DeviceLost) as error:
        printer.print(b"x" * 10, 1)
    assert error.value.code == code
    printer.close()


def test_a_printer_that_stops_taking_bytes_is_told_apart_from_a_broken_cable(bus: Bus) -> None:
    printer = opened()
    bus.takes = 100
    with pytest.raises(DeviceLost) as error:
        printer.print(b"x" * 1000, 1)
    assert error.value.code == "PRN-115"
    printer.close()

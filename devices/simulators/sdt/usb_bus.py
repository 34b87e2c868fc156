"""A USB bus in memory with one card reader on it: a backend of pyusb, so that the real pyusb talks to it."""

from __future__ import annotations

import errno
import threading
from types import SimpleNamespace
from typing import Any

import usb.backend
import usb.core

from devices.simulators.sdt.machine import SamModule

_OUT, _IN = 0x02, 0x81
_BULK = 2
_PACKET = 64


class UsbBus(usb.backend.IBackend):  # type: ignore[misc]  # pyusb ships no types
    """One reader, 0400:C35A unless told otherwise. ``plugged`` False: it is not there any more.

    ``opening_error``: an errno that opening fails with (no permission, claimed by another program).
    """

    def __init__(self, module: SamModule, vendor: int = 0x0400, product: int = 0xC35A) -> None:
        super().__init__()
        self.module = module
        self.plugged = True
        self.opening_error = 0
        self.claimed = False
        self._identity = (vendor, product)
        self._waiting = bytearray()
        self._quiet = threading.Event()  # never set: waiting on it is the bus' time-out

    def enumerate_devices(self) -> list[str]:
        """The reader, when it is plugged in."""
        return ["reader"] if self.plugged else []

    def get_device_descriptor(self, dev: str) -> SimpleNamespace:
        """USB 2.0, 9.6.1."""
        vendor, product = self._identity
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x0110, bDeviceClass=0xFF, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=8, idVendor=vendor, idProduct=product, bcdDevice=0x0100, iManufacturer=0, iProduct=0,
            iSerialNumber=0, bNumConfigurations=1, address=1, bus=1, port_number=1, port_numbers=(1,), speed=2,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: str, config: int) -> SimpleNamespace:
        """USB 2.0, 9.6.3."""
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1, iConfiguration=0,
            bmAttributes=0x80, bMaxPower=50, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev: str, intf: int, alt: int, config: int) -> SimpleNamespace:
        """USB 2.0, 9.6.5."""
        if intf or alt:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=2, bInterfaceClass=0xFF,
            bInterfaceSubClass=0, bInterfaceProtocol=0, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev: str, ep: int, intf: int, alt: int, config: int) -> SimpleNamespace:
        """USB 2.0, 9.6.6."""
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(_OUT, _IN)[ep], bmAttributes=_BULK, wMaxPacketSize=_PACKET,
            bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev: str) -> str:
        """Fails as told."""
        if self.opening_error:
            raise usb.core.USBError("opening", None, self.opening_error)
        return dev

    def close_device(self, dev_handle: str) -> None:
        """Nothing to close."""

    def set_configuration(self, dev_handle: str, config_value: int) -> None:
        """There is one."""

    def get_configuration(self, dev_handle: str) -> int:
        """There is one."""
        return 1

    def claim_interface(self, dev_handle: str, intf: int) -> None:
        """Remembered, so that a test can see it released."""
        self.claimed = True

    def release_interface(self, dev_handle: str, intf: int) -> None:
        """Free for others."""
        self.claimed = False

    def is_kernel_driver_active(self, dev_handle: str, intf: int) -> bool:
        """No kernel driver knows this reader."""
        return False

    def _require_plugged(self) -> None:
        if not self.plugged:
            raise usb.core.USBError("No such device", None, errno.ENODEV)

    def bulk_write(self, dev_handle: str, ep: int, intf: int, data: Any, timeout: int) -> int:
        """A request; the module answers at once."""
        self._require_plugged()
        for utterance in self.module.feed(bytes(data)):
            self._waiting += utterance.data
            if utterance.unplugged:
                self.plugged = False
        return len(data)

    def bulk_read(self, dev_handle: str, ep: int, intf: int, buff: Any, timeout: int) -> int:
        """What waits; nothing is a time-out."""
        count = min(len(buff), len(self._waiting))
        if not count:
            self._require_plugged()
            self._quiet.wait(timeout / 1000)
            raise usb.core.USBTimeoutError("Operation timed out", None, errno.ETIMEDOUT)
        buff[:count] = type(buff)("B", bytes(self._waiting[:count]))
        del self._waiting[:count]
        return count

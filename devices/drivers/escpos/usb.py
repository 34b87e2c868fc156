"""A receipt printer straight on the USB bus through pyusb: printer class 7, endpoints from its own descriptors."""

from __future__ import annotations

from typing import Any

import usb.core
import usb.util

from devices.drivers.escpos.connections import absent, stalled
from devices.ports.errors import DeviceAbsent, DeviceLost, DriverMissing

_PRINTER_CLASS = 7
_LEAST_READ = 64  # a read shorter than what the device sends overflows


class UsbConnection:
    """``answers`` False when the interface has no way in (unidirectional)."""

    def __init__(self, vendor: int, product: int) -> None:
        try:
            device = usb.core.find(idVendor=vendor, idProduct=product)
        except usb.core.NoBackendError as error:
            raise DriverMissing("libusb-1.0") from error
        if device is None:
            raise DeviceAbsent(f"{vendor:04x}:{product:04x}")
        self._device = device
        try:
            interface = self._claim()
        except usb.core.USBError as error:
            usb.util.dispose_resources(device)
            raise absent(error) from error
        self._out = _bulk(interface, usb.util.ENDPOINT_OUT)
        self._in = _bulk(interface, usb.util.ENDPOINT_IN)
        if self._out is None:
            self.close()
            raise DeviceAbsent(f"{vendor:04x}:{product:04x} takes no bytes")
        self.answers = self._in is not None
        self._arrived = bytearray()

    def _claim(self) -> Any:
        try:
            configuration = self._device.get_active_configuration()
        except usb.core.USBError:
            self._device.set_configuration()
            configuration = self._device.get_active_configuration()
        interfaces = list(configuration)
        interface = next((i for i in interfaces if i.bInterfaceClass == _PRINTER_CLASS), interfaces[0])
        number = interface.bInterfaceNumber
        try:
            if self._device.is_kernel_driver_active(number):  # usblp
                self._device.detach_kernel_driver(number)
        except NotImplementedError:
            pass  # Windows and macOS have none to detach
        usb.util.claim_interface(self._device, number)
        return interface

    def write(self, data: bytes, timeout_s: float) -> None:
        """Bulk out."""
        try:
            written = self._out.write(data, int(1000 * timeout_s))
        except usb.core.USBTimeoutError as error:
            raise stalled("usb") from error
        except usb.core.USBError as error:
            raise DeviceLost(str(error)) from error
        if written != len(data):
            raise stalled("usb")

    def read(self, timeout_s: float) -> bytes:
        """Bulk in; a time-out of the bus is silence."""
        if not self._arrived and self._in is not None:
            size = max(_LEAST_READ, self._in.wMaxPacketSize)
            try:
                self._arrived += bytes(self._in.read(size, max(1, int(1000 * timeout_s))))
            except usb.core.USBTimeoutError:
                return b""
            except usb.core.USBError as error:
                raise DeviceLost(str(error)) from error
        byte = bytes(self._arrived[:1])
        del self._arrived[:1]
        return byte

    def close(self) -> None:
        """Release the interface."""
        usb.util.dispose_resources(self._device)


def _bulk(interface: Any, direction: int) -> Any:
    return usb.util.find_descriptor(
        interface,
        custom_match=lambda e: (
            usb.util.endpoint_direction(e.bEndpointAddress) == direction
            and usb.util.endpoint_type(e.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK
        ),
    )

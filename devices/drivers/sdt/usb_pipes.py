"""SDT over USB bulk pipes (0400:C35A), through pyusb: a whole frame out, then what comes in.

The module's sheet names two pipes each way (02/06 out, 81/85 in) for header and body; every host program known sends the
whole frame through the first of each, and so does this.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import usb.core
import usb.util

from devices.drivers.sdt.link import absent, lost, not_opened
from devices.ports.errors import DeviceError, DriverMissing

VENDOR, PRODUCT = 0x0400, 0xC35A
_INTERFACE = 0
_LARGEST_TRANSFER = 4096
_SEND_MS = 3000
_BYTES_A_SECOND = 800_000  # full speed, generously slow


class UsbLink:
    """Interface 0 of one reader, claimed for us."""

    name = "USB"

    def __init__(self, vendor: int, product: int, backend: Any = None) -> None:
        """``backend``: pyusb's, None = libusb. Raises DeviceAbsent, DeviceClaimed, DriverMissing."""
        try:
            device = usb.core.find(idVendor=vendor, idProduct=product, backend=backend)
        except usb.core.NoBackendError as error:
            raise DriverMissing("libusb-1.0") from error
        if device is None:
            raise absent(f"{vendor:04x}:{product:04x}")
        self._device = device
        try:
            self._claim()
            self._out, self._in = self._pipes()
        except usb.core.USBError as error:
            self.close()
            raise not_opened(error) from error
        except DeviceError:
            self.close()
            raise

    def _claim(self) -> None:
        with suppress(NotImplementedError):
            if self._device.is_kernel_driver_active(_INTERFACE):
                self._device.detach_kernel_driver(_INTERFACE)
        self._device.set_configuration()
        usb.util.claim_interface(self._device, _INTERFACE)

    def _pipes(self) -> tuple[Any, Any]:
        interface = self._device.get_active_configuration()[(_INTERFACE, 0)]
        pipes: dict[int, Any] = {}
        for endpoint in interface:
            if usb.util.endpoint_type(endpoint.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK:
                pipes.setdefault(usb.util.endpoint_direction(endpoint.bEndpointAddress), endpoint)
        if pipes.keys() != {usb.util.ENDPOINT_OUT, usb.util.ENDPOINT_IN}:
            raise absent("no bulk pipes: not a card reader")
        return pipes[usb.util.ENDPOINT_OUT], pipes[usb.util.ENDPOINT_IN]

    def send(self, frame: bytes) -> None:
        """One bulk transfer."""
        try:
            self._out.write(frame, _SEND_MS)
        except usb.core.USBError as error:
            raise lost(error) from error

    def receive(self, timeout_s: float) -> bytes:
        """One bulk transfer; a time-out of the bus is silence."""
        try:
            return bytes(self._in.read(_LARGEST_TRANSFER, max(1, round(1000 * timeout_s))))
        except usb.core.USBTimeoutError:
            return b""
        except usb.core.USBError as error:
            raise lost(error) from error

    def discard(self) -> None:
        """Until nothing waits."""
        while self.receive(0.001):
            pass

    def wire_s(self, count: int) -> float:
        """Next to nothing."""
        return count / _BYTES_A_SECOND

    def close(self) -> None:
        """Release the interface and the device."""
        with suppress(usb.core.USBError):
            usb.util.dispose_resources(self._device)

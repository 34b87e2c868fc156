"""SDT in 64-byte HID reports, through Linux' own /dev/hidraw: the requests padded, the replies cut into reports.

No hidapi: hidraw needs no library beside the kernel, a read can be waited for with a deadline (poll), the device node is
covered by the same udev rules as the others, and the reports can be tested over any descriptor that keeps packets apart.
"""

from __future__ import annotations

import errno
import os
import select
from contextlib import suppress
from pathlib import Path

from devices.drivers.sdt.link import absent, lost, not_opened

# The reader seen in the field; others are named in the address.
VENDOR, PRODUCT = 0x2B8B, 0x2721
REPORT_BYTES = 64
_NO_REPORT_NUMBER = b"\0"
_BYTES_A_SECOND = 64_000  # one report a millisecond
_NODES = Path("/sys/class/hidraw")


def find_node(vendor: int, product: int, nodes: Path = _NODES) -> str:
    """The device node of the first such reader. Raises DeviceAbsent."""
    wanted = f"{vendor:08X}:{product:08X}"
    for node in sorted(nodes.glob("hidraw*")):
        with suppress(OSError):
            if wanted in (node / "device" / "uevent").read_text(encoding="utf-8").upper():
                return f"/dev/{node.name}"
    raise absent(f"{vendor:04x}:{product:04x}")


def open_node(path: str) -> int:
    """The node's descriptor. Raises DeviceAbsent, DeviceClaimed."""
    try:
        return os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError as error:
        raise not_opened(error) from error


class HidLink:
    """Owns the descriptor of one hidraw node (or of anything that keeps packets apart, as it does)."""

    name = "HID"

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._poll = select.poll()
        self._poll.register(descriptor, select.POLLIN)

    def send(self, frame: bytes) -> None:
        """As many padded reports as the frame needs."""
        try:
            for at in range(0, len(frame), REPORT_BYTES):
                report = frame[at : at + REPORT_BYTES].ljust(REPORT_BYTES, b"\0")
                os.write(self._descriptor, _NO_REPORT_NUMBER + report)
        except OSError as error:
            raise lost(error) from error

    def receive(self, timeout_s: float) -> bytes:
        """One report."""
        if not self._poll.poll(round(1000 * timeout_s)):
            return b""
        try:
            data = os.read(self._descriptor, REPORT_BYTES)
        except OSError as error:
            raise lost(error) from error
        if not data:
            raise lost(OSError(errno.ENODEV, os.strerror(errno.ENODEV)))
        return data

    def discard(self) -> None:
        """Until no report waits."""
        while self.receive(0.0):
            pass

    def wire_s(self, count: int) -> float:
        """One report a millisecond."""
        return count / _BYTES_A_SECOND

    def close(self) -> None:
        """Close the descriptor."""
        with suppress(OSError):
            os.close(self._descriptor)

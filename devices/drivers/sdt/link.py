"""What carries SDT bytes: a connection that takes a frame and gives back whatever arrives, both within bounds."""

from __future__ import annotations

import errno
from typing import Protocol

from devices.ports.errors import DeviceAbsent, DeviceClaimed, DeviceError, DeviceLost


class Link(Protocol):
    """One open connection; one thread."""

    name: str  # for the description: "115200 baud", "USB", "HID"

    def send(self, frame: bytes) -> None:
        """All of it. Raises DeviceLost."""

    def receive(self, timeout_s: float) -> bytes:
        """What has arrived, at least one byte, or b"" when nothing came in time. Raises DeviceLost."""

    def discard(self) -> None:
        """Throw away what has arrived and nobody asked for. Raises DeviceLost."""

    def wire_s(self, count: int) -> float:
        """How long ``count`` bytes are under way."""

    def close(self) -> None:
        """Let go; never raises for a device that is already gone."""


def lost(error: Exception) -> DeviceLost:
    """The reader went away in mid-work."""
    return DeviceLost(str(error), "CRD-108")


def not_opened(error: Exception) -> DeviceError:
    """Why a port, a pipe or a node could not be opened, by its error number."""
    number = getattr(error, "errno", None)
    if number in (errno.EACCES, errno.EPERM):
        return DeviceAbsent(str(error), "CRD-109")
    # pyserial tells EAGAIN of its lock.
    if number in (errno.EBUSY, errno.EAGAIN):
        return DeviceClaimed(str(error), "CRD-112")
    return absent(str(error))


def absent(detail: str) -> DeviceAbsent:
    """No reader there, or it does not answer."""
    return DeviceAbsent(detail, "CRD-107")

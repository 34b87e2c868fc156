"""The photo decoder as the workstation sees it: a stranger's library that can hang or crash in a process of its own."""

from __future__ import annotations

from concurrent.futures import Future

from devices.host.asking import AskedDevice
from devices.host.messages import FrameBroken, Message
from devices.host.process import WorkerLaunch
from devices.ports.card_photo import RGB_BYTES, CardPicture
from devices.ports.errors import DeviceError

_DECODE_DEADLINE_S = 3.0


def _picture(message: Message) -> CardPicture:
    if len(message.payload) != RGB_BYTES:
        raise FrameBroken("picture")
    return CardPicture(message.payload)


class CardPhotoHost:
    """One decoder library behind one supervised worker. ``start`` once, ``stop`` once."""

    def __init__(self, launch: WorkerLaunch) -> None:
        self._device = AskedDevice(launch)

    def start(self) -> None:
        """Begin to load; returns at once."""
        self._device.start()

    def stop(self, deadline_s: float) -> None:
        """End its worker."""
        self._device.stop(deadline_s)

    def wait_until_open(self, timeout_s: float) -> bool:
        """Whether the library was loaded in time."""
        return self._device.wait_until_open(timeout_s)

    @property
    def error(self) -> DeviceError | None:
        """Why it cannot be used; None when it can."""
        return self._device.error

    def decode(self, photo: bytes) -> Future[CardPicture]:
        """1024 bytes of WLT; ends in PhotoUndecoded, WorkerCrashed, DeviceSilent, or DeviceAbsent while not loaded."""
        return self._device.ask(Message("decode", {}, photo), _DECODE_DEADLINE_S, _picture)

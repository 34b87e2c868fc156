"""The signature pad as the workstation sees it."""

from __future__ import annotations

from concurrent.futures import Future

from devices.host.asking import AskedDevice
from devices.host.messages import Message
from devices.host.process import WorkerLaunch
from devices.host.signature_pad_words import pad_of, samples_of
from devices.ports.errors import DeviceError
from devices.ports.signature_pad import PadDescription, PenSample

_ASK_DEADLINE_S = 3.0


def _nothing(_: Message) -> None:
    """``begin`` is answered without words."""


class SignaturePadHost:
    """One pad behind one supervised worker. ``start`` once, ``stop`` once."""

    def __init__(self, launch: WorkerLaunch) -> None:
        self._device = AskedDevice(launch)
        self.address = launch.address

    def start(self) -> None:
        """Begin to connect; returns at once."""
        self._device.start()

    def stop(self, deadline_s: float) -> None:
        """Let go of the pad and end its worker."""
        self._device.stop(deadline_s)

    def wait_until_open(self, timeout_s: float) -> bool:
        """Whether the connection stood in time."""
        return self._device.wait_until_open(timeout_s)

    @property
    def error(self) -> DeviceError | None:
        """Why it cannot be used; None when it can."""
        return self._device.error

    @property
    def worker_pid(self) -> int | None:
        """For the diagnosis panel."""
        return self._device.worker_pid

    @property
    def description(self) -> PadDescription | None:
        """What is connected; None when nothing is."""
        opened = self._device.description
        return None if opened is None else pad_of(opened.fields)

    def begin(self) -> Future[None]:
        """A signature begins."""
        return self._device.ask(Message("begin"), _ASK_DEADLINE_S, _nothing)

    def read(self, wait_s: float) -> Future[tuple[PenSample, ...]]:
        """What the pen did since the last question."""
        message = Message("read", {"wait_s": wait_s})
        return self._device.ask(message, wait_s + _ASK_DEADLINE_S, lambda m: samples_of(m.fields))

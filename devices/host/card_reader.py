"""The card reader as the workstation sees it."""

from __future__ import annotations

from concurrent.futures import Future

from devices.host.asking import AskedDevice
from devices.host.card_reader_words import card_of, reader_of, request_fields
from devices.host.messages import Message
from devices.host.process import WorkerLaunch
from devices.ports.card_reader import CardBlocks, ReaderDescription, ReadRequest
from devices.ports.errors import DeviceError

_ASK_DEADLINE_S = 8.0
# Beyond the wait for a card: a card that is tried three times, each question three times, at 9600 baud.
_READ_GRACE_S = 45.0


class CardReaderHost:
    """One card reader behind one supervised worker. ``start`` once, ``stop`` once."""

    def __init__(self, launch: WorkerLaunch) -> None:
        self._device = AskedDevice(launch)
        self.address = launch.address

    def start(self) -> None:
        """Begin to connect; returns at once."""
        self._device.start()

    def stop(self, deadline_s: float) -> None:
        """Let go of the reader and end its worker; a wait for a card ends as cancelled."""
        self._device.stop(deadline_s)

    def wait_until_open(self, timeout_s: float) -> bool:
        """Whether the reader answered in time."""
        return self._device.wait_until_open(timeout_s)

    @property
    def worker_pid(self) -> int | None:
        """For the diagnosis panel."""
        return self._device.worker_pid

    @property
    def error(self) -> DeviceError | None:
        """Why it cannot be used; None when it can."""
        return self._device.error

    @property
    def description(self) -> ReaderDescription | None:
        """What is connected; None when nothing is."""
        opened = self._device.description
        return None if opened is None else reader_of(opened.fields)

    def check(self) -> Future[None]:
        """Ends when the module has said that it is well, or in its error."""
        return self._device.ask(Message("check"), _ASK_DEADLINE_S, lambda _: None)

    def read(self, request: ReadRequest) -> Future[CardBlocks]:
        """The next card; one wait at a time (a second one ends in DeviceBusy)."""
        return self._device.ask(Message("read", request_fields(request)), request.wait_s + _READ_GRACE_S, card_of)

    def cancel(self) -> None:
        """End the wait that is going on, if any; its future ends in Cancelled."""
        self._device.tell(Message("cancel"))

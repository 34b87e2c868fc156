"""The document reader as the workstation sees it."""

from __future__ import annotations

from concurrent.futures import Future

from devices.host.asking import AskedDevice
from devices.host.document_reader_words import reader_of, zone_of
from devices.host.messages import Message
from devices.host.process import WorkerLaunch
from devices.ports.document_reader import ReaderDescription, ZoneRead
from devices.ports.errors import DeviceError

_GRACE_S = 3.0


class DocumentReaderHost:
    """One reader behind one supervised worker. ``start`` once, ``stop`` once."""

    def __init__(self, launch: WorkerLaunch) -> None:
        self._device = AskedDevice(launch)
        self.address = launch.address

    def start(self) -> None:
        """Begin to connect; returns at once."""
        self._device.start()

    def stop(self, deadline_s: float) -> None:
        """Let go of the reader and end its worker."""
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
    def description(self) -> ReaderDescription | None:
        """What is connected; None when nothing is."""
        opened = self._device.description
        return None if opened is None else reader_of(opened.fields)

    def read(self, timeout_s: float) -> Future[ZoneRead]:
        """The next document laid on; ends in NoDocument when none came in ``timeout_s``."""
        message = Message("read", {"timeout_s": timeout_s})
        return self._device.ask(message, timeout_s + _GRACE_S, lambda m: zone_of(m.fields))

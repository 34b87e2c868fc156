"""The A4 printer as the workstation sees it."""

from __future__ import annotations

from concurrent.futures import Future

from devices.host.asking import AskedDevice
from devices.host.messages import Message
from devices.host.page_printer_words import job_of, order_fields, queue_of
from devices.host.process import WorkerLaunch
from devices.ports.errors import DeviceError
from devices.ports.page_printer import PageJob, PageOrder, PageQueue

# Above the driver's own: two answers of eight seconds each, and a document on a slow network.
_ASK_DEADLINE_S = 20.0
_SUBMIT_DEADLINE_S = 60.0


class PagePrinterHost:
    """One queue behind one supervised worker. ``start`` once, ``stop`` once."""

    def __init__(self, launch: WorkerLaunch) -> None:
        self._device = AskedDevice(launch)
        self.address = launch.address

    def start(self) -> None:
        """Begin to connect; returns at once."""
        self._device.start()

    def stop(self, deadline_s: float) -> None:
        """Let go of the queue and end its worker; jobs go on."""
        self._device.stop(deadline_s)

    def wait_until_open(self, timeout_s: float) -> bool:
        """Whether the queue answered in time."""
        return self._device.wait_until_open(timeout_s)

    @property
    def error(self) -> DeviceError | None:
        """Why it cannot be used; None when it can."""
        return self._device.error

    def status(self) -> Future[PageQueue]:
        """Asked of the queue now."""
        return self._device.ask(Message("status"), _ASK_DEADLINE_S, lambda m: queue_of(m.fields))

    def submit(self, document: bytes, order: PageOrder) -> Future[PageJob]:
        """Hand over a document; ``job`` tells how it goes on."""
        message = Message("submit", order_fields(order), document)
        return self._device.ask(message, _SUBMIT_DEADLINE_S, lambda m: job_of(m.fields))

    def job(self, number: int) -> Future[PageJob]:
        """How a job stands now."""
        return self._device.ask(Message("job", {"number": number}), _ASK_DEADLINE_S, lambda m: job_of(m.fields))

    def cancel(self, number: int) -> Future[PageJob]:
        """Stop a job."""
        return self._device.ask(Message("cancel", {"number": number}), _ASK_DEADLINE_S, lambda m: job_of(m.fields))

"""The receipt printer as the workstation sees it."""

from __future__ import annotations

from concurrent.futures import Future

from devices.host.asking import AskedDevice
from devices.host.messages import Message
from devices.host.printer_words import outcome_of, printer_of, status_of
from devices.host.process import WorkerLaunch
from devices.ports.errors import DeviceError
from devices.ports.printer import JobOutcome, PrinterDescription, PrinterStatus, write_deadline_s
from devices.ports.standing import DeviceStanding

_ASK_DEADLINE_S = 8.0
_PRINT_GRACE_S = 5.0


class PrinterHost:
    """One printer behind one supervised worker. ``start`` once, ``stop`` once."""

    def __init__(self, launch: WorkerLaunch) -> None:
        self._device = AskedDevice(launch)
        self.address = launch.address

    def start(self) -> None:
        """Begin to connect; returns at once."""
        self._device.start()

    def stop(self, deadline_s: float) -> None:
        """Let go of the printer and end its worker."""
        self._device.stop(deadline_s)

    def wait_until_open(self, timeout_s: float) -> bool:
        """Whether the connection stood in time."""
        return self._device.wait_until_open(timeout_s)

    @property
    def standing(self) -> DeviceStanding:
        """State, last success, last error."""
        return self._device.standing

    def try_now(self) -> None:
        """Do not wait for the next try."""
        self._device.try_now()

    @property
    def worker_pid(self) -> int | None:
        """For the diagnosis panel."""
        return self._device.worker_pid

    @property
    def error(self) -> DeviceError | None:
        """Why it cannot be used; None when it can."""
        return self._device.error

    @property
    def description(self) -> PrinterDescription | None:
        """What is connected; None when nothing is."""
        opened = self._device.description
        return None if opened is None else printer_of(opened.fields)

    def status(self) -> Future[PrinterStatus]:
        """Asked of the printer now."""
        return self._device.ask(Message("status"), _ASK_DEADLINE_S, lambda m: status_of(m.fields))

    def print(self, job: bytes, timeout_s: float) -> Future[JobOutcome]:
        """Send the bytes, then wait ``timeout_s`` for the printer's word."""
        message = Message("print", {"timeout_s": timeout_s}, job)
        deadline_s = write_deadline_s(len(job)) + timeout_s + _PRINT_GRACE_S
        return self._device.ask(message, deadline_s, lambda m: outcome_of(m.fields))

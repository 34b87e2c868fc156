"""The receipt printer behind its worker process: every question ends in an answer or in a typed error."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from devices.host.messages import Message
from devices.host.process import Supervisor, WorkerLaunch
from devices.host.translation import printer_of, status_of
from devices.ports.errors import DeviceAbsent, DeviceError, DeviceLost, DeviceSilent, WorkerCrashed
from devices.ports.printer import JobOutcome, PrinterDescription, PrinterStatus

# After these the worker is started afresh.
_ENDS_THE_WORKER = (DeviceLost, DeviceAbsent, DeviceSilent, WorkerCrashed)

_ASK_DEADLINE_S = 8.0
_PRINT_GRACE_S = 3.0
_IDLE_SILENCE_S = 20.0

_T = TypeVar("_T")


class PrinterHost:
    """One printer behind one supervised worker. ``start`` once, ``stop`` once."""

    def __init__(self, launch: WorkerLaunch) -> None:
        self.address = launch.address
        self._supervisor = Supervisor(launch, self)
        self._open = threading.Event()
        self.error: DeviceError | None = None
        self.description: PrinterDescription | None = None

    def start(self) -> None:
        """Begin to connect; returns at once."""
        self._supervisor.start()

    def stop(self, deadline_s: float) -> None:
        """Let go of the printer and end its worker."""
        self._supervisor.stop(deadline_s)

    def wait_until_open(self, timeout_s: float) -> bool:
        """Whether the connection stood in time."""
        return self._open.wait(timeout_s)

    def status(self) -> Future[PrinterStatus]:
        """Asked of the printer now."""
        return self._asked(Message("status"), _ASK_DEADLINE_S, lambda m: status_of(m.fields))

    def print(self, job: bytes, timeout_s: float) -> Future[JobOutcome]:
        """Send the bytes and wait for the printer's word."""
        self._supervisor.allow_silence(timeout_s + _IDLE_SILENCE_S)
        message = Message("print", {"timeout_s": timeout_s}, job)
        return self._asked(message, timeout_s + _PRINT_GRACE_S, lambda m: JobOutcome(m.fields["outcome"]))

    def _asked(self, message: Message, deadline_s: float, read: Callable[[Message], _T]) -> Future[_T]:
        answer = self._supervisor.request(message, deadline_s)
        result: Future[_T] = Future()
        result.set_running_or_notify_cancel()

        def finish(done: Future[Message]) -> None:
            error = done.exception()
            if error is not None:
                if isinstance(error, _ENDS_THE_WORKER):
                    self._open.clear()
                result.set_exception(error)
            else:
                result.set_result(read(done.result()))

        answer.add_done_callback(finish)
        return result

    # -- what the worker says (reader thread) ----------------------------------------------------------

    def opened(self, message: Message) -> None:
        """The connection is there."""
        self._supervisor.allow_silence(_IDLE_SILENCE_S)
        self.error = None
        self.description = printer_of(message.fields)
        self._open.set()

    def said(self, message: Message) -> None:
        """A heartbeat; printers say nothing else unasked."""

    def down(self, error: DeviceError) -> None:
        """The connection is gone; it is tried again by itself."""
        self._open.clear()
        self.error = error
        self.description = None

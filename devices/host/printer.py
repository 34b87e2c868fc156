"""The receipt printer as the workstation sees it."""

from __future__ import annotations

from concurrent.futures import Future

from devices.host.asking import AskedDevice
from devices.host.messages import Message
from devices.host.printer_words import outcome_of, printer_of, status_of
from devices.ports.printer import JobOutcome, PrinterDescription, PrinterStatus, write_deadline_s

_ASK_DEADLINE_S = 8.0
_PRINT_GRACE_S = 5.0


class PrinterHost(AskedDevice):
    """One printer behind one supervised worker. ``start`` once, ``stop`` once."""

    description: PrinterDescription | None = None  # what is connected; None when nothing is

    def status(self) -> Future[PrinterStatus]:
        """Asked of the printer now."""
        return self.ask(Message("status"), _ASK_DEADLINE_S, lambda m: status_of(m.fields))

    def print(self, job: bytes, timeout_s: float) -> Future[JobOutcome]:
        """Send the bytes, then wait ``timeout_s`` for the printer's word."""
        message = Message("print", {"timeout_s": timeout_s}, job)
        deadline_s = write_deadline_s(len(job)) + timeout_s + _PRINT_GRACE_S
        return self.ask(message, deadline_s, lambda m: outcome_of(m.fields))

    def _introduced(self, greeting: Message | None) -> None:
        self.description = None if greeting is None else printer_of(greeting.fields)

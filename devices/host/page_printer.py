"""The A4 printer as the workstation sees it."""

from __future__ import annotations

from concurrent.futures import Future

from devices.host.asking import AskedDevice
from devices.host.messages import Message
from devices.host.page_printer_words import job_of, order_fields, queue_of
from devices.ports.page_printer import PageJob, PageOrder, PageQueue

# Above the driver's own: two answers of eight seconds each, and a document on a slow network.
_ASK_DEADLINE_S = 20.0
_SUBMIT_DEADLINE_S = 60.0


class PagePrinterHost(AskedDevice):
    """One queue behind one supervised worker. ``start`` once, ``stop`` once."""

    description: PageQueue | None = None  # the queue as it was found when it was opened; None when it is not there

    def status(self) -> Future[PageQueue]:
        """Asked of the queue now."""
        return self.ask(Message("status"), _ASK_DEADLINE_S, lambda m: queue_of(m.fields))

    def submit(self, document: bytes, order: PageOrder) -> Future[PageJob]:
        """Hand over a document; ``job`` tells how it goes on."""
        message = Message("submit", order_fields(order), document)
        return self.ask(message, _SUBMIT_DEADLINE_S, lambda m: job_of(m.fields))

    def job(self, number: int) -> Future[PageJob]:
        """How a job stands now."""
        return self.ask(Message("job", {"number": number}), _ASK_DEADLINE_S, lambda m: job_of(m.fields))

    def cancel(self, number: int) -> Future[PageJob]:
        """Stop a job."""
        return self.ask(Message("cancel", {"number": number}), _ASK_DEADLINE_S, lambda m: job_of(m.fields))

    def _introduced(self, greeting: Message | None) -> None:
        self.description = None if greeting is None else queue_of(greeting.fields)

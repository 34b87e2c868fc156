"""补打 of whatever stands in the list of print jobs: each kind goes back to the desk that knows its subject."""

from __future__ import annotations

from app.desk.documents import DocumentDesk
from app.desk.fees import FeeDesk
from app.desk.receipts import ReceiptDesk
from app.desk.tickets import TicketDesk
from app.domain.printing import PrintJob, PrintKind

_BILL = "e-bill"


class Reprints:
    """By the officer's press alone; nothing is ever printed again by itself. Thread: any, blocks as printing does."""

    def __init__(self, receipts: ReceiptDesk, tickets: TicketDesk, fees: FeeDesk, documents: DocumentDesk) -> None:
        self._receipts = receipts
        self._tickets = tickets
        self._fees = fees
        self._documents = documents

    def again(self, job: PrintJob) -> PrintJob:
        """Another copy, numbered and marked. Raises what the desk of that kind does; FEE-108 for a notice that is paid."""
        if job.kind is PrintKind.RECEIPT:
            return self._receipts.print(job.subject)
        if job.kind is PrintKind.ACCEPTANCE_RECEIPT:
            return self._documents.print_ticket(job.subject, PrintKind.ACCEPTANCE_RECEIPT.value)
        if job.kind is PrintKind.DOCUMENT:
            subject, _, paper = job.subject.partition(" ")
            return self._fees.print_bill(subject) if paper == _BILL else self._documents.reprint(subject, paper)
        if job.kind is PrintKind.PAYMENT_NOTICE and (order_id := self._fees.order_of_serial(job.subject)):
            return self._fees.print_notice(order_id)
        return self._tickets.reprint(job.kind, job.subject)

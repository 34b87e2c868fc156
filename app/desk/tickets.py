"""Queue tickets (取号单) and payment notices (缴款通知) at the desk: previewed, printed, reprinted as numbered copies."""

from __future__ import annotations

import re

from app.config.settings import Settings
from app.desk.print_queue import PrintQueue
from app.desk.ticket_press import TicketPress
from app.domain.errors import BadInput
from app.domain.printing import PrintJob, PrintKind
from app.printing.tickets import PaymentNoticeFacts, QueueTicketFacts


class TicketDesk:
    """Thread: any; printing blocks until the printer has answered or its deadline has passed.

    Printing never raises for paper or cover: the job's state and error say how it ended.
    """

    def __init__(self, queue: PrintQueue, press: TicketPress, settings: Settings) -> None:
        self._queue = queue
        self._press = press
        self._settings = settings

    def preview_queue_ticket(self, facts: QueueTicketFacts) -> bytes:
        """PNG of what would be printed next. Raises BadInput PRN-13x, IMG-10x, SetupFault FNT-…."""
        copy = self._queue.next_copy(PrintKind.QUEUE_TICKET, facts.reference)
        return self._press.picture(self._queue_ticket(facts, copy))

    def print_queue_ticket(self, facts: QueueTicketFacts) -> PrintJob:
        """Print once; again is 补打. Raises BadInput PRN-105, PRN-13x, IMG-10x, SetupFault FNT-…."""
        kept = facts.to_json()
        return self._queue.submit(
            PrintKind.QUEUE_TICKET, facts.reference, lambda copy: self._queue_ticket(facts, copy), kept
        )

    def preview_payment_notice(self, facts: PaymentNoticeFacts) -> bytes:
        """PNG of what would be printed next. Raises BadInput PRN-13x, SetupFault FNT-…."""
        copy = self._queue.next_copy(PrintKind.PAYMENT_NOTICE, facts.serial)
        return self._press.picture(self._payment_notice(facts, copy))

    def print_payment_notice(self, facts: PaymentNoticeFacts) -> PrintJob:
        """Print once; again is 补打 with the same code. Raises BadInput PRN-105, PRN-13x, SetupFault FNT-…."""
        kept = facts.to_json()
        return self._queue.submit(
            PrintKind.PAYMENT_NOTICE, facts.serial, lambda copy: self._payment_notice(facts, copy), kept
        )

    def reprint(self, kind: PrintKind, subject: str) -> PrintJob:
        """The officer's wish for another copy, from the facts of the first. Raises BadInput PRN-135 for an unknown one."""
        kept = next((job.facts for job in self._queue.jobs(kind, subject) if job.facts), "")
        if not kept:
            raise BadInput("PRN-135")
        if kind is PrintKind.QUEUE_TICKET:
            return self.print_queue_ticket(QueueTicketFacts.from_json(kept))
        return self.print_payment_notice(PaymentNoticeFacts.from_json(kept))

    def _queue_ticket(self, facts: QueueTicketFacts, copy: int) -> bytes:
        fields = facts.fields(copy, training=self._press.training)
        return self._press.job(PrintKind.QUEUE_TICKET, fields, facts.photo)

    def _payment_notice(self, facts: PaymentNoticeFacts, copy: int) -> bytes:
        pattern = self._settings.text("payment.code_pattern")
        try:
            is_code = re.fullmatch(pattern, facts.code) is not None
        except re.error as error:
            raise BadInput("CFG-101", key="payment.code_pattern", allowed="re") from error
        if not is_code:
            raise BadInput("PRN-131", length=len(facts.code))
        return self._press.job(PrintKind.PAYMENT_NOTICE, facts.fields(copy, training=self._press.training))

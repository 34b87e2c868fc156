"""The card reader as the workstation sees it."""

from __future__ import annotations

from concurrent.futures import Future

from devices.host.asking import AskedDevice
from devices.host.card_reader_words import card_of, reader_of, request_fields
from devices.host.messages import Message
from devices.ports.card_reader import CardBlocks, ReaderDescription, ReadRequest

_ASK_DEADLINE_S = 8.0
# Beyond the wait for a card: a card that is tried three times, each question three times, at 9600 baud.
_READ_GRACE_S = 45.0


class CardReaderHost(AskedDevice):
    """One card reader behind one supervised worker; stopping it ends a wait for a card as cancelled."""

    description: ReaderDescription | None = None  # what is connected; None when nothing is

    def check(self) -> Future[None]:
        """Ends when the module has said that it is well, or in its error."""
        return self.ask(Message("check"), _ASK_DEADLINE_S, lambda _: None)

    def read(self, request: ReadRequest) -> Future[CardBlocks]:
        """The next card; one wait at a time (a second one ends in DeviceBusy)."""
        return self.ask(Message("read", request_fields(request)), request.wait_s + _READ_GRACE_S, card_of)

    def cancel(self) -> None:
        """End the wait that is going on, if any; its future ends in Cancelled."""
        self.tell(Message("cancel"))

    def _introduced(self, greeting: Message | None) -> None:
        self.description = None if greeting is None else reader_of(greeting.fields)

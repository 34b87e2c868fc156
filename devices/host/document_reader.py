"""The document reader as the workstation sees it."""

from __future__ import annotations

from concurrent.futures import Future

from devices.host.asking import AskedDevice
from devices.host.document_reader_words import reader_of, zone_of
from devices.host.messages import Message
from devices.ports.document_reader import ReaderDescription, ZoneRead

_GRACE_S = 3.0


class DocumentReaderHost(AskedDevice):
    """One reader behind one supervised worker. ``start`` once, ``stop`` once."""

    description: ReaderDescription | None = None  # what is connected; None when nothing is

    def read(self, timeout_s: float) -> Future[ZoneRead]:
        """The next document laid on; ends in NoDocument when none came in ``timeout_s``."""
        message = Message("read", {"timeout_s": timeout_s})
        return self.ask(message, timeout_s + _GRACE_S, lambda m: zone_of(m.fields))

    def _introduced(self, greeting: Message | None) -> None:
        self.description = None if greeting is None else reader_of(greeting.fields)

"""The signature pad as the workstation sees it."""

from __future__ import annotations

from concurrent.futures import Future

from devices.host.asking import AskedDevice
from devices.host.messages import Message
from devices.host.signature_pad_words import pad_of, samples_of
from devices.ports.signature_pad import PadDescription, PenSample

_ASK_DEADLINE_S = 3.0


def _nothing(_: Message) -> None:
    """``begin`` is answered without words."""


class SignaturePadHost(AskedDevice):
    """One pad behind one supervised worker. ``start`` once, ``stop`` once."""

    description: PadDescription | None = None  # what is connected; None when nothing is

    def begin(self) -> Future[None]:
        """A signature begins."""
        return self.ask(Message("begin"), _ASK_DEADLINE_S, _nothing)

    def read(self, wait_s: float) -> Future[tuple[PenSample, ...]]:
        """What the pen did since the last question."""
        message = Message("read", {"wait_s": wait_s})
        return self.ask(message, wait_s + _ASK_DEADLINE_S, lambda m: samples_of(m.fields))

    def _introduced(self, greeting: Message | None) -> None:
        self.description = None if greeting is None else pad_of(greeting.fields)

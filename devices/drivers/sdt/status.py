"""Status words of the SAM_V module → what they mean and which error they are; the one place that knows them.

Only SW3 carries meaning (SW1 and SW2 are 0). Words 90, 9F, 80, 81, 41 and 60 are seen in every public implementation, the
others come from a mirror of the module's data sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from devices.drivers.sdt.frames import Reply
from devices.ports.errors import (
    CardRefused,
    CardUnreadable,
    DeviceError,
    LineGarbled,
    NoCard,
    ReaderFault,
    WrongCard,
)

SUCCESS = 0x90
FOUND = 0x9F
BAD_CHECKSUM_RECEIVED = 0x10
BAD_LENGTH_RECEIVED = 0x11
NOT_FOUND = 0x80
NOT_SELECTED = 0x81
NO_SUCH_CONTENT = 0x91


@dataclass(frozen=True)
class Meaning:
    """One status word. ``error`` None: nothing is wrong."""

    english: str
    error: type[DeviceError] | None = None
    code: str = ""

    def raised(self, detail: str) -> DeviceError:
        """The error that an officer meets. Only for words that have one."""
        return (self.error or ReaderFault)(detail, self.code)


STATUS_WORDS: Mapping[int, Meaning] = {
    SUCCESS: Meaning("done"),
    FOUND: Meaning("card found"),
    NO_SUCH_CONTENT: Meaning("the card has no such content"),
    BAD_CHECKSUM_RECEIVED: Meaning("the reader received a wrong checksum", LineGarbled, "CRD-110"),
    BAD_LENGTH_RECEIVED: Meaning("the reader received a wrong length", LineGarbled, "CRD-111"),
    0x21: Meaning("command not known", ReaderFault, "CRD-121"),
    0x24: Meaning("command not allowed or error not recognised", ReaderFault, "CRD-124"),
    0x31: Meaning("the card does not accept the reader", CardRefused, "CRD-131"),
    0x32: Meaning("the reader does not accept the card", CardRefused, "CRD-132"),
    0x33: Meaning("the card's data do not verify", CardRefused, "CRD-133"),
    0x40: Meaning("not an identity card", WrongCard, WrongCard.code),
    0x41: Meaning("reading failed", CardUnreadable, "CRD-141"),
    0x47: Meaning("random number failed", CardUnreadable, "CRD-147"),
    0x60: Meaning("self-test failed, no command accepted", ReaderFault, "CRD-160"),
    0x66: Meaning("the module is not authorised", ReaderFault, "CRD-166"),
    NOT_FOUND: Meaning("no card found", NoCard, NoCard.code),
    NOT_SELECTED: Meaning("selecting the card failed", CardUnreadable, "CRD-181"),
}
_UNHEARD_OF = Meaning("a word that no source names", ReaderFault, "CRD-199")


def meaning_of(reply: Reply) -> Meaning:
    """Any three bytes have a meaning."""
    if reply.status[:2] != b"\0\0":
        return _UNHEARD_OF
    return STATUS_WORDS.get(reply.word, _UNHEARD_OF)


def require(reply: Reply, *good: int) -> Reply:
    """The reply if it is one of the ``good`` words. Raises the error of any other."""
    if reply.status[:2] == b"\0\0" and reply.word in good:
        return reply
    meaning = meaning_of(reply)
    raise meaning.raised(f"{reply.status.hex(' ').upper()} {meaning.english}")

"""Port ``card_reader``: a reader of second-generation identity cards (二代证), as its driver offers it in its worker.

A driver hands over the chip's blocks byte for byte; what they say is read by ``devices.ports.card_text``, outside the
worker, so that a character that no pipe or database can carry still arrives.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

TEXT_BYTES = 256
PHOTO_BYTES = 1024
FINGERPRINT_SIZES = (0, 512, 1024)  # none, one template, two (GA/T 467: each 512 bytes)
LARGEST_ADDRESS_BYTES = 256  # 70 bytes on every card known; a reader may pad


@dataclass(frozen=True)
class CardBlocks:
    """One card as it was read. ``new_address`` (追加住址) is UTF-16LE text, b"" when the card has none.

    ``text`` 256 bytes UTF-16LE; ``photo`` 1024 bytes WLT, compressed; ``fingerprints`` 0, 512 or 1024 bytes and empty
    unless they were asked for; ``serial`` the 8 bytes that selecting the card gave.
    """

    text: bytes
    photo: bytes
    fingerprints: bytes = b""
    new_address: bytes = b""
    serial: bytes = b""

    def __repr__(self) -> str:  # personal data never reaches a log through a repr
        return "CardBlocks(…)"


@dataclass(frozen=True)
class ReadRequest:
    """What to read and how long to wait for a card.

    ``wait_s`` 0 = the card must lie there now. ``same_again`` False: a card that has been read and not been lifted since
    is not read once more; it is waited for the next one.
    """

    wait_s: float = 0.0
    fingerprints: bool = False
    same_again: bool = False


@dataclass(frozen=True)
class ReaderDescription:
    """What is connected. ``sam_id`` is the security module's number as printed on the reader, "" when not told."""

    model: str
    driver: str
    sam_id: str


class CardReaderDriver(Protocol):
    """An open reader; called from one thread. Every read has a deadline."""

    def describe(self) -> ReaderDescription:
        """What is connected, as found at opening."""

    def check(self) -> None:
        """Ask the reader how it is. Raises ReaderFault, LineGarbled, DeviceSilent, DeviceLost."""

    def read(self, request: ReadRequest, cancelled: Callable[[], bool]) -> CardBlocks:
        """Wait for a card, read it whole. ``cancelled`` is asked between two looks for a card.

        Raises NoCard, CardUnreadable, CardRefused, WrongCard, ReaderFault, LineGarbled, Cancelled, DeviceSilent,
        DeviceLost. What was read of a card that was lifted too early is dropped: blocks are whole or not there.
        """

    def close(self) -> None:
        """Let go of the connection."""

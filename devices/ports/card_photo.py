"""Port ``card_photo``: the plug-in that turns a card's compressed photo block (WLT) into pixels, where a site has one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

WIDTH, HEIGHT = 102, 126
RGB_BYTES = WIDTH * HEIGHT * 3


@dataclass(frozen=True)
class CardPicture:
    """``rgb``: 102 x 126 pixels of three bytes, rows from the top, no padding between them."""

    rgb: bytes

    def __repr__(self) -> str:  # personal data never reaches a log through a repr
        return "CardPicture(…)"


class CardPhotoDriver(Protocol):
    """An open decoder; called from one thread, in a process of its own, because the library is a stranger's."""

    def decode(self, photo: bytes) -> CardPicture:
        """``photo``: 1024 bytes. Raises PhotoUndecoded."""

    def close(self) -> None:
        """Nothing to let go of: the process ends."""

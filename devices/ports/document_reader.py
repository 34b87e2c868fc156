"""Port ``document_reader``: a reader that gives the lines of a travel document's machine-readable zone as it read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

# Lines and characters in a line of every zone of ICAO Doc 9303: TD1, TD2 and MRV-B, TD3 and MRV-A.
ZONE_SHAPES = frozenset({(3, 30), (2, 36), (2, 44)})


@dataclass(frozen=True)
class ReaderDescription:
    """What is connected. ``framing``: how it marks the ends of what it sends."""

    model: str
    driver: str
    framing: str


@dataclass(frozen=True)
class ZoneRead:
    """``lines``: exactly as delivered, upper to lower; whether they are right is not the reader's business."""

    lines: tuple[str, ...]

    def __repr__(self) -> str:  # personal data never reaches a log through a repr
        return f"ZoneRead({len(self.lines)} lines)"


class DocumentReaderDriver(Protocol):
    """An open document reader; called from one thread. Every read has a deadline."""

    def describe(self) -> ReaderDescription:
        """What is connected."""

    def read(self, timeout_s: float) -> ZoneRead:
        """The next document laid on. What was sent before the question is thrown away: it was another person's.

        Raises NoDocument when none came in time, DocumentUnreadable when something came that is no zone, DeviceLost.
        """

    def close(self) -> None:
        """Let go of the connection."""

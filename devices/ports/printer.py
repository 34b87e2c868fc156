"""Port ``printer``: a receipt printer that takes ESC/POS bytes and answers for itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class PrinterState(Enum):
    """Read from DLE EOT 1-4. ``UNKNOWN`` (no answer) is never shown as paper out, nor as ready."""

    READY = "ready"
    NEAR_END = "near_end"
    PAPER_END = "paper_end"
    COVER_OPEN = "cover_open"
    CUTTER_FAULT = "cutter_fault"
    OFFLINE = "offline"
    ERROR = "error"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PrinterStatus:
    """The state and the raw reply bytes of DLE EOT 1..4 (missing ones empty) for the diagnosis panel."""

    state: PrinterState
    replies: tuple[bytes, bytes, bytes, bytes] = (b"", b"", b"", b"")


class JobOutcome(Enum):
    """``CONFIRMED``: the printer itself answered after the cut. ``UNCERTAIN``: sent, no answer."""

    CONFIRMED = "confirmed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class PrinterDescription:
    """What is connected. ``answers`` False = a one-way connection (file, some USB adapters)."""

    model: str
    driver: str
    width_dots: int
    answers: bool


class PrinterDriver(Protocol):
    """An open receipt printer; called from one thread. Every read has a deadline."""

    def describe(self) -> PrinterDescription:
        """What is connected."""

    def status(self) -> PrinterStatus:
        """Asked now, over DLE EOT 1-4. Never raises for silence: that is UNKNOWN."""

    def print(self, job: bytes, timeout_s: float) -> JobOutcome:
        """Send the bytes and ask for the printer's word after them.

        Raises PaperOut, CoverOpen, CutterFault, PrinterFault before or after sending, DeviceLost on a broken
        connection. Bytes accepted without an answer end as ``UNCERTAIN``.
        """

    def close(self) -> None:
        """Let go of the connection."""

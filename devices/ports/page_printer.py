"""Port ``page printer``: an A4 printer behind a queue that takes whole documents and tells how each job stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class PageJobState(Enum):
    """RFC 8011, 5.3.7. The last three are final."""

    PENDING = "pending"
    HELD = "held"
    PROCESSING = "processing"
    STOPPED = "stopped"
    CANCELED = "canceled"
    ABORTED = "aborted"
    COMPLETED = "completed"
    UNKNOWN = "unknown"

    @property
    def is_final(self) -> bool:
        """Whether nothing more will happen to the job."""
        return self in (PageJobState.CANCELED, PageJobState.ABORTED, PageJobState.COMPLETED)


class PageQueueState(Enum):
    """RFC 8011, 5.4.11."""

    IDLE = "idle"
    PROCESSING = "processing"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PageJob:
    """``reasons``: IPP keywords of the job and, while it is not over, of the printer; ``pages``: done, 0 = untold."""

    number: int
    state: PageJobState
    reasons: tuple[str, ...] = ()
    message: str = ""
    pages: int = 0


@dataclass(frozen=True)
class PageQueue:
    """``formats``: MIME types it takes. ``reasons``: IPP printer-state-reasons without ``none``."""

    name: str
    model: str
    state: PageQueueState
    accepting: bool
    reasons: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()


@dataclass(frozen=True)
class PageOrder:
    """How a document is printed. ``title`` stands in queues and logs of others: nothing personal."""

    title: str
    mime_type: str = "application/pdf"
    copies: int = 1
    media: str = "iso_a4_210x297mm"
    two_sided: bool = False


class PagePrinterDriver(Protocol):
    """An open queue; called from one thread. Every answer has a deadline. Raises DeviceError."""

    def status(self) -> PageQueue:
        """Asked now."""

    def submit(self, document: bytes, order: PageOrder) -> PageJob:
        """Hand over a document; "submitted" is the beginning, not the end. Raises NotSupported for an unwanted format."""

    def job(self, number: int) -> PageJob:
        """How a job stands now. Raises DeviceError PRN-143 when the queue does not know it."""

    def cancel(self, number: int) -> PageJob:
        """Stop a job; the state says whether it was still possible."""

    def close(self) -> None:
        """Let go; jobs go on."""

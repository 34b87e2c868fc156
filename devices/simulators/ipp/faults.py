"""What can go wrong with the simulated A4 printer: each kind, and after how many pages of a job."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class PageFaultKind(Enum):
    """In the words of RFC 8011 and of HTTP."""

    NONE = "none"
    MEDIA_EMPTY = "media-empty"
    MEDIA_NEEDED = "media-needed"
    COVER_OPEN = "cover-open"
    MEDIA_JAM = "media-jam"
    TONER_EMPTY = "toner-empty"
    TONER_LOW = "toner-low"  # a report: printing goes on
    OFFLINE = "offline"  # takes no jobs; the waiting ones stay
    BUSY = "busy"
    ABORTS = "aborts"  # gives the job up
    REFUSED = "refused"  # 401: somebody has set a log-in
    CUT = "cut"  # the connection ends in the middle of an answer
    SILENCE = "silence"
    GARBAGE = "garbage"  # an answer that is no IPP
    WRONG_NUMBER = "wrong-number"  # the answer to another request


# printer-state-reasons while the fault lasts (RFC 8011, 5.4.12), and whether the printer stands still meanwhile.
REASONS = {
    PageFaultKind.MEDIA_EMPTY: "media-empty-error",
    PageFaultKind.MEDIA_NEEDED: "media-needed-error",
    PageFaultKind.COVER_OPEN: "cover-open-error",
    PageFaultKind.MEDIA_JAM: "media-jam-error",
    PageFaultKind.TONER_EMPTY: "toner-empty-error",
    PageFaultKind.TONER_LOW: "toner-low-warning",
    PageFaultKind.OFFLINE: "offline-report",
}
STOPS = frozenset(REASONS) - {PageFaultKind.TONER_LOW, PageFaultKind.OFFLINE}


@dataclass(frozen=True)
class PageFault:
    """``after`` pages of the job come out before it happens."""

    kind: PageFaultKind = PageFaultKind.NONE
    after: int = 0

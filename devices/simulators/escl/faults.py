"""What can go wrong with the simulated network scanner: each kind, and at which page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class FeederFaultKind(Enum):
    """In the words of eSCL and of HTTP."""

    NONE = "none"
    JAM = "jam"
    COVER = "cover"
    EMPTY = "empty"
    DOUBLE_FEED = "double-feed"
    BUSY = "busy"  # 503 to every new job
    WARMING_UP = "warming-up"  # 503 to the first two asks for a page, then it comes
    CUT_BODY = "cut-body"  # the connection ends in the middle of a page
    CUT_JPEG = "cut-jpeg"  # a short page under a right Content-Length
    SLOW_BODY = "slow-body"  # a byte now and then, for ever
    WRONG_TYPE = "wrong-type"  # a page of HTML instead of a picture
    SILENCE = "silence"  # the request is taken, nothing comes back
    REFUSED = "refused"  # 401: somebody has set a log-in
    CONFLICT = "conflict"  # 409: the settings are not taken
    BAD_XML = "bad-xml"  # its status is no XML
    ERROR = "error"  # 500


@dataclass(frozen=True)
class FeederFault:
    """``after`` pages have come out whole before it happens (faults of pages only)."""

    kind: FeederFaultKind = FeederFaultKind.NONE
    after: int = 0


# AdfState while the fault lasts (Mopria eSCL 2.97 §9.2); the others leave the feeder's own state.
ADF_STATES = {
    FeederFaultKind.JAM: "ScannerAdfJam",
    FeederFaultKind.COVER: "ScannerAdfHatchOpen",
    FeederFaultKind.EMPTY: "ScannerAdfEmpty",
    FeederFaultKind.DOUBLE_FEED: "ScannerAdfMultipickDetected",
}
STOPS_THE_FEEDER = frozenset({FeederFaultKind.JAM, FeederFaultKind.COVER, FeederFaultKind.DOUBLE_FEED})

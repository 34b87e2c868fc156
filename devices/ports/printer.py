"""Port ``printer``: a receipt printer that takes ESC/POS bytes and answers for itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from devices.ports.errors import (
    CoverOpen,
    CutterFault,
    DeviceAbsent,
    DeviceClaimed,
    DeviceError,
    DriverMissing,
    PaperOut,
    PrinterFault,
)


class PrinterState(Enum):
    """Read from DLE EOT 1-4. ``UNKNOWN`` (no answer, or none that makes sense) is neither paper out nor ready."""

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


# Code before the first byte → code in the middle of a job, when something may be on paper.
IN_JOB: Mapping[str, str] = {
    PaperOut.code: "PRN-111",
    CoverOpen.code: "PRN-112",
    CutterFault.code: "PRN-113",
    PrinterFault.code: "PRN-114",
    "PRN-106": "PRN-114",  # head too hot
    "PRN-107": "PRN-114",  # off line without a cause
}


_SLOWEST_BYTES_PER_S = 800  # a serial line at 9600 baud
_LEAST_WRITE_S = 5.0


def write_deadline_s(size: int) -> float:
    """How long a healthy printer may take to accept ``size`` bytes."""
    return _LEAST_WRITE_S + size / _SLOWEST_BYTES_PER_S


def nothing_was_sent(error: DeviceError) -> bool:
    """Whether a failed ``print`` certainly put nothing on paper: the printer refused, or was not there at all."""
    return error.code in IN_JOB or isinstance(error, DeviceAbsent | DeviceClaimed | DriverMissing)


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

        Raises PaperOut, CoverOpen, CutterFault, PrinterFault: with the code of its class before the first byte went
        out, with the code in ``IN_JOB`` when part of the job may be on paper. DeviceLost on a broken connection.
        Bytes accepted without an answer end as ``UNCERTAIN``.
        """

    def close(self) -> None:
        """Let go of the connection."""

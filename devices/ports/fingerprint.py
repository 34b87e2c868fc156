"""Port ``fingerprint``: a scanner that gives finger images for enrolment, or only compares one finger with a template.

Images are 8-bit grey, row by row from the top left, ridges dark on light. All methods are called from one thread (the
worker's); every one returns or raises a ``DeviceError``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

# Finger positions, GA/T 1012 (GB/T 5974.1): 11-15 right thumb to little, 16-20 left thumb to little.
POSITIONS = range(11, 21)
ANY_POSITION = 99


class FingerCapability(Enum):
    """``ENROL``: images good for a resident card (8-bit, at least 256×360 at 500 dpi). ``VERIFY``: compares one with one.

    ``FEATURES``: gives the 512-byte features of GA/T 1012 and the empty ones of an exception.
    """

    ENROL = "enrol"
    VERIFY = "verify"
    FEATURES = "features"


@dataclass(frozen=True)
class FingerScannerDescription:
    """What is connected. ``stored``: how many templates its own library holds, None where it has none."""

    model: str
    serial: str
    driver: str
    width_px: int
    height_px: int
    dpi: int
    capabilities: frozenset[FingerCapability]
    stored: int | None = None


@dataclass(frozen=True)
class FingerImage:
    """``pixels`` has exactly ``width_px * height_px`` bytes, 0 black to 255 white."""

    pixels: bytes
    width_px: int
    height_px: int
    dpi: int


@dataclass(frozen=True)
class FingerRequest:
    """``presence``: device score from which something counts as a finger (1-100). ``timeout_s`` bounds the whole wait."""

    position: int = ANY_POSITION
    timeout_s: float = 15.0
    presence: int = 30


@dataclass(frozen=True)
class FingerCapture:
    """One press. ``score``: the device's own 1-100, None when it has none; ``features`` b"" likewise.

    ``rectified`` False: the scanner says that it could not straighten this image.
    """

    image: FingerImage
    score: int | None
    features: bytes
    rectified: bool = True


@dataclass(frozen=True)
class MatchRequest:
    """Against a template of this device's kind, or one that its own library holds. ``probe`` b"" = press now."""

    reference: bytes = b""
    stored: int | None = None
    probe: bytes = b""
    timeout_s: float = 15.0


@dataclass(frozen=True)
class FingerMatch:
    """``similarity`` 0.0-1.0 or the device's own score; ``same``: the device's own verdict, None when it gives none."""

    similarity: float
    scale: str  # "0-1" (GA/T 1012) or the maker's own
    same: bool | None


class EmptyCause(Enum):
    """The two empty features of GA/T 1012: tried and failed 注册失败, or nothing there to try 未注册."""

    FAILED = "failed"
    NOT_TAKEN = "not_taken"


class FingerScanner(Protocol):
    """An open scanner. What it lacks (see ``describe``) raises NotSupported."""

    def describe(self) -> FingerScannerDescription:
        """What is connected and what it can do."""

    def capture(self, request: FingerRequest, preview: Callable[[FingerImage], None]) -> FingerCapture:
        """Wait for a finger, hand over pictures while waiting, return the best of the press.

        A wait hands over pictures several times a second, finger or not. ``preview`` may raise Cancelled: the wait ends
        with it and the scanner is left ready for the next press.

        Raises FingerMissing when none came in time, NotSupported, FingerScannerFault, DeviceAbsent, DeviceLost.
        """

    def match(self, request: MatchRequest) -> FingerMatch:
        """Compare one with one. Raises FingerMissing, FingerUnusable, TemplateMissing, NotSupported, DeviceLost."""

    def empty_features(self, position: int, cause: EmptyCause) -> bytes:
        """The features that stand for a finger that could not be taken. Raises NotSupported, FingerScannerFault."""

    def close(self) -> None:
        """Let go. Never raises for a scanner that is already gone."""

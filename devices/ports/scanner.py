"""Port ``scanner``: flatbeds, feeders and document cameras; each page is handed over the moment it is whole.

All methods are called from one thread (the worker's). Every one returns or raises a ``DeviceError``; the supervisor in
``devices.host`` kills the process of one that does neither before its deadline.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

# Paper as people name it, width and height in mm (ISO 216; ID-1 after ISO/IEC 7810).
PAPER_MM = {
    "a3": (297.0, 420.0),
    "a4": (210.0, 297.0),
    "a5": (148.0, 210.0),
    "b5": (176.0, 250.0),
    "id-1": (85.6, 53.98),
}


class ScanSource(Enum):
    """Where the paper lies. ``CAMERA``: under a document camera (高拍仪)."""

    FLATBED = "flatbed"
    ADF = "adf"
    DUPLEX = "duplex"
    CAMERA = "camera"


class ColourMode(Enum):
    """One bit, eight bits, three times eight bits a pixel."""

    LINEART = "lineart"
    GREY = "grey"
    COLOUR = "colour"


class PageSide(Enum):
    """Which side of the sheet."""

    FRONT = "front"
    BACK = "back"


@dataclass(frozen=True)
class SourceAbilities:
    """What one source can do. ``resolutions`` in dpi, ascending; a range is told by its usual steps and both ends.

    ``width_mm`` and ``height_mm`` are the largest area; 0 where the device has no such measure (a camera).
    """

    source: ScanSource
    resolutions: tuple[int, ...]
    modes: tuple[ColourMode, ...]
    width_mm: float
    height_mm: float


@dataclass(frozen=True)
class ScannerDescription:
    """What is connected; sources in the order flatbed, feeder, duplex."""

    model: str
    serial: str
    driver: str  # e.g. "sane/1.0.32"
    sources: tuple[SourceAbilities, ...]


class ScannerState(Enum):
    """``UNKNOWN`` (the device does not tell) is never shown as ready nor as a fault."""

    READY = "ready"
    FEEDER_LOADED = "feeder_loaded"
    FEEDER_EMPTY = "feeder_empty"
    BUSY = "busy"
    JAM = "jam"
    DOUBLE_FEED = "double_feed"
    COVER_OPEN = "cover_open"
    ERROR = "error"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ScannerStatus:
    """The state and the device's own words for the diagnosis panel."""

    state: ScannerState
    detail: str = ""


@dataclass(frozen=True)
class ScanRequest:
    """One pile. ``width_mm``/``height_mm`` 0 = the source's whole area; ``most_pages`` 0 = until the feeder is empty.

    ``page_timeout_s`` bounds the wait for each page, not the pile: a pile may be long.
    """

    source: ScanSource = ScanSource.FLATBED
    dpi: int = 300
    mode: ColourMode = ColourMode.COLOUR
    width_mm: float = 0.0
    height_mm: float = 0.0
    most_pages: int = 0
    page_timeout_s: float = 60.0


@dataclass(frozen=True)
class ScannedPage:
    """One whole page: a JPEG (grey, colour) or a PNG (one bit), decodable to its end.

    ``number`` counts the sides from 1 in the order in which the device handed them over. ``dpi`` is what the device was
    set to or says in the file; 0 = it does not know (a camera).
    """

    data: bytes
    number: int
    side: PageSide
    width_px: int
    height_px: int
    dpi: int

    @property
    def suffix(self) -> str:
        """Of a file with these bytes."""
        return ".png" if self.data.startswith(b"\x89PNG") else ".jpg"


@dataclass(frozen=True)
class CameraView:
    """What a document camera sees while it waits: JPEG at most 640 wide, found pages as corner quadruples.

    Corners are in pixels of ``jpeg``, clockwise from the page's top left.
    """

    jpeg: bytes
    pages: tuple[tuple[tuple[float, float], ...], ...]


class ScanSink(Protocol):
    """Where a scan hands over what comes, on the device thread."""

    def deliver(self, page: ScannedPage) -> None:
        """A whole page. May wait until the page before it has been kept, so that memory stays bounded."""

    def show(self, view: CameraView) -> None:
        """What the camera sees; may be dropped."""

    def cancelled(self) -> bool:
        """Whether the officer wants to stop; asked at least between pages."""


class ScannerDriver(Protocol):
    """An open scanner. Opening is the work of ``devices.registry``: a driver object is always open."""

    def describe(self) -> ScannerDescription:
        """Model and abilities."""

    def status(self) -> ScannerStatus:
        """Asked now. A device that does not tell is UNKNOWN."""

    def scan(self, request: ScanRequest, sink: ScanSink) -> int:
        """One page from a flatbed, one pile from a feeder; return how many pages were delivered.

        Raises FeederEmpty only when no page came at all; an empty feeder after that is the end of the pile. Raises
        PaperJam, CoverOpen, DoubleFeed, DeviceBusy, ScannerMemory, AccessDenied, DeviceLost, DeviceSilent, PictureBroken,
        SettingRefused, ScannerFault, Cancelled. Pages already delivered stay delivered.
        """

    def close(self) -> None:
        """Let go of the device. Never raises for one that is already gone."""

"""Port ``camera``: a tethered still camera, as its driver must offer it inside a worker process.

All methods are called from one thread (the worker's). Every one returns or raises a ``DeviceError``; the
supervisor in ``devices.host`` kills the process of one that does neither before its deadline.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class CameraSetting(Enum):
    """Settings the window may change; the value names are the camera's own words."""

    EXPOSURE_TIME = "exposure_time"  # "1/125"
    APERTURE = "aperture"  # "f/8"
    ISO = "iso"  # "100"
    FOCUS_MODE = "focus_mode"  # "auto" drives autofocus before each shot, "manual" does not


@dataclass(frozen=True)
class SettingState:
    """One setting: its value now, and the values the camera would take (empty = read only)."""

    setting: CameraSetting
    value: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class CameraDescription:
    """What is connected and how it is set. ``battery_percent`` None = not told by the camera."""

    model: str
    serial: str
    driver: str  # e.g. "gphoto/2.5.34"
    live_view: bool
    burst_max: int  # 1 = no burst
    battery_percent: int | None
    settings: tuple[SettingState, ...]


@dataclass(frozen=True)
class FoundCamera:
    """A camera that could be opened: ``address`` is what ``open`` takes."""

    address: str
    model: str


@dataclass(frozen=True)
class LiveFrame:
    """One live-view picture, JPEG as the camera sent it. ``taken_s``: time.monotonic() in the worker."""

    jpeg: bytes
    number: int
    taken_s: float


@dataclass(frozen=True)
class CaptureRequest:
    """``count`` 1 = single shot, more = burst. ``timeout_s`` bounds the whole request."""

    count: int = 1
    timeout_s: float = 12.0


@dataclass(frozen=True)
class CapturedFile:
    """One finished picture: the camera's file, byte for byte, decodable to its end."""

    data: bytes
    name: str
    index: int  # from 1 within the request


class CameraEventKind(Enum):
    """What a camera reports on its own."""

    SETTING_CHANGED = "setting_changed"
    SHUTTER_BUTTON = "shutter_button"  # a picture taken on the body; it comes with ``file``
    BATTERY = "battery"


@dataclass(frozen=True)
class CameraEvent:
    """One report; ``text`` is the camera's own wording, ``file`` the picture of a body-button shot."""

    kind: CameraEventKind
    text: str = ""
    file: CapturedFile | None = None


class CameraDriver(Protocol):
    """An open camera. Opening is the work of ``devices.registry``: a driver object is always open."""

    def describe(self) -> CameraDescription:
        """Model, abilities, battery and settings, read now."""

    def configure(self, values: dict[CameraSetting, str]) -> CameraDescription:
        """Set, read back, and describe. Raises SettingRefused; earlier values stay."""

    def live_frame(self) -> LiveFrame:
        """The next live-view picture. Raises NotSupported, DeviceBusy, DeviceLost."""

    def capture(self, request: CaptureRequest, deliver: Callable[[CapturedFile], None]) -> int:
        """Shoot; hand over each picture as soon as it is whole; return how many came.

        Raises FocusFailed, CardFull, BatteryEmpty, DeviceBusy, PictureBroken, ShotMissing, DeviceLost.
        Pictures already delivered stay delivered.
        """

    def events(self, timeout_s: float) -> tuple[CameraEvent, ...]:
        """What the camera has reported, waiting at most ``timeout_s`` (also the keep-alive)."""

    def close(self) -> None:
        """Leave live view, release the camera. Never raises for a camera that is already gone."""

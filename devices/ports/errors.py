"""Device errors: one class per thing the officer can do about it, each with a stable code.

Drivers translate vendor codes at the edge and keep the vendor's words in ``detail`` (for the log and the
diagnosis panel, never for the sentence shown). Texts: ``resources/texts/errors/*.toml``.
"""

from __future__ import annotations


class DeviceError(Exception):
    """Root of device faults; ``code`` names the text."""

    code = "DEV-100"

    def __init__(self, detail: str = "", code: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        if code is not None:
            self.code = code
        self.params: dict[str, str | int | float] = {"detail": detail} if detail else {}

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}" if self.detail else self.code


class DeviceAbsent(DeviceError):
    """Not connected, or switched off: plug in, switch on."""

    code = "DEV-101"


class DeviceClaimed(DeviceError):
    """Another program holds the device: close it."""

    code = "DEV-102"


class DeviceLost(DeviceError):
    """It went away in mid-work: check the cable; the work is taken up when it returns."""

    code = "DEV-103"


class DeviceBusy(DeviceError):
    """It is still working on the last request: wait a moment, try again."""

    code = "DEV-104"


class DeviceSilent(DeviceError):
    """No answer before the deadline; its worker was restarted: try again, then power-cycle it."""

    code = "DEV-105"


class WorkerCrashed(DeviceError):
    """The driver's process died and was restarted: try again."""

    code = "DEV-106"


class NotSupported(DeviceError):
    """This device cannot do that: use another way."""

    code = "DEV-107"


class BadAddress(DeviceError):
    """The device address in the settings or on the command line cannot be read: correct it."""

    code = "DEV-108"


class Cancelled(DeviceError):
    """Stopped on the officer's wish."""

    code = "DEV-109"


class DriverMissing(DeviceError):
    """The driver's library is not on this machine: install it."""

    code = "DEV-110"


class WrongWorker(DeviceError):
    """The driver's process is of another version of this program: install again."""

    code = "DEV-111"


class DeviceBlocked(DeviceError):
    """This machine's rules or permissions keep us from the device: call the administrator."""

    code = "DEV-112"


class FocusFailed(DeviceError):
    """The camera could not focus: aim at an edge of the face, more light, then again."""

    code = "CAM-101"


class CardFull(DeviceError):
    """The camera's memory is full: empty or change the card."""

    code = "CAM-102"


class BatteryEmpty(DeviceError):
    """The camera's battery is flat: change it."""

    code = "CAM-103"


class PictureBroken(DeviceError):
    """What the camera sent is not a whole picture: shoot again."""

    code = "CAM-104"


class ShotMissing(DeviceError):
    """The camera said yes but no picture came: shoot again."""

    code = "CAM-105"


class SettingRefused(DeviceError):
    """The camera does not take that value now: turn its mode dial or choose another value."""

    code = "CAM-106"


class PaperOut(DeviceError):
    """The printer has no paper: put in a roll."""

    code = "PRN-101"


class CoverOpen(DeviceError):
    """The printer's cover is open: close it."""

    code = "PRN-102"


class CutterFault(DeviceError):
    """The printer's cutter is stuck: switch off, free it."""

    code = "PRN-103"


class PrinterFault(DeviceError):
    """The printer reports an error of its own."""

    code = "PRN-104"

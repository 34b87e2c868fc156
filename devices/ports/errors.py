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


class NoCard(DeviceError):
    """No card came before the deadline: lay it on the reader."""

    code = "CRD-101"


class CardUnreadable(DeviceError):
    """The card is there but was not read to its end: lift it, lay it down again and leave it."""

    code = "CRD-102"


class CardRefused(DeviceError):
    """Card and reader do not accept each other: lay it down again; if it stays so, check whether the card is genuine."""

    code = "CRD-103"


class WrongCard(DeviceError):
    """A card, but none of those read here: ask for an identity card."""

    code = "CRD-104"


class ReaderFault(DeviceError):
    """The card reader reports a fault of its own: switch it off and on, then have it repaired."""

    code = "CRD-105"


class LineGarbled(DeviceError):
    """What travels between reader and computer arrives damaged: check cable and baud rate."""

    code = "CRD-106"


class PhotoUndecoded(DeviceError):
    """The site's library could not make a picture of the card's photo block: look at the card itself."""

    code = "CRD-150"


class FingerMissing(DeviceError):
    """No finger was put on the scanner in time: put it on, then again."""

    code = "FNG-101"


class FingerUnusable(DeviceError):
    """The scanner saw something it cannot read: wipe finger and glass, press again."""

    code = "FNG-102"


class TemplateMissing(DeviceError):
    """There is nothing to compare with at that place: choose another template."""

    code = "FNG-103"


class FingerScannerFault(DeviceError):
    """The fingerprint scanner reports an error of its own: reconnect it."""

    code = "FNG-104"


class ScannerLocked(DeviceError):
    """The scanner asks for a password: write the right one into its address."""

    code = "FNG-105"


class NoDocument(DeviceError):
    """No document was laid on the reader in time: lay it on, again."""

    code = "TRV-201"


class DocumentUnreadable(DeviceError):
    """The reader sent something that is no machine-readable zone: wipe and lay on again, or type the number."""

    code = "TRV-202"


class SamplesLost(DeviceError):
    """Part of the pen's way did not arrive: the signature must be given again."""

    code = "SIG-201"


class PaperJam(DeviceError):
    """Paper is stuck in the scanner: open it, take the sheet out, go on from that sheet."""

    code = "SCN-101"


class FeederEmpty(DeviceError):
    """No paper in the scanner's feeder at the start: put the pile in."""

    code = "SCN-103"


class DoubleFeed(DeviceError):
    """Two sheets were drawn in at once: take them out, fan the pile, go on from that sheet."""

    code = "SCN-104"


class ScannerFault(DeviceError):
    """The scanner reports an error of its own."""

    code = "SCN-105"


class ScannerMemory(DeviceError):
    """The page is too large for the memory of scanner or program: a lower resolution."""

    code = "SCN-107"


class AccessDenied(DeviceError):
    """The device refuses this account: the administrator grants it."""

    code = "SCN-108"

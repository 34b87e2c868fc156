"""SANE status numbers → device errors. Texts of ``sane_strstatus`` are translated by some systems and never compared."""

from __future__ import annotations

from collections.abc import Mapping

from devices.drivers.sane.library import OptionValue, SaneError, SaneStatus
from devices.ports.errors import (
    AccessDenied,
    Cancelled,
    CoverOpen,
    DeviceAbsent,
    DeviceBusy,
    DeviceClaimed,
    DeviceError,
    DeviceLost,
    DoubleFeed,
    FeederEmpty,
    NotSupported,
    PaperJam,
    PictureBroken,
    ScannerFault,
    ScannerMemory,
    SettingRefused,
)

# Status → class and, where the scanner has a finer text, its code.
FAULTS: Mapping[int, tuple[type[DeviceError], str | None]] = {
    SaneStatus.UNSUPPORTED: (NotSupported, None),
    SaneStatus.CANCELLED: (Cancelled, None),
    SaneStatus.DEVICE_BUSY: (DeviceBusy, None),
    SaneStatus.INVAL: (SettingRefused, "SCN-110"),
    SaneStatus.EOF: (PictureBroken, "SCN-109"),
    SaneStatus.JAMMED: (PaperJam, None),
    SaneStatus.NO_DOCS: (FeederEmpty, None),
    SaneStatus.COVER_OPEN: (CoverOpen, "SCN-102"),
    SaneStatus.IO_ERROR: (DeviceLost, "SCN-106"),
    SaneStatus.NO_MEM: (ScannerMemory, None),
    SaneStatus.ACCESS_DENIED: (AccessDenied, None),
    SaneStatus.WARMING_UP: (DeviceBusy, None),
    SaneStatus.HW_LOCKED: (ScannerFault, None),
}
_NAMES = {status.value: status.name for status in SaneStatus}
# When a device is opened the same numbers mean other things.
_AT_OPENING: Mapping[int, type[DeviceError]] = {
    SaneStatus.INVAL: DeviceAbsent,
    SaneStatus.IO_ERROR: DeviceAbsent,
    SaneStatus.DEVICE_BUSY: DeviceClaimed,
    SaneStatus.ACCESS_DENIED: AccessDenied,
}


def _name(status: int) -> str:
    return _NAMES.get(status, f"status {status}")


def fault_of(error: SaneError, sensors: Mapping[str, OptionValue] | None = None) -> DeviceError:
    """The error of a call. Backends without a word for a double feed say JAMMED and set a sensor (fujitsu)."""
    detail = f"{error.call} {_name(error.status)}"
    if error.status == SaneStatus.JAMMED and sensors is not None and sensors.get("double-feed") is True:
        return DoubleFeed(detail)
    kind, code = FAULTS.get(error.status, (ScannerFault, None))
    return kind(detail, code)


def opening_fault_of(error: SaneError, where: str) -> DeviceError:
    """The error of opening the device ``where``."""
    kind = _AT_OPENING.get(error.status)
    return fault_of(error) if kind is None else kind(f"{where} {_name(error.status)}")

"""libgphoto2's result codes and words → the officer's errors.

Codes: gphoto2-port-result.h and gphoto2-result.h (libgphoto2 2.5). Many distinct camera faults arrive as -1
("Unspecified error"); their words come only through the context's error callback.
"""

from __future__ import annotations

from devices.ports.errors import (
    BatteryEmpty,
    CardFull,
    DeviceAbsent,
    DeviceBusy,
    DeviceClaimed,
    DeviceError,
    DeviceLost,
    DeviceSilent,
    FocusFailed,
    NotSupported,
    PictureBroken,
    SettingRefused,
)

BY_CODE: dict[int, type[DeviceError]] = {
    -1: DeviceError,  # unspecified; see BY_WORDS
    -2: SettingRefused,  # bad parameters
    -3: DeviceError,  # no memory
    -4: DeviceError,  # library error
    -5: DeviceAbsent,  # unknown port
    -6: NotSupported,
    -7: DeviceLost,  # I/O
    -8: DeviceError,  # fixed limit exceeded
    -10: DeviceSilent,  # timeout
    -20: DeviceAbsent,  # serial port not supported
    -31: DeviceLost,  # I/O init
    -34: DeviceLost,  # I/O read
    -35: DeviceLost,  # I/O write
    -37: SettingRefused,  # I/O update
    -52: DeviceAbsent,  # no such USB device
    -53: DeviceClaimed,
    -60: DeviceLost,  # I/O lock
    -102: PictureBroken,  # corrupted data
    -103: DeviceError,  # file exists
    -105: DeviceAbsent,  # no camera of a known model
    -107: DeviceError,  # directory not found
    -108: DeviceError,  # file not found
    -110: DeviceBusy,
    -111: SettingRefused,  # path not absolute
    -112: DeviceError,  # cancelled
    -113: DeviceError,  # camera error
    -114: DeviceError,  # operating system failure
    -115: CardFull,  # not enough space
}

BY_WORDS: tuple[tuple[str, type[DeviceError]], ...] = (
    ("out of focus", FocusFailed),
    ("store full", CardFull),
    ("no space", CardFull),
    ("battery", BatteryEmpty),
    ("device busy", DeviceBusy),
    ("invalid status", DeviceBusy),
    ("access denied", SettingRefused),
)


def translated(code: int, words: str) -> DeviceError:
    """The error for a result code and what the camera's driver said about it."""
    lowered = words.lower()
    detail = f"{code} {words}".strip()
    for part, kind in BY_WORDS:
        if part in lowered:
            return kind(detail)
    return BY_CODE.get(code, DeviceError)(detail)

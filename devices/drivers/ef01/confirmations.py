"""The module's confirmation codes → what the officer can do (Synochip/ZFM module manuals)."""

from __future__ import annotations

from devices.ports.errors import (
    DeviceError,
    DeviceLost,
    FingerMissing,
    FingerUnusable,
    NotSupported,
    ScannerFault,
    ScannerLocked,
    TemplateMissing,
)

OK = 0x00
NO_FINGER = 0x02
MISMATCH = 0x08
HANDSHAKE = 0x55

CONFIRMATIONS: dict[int, tuple[type[DeviceError], str]] = {
    0x01: (DeviceLost, "packet error"),
    NO_FINGER: (FingerMissing, "no finger"),
    0x03: (FingerUnusable, "capture failed"),
    0x06: (FingerUnusable, "image too messy"),
    0x07: (FingerUnusable, "too few feature points"),
    0x09: (TemplateMissing, "not found"),
    0x0A: (FingerUnusable, "features do not combine"),
    0x0B: (TemplateMissing, "address out of range"),
    0x0C: (TemplateMissing, "template cannot be read"),
    0x0E: (ScannerFault, "data packets refused"),
    0x0F: (ScannerFault, "image upload failed"),
    0x13: (ScannerLocked, "wrong password"),
    0x15: (FingerUnusable, "no valid image"),
    0x18: (ScannerFault, "flash error"),
    0x1A: (NotSupported, "register"),
    0x1F: (ScannerFault, "library full"),
    0x20: (ScannerFault, "wrong address"),
    0x21: (ScannerLocked, "password needed"),
    0x26: (FingerMissing, "time-out in the module"),
    0x29: (ScannerFault, "sensor"),
}


def error_of(code: int, doing: str) -> DeviceError:
    """Anything the manuals do not name is a fault of the module, with its number."""
    kind, words = CONFIRMATIONS.get(code, (ScannerFault, "unknown confirmation"))
    return kind(f"{doing}: {code:02x} {words}")

"""The module's confirmation codes → what the officer can do (Synochip/ZFM module manuals)."""

from __future__ import annotations

from devices.ports.errors import (
    DeviceError,
    DeviceLost,
    FingerMissing,
    FingerScannerFault,
    FingerUnusable,
    NotSupported,
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
    0x0E: (FingerScannerFault, "data packets refused"),
    0x0F: (FingerScannerFault, "image upload failed"),
    0x13: (ScannerLocked, "wrong password"),
    0x15: (FingerUnusable, "no valid image"),
    0x18: (FingerScannerFault, "flash error"),
    0x1A: (NotSupported, "register"),
    0x1F: (FingerScannerFault, "library full"),
    0x20: (FingerScannerFault, "wrong address"),
    0x21: (ScannerLocked, "password needed"),
    0x26: (FingerMissing, "time-out in the module"),
    0x29: (FingerScannerFault, "sensor"),
}


def error_of(code: int, doing: str) -> DeviceError:
    """Anything the manuals do not name is a fault of the module, with its number."""
    kind, words = CONFIRMATIONS.get(code, (FingerScannerFault, "unknown confirmation"))
    return kind(f"{doing}: {code:02x} {words}")

"""A roster with a device in every state, for windows; nothing is driven."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from app.config.clock import SystemClock
from app.desk.device_kinds import DeviceKind, every_kind
from app.desk.roster import DeviceRoster, Post
from devices.ports.errors import (
    DeviceAbsent,
    DeviceBlocked,
    DeviceClaimed,
    DeviceError,
    DeviceSilent,
    PaperOut,
    WorkerCrashed,
)
from devices.ports.standing import DeviceStanding, DeviceState

MOMENT = datetime(2026, 11, 24, 1, 30, 5, tzinfo=UTC)


@dataclass
class Posed:
    """A device that stands as it is told."""

    standing: DeviceStanding
    facts: Mapping[str, object] = field(default_factory=dict)
    tried: int = 0

    def try_now(self) -> None:
        self.tried += 1

    def post(self, address: str) -> Post:
        return Post(self, lambda: address, lambda: self.facts, self.try_now)


def ready(**facts: object) -> Posed:
    return Posed(DeviceStanding(DeviceState.READY, last_success=MOMENT), facts)


def failed(state: DeviceState, error: DeviceError, *, lasting: bool = False, restarts: int = 0) -> Posed:
    standing = DeviceStanding(state, error, lasting, None, error, MOMENT, restarts)
    return Posed(standing)


def every_state() -> dict[str, Posed]:
    """By kind; each state at least once, and one kind without an address."""
    busy = DeviceStanding(DeviceState.BUSY, None, False, MOMENT, PaperOut("paper_end"), MOMENT, 1)
    return {
        "camera": ready(model="D750", serial="SIM6000001", driver="gphoto/2.5.34", battery_percent=87),
        "printer": Posed(busy, {"model": "ESC/POS", "driver": "escpos/3.1", "width_dots": 576}),
        "page_printer": Posed(DeviceStanding(DeviceState.OPENING)),
        "card_reader": failed(DeviceState.ABSENT, DeviceAbsent("/dev/ttyUSB0")),
        "fingerprint": failed(DeviceState.FAULT, DeviceSilent("open"), restarts=2),
        "scanner": failed(DeviceState.FAULT, WorkerCrashed("exit -11"), lasting=True, restarts=7),
        "document_camera": failed(DeviceState.BLOCKED, DeviceBlocked("/dev/video0")),
        "document_reader": Posed(DeviceStanding(DeviceState.PRESENT, DeviceClaimed("hidraw2"))),
    }


ADDRESSES = {
    "camera": "gphoto:usb",
    "printer": "escpos:tcp:192.0.2.20:9100",
    "page_printer": "cups:A4",
    "card_reader": "sdt:/dev/ttyUSB0",
    "fingerprint": "livescan:/opt/vendor/liblivescan.so",
    "scanner": "sane:fujitsu",
    "document_camera": "uvc:0",
    "document_reader": "mrz:/dev/hidraw2",
}


def posed_roster(posed: Mapping[str, Posed], kinds: tuple[DeviceKind, ...] | None = None) -> DeviceRoster:
    """The real roster over posed devices."""
    posts = {kind: device.post(ADDRESSES[kind]) for kind, device in posed.items()}
    return DeviceRoster(kinds or every_kind(), posts, SystemClock())

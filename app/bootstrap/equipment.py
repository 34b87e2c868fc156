"""Devices for commands without a desk: a camera for one command, and the state of everything configured."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from app.config.settings import Settings
from app.config.texts import error_text
from app.desk.camera_seat import CameraSeat
from app.desk.card_seat import CardSeat
from app.desk.device_kinds import kinds_in_use
from app.desk.roster import facts_of
from app.desk.self_tests import SelfTest, self_test
from app.domain.errors import BadInput
from devices.host.asking import AskedDevice
from devices.host.fingerprint import FingerprintHost
from devices.host.kinds import HOSTS
from devices.host.printer import PrinterHost
from devices.ports.camera import CameraDescription
from devices.ports.errors import BadAddress, DeviceAbsent, DeviceBlocked, DeviceError, DriverMissing, ScannerLocked
from devices.ports.standing import DeviceState
from devices.registry import DRIVERS, SIMULATORS, list_cameras, parse_address, worker_launch

_READY_S = 15.0
# Beyond the supervisor's own deadline for opening, so that its word comes first.
_FIRST_TRY_S = 25.0
_LOOK_S = 0.2
_STOP_S = 5.0


@contextmanager
def camera_session(address: str) -> Iterator[CameraSeat]:
    """The camera at an address, ready. Raises BadAddress, DeviceAbsent or what the camera said."""
    launch = worker_launch("camera", address)
    seat = CameraSeat(lambda: launch)
    seat.start()
    try:
        if not seat.wait_until_ready(_READY_S):
            raise seat.status.error or DeviceAbsent(address)
        yield seat
    finally:
        seat.stop()


@contextmanager
def card_session(address: str, photo_library: str) -> Iterator[CardSeat]:
    """The card reader at an address, ready; ``photo_library`` "" = none. Raises BadAddress, DeviceAbsent, its own fault."""
    decoder = worker_launch("card_photo", f"wlt:{photo_library}") if photo_library else None
    seat = CardSeat(worker_launch("card_reader", address), decoder)
    seat.start()
    try:
        if not seat.wait_until_known(_READY_S):
            raise seat.error or DeviceAbsent(address)
        yield seat
    finally:
        seat.stop()


@contextmanager
def fingerprint_session(address: str) -> Iterator[FingerprintHost]:
    """The scanner at an address, open. Raises BadAddress, DeviceAbsent or what the scanner said."""
    host = FingerprintHost(worker_launch("fingerprint", address))
    host.start()
    try:
        _await_scanner(host)
        yield host
    finally:
        host.stop(_STOP_S)


def _await_scanner(host: FingerprintHost) -> None:
    """Open within the time; what no waiting can mend is told at once."""
    deadline = time.monotonic() + _READY_S
    while not host.wait_until_open(_LOOK_S):
        error = host.error
        if isinstance(error, DriverMissing | BadAddress | ScannerLocked) or time.monotonic() >= deadline:
            raise error or DeviceAbsent(host.address)


@dataclass(frozen=True)
class DeviceLine:
    """One device's state for people and for JSON."""

    kind: str
    address: str
    ready: bool
    state: str
    model: str
    error: DeviceError | None = None
    description: CameraDescription | None = None
    facts: tuple[tuple[str, str], ...] = ()
    test: SelfTest | None = None

    def text(self, language: str) -> str:
        """One line."""
        what = "" if self.error is None else "  " + error_text(self.error, language).one_line()
        return f"{'●' if self.ready else '✗'} {self.kind:8} {self.address}  {self.model}  {self.state}{what}"

    def document(self, language: str) -> dict[str, Any]:
        """For JSON."""
        answer: dict[str, Any] = {
            "kind": self.kind,
            "address": self.address,
            "ready": self.ready,
            "state": self.state,
            "model": self.model,
        }
        if self.description is not None:
            answer["battery_percent"] = self.description.battery_percent
            answer["live_view"] = self.description.live_view
            answer["settings"] = {s.setting.value: s.value for s in self.description.settings}
        if self.facts:
            answer["facts"] = dict(self.facts)
        if self.test is not None:
            answer["self_test"] = {"passed": self.test.passed, "seen": self.test.seen}
        if self.error is not None:
            text = error_text(self.error, language)
            answer["error"] = {"code": text.code, "what": text.what, "next": text.next}
        return answer


def _fault_line(kind: str, address: str, error: DeviceError) -> DeviceLine:
    if isinstance(error, DeviceAbsent):
        state = DeviceState.ABSENT
    else:
        state = DeviceState.BLOCKED if isinstance(error, DeviceBlocked) else DeviceState.FAULT
    return DeviceLine(kind, address, False, state.value, "", error)


def _camera_line(address: str) -> DeviceLine:
    try:
        with camera_session(address) as seat:
            described = seat.describe().result(_READY_S)
            test = self_test("frame", seat)
            facts = facts_of(vars(described))
            return DeviceLine("camera", address, True, "ready", described.model, test.error, described, facts, test)
    except DeviceError as error:
        return _fault_line("camera", address, error)


def _opens(device: AskedDevice) -> bool:
    """Whether the first try succeeds: a command does not wait for a device to be plugged in."""
    until = time.monotonic() + _FIRST_TRY_S
    while device.error is None and time.monotonic() < until:
        if device.wait_until_open(_LOOK_S):
            return True
    return False


def _printer_line(address: str) -> DeviceLine:
    host = PrinterHost(worker_launch("printer", address))
    host.start()
    try:
        if not _opens(host):
            raise host.error or DeviceAbsent(address)
        described = host.description
        test = self_test("paper", host)
    except DeviceError as error:
        return _fault_line("printer", address, error)
    finally:
        host.stop(_STOP_S)
    state = test.seen or "fault"
    facts = facts_of(vars(described) if described is not None else None)
    return DeviceLine("printer", address, bool(test.passed), state, "ESC/POS", test.error, None, facts, test)


def _asked_line(kind: str, address: str) -> DeviceLine:
    """A device of any other kind, by what its worker says when it opens."""
    device = HOSTS[kind](worker_launch(kind, address))
    device.start()
    try:
        if not _opens(device):
            return _fault_line(kind, address, device.error or DeviceAbsent(address))
        facts = facts_of(device.greeting.fields if device.greeting is not None else None)
        return DeviceLine(kind, address, True, "ready", dict(facts).get("model", ""), None, None, facts, SelfTest(True))
    finally:
        device.stop(_STOP_S)


_LINES = {"camera": _camera_line, "printer": _printer_line}


def ask_one(kind: str, address: str) -> DeviceLine:
    """One device, opened for the question and let go. Raises BadAddress."""
    special = _LINES.get(kind)
    return special(address) if special is not None else _asked_line(kind, address)


def _asked_for(words: str) -> tuple[str, str]:
    """Kind and address of ``KIND=ADDRESS`` or ``ADDRESS``. Raises BadInput DEV-120 for a kind nobody knows, BadAddress."""
    kind, equals, address = words.partition("=")
    if equals and kind in DRIVERS:
        return kind, address
    if equals and ":" not in kind:
        raise BadInput("DEV-120", kind=kind[:40])
    return _kind_of(words), words


def _kind_of(address: str) -> str:
    """The kind that the driver of an address belongs to; a simulator's name belongs to the kind that has it."""
    parsed = parse_address(address)
    tables = SIMULATORS if parsed.driver == "sim" else DRIVERS
    name = parsed.where if parsed.driver == "sim" else parsed.driver
    return next((kind for kind, table in tables.items() if name in table), "camera")


def configured_devices(settings: Settings) -> dict[str, str]:
    """Kind → address, of every kind the registry can drive and the settings name; the photo decoder is its library."""
    addresses = {kind.id: settings.text(kind.setting) for kind in kinds_in_use(frozenset(DRIVERS))}
    library = settings.text("card_reader.photo_library")
    return {**addresses, "card_photo": f"wlt:{library}"} if library else addresses


def ask_devices(configured: Mapping[str, str], more: tuple[str, ...]) -> tuple[DeviceLine, ...]:
    """Every configured device, the given ones (``[KIND=]ADDRESS``), and every further camera on USB.

    Raises BadInput DEV-120, BadAddress.
    """
    wanted = [*configured.items(), *map(_asked_for, more)]
    addresses = [address for _, address in wanted]
    # All at once: each is a worker of its own, and an absent one takes its time.
    with ThreadPoolExecutor(max(1, len(wanted)), thread_name_prefix="ask-device") as pool:
        lines = list(pool.map(ask_one, *zip(*wanted, strict=True))) if wanted else []
    if "gphoto:usb" not in addresses:
        found = [camera for camera in list_cameras() if camera.address not in addresses]
        lines += [DeviceLine("camera", camera.address, True, DeviceState.PRESENT.value, camera.model) for camera in found]
    return tuple(lines)

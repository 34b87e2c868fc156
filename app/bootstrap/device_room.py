"""Furnishes the device room: a post for every configured device of every kind the registry can drive."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from app.bootstrap.doctor import examine_machine
from app.bootstrap.equipment import ask_one
from app.bootstrap.secret import TerminalKey
from app.config.clock import Clock
from app.config.places import DataFolder
from app.config.settings import Settings
from app.desk.camera_seat import CameraSeat
from app.desk.device_kinds import DeviceKind, kinds_in_use
from app.desk.device_room import DeviceRoom
from app.desk.diagnosis import Diagnosis
from app.desk.finder import Candidate, FinderDesk, Finding, Trial
from app.desk.place import DeskPlace
from app.desk.roster import DeviceRoster, Post
from app.desk.shift import ShiftDesk
from app.desk.terminal import TerminalDesk
from app.security.keyring import DataKey
from app.security.signing import SigningKeys, sign
from app.store.store import Store
from app.sync.heartbeat import HeartbeatLoop
from app.sync.terminal import TerminalClient
from devices.host.asking import AskedDevice
from devices.host.fleet import Fleet
from devices.host.kinds import HOSTS
from devices.host.printer import PrinterHost
from devices.ports.errors import BadAddress
from devices.registry import DRIVERS, parse_address, worker_launch
from devices.seen import network_address, seen_devices

_STOP_DEADLINE_S = 8.0


def camera_post(seat: CameraSeat, address: str) -> Post:
    """The photo station's camera."""

    def told() -> Mapping[str, object] | None:
        described = seat.description()
        return None if described is None else vars(described)

    return Post(seat, lambda: address, told, seat.reconnect)


def printer_post(host: PrinterHost) -> Post:
    """The receipt printer."""

    def told() -> Mapping[str, object] | None:
        described = host.description
        return None if described is None else vars(described)

    return Post(host, lambda: host.address, told, host.try_now)


def asked_post(device: AskedDevice) -> Post:
    """A device of any other kind, by what its worker said when it opened."""

    def told() -> Mapping[str, object] | None:
        opened = device.greeting
        return None if opened is None else opened.fields

    return Post(device, lambda: device.address, told, device.try_now)


def drivable() -> frozenset[str]:
    """Every kind the registry has a driver for."""
    return frozenset(DRIVERS)


def see() -> tuple[Candidate, ...]:
    """What the machine sees and the registry can drive."""
    found = (Candidate(s.kind, s.address, s.name) for s in seen_devices())
    return tuple(c for c in found if c.address.partition(":")[0] in DRIVERS.get(c.kind, {}))


def typed(kind: str, host: str) -> Candidate:
    """A device on the network. Raises BadAddress."""
    address = network_address(kind, host)
    if parse_address(address).driver not in DRIVERS.get(kind, {}):
        raise BadAddress(address[:100])
    return Candidate(kind, address, host.strip())


def open_candidate(candidate: Candidate) -> Trial:
    """Opened by a worker of its own for a moment, asked, and let go. Raises BadAddress."""
    line = ask_one(candidate.kind, candidate.address)
    return Trial(candidate, line.ready, line.model, line.error)


class DeviceFurnisher:
    """Makes the room for one desk; what it starts ends with ``endings``. ``instead``: before the settings', "" = none."""

    def __init__(
        self, folder: DataFolder, settings: Settings, clock: Clock, endings: ExitStack, instead: Mapping[str, str]
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._clock = clock
        self._endings = endings
        self._instead = instead

    def room(self, store: Store, key: DataKey, place: DeskPlace, posts: dict[str, Post], url: str) -> DeviceRoom:
        """``posts``: what the desk already drives, by kind; every other configured kind gets a post of its own."""
        kinds = kinds_in_use(drivable())
        self._rest(kinds, posts)
        roster = DeviceRoster(kinds, posts, self._clock)
        own = SigningKeys(self._folder.root)
        shift = ShiftDesk(store, place, lambda text: sign(own.own(key), text), self._clock)
        terminal = TerminalDesk(roster, self._settings, self._folder.root, self._clock)
        self._report(terminal, key, url)
        diagnosis = Diagnosis(roster, terminal, self._settings, self._findings, self._clock)
        finder = FinderDesk(kinds, roster, self._settings, Finding(see, typed, open_candidate))
        return DeviceRoom(roster, shift, terminal, diagnosis, finder)

    def _rest(self, kinds: tuple[DeviceKind, ...], posts: dict[str, Post]) -> None:
        fleet = Fleet()
        self._endings.callback(fleet.stop, _STOP_DEADLINE_S)
        for kind in kinds:
            address = self._instead.get(kind.id, self._settings.text(kind.setting))
            if kind.id not in posts and address:
                device = HOSTS[kind.id](worker_launch(kind.id, address))
                fleet.start(device)
                posts[kind.id] = asked_post(device)

    def _report(self, terminal: TerminalDesk, key: DataKey, url: str) -> None:
        """Heartbeats, once this terminal is activated and a back end is known."""
        app_id = self._settings.text("terminal.app_id")
        app_key = TerminalKey(self._folder, key, app_id).read() if app_id else ""
        if not (url and app_key):
            return
        client = TerminalClient(url, app_id, app_key)
        self._endings.callback(client.close)
        interval_s = float(self._settings.number("terminal.heartbeat"))
        loop = HeartbeatLoop(client, terminal.document, self._clock, interval_s)
        loop.start()
        self._endings.callback(loop.stop, _STOP_DEADLINE_S)
        terminal.report_by(loop)

    def _findings(self) -> list[Mapping[str, Any]]:
        return [{"id": f.id, "good": f.good, "seen": f.seen} for f in examine_machine(self._settings)]

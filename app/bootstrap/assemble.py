"""Joins the parts into a desk: which camera, which printer, which back end, for whom."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass

from app.bootstrap.device_room import DeviceFurnisher, camera_post, printer_post
from app.bootstrap.picture import picture_parts
from app.bootstrap.secret import BackendSecret
from app.config.clock import Clock, SystemClock
from app.config.fonts import chinese_font
from app.config.places import DataFolder
from app.config.settings import Settings
from app.desk.camera_seat import CameraSeat
from app.desk.desk import Desk
from app.desk.gate import Gate
from app.desk.outbox import OutboxDesk
from app.desk.place import DeskPlace
from app.desk.receipts import ReceiptDesk
from app.desk.records import Records
from app.desk.strategies import StrategyDesk
from app.desk.trail import TrailDesk
from app.domain.records import Officer
from app.photo.station import PhotoStation
from app.photo.strategies import StrategyShelf
from app.security.keyring import DataKey
from app.store.store import Store
from app.sync.client import BackendClient
from app.sync.drain import Drain
from app.sync.loop import SyncLoop
from devices.host.printer import PrinterHost
from devices.registry import worker_launch
from devices.simulators.escpos.render import render_png

_STOP_DEADLINE_S = 5.0


@dataclass(frozen=True)
class Surroundings:
    """What replaces the settings in training mode and in the demo; empty = the settings hold."""

    training: bool = False
    camera_address: str = ""
    printer_address: str = ""
    backend_url: str = ""
    backend_account: str = ""
    backend_password: str = ""


class Furnisher:
    """Makes the desk of whoever signs in."""

    def __init__(
        self, folder: DataFolder, settings: Settings, language: str, surroundings: Surroundings, clock: Clock
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._language = language
        self._around = surroundings
        self._clock = clock

    def camera_address(self) -> str:
        """The camera in force: training's own, else the settings'."""
        return self._around.camera_address or self._settings.text("camera.address")

    def printer_address(self) -> str:
        """The receipt printer in force, "" for none."""
        return self._around.printer_address or self._settings.text("printer.address")

    def __call__(self, officer: Officer, store: Store, key: DataKey) -> Desk:
        """The furnished desk; on a fault everything already started is ended again."""
        endings = ExitStack()
        endings.callback(store.close)
        try:
            return self._desk(officer, store, key, endings)
        except BaseException:
            endings.close()
            raise

    def _desk(self, officer: Officer, store: Store, key: DataKey, endings: ExitStack) -> Desk:
        parts = picture_parts(self._folder.standards)
        place = DeskPlace(officer, self._around.training, self._language, self._settings, parts.standards)
        camera = CameraSeat(lambda: worker_launch("camera", self.camera_address()))
        camera.start()
        endings.callback(camera.stop)
        printer = self._printer(endings)
        loop, secret = self._sending(store, key, place, endings)
        posts = {"camera": camera_post(camera, self.camera_address())}
        if printer is not None:
            posts["printer"] = printer_post(printer)
        url = self._around.backend_url or self._settings.text("backend.url")
        room = DeviceFurnisher(self._folder, self._settings, self._clock, endings).room(store, key, place, posts, url)
        shelf = StrategyShelf(self._folder.strategies, [s.id for s in parts.standards])
        strategies = StrategyDesk(shelf, place, self._clock)
        photo = PhotoStation(
            store=store,
            camera=camera,
            camera_name=camera.description,
            examiner=parts.examiner,
            composer=parts.composer,
            standards=parts.standards,
            settings=self._settings,
            officer=officer,
            station=place.station,
            clock=self._clock,
            strategy_for=strategies.for_device,
        )
        return Desk(
            place,
            photo=photo,
            records=Records(store),
            outbox=OutboxDesk(store, loop, secret.keep),
            receipts=ReceiptDesk(store, printer, place, render_png, chinese_font(), self._clock),
            trail=TrailDesk(store, place),
            camera=camera,
            strategies=strategies,
            devices=room,
            endings=(endings.close,),
        )

    def _printer(self, endings: ExitStack) -> PrinterHost | None:
        address = self.printer_address()
        if not address:
            return None
        host = PrinterHost(worker_launch("printer", address))
        host.start()
        endings.callback(host.stop, _STOP_DEADLINE_S)
        return host

    def _sending(
        self, store: Store, key: DataKey, place: DeskPlace, endings: ExitStack
    ) -> tuple[SyncLoop | None, BackendSecret]:
        around, settings = self._around, self._settings
        url = around.backend_url or settings.text("backend.url")
        account = around.backend_account or settings.text("backend.account")
        secret = BackendSecret(self._folder, key, account)
        if not url:
            return None, secret
        client = BackendClient(
            url, account, around.backend_password or secret.read(), terminal=place.station().terminal_number
        )
        endings.callback(client.close)
        loop = SyncLoop(Drain(store, client, self._clock), float(settings.number("backend.interval")))
        loop.start()
        endings.callback(loop.stop, _STOP_DEADLINE_S)
        return loop, secret


def build_gate(folder: DataFolder, settings: Settings, language: str, surroundings: Surroundings | None = None) -> Gate:
    """The door of a data folder, with everything behind it ready to be furnished."""
    clock = SystemClock()
    return Gate(folder, clock, Furnisher(folder, settings, language, surroundings or Surroundings(), clock))

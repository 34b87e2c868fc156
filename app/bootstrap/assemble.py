"""Joins the parts into a desk: which camera, which printer, which back end, for whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from app.bootstrap.archive import archive_desks
from app.bootstrap.audit import close_log, open_log
from app.bootstrap.device_room import DeviceFurnisher, asked_post, camera_post, printer_post
from app.bootstrap.fees import fee_round, fiscal_account, fiscal_client
from app.bootstrap.papers import CataloguePapers
from app.bootstrap.picture import PictureParts, picture_parts
from app.bootstrap.secret import BackendSecret
from app.bootstrap.standards import standard_shelves, standards_desk
from app.bootstrap.training_account import make_second_officer
from app.config.clock import Clock, SystemClock
from app.config.fonts import chinese_font, rare_fonts
from app.config.matters import catalogue_of
from app.config.permissions import training_permissions
from app.config.places import DataFolder
from app.config.settings import Settings
from app.config.workflows import workflow
from app.desk.accounts import Accounts
from app.desk.audit import AuditDesk
from app.desk.camera_seat import CameraSeat
from app.desk.card_seat import CardSeat
from app.desk.casework import CaseworkDesk
from app.desk.desk import Desk
from app.desk.desk_lock import DeskLock
from app.desk.documents import DocumentDesk
from app.desk.door import Door
from app.desk.face_check import FaceCheckDesk
from app.desk.fees import FeeDesk, FeeLine
from app.desk.finger_seat import FingerDesk, FingerSeat
from app.desk.gate import OPEN_STATION, Gate
from app.desk.hall import HallDesk
from app.desk.outbox import OutboxDesk
from app.desk.page_printing import PagePrinting
from app.desk.page_queue import PageQueue
from app.desk.paper_reading import PaperReading
from app.desk.papers import PaperDesk
from app.desk.permissions import PermissionDesk, permissions_in_force
from app.desk.person_reader import PersonReader
from app.desk.place import DeskPlace
from app.desk.print_loop import PrintLoop
from app.desk.print_queue import PrintQueue
from app.desk.receipts import ReceiptDesk
from app.desk.records import Records
from app.desk.registers import RegisterDesk
from app.desk.roster import Post
from app.desk.signing import SigningDesk
from app.desk.strategies import StrategyDesk
from app.desk.ticket_press import TicketPress
from app.desk.tickets import TicketDesk
from app.desk.trail import TrailDesk
from app.desk.witness import Witness
from app.domain.fees import FiscalAccount
from app.domain.records import Officer
from app.domain.rights import Right, Room
from app.fingerprint.station import FingerStation
from app.inspection.face_match import FaceMatcher
from app.inspection.nfiq2 import nfiq2_score
from app.intake.catalogue import CatalogueSource
from app.intake.online import OnlineApplications
from app.intake.room import Intake, IntakePlace, case_rules, open_intake
from app.photo.inspections import no_library
from app.photo.station import PhotoStation
from app.printing.page import PagePress
from app.printing.papers import CaseWriter
from app.printing.profiles import PrinterProfiles
from app.security.keyring import DataKey
from app.security.signing import SigningKey, SigningKeys
from app.store.store import Store
from app.sync.case_feed import CaseFeed
from app.sync.catalogue import CatalogueFeed
from app.sync.client import READ_S, BackendClient
from app.sync.drain import Drain
from app.sync.inspector import LibraryInspector
from app.sync.loop import SyncLoop
from devices.host.asking import AskedDevice
from devices.host.document_reader import DocumentReaderHost
from devices.host.fingerprint import FingerprintHost
from devices.host.page_printer import PagePrinterHost
from devices.host.printer import PrinterHost
from devices.host.process import WorkerLaunch
from devices.host.scanner import ScannerHost
from devices.host.signature_pad import SignaturePadHost
from devices.registry import worker_launch
from devices.simulators.escpos.render import render_png

_STOP_DEADLINE_S = 5.0
_CATALOGUE_S = 600.0
_REGISTERS_S = 6.0  # longer, and the officer has typed it

_Host = TypeVar("_Host", bound=AskedDevice)


@dataclass(frozen=True)
class Surroundings:
    """What replaces the settings in training mode and in the demo; empty = the settings hold."""

    training: bool = False
    camera_address: str = ""
    fingerprint_address: str = ""
    card_reader_address: str = ""
    document_reader_address: str = ""
    printer_address: str = ""
    other_addresses: Mapping[str, str] = field(default_factory=dict)  # of kinds without a seat at the desk, by kind
    backend_url: str = ""
    backend_account: str = ""
    backend_password: str = ""
    fiscal: FiscalAccount | None = None  # with it, the finance system is at ``backend_url``


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
        if self._around.training:
            make_second_officer(self._folder, store, key)
        parts, shelves = picture_parts(), standard_shelves(self._folder, self._clock)
        standards = shelves.in_force.today
        own = SigningKeys(self._folder.root).own(key)
        table = training_permissions() if self._around.training else permissions_in_force(store, own.public)
        place = DeskPlace(officer, self._around.training, self._language, self._settings, standards, table)
        store.audit.guard(place.may)
        audit = self._audit(store, own, place, endings)
        camera = CameraSeat(lambda: worker_launch("camera", self.camera_address()))
        camera.start()
        endings.callback(camera.stop)
        printer = self._printer(endings)
        queue = self._print_queue(store, printer, endings)
        press = self._press()
        loop, secret = self._sending(store, key, place, endings)
        self._hearing(store, secret, place, endings)
        inspector = self._inspecting(secret, place, endings)
        strategies = StrategyDesk(shelves.strategies, place, self._clock, store.audit)
        posts = {"camera": camera_post(camera, self.camera_address())}
        if printer is not None:
            posts["printer"] = printer_post(printer)
        scanner = self._finger_scanner(endings)
        if scanner is not None:
            posts["fingerprint"] = asked_post(scanner)
        people = self._people(store, place, posts, endings)
        feeder = self._host("scanner", ScannerHost, posts, endings)
        pad = self._host("signature_pad", SignaturePadHost, posts, endings)
        outbox = OutboxDesk(store, loop, secret.keep)
        matters = self._matters(outbox, place)
        self._filling(matters, secret, place, endings)
        intake = open_intake(
            store, matters, self._settings, IntakePlace(officer, place.station, place.language), self._clock
        )
        endings.callback(intake.close)
        url = self._around.backend_url or self._settings.text("backend.url")
        pages = self._pages(store, posts, endings)
        tickets = TicketDesk(queue, press, self._settings)
        page_press = PagePress(chinese_font(), rare_fonts())
        furnisher = DeviceFurnisher(self._folder, self._settings, self._clock, endings, self._around.other_addresses)
        room = furnisher.room(store, key, place, posts, url)
        photo = PhotoStation(
            store=store,
            camera=camera,
            camera_name=camera.description,
            examiner=parts.examiner,
            composer=parts.composer,
            standards=standards,
            settings=self._settings,
            officer=officer,
            station=place.station,
            clock=self._clock,
            strategy_for=strategies.for_device,
            ask_library=no_library if inspector is None else inspector.ask,
        )
        return Desk(
            place,
            photo=photo,
            records=Records(store),
            outbox=outbox,
            receipts=ReceiptDesk(store, queue, press, place, self._clock),
            tickets=tickets,
            print_queue=queue,
            trail=TrailDesk(store, place),
            camera=camera,
            strategies=strategies,
            standard_files=standards_desk(self._folder, shelves, place, key, store.audit),
            fingers=self._fingers(store, place, scanner),
            people=people,
            face_check=self._face_check(store, parts, camera),
            devices=room,
            intake=intake,
            matters=matters,
            registers=self._registers(store, secret, place, endings),
            papers=PaperDesk(intake.drafts, feeder),
            paper_reading=PaperReading(intake.drafts, store.audit, pages, page_press),
            signing=SigningDesk(intake.drafts, pad, self._clock),
            fees=FeeDesk(store, self._fee_line(store, key, endings), tickets, pages, place),
            documents=self._documents(store, queue, press, pages, page_press, place),
            archive=archive_desks(
                store,
                feeder,
                place,
                self._clock,
                lambda: self._client(secret, place),
                self._witness(store),
                pages,
                endings,
            ),
            hall=HallDesk(store, tickets, place, self._clock),
            casework=self._casework(store, intake, matters, secret, place, endings),
            audit=audit,
            log=store.audit,
            accounts=Accounts(self._folder, self._settings, self._clock, store, key),
            permissions=PermissionDesk(store, lambda: own),
            lock=self._lock(store, officer),
            endings=(endings.close,),
        )

    def _face_check(self, store: Store, parts: PictureParts, camera: CameraSeat) -> FaceCheckDesk:
        model = self._settings.text("face.model")
        load = partial(FaceMatcher, Path(model)) if model else None
        return FaceCheckDesk(parts.reader, load, camera, self._settings.number("face.limit") / 1000, store.audit)

    def _lock(self, store: Store, officer: Officer) -> DeskLock | None:
        """None where nobody signed in by a password (免登录)."""
        if officer.account == OPEN_STATION.account:
            return None
        door = Door(self._folder, self._settings, self._clock)
        return DeskLock(door, store, officer, 60.0 * self._settings.number("security.idle_minutes"))

    def _audit(self, store: Store, own: SigningKey, place: DeskPlace, endings: ExitStack) -> AuditDesk:
        open_log(store.audit, place.officer.account, lambda: place.station().terminal_number, own)
        endings.callback(close_log, store.audit, own)
        return AuditDesk(store.audit, place, lambda: own, self._clock)

    def _printer(self, endings: ExitStack) -> PrinterHost | None:
        address = self.printer_address()
        if not address:
            return None
        host = PrinterHost(worker_launch("printer", address))
        host.start()
        endings.callback(host.stop, _STOP_DEADLINE_S)
        return host

    def _finger_scanner(self, endings: ExitStack) -> FingerprintHost | None:
        address = self._around.fingerprint_address or self._settings.text("fingerprint.address")
        if not address:
            return None
        host = FingerprintHost(worker_launch("fingerprint", address))
        host.start()
        endings.callback(host.stop, _STOP_DEADLINE_S)
        return host

    def _host(
        self, kind: str, make: Callable[[WorkerLaunch], _Host], posts: dict[str, Post], endings: ExitStack
    ) -> _Host | None:
        """The device of a kind, started, None where none is set up; ``posts`` gets it."""
        address = self._around.other_addresses.get(kind, self._settings.text(f"{kind}.address"))
        if not address:
            return None
        host = make(worker_launch(kind, address))
        host.start()
        endings.callback(host.stop, _STOP_DEADLINE_S)
        posts[kind] = asked_post(host)
        return host

    def _matters(self, outbox: OutboxDesk, place: DeskPlace) -> CatalogueSource:
        """The catalogue, read when somebody opens the intake; the back end is reached while the outbox reaches it."""

        def reached() -> bool:
            state = outbox.state()
            return state is not None and state.online

        return CatalogueSource(lambda: catalogue_of(self._folder.matters), reached, place.language, self._clock)

    def _people(self, store: Store, place: DeskPlace, posts: dict[str, Post], endings: ExitStack) -> PersonReader:
        """What reads identity cards and travel documents; ``posts`` gets each."""
        around, settings = self._around, self._settings
        seat = documents = None
        if address := around.card_reader_address or settings.text("card_reader.address"):
            library = settings.text("card_reader.photo_library")
            decoder = worker_launch("card_photo", f"wlt:{library}") if library else None
            seat = CardSeat(worker_launch("card_reader", address), decoder)
            seat.start()
            endings.callback(seat.stop)
            posts["card_reader"] = asked_post(seat.reader)
        if address := around.document_reader_address or settings.text("document_reader.address"):
            documents = DocumentReaderHost(worker_launch("document_reader", address))
            documents.start()
            endings.callback(documents.stop, _STOP_DEADLINE_S)
            posts["document_reader"] = asked_post(documents)
        return PersonReader(seat, documents, settings, place.language, self._clock, store.audit)

    def _fingers(self, store: Store, place: DeskPlace, host: FingerprintHost | None) -> FingerDesk:
        seat = FingerSeat(host)
        station = FingerStation(store.fingers, seat, self._settings, place.officer, place.station, self._clock, nfiq2_score)
        return FingerDesk(seat, station, self._witness(store), store.audit)

    def _witness(self, store: Store) -> Witness:
        return Witness(Door(self._folder, self._settings, self._clock), store)

    def _print_queue(self, store: Store, printer: PrinterHost | None, endings: ExitStack) -> PrintQueue:
        queue = PrintQueue(store, printer, self._settings, self._clock)
        if printer is not None:
            loop = PrintLoop(queue)
            loop.start()
            endings.callback(loop.stop, _STOP_DEADLINE_S)
        return queue

    def _press(self) -> TicketPress:
        profiles = PrinterProfiles(self._folder.printers)
        return TicketPress(
            self._settings,
            lambda: profiles.of(self.printer_address()),
            chinese_font(),
            render_png,
            training=self._around.training,
        )

    def _pages(self, store: Store, posts: dict[str, Post], endings: ExitStack) -> PageQueue:
        """The A4 printer; ``posts`` gets it."""
        host = self._host("page_printer", PagePrinterHost, posts, endings)
        if host is None:
            return PageQueue(store, None, "")
        printing = PagePrinting(host, self._clock)
        endings.callback(printing.stop)
        return PageQueue(store, printing, host.address)

    def _documents(
        self, store: Store, queue: PrintQueue, press: TicketPress, pages: PageQueue, page_press: PagePress, place: DeskPlace
    ) -> DocumentDesk:
        papers = CataloguePapers(lambda: catalogue_of(self._folder.matters))
        writer = CaseWriter(workflow(), papers.meaning, papers.label)
        return DocumentDesk(store, queue, press, pages, page_press, writer, papers, place, self._clock)

    def _fee_line(self, store: Store, key: DataKey, endings: ExitStack) -> FeeLine | None:
        around, settings = self._around, self._settings
        account = around.fiscal or fiscal_account(self._folder, key, settings)
        url = around.backend_url if around.fiscal else settings.text("payment.url")
        if not url:
            return None
        client = fiscal_client(self._folder, settings, url, account)
        endings.callback(client.close)
        asking = fee_round(store, self._folder, key, settings, client, self._clock)
        loop = SyncLoop(asking, float(settings.number("payment.interval")), "fee-loop")
        loop.start()
        endings.callback(loop.stop, _STOP_DEADLINE_S)
        return FeeLine(asking, loop)

    def _hearing(self, store: Store, secret: BackendSecret, place: DeskPlace, endings: ExitStack) -> None:
        """The back end's words about cases, in a lane of their own."""
        client = self._client(secret, place)
        if client is None:
            return
        endings.callback(client.close)
        feed = CaseFeed(store.cases, client, case_rules(self._settings), self._clock)
        loop = SyncLoop(feed, float(self._settings.number("backend.interval")), "case-feed")
        loop.start()
        endings.callback(loop.stop, _STOP_DEADLINE_S)

    def _filling(self, matters: CatalogueSource, secret: BackendSecret, place: DeskPlace, endings: ExitStack) -> None:
        """The back end's part of the catalogue of matters, in a lane of its own."""
        client = self._client(secret, place)
        if client is None:
            return
        endings.callback(client.close)
        feed = CatalogueFeed(client, self._folder.matters, matters.refresh, self._clock)
        loop = SyncLoop(feed, _CATALOGUE_S, "catalogue-feed")
        loop.start()
        endings.callback(loop.stop, _STOP_DEADLINE_S)

    def _sending(
        self, store: Store, key: DataKey, place: DeskPlace, endings: ExitStack
    ) -> tuple[SyncLoop | None, BackendSecret]:
        secret = BackendSecret(self._folder, key, self._around.backend_account or self._settings.text("backend.account"))
        client = self._client(secret, place)
        if client is None:
            return None, secret
        endings.callback(client.close)
        loop = SyncLoop(Drain(store, client, self._clock), float(self._settings.number("backend.interval")))
        loop.start()
        endings.callback(loop.stop, _STOP_DEADLINE_S)
        return loop, secret

    def _casework(
        self,
        store: Store,
        intake: Intake,
        matters: CatalogueSource,
        secret: BackendSecret,
        place: DeskPlace,
        endings: ExitStack,
    ) -> CaseworkDesk:
        """A lane of its own: photos that cannot leave keep no application waiting, and the other way round."""
        # Applications taken from the back end become cases in the officer's name.
        client, loop = self._client(secret, place) if place.may(Room.CASES, Right.WRITE) else None, None
        if client is not None:
            endings.callback(client.close)
            online = OnlineApplications(client, intake.cases, store.drafts, store.case_answers, matters, self._clock)
            loop = SyncLoop(online, float(self._settings.number("backend.interval")), "online-applications")
            loop.start()
            endings.callback(loop.stop, _STOP_DEADLINE_S)
        return CaseworkDesk(intake, store, place, matters, self._clock, loop)

    def _client(self, secret: BackendSecret, place: DeskPlace, read_s: float = READ_S) -> BackendClient | None:
        """A connection of its own to the photo library; None when none is configured."""
        around, settings = self._around, self._settings
        url = around.backend_url or settings.text("backend.url")
        account = around.backend_account or settings.text("backend.account")
        if not url:
            return None
        password = around.backend_password or secret.read()
        terminal = place.station().terminal_number
        return BackendClient(url, account, password, terminal=terminal, read_s=read_s)

    def _registers(self, store: Store, secret: BackendSecret, place: DeskPlace, endings: ExitStack) -> RegisterDesk:
        """A connection of its own: no upload makes an applicant wait."""
        client = self._client(secret, place, read_s=_REGISTERS_S)
        if client is not None:
            endings.callback(client.close)
        return RegisterDesk(client, store.audit)

    def _inspecting(self, secret: BackendSecret, place: DeskPlace, endings: ExitStack) -> LibraryInspector | None:
        limit_s = float(self._settings.number("backend.inspection_wait"))
        client = self._client(secret, place, read_s=limit_s)
        if client is None:
            return None
        inspector = LibraryInspector(client, limit_s)
        endings.callback(inspector.stop)
        return inspector


def build_gate(folder: DataFolder, settings: Settings, language: str, surroundings: Surroundings | None = None) -> Gate:
    """The door of a data folder, with everything behind it ready to be furnished."""
    clock = SystemClock()
    return Gate(folder, settings, clock, Furnisher(folder, settings, language, surroundings or Surroundings(), clock))

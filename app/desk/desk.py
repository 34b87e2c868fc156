"""The desk a signed-in officer sits at: every service the windows and the command line use, and their end.

Thread: built and closed off the GUI thread; its services may be called from any thread and may block.
"""

from __future__ import annotations

from collections.abc import Callable

from app.config.settings import Settings
from app.desk.accounts import Accounts
from app.desk.archive import ArchiveDesk
from app.desk.archive_search import ArchiveSearch
from app.desk.audit import AuditDesk
from app.desk.camera_seat import CameraSeat
from app.desk.casework import CaseworkDesk
from app.desk.desk_lock import DeskLock
from app.desk.device_room import DeviceRoom
from app.desk.documents import DocumentDesk
from app.desk.face_check import FaceCheckDesk
from app.desk.fees import FeeDesk
from app.desk.finger_seat import FingerDesk
from app.desk.hall import HallDesk
from app.desk.outbox import OutboxDesk
from app.desk.paper_reading import PaperReading
from app.desk.papers import PaperDesk
from app.desk.permissions import PermissionDesk
from app.desk.person_reader import PersonReader
from app.desk.place import DeskPlace
from app.desk.print_queue import PrintQueue
from app.desk.receipts import ReceiptDesk
from app.desk.records import Records
from app.desk.registers import RegisterDesk
from app.desk.reprints import Reprints
from app.desk.setting_changes import SettingDesk
from app.desk.signing import SigningDesk
from app.desk.standards import StandardsDesk
from app.desk.strategies import StrategyDesk
from app.desk.tickets import TicketDesk
from app.desk.trail import TrailDesk
from app.domain.audit import AuditLog
from app.domain.photo_standard import PhotoStandard
from app.domain.records import Officer
from app.intake.catalogue import CatalogueSource
from app.intake.room import Intake
from app.photo.station import PhotoStation


class Desk:
    """Everything within the officer's reach. ``close`` ends it in the reverse order of its making."""

    def __init__(
        self,
        place: DeskPlace,
        *,
        photo: PhotoStation,
        records: Records,
        outbox: OutboxDesk,
        receipts: ReceiptDesk,
        tickets: TicketDesk,
        print_queue: PrintQueue,
        trail: TrailDesk,
        camera: CameraSeat,
        strategies: StrategyDesk,
        standard_files: StandardsDesk,
        fingers: FingerDesk,
        people: PersonReader,
        face_check: FaceCheckDesk,
        devices: DeviceRoom,
        intake: Intake,
        matters: CatalogueSource,
        registers: RegisterDesk,
        papers: PaperDesk,
        paper_reading: PaperReading,
        signing: SigningDesk,
        fees: FeeDesk,
        documents: DocumentDesk,
        casework: CaseworkDesk,
        hall: HallDesk,
        archive: tuple[ArchiveDesk, ArchiveSearch],
        audit: AuditDesk,
        log: AuditLog,
        accounts: Accounts,
        permissions: PermissionDesk,
        lock: DeskLock | None,
        endings: tuple[Callable[[], None], ...],
    ) -> None:
        self.place = place
        self.setting_desk = SettingDesk(place, log)
        self.accounts = accounts
        self.permissions = permissions
        self.photo = photo
        self.records = records
        self.outbox = outbox
        self.receipts = receipts
        self.tickets = tickets
        self.print_queue = print_queue
        self.trail = trail
        self.camera = camera
        self.strategies = strategies
        self.standard_files = standard_files
        self.fingers = fingers
        self.people = people
        self.face_check = face_check
        self.devices = devices
        self.intake = intake
        self.matters = matters
        self.registers = registers
        self.papers = papers
        self.paper_reading = paper_reading
        self.signing = signing
        self.fees = fees
        self.documents = documents
        self.reprints = Reprints(receipts, tickets, fees, documents)
        self.casework = casework
        self.hall = hall
        self.archive, self.archive_search = archive
        self.audit = audit
        self.lock = lock
        self._endings = endings
        self._closed = False

    @property
    def officer(self) -> Officer:
        """Who is signed in."""
        return self.place.officer

    @property
    def training(self) -> bool:
        """Simulated devices and back end; marked on every screen and print."""
        return self.place.training

    @property
    def language(self) -> str:
        """``zh_CN`` or ``en``."""
        return self.place.language

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.place.settings

    @property
    def standards(self) -> tuple[PhotoStandard, ...]:
        """The photo standards offered at this moment."""
        return self.place.standards

    def close(self) -> None:
        """Sign out: loops, workers and the store end, each with its own deadline. Twice is harmless."""
        if self._closed:
            return
        self._closed = True
        for end in self._endings:
            end()

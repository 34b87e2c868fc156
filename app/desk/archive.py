"""档案影像化 at the desk: batches from the scanner or files, looked through, accepted, on their way to the back end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from pathlib import Path

from app.archive.agreement import Disagreement, Item, agreed, disagreements, values_in
from app.archive.classify import KIND_NAMES, Classifier
from app.archive.edits import Changes, signed_for
from app.archive.pile import PileReport
from app.archive.review import FileReview, batch_report, reviewed
from app.archive.run import BatchRun, RemoteTyping, RunParts
from app.archive.separator_sheet import separator_png
from app.archive.separators import FileKind, Separator, require_separator
from app.archive.sheets import sheets_of
from app.config.archive_materials import archive_businesses
from app.config.clock import Clock
from app.config.fonts import chinese_font
from app.config.plate_kinds import plate_kinds
from app.desk.page_queue import PageQueue
from app.desk.place import DeskPlace
from app.desk.witness import Witness
from app.domain.archive_batch import (
    ArchiveFile,
    ArchivePage,
    Batch,
    BatchProfile,
    Declared,
    FileFacts,
    FileState,
    PageRole,
)
from app.domain.archive_facts import stated
from app.domain.audit import Access, AuditEvent
from app.domain.errors import BadInput, NotAllowed
from app.domain.printing import PrintJob
from app.printing.page import PagePress
from app.store.store import Store
from app.sync.loop import SyncLoop
from devices.host.scanner import ScannerHost
from devices.ports.errors import DeviceAbsent, DeviceSilent
from devices.ports.scanner import PAPER_MM, ColourMode, ScannedPage, ScanRequest, ScanSource

_READY_S = 20.0
_PILE_S = 12 * 3600.0
FILES = "files"  # a batch whose pages come from files


@dataclass(frozen=True)
class BatchView:
    """A batch as it stands."""

    batch: Batch
    pages: tuple[ArchivePage, ...]
    files: tuple[ArchiveFile, ...]
    report: PileReport


@dataclass(frozen=True)
class Comparison:
    """``facts``: what the file is searched by now; ``differ``: what its pages do not say alike."""

    facts: FileFacts
    differ: tuple[Disagreement, ...]


class ArchiveDesk:
    """``scanner`` None where the site has none; ``loop`` None without a back end. Thread: any; everything blocks."""

    def __init__(
        self,
        store: Store,
        scanner: ScannerHost | None,
        classifier: Callable[[], Classifier],
        loop: SyncLoop | None,
        place: DeskPlace,
        clock: Clock,
        witness: Witness | None = None,
        remote: RemoteTyping | None = None,
        queue: PageQueue | None = None,
    ) -> None:
        self._rows = store.archive
        self._files = store.archive_files
        self._audit = store.audit
        self._scanner = scanner
        self._classifier = classifier
        self._loop = loop
        self._place = place
        self._clock = clock
        self._witness = witness
        self._remote = remote
        self._queue = queue
        self._one_run = threading.Lock()

    # -- what there is ---------------------------------------------------------------------------------

    def waiting(self) -> int:
        """Accepted files without the back end's receipt."""
        return self._files.waiting()

    def returned(self) -> tuple[ArchiveFile, ...]:
        """影像档案审核反馈通知: files of which pages must come again, the longest waiting first."""
        return self._files.returned()

    def open_batches(self) -> tuple[Batch, ...]:
        """Latest first."""
        return self._rows.open_batches()

    def look(self, batch_id: str) -> BatchView:
        """Everything of a batch; pictures are read one by one. Raises StoreFault STO-110."""
        batch, pages = self._rows.batch(batch_id), self._rows.pages(batch_id)
        return BatchView(batch, pages, self._files.of_batch(batch_id), batch_report(batch, pages))

    def picture(self, page_id: str) -> bytes:
        """A page as it was scanned, for the wall of a batch under work; the batch's opening stands in the audit log."""
        self._audit.require(Access(AuditEvent.ARCHIVE_OPENED, page_id))
        return self._rows.data(page_id)

    def seen(self, page: ArchivePage) -> bytes:
        """A page in the big view: each look is recorded."""
        with self._audit.doing(Access(AuditEvent.ARCHIVE_SEEN, page.id, detail=page.standing.serial)):
            return self._rows.data(page.id)

    def print_separator(self, kind: str, serial: str, business: str, language: str) -> PrintJob:
        """On A4, once for each press. Raises BadInput ARC-101, ARC-102, PRN-149 without an A4 printer."""
        wanted = Separator(FileKind(kind), serial, business)
        require_separator(wanted)
        if self._queue is None:
            raise BadInput("PRN-149")
        known = archive_businesses(KIND_NAMES[kind]).get(business)
        words = known.name(language) if known is not None else business
        pdf = PagePress(chinese_font()).picture(separator_png(wanted, words, chinese_font()))
        with self._audit.doing(Access(AuditEvent.ARCHIVE_EXPORTED, serial, detail="separator")):
            return self._queue.submit(f"{kind} {serial} separator", "SEPARATOR", lambda copy: pdf)

    # -- pages come ------------------------------------------------------------------------------------

    def begin(self, profile: BatchProfile) -> Batch:
        """A new batch. Raises BadInput ARC-101, ARC-102 for a number or business that no separator could carry."""
        if profile.serial or profile.business:
            require_separator(Separator(FileKind(profile.kind), profile.serial or "0000", profile.business))
        self._audit.require(Access(AuditEvent.ARCHIVE_BEGUN))
        batch = self._rows.begin(profile, self._place.officer.account, self._place.station())
        self._audit.note(Access(AuditEvent.ARCHIVE_BEGUN, batch.id, detail=profile.source))
        return batch

    def redeclare(self, batch_id: str, declared: Declared) -> None:
        """The pile was counted again. Raises StoreFault STO-110."""
        detail = f"declared {declared.pages} pages {declared.files} files"
        with self._audit.doing(Access(AuditEvent.ARCHIVE_CHANGED, batch_id, detail=detail)):
            self._rows.redeclare(batch_id, declared)

    def throw_away(self, batch_id: str) -> None:
        """A batch that was begun and that no page came to. Raises NotAllowed ARC-127, ARC-128 while pages are coming."""
        if not self._one_run.acquire(blocking=False):
            raise NotAllowed("ARC-128")
        try:
            with self._audit.doing(Access(AuditEvent.ARCHIVE_CHANGED, batch_id, detail="thrown away")):
                self._rows.throw_away(batch_id)
        finally:
            self._one_run.release()

    def scan(self, batch_id: str, changed: Callable[[str], None] = lambda page_id: None) -> int:
        """What lies in the feeder, each page sealed before the next is drawn in, until it is empty; how many came.

        After a jam or a power cut the same call goes on at the next sheet. Raises DeviceError with the pages before it
        kept and measured, StoreFault.
        """
        scanner, batch = self._scanner, self._rows.batch(batch_id)
        if scanner is None:
            raise DeviceAbsent("scanner.address")
        if not scanner.wait_until_open(_READY_S) or scanner.description is None:
            raise scanner.error or DeviceAbsent("scanner.address")
        name = scanner.description.model
        with self._one_run, self._audit.doing(Access(AuditEvent.ARCHIVE_SCANNED, batch_id)):
            run = BatchRun(batch, self._parts(changed))

            def keep(page: ScannedPage) -> None:
                media_type = "image/png" if page.suffix == ".png" else "image/jpeg"
                run.keep(
                    page.data,
                    number=page.number,
                    side=page.side.value,
                    dpi=page.dpi,
                    media_type=media_type,
                    device=name,
                )

            try:
                return scanner.scan(request_of(batch.profile), keep).result(_PILE_S)
            except FutureTimeout as error:
                scanner.cancel()
                raise DeviceSilent("scan") from error
            except KeyboardInterrupt:
                scanner.cancel()
                raise
            finally:
                run.close()

    def _parts(self, changed: Callable[[str], None] = lambda page_id: None) -> RunParts:
        return RunParts(self._rows, self._files, self._classifier(), changed, self._remote)

    def stop_scanning(self) -> None:
        """After the sheet in hand; the pages that are sealed stay."""
        if self._scanner is not None:
            self._scanner.cancel()

    def take_in(self, batch_id: str, paths: Sequence[Path], changed: Callable[[str], None] = lambda page_id: None) -> int:
        """Pages from picture files and PDFs, in their order; how many came.

        Raises BadInput ARC-141, ARC-142, IMG-… for the first that cannot be taken, with the pages before it kept.
        """
        batch = self._rows.batch(batch_id)
        with self._one_run, self._audit.doing(Access(AuditEvent.ARCHIVE_SCANNED, batch_id, detail=FILES)):
            run, count = BatchRun(batch, self._parts(changed)), 0
            try:
                for path in paths:
                    for sheet in sheets_of(path, batch.profile.dpi):
                        count += 1
                        run.keep(sheet.data, number=count, side="front", dpi=sheet.dpi, media_type=sheet.media_type)
            finally:
                run.close()
        return count

    def settle(self, batch_id: str) -> None:
        """Pages that a power cut left unmeasured are measured now."""
        if self._rows.unmeasured(batch_id):
            with self._one_run:
                BatchRun(self._rows.batch(batch_id), self._parts()).close()

    def opened(self, batch_id: str) -> BatchView:
        """Somebody takes a batch up: what was left unmeasured is measured first."""
        self._audit.note(Access(AuditEvent.ARCHIVE_OPENED, batch_id))
        self.settle(batch_id)
        return self.look(batch_id)

    # -- what people change ----------------------------------------------------------------------------

    def change(self, batch_id: str, word: str, changes: Changes) -> None:
        """Standings from app/archive/edits.py; a file that pages go to begins with them. Raises NotAllowed ARC-121."""
        self._audit.require(Access(AuditEvent.ARCHIVE_CHANGED, batch_id))
        batch = self._rows.batch(batch_id)
        for kind, serial, business in {(s.kind, s.serial, s.business) for s in changes.values() if s.serial}:
            self._files.open(batch, kind, serial, business)
            if self._files.file(batch_id, kind, serial).state.value in {"accepted", "sent"}:
                raise NotAllowed("ARC-121")
        self._rows.change(batch_id, word, self._place.officer.account, changes)
        self._audit.note(Access(AuditEvent.ARCHIVE_CHANGED, batch_id, detail=word))

    def undo(self, batch_id: str) -> str:
        """The last change taken back; its word, "" when there is none."""
        self._audit.require(Access(AuditEvent.ARCHIVE_CHANGED, batch_id))
        return self._stepped(batch_id, self._rows.undo(batch_id), "undo")

    def redo(self, batch_id: str) -> str:
        """And done again."""
        self._audit.require(Access(AuditEvent.ARCHIVE_CHANGED, batch_id))
        return self._stepped(batch_id, self._rows.redo(batch_id), "redo")

    def _stepped(self, batch_id: str, word: str, way: str) -> str:
        if word:
            self._audit.note(Access(AuditEvent.ARCHIVE_CHANGED, batch_id, detail=f"{way} {word}"))
        return word

    def know(self, file: ArchiveFile, facts: FileFacts, business: str) -> ArchiveFile:
        """What the file is searched by, and its business, as an officer says it.

        Raises BadInput ARC-102 for another kind's business, ARC-152, ARC-153, ARC-154 for a kind of plate that is in no
        table, PER-102, PER-103, PER-104, NotAllowed ARC-121 once it is accepted.
        """
        told = stated(facts)
        if business != file.business and business not in archive_businesses(KIND_NAMES[file.kind]):
            raise BadInput("ARC-102", business=business)
        require_plate_kind(told.plate_kind)
        with self._audit.doing(
            Access(AuditEvent.ARCHIVE_CHANGED, file.batch, told.id_number, detail=f"facts {file.serial}")
        ):
            self._files.know(file, told, business)
        return self._files.file(file.batch, file.kind, file.serial)

    def compare(self, file: ArchiveFile) -> Comparison:
        """What the pages of a file say of vehicle and person, and where they differ; what they agree on becomes what the
        file is searched by, where nobody has said it. About half a second a page."""
        pages = [page for page in self._files.pages(file) if page.counts]
        said = {page.id: values_in(self._classifier().lines(self._rows.data(page.id), page)) for page in pages}
        known = agreed(said)
        found = FileFacts(
            plate=file.facts.plate or known.get(Item.PLATE, ""),
            plate_kind=file.facts.plate_kind,
            vin=file.facts.vin or known.get(Item.VIN, ""),
            archive_number=file.facts.archive_number,
            id_number=file.facts.id_number or known.get(Item.ID_NUMBER, ""),
            name=file.facts.name or known.get(Item.NAME, ""),
        )
        if found != file.facts and file.state in {FileState.OPEN, FileState.RETURNED}:
            self._files.know(file, found, file.business)
        return Comparison(found, disagreements(said))

    # -- a file is done --------------------------------------------------------------------------------

    def review(self, file: ArchiveFile, facts: Mapping[str, bool]) -> FileReview:
        """What stands against it now."""
        return reviewed(file, self._files.pages(file), facts)

    def accept(self, file: ArchiveFile, facts: Mapping[str, bool]) -> ArchiveFile:
        """It leaves for the back end; who signed for its red pages (see ``sign``) goes with it.

        Raises NotAllowed ARC-120 for what is missing, ARC-123 doubtful, ARC-124 rejected, ARC-125 untyped pages, ARC-126
        without a page, ARC-121.
        """
        review = self.review(file, facts)
        if not review.ready:
            raise _first_lack(review)
        signed = sorted({page.standing.passed_by for page in self._files.pages(file)} - {""})
        second = ", ".join(signed)
        with self._audit.doing(Access(AuditEvent.ARCHIVE_ACCEPTED, file.serial, detail=second)):
            self._files.accept(file, self._place.officer.account, second)
        if self._loop is not None:
            self._loop.wake()
        return self._files.file(file.batch, file.kind, file.serial)

    def sign(self, batch_id: str, pages: Iterable[ArchivePage], account: str, password: str) -> str:
        """A second officer takes pages as they are, with reasons against them or not; who it was.

        Raises NotAllowed ARC-122 for the one at the desk, AUT-101, AUT-103, AUT-105, AUT-106.
        """
        if self._witness is None or account == self._place.officer.account:
            raise NotAllowed("ARC-122")
        second = self._witness.confirm(account, password).account
        self.change(batch_id, "sign", signed_for(pages, second))
        return second

    def give_back(self, file: ArchiveFile, reason: str) -> ArchiveFile:
        """驳回. Raises NotAllowed ARC-121 once the back end has it."""
        with self._audit.doing(Access(AuditEvent.ARCHIVE_RETURNED, file.serial)):
            self._files.give_back(file, reason)
        return self._files.file(file.batch, file.kind, file.serial)

    def send_now(self, patience_s: float) -> bool:
        """Send what is accepted, and wait for the pass. False without a back end or in the time given."""
        return self._loop is not None and self._loop.wait_for_pass(patience_s)


def require_plate_kind(code: str) -> str:
    """The same code. Raises BadInput ARC-154 for one that is in no table; "" is none."""
    if code and code not in {kind.id for kind in plate_kinds()}:
        raise BadInput("ARC-154", plate_kind=code)
    return code


def request_of(profile: BatchProfile) -> ScanRequest:
    """As the scanner is asked."""
    width, height = PAPER_MM.get(profile.paper, (0.0, 0.0))
    return ScanRequest(ScanSource(profile.source), profile.dpi, ColourMode(profile.colour), width, height, 0, 60.0)


def _first_lack(review: FileReview) -> NotAllowed:
    """What is to be settled first."""
    if not review.pages:
        return NotAllowed("ARC-126")
    if review.rejected:
        return NotAllowed("ARC-124", count=len(review.rejected))
    if review.red:
        return NotAllowed("ARC-123", count=len(review.red))
    if review.untyped:
        return NotAllowed("ARC-125", count=len(review.untyped))
    return NotAllowed("ARC-120", reason="、".join(lack.material for lack in review.lacks))


def unread_behind(pages: Sequence[ArchivePage], separator: ArchivePage) -> tuple[ArchivePage, ...]:
    """An unread separator and what follows it as nobody's."""
    gap = separator.found.gap if separator.found is not None else 0

    def behind(page: ArchivePage) -> bool:
        nobodys = not page.standing.serial and page.standing.role is not PageRole.UNREAD
        return nobodys and page.found is not None and page.found.gap == gap

    return tuple(page for page in pages if page.id == separator.id or behind(page))

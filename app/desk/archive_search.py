"""What is filed, at the desk: query, counts, export, 调阅, the check of stored pages and their repair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.archive.export import laid_jpeg, searchable
from app.archive.line_reading import line_reader
from app.config.clock import Clock
from app.config.fonts import chinese_font
from app.desk.page_queue import PageQueue
from app.desk.place import DeskPlace
from app.domain.archive_batch import ArchiveFile, ArchivePage
from app.domain.archive_facts import as_filed
from app.domain.archive_query import FileQuery, Loan, ScanCount, Storage
from app.domain.audit import Access, AuditEvent
from app.domain.errors import BadInput, StoreFault, WorkstationError
from app.domain.printing import PrintJob
from app.imaging.decode import decode
from app.security.digest import sm3_hex
from app.security.files import write_private
from app.store.store import Store
from app.sync.archives import ArchiveClient


@dataclass(frozen=True)
class Checked:
    """数据校验: ``pages`` looked at; ``repaired`` fetched again from the back end; ``lost``: neither here nor there."""

    pages: int
    repaired: tuple[str, ...]
    lost: tuple[str, ...]


class ArchiveSearch:
    """``remote`` None without a back end. Thread: any, one call at a time; everything blocks."""

    def __init__(
        self, store: Store, remote: ArchiveClient | None, queue: PageQueue | None, place: DeskPlace, clock: Clock
    ) -> None:
        self._rows = store.archive
        self._files = store.archive_files
        self._audit = store.audit
        self._remote = remote
        self._queue = queue
        self._place = place
        self._clock = clock

    # -- here ------------------------------------------------------------------------------------------

    def find(self, query: FileQuery) -> tuple[ArchiveFile, ...]:
        """Latest first."""
        with self._audit.doing(Access(AuditEvent.ARCHIVE_FOUND, person=query.id_number)):
            return self._files.find(as_filed(query))

    def counts(self, query: FileQuery) -> tuple[ScanCount, ...]:
        """用户、部门扫描量."""
        return self._files.counts(as_filed(query))

    def pages(self, file: ArchiveFile) -> tuple[ArchivePage, ...]:
        """Those that count, in their order."""
        return tuple(page for page in self._files.pages(file) if page.counts)

    def picture(self, page: ArchivePage) -> bytes:
        """A page, from here or, once it was cleaned up, from the back end; each look is recorded.

        Raises StoreFault STO-107 where neither has it, NotAllowed ARC-130, ARC-140.
        """
        with self._audit.doing(Access(AuditEvent.ARCHIVE_SEEN, page.id, detail=page.standing.serial)):
            return self._data(page)

    def _data(self, page: ArchivePage) -> bytes:
        try:
            return self._rows.data(page.id)
        except StoreFault as fault:
            if fault.code != "STO-107" or self._remote is None:
                raise
        return self._remote.page(page.digest, self._department, self._place.officer.account)

    @property
    def _department(self) -> str:
        return self._place.station().station_name

    # -- leaving the workstation -------------------------------------------------------------------------

    def export_jpeg(self, file: ArchiveFile) -> list[tuple[str, bytes]]:
        """Name and JPEG of each page, upright. Recorded before it leaves."""
        with self._audit.doing(Access(AuditEvent.ARCHIVE_EXPORTED, file.serial, detail="jpeg")):
            return [
                (f"{file.serial}-{number:03}.jpg", laid_jpeg(decode(self._data(page)), page.standing))
                for number, page in enumerate(self.pages(file), start=1)
            ]

    def export_pdf(self, file: ArchiveFile) -> bytes:
        """PDF/A of the whole file, its text invisible behind the pictures. Recorded before it leaves."""
        with self._audit.doing(Access(AuditEvent.ARCHIVE_EXPORTED, file.serial, detail="pdf")):
            pages = [(decode(self._data(page)), page.standing) for page in self.pages(file)]
            return searchable(file.serial, pages, line_reader(), chinese_font(), self._clock.now())

    def save(self, file: ArchiveFile, folder: Path, *, pdf: bool) -> int:
        """PDF/A or JPEGs into a folder of the officer's choice; how many files. Raises BadInput CLI-101."""
        found = [(f"{file.serial}.pdf", self.export_pdf(file))] if pdf else self.export_jpeg(file)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, data in found:
                write_private(folder / name, data)
        except OSError as error:
            raise BadInput("CLI-101", path=str(folder), reason=error.strerror or "") from error
        return len(found)

    @property
    def prints(self) -> bool:
        """Whether an A4 printer is configured."""
        return self._queue is not None and self._queue.has_printer

    def print(self, file: ArchiveFile) -> PrintJob:
        """The whole file on A4, once for each press. Raises BadInput PRN-149 without an A4 printer."""
        if self._queue is None:
            raise BadInput("PRN-149")
        with self._audit.doing(Access(AuditEvent.ARCHIVE_EXPORTED, file.serial, detail="paper")):
            pages = [(decode(self._data(page)), page.standing) for page in self.pages(file)]
            pdf = searchable(file.serial, pages, line_reader(), chinese_font(), self._clock.now())
            return self._queue.submit(f"{file.batch} {file.serial} archive", "ARCHIVE", lambda copy: pdf)

    def corrections(self) -> list[dict[str, str]]:
        """人工纠偏 as labelled data: digest, what the program said, what the officer said."""
        with self._audit.doing(Access(AuditEvent.ARCHIVE_EXPORTED, detail="corrections")):
            return [
                {"digest": page.digest, "kind": page.standing.kind, "said": said, "type": page.standing.type}
                for page, said in self._rows.corrections()
            ]

    # -- 调阅 --------------------------------------------------------------------------------------------

    def _line(self) -> ArchiveClient:
        if self._remote is None:
            raise BadInput("NET-120")
        return self._remote

    def find_everywhere(self, asked: Mapping[str, str]) -> list[dict[str, Any]]:
        """Files of every department, without their pictures. Raises BadInput NET-120, NetworkFault."""
        with self._audit.doing(Access(AuditEvent.ARCHIVE_FOUND, person=asked.get("id_number", ""), detail="everywhere")):
            return self._line().find(asked)

    def ask_loan(self, kind: str, serial: str, reason: str) -> str:
        """调阅申请. Raises BadInput NET-120, NetworkFault."""
        with self._audit.doing(Access(AuditEvent.ARCHIVE_ASKED, serial)):
            return self._line().ask_loan(kind, serial, self._department, self._place.officer.account, reason)

    def loans(self) -> tuple[Loan, ...]:
        """What this department asked for. Raises BadInput NET-120, NetworkFault."""
        return self._line().loans(self._department)

    def lent_page(self, digest: str, loan: str) -> bytes:
        """A page of another department. Raises NotAllowed ARC-130 without a permission in force; every try is recorded."""
        with self._audit.doing(Access(AuditEvent.ARCHIVE_SEEN, loan, detail=digest)):
            return self._line().page(digest, self._department, self._place.officer.account, loan)

    # -- the check ---------------------------------------------------------------------------------------

    def storage(self) -> Storage:
        """How full the disk is with archives. Raises StoreFault STO-108."""
        return self._files.storage()

    def check(self) -> Checked:
        """数据校验、数据恢复: every stored page against its digest; what is damaged comes back from the back end. Slow."""
        repaired: list[str] = []
        lost: list[str] = []
        count = 0
        with self._audit.doing(Access(AuditEvent.ARCHIVE_REPAIRED)):
            for page in self._files.stored():
                count += 1
                if not self._sound(page):
                    (repaired if self._repaired(page) else lost).append(page.id)
        return Checked(count, tuple(repaired), tuple(lost))

    def _sound(self, page: ArchivePage) -> bool:
        try:
            return sm3_hex(self._rows.data(page.id)) == page.digest
        except StoreFault:
            return False

    def _repaired(self, page: ArchivePage) -> bool:
        if self._remote is None:
            return False
        try:
            data = self._remote.page(page.digest, self._department, self._place.officer.account)
            self._rows.put_back(page, data)
        except WorkstationError:
            return False
        return True

    def clean_up(self) -> int:
        """Pictures acknowledged longer ago than ``archive.keep_days`` leave this disk; how many. What went is recorded."""
        days = self._place.settings.number("archive.keep_days")
        gone = self._files.clean_up(self._clock.now() - timedelta(days=days))
        if gone:
            self._audit.note(Access(AuditEvent.ARCHIVE_CLEANED, detail=f"{gone} pages after {days} days"))
        return gone

"""Documents of a case or a parked draft: what may be printed, the preview that is the print, numbered copies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from app.config.clock import Clock
from app.desk.page_queue import PageQueue
from app.desk.place import DeskPlace
from app.desk.print_queue import PrintQueue
from app.desk.ticket_press import TicketPress
from app.domain.audit import Access, AuditEvent
from app.domain.cases.case import Case, Draft
from app.domain.errors import BadInput, NotAllowed
from app.domain.printing import PrintJob, PrintKind
from app.printing.forms import PageMarks
from app.printing.page import PagePress
from app.printing.papers import (
    DRAFT,
    CaseFolder,
    CaseWriter,
    DraftFolder,
    Paper,
    PrintedBy,
    paper_template,
    papers,
)
from app.printing.raster import page_pictures
from app.store.store import Store
from devices.ports.page_printer import PageJob


class MatterPapers(Protocol):
    """What the catalogue says of a matter's documents. Thread: any."""

    def matter_name(self, code: str) -> str:
        """Its name, the code itself where nobody knows."""

    def documents(self, code: str) -> frozenset[str]:
        """Ids of the papers to print, none for an unknown matter."""


@dataclass(frozen=True)
class DocumentOffer:
    """A document that may be printed now. ``copies``: how many were sent to a printer already, A4 and ticket together."""

    id: str
    name: str
    ticket: bool
    copies: int


@dataclass(frozen=True)
class DocumentPreview:
    """An A4 document as it would be printed: the very bytes. ``copy``: 0 the first print, n = 补打 n."""

    subject_id: str
    paper_id: str
    copy: int
    pdf: bytes = field(repr=False)

    def pages(self) -> tuple[bytes, ...]:
        """PNG of every page."""
        return page_pictures(self.pdf)


class DocumentDesk:
    """Thread: any; printing blocks until the printer has answered or its deadline has passed.

    ``subject_id``: of a case, or of a draft that is not a case yet. Raises StoreFault STO-110 for an unknown one,
    BadInput DOC-101 for an unknown document, NotAllowed DOC-102 for one that does not belong to the case's state,
    SetupFault FNT-… for a character no font here has.
    """

    def __init__(
        self,
        store: Store,
        queue: PrintQueue,
        press: TicketPress,
        pages: PageQueue,
        page_press: PagePress,
        writer: CaseWriter,
        matters: MatterPapers,
        place: DeskPlace,
        clock: Clock,
    ) -> None:
        self._store = store
        self._queue = queue
        self._press = press
        self._pages = pages
        self._page_press = page_press
        self._writer = writer
        self._matters = matters
        self._place = place
        self._clock = clock

    @property
    def has_page_printer(self) -> bool:
        """Whether an A4 printer is configured."""
        return self._pages.has_printer

    def documents_for(self, subject_id: str) -> tuple[DocumentOffer, ...]:
        """What may be printed now, in the order of the documents' file."""
        subject = self._subject(subject_id)
        language = self._place.language
        return tuple(
            DocumentOffer(paper.id, paper.name(language), paper.ticket, len(self.jobs(subject_id, paper.id)))
            for paper in papers().values()
            if self._is_offered(paper, subject)
        )

    def jobs(self, subject_id: str, paper_id: str) -> tuple[PrintJob, ...]:
        """Every print of one document, on A4 and as a ticket."""
        tickets = self._queue.jobs(PrintKind(paper_id), subject_id) if _paper(paper_id).ticket else ()
        return (*tickets, *self._pages.jobs(_page_subject(subject_id, paper_id)))

    # -- A4 --------------------------------------------------------------------------------------------

    def preview(self, subject_id: str, paper_id: str, photo: bytes = b"") -> DocumentPreview:
        """The document as it would be printed next. ``photo``: encoded, for a document that carries one; "" none."""
        copy = self._pages.next_copy(_page_subject(subject_id, paper_id))
        return DocumentPreview(subject_id, paper_id, copy, self._pdf(subject_id, paper_id, copy, photo))

    def print(self, preview: DocumentPreview, told: Callable[[PageJob], None] | None = None) -> PrintJob:
        """Exactly what was previewed; made anew only where another print has taken its copy number meanwhile.

        The job's state and error say how it ended. Raises BadInput PRN-149 without an A4 printer.
        """
        self._require_offered(_paper(preview.paper_id), self._subject(preview.subject_id))

        def pdf(copy: int) -> bytes:
            if copy == preview.copy:
                return preview.pdf
            return self._pdf(preview.subject_id, preview.paper_id, copy)

        subject = _page_subject(preview.subject_id, preview.paper_id)
        with self._store.audit.doing(Access(AuditEvent.DOCUMENT_PRINTED, preview.subject_id, detail=preview.paper_id)):
            return self._pages.submit(subject, preview.paper_id.upper(), pdf, told)

    def reprint(self, subject_id: str, paper_id: str, photo: bytes = b"") -> PrintJob:
        """Another copy on A4, numbered and marked 补打. Raises BadInput PRN-135 when it was never printed, PRN-149."""
        if not self._pages.jobs(_page_subject(subject_id, paper_id)):
            raise BadInput("PRN-135")
        return self.print(self.preview(subject_id, paper_id, photo))

    def _pdf(self, subject_id: str, paper_id: str, copy: int, photo: bytes = b"") -> bytes:
        paper, by = _paper(paper_id), self._by()
        blanks = self._written(paper, subject_id, by, copy)
        marks = PageMarks(by.watermark if paper.watermark else "", f"{paper.zh}　{blanks['number']}")
        return self._page_press.document(blanks, paper_template(paper_id), marks, photo)

    # -- the receipt printer ---------------------------------------------------------------------------

    def preview_ticket(self, subject_id: str, paper_id: str) -> bytes:
        """PNG of the ticket as it would be printed next. Raises BadInput DOC-103 for a document that is no ticket."""
        kind = _ticket_kind(paper_id)
        return self._press.picture(self._ticket(kind, subject_id, self._queue.next_copy(kind, subject_id)))

    def print_ticket(self, subject_id: str, paper_id: str) -> PrintJob:
        """Print once; again is 补打. Raises BadInput DOC-103, PRN-105, PRN-13x."""
        kind = _ticket_kind(paper_id)
        with self._store.audit.doing(Access(AuditEvent.DOCUMENT_PRINTED, subject_id, detail=paper_id)):
            return self._queue.submit(kind, subject_id, lambda copy: self._ticket(kind, subject_id, copy))

    def _ticket(self, kind: PrintKind, subject_id: str, copy: int) -> bytes:
        blanks = self._written(_paper(kind.value), subject_id, self._by(), copy)
        return self._press.job(kind, blanks)

    # -- what is said ----------------------------------------------------------------------------------

    def _by(self) -> PrintedBy:
        officer, station = self._place.officer, self._place.station()
        return PrintedBy(officer.name, officer.account, station.station_name, station.terminal_number, self._clock.now())

    def _subject(self, subject_id: str) -> Case | Draft:
        return self._store.cases.of_draft(subject_id) or self._store.drafts.draft(subject_id)

    def _is_offered(self, paper: Paper, subject: Case | Draft) -> bool:
        if isinstance(subject, Draft):
            return DRAFT in paper.states and bool(subject.missing)
        listed = paper.always or paper.id in self._matters.documents(subject.content.matter.code)
        return listed and subject.state.value in paper.states

    def _require_offered(self, paper: Paper, subject: Case | Draft) -> None:
        if not self._is_offered(paper, subject):
            raise NotAllowed("DOC-102", document=paper.zh, document_en=paper.en)

    def _written(self, paper: Paper, subject_id: str, by: PrintedBy, copy: int) -> dict[str, str]:
        subject = self._subject(subject_id)
        self._require_offered(paper, subject)
        materials = self._store.drafts.materials(subject_id)
        training = self._place.training
        if isinstance(subject, Draft):
            name = self._matters.matter_name(subject.matter_code)
            return self._writer.draft(DraftFolder(subject, name, materials), by, copy, training=training)
        folder = CaseFolder(subject, self._store.cases.nodes(subject_id), materials)
        return self._writer.case(folder, by, copy, training=training)


def _paper(paper_id: str) -> Paper:
    try:
        return papers()[paper_id]
    except KeyError:
        raise BadInput("DOC-101", document=paper_id[:40]) from None


def _ticket_kind(paper_id: str) -> PrintKind:
    if not _paper(paper_id).ticket:
        raise BadInput("DOC-103", document=_paper(paper_id).zh, document_en=_paper(paper_id).en)
    return PrintKind(paper_id)


def _page_subject(subject_id: str, paper_id: str) -> str:
    return f"{subject_id} {paper_id}"

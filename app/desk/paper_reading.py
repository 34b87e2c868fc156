"""Papers of drafts and cases to be looked at and printed: pictures as they are, PDFs page by page; every look is logged."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.desk.page_queue import PageQueue
from app.domain.audit import Access, AuditEvent, AuditLog
from app.domain.cases.case import CaseMaterial
from app.domain.errors import BadInput
from app.domain.printing import PrintJob
from app.imaging.decode import thumbnail
from app.intake.drafts import Drafts
from app.printing.page import PagePress
from app.printing.raster import page_picture

PDF = "application/pdf"


@dataclass(frozen=True)
class PaperPicture:
    """``data``: an encoded picture. ``page`` counts from 0, of ``pages``; a picture is one page."""

    data: bytes = field(repr=False)
    page: int = 0
    pages: int = 1


class PaperReading:
    """Thread: any; everything blocks."""

    def __init__(self, drafts: Drafts, audit: AuditLog, queue: PageQueue, press: PagePress) -> None:
        self._drafts = drafts
        self._audit = audit
        self._queue = queue
        self._press = press

    def look(self, paper: CaseMaterial, page: int, max_px: int) -> PaperPicture:
        """One page, its longer side at most ``max_px``. Raises BadInput PRN-155, IMG-10x, StoreFault."""
        with self._audit.doing(Access(AuditEvent.PAPER_SEEN, paper.id, detail=f"page {page + 1}")):
            return self._picture(paper, page, max_px)

    def small(self, paper: CaseMaterial, max_px: int) -> bytes:
        """For a list: the first page; b"" where nothing can be drawn. Raises StoreFault."""
        try:
            return self._picture(paper, 0, max_px).data
        except BadInput:
            return b""

    def _picture(self, paper: CaseMaterial, page: int, max_px: int) -> PaperPicture:
        data = self._drafts.material_data(paper.id)
        if paper.media_type == PDF:
            return PaperPicture(*page_picture(data, page, max_px))
        return PaperPicture(thumbnail(data, max_px))

    @property
    def prints(self) -> bool:
        """Whether an A4 printer is configured."""
        return self._queue.has_printer

    def print(self, paper: CaseMaterial) -> PrintJob:
        """On A4, once for each press: a PDF as it is, a picture as large as the page allows.

        Raises BadInput PRN-149 without an A4 printer, IMG-10x, StoreFault.
        """
        with self._audit.doing(Access(AuditEvent.DOCUMENT_PRINTED, paper.owner, detail=paper.item)):
            data = self._drafts.material_data(paper.id)
            pdf = data if paper.media_type == PDF else self._press.picture(data)
            return self._queue.submit(f"{paper.id} paper", "PAPER", lambda copy: pdf)

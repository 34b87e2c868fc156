"""What the applicant takes home of a case: which documents there are, how each looks, and what became of its print."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.config.texts import Coded
from app.desk.documents import DocumentOffer, DocumentPreview
from app.domain.printing import PrintJob
from app.ui.bench import Bench


class HandoutModel(QObject):
    """``offered``: the documents were read; ``previewed``: the pages of the chosen one; ``printed`` carries a PrintJob."""

    offered = Signal()
    previewed = Signal()
    printed = Signal(object)

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self._subject = ""
        self.offers: tuple[DocumentOffer, ...] = ()
        self.chosen: DocumentOffer | None = None
        self.preview: DocumentPreview | None = None
        self.pages: tuple[QImage, ...] = ()
        self.undrawn: Coded | None = None  # why the chosen one has no picture
        self.busy = False
        bench.desk_closed.connect(self.forget)

    def forget(self) -> None:
        """Nobody's papers stay in memory."""
        self._subject, self.offers, self.chosen = "", (), None
        self.preview, self.pages, self.undrawn, self.busy = None, (), None, False

    @property
    def on_pages(self) -> bool:
        """Whether an A4 printer is there."""
        return self._bench.desk.documents.has_page_printer

    def open(self, subject_id: str) -> None:
        """The documents of a case, or of a parked draft."""
        self.forget()
        self._subject = subject_id
        self.offered.emit()
        self._read_offers()

    def _read_offers(self) -> None:
        subject, documents = self._subject, self._bench.desk.documents
        self._bench.ask(lambda: documents.documents_for(subject), lambda offers: self._offers_known(subject, offers))

    def _offers_known(self, subject: str, offers: tuple[DocumentOffer, ...]) -> None:
        if subject != self._subject:
            return
        self.offers = offers
        kept = self.chosen.id if self.chosen is not None else ""
        self.offered.emit()
        self.choose(next((offer for offer in offers if offer.id == kept), next(iter(offers), None)))

    def choose(self, offer: DocumentOffer | None) -> None:
        """Look at it: drawn off the GUI thread, the very bytes that are printed."""
        self.chosen, self.preview, self.pages, self.undrawn = offer, None, (), None
        self.previewed.emit()
        if offer is None:
            return
        subject, documents = self._subject, self._bench.desk.documents

        def look() -> tuple[DocumentPreview, tuple[QImage, ...]]:
            preview = documents.preview(subject, offer.id)
            return preview, tuple(QImage.fromData(page) for page in preview.pages())

        self._bench.ask(look, lambda both: self._looked(offer, *both), lambda error: self._not_drawn(offer, error))

    def _looked(self, offer: DocumentOffer, preview: DocumentPreview, pages: tuple[QImage, ...]) -> None:
        if offer is self.chosen:
            self.preview, self.pages = preview, pages
            self.previewed.emit()

    def _not_drawn(self, offer: DocumentOffer, error: Coded) -> None:
        """Told on the page itself, where "being drawn" would stand for ever."""
        self._bench.refused.emit(error)
        if offer is self.chosen:
            self.undrawn = error
            self.previewed.emit()

    def print_pages(self) -> None:
        """On A4, exactly what is shown; once, however often the key is pressed."""
        preview, documents = self.preview, self._bench.desk.documents
        if preview is None or self.busy:
            return
        self._print(lambda: documents.print(preview))

    def print_ticket(self) -> None:
        """As a ticket of the receipt printer."""
        offer, documents, subject = self.chosen, self._bench.desk.documents, self._subject
        if offer is None or not offer.ticket or self.busy:
            return
        self._print(lambda: documents.print_ticket(subject, offer.id))

    def _print(self, question: Callable[[], PrintJob]) -> None:
        subject = self._subject
        self._set_busy(True)
        self._bench.ask(question, lambda job: self._done(subject, job), lambda error: self._failed(subject, error))

    def _done(self, subject: str, job: PrintJob) -> None:
        """Not shown beside the next person's papers; its own screen keeps every print."""
        if subject == self._subject:
            self._set_busy(False)
            self.printed.emit(job)
            self._read_offers()

    def _failed(self, subject: str, error: Coded) -> None:
        if subject == self._subject:
            self._set_busy(False)
        self._bench.refused.emit(error)

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.previewed.emit()

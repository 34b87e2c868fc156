"""The applicant's papers after a case: a list, the chosen one as it will be printed, one key to print it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.config.texts import error_text
from app.desk.documents import DocumentOffer
from app.domain.printing import PrintJob
from app.ui.bench import Bench
from app.ui.screens.papers.handout_model import HandoutModel
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.picture_view import PictureView
from app.ui.words import print_told

_LIST_PX = 220
_OFFER = Qt.ItemDataRole.UserRole


class HandoutPanel(QWidget):
    """Empty where nothing is printed for a case."""

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self.model = HandoutModel(bench)
        self._page = 0
        self.list = QListWidget(self)
        self.list.setObjectName("entries")
        self.list.setAccessibleName(self.tr("Documents of this case"))
        self.list.setFixedWidth(_LIST_PX)
        self.picture = PictureView(self, ground=bench.theme.colours["line"], ink=bench.theme.colours["text"])
        self.picture.setAccessibleName(self.tr("As it will be printed"))
        self.page = QLabel(self)
        self.page.setObjectName("muted")
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.told.setObjectName("heading")
        self.further = KeyButton(self.tr("Next page"), "PgDown", self)
        self.ticket = KeyButton(self.tr("Print as ticket"), "F6", self)
        self.print = KeyButton(self.tr("Print on A4"), "F5", self)
        self._lay_out()
        self.list.currentItemChanged.connect(self._chosen)
        self.further.clicked.connect(self._turn)
        self.print.clicked.connect(self.model.print_pages)
        self.ticket.clicked.connect(self.model.print_ticket)
        self.model.offered.connect(self._show_offers)
        self.model.previewed.connect(self._show_preview)
        self.model.printed.connect(self._show_printed)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        title = QLabel(self.tr("Documents of this case"), self)
        title.setObjectName("heading")
        left.addWidget(title)
        left.addWidget(self.list, 1)
        for button in (self.print, self.ticket, self.further):
            left.addWidget(button)
        right = QVBoxLayout()
        right.addWidget(self.picture, 1)
        lower = QHBoxLayout()
        lower.addWidget(self.told, 1)
        lower.addWidget(self.page)
        right.addLayout(lower)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(left)
        row.addLayout(right, 1)

    def open(self, subject_id: str) -> None:
        """The papers of a case, or of a parked draft."""
        self.told.clear()
        self.model.open(subject_id)

    def forget(self) -> None:
        """The next person: nothing of the last one stays."""
        self.model.forget()
        self.told.clear()
        self._show_offers()
        self._show_preview()

    def _words(self, offer: DocumentOffer) -> str:
        if not offer.copies:
            return offer.name
        return self.tr("{0} (printed {1}×)").format(offer.name, offer.copies)

    def _show_offers(self) -> None:
        chosen = self.model.chosen.id if self.model.chosen is not None else ""
        self.list.blockSignals(True)
        self.list.clear()
        for offer in self.model.offers:
            item = QListWidgetItem(self._words(offer), self.list)
            item.setData(_OFFER, offer)
            if offer.id == chosen:
                self.list.setCurrentItem(item)
        if self.model.offers and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self.setVisible(bool(self.model.offers))

    def _chosen(self, item: QListWidgetItem | None) -> None:
        offer = item.data(_OFFER) if item is not None else None
        if offer is not self.model.chosen:
            self.told.clear()
            self.model.choose(offer)

    def _show_preview(self) -> None:
        model = self.model
        self._page = self._page if self._page < len(model.pages) else 0
        self.picture.set_image(model.pages[self._page] if model.pages else None)
        self.picture.set_sentence(self.sentence())
        several = len(model.pages) > 1
        self.page.setText(self.tr("Page {0} of {1}").format(self._page + 1, len(model.pages)) if several else "")
        self.further.setVisible(several)
        if model.chosen is None:
            return
        self.print.setEnabled(model.preview is not None and not model.busy and model.on_pages)
        self.ticket.setVisible(model.chosen.ticket)
        self.ticket.setEnabled(model.chosen.ticket and not model.busy)
        if model.busy:
            self.told.setText(self.tr("Waiting for the printer…"))
        elif not model.on_pages and not model.chosen.ticket:
            self.told.setText(self.tr("No A4 printer is set up: settings, “Document printer”."))

    def sentence(self) -> str:
        """In place of a picture."""
        if self.model.undrawn is not None:
            return error_text(self.model.undrawn, self._bench.language).what
        return "" if self.model.chosen is None else self.tr("Being drawn…")

    def _turn(self) -> None:
        self._page = (self._page + 1) % max(1, len(self.model.pages))
        self._show_preview()

    def _show_printed(self, job: PrintJob) -> None:
        self.told.setText(print_told(job, self._bench.language))

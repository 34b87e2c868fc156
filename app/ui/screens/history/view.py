"""查询: photos by person, number, account and day; the picture beside; the month's figures beneath."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.domain.errors import BadInput
from app.domain.printing import PrintJob, PrintJobState
from app.domain.records import HistoryQuery, Standing
from app.ui.bench import Bench
from app.ui.screens.history.view_model import HistoryModel, day_of
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.picture_view import PictureView
from app.ui.widgets.table import WordTable


class HistoryView(QWidget):
    """Search on top, photos left, picture right, figures below."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.model = HistoryModel(bench)
        self.person = self._field(self.tr("Name or ID number"))
        self.number = self._field(self.tr("Photo number"))
        self.account = self._field(self.tr("Account"))
        self.first_day = self._field(self.tr("From day, e.g. 2026-11-24"))
        self.last_day = self._field(self.tr("To day"))
        self.search_button = KeyButton(self.tr("Search"), "Return / Enter", self)
        self.search_button.setObjectName("next")
        self.reprint = KeyButton(self.tr("Print receipt again"), "P", self)
        self._said = QLabel(self)
        heads = (
            self.tr("Photo number"),
            self.tr("Name"),
            self.tr("Photo for"),
            self.tr("Saved"),
            self.tr("Account"),
            self.tr("Verdict"),
        )
        self.table = WordTable(heads, self.tr("Photos"), self)
        days = (
            self.tr("Day"),
            self.tr("Sessions"),
            self.tr("Shots"),
            self.tr("Photos"),
            self.tr("Passed"),
            self.tr("Sent"),
        )
        self.days = WordTable(days, self.tr("Daily figures"), self)
        self.picture = PictureView(self)
        self.picture.setAccessibleName(self.tr("Photo"))
        self.picture.set_sentence(self.tr("No photo chosen"))
        self._lay_out()
        self.search_button.clicked.connect(self._search)
        self.reprint.clicked.connect(self._reprint)
        self.table.row_changed.connect(self.model.look_at)
        self.model.found.connect(self._show)
        self.model.picture.connect(self._show_picture)
        self.model.printed.connect(self._show_printed)

    def _field(self, word: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setPlaceholderText(word)
        field.setAccessibleName(word)
        return field

    def _lay_out(self) -> None:
        search = QHBoxLayout()
        for widget in (self.person, self.number, self.account, self.first_day, self.last_day):
            search.addWidget(widget)
        left = QVBoxLayout()
        left.addWidget(self.table, 3)
        figures = QLabel(self.tr("Daily figures of the last month"), self)
        figures.setObjectName("heading")
        left.addWidget(figures)
        left.addWidget(self.days, 2)
        middle = QHBoxLayout()
        middle.addLayout(left, 5)
        middle.addWidget(self.picture, 3)
        lower = QHBoxLayout()
        lower.addWidget(self._said, 1)
        lower.addWidget(self.reprint)
        lower.addWidget(self.search_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(search)
        column.addLayout(middle, 1)
        column.addLayout(lower)

    def enter(self) -> None:
        """The screen is shown."""
        self._search()
        self.person.setFocus(Qt.FocusReason.OtherFocusReason)

    def _search(self) -> None:
        try:
            query = HistoryQuery(
                person=self.person.text(),
                number=self.number.text(),
                account=self.account.text(),
                first_day=day_of(self.first_day.text()),
                last_day=day_of(self.last_day.text()),
            )
        except BadInput as error:
            self._bench.refused.emit(error)
            return
        self.model.search(query)

    def _show(self) -> None:
        names = {s.id: s.name(self._bench.language) for s in self._bench.desk.standards}
        passed, forced = self.tr("Passed"), self.tr("Issued with reason")
        standing = {Standing.PENDING: self.tr("Pending"), Standing.WITHHELD: self.tr("Withheld")}
        self.table.show_rows(
            [
                (
                    r.number,
                    r.applicant.name,
                    names.get(r.standard_id, r.standard_id),
                    f"{r.saved:%Y-%m-%d %H:%M}",
                    r.officer,
                    standing.get(r.standing, passed if r.passed else forced),
                )
                for r in self.model.records
            ]
        )
        self.days.show_rows(
            [
                (d.day.isoformat(), str(d.sessions), str(d.shots), str(d.photos), str(d.passed), str(d.sent))
                for d in reversed(self.model.days)
            ]
        )
        self._said.setText(self.tr("{0} photos").format(len(self.model.records)))
        self.reprint.setEnabled(bool(self.model.records))
        if not self.model.records:
            self.picture.set_image(None)

    def _show_picture(self, image: QImage | None) -> None:
        self.picture.set_image(image)

    def _reprint(self) -> None:
        self.model.reprint(self.table.currentRow())

    def _show_printed(self, job: PrintJob) -> None:
        good = job.state is PrintJobState.CONFIRMED
        self._said.setText(
            self.tr("The printer confirmed the receipt.") if good else self.tr("Not confirmed by the printer.")
        )

"""档案查询: conditions above, files on the left, their pages on the right; counts, export, print, 调阅."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.config.plate_kinds import plate_kinds
from app.domain.archive_batch import ArchiveFile, FileState
from app.domain.archive_query import FileQuery
from app.domain.errors import BadInput
from app.ui.bench import Bench
from app.ui.screens.archive.search_model import SearchModel
from app.ui.screens.archive.words import SIGNS, loan_word, state_word, why_returned
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.picture_view import PictureView
from app.ui.widgets.table import WordTable
from app.ui.words import icon, print_told

_RIGHT_PX = 400
_COLUMNS = 5


class SearchPage(QWidget):
    """``left``: back to the batches; ``batch_wanted`` carries the ArchiveFile whose batch is to be taken up."""

    left = Signal()
    batch_wanted = Signal(object)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.model = SearchModel(bench)
        names = (
            ("serial", self.tr("Serial number")),
            ("plate", self.tr("Plate")),
            ("vin", self.tr("VIN")),
            ("archive_number", self.tr("Archive number")),
            ("id_number", self.tr("ID number")),
            ("scanned_by", self.tr("Scanned by")),
            ("department", self.tr("Department")),
            ("first_day", self.tr("From day")),
            ("last_day", self.tr("To day")),
        )
        self.fields: dict[str, QLineEdit] = {}
        for name, word in names:
            line = QLineEdit(self)
            line.setPlaceholderText(word)
            line.setAccessibleName(word)
            line.returnPressed.connect(self._find)
            self.fields[name] = line
        self.kind, self.state, self.plate_kind = QComboBox(self), QComboBox(self), QComboBox(self)
        self.plate_kind.setAccessibleName(self.tr("Kind of plate"))
        self.plate_kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.plate_kind.addItem(self.tr("any kind of plate"), "")
        for plate_kind in plate_kinds():
            self.plate_kind.addItem(f"{plate_kind.id} {plate_kind.name(bench.language)}", plate_kind.id)
        self.kind.setAccessibleName(self.tr("Kind of files"))
        self.state.setAccessibleName(self.tr("State"))
        for value, word in (("", self.tr("all files")), ("V", self.tr("Vehicle files")), ("D", self.tr("Driver files"))):
            self.kind.addItem(word, value)
        self.state.addItem(self.tr("any state"), None)
        for state in FileState:
            self.state.addItem(state_word(state), state)
        heads = (
            self.tr("Serial number"),
            self.tr("State"),
            self.tr("Business"),
            self.tr("Plate, VIN or ID number"),
            self.tr("Department"),
            self.tr("Scanned by"),
            self.tr("Scanned"),
        )
        self.table = WordTable(heads, self.tr("Files found"), self)
        self.counts = QLabel(self)
        self.counts.setWordWrap(True)
        self.picture = PictureView(self)
        self.picture.setAccessibleName(self.tr("Page looked at"))
        self.picture.setFixedWidth(_RIGHT_PX)
        self.place = QLabel(self)
        self.told = QLabel(self)
        self.told.setObjectName("heading")
        self.told.setWordWrap(True)
        self.reason = QLineEdit(self)
        self.reason.setPlaceholderText(self.tr("Why this file must be seen"))
        self.reason.setAccessibleName(self.tr("Why this file must be seen"))
        self.back = KeyButton(self.tr("Back to the batches"), "Escape", self)
        self.here = KeyButton(self.tr("Search"), "F5", self)
        self.here.setObjectName("next")
        self.everywhere = KeyButton(self.tr("Search every department"), "Shift+F5", self)
        self.open = KeyButton(self.tr("Open"), "F2", self)
        self.batch = KeyButton(self.tr("Go to its batch"), "F3", self)
        self.before = KeyButton(self.tr("Page before"), "PgUp", self)
        self.after = KeyButton(self.tr("Next page"), "PgDown", self)
        self.pdf = KeyButton(self.tr("Save as PDF"), "F6", self)
        self.jpeg = KeyButton(self.tr("Save as JPEG"), "F7", self)
        self.print = KeyButton(self.tr("Print"), "Ctrl+P", self)
        self.check = KeyButton(self.tr("Check stored pages"), "F9", self)
        self.loan = KeyButton(self.tr("Apply to see it"), "F8", self)
        self._lay_out()
        self._connect()
        self._offer()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        lines = list(self.fields.values())
        widgets: list[QWidget] = [self.kind, *lines[:2], self.plate_kind, *lines[2:], self.state]
        for number, widget in enumerate(widgets):
            grid.addWidget(widget, number // _COLUMNS, number % _COLUMNS)
        asking = QHBoxLayout()
        asking.addStretch(1)
        asking.addWidget(self.here)
        asking.addWidget(self.everywhere)
        grid.addLayout(asking, 2, 2, 1, _COLUMNS - 2)
        left = QVBoxLayout()
        left.addWidget(self.table, 1)
        left.addWidget(self.counts)
        right = QVBoxLayout()
        right.addWidget(self.picture, 1)
        right.addWidget(self.place)
        row = QHBoxLayout()
        row.addLayout(left, 1)
        row.addLayout(right)
        first, second = QHBoxLayout(), QHBoxLayout()
        for button in (self.open, self.batch, self.before, self.after, self.pdf, self.jpeg, self.print):
            first.addWidget(button)
        first.addStretch(1)
        first.addWidget(self.check)
        second.addWidget(self.back)
        second.addWidget(self.told, 1)
        second.addWidget(self.reason, 1)
        second.addWidget(self.loan)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        column.addLayout(row, 1)
        column.addLayout(first)
        column.addLayout(second)

    def _connect(self) -> None:
        model = self.model
        model.changed.connect(self._show)
        model.shown.connect(self._show_picture)
        model.done.connect(self._tell)
        self._bench.desk_closed.connect(self._forget)
        self.table.row_changed.connect(lambda _: self._offer())
        self.back.clicked.connect(self.left)
        self.here.clicked.connect(self._find)
        self.everywhere.clicked.connect(lambda: self._search(self.model.find_everywhere))
        self.open.clicked.connect(self._open)
        self.batch.clicked.connect(self._go_to_batch)
        self.before.clicked.connect(lambda: model.step(-1))
        self.after.clicked.connect(lambda: model.step(1))
        self.pdf.clicked.connect(lambda: self._export(pdf=True))
        self.jpeg.clicked.connect(lambda: self._export(pdf=False))
        self.print.clicked.connect(self._print)
        self.check.clicked.connect(model.check)
        self.loan.clicked.connect(self._apply)

    def _forget(self) -> None:
        self.picture.set_image(None)
        self.table.show_rows([])
        self.counts.clear()
        self.told.clear()
        self.place.clear()
        for line in (*self.fields.values(), self.reason):
            line.clear()
        for combo in (self.kind, self.state, self.plate_kind):
            combo.setCurrentIndex(0)

    # -- asking ----------------------------------------------------------------------------------------

    def find_returned(self) -> None:
        """驳回: files of which pages must come again, whoever scanned them."""
        for line in self.fields.values():
            line.clear()
        for combo in (self.kind, self.plate_kind):
            combo.setCurrentIndex(0)
        self.state.setCurrentIndex(self.state.findData(FileState.RETURNED))
        self._find()

    def _find(self) -> None:
        self._search(self.model.find)

    def _search(self, find: Any) -> None:
        try:
            query = self.query()
        except BadInput as error:
            self._bench.refused.emit(error)
            return
        self.told.clear()
        find(query)

    def query(self) -> FileQuery:
        """As it stands. Raises BadInput ARC-151 for a day that is none."""
        texts = {name: line.text().strip() for name, line in self.fields.items()}
        return FileQuery(
            kind=str(self.kind.currentData()),
            serial=texts["serial"].upper(),
            plate=texts["plate"].upper(),
            plate_kind=str(self.plate_kind.currentData()),
            vin=texts["vin"].upper(),
            archive_number=texts["archive_number"],
            id_number=texts["id_number"].upper(),
            department=texts["department"],
            scanned_by=texts["scanned_by"],
            state=self.state.currentData(),
            first_day=_day(texts["first_day"]),
            last_day=_day(texts["last_day"]),
        )

    def _file(self) -> ArchiveFile | None:
        row = self.table.currentRow()
        return self.model.files[row] if 0 <= row < len(self.model.files) else None

    def _elsewhere(self) -> dict[str, Any] | None:
        row = self.table.currentRow()
        return self.model.elsewhere[row] if 0 <= row < len(self.model.elsewhere) else None

    def _open(self) -> None:
        file, row = self._file(), self._elsewhere()
        if file is not None:
            self.model.open(file)
        elif row is not None:
            self.model.open_lent(row)

    def _go_to_batch(self) -> None:
        file = self._file()
        if file is not None:
            self.batch_wanted.emit(file)

    def _export(self, *, pdf: bool) -> None:
        file = self._file()
        folder = QFileDialog.getExistingDirectory(self, self.tr("Save into")) if file is not None else ""
        if file is not None and folder:
            self.model.export(file, Path(folder), pdf=pdf)

    def _print(self) -> None:
        file = self._file()
        if file is not None:
            self.model.print(file)

    def _apply(self) -> None:
        row, reason = self._elsewhere(), self.reason.text().strip()
        if row is not None and reason:
            self.model.ask_loan(row, reason)

    # -- showing ---------------------------------------------------------------------------------------

    def _show(self) -> None:
        model, colours = self.model, self._bench.theme.colours
        if model.elsewhere:
            self.table.show_rows([self._elsewhere_words(row) for row in model.elsewhere])
        else:
            signs = [(n, 1, icon(SIGNS[f.state][0], colours[SIGNS[f.state][1]])) for n, f in enumerate(model.files)]
            self.table.show_rows([_words(file, self._bench.language) for file in model.files], signs)
        if self.table.rowCount() and self.table.currentRow() < 0:
            self.table.selectRow(0)
        told = self.tr("{0} {1}: {2} files, {3} pages, {4} sent")
        lines = [told.format(c.department, c.officer, c.files, c.pages, c.sent) for c in model.counts]
        self.counts.setText("\n".join(lines) or self.tr("Nothing was found."))
        self._offer()

    def _elsewhere_words(self, row: dict[str, Any]) -> tuple[str, ...]:
        loan = next((each for each in self.model.loans if (each.kind, each.serial) == (row["kind"], row["serial"])), None)
        facts = dict(row.get("facts") or {})
        found = [str(facts.get(name, "")) for name in ("plate", "vin", "id_number")]
        return (
            str(row["serial"]),
            loan_word(loan),
            str(row.get("business", "")),
            " ".join(filter(None, found)),
            str(row.get("department", "")),
            str(row.get("scanned_by", "")),
            str(row.get("scanned", ""))[:16].replace("T", " "),
        )

    def _show_picture(self, image: Any) -> None:
        self.picture.set_image(image)
        count = self.model.count
        self.place.setText(self.tr("page {0} of {1}").format(self.model.at + 1, count) if count else "")
        self._offer()

    def _tell(self, what: str, value: Any) -> None:
        if what == "checked":
            checked, storage = value
            pages = self.tr("{0} pages checked, {1} restored, {2} lost; ")
            disk = self.tr("{0:.1f} GB here, {1:.1f} GB free, {2} pages not sent yet")
            told = pages.format(checked.pages, len(checked.repaired), len(checked.lost))
            self.told.setText(told + disk.format(storage.bytes / 1e9, storage.free / 1e9, storage.only_here))
        elif what == "printed":
            self.told.setText(print_told(value, self._bench.language))
        else:
            sentences = {"saved": self.tr("{0} files were saved."), "asked": self.tr("The application was sent.")}
            self.told.setText(sentences[what].format(value))

    def _offer(self) -> None:
        file, row = self._file(), self._elsewhere()
        self.open.setEnabled(file is not None or row is not None)
        for button in (self.pdf, self.jpeg, self.batch):
            button.setEnabled(file is not None)
        self.print.setEnabled(file is not None)
        self.loan.setEnabled(row is not None)
        for button in (self.before, self.after):
            button.setEnabled(self.model.count > 1)


def _words(file: ArchiveFile, language: str) -> tuple[str, ...]:
    facts = file.facts
    found = " ".join(filter(None, (facts.plate, facts.vin, facts.archive_number, facts.id_number)))
    when = f"{file.scanned:%Y-%m-%d %H:%M}"
    return (
        file.serial,
        why_returned(file, language) or state_word(file.state),
        file.business,
        found,
        file.department,
        file.scanned_by,
        when,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadInput("ARC-151", day=text) from error

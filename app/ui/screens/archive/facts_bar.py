"""What a file is found by, typed by an officer: plate with its kind, VIN, 档案编号, person, and which business it is."""

from __future__ import annotations

from dataclasses import fields

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from app.config.archive_materials import archive_businesses
from app.config.plate_kinds import plate_kinds
from app.domain.archive_batch import ArchiveFile, FileFacts
from app.domain.archive_facts import doubtful_vin
from app.ui.bench import Bench

_OF_A_VEHICLE = ("plate", "plate_kind", "vin")
_WIDTHS = (3, 3, 4)  # a VIN and an ID number are to be read whole
_COLUMNS = len(_WIDTHS)


class FactsBar(QFrame):
    """``said`` carries the ArchiveFile, its FileFacts and the business. What was typed stays until it is taken."""

    said = Signal(object, object, str)

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._language = bench.language
        self._file: ArchiveFile | None = None
        self.heading = QLabel(self)
        self.business, self.plate_kind = QComboBox(self), QComboBox(self)
        self.lines = {each.name: QLineEdit(self) for each in fields(FileFacts) if each.name != "plate_kind"}
        for line in self.lines.values():
            line.returnPressed.connect(self._go)
        self.hint = QLabel(self)
        self.hint.setObjectName("training")
        self.hint.setWordWrap(True)
        self.go = QPushButton(self.tr("Keep this"), self)
        self.go.clicked.connect(self._go)
        self.drop = QPushButton(self.tr("Leave them"), self)
        self.drop.clicked.connect(self.clear)
        self._labels: dict[str, QLabel] = {}
        self._lay_out()
        self.lines["vin"].textChanged.connect(self._hint)
        bench.desk_closed.connect(self.clear)
        self.hide()

    def _lay_out(self) -> None:
        words: tuple[tuple[str, str, QWidget], ...] = (
            ("plate", self.tr("Plate"), self.lines["plate"]),
            ("plate_kind", self.tr("Kind of plate"), self.plate_kind),
            ("vin", self.tr("VIN"), self.lines["vin"]),
            ("archive_number", self.tr("Archive number"), self.lines["archive_number"]),
            ("name", self.tr("Name of the owner or driver"), self.lines["name"]),
            ("id_number", self.tr("ID number"), self.lines["id_number"]),
            ("business", self.tr("Business"), self.business),
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 6, 12, 8)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.heading, 0, 0, 1, _COLUMNS)
        for number, (name, word, field) in enumerate(words):
            label = QLabel(word, self)
            label.setBuddy(field)
            field.setAccessibleName(word)
            row, column = 1 + 2 * (number // _COLUMNS), number % _COLUMNS
            grid.addWidget(label, row, column)
            grid.addWidget(field, row + 1, column, 1, _COLUMNS - 1 if field is self.business else 1)
            self._labels[name] = label
        for column, width in enumerate(_WIDTHS):
            grid.setColumnStretch(column, width)
        for combo in (self.business, self.plate_kind):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(6)
        buttons = QHBoxLayout()
        buttons.addWidget(self.go)
        buttons.addWidget(self.drop)
        grid.addLayout(buttons, 6, _COLUMNS - 1)
        grid.addWidget(self.hint, 7, 0, 1, _COLUMNS)

    def open(self, file: ArchiveFile) -> None:
        """With what is known of it."""
        self._file = file
        self.heading.setText(self.tr("What file {0} is found by").format(file.serial))
        self.plate_kind.clear()
        self.plate_kind.addItem("", "")
        for kind in plate_kinds():
            self.plate_kind.addItem(f"{kind.id} {kind.name(self._language)}", kind.id)
        self.plate_kind.setCurrentIndex(max(0, self.plate_kind.findData(file.facts.plate_kind)))
        self.business.clear()
        known = archive_businesses("driver" if file.kind == "D" else "vehicle")
        if file.business not in known:
            self.business.addItem(file.business, file.business)
        for business in known.values():
            self.business.addItem(business.name(self._language), business.code)
        self.business.setCurrentIndex(max(0, self.business.findData(file.business)))
        for name, line in self.lines.items():
            line.setText(str(getattr(file.facts, name)))
        for name in _OF_A_VEHICLE:
            field = self.plate_kind if name == "plate_kind" else self.lines[name]
            field.setVisible(file.kind != "D")
            self._labels[name].setVisible(file.kind != "D")
        self._hint()
        self.show()
        first = self.lines["plate" if file.kind != "D" else "archive_number"]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Nothing of it stays."""
        self._file = None
        self.hide()
        for line in self.lines.values():
            line.clear()

    def _hint(self) -> None:
        doubtful = doubtful_vin(self.lines["vin"].text())
        self.hint.setText(
            self.tr("The check digit of this VIN does not agree: compare it with the paper.") if doubtful else ""
        )
        self.hint.setVisible(doubtful)

    def _go(self) -> None:
        if self._file is not None:
            typed = {name: line.text() for name, line in self.lines.items()}
            facts = FileFacts(**typed, plate_kind=str(self.plate_kind.currentData() or ""))
            self.said.emit(self._file, facts, str(self.business.currentData() or ""))

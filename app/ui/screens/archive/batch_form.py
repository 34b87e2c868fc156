"""A new batch: whose files, from where, how they are scanned, what is said to be in the pile."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QLineEdit, QWidget

from app.config.archive_materials import archive_businesses
from app.domain.archive_batch import BatchProfile, Declared
from app.ui.bench import Bench
from app.ui.screens.archive.declared_bar import count_box
from app.ui.widgets.buttons import KeyButton


class BatchForm(QFrame):
    """``wanted`` carries the BatchProfile."""

    wanted = Signal(object)

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._language = bench.language
        self.kind, self.source, self.dpi, self.colour = (QComboBox(self) for _ in range(4))
        self.business = QComboBox(self)
        self.serial, self.earlier = QLineEdit(self), QLineEdit(self)
        self.pages, self.files = (count_box(self.tr("not counted"), self) for _ in range(2))
        for combo in (self.kind, self.source, self.dpi, self.colour, self.business):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(5)
        for value, word in (("V", self.tr("Vehicle files")), ("D", self.tr("Driver files"))):
            self.kind.addItem(word, value)
        for value, word in (
            ("adf", self.tr("Feeder, one side")),
            ("duplex", self.tr("Feeder, both sides")),
            ("flatbed", self.tr("Glass")),
            ("camera", self.tr("Document camera")),
            ("files", self.tr("Picture files and PDF")),
        ):
            self.source.addItem(word, value)
        for dpi in (300, 200, 400, 600):
            self.dpi.addItem(f"{dpi} dpi", dpi)
        for value, word in (
            ("colour", self.tr("Colour")),
            ("grey", self.tr("Grey")),
            ("lineart", self.tr("Black and white")),
        ):
            self.colour.addItem(word, value)
        self.begin = KeyButton(self.tr("Begin and scan"), "F5", self)
        self.begin.setObjectName("next")
        self._lay_out()
        self.kind.currentIndexChanged.connect(lambda _: self._businesses())
        self.begin.clicked.connect(lambda: self.wanted.emit(self.profile()))
        self._businesses()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setVerticalSpacing(2)
        fields: tuple[tuple[str, QWidget, int, int, int], ...] = (
            (self.tr("Kind of files"), self.kind, 0, 0, 1),
            (self.tr("From"), self.source, 0, 1, 1),
            (self.tr("Resolution"), self.dpi, 1, 0, 1),
            (self.tr("Colours"), self.colour, 1, 1, 1),
            (self.tr("Pages in the pile"), self.pages, 2, 0, 1),
            (self.tr("Files in the pile"), self.files, 2, 1, 1),
            (self.tr("Serial number before the first separator"), self.serial, 3, 0, 2),
            (self.tr("Its business"), self.business, 4, 0, 1),
            (self.tr("Moved in with"), self.earlier, 4, 1, 1),
        )
        for word, field, row, column, span in fields:
            label = QLabel(word, self)
            label.setBuddy(field)
            field.setAccessibleName(word)
            grid.addWidget(label, 1 + 2 * row, column, 1, span)
            grid.addWidget(field, 2 + 2 * row, column, 1, span)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self.earlier.setPlaceholderText(self.tr("transfer’s number"))
        grid.addWidget(self.begin, 14, 0, 1, 2)
        grid.setRowStretch(15, 1)

    def _businesses(self) -> None:
        kind = "driver" if self.kind.currentData() == "D" else "vehicle"
        self.business.clear()
        self.business.addItem("", "")
        for business in archive_businesses(kind).values():
            self.business.addItem(f"{business.name(self._language)} {business.code}", business.code)

    def profile(self) -> BatchProfile:
        """As it stands."""
        return BatchProfile(
            kind=str(self.kind.currentData()),
            source=str(self.source.currentData()),
            dpi=int(self.dpi.currentData()),
            colour=str(self.colour.currentData()),
            serial=self.serial.text().strip().upper(),
            business=str(self.business.currentData()) if self.serial.text().strip() else "",
            declared=Declared(self.pages.value(), self.files.value()),
            earlier=self.earlier.text().strip().upper(),
        )

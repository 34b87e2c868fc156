"""Whose pages are these: the number of the file that chosen pages go to, typed or scanned from its paper."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from app.archive.sorting import Owner
from app.config.archive_materials import archive_businesses
from app.domain.archive_batch import ArchivePage
from app.ui.bench import Bench


class OwnerBar(QFrame):
    """``chosen`` carries the Owner, and whether everything behind goes, too."""

    chosen = Signal(object, bool)

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("confirm")
        self._language = bench.language
        self._kind, self._split = "V", False
        self.words = QLabel(self)
        self.serial = QLineEdit(self)
        self.serial.setAccessibleName(self.tr("Serial number"))
        self.serial.setPlaceholderText(self.tr("Serial number"))
        self.business = QComboBox(self)
        self.business.setAccessibleName(self.tr("Business"))
        self.go = QPushButton(self.tr("Put them there"), self)
        self.drop = QPushButton(self.tr("Leave them"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        for widget in (self.words, self.serial, self.business, self.go, self.drop):
            row.addWidget(widget)
        self.serial.returnPressed.connect(self._go)
        self.go.clicked.connect(self._go)
        self.drop.clicked.connect(self.hide)
        self.hide()

    def open(self, page: ArchivePage, *, split: bool) -> None:
        """For chosen pages, the first of which is ``page``."""
        self._kind, self._split = page.standing.kind or "V", split
        self.words.setText(self.tr("This page and all behind it belong to") if split else self.tr("These belong to"))
        self.business.clear()
        for business in archive_businesses("driver" if self._kind == "D" else "vehicle").values():
            self.business.addItem(business.name(self._language), business.code)
        self.business.setCurrentIndex(max(0, self.business.findData(page.standing.business)))
        self.serial.clear()
        self.show()
        self.serial.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        serial = self.serial.text().strip().upper()
        if serial:
            self.hide()
            self.chosen.emit(Owner(self._kind, serial, str(self.business.currentData() or "")), self._split)

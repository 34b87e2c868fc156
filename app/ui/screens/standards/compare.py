"""Two standards side by side: every place where they differ, in the officer's words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.photo_standard import PhotoStandard
from app.photo.standards import compare
from app.ui.bench import Bench
from app.ui.screens.standards.words import place_word, value_word
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.table import WordTable


class ComparePanel(QWidget):
    """``closed`` when the officer has seen enough; ``file_wanted`` when a file is to be chosen."""

    closed = Signal()
    file_wanted = Signal()

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._after: PhotoStandard | None = None
        self._others: dict[str, PhotoStandard] = {}
        self.heading = QLabel(self)
        self.heading.setObjectName("heading")
        self.heading.setWordWrap(True)
        self.other = QComboBox(self)
        self.other.setAccessibleName(self.tr("Compare with"))
        self.file = KeyButton(self.tr("With a file"), "Ctrl+F", self)
        self.back = KeyButton(self.tr("Back"), "Escape", self)
        self.table = WordTable((self.tr("Place"), self.tr("Before"), self.tr("After")), self.tr("Differences"), self)
        self.table.setWordWrap(True)
        row = QHBoxLayout()
        word = QLabel(self.tr("Before:"), self)
        word.setBuddy(self.other)
        for widget, stretch in ((word, 0), (self.other, 1), (self.file, 0), (self.back, 0)):
            row.addWidget(widget, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.heading)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        self.other.currentIndexChanged.connect(self._show)
        self.file.clicked.connect(self.file_wanted)
        self.back.clicked.connect(self.closed)

    def show_pair(self, after: PhotoStandard, others: dict[str, PhotoStandard]) -> None:
        """``others``: what may be held against it, by the words it is chosen by; the first is shown."""
        self._after, self._others = after, others
        self.other.blockSignals(True)
        self.other.clear()
        self.other.addItems(list(others))
        self.other.blockSignals(False)
        self._show()

    def _show(self) -> None:
        before = self._others.get(self.other.currentText())
        after, language = self._after, self._bench.language
        if after is None or before is None:
            self.table.show_rows([])
            self.heading.setText(self.tr("Nothing to compare with: choose a file."))
            return
        found = compare(before, after)
        rows = [(place_word(d.place, language), value_word(d.place, d.before), value_word(d.place, d.after)) for d in found]
        self.table.show_rows(rows)
        self.table.resizeColumnsToContents()
        for column in (0, 1):
            self.table.setColumnWidth(column, min(self.table.columnWidth(column), 380))
        self.table.resizeRowsToContents()
        names = f"{before.name(language)} {before.version} → {after.name(language)} {after.version}"
        count = self.tr("{0} differences").format(len(found)) if found else self.tr("No difference")
        self.heading.setText(f"{names}: {count}")

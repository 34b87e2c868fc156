"""What other sources say, edited in place: the number that was chosen stands in the table, the others stay here."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.photo_standard import Alternative

_FIELDS = ("what", "source", "reason")


class AlternativesPanel(QWidget):
    """``edited`` carries every alternative as it stands; a row with an empty cell is not complete and says so."""

    edited = Signal(object)  # tuple[Alternative, ...]

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = QTableWidget(0, 3, self)
        self.table.setAccessibleName(self.tr("Alternatives"))
        self.table.setHorizontalHeaderLabels([self.tr("What it says"), self.tr("Source"), self.tr("Why not chosen")])
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.add = QPushButton(self.tr("Add alternative"), self)
        self.remove = QPushButton(self.tr("Remove row"), self)
        row = QHBoxLayout()
        for button in (self.add, self.remove):
            button.setAccessibleName(button.text())
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        self.table.itemChanged.connect(self._told)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)

    def show_alternatives(self, alternatives: tuple[Alternative, ...], *, editable: bool) -> None:
        """Says nothing."""
        self.table.blockSignals(True)
        self.table.setRowCount(len(alternatives))
        for row, alternative in enumerate(alternatives):
            for column, field in enumerate(_FIELDS):
                self.table.setItem(row, column, QTableWidgetItem(getattr(alternative, field)))
        self.table.blockSignals(False)
        triggers = QAbstractItemView.EditTrigger
        every = triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed
        self.table.setEditTriggers(every if editable else triggers.NoEditTriggers)
        self.add.setEnabled(editable)
        self.remove.setEnabled(editable)

    def alternatives(self) -> tuple[Alternative, ...]:
        """As they stand in the table."""
        rows = range(self.table.rowCount())
        return tuple(Alternative(*(self.table.item(row, column).text().strip() for column in range(3))) for row in rows)

    def _told(self) -> None:
        self.edited.emit(self.alternatives())

    def _add(self) -> None:
        row = self.table.rowCount()
        self.table.blockSignals(True)
        self.table.insertRow(row)
        for column in range(3):
            self.table.setItem(row, column, QTableWidgetItem(""))
        self.table.blockSignals(False)
        self.table.setCurrentCell(row, 0)
        self.table.setFocus()
        self._told()

    def _remove(self) -> None:
        if self.table.currentRow() >= 0:
            self.table.removeRow(self.table.currentRow())
            self._told()

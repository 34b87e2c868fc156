"""A plain table of words: rows are replaced whole, the row under the cursor is told."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget


class WordTable(QTableWidget):
    """``row_changed`` carries the row, -1 for none."""

    row_changed = Signal(int)

    def __init__(self, heads: Sequence[str], name: str, parent: QWidget | None = None) -> None:
        super().__init__(0, len(heads), parent)
        self.setHorizontalHeaderLabels(list(heads))
        self.setAccessibleName(name)
        self.verticalHeader().hide()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.verticalHeader().setDefaultSectionSize(36)
        self.itemSelectionChanged.connect(self._tell)

    def show_rows(self, rows: Sequence[Sequence[str]], signs: Sequence[tuple[int, int, QIcon]] = ()) -> None:
        """Replace everything; the cursor stays on its row where there still is one.

        ``signs``: small pictures before words, by row and column; together with the words they cost one measuring.
        """
        kept = self.currentRow()
        header = self.horizontalHeader()
        modes = [header.sectionResizeMode(column) for column in range(self.columnCount())]
        # Each new cell would have every column measured again: a page took a second.
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setRowCount(len(rows))
        for row, words in enumerate(rows):
            for column, word in enumerate(words):
                self.setItem(row, column, QTableWidgetItem(word))
        for row, column, sign in signs:
            self.set_sign(row, column, sign)
        if len(set(modes)) == 1:
            header.setSectionResizeMode(modes[0])
        else:
            for column, mode in enumerate(modes):
                header.setSectionResizeMode(column, mode)
        if rows:
            self.selectRow(max(0, min(kept, len(rows) - 1)))

    def set_sign(self, row: int, column: int, sign: QIcon) -> None:
        """A small picture before the word of a cell."""
        item = self.item(row, column)
        if item is not None:
            item.setIcon(sign)

    def _tell(self) -> None:
        self.row_changed.emit(self.currentRow() if self.selectedItems() else -1)

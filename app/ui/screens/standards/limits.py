"""Limits as a table that is edited in place: a wrong cell says why at once, a change asks for its source."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from app.config.register import register
from app.config.texts import check_unit, error_text
from app.domain.errors import BadInput
from app.domain.standard_edits import NUMBER_FIELDS
from app.photo.standard_rows import RowOrigin, StandardRow
from app.ui.bench import Bench
from app.ui.screens.standards.words import attribute_word, module_word

_NAME, _UNIT, _BLOCKING, _SOURCE = 0, 5, 6, 7
_FIELDS = {1: "low", 2: "high", 3: "warn_low", 4: "warn_high", _BLOCKING: "blocking", _SOURCE: "source"}
_WIDTHS = {_NAME: 148, 1: 60, 2: 60, 3: 78, 4: 80, _UNIT: 46, _BLOCKING: 82}


def shown_number(value: float | None) -> str:
    """A limit as people write it; "" leaves the side open."""
    return "" if value is None else f"{value:.10g}"


class LimitTable(QTableWidget):
    """``edited`` carries row, field and what was typed; ``pointed`` the attribute under the cursor."""

    edited = Signal(object, str, object)  # StandardRow, field, str | bool
    pointed = Signal(str)

    def __init__(self, bench: Bench, name: str, parent: QWidget | None = None) -> None:
        super().__init__(0, 8, parent)
        self._bench = bench
        self._rows: tuple[StandardRow, ...] = ()
        self._editable = False
        self._shown: dict[int, object] = {}  # what each row was filled with: an edit fills its own row alone
        self._modules = {attribute.group: module_word(attribute.group) for attribute in register().values()}
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(
            [
                self.tr("Attribute"),
                self.tr("Low"),
                self.tr("High"),
                self.tr("Warn low"),
                self.tr("Warn high"),
                self.tr("Unit"),
                self.tr("Must pass"),
                self.tr("Source or reason"),
            ]
        )
        self.setObjectName("limits")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(34)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(36)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        header.setSectionResizeMode(_SOURCE, QHeaderView.ResizeMode.Stretch)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.itemChanged.connect(self._typed)
        self.currentCellChanged.connect(self._moved)

    def set_editable(self, editable: bool) -> None:
        """Administrators change, others look."""
        triggers = QAbstractItemView.EditTrigger
        every = triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed
        self.setEditTriggers(every if editable else triggers.NoEditTriggers)
        self._editable = editable

    def show_rows(
        self,
        rows: tuple[StandardRow, ...],
        mistyped: dict[tuple[str, str], tuple[str, BadInput]],
        unsourced: Collection[str],
    ) -> None:
        """``mistyped``: (attribute, field) → what was typed and why it is wrong; ``unsourced``: attributes that still
        need a source. The cursor stays on its attribute."""
        at, column = self.current(), max(self.currentColumn(), 0)
        self.blockSignals(True)
        self._rows = rows
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            typed = {name: what for (check, name), what in mistyped.items() if check == row.check}
            shown = (row, self._editable, row.check in unsourced, tuple((n, what[0]) for n, what in typed.items()))
            if self._shown.get(number) != shown:
                self._fill(number, row, typed, row.check in unsourced)
                self._shown[number] = shown
        place = next((n for n, row in enumerate(rows) if at is not None and row.check == at.check), -1)
        self.setCurrentCell(place, column)
        self.blockSignals(False)

    def current(self) -> StandardRow | None:
        """The row under the cursor."""
        row = self.currentRow()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def stand_on(self, check: str, field: str) -> None:
        """Move the cursor to a cell."""
        row = next((n for n, r in enumerate(self._rows) if r.check == check), -1)
        column = next((c for c, f in _FIELDS.items() if f == field), _NAME)
        if row >= 0:
            self.setCurrentCell(row, column)

    def _fill(self, number: int, row: StandardRow, typed: dict[str, tuple[str, BadInput]], unsourced: bool) -> None:
        language, limit = self._bench.language, row.limit
        name = self._cell(number, _NAME, attribute_word(row.check, language), live=False)
        name.setToolTip(f"{name.text()} · {self._modules[row.module]}")
        for column, field in enumerate(NUMBER_FIELDS, start=1):
            live = not (row.band and field.startswith("warn"))
            text, fault = typed.get(field, (shown_number(getattr(limit, field)), None))
            cell = self._cell(number, column, text, live=live, fault=fault)
            cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._cell(number, _UNIT, check_unit(row.unit, language), live=False)
        self._fill_blocking(number, row)
        text, fault = typed.get("source", (limit.source, None))
        source = self._cell(number, _SOURCE, text, live=True, fault=fault)
        if fault is None:
            source.setToolTip(text)
        if unsourced:
            source.setBackground(QBrush(QColor(self._bench.theme.colours["banner"])))
            source.setToolTip(self.tr("Write where this change comes from."))
        if row.origin is not RowOrigin.OWN:
            muted = QBrush(QColor(self._bench.theme.colours["muted"]))
            for column in (_NAME, _SOURCE):
                self.item(number, column).setForeground(muted)

    def _fill_blocking(self, number: int, row: StandardRow) -> None:
        cell = self._cell(number, _BLOCKING, "", live=False)
        if row.band and row.limit.open:
            return  # nothing is laid down that could be passed
        cell.setCheckState(Qt.CheckState.Checked if row.limit.blocking else Qt.CheckState.Unchecked)
        if self._editable and not row.band:
            cell.setFlags(cell.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        else:
            cell.setFlags(cell.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)

    def _cell(self, row: int, column: int, text: str, *, live: bool, fault: BadInput | None = None) -> QTableWidgetItem:
        cell = QTableWidgetItem(text)
        if not (live and self._editable):
            cell.setFlags(cell.flags() & ~Qt.ItemFlag.ItemIsEditable)
        if fault is not None:
            words = error_text(fault, self._bench.language)
            cell.setToolTip(f"{words.what} {words.next}")
            cell.setForeground(QBrush(QColor(self._bench.theme.colours["fail"])))
            cell.setBackground(QBrush(QColor(self._bench.theme.colours["banner"])))
        self.setItem(row, column, cell)
        return cell

    def _typed(self, cell: QTableWidgetItem) -> None:
        field = _FIELDS.get(cell.column())
        if field is None or not self._editable:
            return
        self._shown.pop(cell.row(), None)
        value: str | bool = cell.checkState() is Qt.CheckState.Checked if field == "blocking" else cell.text()
        self.edited.emit(self._rows[cell.row()], field, value)

    def _moved(self, row: int, _: int, former: int, __: int) -> None:
        if row != former:
            self.pointed.emit(self._rows[row].check if 0 <= row < len(self._rows) else "")

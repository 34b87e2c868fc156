"""The table of limits with what belongs to it: the module shown, own limits alone, back to the default, a new row."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.config.register import register
from app.config.texts import error_text
from app.domain.judgement import Limit
from app.domain.photo_standard import PhotoStandard
from app.photo.standard_rows import RowOrigin, StandardRow, exception_rows, rows_of
from app.ui.bench import Bench
from app.ui.screens.standards.limits import LimitTable
from app.ui.screens.standards.view_model import StandardsModel
from app.ui.screens.standards.words import attribute_word, module_word


class LimitsPanel(QWidget):
    """One table: for everybody (``exception`` ""), or for one kind of applicant, whose limits take the others' place."""

    pointed = Signal(str)

    def __init__(self, bench: Bench, model: StandardsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self._model = model
        self.exception = ""
        self.table = LimitTable(bench, self.tr("Geometry and limits"), self)
        self.module, self.own = QComboBox(self), QCheckBox(self.tr("Only what this standard sets itself"), self)
        self.own.setAccessibleName(self.own.text())
        self.module.setAccessibleName(self.tr("Inspection module"))
        self.attribute = QComboBox(self)
        self.attribute.setAccessibleName(self.tr("Attribute to add"))
        self.add = QPushButton(self.tr("Add"), self)
        self.add.setAccessibleName(self.add.text())
        self.reset = QPushButton(self)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self._fill_choices()
        self._lay_out()
        self.table.edited.connect(self._edited)
        self.table.pointed.connect(self._pointed)
        self.module.currentIndexChanged.connect(self.show_rows)
        self.own.toggled.connect(self.show_rows)
        self.add.clicked.connect(self._add)
        self.reset.clicked.connect(self._reset)

    def _fill_choices(self) -> None:
        language = self._bench.language
        self.module.addItem(self.tr("All modules"), "")
        for module in dict.fromkeys(attribute.group for attribute in register().values()):
            self.module.addItem(module_word(module), module)
        for check in register():
            self.attribute.addItem(attribute_word(check, language), check)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for widget in (self.module, self.own, self.attribute, self.add):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        column.addWidget(self.sentence)
        self.show_for("")

    def show_for(self, exception: str) -> None:
        """Everybody's limits, or those of one kind of applicant."""
        self.exception = exception
        self.module.setVisible(not exception)
        self.own.setVisible(not exception)
        self.attribute.setVisible(bool(exception))
        self.add.setVisible(bool(exception))
        self.reset.setText(self.tr("Remove row") if exception else self.tr("Back to the default"))
        self.reset.setAccessibleName(self.reset.text())
        self.show_rows()

    # --------------------------------------------------------------------------------------------------

    def rows(self, draft: PhotoStandard) -> tuple[StandardRow, ...]:
        """Those the choices leave."""
        if self.exception:
            return exception_rows(draft, self.exception)
        module, own = self.module.currentData(), self.own.isChecked()
        return tuple(
            row
            for row in rows_of(draft)
            if (not module or row.module == module) and (not own or row.origin is RowOrigin.OWN)
        )

    def show_rows(self) -> None:
        """As the draft stands; wrong cells keep what was typed."""
        draft, model = self._model.draft, self._model
        self.table.set_editable(model.may_change)
        self.add.setEnabled(model.may_change)
        rows = () if draft is None else self.rows(draft)
        mistyped = {(check, field): typed for (who, check, field), typed in model.mistyped.items() if who == self.exception}
        self.table.show_rows(rows, mistyped, self._unsourced())
        self._show_sentence()

    def _unsourced(self) -> set[str]:
        """Attributes of this table that still stand under their former source."""
        head = f"exceptions.{self.exception}." if self.exception else "limits."
        places = self._model.unsourced
        geometry = set() if self.exception else {p for p in places if p.startswith("geometry.")}
        return geometry | {p.removeprefix(head) for p in places if p.startswith(head)}

    def _show_sentence(self) -> None:
        """What is wrong in the row under the cursor, or what it still needs."""
        row = self.table.current()
        faults = [
            fault
            for (who, check, _), (_, fault) in self._model.mistyped.items()
            if who == self.exception and row is not None and check == row.check
        ]
        needs_source = row is not None and row.check in self._unsourced()
        if faults:
            text = error_text(faults[0], self._bench.language)
            self.sentence.setText(f"{text.what} {text.next}")
        elif needs_source:
            self.sentence.setText(self.tr("Write in the last column where this change comes from."))
        else:
            self.sentence.setText("" if row is None else row.limit.source)
        self.sentence.setObjectName("wrong" if faults or needs_source else "muted")
        self.sentence.style().polish(self.sentence)
        self.reset.setEnabled(self._model.may_change and row is not None and row.origin is RowOrigin.OWN)

    def stand_on(self, check: str, field: str) -> None:
        """The cursor on this cell, whatever the choices hid."""
        self.own.setChecked(False)
        self.module.setCurrentIndex(0)
        self.table.stand_on(check, field)
        self.table.setFocus()

    def _pointed(self, check: str) -> None:
        self._show_sentence()
        self.pointed.emit(check)

    def _edited(self, row: StandardRow, field: str, value: str | bool) -> None:
        self._model.edit_row(row.limit, field, value, self.exception)
        needs_source = row.check in self._unsourced() and field != "source"
        if needs_source and all(c[:2] != (self.exception, row.check) for c in self._model.mistyped):
            self.table.stand_on(row.check, "source")

    def _add(self) -> None:
        check = str(self.attribute.currentData())
        draft = self._model.draft
        if draft is None or any(row.check == check for row in exception_rows(draft, self.exception)):
            self.table.stand_on(check, "low")
            return
        general = next((row.limit for row in rows_of(draft) if row.check == check), Limit(check))
        self._model.edit_row(general, "blocking", general.blocking, self.exception)
        self.table.stand_on(check, "low")
        self.table.setFocus()

    def _reset(self) -> None:
        row = self.table.current()
        if row is not None:
            self._model.reset_row(row.check, self.exception)

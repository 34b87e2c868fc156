"""Combined conditions as an officer sets them: rows of field, operator and value, 且 or 或 before each, three sort keys."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.cases.asking import AskedQuery, AskedRow, listed
from app.domain.cases.query import FIELDS, MOST_CONDITIONS, FieldKind, Operator, SortKey
from app.ui.screens.cases.words import operator_word

Choices = Mapping[str, Mapping[str, str]]  # field → value → word

_SORTS = 3
_ROW_PX, _ROWS_SHOWN = 46, 3
_TEXT = tuple(Operator)
_TIMES = tuple(operator for operator in Operator if operator is not Operator.CONTAINS)
_NO_WORDS = {Operator.EMPTY, Operator.NOT_EMPTY}


class ConditionRow(QWidget):
    """One row; ``removed`` carries it."""

    removed = Signal(object)
    entered = Signal()

    def __init__(self, language: str, choices: Choices, parent: QWidget) -> None:
        super().__init__(parent)
        self._choices = choices
        self.join = QComboBox(self)
        self.join.addItem(self.tr("and"), False)
        self.join.addItem(self.tr("or"), True)
        self.field, self.operator = QComboBox(self), QComboBox(self)
        for name, field in FIELDS.items():
            self.field.addItem(field.words.in_language(language), name)
        self.value, self.choice, self.upper = QLineEdit(self), QComboBox(self), QLineEdit(self)
        self._to = QLabel(self.tr("to"), self)
        self.remove = QPushButton("×", self)
        names = (
            (self.join, self.tr("And or or")),
            (self.field, self.tr("Field")),
            (self.operator, self.tr("Comparison")),
            (self.value, self.tr("Value")),
            (self.choice, self.tr("Value to choose")),
            (self.upper, self.tr("Upper value")),
            (self.remove, self.tr("Remove the condition")),
        )
        for widget, name in names:
            widget.setAccessibleName(name)
        self.remove.setFixedWidth(40)
        self._lay_out()
        self.field.currentIndexChanged.connect(self._field_changed)
        self.operator.currentIndexChanged.connect(self._operator_changed)
        self.remove.clicked.connect(lambda: self.removed.emit(self))
        self.value.returnPressed.connect(self.entered)
        self.upper.returnPressed.connect(self.entered)
        self._field_changed()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        policy = self.join.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.join.setSizePolicy(policy)
        for widget, width in ((self.join, 72), (self.field, 190), (self.operator, 120)):
            widget.setFixedWidth(width)
            row.addWidget(widget)
        for value in (self.value, self.choice):
            row.addWidget(value, 2)
        row.addWidget(self._to)
        row.addWidget(self.upper, 2)
        row.addWidget(self.remove)

    @property
    def _kind(self) -> FieldKind:
        return FIELDS[str(self.field.currentData())].kind

    @property
    def _operator(self) -> Operator:
        return Operator(self.operator.currentData())

    def _field_changed(self) -> None:
        known = self.operator.currentData()
        self.operator.blockSignals(True)
        self.operator.clear()
        for operator in _TEXT if self._kind is FieldKind.TEXT else _TIMES:
            self.operator.addItem(operator_word(operator), operator.value)
        self.operator.setCurrentIndex(max(0, self.operator.findData(known)))
        self.operator.blockSignals(False)
        self.choice.clear()
        for value, word in self._choices.get(str(self.field.currentData()), {}).items():
            self.choice.addItem(word, value)
        self._operator_changed()

    def _operator_changed(self) -> None:
        operator = self._operator
        wordless = operator in _NO_WORDS
        chosen = self.choice.count() > 0 and operator in {Operator.EQUAL, Operator.NOT_EQUAL}
        self.choice.setVisible(chosen)
        self.value.setVisible(not wordless and not chosen)
        for widget in (self._to, self.upper):
            widget.setVisible(operator is Operator.BETWEEN)
        many, day, text = self.tr("several, with commas between"), self.tr("e.g. 2026-11-24"), ""
        hint = many if operator is Operator.IN else text if self._kind is FieldKind.TEXT else day
        self.value.setPlaceholderText(hint)
        self.upper.setPlaceholderText(text if self._kind is FieldKind.TEXT else day)

    def put_choices(self, choices: Choices) -> None:
        """What the fields may hold is known now; what was set stays."""
        kept = self.asked()
        self._choices = choices
        self._field_changed()
        if kept is not None:
            self.put(kept)

    def show_first(self, first: bool) -> None:
        """The first row joins nothing; its place stays free, so that the rows stand under each other."""
        self.join.setVisible(not first)
        if first:
            self.join.setCurrentIndex(0)

    def asked(self) -> AskedRow | None:
        """What stands here; None while a value is wanted and nothing is typed."""
        operator = self._operator
        words = self._words(operator)
        if operator not in _NO_WORDS and not any(words):
            return None
        return AskedRow(str(self.field.currentData()), operator, words, bool(self.join.currentData()))

    def _words(self, operator: Operator) -> tuple[str, ...]:
        if operator in _NO_WORDS:
            return ()
        if not self.choice.isHidden():
            return (str(self.choice.currentData()),)
        if operator is Operator.BETWEEN:
            return (self._meant(self.value.text()), self._meant(self.upper.text()))
        if operator is Operator.IN:
            return tuple(self._meant(word) for word in listed(self.value.text()))
        return (self._meant(self.value.text()),)

    def _meant(self, typed: str) -> str:
        """A word of the field's choices stands for its value."""
        values = self._choices.get(str(self.field.currentData()), {})
        return next((value for value, word in values.items() if word == typed.strip()), typed.strip())

    def put(self, row: AskedRow) -> None:
        """Show a kept row."""
        self.join.setCurrentIndex(int(row.otherwise))
        self.field.setCurrentIndex(max(0, self.field.findData(row.field)))
        self.operator.setCurrentIndex(max(0, self.operator.findData(row.operator.value)))
        words = self._choices.get(row.field, {})
        shown = [words.get(word, word) for word in row.words]
        if row.words:
            self.choice.setCurrentIndex(max(0, self.choice.findData(row.words[0])))
        self.value.setText("、".join(shown) if row.operator is Operator.IN else shown[0] if shown else "")
        self.upper.setText(shown[1] if row.operator is Operator.BETWEEN and len(shown) > 1 else "")


class QueryBuilder(QWidget):
    """``entered`` on Enter in a value."""

    entered = Signal()

    def __init__(self, language: str, states: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._language = language
        self._choices: Choices = {"state": states}
        self.rows: list[ConditionRow] = []
        self._list = QWidget(self)
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setMinimumHeight(_ROW_PX)
        self._scroll.setWidget(self._list)
        self.sorts = [self._sort_box(number) for number in range(1, _SORTS + 1)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self._scroll, 0, 0, 1, _SORTS + 1)
        grid.addWidget(QLabel(self.tr("Order"), self), 1, 0)
        for column, box in enumerate(self.sorts, start=1):
            grid.addWidget(box, 1, column)
            grid.setColumnStretch(column, 1)
        self.add_row()

    def _sort_box(self, number: int) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(self.tr("Order {0}").format(number))
        box.addItem(self.tr("latest first") if number == 1 else "—", None)
        for name, field in FIELDS.items():
            if field.sortable:
                word = field.words.in_language(self._language)
                box.addItem(f"{word} ↑", SortKey(name))
                box.addItem(f"{word} ↓", SortKey(name, descending=True))
        return box

    def add_row(self) -> ConditionRow | None:
        """Another condition; None when there are as many as may be asked."""
        if len(self.rows) >= MOST_CONDITIONS // 2:
            return None
        row = ConditionRow(self._language, self._choices, self._list)
        row.removed.connect(self._remove)
        row.entered.connect(self.entered)
        self.rows.append(row)
        self._column.insertWidget(len(self.rows) - 1, row)
        self._arrange()
        return row

    def _remove(self, row: ConditionRow) -> None:
        if len(self.rows) == 1:
            row.put(AskedRow(next(iter(FIELDS)), Operator.EQUAL, ("",)))
            return
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._arrange()

    def _arrange(self) -> None:
        for number, row in enumerate(self.rows):
            row.show_first(number == 0)
        self._scroll.setMaximumHeight(_ROW_PX * min(_ROWS_SHOWN, len(self.rows)))

    def put_choices(self, choices: Choices) -> None:
        """What the fields may hold: read from the catalogue, which takes a while."""
        if choices != self._choices:
            self._choices = choices
            for row in self.rows:
                row.put_choices(choices)

    def asked(self) -> AskedQuery:
        """The rows that say something."""
        said = [asked for row in self.rows if (asked := row.asked()) is not None]
        keys: list[SortKey] = []
        for box in self.sorts:
            key = box.currentData()
            if key is not None and key.field not in {known.field for known in keys}:
                keys.append(key)
        return AskedQuery(tuple(said), tuple(keys))

    def put(self, asked: AskedQuery) -> None:
        """Show a kept query."""
        while len(self.rows) > 1:
            self._remove(self.rows[-1])
        self._remove(self.rows[0])
        for number, row in enumerate(asked.rows):
            place = self.rows[0] if number == 0 else self.add_row()
            if place is not None:
                place.put(row)
        self._arrange()
        for number, box in enumerate(self.sorts):
            wanted = asked.sort[number] if number < len(asked.sort) else None
            box.setCurrentIndex(next((i for i in range(box.count()) if box.itemData(i) == wanted), 0))

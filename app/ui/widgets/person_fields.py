"""Who somebody is: typed, read from a card, or typed by a wedge reader; what an officer should look at stands below."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.config.clock import SystemClock
from app.config.texts import Coded
from app.config.travel import number_kinds
from app.desk.person_reader import ReadPerson
from app.domain.document_number import require_number
from app.domain.errors import WorkstationError
from app.domain.mrz.parse import lines_of
from app.domain.person import RESIDENT_ID, Applicant, require_name
from app.ui.bench import Bench
from app.ui.bridge.wedge_keys import WedgeKeys
from app.ui.widgets.buttons import KeyButton
from devices.ports.errors import Cancelled


class PersonFields(QWidget):
    """``title``: the question above the fields. ``submitted``: Enter in the last field.

    ``read``: fields were filled from a document (ReadPerson).
    """

    submitted = Signal()
    read = Signal(object)

    def __init__(self, bench: Bench, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._waiting: int = 0  # number of the wait under way, 0 for none
        self._waits = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._head(title)
        self.document = QComboBox(self)
        self.document.setMinimumHeight(40)
        self.document.setMaximumWidth(320)
        for kind in number_kinds().values():
            self.document.addItem(kind.name_zh if bench.language.startswith("zh") else kind.name_en, kind.id)
        self.name, self.number = QLineEdit(self), QLineEdit(self)
        self.number.setMaxLength(40)
        self._place()
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.told.hide()
        self._column.addWidget(self.told)
        self.name.returnPressed.connect(self.number.setFocus)
        self.number.returnPressed.connect(self.submitted)
        WedgeKeys(self.name).scanned.connect(partial(self._typed_by_a_reader, self.name))
        WedgeKeys(self.number).scanned.connect(partial(self._typed_by_a_reader, self.number))

    def _head(self, words: str) -> None:
        people = self._bench.desk.people
        self.read_card = KeyButton(self.tr("Read card"), "F3", self)
        self.read_zone = KeyButton(self.tr("Read passport"), "F4", self)
        row = QHBoxLayout()
        title = QLabel(words, self)
        title.setObjectName("title")
        row.addWidget(title, 1)
        row.addWidget(self.read_card)
        row.addWidget(self.read_zone)
        self._column.addLayout(row)
        self.read_card.setVisible(people.reads_cards)
        self.read_zone.setVisible(people.reads_zones)
        self.read_card.clicked.connect(self._card_wanted)
        self.read_zone.clicked.connect(self._zone_wanted)

    def _place(self) -> None:
        """The name above; the kind of document and its number side by side: a form must fit an old panel's height."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        rows = ((self.tr("Name"), self.name, 0, 0, 2), (self.tr("Document"), self.document, 2, 0, 1),
                (self.tr("Number"), self.number, 2, 1, 1))  # fmt: skip
        for word, field, row, column, wide in rows:
            label = QLabel(word, self)
            field.setAccessibleName(word)
            label.setBuddy(field)
            grid.addWidget(label, row, column, 1, wide)
            grid.addWidget(field, row + 1, column, 1, wide)
        self._column.addLayout(grid)

    # -- what was filled in ----------------------------------------------------------------------------

    def clear(self) -> None:
        """Ready for the next person."""
        self.stop()
        self.name.clear()
        self.number.clear()
        self.document.setCurrentIndex(self.document.findData(RESIDENT_ID))
        self._tell((), "")
        self.name.setFocus()

    def applicant(self) -> Applicant | None:
        """The checked person; None after the banner has said which field cannot be."""
        kind = number_kinds()[str(self.document.currentData())]
        try:
            require_name(self.name.text())
            typed = require_number(self.number.text(), kind, SystemClock().now().date())
            return Applicant.with_document(self.name.text(), typed)
        except WorkstationError as error:
            self._bench.refused.emit(error)
            return None

    # -- reading ---------------------------------------------------------------------------------------

    def _card_wanted(self) -> None:
        people = self._bench.desk.people
        if self._waiting:
            self.stop()
            return
        number = self._begin_waiting()
        self.read_card.set_words(self.tr("Stop waiting"))
        self._bench.ask(people.card, lambda found: self._found(number, found), lambda error: self._failed(number, error))

    def _zone_wanted(self) -> None:
        people = self._bench.desk.people
        if self._waiting:
            return
        number = self._begin_waiting()
        self._bench.ask(people.zone, lambda found: self._found(number, found), lambda error: self._failed(number, error))

    def _begin_waiting(self) -> int:
        self._waits += 1
        self._waiting = self._waits
        self._tell((), self.tr("Lay the document flat on the reader…"))
        return self._waiting

    def stop(self) -> None:
        """Nobody lays a document any more; what still comes is not taken over."""
        if self._waiting and self._bench.opened is not None:
            self._bench.desk.people.stop_waiting()
        self._end_waiting()

    def _end_waiting(self) -> None:
        self._waiting = 0
        self.read_card.set_words(self.tr("Read card"))
        self._tell((), "")

    def _found(self, number: int, person: ReadPerson) -> None:
        if number == self._waiting:
            self._end_waiting()
            self.fill(person)

    def _failed(self, number: int, error: Coded) -> None:
        if number == self._waiting:
            self._end_waiting()
            if not isinstance(error, Cancelled):
                self._bench.refused.emit(error)

    def _typed_by_a_reader(self, field: QLineEdit, lines: tuple[str, ...]) -> None:
        """A zone fills every field; a number alone (a bar-code reader) goes where the cursor is, its Enter included."""
        if len(lines) == 1 and len(lines_of(lines[0])) == 1:
            field.insert(lines[0])
            field.textEdited.emit(field.text())  # typed by a reader is typed
            field.returnPressed.emit()
            return
        try:
            person = self._bench.desk.people.of_zone(lines_of("\n".join(lines)))
        except WorkstationError as error:
            self._bench.refused.emit(error)
            return
        self.stop()
        self.fill(person)

    def fill(self, person: ReadPerson) -> None:
        """What a document said; the officer may change every field."""
        self.name.setText(person.name)
        self.number.setText(person.number)
        self.document.setCurrentIndex(max(0, self.document.findData(person.document)))
        self._tell(person.doubts, self.tr("Read from the document. Compare it with the person."))
        self.number.setFocus()
        self.read.emit(person)

    def _tell(self, doubts: tuple[str, ...], otherwise: str) -> None:
        self.told.setText("\n".join(f"▲ {doubt}" for doubt in doubts) or otherwise)
        self.told.setObjectName("doubt" if doubts else "muted")
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)
        self.told.setVisible(bool(self.told.text()))

    def hideEvent(self, event: QHideEvent) -> None:
        """Another screen is looked at."""
        self.stop()
        super().hideEvent(event)

"""Who is photographed, for which services, in which mode; and sessions a break left open."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.records import SessionRecord, ShootingMode
from app.ui.bench import Bench
from app.ui.widgets.left_open import LeftOpen
from app.ui.widgets.person_fields import PersonFields

_COLUMNS = 3


class StartForm(QFrame):
    """``started`` carries the applicant, standard ids, mode and exceptions."""

    started = Signal(object, tuple, object, tuple)
    resumed = Signal(object)
    discarded = Signal(object)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setMaximumWidth(800)
        self._bench = bench
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(32, 24, 32, 24)
        self._column.setSpacing(8)
        self.person = PersonFields(bench, self.tr("Who is photographed?"), self)
        self.name, self.number = self.person.name, self.person.number
        self._column.addWidget(self.person)
        self._services()
        self._modes()
        self._special()
        self.open_sessions = LeftOpen(self)
        self.open_sessions.resumed.connect(self.resumed)
        self.open_sessions.discarded.connect(self.discarded)
        self._column.addWidget(self.open_sessions)
        self._column.addStretch(1)
        self.person.submitted.connect(self.submit)

    def _services(self) -> None:
        label = QLabel(self.tr("Photo for"), self)
        self._column.addWidget(label)
        self.services: dict[str, QCheckBox] = {}
        self._services_grid = QGridLayout()
        self._column.addLayout(self._services_grid)
        self.show_standards()

    def show_standards(self) -> None:
        """The standards in force now; what is ticked stays ticked, a new one is ticked where the settings say so."""
        language = self._bench.language
        offered = {standard.id: standard.name(language) for standard in self._bench.desk.standards}
        if offered == {standard_id: box.text() for standard_id, box in self.services.items()}:
            return
        former = {standard_id: box.isChecked() for standard_id, box in self.services.items()}
        for box in self.services.values():
            self._services_grid.removeWidget(box)
            box.hide()
            box.deleteLater()
        chosen = {s.strip() for s in self._bench.settings.text("photo.standards").split(",")}
        self.services = {}
        for place, (standard_id, name) in enumerate(offered.items()):
            box = QCheckBox(name, self)
            box.setMinimumHeight(32)
            box.setAccessibleName(name)
            box.setChecked(former.get(standard_id, standard_id in chosen))
            self.services[standard_id] = box
            self._services_grid.addWidget(box, place // _COLUMNS, place % _COLUMNS)

    def _modes(self) -> None:
        self.regular = QRadioButton(self.tr("Regular: shot by shot"), self)
        self.burst = QRadioButton(self.tr("Burst: for children and the restless"), self)
        self.regular.setChecked(True)
        group, row = QButtonGroup(self), QHBoxLayout()
        for button in (self.regular, self.burst):
            button.setMinimumHeight(32)
            button.setAccessibleName(button.text())
            group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self._column.addLayout(row)

    def _special(self) -> None:
        """例外人群: a standard's other limits for whom they were made."""
        words = {
            "child": self.tr("Child"),
            "glasses": self.tr("Wears glasses every day"),
            "headwear": self.tr("Religious headwear"),
            "disability": self.tr("Disability or injury"),
        }
        self._column.addWidget(QLabel(self.tr("Exceptions for this applicant"), self))
        grid = QGridLayout()
        self.exceptions: dict[str, QCheckBox] = {}
        for place, (name, word) in enumerate(words.items()):
            box = QCheckBox(word, self)
            box.setMinimumHeight(32)
            box.setAccessibleName(word)
            self.exceptions[name] = box
            grid.addWidget(box, place // _COLUMNS, place % _COLUMNS)
        self._column.addLayout(grid)

    def show_open_sessions(self, sessions: tuple[SessionRecord, ...]) -> None:
        """恢复/丢弃: each by name and time."""
        self.open_sessions.show_open([(s.applicant.name, s.started, s) for s in sessions])

    def clear(self) -> None:
        """Ready for the next person."""
        for box in self.exceptions.values():
            box.setChecked(False)
        self.person.clear()

    def submit(self) -> None:
        """Tell what was filled in, once it can be meant."""
        standards = tuple(sid for sid, box in self.services.items() if box.isChecked())
        mode = ShootingMode.BURST if self.burst.isChecked() else ShootingMode.REGULAR
        exceptions = tuple(name for name, box in self.exceptions.items() if box.isChecked())
        applicant = self.person.applicant()
        if applicant is not None:
            self.started.emit(applicant, standards, mode, exceptions)

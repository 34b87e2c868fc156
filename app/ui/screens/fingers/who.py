"""Whose fingers: typed, read from a document or handed over; and enrolments a break left open."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.domain.fingers import Enrolment
from app.domain.person import Applicant
from app.ui.bench import Bench
from app.ui.widgets.left_open import LeftOpen
from app.ui.widgets.person_fields import PersonFields


class WhoForm(QFrame):
    """``started`` carries the Applicant; ``resumed`` and ``discarded`` an Enrolment."""

    started = Signal(object)
    resumed = Signal(object)
    discarded = Signal(object)

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setMaximumWidth(800)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(8)
        self.person = PersonFields(bench, self.tr("Whose fingerprints are taken?"), self)
        self.name, self.number = self.person.name, self.person.number
        column.addWidget(self.person)
        hint = QLabel(
            self.tr("Right hand first, then left; thumb, index, middle, ring, little. One finger of each hand."), self
        )
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        column.addWidget(hint)
        self.open_enrolments = LeftOpen(self)
        self.open_enrolments.resumed.connect(self.resumed)
        self.open_enrolments.discarded.connect(self.discarded)
        column.addWidget(self.open_enrolments)
        self.person.submitted.connect(self.submit)

    def take(self, applicant: Applicant) -> None:
        """Handed over from elsewhere: filled in, to be looked at and begun."""
        self.name.setText(applicant.name)
        self.number.setText(applicant.id_number)
        self.person.document.setCurrentIndex(self.person.document.findData(applicant.document))
        self.number.setFocus()

    def show_open(self, found: tuple[Enrolment, ...]) -> None:
        """恢复/放弃."""
        self.open_enrolments.show_open([(e.applicant.name, e.started, e) for e in found])

    def clear(self) -> None:
        """For the next person."""
        self.person.clear()

    def submit(self) -> None:
        """Begin with a person whose fields are in order; else the banner says which is not."""
        applicant = self.person.applicant()
        if applicant is not None:
            self.started.emit(applicant)

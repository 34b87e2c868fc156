"""Whose fingers: name and number by hand or handed over, and enrolments a break left open."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.domain.fingers import Enrolment
from app.domain.person import Applicant
from app.ui.widgets.left_open import LeftOpen


class WhoForm(QFrame):
    """``started`` carries name and number as typed; ``resumed`` and ``discarded`` an Enrolment."""

    started = Signal(str, str)
    resumed = Signal(object)
    discarded = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setMaximumWidth(640)
        title = QLabel(self.tr("Whose fingerprints are taken?"), self)
        title.setObjectName("title")
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(8)
        column.addWidget(title)
        self.name = self._line(column, self.tr("Name"))
        self.number = self._line(column, self.tr("ID number"))
        self.number.setMaxLength(18)
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
        self.name.returnPressed.connect(self.number.setFocus)
        self.number.returnPressed.connect(self.submit)

    def _line(self, column: QVBoxLayout, word: str) -> QLineEdit:
        line, label = QLineEdit(self), QLabel(word, self)
        line.setAccessibleName(word)
        label.setBuddy(line)
        for widget in (label, line):
            column.addWidget(widget)
        return line

    def take(self, applicant: Applicant) -> None:
        """Handed over from elsewhere: filled in, to be looked at and begun."""
        self.name.setText(applicant.name)
        self.number.setText(applicant.id_number)
        self.number.setFocus()

    def show_open(self, found: tuple[Enrolment, ...]) -> None:
        """恢复/放弃."""
        self.open_enrolments.show_open([(e.applicant.name, e.started, e) for e in found])

    def clear(self) -> None:
        """For the next person."""
        self.name.clear()
        self.number.clear()
        self.name.setFocus()

    def submit(self) -> None:
        """Tell what was typed; whether it is right is judged elsewhere."""
        self.started.emit(self.name.text(), self.number.text())

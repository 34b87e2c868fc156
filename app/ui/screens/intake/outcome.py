"""What became of the case: its number, until when, its documents to be printed; then the next person."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.cases.case import Case, PersonRole
from app.domain.cases.workflow import CaseState
from app.domain.matters.matter import Matter
from app.domain.person import masked
from app.ui.bench import Bench
from app.ui.screens.intake.sheet import Sheet
from app.ui.screens.papers.handout_panel import HandoutPanel
from app.ui.widgets.buttons import KeyButton
from app.ui.words import icon

_WIDEST_PX = 1100
_ACCEPTED, _REFUSED, _PARKED = (
    ("mdi6.check-circle", "pass"),
    ("mdi6.close-circle", "fail"),
    ("mdi6.pause-circle", "warn"),
)


class OutcomePage(QWidget):
    """``finished``: the next person. ``fee_wanted`` carries the Case."""

    finished = Signal()
    fee_wanted = Signal(object)

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self.case: Case | None = None
        panel = QFrame(self)
        panel.setObjectName("panel")
        panel.setMaximumWidth(_WIDEST_PX)
        self._sign = QLabel(panel)
        self.heading = QLabel(panel)
        self.heading.setObjectName("title")
        self.number = QLabel(panel)
        self.number.setObjectName("title")
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(16)
        self._facts.setColumnStretch(1, 1)
        self.facts: list[QLabel] = []
        self.handout = HandoutPanel(bench, panel)
        top = QHBoxLayout()
        top.addWidget(self._sign)
        top.addWidget(self.heading)
        top.addStretch(1)
        top.addWidget(self.number)
        column = QVBoxLayout(panel)
        column.setContentsMargins(24, 20, 24, 20)
        column.addLayout(top)
        column.addSpacing(12)
        column.addLayout(self._facts)
        column.addSpacing(8)
        column.addWidget(self.handout, 1)
        self.next = KeyButton(self.tr("Next person"), "F2", self)
        self.next.setObjectName("next")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(panel, 30)
        middle.addStretch(1)
        outer.addLayout(middle, 1)
        self.fee = KeyButton(self.tr("Fee"), "F12", self)
        self.fee.clicked.connect(self._pay)
        lower = QHBoxLayout()
        lower.addStretch(1)
        lower.addWidget(self.fee)
        lower.addWidget(self.next)
        outer.addLayout(lower)
        self.next.clicked.connect(self._finish)

    def _finish(self) -> None:
        self.handout.forget()
        self.finished.emit()

    def _pay(self) -> None:
        self.fee_wanted.emit(self.case)

    def open(self, case: Case, matter: Matter) -> None:
        """The applicant's number is masked: this page stays open while the next one steps up."""
        self.case = case
        refused = case.state is CaseState.NOT_ACCEPTED
        self._head(self.tr("Not accepted") if refused else self.tr("Accepted"), *(_REFUSED if refused else _ACCEPTED))
        self.number.setText(case.number)
        applicant = case.content.person(PersonRole.APPLICANT)
        agent = case.content.person(PersonRole.AGENT)
        rows = [(self.tr("Matter"), f"{matter.code} {matter.name(self._bench.language)}")]
        for word, person in ((self.tr("Applicant"), applicant), (self.tr("Agent"), agent)):
            if person is not None:
                rows.append((word, f"{person.name} {masked(person.id_number)}"))
        rows.append((self.tr("Received"), f"{case.submitted.astimezone():%Y-%m-%d %H:%M}"))
        if not refused:
            sure = "" if case.due_certain else self.tr(" (no holiday table for all of this time)")
            rows.append((self.tr("Due"), f"{case.due:%Y-%m-%d}{sure}"))
        self._show(rows, case.id)
        self.fee.setVisible(not refused and matter.fees != ())

    def open_parked(self, sheet: Sheet) -> None:
        """A draft that waits for what the applicant is to bring: its notice to take home."""
        self.case = None
        self._head(self.tr("Told and parked"), *_PARKED)
        self.number.clear()
        name, number = sheet.applicant()
        matter = f"{sheet.matter.code} {sheet.matter.name(self._bench.language)}"
        self._show([(self.tr("Matter"), matter), (self.tr("Applicant"), f"{name} {masked(number)}")], sheet.draft_id)
        self.fee.hide()

    def _head(self, words: str, name: str, token: str) -> None:
        self._sign.setPixmap(icon(name, self._bench.theme.colours[token]).pixmap(36, 36))
        self.heading.setText(words)

    def _show(self, rows: list[tuple[str, str]], subject_id: str) -> None:
        for label in self.facts:
            label.deleteLater()
        self.facts = []
        for place, (word, text) in enumerate(rows):
            name, value = QLabel(word, self), QLabel(text, self)
            name.setObjectName("muted")
            value.setWordWrap(True)
            self._facts.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(value, place, 1)
            self.facts += [name, value]
        self.handout.open(subject_id)
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

"""签到: who came, by card, passport or hand, and for what; one key gives the number and prints its ticket."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QVBoxLayout, QWidget

from app.config.queue import segments
from app.config.texts import hand_reasons
from app.desk.hall import SignedIn
from app.desk.person_reader import ReadPerson
from app.domain.queueing import SignIn, VisitState
from app.ui.bench import Bench
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.person_fields import PersonFields
from app.ui.widgets.reason_box import ReasonBox

_DOCUMENT_PX = 152


class SignInPanel(QFrame):
    """``wanted`` carries a SignIn whose person is in order."""

    wanted = Signal(object)

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._bench = bench
        self._read: ReadPerson | None = None
        self._title = QLabel(self.tr("Who signs in?"), self)
        self._title.setObjectName("title")
        self.person = PersonFields(bench, "", self)
        self.person.document.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.person.document.setMinimumContentsLength(6)
        self.person.document.setMaximumWidth(_DOCUMENT_PX)
        self.segment = QComboBox(self)
        self.segment.setAccessibleName(self.tr("Kind of number"))
        self.segment.setMinimumHeight(40)
        for segment in segments().values():
            self.segment.addItem(f"{segment.prefix}  {segment.name(bench.language)}", segment.id)
        self.business = QComboBox(self)
        self.business.setEditable(True)
        self.business.setAccessibleName(self.tr("Business"))
        self.business.setProperty("data", True)  # businesses have the names that the police give them
        self.business.setMinimumHeight(40)
        self.reason = ReasonBox(
            hand_reasons(bench.language), self.tr("Why by hand"), self.tr("Reason, when typed by hand"), self
        )
        self.told = QLabel(self)
        self.told.setObjectName("heading")
        self.told.setWordWrap(True)
        self.begin = KeyButton(self.tr("Sign in and print"), "F5", self)
        self.begin.setObjectName("next")
        self._lay_out()
        self.person.read.connect(self._document_read)
        self.person.name.textEdited.connect(self._typed)
        self.person.number.textEdited.connect(self._typed)
        self.person.submitted.connect(self.submit)
        self.begin.clicked.connect(self.submit)
        self.segment.currentIndexChanged.connect(self._segment_chosen)
        self.segment.setCurrentIndex(self.segment.findData("walk-in"))
        self._segment_chosen()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self.person)
        column.addWidget(self.reason)
        for word, field in ((self.tr("Kind of number"), self.segment), (self.tr("Business"), self.business)):
            label = QLabel(word, self)
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
        column.addStretch(1)
        column.addWidget(self.told)
        column.addWidget(self.begin)

    def _segment_chosen(self) -> None:
        self.business.clear()
        self.business.addItems(segments()[str(self.segment.currentData())].businesses)

    def _document_read(self, person: ReadPerson) -> None:
        self._read = person
        self.told.clear()
        self.reason.setVisible(False)

    def _typed(self) -> None:
        """What is typed over a read document is typed by hand."""
        self._read = None
        self.told.clear()
        self.reason.setVisible(True)

    def submit(self) -> None:
        """With a person whose fields are in order; else the banner says which is not."""
        applicant = self.person.applicant()
        if applicant is None:
            return
        origin = "hand" if self._read is None else "card" if self._read.card is not None else "zone"
        segment = segments()[str(self.segment.currentData())]
        reason = self.reason.currentText() if origin == "hand" else ""
        self.wanted.emit(SignIn(applicant, segment, self.business.currentText(), origin, reason))

    def show_done(self, done: SignedIn) -> None:
        """The number, how many are before it, and what the applicant is told; ready for the next person."""
        self._read = None
        self.person.clear()
        self.reason.setVisible(True)
        self.reason.show_reason("")
        number = done.visit.number
        if done.visit.state is VisitState.NEEDS_PHOTO:
            words = self.tr("Number {0}. No photo of the last year: once one is taken, the number joins the queue.")
            self.told.setText(words.format(number))
        else:
            self.told.setText(self.tr("Number {0}, {1} before it.").format(number, done.ahead))

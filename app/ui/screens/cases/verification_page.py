"""网上办件核验: what waits, the uploaded paper beside the original, what was found, and the step that follows from it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.config.texts import error_text
from app.desk.casework import CaseDetail, OnlineState, original_of, uploaded
from app.domain.cases.application import ONLINE
from app.domain.cases.case import CaseMaterial
from app.domain.cases.query import AllOf, CaseQuery, Condition, Operator, SortKey
from app.domain.cases.verification import (
    OriginalCheck,
    OriginalFound,
    Stage,
    mail_number_in,
    shortcomings,
    states_of,
)
from app.domain.cases.workflow import CaseEvent
from app.domain.errors import WorkstationError
from app.ui.bench import Bench
from app.ui.screens.cases.list_model import CaseListModel
from app.ui.screens.cases.steps import StepBar
from app.ui.screens.cases.words import deadline_words, found_icon, found_word, stage_word, subject_of, urgency_icon
from app.ui.screens.papers.looking import PaperImage
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.compare_view import CompareView
from app.ui.widgets.table import WordTable

_REFRESH_MS = 5000
POSTED = (CaseEvent.DELIVER, CaseEvent.COLLECT)
# 姓名、身份证号码、办件编号、申请人姓名、申请人身份证号码 (L8664)
_FACETS = ("subject_name", "subject_id_number", "outside_number", "applicant_name", "applicant_id_number")


class VerificationPage(QWidget):
    """What an officer found is kept per case while the desk is open; the step writes it into the node log.

    ``documents_wanted`` carries the CaseDetail.
    """

    documents_wanted = Signal(object)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.model = CaseListModel(bench)
        self._wanted = ""
        self._found: dict[str, OriginalFound] = {}  # by the uploaded paper's id
        self.stage = QComboBox(self)
        self.stage.setAccessibleName(self.tr("What waits"))
        for stage in Stage:
            self.stage.addItem(stage_word(stage), stage)
        words = (
            self.tr("Name"),
            self.tr("ID number"),
            self.tr("Platform number"),
            self.tr("Applicant"),
            self.tr("Applicant's ID number"),
        )
        self.facets = {name: self._field(word) for name, word in zip(_FACETS, words, strict=True)}
        heads = (self.tr("Time limit"), self.tr("Name"), self.tr("Matter"), self.tr("Platform number"))
        self.table = WordTable(heads, self.tr("Online applications"), self)
        self.counts = QLabel(self)
        self.papers = WordTable((self.tr("Uploaded paper"), self.tr("Original")), self.tr("Papers to compare"), self)
        self.compare = CompareView((self.tr("Uploaded"), self.tr("Original")), self)
        self.agrees = KeyButton(self.tr("Agrees"), "Y", self)
        self.differs = KeyButton(self.tr("Differs"), "N", self)
        self.missing = KeyButton(self.tr("Not brought"), "X", self)
        self.before = KeyButton(self.tr("Page back"), "PgUp", self)
        self.after = KeyButton(self.tr("Next page"), "PgDown", self)
        self._page = 0
        self.put_in = KeyButton(self.tr("Put the original in"), "F", self)
        self.documents = KeyButton(self.tr("Slip for the post, documents"), "F9", self)
        self.mail = self._field(self.tr("Number on the post's label"))
        self.steps = StepBar(bench.desk.casework.flow, bench.language, self)
        self.online = QLabel(self)
        self.online.setWordWrap(True)
        self.receive = KeyButton(self.tr("Receive and send now"), "Alt+R", self)
        self.search_button = KeyButton(self.tr("Search"), "F5", self)
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MS)
        self._lay_out()
        self._connect()
        self._show_detail(None)

    # -- laying out ------------------------------------------------------------------------------------

    def _field(self, word: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setPlaceholderText(word)
        field.setAccessibleName(word)
        return field

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        for widget in (self.stage, *self.facets.values(), self.search_button):
            top.addWidget(widget)
        left = QVBoxLayout()
        left.addWidget(self.counts)
        left.addWidget(self.table, 3)
        left.addWidget(self.papers, 2)
        marks = QHBoxLayout()
        for button in (self.agrees, self.differs, self.missing):
            marks.addWidget(button)
        left.addLayout(marks)
        leaves = QHBoxLayout()
        leaves.addWidget(self.before)
        leaves.addWidget(self.after)
        left.addLayout(leaves)
        left.addWidget(self.put_in)
        right = QVBoxLayout()
        right.addWidget(self.compare, 1)
        right.addWidget(self.mail)
        right.addWidget(self.documents)
        right.addWidget(self.steps)
        middle = QHBoxLayout()
        middle.addLayout(left, 2)
        middle.addLayout(right, 3)
        lower = QHBoxLayout()
        lower.addWidget(self.online, 1)
        lower.addWidget(self.receive)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addLayout(top)
        column.addLayout(middle, 1)
        column.addLayout(lower)

    def _connect(self) -> None:
        self.search_button.clicked.connect(self.search)
        self.stage.activated.connect(self.search)
        for field in self.facets.values():
            field.returnPressed.connect(self.search)
        self.table.row_changed.connect(self._looked)
        self.papers.row_changed.connect(self._paper_chosen)
        self.agrees.clicked.connect(lambda: self._mark(OriginalFound.AGREES))
        self.differs.clicked.connect(lambda: self._mark(OriginalFound.DIFFERS))
        self.missing.clicked.connect(lambda: self._mark(OriginalFound.MISSING))
        self.put_in.clicked.connect(self._choose_file)
        self.before.clicked.connect(lambda: self._turn_page(-1))
        self.after.clicked.connect(lambda: self._turn_page(1))
        self.steps.wanted.connect(self._step)
        self.documents.clicked.connect(lambda: self.documents_wanted.emit(self.model.detail))
        self.receive.clicked.connect(self._receive)
        self._timer.timeout.connect(self._refresh)
        self.model.found.connect(self._show)
        self.model.counted.connect(self._count)
        self.model.detail_changed.connect(self._show_detail)
        self.model.picture.connect(self._show_picture)
        self.model.moved.connect(self._moved)

    # -- asking ----------------------------------------------------------------------------------------

    def enter(self) -> None:
        """The page is shown."""
        self.search()
        self._refresh()
        self._timer.start()

    def search(self) -> None:
        """The stage and the facets as they stand; the most pressing first."""
        stage = self.stage.currentData()
        states = tuple(state.value for state in states_of(stage, self.model.desk.flow))
        parts = [Condition("channel", Operator.EQUAL, (ONLINE,)), Condition("state", Operator.IN, states)]
        for name, field in self.facets.items():
            if field.text().strip():
                parts.append(Condition(name, Operator.CONTAINS, (field.text().strip(),)))
        self.model.run(CaseQuery(AllOf(tuple(parts)), (SortKey("due"),), limit=100))

    def show_case(self, case_id: str, event: CaseEvent) -> None:
        """One case, from wherever it was asked for, at the stage that ``event`` ends."""
        stage = next((stage for stage in Stage if stage.value is event), Stage.VERIFY)
        self.stage.setCurrentIndex(self.stage.findData(stage))
        self._wanted = case_id
        self.search()

    def _refresh(self) -> None:
        if self.isVisible() and self._bench.opened is not None:
            self._bench.ask(self._bench.desk.casework.online_state, self._show_online)
        else:
            self._timer.stop()

    def _receive(self) -> None:
        self.receive.setEnabled(False)
        self.online.setText(self.tr("Asking the platform…"))
        self._bench.ask(self._bench.desk.casework.receive_now, self._received, self._not_received)

    def _received(self, state: OnlineState) -> None:
        self.receive.setEnabled(True)
        self._show_online(state)
        if self._bench.opened is not None:
            self.search()

    def _not_received(self, error: object) -> None:
        self.receive.setEnabled(True)
        self._bench.refused.emit(error)

    # -- showing ---------------------------------------------------------------------------------------

    def _show(self) -> None:
        rows = []
        for row in self.model.rows:
            name, _ = subject_of(row.case)
            limit = deadline_words(row.case, row.urgency)
            rows.append((limit, name, row.matter, row.case.content.outside_number))
        colours = self._bench.theme.colours
        signs = [(n, 0, urgency_icon(row.urgency, colours)) for n, row in enumerate(self.model.rows)]
        self.table.show_rows(rows, signs)
        wanted, self._wanted = self._wanted, ""
        place = next((n for n, row in enumerate(self.model.rows) if row.case.id == wanted), -1)
        if place >= 0:
            self.table.selectRow(place)
        elif wanted:
            self.model.open(wanted)
        elif rows:
            self._looked(self.table.currentRow())
        else:
            self.model.look_at(-1)

    def _count(self, total: int) -> None:
        words = self.tr("{0} applications: {1}").format(total, self.stage.currentText())
        self.counts.setText(words if total else self.tr("No application waits here: {0}").format(self.stage.currentText()))

    def _looked(self, row: int) -> None:
        known = self.model.detail
        if 0 <= row < len(self.model.rows) and (known is None or self.model.rows[row].case.id != known.case.id):
            self.model.look_at(row)

    def _show_detail(self, detail: CaseDetail | None) -> None:
        posted = detail is not None and any(event in POSTED for event in detail.allowed)
        self.mail.setVisible(posted)
        self.mail.setText(_last_number(detail) if detail is not None and posted else "")
        self.documents.setVisible(detail is not None)
        self.steps.show_detail(detail)
        self._show_papers()
        if detail is None or not uploaded(detail):
            words = self.tr("No application chosen") if detail is None else self.tr("Nothing was uploaded")
            self.compare.show_left(None, self.tr("Uploaded"), words)
            self.compare.show_right(None, self.tr("Original"), "")

    def _show_papers(self) -> None:
        papers = self._papers()
        colours = self._bench.theme.colours
        signs = [(n, 1, found_icon(self._of(paper), colours)) for n, paper in enumerate(papers)]
        self.papers.show_rows([(paper.name, found_word(self._of(paper))) for paper in papers], signs)
        for button in (self.agrees, self.differs, self.missing, self.put_in):
            button.setEnabled(bool(papers))

    def _papers(self) -> tuple[CaseMaterial, ...]:
        return () if self.model.detail is None else uploaded(self.model.detail)

    def _of(self, paper: CaseMaterial) -> OriginalFound:
        return self._found.get(paper.id, OriginalFound.UNSEEN)

    def _paper_chosen(self, row: int) -> None:
        papers, detail = self._papers(), self.model.detail
        if detail is None or not 0 <= row < len(papers):
            return
        paper = papers[row]
        self.compare.show_left(None, self.tr("Uploaded: {0}").format(paper.name), self.tr("Opening…"))
        self.model.look_at_paper(paper)
        original = original_of(detail, paper)
        words = self.tr("Hold the original beside it, or put its picture in (F).")
        self.compare.show_right(None, self.tr("Original"), words if original is None else self.tr("Opening…"))
        if original is not None:
            self.model.look_at_paper(original)

    def _show_picture(self, paper_id: str, seen: PaperImage) -> None:
        papers, detail, row = self._papers(), self.model.detail, self.papers.currentRow()
        if detail is None or not 0 <= row < len(papers):
            return
        original = original_of(detail, papers[row])
        if paper_id == papers[row].id:
            self._page = seen.page
            name = self.tr("Uploaded: {0}").format(papers[row].name)
            self.compare.show_left(seen.image, seen.caption(name), seen.why)
        elif original is not None and paper_id == original.id:
            self.compare.show_right(seen.image, seen.caption(self.tr("Original")), seen.why)

    def _turn_page(self, by: int) -> None:
        """Of a PDF: both sides together, as one leafs through two copies."""
        papers, detail, row = self._papers(), self.model.detail, self.papers.currentRow()
        if detail is None or not 0 <= row < len(papers):
            return
        original = original_of(detail, papers[row])
        for paper in (papers[row], *([original] if original is not None else [])):
            self.model.look_at_paper(paper, max(0, self._page + by))

    def _show_online(self, state: OnlineState) -> None:
        if state.loop is None:
            line = self.tr("No back end is set: online applications do not arrive.")
        elif state.loop.error:
            why = error_text(WorkstationError(state.loop.error), self._bench.language).what
            line = self.tr("Not connected ({0}) What arrived can be worked on; answers are sent later.").format(why)
        elif state.loop.last_success is None:
            line = self.tr("Connecting to the platform…")
        else:
            line = self.tr("Connected, last looked at {0}.").format(f"{state.loop.last_success:%H:%M:%S}")
        parts = [line]
        if state.answers:
            parts.append(self.tr("Answers to be sent: {0}.").format(state.answers))
        if state.faults:
            numbers = ", ".join(fault.number for fault in state.faults[:3])
            parts.append(self.tr("Not received whole: {0} ({1}).").format(len(state.faults), numbers))
        self.online.setText(" ".join(parts))

    # -- doing -----------------------------------------------------------------------------------------

    def checks(self) -> tuple[OriginalCheck, ...]:
        """What was found on every uploaded paper."""
        detail = self.model.detail
        if detail is None:
            return ()
        return tuple(
            OriginalCheck(paper.name, self._of(paper), original_of(detail, paper) is not None) for paper in self._papers()
        )

    def _mark(self, found: OriginalFound) -> None:
        papers, row = self._papers(), self.papers.currentRow()
        if not 0 <= row < len(papers):
            return
        former = shortcomings(self.checks())
        self._found[papers[row].id] = found
        self._show_papers()
        if self.steps.opinion.text() in {"", former}:  # what the officer wrote stays
            self.steps.opinion.setText(shortcomings(self.checks()))
        if row + 1 < len(papers):
            self.papers.selectRow(row + 1)

    def _choose_file(self) -> None:
        kinds = self.tr("Pictures (*.jpg *.jpeg *.png *.tif *.bmp)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Put the original in"), "", kinds)
        if name:
            self.take_original(Path(name))

    def take_original(self, path: Path) -> None:
        """The picture of the original of the paper under the cursor."""
        papers, row, detail = self._papers(), self.papers.currentRow(), self.model.detail
        if detail is None or not 0 <= row < len(papers):
            return
        desk, paper, case_id = self.model.desk, papers[row], detail.case.id

        def question() -> CaseDetail:
            desk.keep_original(case_id, paper, path)
            return desk.detail(case_id)

        self._bench.ask(question, self._put_in)

    def _put_in(self, detail: CaseDetail) -> None:
        if self.model.detail is not None and self.model.detail.case.id == detail.case.id:
            self.model.detail = detail
            self._paper_chosen(self.papers.currentRow())

    def _step(self, event: CaseEvent) -> None:
        detail, desk = self.model.detail, self.model.desk
        if detail is None:
            return
        opinion, number, checks = self.steps.opinion.text(), self.mail.text(), self.checks()
        if event in POSTED:
            self.model.do(lambda: desk.post(detail, event, number, opinion))
        elif event in {CaseEvent.VERIFY, CaseEvent.SUSPEND}:
            self.model.do(lambda: desk.verify(detail, event, checks, opinion))
        else:
            self.model.move(event, opinion)

    def _moved(self, _: CaseDetail) -> None:
        self.search()
        self._refresh()


def _last_number(detail: CaseDetail) -> str:
    """The post's number of the step before: 揽收 is of what was handed over."""
    numbers = [mail_number_in(node.step.key_content) for node in detail.nodes]
    return next((number for number in reversed(numbers) if number), "")

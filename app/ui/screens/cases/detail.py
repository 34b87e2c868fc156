"""One case: how it stands, its people and fields, the node log, its papers small, and what may happen now."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.desk.casework import CaseDetail, CaseworkDesk
from app.domain.cases.application import AnswerState, CaseAnswer
from app.domain.cases.case import CaseNode, CasePerson
from app.domain.cases.workflow import Workflow
from app.ui.bench import Bench
from app.ui.screens.cases.steps import StepBar
from app.ui.screens.cases.words import (
    channel_word,
    day_words,
    deadline_words,
    moment_words,
    role_word,
    urgency_icon,
)
from app.ui.screens.papers.words import origin_word
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.table import WordTable
from app.ui.words import icon

_THUMBNAIL = QSize(96, 120)


class CaseDetailPanel(QWidget):
    """``paper_wanted`` carries the id of a paper to be looked at; the documents and the fee are the shown case's."""

    paper_wanted = Signal(str)
    documents_wanted = Signal()
    fee_wanted = Signal()

    def __init__(self, bench: Bench, desk: CaseworkDesk, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self._flow: Workflow = desk.flow
        self._sign = QLabel(self)
        self.title = QLabel(self)
        self.title.setObjectName("title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.standing = QLabel(self)
        self.standing.setObjectName("heading")
        self.facts = QLabel(self)
        self.facts.setWordWrap(True)
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        heads = (
            self.tr("Step"),
            self.tr("By"),
            self.tr("Done at"),
            self.tr("Time limit"),
            self.tr("Key content"),
            self.tr("Opinion"),
        )
        self.nodes = WordTable(heads, self.tr("Steps of the case"), self)
        self.papers = QListWidget(self)
        self.papers.setAccessibleName(self.tr("Papers"))
        self.papers.setViewMode(QListWidget.ViewMode.IconMode)
        self.papers.setIconSize(_THUMBNAIL)
        self.papers.setGridSize(QSize(150, 184))
        self.papers.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.papers.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.papers.setMovement(QListWidget.Movement.Static)
        self.papers.setWordWrap(True)
        self.papers.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.papers.itemActivated.connect(lambda item: self.paper_wanted.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.documents = KeyButton(self.tr("Documents"), "F9", self)
        self.fee = KeyButton(self.tr("Fee"), "F12", self)
        self.documents.clicked.connect(self.documents_wanted)
        self.fee.clicked.connect(self.fee_wanted)
        self.steps = StepBar(self._flow, bench.language, self)
        self.tabs = QTabWidget(self)
        for label in (self.title, self.facts):
            label.setProperty("data", True)
        self._lay_out()
        self.show_detail(None)

    def _lay_out(self) -> None:
        facts = QScrollArea(self)
        facts.setWidgetResizable(True)
        facts.setFrameShape(QFrame.Shape.NoFrame)
        facts.setWidget(self.facts)
        self.tabs.addTab(facts, self.tr("Facts"))
        self.tabs.addTab(self.nodes, self.tr("Steps"))
        self.tabs.addTab(self.papers, self.tr("Papers"))
        top = QHBoxLayout()
        top.addWidget(self._sign)
        top.addWidget(self.standing, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.title)
        column.addLayout(top)
        column.addWidget(self.tabs, 100)
        leads = QHBoxLayout()
        leads.addWidget(self.documents)
        leads.addWidget(self.fee)
        leads.addStretch(1)
        column.addLayout(leads)
        column.addWidget(self.steps)
        column.addStretch(1)

    # -- showing ---------------------------------------------------------------------------------------

    def show_detail(self, detail: CaseDetail | None) -> None:
        """None says that no case is chosen."""
        there = detail is not None
        for widget in (self.tabs, self._sign, self.steps, self.documents, self.fee):
            widget.setVisible(there)
        self.steps.show_detail(detail)
        if detail is None:
            self.title.setText("")
            self.standing.setText(self.tr("No case chosen"))
            return
        case, language = detail.case, self._bench.language
        self._sign.setPixmap(urgency_icon(detail.urgency, self._bench.theme.colours).pixmap(22, 22))
        self.title.setText(f"{case.number}  {detail.matter}")
        state = self._flow.states[case.state].words.in_language(language)
        self.standing.setText(f"{state} · {deadline_words(case, detail.urgency)}")
        self.facts.setText("\n".join(self.tr("{0}: {1}").format(*fact) for fact in self._facts(detail)))
        self._show_nodes(detail)
        self._show_papers(detail)

    def _facts(self, detail: CaseDetail) -> list[tuple[str, str]]:
        case = detail.case
        content = case.content
        lines = [self._person(person) for person in content.people]
        lines += [
            (self.tr("Channel"), channel_word(content.channel)),
            (self.tr("Platform number"), content.outside_number or "—"),
            (self.tr("Received"), moment_words(case.submitted)),
            (self.tr("Time limit"), self.tr("{0} working days, until {1}").format(case.promised_days, case.due)),
            (self.tr("Papers asked for"), self.tr("{0} times").format(case.sent_back)),
            (self.tr("Answered"), day_words(case.answered)),
            (self.tr("Taken on by"), f"{case.officer} · {case.station.station_name}"),
            (self.tr("By post"), self.tr("yes") if content.by_post else self.tr("no")),
        ]
        if content.organisation:
            lines.append((self.tr("Organisation"), content.organisation))
        return [*lines, *detail.fields]

    def _person(self, person: CasePerson) -> tuple[str, str]:
        parts = (person.name, person.id_number, person.phone, person.address, person.relation)
        return role_word(person.role), " · ".join(part for part in parts if part)

    def _show_nodes(self, detail: CaseDetail) -> None:
        answers = {answer.key: answer for answer in detail.answers}
        told = [(row, answers.get(node.step.action)) for row, node in enumerate(detail.nodes)]
        self.nodes.show_rows([self._node(node) for node in detail.nodes])
        for row, answer in told:
            if answer is not None:
                self._mark_answer(row, answer)

    def _node(self, node: CaseNode) -> tuple[str, ...]:
        step, language = node.step, self._bench.language
        return (
            self._flow.events[step.event].words.in_language(language),
            f"{step.officer_name}（{step.officer}）"
            if language.startswith("zh")
            else f"{step.officer_name} ({step.officer})",
            moment_words(node.recorded),
            node.due.isoformat(),
            step.key_content,
            step.opinion,
        )

    def _mark_answer(self, row: int, answer: CaseAnswer) -> None:
        """Whether the platform has heard of the step."""
        signs = {
            AnswerState.SENT: ("mdi6.cloud-check-outline", "pass", self.tr("The platform has acknowledged this step.")),
            AnswerState.WAITING: ("mdi6.cloud-upload-outline", "unknown", self.tr("Waits to be sent to the platform.")),
            AnswerState.REFUSED: ("mdi6.cloud-alert", "fail", self.tr("The platform refused this step.")),
        }
        name, token, words = signs[answer.state]
        self.nodes.set_sign(row, 0, icon(name, self._bench.theme.colours[token]))
        item = self.nodes.item(row, 0)
        if item is not None:
            item.setToolTip(words)

    def _show_papers(self, detail: CaseDetail) -> None:
        self.papers.clear()
        for paper in detail.papers:
            item = QListWidgetItem(f"{paper.name}\n{origin_word(paper.origin)}")
            item.setData(Qt.ItemDataRole.UserRole, paper.id)
            item.setIcon(icon("mdi6.file-document-outline", self._bench.theme.colours["muted"]))
            item.setToolTip(f"{paper.name} · {moment_words(paper.taken)} · {paper.size / 1024:.0f} KB")
            self.papers.addItem(item)
        self.tabs.setTabText(2, self.tr("Papers ({0})").format(len(detail.papers)))

    def show_thumbnails(self, images: dict[str, QImage]) -> None:
        """As they come."""
        for row in range(self.papers.count()):
            item = self.papers.item(row)
            image = images.get(item.data(Qt.ItemDataRole.UserRole))
            if image is not None:
                item.setIcon(QIcon(QPixmap.fromImage(image)))

"""办件清单: conditions on top, the list left, the case right, its papers over everything when they are wanted."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.desk.casework import CaseDetail, Listed
from app.domain.cases.asking import AskedQuery, SavedQuery
from app.domain.cases.workflow import CaseEvent
from app.domain.matters.matter import FeeItem
from app.tables.table import TableFormat
from app.ui.bench import Bench
from app.ui.screens.cases.detail import CaseDetailPanel
from app.ui.screens.cases.list_model import CaseListModel
from app.ui.screens.cases.query_builder import QueryBuilder
from app.ui.screens.cases.words import channel_word, deadline_words, moment_words, subject_of, urgency_icon
from app.ui.screens.fees.model import FeeSubject
from app.ui.screens.fees.page import FeePage
from app.ui.screens.papers.documents_page import DocumentsPage
from app.ui.screens.papers.viewer import PaperViewer
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.table import WordTable

_LIMIT_COLUMN = 0


# Done where the originals and the post's number are: on the page of online applications.
_ELSEWHERE = {CaseEvent.VERIFY, CaseEvent.DELIVER, CaseEvent.COLLECT}


class CaseListPage(QStackedWidget):
    """The list, or the papers of the case that is looked at. ``elsewhere``: case and event that another page does."""

    elsewhere = Signal(str, object)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.model = CaseListModel(bench)
        self._wanted = ""  # the case to be shown when the page comes
        self._total: int | None = None
        self._said = ""
        main = QWidget(self)
        self._main = main
        self.builder = QueryBuilder(bench.language, bench.desk.casework.states(), main)
        heads = (
            self.tr("Time limit"),
            self.tr("State"),
            self.tr("Name"),
            self.tr("Matter"),
            self.tr("Number"),
            self.tr("ID number"),
            self.tr("Received"),
            self.tr("Channel"),
        )
        self.table = WordTable(heads, self.tr("Cases"), main)
        self.counts = QLabel(main)
        self.saved = QComboBox(main)
        self.saved.setAccessibleName(self.tr("Kept queries"))
        self.add_button = KeyButton(self.tr("Add a condition"), "Alt+A", main)
        self.clear_button = KeyButton(self.tr("Clear"), "Alt+C", main)
        self.save_button = KeyButton(self.tr("Keep this query"), "Alt+S", main)
        self.forget_button = KeyButton(self.tr("Delete it"), "Alt+D", main)
        self.more_button = KeyButton(self.tr("More"), "M", main)
        self.export_button = KeyButton(self.tr("Export"), "E", main)
        self.search_button = KeyButton(self.tr("Search"), "F5", main)
        self.search_button.setObjectName("next")
        self._lay_out()
        self._connect()

    # -- laying out ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        tools = QVBoxLayout()
        for widget in (self.add_button, self.clear_button):
            tools.addWidget(widget)
        tools.addStretch(1)
        top = QHBoxLayout()
        top.addWidget(self.builder, 1)
        top.addLayout(tools)
        left = QWidget(self._main)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        middle = QSplitter(Qt.Orientation.Horizontal, self._main)
        middle.setChildrenCollapsible(False)
        middle.addWidget(left)
        self._middle = middle
        lower = QHBoxLayout()
        lower.addWidget(self.more_button)
        lower.addWidget(self.export_button)
        lower.addWidget(self.counts, 1)
        self.saved.setMinimumWidth(150)
        lower.addWidget(self.saved)
        for button in (self.save_button, self.forget_button, self.search_button):
            lower.addWidget(button)
        whole = QVBoxLayout(self._main)
        whole.setContentsMargins(8, 8, 8, 8)
        whole.addLayout(top)
        whole.addWidget(middle, 1)
        whole.addLayout(lower)
        self.addWidget(self._main)

    @cached_property
    def detail(self) -> CaseDetailPanel:
        """The case that is looked at, beside the list; made after the list, so that neither holds up the events."""
        panel = CaseDetailPanel(self._bench, self._bench.desk.casework, self._main)
        self._middle.addWidget(panel)
        self._middle.setStretchFactor(0, 3)
        self._middle.setStretchFactor(1, 2)
        self._middle.setSizes([740, 480])
        panel.steps.wanted.connect(self._step)
        panel.paper_wanted.connect(self._open_paper)
        panel.documents_wanted.connect(self.open_documents)
        panel.fee_wanted.connect(self._ask_fee)
        self.model.thumbnails.connect(panel.show_thumbnails)
        return panel

    @cached_property
    def papers(self) -> PaperViewer:
        """Its papers, made when the first one is opened."""
        page = PaperViewer(self._bench, self)
        page.left.connect(lambda: self.setCurrentWidget(self._main))
        self.addWidget(page)
        return page

    @cached_property
    def documents(self) -> DocumentsPage:
        """Its documents, made when they are first wanted."""
        page = DocumentsPage(self._bench, self)
        page.left.connect(lambda: self.setCurrentWidget(self._main))
        self.addWidget(page)
        return page

    @cached_property
    def fee(self) -> FeePage:
        """Its fee, made when it is first wanted."""
        page = FeePage(self._bench, self)
        page.left.connect(lambda: self.setCurrentWidget(self._main))
        self.addWidget(page)
        return page

    def _connect(self) -> None:
        self.search_button.clicked.connect(self.search)
        self.builder.entered.connect(self.search)
        self.add_button.clicked.connect(self._add)
        self.clear_button.clicked.connect(self._clear)
        self.more_button.clicked.connect(self.model.next_page)
        self.export_button.clicked.connect(self._export)
        self.save_button.clicked.connect(self._save)
        self.forget_button.clicked.connect(self._forget)
        self.saved.activated.connect(self._take_saved)
        self.table.row_changed.connect(self._looked)
        self.model.found.connect(self._show)
        self.model.counted.connect(self._count)
        self.model.detail_changed.connect(self._show_detail)
        self.model.queries.connect(self._show_queries)
        self.model.choices.connect(self.builder.put_choices)
        self.model.exported.connect(self._show_exported)
        self.model.moved.connect(lambda _: self._show_rows())

    # -- asking ----------------------------------------------------------------------------------------

    def enter(self) -> None:
        """The page is shown: the latest cases at once."""
        self.setCurrentWidget(self._main)
        self.search()
        self.model.read_queries()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_case(self, case_id: str) -> None:
        """One case beside the list, in it or not."""
        self._wanted = case_id
        self.search()

    def search(self) -> None:
        """With the conditions as they stand."""
        self._total, self._said = None, ""
        self.model.search(self.builder.asked())

    def _add(self) -> None:
        row = self.builder.add_row()
        if row is not None:
            row.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear(self) -> None:
        self.builder.put(AskedQuery())
        self.search()

    def _save(self) -> None:
        name, done = QInputDialog.getText(self, self.tr("Keep this query"), self.tr("Under which name?"))
        if done:
            self.model.save_query(name, self.builder.asked())

    def _forget(self) -> None:
        saved = self.saved.currentData()
        if isinstance(saved, SavedQuery):
            self.model.forget_query(saved.name)

    def _take_saved(self) -> None:
        saved = self.saved.currentData()
        self.forget_button.setEnabled(isinstance(saved, SavedQuery))
        if isinstance(saved, SavedQuery):
            self.builder.put(saved.asked)
            self.search()

    # -- showing ---------------------------------------------------------------------------------------

    def _show(self) -> None:
        self._show_rows()
        self.more_button.setEnabled(self.model.more)
        self.export_button.setEnabled(bool(self.model.rows))
        self._say()
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.table.clearSelection()
            self.model.open(wanted)
        elif not self.model.rows:
            self.model.look_at(-1)

    def _show_rows(self) -> None:
        colours = self._bench.theme.colours
        signs = [(n, _LIMIT_COLUMN, urgency_icon(row.urgency, colours)) for n, row in enumerate(self.model.rows)]
        self.table.show_rows([self._words(row) for row in self.model.rows], signs)

    def _words(self, row: Listed) -> tuple[str, ...]:
        case, desk, language = row.case, self.model.desk, self._bench.language
        name, number = subject_of(case)
        return (
            deadline_words(case, row.urgency),
            desk.flow.states[case.state].words.in_language(language),
            name,
            row.matter,
            case.number,
            desk.shown_number(number),
            moment_words(case.submitted),
            channel_word(case.content.channel),
        )

    def _count(self, total: int) -> None:
        self._total = total
        self._say()

    def _say(self) -> None:
        shown = len(self.model.rows)
        if self._said:
            self.counts.setText(self._said)
        elif self._total is None:
            self.counts.setText(self.tr("{0} shown, counting…").format(shown))
        elif self._total == 0:
            self.counts.setText(self.tr("No case meets these conditions."))
        else:
            self.counts.setText(self.tr("{0} of {1} cases").format(shown, self._total))

    def _looked(self, row: int) -> None:
        known = self.model.detail
        if known is None or not 0 <= row < len(self.model.rows) or self.model.rows[row].case.id != known.case.id:
            self.model.look_at(row)

    def _show_detail(self, detail: CaseDetail | None) -> None:
        self.detail.show_detail(detail)

    def _open_paper(self, paper_id: str) -> None:
        detail = self.model.detail
        paper = next((each for each in detail.papers if each.id == paper_id), None) if detail is not None else None
        if detail is not None and paper is not None:
            self.papers.open(detail.papers, paper, beside=True)
            self.setCurrentWidget(self.papers)

    def open_documents(self, detail: CaseDetail | None = None) -> None:
        """Of that case, or of the one that is looked at."""
        detail = detail or self.model.detail
        if detail is not None:
            self.documents.open(detail.case.id, f"{detail.case.number}　{detail.matter}")
            self.setCurrentWidget(self.documents)

    def _ask_fee(self) -> None:
        detail, desk = self.model.detail, self.model.desk
        if detail is not None:
            self._bench.ask(lambda: desk.fee_items(detail.case), lambda items: self._open_fee(detail, items))

    def _open_fee(self, detail: CaseDetail, items: tuple[FeeItem, ...] | None) -> None:
        if self.model.detail is not None and self.model.detail.case.id == detail.case.id:
            self.fee.open(FeeSubject.of_case(detail.case, detail.matter, items))
            self.setCurrentWidget(self.fee)

    def _step(self, event: CaseEvent) -> None:
        detail = self.model.detail
        if detail is not None and event in _ELSEWHERE:
            self.elsewhere.emit(detail.case.id, event)
        else:
            self.model.move(event, self.detail.steps.opinion.text())

    def _show_queries(self, queries: tuple[SavedQuery, ...]) -> None:
        self.saved.clear()
        self.saved.addItem(self.tr("Kept queries ({0})").format(len(queries)), None)
        for saved in queries:
            self.saved.addItem(saved.name, saved)
        self.forget_button.setEnabled(False)

    # -- taking out ------------------------------------------------------------------------------------

    def _export(self) -> None:
        kinds = {
            self.tr("Excel (*.xlsx)"): TableFormat.EXCEL,
            self.tr("Word (*.docx)"): TableFormat.WORD,
            self.tr("Text (*.csv)"): TableFormat.TEXT,
        }
        name, chosen = QFileDialog.getSaveFileName(self, self.tr("Export"), self.tr("cases"), ";;".join(kinds))
        if name:
            kind = kinds.get(chosen, TableFormat.EXCEL)
            path = Path(name)
            self.model.export(
                path if path.suffix == f".{kind.value}" else path.with_name(f"{path.name}.{kind.value}"), kind
            )

    def _show_exported(self, rows: int) -> None:
        self._said = self.tr("{0} rows exported, with your name and the time.").format(rows)
        self._say()

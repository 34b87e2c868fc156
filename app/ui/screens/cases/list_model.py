"""Pages of cases as they are asked for, the case that is looked at, and what an officer does to it; off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.desk.casework import CaseDetail, CaseworkDesk, Listed
from app.desk.paper_reading import PaperReading
from app.domain.cases.asking import AskedQuery, SavedQuery
from app.domain.cases.case import CaseMaterial
from app.domain.cases.query import CaseQuery, cursor_after
from app.domain.cases.workflow import CaseEvent
from app.domain.errors import BadInput
from app.tables.table import TableFormat
from app.ui.bench import Bench
from app.ui.screens.papers.looking import look_at

_SMALL_PX = 160


class CaseListModel(QObject):
    """``found`` after every page, ``counted`` when the total is known, ``detail`` for the case looked at.

    An answer to a question that was asked before the last one is dropped.
    """

    found = Signal()
    counted = Signal(int)
    detail_changed = Signal(object)  # CaseDetail | None
    thumbnails = Signal(object)  # dict: material id -> QImage
    picture = Signal(str, object)  # material id, PaperImage
    queries = Signal(object)  # tuple of SavedQuery
    choices = Signal(object)  # field → value → word
    exported = Signal(int)
    moved = Signal(object)  # CaseDetail

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self._asked = 0
        self._looked = 0
        self.query = CaseQuery()
        self.rows: list[Listed] = []
        self.more = False
        self.busy = False
        self.detail: CaseDetail | None = None
        bench.desk_closed.connect(self._empty)

    @property
    def desk(self) -> CaseworkDesk:
        """The signed-in officer's."""
        return self._bench.desk.casework

    def _empty(self) -> None:
        self.rows, self.more, self.detail = [], False, None
        self._asked += 1
        self._looked += 1
        self.found.emit()
        self.detail_changed.emit(None)

    # -- pages -----------------------------------------------------------------------------------------

    def search(self, asked: AskedQuery) -> None:
        """The first page at once, then how many there are."""
        try:
            query = self.desk.query(asked)
        except BadInput as error:
            self._bench.refused.emit(error)
            return
        self.run(query)

    def run(self, query: CaseQuery) -> None:
        """As ``search``, for a query that stands."""
        self.query, desk = query, self.desk
        self._asked += 1
        asked = self._asked

        def first(page: tuple[Listed, ...]) -> None:
            if asked == self._asked:
                self.rows = list(page)
                self._paged(page)

        def counted(total: int) -> None:
            if asked == self._asked:
                self.counted.emit(total)

        self._bench.ask(lambda: desk.page(query), first)
        self._bench.ask(lambda: desk.total(query), counted)

    def next_page(self) -> None:
        """更多: what comes behind the last row, whatever arrived meanwhile."""
        if not self.more or not self.rows:
            return
        asked, desk = self._asked, self.desk
        after = cursor_after(self.rows[-1].case, self.query.sort)
        query = CaseQuery(self.query.where, self.query.sort, self.query.limit, after)
        self.more = False

        def answer(page: tuple[Listed, ...]) -> None:
            if asked == self._asked:
                self.rows += page
                self._paged(page)

        self._bench.ask(lambda: desk.page(query), answer)

    def _paged(self, page: tuple[Listed, ...]) -> None:
        self.more = len(page) == self.query.limit
        self.found.emit()

    def export(self, path: Path, kind: TableFormat) -> None:
        """Every page of the last query."""
        desk, query = self.desk, self.query
        self._bench.ask(lambda: desk.export(query, path, kind), self.exported.emit)

    # -- kept queries ----------------------------------------------------------------------------------

    def read_queries(self) -> None:
        """The officer's own, and what the fields of a query may hold."""
        self._bench.ask(self.desk.saved_queries, self.queries.emit)
        self._bench.ask(self.desk.choices, self.choices.emit)

    def save_query(self, name: str, asked: AskedQuery) -> None:
        """Under its name; read again then."""
        desk = self.desk

        def question() -> tuple[SavedQuery, ...]:
            desk.save_query(name, asked)
            return desk.saved_queries()

        self._bench.ask(question, self.queries.emit)

    def forget_query(self, name: str) -> None:
        """Read again then."""
        desk = self.desk

        def question() -> tuple[SavedQuery, ...]:
            desk.forget_query(name)
            return desk.saved_queries()

        self._bench.ask(question, self.queries.emit)

    # -- one case --------------------------------------------------------------------------------------

    def look_at(self, row: int) -> None:
        """The case in that row, None for none."""
        if not 0 <= row < len(self.rows):
            self._looked += 1
            self.detail = None
            self.detail_changed.emit(None)
            return
        self.open(self.rows[row].case.id)

    def open(self, case_id: str) -> None:
        """A case by its id."""
        desk = self.desk
        self._looked += 1
        looked = self._looked

        def answer(detail: CaseDetail) -> None:
            if looked == self._looked:
                self._show(detail)

        self._bench.ask(lambda: desk.detail(case_id), answer)

    def _show(self, detail: CaseDetail) -> None:
        self.detail = detail
        self.detail_changed.emit(detail)
        reading, papers = self._bench.desk.paper_reading, detail.papers
        if papers:
            self._bench.ask(lambda: _small(reading, papers), self.thumbnails.emit)

    def look_at_paper(self, paper: CaseMaterial, page: int = 0) -> None:
        """One page of it, as large as a screen can use it."""
        look_at(self._bench, paper, page, lambda image: self.picture.emit(paper.id, image))

    def move(self, event: CaseEvent, opinion: str) -> None:
        """One event; nothing while another is under way."""
        detail, desk = self.detail, self.desk
        if detail is not None:
            self.do(lambda: desk.move(detail, event, opinion))

    def do(self, question: Callable[[], CaseDetail]) -> None:
        """A step that ends with the case as it stands then; a second press while it runs is passed over."""
        if self.busy:
            return
        self.busy = True
        self._bench.ask(question, self._done, self._failed)

    def _done(self, detail: CaseDetail) -> None:
        self.busy = False
        now = Listed(detail.case, detail.urgency, detail.matter)
        self.rows = [now if row.case.id == now.case.id else row for row in self.rows]
        self._looked += 1
        self._show(detail)
        self.moved.emit(detail)

    def _failed(self, error: object) -> None:
        self.busy = False
        self._bench.refused.emit(error)
        if self.detail is not None:
            self.open(self.detail.case.id)


def _small(reading: PaperReading, papers: tuple[CaseMaterial, ...]) -> dict[str, QImage]:
    pictures = {paper.id: reading.small(paper, _SMALL_PX) for paper in papers}
    return {paper: QImage.fromData(data) for paper, data in pictures.items() if data}

"""办件: the list and its queries, what presses and the figures, online applications and their originals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from app.desk.casework import CaseDetail
from app.domain.cases.workflow import CaseEvent
from app.ui.bench import Bench
from app.ui.screens.cases.figures_page import FiguresPage
from app.ui.screens.cases.list_page import CaseListPage
from app.ui.screens.cases.verification_page import VerificationPage

_LIST, _FIGURES, _VERIFICATION = 0, 1, 2  # places of the tabs


class CasesView(QWidget):
    """Three pages of one screen; each is filled when it is looked at."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.tabs = QTabWidget(self)
        self.tabs.setAccessibleName(self.tr("Cases"))
        for word in (self.tr("Cases"), self.tr("Deadlines and figures"), self.tr("Online applications")):
            self.tabs.addTab(QWidget(self), word)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        self.tabs.currentChanged.connect(self.enter)

    def parts(self) -> Iterator[Callable[[], object]]:
        """What the first page is made of."""
        yield lambda: self.list
        yield lambda: self.list.detail

    @cached_property
    def list(self) -> CaseListPage:
        """Made after the view itself, as its other pages: all at once hold up the events."""
        page = CaseListPage(self._bench, self)
        page.elsewhere.connect(self._open_online)
        self._put(_LIST, page)
        return page

    @cached_property
    def figures(self) -> FiguresPage:
        """Made when it is first wanted."""
        page = FiguresPage(self._bench, self)
        page.case_wanted.connect(self._open_case)
        self._put(_FIGURES, page)
        return page

    @cached_property
    def verification(self) -> VerificationPage:
        """Made when it is first wanted."""
        page = VerificationPage(self._bench, self)
        page.documents_wanted.connect(self._open_documents)
        self._put(_VERIFICATION, page)
        return page

    def _put(self, place: int, page: QWidget) -> None:
        current, word = self.tabs.currentIndex(), self.tabs.tabText(place)
        self.tabs.blockSignals(True)
        self.tabs.removeTab(place)
        self.tabs.insertTab(place, page, word)
        self.tabs.setCurrentIndex(current)
        self.tabs.blockSignals(False)

    def enter(self) -> None:
        """The screen, or another of its pages, is shown."""
        place = self.tabs.currentIndex()
        if place == _FIGURES:
            self.figures.enter()
        elif place == _VERIFICATION:
            self.verification.enter()
        else:
            for part in self.parts():
                part()
            self.list.enter()

    def _open_case(self, case_id: str) -> None:
        """A pressing case: its detail beside the list."""
        self.tabs.setCurrentWidget(self.list)
        self.list.show_case(case_id)

    def _open_online(self, case_id: str, event: CaseEvent) -> None:
        """A step that is done on the page of online applications."""
        self.tabs.setCurrentWidget(self.verification)
        self.verification.show_case(case_id, event)

    def _open_documents(self, detail: CaseDetail) -> None:
        """投递信息单 and the others, and back to the online applications from there."""
        self.tabs.setCurrentWidget(self.list)
        self.list.open_documents(detail)
        self.list.documents.left.connect(self._back_to_online, Qt.ConnectionType.SingleShotConnection)

    def _back_to_online(self) -> None:
        self.tabs.setCurrentWidget(self.verification)

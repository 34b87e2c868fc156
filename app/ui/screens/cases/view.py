"""办件: the list and its queries, what presses and the figures, online applications and their originals."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from app.domain.cases.workflow import CaseEvent
from app.ui.bench import Bench
from app.ui.screens.cases.figures_page import FiguresPage
from app.ui.screens.cases.list_page import CaseListPage
from app.ui.screens.cases.verification_page import VerificationPage


class CasesView(QWidget):
    """Three pages of one screen; each is filled when it is looked at."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.list = CaseListPage(bench, self)
        self.figures = FiguresPage(bench, self)
        self.verification = VerificationPage(bench, self)
        self.tabs = QTabWidget(self)
        self.tabs.setAccessibleName(self.tr("Cases"))
        pages = ((self.list, self.tr("Cases")), (self.figures, self.tr("Deadlines and figures")))
        for page, word in (*pages, (self.verification, self.tr("Online applications"))):
            self.tabs.addTab(page, word)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        self.tabs.currentChanged.connect(self.enter)
        self.figures.case_wanted.connect(self._open_case)
        self.list.elsewhere.connect(self._open_online)

    def enter(self) -> None:
        """The screen, or another of its pages, is shown."""
        page = self.tabs.currentWidget()
        if isinstance(page, CaseListPage | FiguresPage | VerificationPage):
            page.enter()

    def _open_case(self, case_id: str) -> None:
        """A pressing case: its detail beside the list."""
        self.tabs.setCurrentWidget(self.list)
        self.list.show_case(case_id)

    def _open_online(self, case_id: str, event: CaseEvent) -> None:
        """A step that is done on the page of online applications."""
        self.tabs.setCurrentWidget(self.verification)
        self.verification.show_case(case_id, event)

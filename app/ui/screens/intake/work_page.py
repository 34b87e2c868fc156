"""The middle of an open case: its sections as tabs, the one in front, and NEXT with what it will do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.domain.cases.matter import FindingKind
from app.ui.bench import Bench
from app.ui.screens.intake.checks_panel import ChecksPanel
from app.ui.screens.intake.finish_bar import FinishBar
from app.ui.screens.intake.section_panel import SectionPanel
from app.ui.screens.intake.sheet import Sheet, Way
from app.ui.screens.intake.view_model import IntakeModel
from app.ui.widgets.buttons import KeyButton

_STEPS_PX = 44


class WorkPage(QWidget):
    """GUI thread; shows the model's sheet."""

    def __init__(self, bench: Bench, model: IntakeModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self._model = model
        self._sheet: Sheet | None = None
        self.title = QLabel(self)
        self.title.setObjectName("heading")
        self.steps = QTabBar(self)
        self.steps.setAccessibleName(self.tr("Sections"))
        self.steps.setExpanding(False)
        self.steps.setUsesScrollButtons(True)
        self.steps.setMinimumHeight(_STEPS_PX)
        self.section = SectionPanel(bench, self)
        self.checks = ChecksPanel(bench, self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.section)
        self.finish = FinishBar(bench, self)
        self._end = QWidget(self)
        self._pages.addWidget(self._end)
        self.verdict = QLabel(self)
        self.verdict.setWordWrap(True)
        self.back = KeyButton(self.tr("Back"), "Escape", self)
        self.refuse = KeyButton(self.tr("Refuse"), "F9", self)
        self.tell = KeyButton(self.tr("Tell and park"), "F10", self)
        self.next = KeyButton(self.tr("Go on"), "F2", self)
        self.next.setObjectName("next")
        self._lay_out()
        self.steps.tabBarClicked.connect(model.go)
        self.back.clicked.connect(model.back)
        self.next.clicked.connect(model.advance)
        self.section.edited.connect(model.change)
        self.section.finished.connect(model.advance)
        self.section.row_wanted.connect(model.add_row)
        self.section.row_unwanted.connect(model.remove_row)
        self.checks.made_sure.connect(model.make_sure)
        model.sheet_changed.connect(self._show_step)
        model.fields_changed.connect(self._show_values)
        model.papers_changed.connect(self._show_papers)
        model.busy_changed.connect(self._show_next)

    def _lay_out(self) -> None:
        end = QVBoxLayout(self._end)
        end.setContentsMargins(0, 0, 0, 0)
        end.addWidget(self.checks, 1)
        end.addWidget(self.finish)
        lower = QHBoxLayout()
        for button in (self.back, self.refuse, self.tell):
            lower.addWidget(button)
        lower.addStretch(1)
        lower.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.steps)
        column.addWidget(self._pages, 1)
        column.addWidget(self.verdict)
        column.addLayout(lower)

    def _show_step(self) -> None:
        sheet = self._model.sheet
        if sheet is None:
            self._sheet = None
            return
        language = self._bench.language
        if sheet is not self._sheet:
            self._sheet = sheet
            self.title.setText(f"{sheet.matter.code}　{sheet.matter.name(language)}")
            self._name_steps(sheet)
        self.steps.setCurrentIndex(sheet.step)
        section = sheet.section
        if section is None:
            self._pages.setCurrentWidget(self._end)
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._pages.setCurrentWidget(self.section)
            self.section.build(sheet, section)
            self.section.begin()
        self._show_values()

    def _name_steps(self, sheet: Sheet) -> None:
        chinese = self._bench.language.startswith("zh")
        names = [section.zh if chinese else section.en for section in sheet.matter.form.sections]
        while self.steps.count():
            self.steps.removeTab(0)
        for name in (*names, self.tr("Checks")):
            self.steps.addTab(name)

    def _show_values(self) -> None:
        sheet = self._model.sheet
        if sheet is None:
            return
        self.section.show_values(sheet)
        if sheet.section is None:
            self.checks.show_sheet(sheet)
            self.finish.show_sheet(sheet)
        self._show_verdict(sheet)
        self._show_next()

    def _show_papers(self) -> None:
        sheet = self._model.sheet
        if sheet is not None and sheet.section is None:
            self.finish.show_sheet(sheet)
        self._show_next()

    def _show_verdict(self, sheet: Sheet) -> None:
        """What the rules say so far, under the form: told while it can still be talked about."""
        held = [f for f in sheet.assessment.findings if f.kind is FindingKind.NOT_ELIGIBLE]
        held += [
            f
            for f in sheet.assessment.findings
            if f.kind is FindingKind.WARNING
            and f.subject in {h.rule.id for h in sheet.assessment.judgement.findings if h.holds}
        ]
        grave = bool(held) and held[0].blocks
        self.verdict.setText(f"{'✖' if grave else '▲'} {held[0].text}" if held and sheet.section is not None else "")
        self.verdict.setObjectName("refused" if grave else "doubt")
        self.verdict.style().unpolish(self.verdict)
        self.verdict.style().polish(self.verdict)
        self.verdict.setVisible(bool(self.verdict.text()))

    def _show_next(self) -> None:
        sheet = self._model.sheet
        if sheet is None:
            return
        words = {
            Way.MEND: self.tr("What is lacking"),
            Way.REFUSE: self.tr("Refuse…"),
            Way.WAIT: self.tr("Back end needed"),
            Way.TELL: self.tr("Tell what to bring"),
            Way.SURE: self.tr("Make sure first"),
            Way.ACCEPT: self.tr("Accept"),
        }
        self.next.set_words(self.tr("Go on") if sheet.section is not None else words[sheet.way])
        for button in (self.next, self.refuse, self.tell):
            button.setEnabled(not self._model.busy)

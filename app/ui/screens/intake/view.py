"""受理: left the person and what lies open, in the middle one section at a time, on the right the materials."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.cases.case import Case, CaseMaterial
from app.domain.person import masked
from app.ui.bench import Bench
from app.ui.screens.fees.model import FeeSubject
from app.ui.screens.fees.page import FeePage
from app.ui.screens.intake.drafts_panel import DraftsPanel
from app.ui.screens.intake.ending import EndingPage
from app.ui.screens.intake.materials_panel import MaterialsPanel
from app.ui.screens.intake.outcome import OutcomePage
from app.ui.screens.intake.person_panel import PersonPanel
from app.ui.screens.intake.picker import MatterPicker
from app.ui.screens.intake.sheet import OpenDraft, Sheet, Way
from app.ui.screens.intake.signing_page import SigningPage
from app.ui.screens.intake.view_model import IntakeModel
from app.ui.screens.intake.work_page import WorkPage
from app.ui.screens.papers.viewer import PaperViewer
from app.ui.widgets.confirm_bar import ConfirmBar

_LEFT_PX, _RIGHT_PX = 352, 272


class IntakeView(QWidget):
    """Any number of cases open at once; what is typed is on the disk a moment later."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.model = IntakeModel(bench)
        self.person = PersonPanel(bench, self)
        self.drafts = DraftsPanel(bench, self)
        self.picker = MatterPicker(bench, self.model.found, self)
        self.work = WorkPage(bench, self.model, self)
        self.tell = EndingPage(
            self.tr("Tell the applicant once what to bring"),
            self.tr("One line for each. The case is parked and taken up again when they come back."),
            self.tr("Told: park the case"),
            self,
        )
        self.refuse = EndingPage(
            self.tr("Refuse the matter"),
            self.tr("The applicant gets this reason in writing."),
            self.tr("Refuse"),
            self,
        )
        self.outcome = OutcomePage(bench, self)
        self.materials = MaterialsPanel(bench, self.model.small, self)
        self.viewer = PaperViewer(bench, self)
        self.signing = SigningPage(bench, self)
        self.fee = FeePage(bench, self)
        self.question = ConfirmBar(self)
        self.pages = QStackedWidget(self)
        for page in (self.picker, self.work, self.tell, self.refuse, self.outcome, self.viewer, self.signing, self.fee):
            self.pages.addWidget(page)
        self._shown = ""
        self._texts: tuple[str, ...] = ()  # of the case in front: none of it stays in the clipboard
        self._lay_out()
        self._connect()
        self._show_sheet()

    def _lay_out(self) -> None:
        self._left = QWidget(self)
        self._left.setFixedWidth(_LEFT_PX)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.person)
        left.addWidget(self.drafts, 1)
        self.materials.setFixedWidth(_RIGHT_PX)
        row = QHBoxLayout()
        row.addWidget(self._left)
        row.addWidget(self.pages, 1)
        row.addWidget(self.materials)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.question)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        model = self.model
        self.picker.picked.connect(model.begin)
        self.drafts.taken_up.connect(model.take_up)
        self.drafts.unwanted.connect(self._ask_to_discard)
        self.person.typed.connect(model.change)
        self.person.read.connect(model.take_person)
        self.person.reasoned.connect(model.give_reason)
        self.person.submitted.connect(self._person_done)
        self.person.place_chosen.connect(self._place_chosen)
        self.materials.files_chosen.connect(model.add_files)
        self.materials.scan_wanted.connect(model.scan)
        self.materials.look_wanted.connect(self._look_at)
        self.materials.unwanted.connect(self._ask_to_remove)
        self.materials.licence_wanted.connect(model.fetch_licence)
        desk = self._bench.desk
        self.materials.offer(desk.papers.scans, desk.registers.offered)
        self.viewer.left.connect(self._show_work)
        self.work.tell.clicked.connect(self._open_tell)
        self.work.refuse.clicked.connect(self._open_refuse)
        self.tell.left.connect(self._show_work)
        self.refuse.left.connect(self._show_work)
        self.tell.confirmed.connect(self._park)
        self.refuse.confirmed.connect(model.refuse)
        self.outcome.finished.connect(model.leave)
        self.outcome.fee_wanted.connect(self._open_case_fee)
        self.work.finish.sign_wanted.connect(self._open_signing)
        self.work.finish.fee_wanted.connect(self._open_fee)
        self.signing.left.connect(self._signed)
        self.signing.model.kept.connect(model.read_papers)
        self.fee.left.connect(self._fee_left)
        model.catalogue_known.connect(self.picker.look)
        model.drafts_changed.connect(self._show_drafts)
        model.sheet_changed.connect(self._show_sheet)
        model.fields_changed.connect(self._show_values)
        model.papers_changed.connect(self._show_papers)
        model.busy_changed.connect(self._show_scanning)
        model.stuck.connect(self._point_at)
        model.ending.connect(self._end)
        model.concluded.connect(self._show_outcome)
        model.parked.connect(self._show_parked)

    def enter(self) -> None:
        """The screen is shown."""
        self.model.enter()
        if self.pages.currentWidget() is self.picker:
            self.picker.enter()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another screen: whoever sits before the applicant's screen now is not asked to sign this case."""
        super().hideEvent(event)
        if self.pages.currentWidget() is self.signing:
            self.signing.forget()
            self._show_work()

    # -- showing ---------------------------------------------------------------------------------------

    def _show_sheet(self) -> None:
        sheet = self.model.sheet
        self.person.setVisible(sheet is not None)
        self.materials.setVisible(sheet is not None)
        self.question.drop()
        current = sheet.draft_id if sheet is not None else ""
        if current != self._shown:
            self._shown = current
            self._leave_nothing_behind()
        if sheet is None:
            self.pages.setCurrentWidget(self.picker)
            self.picker.enter()
        else:
            self.pages.setCurrentWidget(self.work)
            self._bring_the_person(sheet)
            self._show_values()
            if sheet.section is not None and sheet.section.role is not None:
                self.person.begin()
        self._show_drafts()

    def _bring_the_person(self, sheet: Sheet) -> None:
        """A section about somebody brings them to the left."""
        section = sheet.section
        for number, place in enumerate(sheet.places):
            if section is not None and place.section is section:
                sheet.place = number
                return

    def _leave_nothing_behind(self) -> None:
        """Another case: what was copied or shown of the last one is gone."""
        self.viewer.forget()
        self.signing.forget()
        self.fee.forget()
        self.materials.forget()
        self.tell.text.clear()
        self.refuse.text.clear()
        copied = QGuiApplication.clipboard().text()
        if any(len(text) > 1 and text in copied for text in self._texts):
            QGuiApplication.clipboard().clear()
        self._texts = ()

    def _show_values(self) -> None:
        if self.model.sheet is not None:
            self._texts = tuple(self.model.sheet.texts.values())
            self.person.show_sheet(self.model.sheet)
            self.materials.show_sheet(self.model.sheet)

    def _show_papers(self) -> None:
        if self.model.sheet is not None:
            self.materials.show_sheet(self.model.sheet)

    def _show_scanning(self) -> None:
        self.materials.show_scanning(self.model.scanning)

    def _show_drafts(self) -> None:
        sheet = self.model.sheet
        self.drafts.show_drafts(self.model.listed(), sheet.draft_id if sheet is not None else "")

    def _show_work(self) -> None:
        self._left.show()
        self.materials.show()
        self.pages.setCurrentWidget(self.work)

    def _show_outcome(self, case: Case) -> None:
        self.person.hide()
        self.materials.hide()
        self._shown = ""
        self._leave_nothing_behind()
        catalogue = self.model.catalogue
        if catalogue is not None:
            self.outcome.open(case, catalogue.matter(case.content.matter.code))
        self.pages.setCurrentWidget(self.outcome)

    def _show_parked(self, sheet: Sheet) -> None:
        """一次性告知书 to take home."""
        self.outcome.open_parked(sheet)
        self.pages.setCurrentWidget(self.outcome)

    # -- doing -----------------------------------------------------------------------------------------

    def _person_done(self) -> None:
        """Enter behind the number: on to the form."""
        self.model.look_up()
        self.work.section.begin()

    def _point_at(self, key: str) -> None:
        """Where the officer can mend it: who somebody is, on the left."""
        sheet = self.model.sheet
        if sheet is None or key not in sheet.identities:
            self.work.section.point_at(key)
        elif key in sheet.unreasoned:
            self.person.point_at_reason()
        else:
            self.person.begin()

    def _place_chosen(self, number: int) -> None:
        sheet = self.model.sheet
        if sheet is not None:
            sheet.place = number
            self.person.show_sheet(sheet)

    def _look_at(self, paper: CaseMaterial) -> None:
        sheet = self.model.sheet
        if sheet is not None:
            self._left.hide()
            self.materials.hide()
            self.pages.setCurrentWidget(self.viewer)
            self.viewer.open(sheet.papers, paper, beside=False)

    def _open_signing(self) -> None:
        sheet = self.model.sheet
        if sheet is not None:
            self.signing.open(sheet)
            self.pages.setCurrentWidget(self.signing)

    def _signed(self) -> None:
        """Back to the checks, unless another case was taken up meanwhile."""
        if self.pages.currentWidget() is self.signing:
            self._show_work()

    def _open_fee(self) -> None:
        sheet = self.model.sheet
        if sheet is not None:
            title = f"{sheet.matter.code}　{sheet.matter.name(self._bench.language)}"
            items = sheet.matter.fees if isinstance(sheet.matter.fees, tuple) else None
            self._show_fee(FeeSubject(sheet.draft_id, "", title, sheet.payer, items))

    def _open_case_fee(self, case: Case) -> None:
        """Of a case that has its number already."""
        catalogue = self.model.catalogue
        if catalogue is not None:
            matter = catalogue.matter(case.content.matter.code)
            items = matter.fees if isinstance(matter.fees, tuple) else None
            self._show_fee(FeeSubject.of_case(case, matter.name(self._bench.language), items))

    def _show_fee(self, subject: FeeSubject) -> None:
        self._left.hide()
        self.materials.hide()
        self.pages.setCurrentWidget(self.fee)
        self.fee.open(subject)

    def _fee_left(self) -> None:
        """Back to where the fee was asked for."""
        if self.model.sheet is not None:
            self._show_work()
            self.model.read_fee()
        else:
            self._left.show()
            self.pages.setCurrentWidget(self.outcome)

    def _end(self, way: Way) -> None:
        if way is Way.REFUSE:
            self._open_refuse()
        else:
            self._open_tell()

    def _open_tell(self) -> None:
        sheet = self.model.sheet
        if sheet is not None:
            language = self._bench.language
            self.tell.open("\n".join(each.material.name(language) for each in sheet.assessment.missing))
            self.pages.setCurrentWidget(self.tell)

    def _open_refuse(self) -> None:
        sheet = self.model.sheet
        if sheet is not None:
            self.refuse.open("\n".join(rule.sentence(self._bench.language) for rule in sheet.assessment.refusing))
            self.pages.setCurrentWidget(self.refuse)

    def _park(self, text: str) -> None:
        self.model.park(tuple(line.strip() for line in text.splitlines() if line.strip()))

    def _ask_to_discard(self, draft: OpenDraft) -> None:
        who = f"{draft.name} {masked(draft.number)}".strip()
        question = self.tr("Throw away {0} {1}? What was typed and scanned is erased.")
        self.question.ask(
            question.format(draft.matter.name(self._bench.language), who).replace("  ", " "),
            self.tr("Throw away"),
            self.tr("Keep"),
            lambda: self.model.discard(draft.draft.id),
        )

    def _ask_to_remove(self, paper: CaseMaterial) -> None:
        self.question.ask(
            self.tr("Remove “{0}”?").format(paper.name),
            self.tr("Remove"),
            self.tr("Keep"),
            lambda: self.model.remove_paper(paper),
        )

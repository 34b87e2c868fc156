"""The intake as the window works it: matters to pick, cases open at once, keystrokes on their way to the journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from app.config.matters import Catalogue
from app.config.texts import Coded
from app.domain.cases.case import Case, CaseMaterial, Draft, FieldValue, Provenance
from app.domain.cases.query import CaseQuery
from app.domain.errors import BadInput, NotAllowed, WorkstationError
from app.domain.fees import FeeOrder
from app.domain.matters.form import Role
from app.domain.matters.matter import Matter
from app.domain.queueing import Visit
from app.intake.people import PersonPlace
from app.intake.prefill import Known, card_fields, card_texts
from app.ui.bench import Bench
from app.ui.screens.intake.prefilling import Prefilling
from app.ui.screens.intake.sheet import OpenDraft, Sheet, Way, applicant_in, submission_of

if TYPE_CHECKING:
    from app.desk.person_reader import ReadPerson

_T = TypeVar("_T")
_LATEST = 300
_REMOVED = "移除"


class IntakeModel(QObject):
    """GUI thread. ``sheet``: the case in front, None while a matter is picked."""

    catalogue_known = Signal()
    drafts_changed = Signal()
    sheet_changed = Signal()  # another case, or another step of it
    fields_changed = Signal()
    papers_changed = Signal()
    stuck = Signal(str)  # the key that NEXT waits for
    ending = Signal(object)  # a Way that has a page of its own
    concluded = Signal(object)  # the Case
    parked = Signal(object)  # the Sheet that waits for the applicant
    busy_changed = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self._intake = bench.desk.intake
        self._source = bench.desk.matters
        self._papers = bench.desk.papers
        self.catalogue: Catalogue | None = None
        self.uses: Counter[str] = Counter()
        self.drafts: tuple[OpenDraft, ...] = ()
        self.sheet: Sheet | None = None
        self.busy = False
        self.scanning = False
        self._sheets: dict[str, Sheet] = {}
        self._fault = ""
        self._called: Visit | None = None
        self._prefilling = Prefilling(bench)
        self._prefilling.known.connect(self._known)
        self._prefilling.registered.connect(self._registered)
        self._prefilling.silent.connect(self._judge)
        bench.desk_closed.connect(self._forget)

    def _forget(self) -> None:
        """Signed out: nobody's data stays in memory."""
        self._sheets.clear()
        self.sheet, self.drafts, self._called = None, (), None

    # -- the room --------------------------------------------------------------------------------------

    def enter(self) -> None:
        """The screen is shown: catalogue, how often each matter was taken here, what lies open."""
        self._bench.ask(self._source.catalogue, self._catalogue_known)

    def _catalogue_known(self, catalogue: Catalogue) -> None:
        if catalogue is self.catalogue:
            self.refresh()
            return
        self.catalogue = catalogue
        self._bench.ask(self._counted, self._uses_known)
        for fault in catalogue.faults[:1]:
            self._bench.refused.emit(fault)
        self.catalogue_known.emit()
        self.refresh()

    def _counted(self) -> Counter[str]:
        latest = self._intake.cases.find(CaseQuery(limit=_LATEST))
        return Counter(case.content.matter.code for case in latest)

    def _uses_known(self, uses: Counter[str]) -> None:
        self.uses = uses
        self.catalogue_known.emit()

    def found(self, typed: str) -> tuple[Matter, ...]:
        """Matters by code, initials or name, the often used first."""
        return () if self.catalogue is None else self.catalogue.search(typed, self.uses)

    def refresh(self) -> None:
        """Read the drafts again."""
        self._bench.ask(self._intake.drafts.unfinished, self._drafts_known)

    def _drafts_known(self, drafts: tuple[Draft, ...]) -> None:
        found = []
        for draft in drafts:
            matter = self._matter_of(draft)
            if matter is not None:
                name, number = applicant_in(matter, {key: value.value for key, value in draft.fields.items()})
                found.append(OpenDraft(draft, matter, name, number, draft.id in self._sheets))
        self.drafts = tuple(found)
        self.drafts_changed.emit()

    def listed(self) -> tuple[OpenDraft, ...]:
        """The drafts with what is typed in those that are open here."""
        return tuple(self._as_typed(each) for each in self.drafts)

    def _as_typed(self, each: OpenDraft) -> OpenDraft:
        sheet = self._sheets.get(each.draft.id)
        if sheet is None:
            return replace(each, here=False)
        name, number = sheet.applicant()
        return replace(each, name=name, number=number, here=True)

    def _matter_of(self, draft: Draft) -> Matter | None:
        if self.catalogue is None:
            return None
        try:
            return self.catalogue.matter(draft.matter_code)
        except BadInput as error:
            self._bench.refused.emit(error)
            return None

    # -- opening and leaving ---------------------------------------------------------------------------

    def begin(self, matter: Matter) -> None:
        """A new case of this matter."""
        self._work(lambda: self._intake.drafts.begin(matter.code), self._begun)

    def expect(self, visit: Visit) -> None:
        """Who was called (叫号) and stands at the window: the next case begun is theirs."""
        self._called = visit

    def _begun(self, draft: Draft) -> None:
        visit, self._called = self._called, None
        self._opened(draft, ())
        if visit is None or self.sheet is None or self.sheet.draft_id != draft.id:
            return
        place, who = self.sheet.places[0], visit.applicant
        self.take_person(place, ReadPerson(who.name, who.id_number, who.document, ()))
        if visit.origin == "hand":
            texts = {slot.key: self.sheet.value(slot.key).value for slot in place.by_detail.values()}
            self._put({key: FieldValue(text, Provenance.HAND, visit.reason) for key, text in texts.items() if text})

    def take_up(self, draft_id: str) -> None:
        """恢复, or back to one that is open here."""
        if draft_id in self._sheets:
            self._show(self._sheets[draft_id])
            return
        drafts = self._intake.drafts
        self._work(lambda: (drafts.resume(draft_id), drafts.materials(draft_id)), lambda both: self._opened(*both))

    def _opened(self, draft: Draft, papers: tuple[CaseMaterial, ...]) -> None:
        matter = self._matter_of(draft)
        if matter is None:
            return
        fields = dict(draft.fields)
        texts = {key: value.value for key, value in fields.items()}
        items = {paper.item for paper in papers}
        sheet = Sheet(draft.id, matter, fields, self._source.assess(matter, texts, items), papers)
        self._sheets[draft.id] = sheet
        self._show(sheet)
        self.refresh()

    def _show(self, sheet: Sheet | None) -> None:
        self.sheet = sheet
        self.sheet_changed.emit()
        self.papers_changed.emit()

    def leave(self) -> None:
        """Back to picking; what was typed stays open in the list."""
        self._show(None)
        self.refresh()

    def discard(self, draft_id: str) -> None:
        """丢弃, after the officer was asked."""
        self._work(lambda: self._intake.drafts.discard(draft_id), lambda _: self._gone(draft_id))

    def _gone(self, draft_id: str) -> None:
        self._sheets.pop(draft_id, None)
        if self.sheet is not None and self.sheet.draft_id == draft_id:
            self._show(None)
        self.refresh()

    # -- filling in ------------------------------------------------------------------------------------

    def change(self, key: str, text: str, reason: str = "") -> None:
        """A keystroke, on its way to the disk when this returns."""
        self._put({key: FieldValue(text, Provenance.HAND, reason)})

    def _put(self, values: dict[str, FieldValue]) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        try:
            for key, value in values.items():
                self._intake.drafts.change(sheet.draft_id, key, value)
                sheet.fields[key] = value
        except WorkstationError as error:
            self._bench.refused.emit(error)
        self._judge(sheet)
        self._tell_of_the_journal()

    def _judge(self, sheet: Sheet) -> None:
        items = {paper.item for paper in sheet.papers}
        sheet.assessment = self._source.assess(sheet.matter, sheet.texts, items)
        if sheet is self.sheet:
            self.fields_changed.emit()

    def _tell_of_the_journal(self) -> None:
        """A disk that takes nothing any more is told once, not at every key."""
        fault = self._intake.journal.fault
        if fault is not None and fault.code != self._fault:
            self._bench.refused.emit(fault)
        self._fault = fault.code if fault is not None else ""

    def give_reason(self, place: PersonPlace, reason: str) -> None:
        """Why this person was typed by hand."""
        sheet = self.sheet
        if sheet is None:
            return
        keys = [slot.key for slot in place.by_detail.values()]
        typed = {key: sheet.fields[key] for key in keys if key in sheet.fields}
        by_hand = {k: v for k, v in typed.items() if v.provenance is Provenance.HAND and v.value}
        self._put({key: FieldValue(value.value, Provenance.HAND, reason) for key, value in by_hand.items()})

    def take_person(self, place: PersonPlace, person: ReadPerson) -> None:
        """What a document says; who somebody is comes from it, the rest only where nobody typed anything."""
        sheet = self.sheet
        if sheet is None:
            return
        texts = card_fields(place, card_texts(person.name, person.number, person.document, person.card))
        identity = {place.by_detail[d].key for d in ("name", "type", "number") if d in place.by_detail}
        free = {
            key: text
            for key, text in texts.items()
            if key in identity or not sheet.value(key).value or sheet.value(key).provenance is not Provenance.HAND
        }
        self._put({key: FieldValue(text, Provenance.CARD) for key, text in free.items()})
        if place.role is Role.APPLICANT:
            self.look_up()

    def look_up(self) -> None:
        """What is known of the applicant, and whether a case of this matter waits for an answer."""
        if self.sheet is not None:
            self._prefilling.ask(self.sheet)

    def _known(self, sheet: Sheet, known: Known) -> None:
        if sheet.draft_id in self._sheets:
            sheet.unfinished = known.unfinished
            self._fill(sheet, known.earlier, Provenance.EARLIER_CASE, frozenset())

    def _registered(self, sheet: Sheet, texts: dict[str, str]) -> None:
        """A register knows better than an earlier case; what a card or a hand said stays."""
        if sheet.draft_id in self._sheets:
            self._fill(sheet, texts, Provenance.BACKEND, frozenset({Provenance.EARLIER_CASE}))

    def _fill(self, sheet: Sheet, texts: Mapping[str, str], source: Provenance, over: frozenset[Provenance]) -> None:
        """Blank fields, and those that stand by one of ``over``."""
        for key, text in texts.items():
            now = sheet.value(key)
            if not now.value or now.provenance in over:
                self._intake.drafts.change(sheet.draft_id, key, FieldValue(text, source))
                sheet.fields[key] = FieldValue(text, source)
        self._judge(sheet)

    def add_row(self) -> None:
        """One more line of a section that repeats."""
        sheet = self.sheet
        section = sheet.section if sheet is not None else None
        if sheet is None or section is None or len(sheet.rows(section)) >= section.rows:
            return
        sheet.spare.setdefault(section.id, set()).add(max(sheet.rows(section), default=0) + 1)
        self.sheet_changed.emit()

    def remove_row(self, row: int) -> None:
        """Everything in it."""
        sheet = self.sheet
        section = sheet.section if sheet is not None else None
        if sheet is None or section is None:
            return
        sheet.spare.get(section.id, set()).discard(row)
        keys = [slot.key for slot in sheet.slots(section) if slot.row == row and sheet.value(slot.key).value]
        self._put({key: FieldValue("", Provenance.HAND, _REMOVED) for key in keys})
        self.sheet_changed.emit()

    def make_sure(self, rule: str, row: int, sure: bool) -> None:
        """The officer ticked, or took it back."""
        if self.sheet is not None:
            (self.sheet.sure.add if sure else self.sheet.sure.discard)((rule, row))
            self.fields_changed.emit()

    # -- papers ----------------------------------------------------------------------------------------

    def add_files(self, item: str, paths: tuple[Path, ...]) -> None:
        """Each file a paper of the material."""
        sheet = self.sheet
        if sheet is None or not paths:
            return
        papers = self._papers

        def question() -> None:
            for path in paths:
                papers.add_file(sheet.draft_id, item, path)

        self._work(question, lambda _: self.read_papers(sheet), lambda error: self._paper_failed(sheet, error))

    def scan(self, item: str, name: str) -> None:
        """What lies on the scanner; pressed again, it stops."""
        sheet = self.sheet
        if self.scanning:
            self._papers.stop_scanning()
        if sheet is None or self.busy:
            return
        papers = self._papers
        self.scanning = True
        self._work(
            lambda: papers.scan(sheet.draft_id, item, name),
            lambda _: self.read_papers(sheet),
            lambda error: self._paper_failed(sheet, error),
        )

    def fetch_licence(self, item: str, name: str) -> None:
        """电子证照 of the applicant as this material."""
        sheet, registers, papers = self.sheet, self._bench.desk.registers, self._papers
        if sheet is not None:
            number = sheet.applicant()[1]
            self._work(
                lambda: papers.add_licence(sheet.draft_id, item, name, registers.licence(item, number)),
                lambda _: self.read_papers(sheet),
            )

    def _paper_failed(self, sheet: Sheet, error: Coded) -> None:
        """Those before it are kept."""
        self._bench.refused.emit(error)
        self.read_papers(sheet)

    def remove_paper(self, paper: CaseMaterial) -> None:
        """Thrown away."""
        sheet = self.sheet
        if sheet is not None:
            self._work(lambda: self._intake.drafts.detach(paper.id), lambda _: self.read_papers(sheet))

    def read_papers(self, sheet: Sheet) -> None:
        """What lies with the case now."""
        self._bench.ask(
            lambda: self._intake.drafts.materials(sheet.draft_id), lambda papers: self._papers_known(sheet, papers)
        )

    def _papers_known(self, sheet: Sheet, papers: tuple[CaseMaterial, ...]) -> None:
        sheet.papers = papers
        self._judge(sheet)
        if sheet is self.sheet:
            self.papers_changed.emit()

    def read_fee(self) -> None:
        """What became of the last payment order of the case in front."""
        sheet, fees = self.sheet, self._bench.desk.fees
        if sheet is not None:
            self._bench.ask(lambda: fees.orders(sheet.draft_id), lambda orders: self._fee_known(sheet, orders))

    def _fee_known(self, sheet: Sheet, orders: tuple[FeeOrder, ...]) -> None:
        sheet.fee = orders[-1] if orders else None
        if sheet is self.sheet:
            self.papers_changed.emit()

    def small(self, paper: CaseMaterial, side_px: int, answer: Callable[[bytes], None]) -> None:
        """A thumbnail; what cannot be drawn stays without."""
        reading = self._bench.desk.paper_reading
        self._bench.ask(lambda: reading.small(paper, side_px), answer)

    # -- going on --------------------------------------------------------------------------------------

    def go(self, step: int) -> None:
        """Another section; the last step is 核对."""
        sheet = self.sheet
        if sheet is None:
            return
        sheet.step = max(0, min(step, len(sheet.matter.form.sections)))
        if sheet.section is None:
            self.look_up()
            self.read_fee()
        self.sheet_changed.emit()

    def back(self) -> None:
        """Esc: a step back; from the first to the list of matters, with nothing lost."""
        if self.sheet is not None and self.sheet.step:
            self.go(self.sheet.step - 1)
        else:
            self.leave()

    def advance(self) -> None:
        """NEXT: on to the next section, or whatever the case needs."""
        sheet = self.sheet
        if sheet is None or self.busy:
            return
        section = sheet.section
        if section is None:
            self._conclude(sheet)
            return
        problems = sheet.problems(section)
        if problems:
            sheet.tried.add(section.id)
            self.fields_changed.emit()
            self.stuck.emit(problems[0])
            return
        self.go(sheet.step + 1)

    def _conclude(self, sheet: Sheet) -> None:
        problem = sheet.first_problem
        match sheet.way:
            case Way.MEND if problem is not None:
                sheet.tried |= {section.id for section in sheet.matter.form.sections}
                self.go(problem[0])
                self.stuck.emit(problem[1])
            case Way.SURE:
                self._bench.refused.emit(NotAllowed("INT-108", count=sheet.unsure))
            case Way.WAIT:
                self._bench.refused.emit(NotAllowed("INT-104"))
            case Way.ACCEPT:
                self.accept()
            case way:
                self.ending.emit(way)

    def accept(self) -> None:
        """受理; pressed ten times, one case."""
        sheet = self.sheet
        if sheet is None:
            return
        submission = submission_of(sheet)
        sure = [f.rule.zh for f in sheet.assessment.asking if (f.rule.id, f.row) in sheet.sure]
        opinion = "；".join(f"已核实：{sentence}" for sentence in sure)
        cases = self._intake.cases
        self._work(lambda: cases.accept(sheet.draft_id, submission, opinion), self._concluded)

    def refuse(self, reason: str) -> None:
        """不予受理."""
        sheet = self.sheet
        if sheet is None:
            return
        submission = submission_of(sheet)
        cases = self._intake.cases
        self._work(lambda: cases.refuse(sheet.draft_id, submission, reason), self._concluded)

    def park(self, lines: tuple[str, ...]) -> None:
        """一次性告知: the case waits for what the applicant is to bring."""
        sheet = self.sheet
        if sheet is not None:
            self._work(lambda: self._intake.drafts.park(sheet.draft_id, lines), lambda _: self._parked(sheet))

    def _parked(self, sheet: Sheet) -> None:
        self._gone(sheet.draft_id)
        self.parked.emit(sheet)

    def _concluded(self, case: Case) -> None:
        self._sheets.pop(case.id, None)
        self.uses[case.content.matter.code] += 1
        self.sheet = None
        self.concluded.emit(case)
        self.refresh()

    def _work(
        self, question: Callable[[], _T], answer: Callable[[_T], object], refuse: Callable[[Coded], object] | None = None
    ) -> None:
        """One step at a time: a key pressed again while it is under way does nothing."""
        if self.busy:
            return
        self._set_busy(True)

        def answered(given: _T) -> None:
            self._set_busy(False)
            answer(given)

        def refused(error: Coded) -> None:
            self._set_busy(False)
            (refuse or self._bench.refused.emit)(error)

        self._bench.ask(question, answered, refused)

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.scanning = self.scanning and busy
        self.busy_changed.emit()

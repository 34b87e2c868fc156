"""办件 for the windows: pages, details, papers, steps, kept queries, lists that leave, online applications.

Thread: any; may block on the disk. Raises what the store and the intake raise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from app.config.clock import Clock
from app.config.workflows import workflow
from app.desk.place import DeskPlace
from app.domain.audit import Access, AuditEvent
from app.domain.cases.application import ONLINE, ApplicationFault, CaseAnswer
from app.domain.cases.asking import AskedQuery, SavedQuery, asked_from, document_of, query_of, require_query_name
from app.domain.cases.case import Case, CaseMaterial, CaseNode
from app.domain.cases.deadline import Urgency
from app.domain.cases.metrics import CaseMetrics
from app.domain.cases.query import CaseQuery
from app.domain.cases.verification import (
    OriginalCheck,
    OriginalFound,
    findings_text,
    mail_number,
    mail_text,
    offered,
    require_all_agree,
)
from app.domain.cases.workflow import CaseEvent, Workflow
from app.domain.errors import BadInput
from app.domain.matters.matter import FeeItem
from app.domain.person import masked
from app.imaging.decode import decode
from app.intake.cases import Order
from app.intake.catalogue import CatalogueSource
from app.intake.room import Intake
from app.store.drafts import Paper
from app.store.store import Store
from app.sync.loop import SyncLoop, SyncState
from app.tables.table import TableFormat

BY_HAND = "file"  # origin of an original that an officer put in
_LARGEST_FILE = 50 * 2**20
_WEEK = 7


@dataclass(frozen=True)
class Listed:
    """A case in the list, with how it stands to its time limit today. ``matter``: its name in the window's language."""

    case: Case
    urgency: Urgency
    matter: str


@dataclass(frozen=True)
class CaseDetail:
    """All that is known of a case. ``allowed``: what may happen now, in the order of the workflow's table.

    ``fields``: label and value of the form.
    """

    case: Case
    urgency: Urgency
    matter: str
    fields: tuple[tuple[str, str], ...]
    nodes: tuple[CaseNode, ...]
    papers: tuple[CaseMaterial, ...]
    allowed: tuple[CaseEvent, ...]
    answers: tuple[CaseAnswer, ...]


def uploaded(detail: CaseDetail) -> tuple[CaseMaterial, ...]:
    """The papers that came with the application."""
    return tuple(paper for paper in detail.papers if paper.origin == ONLINE)


def original_of(detail: CaseDetail, paper: CaseMaterial) -> CaseMaterial | None:
    """The last picture of the original that an officer put beside an uploaded paper."""
    same = [p for p in detail.papers if p.origin != ONLINE and (p.item, p.name) == (paper.item, paper.name)]
    return same[-1] if same else None


@dataclass(frozen=True)
class Span:
    """The figures of the cases submitted from ``first`` to before ``last``."""

    first: date
    last: date
    figures: CaseMetrics


@dataclass(frozen=True)
class Overview:
    """Today, the seven days and the month up to today, the last days one by one, and what presses."""

    day: Span
    week: Span
    month: Span
    days: tuple[Span, ...]
    pressing: tuple[Listed, ...]


@dataclass(frozen=True)
class OnlineState:
    """``answers``: steps the platform has not acknowledged; ``loop`` None: no back end is configured."""

    loop: SyncState | None
    answers: int
    faults: tuple[ApplicationFault, ...]


class CaseworkDesk:
    """See the module."""

    def __init__(
        self, intake: Intake, store: Store, place: DeskPlace, matters: CatalogueSource, clock: Clock, loop: SyncLoop | None
    ) -> None:
        self._intake = intake
        self._store = store
        self._place = place
        self._matters = matters
        self._clock = clock
        self._loop = loop

    @property
    def flow(self) -> Workflow:
        """The table of states and events, with their words."""
        return workflow()

    # -- lists -----------------------------------------------------------------------------------------

    def query(self, asked: AskedQuery) -> CaseQuery:
        """What is typed as what is asked. Raises BadInput CSE-130…136."""
        return query_of(asked, self._clock.now().tzinfo)

    def page(self, query: CaseQuery) -> tuple[Listed, ...]:
        """One page; go on with ``cursor_after`` its last case."""
        found = self._intake.cases.find(query)
        self._store.audit.note(Access(AuditEvent.CASES_FOUND, detail=f"{len(found)} rows"))
        return tuple(self._listed(case) for case in found)

    def _listed(self, case: Case) -> Listed:
        return Listed(case, self._intake.cases.urgency(case), self._matter_word(case))

    def total(self, query: CaseQuery) -> int:
        """All pages together."""
        return self._intake.cases.total(query)

    def choices(self) -> dict[str, dict[str, str]]:
        """What the fields of a query may hold → its word; fields that take any text are not there. Reads the catalogue."""
        language, catalogue = self._place.language, self._matters.catalogue()
        return {
            "state": self.states(),
            "line": {line.id: line.name(language) for line in catalogue.police_lines},
            "matter_code": {matter.code: f"{matter.code} {matter.name(language)}" for matter in catalogue.matters},
        }

    def states(self) -> dict[str, str]:
        """Every state → its word."""
        return {state.value: rule.words.in_language(self._place.language) for state, rule in self.flow.states.items()}

    def _matter_word(self, case: Case) -> str:
        """In the window's language where the catalogue still has it, as the case keeps it elsewhere."""
        facts = case.content.matter
        try:
            return self._matters.matter(facts.code).name(self._place.language)
        except BadInput:
            return facts.name

    def shown_number(self, id_number: str) -> str:
        """An ID number as a list left open shows it."""
        return masked(id_number)

    def export(self, query: CaseQuery, path: Path, kind: TableFormat) -> int:
        """Every page as a file with the officer's line; how many rows. Raises NotAllowed TBL-102, BadInput TBL-103."""
        with self._store.audit.doing(Access(AuditEvent.CASES_EXPORTED, detail=kind.value)):
            return self._intake.export.export(query, path, kind, self._place.station())

    # -- kept queries ----------------------------------------------------------------------------------

    def saved_queries(self) -> tuple[SavedQuery, ...]:
        """This officer's own, by name; one this program cannot ask any more keeps its name and is empty."""
        found = []
        for name, document in self._store.saved_queries.all(self._place.officer.account):
            try:
                found.append(SavedQuery(name, asked_from(document)))
            except BadInput:
                found.append(SavedQuery(name, AskedQuery()))
        return tuple(found)

    def save_query(self, name: str, asked: AskedQuery) -> SavedQuery:
        """Raises BadInput CSE-137, and CSE-130…136 for what cannot be asked."""
        self.query(asked)
        saved = SavedQuery(require_query_name(name), asked)
        self._store.saved_queries.keep(self._place.officer.account, saved.name, document_of(asked))
        return saved

    def forget_query(self, name: str) -> None:
        """Twice is harmless."""
        self._store.saved_queries.forget(self._place.officer.account, name)

    # -- one case --------------------------------------------------------------------------------------

    def detail(self, case_id: str) -> CaseDetail:
        """Raises StoreFault STO-110."""
        cases = self._intake.cases
        case, papers = cases.case(case_id), cases.materials(case_id)
        self._store.audit.note(Access(AuditEvent.CASE_OPENED, case.number or case_id, case.content.people[0].id_number))
        online = any(paper.origin == ONLINE for paper in papers)
        return CaseDetail(
            case,
            cases.urgency(case),
            self._matter_word(case),
            self._fields(case),
            cases.nodes(case_id),
            papers,
            offered(cases.allowed(case), uploaded=online),
            self._store.case_answers.of_case(case_id),
        )

    def _fields(self, case: Case) -> tuple[tuple[str, str], ...]:
        """Label and value of what was filled in, in the form's order; what no form asks for any more under its id."""
        language, values = self._place.language, {n: f.value for n, f in case.content.fields.items() if f.value}
        try:
            fields = self._matters.matter(case.content.matter.code).form.fields
        except BadInput:
            return tuple(values.items())
        rows = []
        for field in fields:
            if value := values.pop(field.id, ""):
                meaning = field.table.meaning(value, language) if field.table is not None else None
                rows.append((field.zh if language.startswith("zh") else field.en, meaning or value))
        return (*rows, *values.items())

    def fee_items(self, case: Case) -> tuple[FeeItem, ...] | None:
        """What the case's matter costs, () for nothing; None where the collecting unit's own list says it."""
        fees = self._matters.catalogue().matter(case.content.matter.code).fees
        return fees if isinstance(fees, tuple) else None

    def move(self, detail: CaseDetail, event: CaseEvent, opinion: str = "", key_content: str = "") -> CaseDetail:
        """The case after the event. The same button pressed again on the same ``detail`` changes nothing.

        Raises NotAllowed CSE-101, CSE-140 for 核验通过 or 登记制证 before uploaded papers were compared, BadInput CSE-102.
        """
        if CaseEvent.VERIFY in detail.allowed and event in {CaseEvent.VERIFY, CaseEvent.HANDLE}:
            require_all_agree(OriginalCheck(paper.name, OriginalFound.UNSEEN) for paper in uploaded(detail))
        return self._move(detail, event, opinion, key_content)

    def _move(self, detail: CaseDetail, event: CaseEvent, opinion: str, key_content: str) -> CaseDetail:
        action = f"{detail.case.id} {len(detail.nodes)} {event.value}"
        self._intake.cases.move(detail.case.id, Order(event, action, key_content, opinion))
        if self._loop is not None:
            self._loop.wake()
        return self.detail(detail.case.id)

    def verify(self, detail: CaseDetail, event: CaseEvent, checks: tuple[OriginalCheck, ...], opinion: str) -> CaseDetail:
        """A step of 核验 with what was found on every paper. Raises NotAllowed CSE-140 for 核验通过 too early."""
        if event is CaseEvent.VERIFY:
            require_all_agree(checks)
        return self._move(detail, event, opinion, findings_text(checks))

    def post(self, detail: CaseDetail, event: CaseEvent, number: str, opinion: str) -> CaseDetail:
        """投递 or 揽收 with the post's number. Raises BadInput CSE-141."""
        return self._move(detail, event, opinion, mail_text(event, mail_number(number)))

    # -- papers ----------------------------------------------------------------------------------------

    def keep_original(self, case_id: str, like: CaseMaterial, path: Path) -> CaseMaterial:
        """The original's picture beside the uploaded ``like``; sealed on the disk when this returns.

        Raises BadInput CSE-143 for a file nobody can read, IMG-… for one that is no whole picture.
        """
        try:
            with path.open("rb") as file:
                data = file.read(_LARGEST_FILE + 1)
        except OSError as error:
            raise BadInput("CSE-143", reason=error.strerror or "") from error
        if len(data) > _LARGEST_FILE:
            raise BadInput("CSE-143", reason=f"> {_LARGEST_FILE // 2**20} MB")
        decode(data)
        kind = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
        return self._intake.drafts.attach(case_id, Paper(like.item, like.name, BY_HAND, kind, data))

    # -- figures ---------------------------------------------------------------------------------------

    def overview(self, days: int) -> Overview:
        """The figures of day, week and month, of each of the last ``days``, and 临期 and 超期."""
        today = self._clock.now().date()
        each = tuple(self._span(today - timedelta(days=back), 1) for back in range(days - 1, -1, -1))
        return Overview(
            day=each[-1],
            week=self._span(today - timedelta(days=_WEEK - 1), _WEEK),
            month=self._span(today.replace(day=1), today.day),
            days=each,
            pressing=tuple(self._listed(row.case) for row in self._intake.cases.pressing()),
        )

    def _span(self, first: date, days: int) -> Span:
        last, zone = first + timedelta(days=days), self._clock.now().tzinfo
        bounds = (datetime.combine(day, time.min, zone) for day in (first, last))
        return Span(first, last, self._intake.cases.metrics(*bounds))

    # -- online ----------------------------------------------------------------------------------------

    def online_state(self) -> OnlineState:
        """How the exchange with the platform stands."""
        answers = self._store.case_answers
        return OnlineState(None if self._loop is None else self._loop.state, answers.waiting(), answers.faults())

    def receive_now(self, timeout_s: float = 30.0) -> OnlineState:
        """Send and fetch now and wait for the pass; what was not received whole is asked for once more."""
        answers = self._store.case_answers
        answers.hurry(self._clock.now())
        if answers.faults():
            answers.set_cursor("")
        if self._loop is not None:
            self._loop.wait_for_pass(timeout_s)
        return self.online_state()

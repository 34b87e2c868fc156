"""Cases at the window: accept or refuse a draft, move a case on, list, count, see what is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.config.clock import Clock
from app.domain.audit import Access, AuditEvent, AuditLog
from app.domain.cases.case import (
    Case,
    CaseMaterial,
    CaseNode,
    CasePerson,
    CasePlace,
    CaseStep,
    DraftState,
    NewCase,
)
from app.domain.cases.deadline import Urgency, urgency
from app.domain.cases.matter import Finding
from app.domain.cases.metrics import CaseMetrics, metrics
from app.domain.cases.query import CaseQuery
from app.domain.cases.workflow import CaseEvent
from app.domain.errors import BadInput, NotAllowed
from app.domain.records import Officer, Station
from app.intake.drafts import Drafts
from app.intake.matters import MatterSource
from app.store.cases import CaseRows, CaseRules


@dataclass(frozen=True)
class Order:
    """What an officer wants done to a case. ``action`` names the press of the button: pressed again, nothing is doubled."""

    event: CaseEvent
    action: str
    key_content: str = ""
    opinion: str = ""


@dataclass(frozen=True)
class Submission:
    """Who appears in a case that is to be accepted or refused, and how it came."""

    people: tuple[CasePerson, ...]
    organisation: str = ""
    by_post: bool = False


@dataclass(frozen=True)
class Pressing:
    """A case that is 临期 or 超期."""

    case: Case
    urgency: Urgency


class Cases:
    """Thread: any; may block on the disk. Raises what the store raises."""

    def __init__(
        self,
        rows: CaseRows,
        drafts: Drafts,
        matters: MatterSource,
        rules: CaseRules,
        officer: Officer,
        station: Callable[[], Station],
        clock: Clock,
        soon_days: int,
        audit: AuditLog,
    ) -> None:
        self._rows = rows
        self._drafts = drafts
        self._matters = matters
        self._rules = rules
        self._officer = officer
        self._station = station
        self._clock = clock
        self._soon_days = soon_days
        self._audit = audit

    # -- from draft to case ----------------------------------------------------------------------------

    def findings(self, draft_id: str) -> tuple[Finding, ...]:
        """What stands against accepting the draft, and what the officer should look at."""
        draft = self._drafts.draft(draft_id)
        facts = self._drafts.facts_of(draft)
        values = {name: field.value for name, field in draft.fields.items()}
        items = {paper.item for paper in self._drafts.materials(draft_id)}
        return self._matters.findings(facts.code, facts.version, values, items)

    def accept(self, draft_id: str, submission: Submission, opinion: str = "") -> Case:
        """受理: one numbered case, however often the button is pressed.

        Raises NotAllowed CSE-109 while something is missing or wrong (``findings`` say what), CSE-105 for a discarded
        draft, BadInput CSE-110 when nobody applies.
        """
        return self._take_on(draft_id, submission, CaseEvent.ACCEPT, opinion)

    def refuse(self, draft_id: str, submission: Submission, reason: str) -> Case:
        """不予受理: a case too, with its reason. Raises BadInput CSE-102 without a reason, else as ``accept``."""
        return self._take_on(draft_id, submission, CaseEvent.REFUSE, reason)

    def _take_on(self, draft_id: str, submission: Submission, event: CaseEvent, opinion: str) -> Case:
        there = self._rows.of_draft(draft_id)
        if there is not None:
            return there
        draft = self._drafts.draft(draft_id)
        if draft.state not in {DraftState.OPEN, DraftState.PARKED}:
            raise NotAllowed("CSE-105")
        if not submission.people:
            raise BadInput("CSE-110")
        if event is CaseEvent.ACCEPT:
            blocking = [finding for finding in self.findings(draft_id) if finding.blocks]
            if blocking:
                raise NotAllowed("CSE-109", count=len(blocking), first=blocking[0].text)
        new = NewCase(
            id=draft_id,
            matter=self._drafts.facts_of(draft),
            people=submission.people,
            fields=draft.fields,
            organisation=submission.organisation,
            by_post=submission.by_post,
        )
        step = self._step(Order(event, f"{draft_id} {event.value}", new.matter.name, opinion))
        taken = AuditEvent.CASE_ACCEPTED if event is CaseEvent.ACCEPT else AuditEvent.CASE_REFUSED
        with self._audit.doing(Access(taken, draft_id, new.people[0].id_number, new.matter.code)):
            case = self._rows.take_on(new, self._place(), (step,), self._rules)
        self._drafts.forget(draft_id)
        return case

    def receive(self, new: NewCase) -> Case:
        """An application made elsewhere (渝快办) waits to be signed for. The same platform number again changes nothing."""
        return self._rows.take_on(new, self._place(), (), self._rules)

    def _place(self) -> CasePlace:
        return CasePlace(self._officer.account, self._station())

    def _step(self, order: Order) -> CaseStep:
        account, name = self._officer.account, self._officer.name
        return CaseStep(order.event, order.action, account, name, order.key_content, order.opinion)

    # -- the case's way --------------------------------------------------------------------------------

    def move(self, case_id: str, order: Order) -> Case:
        """The case after the event. Raises NotAllowed CSE-101, CSE-103, BadInput CSE-102, StoreFault STO-110."""
        with self._audit.doing(Access(AuditEvent.CASE_MOVED, case_id, detail=order.event.value)):
            return self._rows.move(case_id, self._step(order), self._rules)

    def allowed(self, case: Case) -> tuple[CaseEvent, ...]:
        """What may happen to it now."""
        return self._rules.flow.allowed(case.state)

    def case(self, case_id: str) -> Case:
        """Raises StoreFault STO-110."""
        return self._rows.case(case_id)

    def nodes(self, case_id: str) -> tuple[CaseNode, ...]:
        """The node log."""
        return self._rows.nodes(case_id)

    def materials(self, case_id: str) -> tuple[CaseMaterial, ...]:
        """The case's papers."""
        return self._drafts.materials(case_id)

    # -- lists and figures -----------------------------------------------------------------------------

    def find(self, query: CaseQuery) -> tuple[Case, ...]:
        """One page. Raises BadInput CSE-130…134."""
        return self._rows.find(query)

    def total(self, query: CaseQuery) -> int:
        """All pages together."""
        return self._rows.total(query)

    def unfinished(self, id_number: str, matter_code: str) -> tuple[Case, ...]:
        """The same person's cases of that matter that wait for an answer."""
        return self._rows.unfinished(id_number, matter_code)

    def urgency(self, case: Case) -> Urgency:
        """How it stands to its time limit today."""
        return urgency(case.limit, self._clock.now().date(), self._rules.calendar, self._soon_days)

    def pressing(self) -> tuple[Pressing, ...]:
        """临期 and 超期, the most pressing first."""
        today = self._clock.now().date()
        horizon = self._rules.calendar.after(today, self._soon_days).day
        found = [Pressing(case, self.urgency(case)) for case in self._rows.due_until(horizon)]
        return tuple(row for row in found if row.urgency in {Urgency.DUE_SOON, Urgency.OVERDUE})

    def metrics(self, first: datetime, last: datetime) -> CaseMetrics:
        """The figures of the cases submitted from ``first`` to before ``last``."""
        return metrics(self._rows.figures(first, last, self._clock.now().date()))

"""Online applications at the window: what came is kept whole before it is shown, what was decided is told until heard."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Protocol

from app.config.clock import Clock
from app.domain.cases.application import (
    ONLINE,
    ApplicationFault,
    ApplicationPage,
    ApplicationPaper,
    CaseAnswer,
    OnlineApplication,
)
from app.domain.cases.case import Case, FieldValue, NewCase, Provenance
from app.domain.errors import BadInput, NetworkFault
from app.intake.cases import Cases
from app.intake.matters import MatterSource
from app.security.identifiers import new_id
from app.store.case_answers import CaseAnswerRows
from app.store.drafts import DraftRows, Paper
from app.sync.client import RefusedByBackend
from app.sync.drain import LINE_DOWN, DrainReport, back_off_s

_BATCH = 20


class ApplicationSource(Protocol):
    """Where applications come from and answers go; raises NetworkFault, RefusedByBackend."""

    def applications_since(self, cursor: str) -> ApplicationPage:
        """What came since."""

    def application_paper(self, number: str, paper: ApplicationPaper) -> bytes:
        """One material."""

    def answer_application(self, answer: CaseAnswer) -> str:
        """The receipt."""


class OnlineApplications:
    """Thread: one pass at a time. A pass that is cut off anywhere goes on where it was: nothing is taken on twice."""

    def __init__(
        self,
        source: ApplicationSource,
        cases: Cases,
        papers: DraftRows,
        answers: CaseAnswerRows,
        matters: MatterSource,
        clock: Clock,
    ) -> None:
        self._source = source
        self._cases = cases
        self._papers = papers
        self._answers = answers
        self._matters = matters
        self._clock = clock
        self._jitter = random.Random()  # noqa: S311 - spreads load, keeps no secret

    def run_once(self) -> DrainReport:
        """Answers first, then what is new. Raises StoreFault only when the store itself fails."""
        sent, refused, stopped_by = self._tell()
        if not stopped_by:
            try:
                self._fetch()
            except NetworkFault as error:
                stopped_by = error.code
        return DrainReport(sent, refused, stopped_by, self._clock.now())

    # -- answers ---------------------------------------------------------------------------------------

    def _tell(self) -> tuple[int, int, str]:
        sent = refused = 0
        while due := self._answers.due(self._clock.now(), _BATCH):
            for answer in due:
                try:
                    self._answers.mark_sent(answer.key, self._source.answer_application(answer))
                    sent += 1
                except RefusedByBackend as error:
                    self._answers.mark_refused(answer.key, error.code)
                    refused += 1
                except NetworkFault as error:
                    wait = timedelta(seconds=back_off_s(answer.attempts, self._jitter.random()))
                    self._answers.mark_waiting(answer.key, error.code, self._clock.now() + wait)
                    if error.code in LINE_DOWN:
                        return sent, refused, error.code
        return sent, refused, ""

    # -- applications ----------------------------------------------------------------------------------

    def _fetch(self) -> None:
        cursor = self._answers.cursor()
        while True:
            page = self._source.applications_since(cursor)
            for number in page.unreadable:
                self._answers.note_fault(ApplicationFault(number, "CSE-142"))
            for application in page.applications:
                self._take_on(application)
            if page.cursor == cursor:
                return
            # Only now: what is before the cursor is on this disk, with its papers.
            cursor = page.cursor
            self._answers.set_cursor(cursor)

    def _take_on(self, application: OnlineApplication) -> None:
        try:
            case = self._cases.receive(self._new_case(application))
            self._keep_papers(case, application)
        except BadInput:
            self._answers.note_fault(ApplicationFault(application.number, "CSE-142"))
        except NetworkFault as error:
            if error.code in LINE_DOWN:
                raise
            # A paper that is gone or damaged on the platform keeps nobody else waiting; the officer sees it.
            self._answers.note_fault(ApplicationFault(application.number, "CSE-144"))
        else:
            self._answers.clear_fault(application.number)

    def _new_case(self, application: OnlineApplication) -> NewCase:
        """Raises BadInput for a matter that is not in the catalogue."""
        return NewCase(
            id=new_id(),
            matter=self._matters.facts(application.matter_code),
            people=application.people,
            fields={name: FieldValue(value, Provenance.BACKEND) for name, value in application.fields.items()},
            channel=ONLINE,
            outside_number=application.number,
            organisation=application.organisation,
            by_post=application.by_post,
        )

    def _keep_papers(self, case: Case, application: OnlineApplication) -> None:
        """Those that are not here yet: an earlier pass may have been cut off, or the applicant has added some."""
        there = {(paper.item, paper.digest) for paper in self._papers.materials(case.id) if paper.origin == ONLINE}
        for paper in application.papers:
            if (paper.item, paper.digest) not in there:
                data = self._source.application_paper(application.number, paper)
                kept = Paper(paper.item, paper.name, ONLINE, paper.media_type, data)
                self._papers.keep_material(case.id, kept, case.officer)

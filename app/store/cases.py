"""办件 in the database: taken on once however often the button is pressed, moved by the workflow, found by conditions."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from app.config.clock import Clock
from app.domain.cases.case import BackendWord, Case, CaseNode, CasePlace, CaseStep, DraftState, NewCase, advance, begun
from app.domain.cases.deadline import WorkCalendar
from app.domain.cases.metrics import CaseFigure
from app.domain.cases.query import CaseQuery
from app.domain.cases.workflow import CaseState, Workflow
from app.domain.errors import BadInput, NotAllowed, StoreFault
from app.domain.numbering import NumberingRule
from app.store.case_answers import owe_answer
from app.store.case_query import Statement, microseconds, page_statement, total_statement
from app.store.case_rows import case_of, columns_of, document_of, node_of
from app.store.database import fetch_all, transaction
from app.store.drafts import end_draft
from app.store.numbers import next_sequence
from app.store.outbox_cases import enqueue_case

BACKEND_ACCOUNT = "backend"  # in whose name the back end's words stand in the node log
_NO_OPINION = "（后台未注明意见）"
_JOINED = "SELECT cases.*, document FROM cases JOIN case_contents USING (seq)"


@dataclass(frozen=True)
class CaseRules:
    """What cases go by: the workflow, the calendar, and how they are numbered."""

    flow: Workflow
    calendar: WorkCalendar
    numbering: NumberingRule


class CaseRows:
    """Thread: any; shares the store's connection and lock."""

    def __init__(self, connection: Any, lock: threading.RLock, clock: Clock) -> None:
        self._connection = connection
        self._lock = lock
        self._clock = clock

    def _all(self, statement: Statement) -> list[Any]:
        return fetch_all(self._connection, self._lock, statement.sql, statement.values)

    # -- writing ---------------------------------------------------------------------------------------

    def take_on(self, new: NewCase, place: CasePlace, steps: Sequence[CaseStep], rules: CaseRules) -> Case:
        """A numbered case with its first nodes, and the end of its draft, in one transaction.

        The same ``new.id`` or platform number again: the case that is there, unchanged. Raises NotAllowed CSE-101,
        BadInput CSE-102, StoreFault; then there is no case and no number is used up.
        """
        now = self._clock.now()
        with self._lock, transaction(self._connection):
            there = self._known(new)
            if there is not None:
                return there
            case = begun(new, place, now, rules.flow, rules.calendar)
            case = replace(case, number=self._next_number(rules.numbering, place, now.date()))
            columns = columns_of(case)
            marks = ", ".join("?" * len(columns))
            sql = f"INSERT INTO cases ({', '.join(columns)}) VALUES ({marks}) RETURNING seq"  # noqa: S608 - our own names
            case = replace(case, order=self._connection.execute(sql, tuple(columns.values())).fetchone()["seq"])
            self._connection.execute("INSERT INTO case_contents VALUES (?, ?)", (case.order, document_of(case)))
            for step in steps:
                case = self._step(case, step, now, rules)
            if steps:  # 受理 or 不予受理 here: the back end is to know; what it sent itself it knows
                enqueue_case(self._connection, case, now)
            refused = case.state is CaseState.NOT_ACCEPTED
            end_draft(self._connection, new.id, DraftState.REFUSED if refused else DraftState.ACCEPTED, now)
        return case

    def move(self, case_id: str, step: CaseStep, rules: CaseRules) -> Case:
        """The case after ``step``. The same ``step.action`` again changes nothing and gives the case as it stands.

        Raises StoreFault STO-110, NotAllowed CSE-101 (CSE-103: the action is another case's), BadInput CSE-102.
        """
        now = self._clock.now()
        with self._lock, transaction(self._connection):
            case = self.case(case_id)
            done = self._connection.execute("SELECT seq FROM case_nodes WHERE action = ?", (step.action,)).fetchone()
            if done is not None and done["seq"] != case.order:
                raise NotAllowed("CSE-103")
            return case if done is not None else self._step(case, step, now, rules)

    def hear(self, word: BackendWord, rules: CaseRules) -> str:
        """The case moved by the back end's word, once; "" or the code of why it did not move. The word stays on record.

        STO-110: no such case here; CSE-122: no such event in the workflow; CSE-101: it does not belong to the case's state.
        """
        now = self._clock.now()
        with self._lock, transaction(self._connection):
            known = self._connection.execute(
                "SELECT outcome FROM case_words WHERE sequence = ?", (word.sequence,)
            ).fetchone()
            if known is not None:
                return str(known["outcome"])
            try:
                self._obey(word, now, rules)
                outcome = ""
            except (NotAllowed, BadInput, StoreFault) as error:
                if isinstance(error, StoreFault) and error.code != "STO-110":
                    raise
                outcome = error.code
            self._connection.execute(
                "INSERT INTO case_words VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    word.sequence,
                    word.case_number,
                    word.event,
                    word.opinion,
                    word.officer_name,
                    now.isoformat(),
                    outcome,
                ),
            )
        return outcome

    def _obey(self, word: BackendWord, now: datetime, rules: CaseRules) -> None:
        events = {rule.words.zh: event for event, rule in rules.flow.events.items()}
        if word.event not in events:
            raise BadInput("CSE-122", event=word.event[:40])
        rows = self._all(Statement(f"{_JOINED} WHERE number = ?", (word.case_number,)))
        if not rows:
            raise StoreFault("STO-110")
        opinion = word.opinion.strip() or _NO_OPINION
        step = CaseStep(
            events[word.event],
            f"backend {word.sequence}",
            BACKEND_ACCOUNT,
            word.officer_name or BACKEND_ACCOUNT,
            "",
            opinion,
        )
        self._step(case_of(rows[0]), step, now, rules)

    def last_word(self) -> int:
        """The sequence number of the last word heard, 0 before the first."""
        return int(self._all(Statement("SELECT coalesce(max(sequence), 0) AS n FROM case_words", ()))[0]["n"])

    def unheeded(self, limit: int = 200) -> tuple[tuple[BackendWord, str], ...]:
        """Words that moved no case, with the code of why, newest first: an officer should look."""
        sql = "SELECT * FROM case_words WHERE outcome <> '' ORDER BY sequence DESC LIMIT ?"
        return tuple(
            (BackendWord(r["sequence"], r["case_number"], r["event"], r["opinion"], r["officer_name"]), r["outcome"])
            for r in self._all(Statement(sql, (limit,)))
        )

    def _step(self, case: Case, step: CaseStep, now: datetime, rules: CaseRules) -> Case:
        after = advance(case, step, now, rules.flow, rules.calendar)
        columns = columns_of(after)
        sets = ", ".join(f"{name} = ?" for name in columns)
        self._connection.execute(
            f"UPDATE cases SET {sets} WHERE seq = ?",  # noqa: S608 - our own names
            (*columns.values(), case.order),
        )
        self._connection.execute(
            "INSERT INTO case_nodes SELECT ?1, 1 + (SELECT count(*) FROM case_nodes WHERE seq = ?1),"
            " ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11",
            (
                case.order,
                step.action,
                step.event.value,
                case.state.value,
                after.state.value,
                step.officer,
                step.officer_name,
                after.due.toordinal(),
                now.isoformat(),
                step.key_content,
                step.opinion,
            ),
        )
        owe_answer(self._connection, case, after, step, now)
        return after

    def _known(self, new: NewCase) -> Case | None:
        found = self._all(
            Statement(
                f"{_JOINED} WHERE id = ? OR (outside_number <> '' AND outside_number = ?)",
                (new.id, new.outside_number),
            )
        )
        return case_of(found[0]) if found else None

    def _next_number(self, rule: NumberingRule, place: CasePlace, day: date) -> str:
        """A number no case has. A count of its own, apart from the photos'; a clock set back goes on in that day's."""
        while True:
            number = rule.number(
                region=place.station.region_code,
                terminal=place.station.terminal_number,
                service="case",
                day=day,
                seq=next_sequence(self._connection, f"case {rule.template}", day.isoformat()),
            )
            if self._connection.execute("SELECT 1 FROM cases WHERE number = ?", (number,)).fetchone() is None:
                return number

    # -- reading ---------------------------------------------------------------------------------------

    def case(self, case_id: str) -> Case:
        """Raises StoreFault STO-110 for an unknown one."""
        found = self.of_draft(case_id)
        if found is None:
            raise StoreFault("STO-110")
        return found

    def of_draft(self, draft_id: str) -> Case | None:
        """The case a draft has become; None while it has not."""
        rows = self._all(Statement(f"{_JOINED} WHERE id = ?", (draft_id,)))
        return case_of(rows[0]) if rows else None

    def nodes(self, case_id: str) -> tuple[CaseNode, ...]:
        """The node log, in the order things happened."""
        sql = "SELECT * FROM case_nodes WHERE seq = (SELECT seq FROM cases WHERE id = ?) ORDER BY number"
        return tuple(node_of(row) for row in self._all(Statement(sql, (case_id,))))

    def find(self, query: CaseQuery) -> tuple[Case, ...]:
        """One page; go on with ``cursor_after`` its last case. Raises BadInput CSE-130…134."""
        with self._lock:
            order = [row["seq"] for row in self._all(page_statement(query))]
            marks = ", ".join("?" * len(order))
            rows = self._all(Statement(f"{_JOINED} WHERE seq IN ({marks})", tuple(order)))
        cases = {row["seq"]: case_of(row) for row in rows}
        return tuple(cases[seq] for seq in order)

    def total(self, query: CaseQuery) -> int:
        """How many the conditions find, all pages together. Raises BadInput CSE-130…134."""
        return int(self._all(total_statement(query))[0]["n"])

    def unfinished(self, id_number: str, matter_code: str) -> tuple[Case, ...]:
        """Cases of that person and matter that wait for an answer: a duplicate, perhaps."""
        sql = f"{_JOINED} WHERE subject_id_number = ? AND matter_code = ? AND answered IS NULL ORDER BY seq"
        return tuple(case_of(row) for row in self._all(Statement(sql, (id_number, matter_code))))

    def due_until(self, day: date, limit: int = 200) -> tuple[Case, ...]:
        """Open cases whose clock runs and whose last day is ``day`` or earlier, the most pressing first."""
        sql = f"{_JOINED} WHERE answered IS NULL AND paused IS NULL AND due <= ? ORDER BY due, seq LIMIT ?"
        return tuple(case_of(row) for row in self._all(Statement(sql, (day.toordinal(), limit))))

    def figures(self, first: datetime, last: datetime, today: date) -> tuple[CaseFigure, ...]:
        """What the metrics count: every case submitted from ``first`` to before ``last``."""
        sql = (
            "SELECT submitted, due, answered, answered_at, paused, sent_back FROM cases"
            " WHERE submitted >= ? AND submitted < ? ORDER BY seq"
        )
        rows = self._all(Statement(sql, (microseconds(first), microseconds(last))))
        return tuple(_figure(row, today.toordinal()) for row in rows)


def _figure(row: Any, today: int) -> CaseFigure:

    answered = row["answered"] is not None
    handling = timedelta(microseconds=max(0, row["answered_at"] - row["submitted"])) if answered else None
    return CaseFigure(
        answered=answered,
        late=answered and row["answered"] > row["due"],
        overdue=not answered and row["paused"] is None and row["due"] < today,
        sent_back=row["sent_back"],
        handling=handling,
    )

"""Answers owed to the platform: written in the transaction of the step they tell of, gone only with a receipt.

Beside them: how far the platform's list was read, and which applications could not be taken on.
"""

from __future__ import annotations

import json
import threading
from datetime import datetime
from typing import Any

from app.domain.cases.application import AnswerState, ApplicationFault, CaseAnswer
from app.domain.cases.case import Case, CaseStep
from app.store.database import fetch_all, transaction

# Later answers of a case wait for its earlier ones, also for a refused one: the platform must hear them in their order.
_NEXT = (
    "SELECT * FROM case_answers AS a WHERE state = 'waiting' AND julianday(next_try) <= julianday(?) AND NOT EXISTS"
    " (SELECT 1 FROM case_answers AS b WHERE b.seq = a.seq AND b.id < a.id AND b.state <> 'sent') ORDER BY id LIMIT ?"
)


def owe_answer(connection: Any, before: Case, after: Case, step: CaseStep, now: datetime) -> None:
    """Inside the caller's transaction: the platform is to hear of this step. Nothing for a case of the window's own."""
    if not after.content.outside_number:
        return
    document = {
        "number": after.content.outside_number,
        "case_number": after.number,
        "event": step.event.value,
        "before": before.state.value,
        "after": after.state.value,
        "key_content": step.key_content,
        "opinion": step.opinion,
        "officer": step.officer,
        "officer_name": step.officer_name,
        "due": after.due.isoformat(),
        "recorded": now.isoformat(),
    }
    connection.execute(
        "INSERT INTO case_answers VALUES (NULL, ?, ?, ?, ?, 'waiting', 0, ?, '', '')",
        (
            step.action,
            after.order,
            after.content.outside_number,
            json.dumps(document, ensure_ascii=False),
            now.isoformat(),
        ),
    )


class CaseAnswerRows:
    """Thread: any; shares the store's connection and lock."""

    def __init__(self, connection: Any, lock: threading.RLock) -> None:
        self._connection = connection
        self._lock = lock

    def _all(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        return fetch_all(self._connection, self._lock, sql, values)

    def _write(self, sql: str, values: tuple[Any, ...]) -> None:
        with self._lock, transaction(self._connection):
            self._connection.execute(sql, values)

    # -- answers ---------------------------------------------------------------------------------------

    def due(self, now: datetime, limit: int) -> tuple[CaseAnswer, ...]:
        """What may be sent now: of each case the first that the platform has not acknowledged, oldest first."""
        return tuple(_answer_of(row) for row in self._all(_NEXT, (now.isoformat(), limit)))

    def of_case(self, case_id: str) -> tuple[CaseAnswer, ...]:
        """One case's answers, in the order of its steps."""
        sql = "SELECT * FROM case_answers WHERE seq = (SELECT seq FROM cases WHERE id = ?) ORDER BY id"
        return tuple(_answer_of(row) for row in self._all(sql, (case_id,)))

    def waiting(self) -> int:
        """How many have no receipt."""
        return int(self._all("SELECT count(*) AS n FROM case_answers WHERE state <> 'sent'")[0]["n"])

    def mark_sent(self, key: str, receipt: str) -> None:
        """The platform has it."""
        self._write(
            "UPDATE case_answers SET state = 'sent', receipt = ?, last_error = '', attempts = attempts + 1"
            " WHERE action = ?",
            (receipt, key),
        )

    def mark_waiting(self, key: str, error: str, next_try: datetime) -> None:
        """It could not go; it is tried again then."""
        self._write(
            "UPDATE case_answers SET last_error = ?, next_try = ?, attempts = attempts + 1 WHERE action = ?",
            (error, next_try.isoformat(), key),
        )

    def mark_refused(self, key: str, error: str) -> None:
        """The platform will not take it as it is: an officer must look."""
        self._write(
            "UPDATE case_answers SET state = 'refused', last_error = ?, attempts = attempts + 1 WHERE action = ?",
            (error, key),
        )

    def hurry(self, now: datetime) -> None:
        """Everything without a receipt may go now, also what was refused."""
        self._write("UPDATE case_answers SET state = 'waiting', next_try = ? WHERE state <> 'sent'", (now.isoformat(),))

    # -- the platform's list ---------------------------------------------------------------------------

    def cursor(self) -> str:
        """Where to read on, "" for the beginning."""
        rows = self._all("SELECT value FROM application_cursor")
        return str(rows[0]["value"]) if rows else ""

    def set_cursor(self, value: str) -> None:
        """Everything before it is taken on here."""
        self._write(
            "INSERT INTO application_cursor VALUES (1, ?) ON CONFLICT (place) DO UPDATE SET value = excluded.value",
            (value,),
        )

    def faults(self) -> tuple[ApplicationFault, ...]:
        """Applications that could not be taken on."""
        rows = self._all("SELECT * FROM application_faults ORDER BY outside_number")
        return tuple(ApplicationFault(row["outside_number"], row["code"]) for row in rows)

    def note_fault(self, fault: ApplicationFault) -> None:
        """An officer is to see it."""
        self._write(
            "INSERT INTO application_faults VALUES (?, ?) ON CONFLICT (outside_number) DO UPDATE SET code = excluded.code",
            (fault.number, fault.code),
        )

    def clear_fault(self, number: str) -> None:
        """It came again and was taken on."""
        self._write("DELETE FROM application_faults WHERE outside_number = ?", (number,))


def _answer_of(row: Any) -> CaseAnswer:
    return CaseAnswer(
        key=row["action"],
        number=row["outside_number"],
        document=json.loads(row["document"]),
        state=AnswerState(row["state"]),
        attempts=row["attempts"],
        next_try=datetime.fromisoformat(row["next_try"]),
        last_error=row["last_error"],
        receipt=row["receipt"],
    )

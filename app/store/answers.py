"""The photo library's late answers (后端检测): each fills its trail row, frees or withholds its photo, and is told once."""

from __future__ import annotations

import threading
from collections.abc import Collection
from typing import Any

from app.config.clock import Clock
from app.domain.inspecting import InspectionAnswer, LateFailure
from app.domain.judgement import Verdict
from app.domain.records import OutboxItem
from app.store.database import DATABASE_ERRORS, database_fault, transaction


class AnswerRows:
    """Thread: any; shares the store's connection and lock."""

    def __init__(self, connection: Any, lock: threading.RLock, clock: Clock) -> None:
        self._connection = connection
        self._lock = lock
        self._clock = clock

    def fill(self, item: OutboxItem, answer: InspectionAnswer, known_reasons: Collection[str]) -> None:
        """Everything that follows from an answer, in one transaction; an answered question changes nothing again.

        ``known_reasons``: attribute ids that may be recorded as reasons; the library's words are kept in any case.
        """
        now = self._clock.now().isoformat()
        with self._lock, transaction(self._connection):
            db = self._connection
            first = db.execute(
                "UPDATE outbox SET state = 'sent', receipt = ?, last_error = '', sent = ? WHERE id = ? AND state <> 'sent'",
                (answer.receipt, now, item.id),
            )
            if first.rowcount == 0:
                return
            self._stand(item.photo_number, answer, now)
            for row in db.execute("SELECT id FROM trail WHERE number = ? AND pending", (item.photo_number,)).fetchall():
                self._enter(row["id"], answer, known_reasons)

    def _stand(self, number: str, answer: InspectionAnswer, now: str) -> None:
        db = self._connection
        if answer.passed:
            db.execute("UPDATE photos SET standing = 'final' WHERE number = ? AND standing = 'pending'", (number,))
            db.execute(
                "UPDATE outbox SET state = 'waiting', next_try = ? WHERE photo_number = ? AND state = 'held'", (now, number)
            )
            return
        db.execute("UPDATE photos SET standing = 'withheld', unseen = 1 WHERE number = ?", (number,))
        # What has left cannot be called back; what has not stays here.
        db.execute(
            "UPDATE outbox SET state = 'withheld' WHERE photo_number = ? AND kind = 'photo' AND state <> 'sent'", (number,)
        )

    def _enter(self, entry: int, answer: InspectionAnswer, known_reasons: Collection[str]) -> None:
        """The 待检 station gets its answer; the verdict an officer laid down by hand stays in force."""
        db, done = self._connection, answer.as_pass()
        db.execute(
            "UPDATE trail_stations SET begun = ?, duration_ms = ?, verdict = ?, text = ?"
            " WHERE entry = ? AND kind = 'backend' AND verdict = 'unknown'",
            (done.begun.isoformat(), done.duration_ms, done.verdict.value, done.text, entry),
        )
        forced = "SELECT forced_reason <> '' FROM photos WHERE photos.number = trail.number"
        judged = f"CASE WHEN ({forced}) THEN 'warn' ELSE 'pass' END" if answer.passed else "'fail'"
        # ``judged`` is one of two texts of this program.
        db.execute(
            f"UPDATE trail SET pending = 0, judged = {judged}, duration_ms ="  # noqa: S608
            " (SELECT sum(duration_ms) FROM trail_stations WHERE entry = trail.id) WHERE id = ?",
            (entry,),
        )
        db.execute(
            "UPDATE trail SET verdict = judged WHERE id = ?"
            " AND NOT EXISTS (SELECT 1 FROM trail_overrides WHERE trail_overrides.entry = trail.id)",
            (entry,),
        )
        issue = (
            "UPDATE trail_stations SET verdict = (SELECT judged FROM trail WHERE id = ?1) WHERE entry = ?1 AND kind = ?2"
        )
        if done.verdict is Verdict.PASS:
            db.execute(f"{issue} AND verdict = 'unknown'", (entry, "issue"))
        else:
            db.execute(issue, (entry, "issue"))
        for reason in dict.fromkeys(done.reasons):
            if reason in known_reasons:
                db.execute(
                    "INSERT INTO trail_reasons SELECT ?1, ?2 WHERE NOT EXISTS"
                    " (SELECT 1 FROM trail_reasons WHERE entry = ?1 AND reason = ?2)",
                    (entry, reason),
                )

    def unseen(self) -> tuple[LateFailure, ...]:
        """Refused photos nobody has taken note of, oldest first."""
        sql = (
            "SELECT number, standard_id, coalesce((SELECT text FROM trail_stations JOIN trail ON trail.id = entry"
            " WHERE trail.number = photos.number AND kind = 'backend'), '') AS words"
            " FROM photos WHERE unseen ORDER BY rowid"
        )
        with self._lock:
            try:
                rows = self._connection.execute(sql).fetchall()
            except DATABASE_ERRORS as error:
                raise database_fault(error) from error
        return tuple(LateFailure(row["number"], row["standard_id"], row["words"]) for row in rows)

    def take_note(self, number: str) -> None:
        """An officer has read it."""
        with self._lock, transaction(self._connection):
            self._connection.execute("UPDATE photos SET unseen = 0 WHERE number = ?", (number,))

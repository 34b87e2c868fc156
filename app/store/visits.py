"""Visits (签到) in the database: a number is given once, and every step is one transaction."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from app.domain.errors import StoreFault
from app.domain.person import Applicant
from app.domain.queueing import SignIn, Visit, VisitEvent, VisitState, after, require_sign_in
from app.store.database import fetch_all, transaction
from app.store.numbers import next_sequence

_OF_DAY = "SELECT * FROM visits WHERE day = ? ORDER BY signed_in, id"

_ADD = "INSERT INTO visits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0)"

Placing = Callable[[Visit, tuple[Visit, ...]], float]


class VisitRows:
    """Thread: any; shares the store's connection and lock."""

    def __init__(self, connection: Any, lock: threading.RLock) -> None:
        self._connection = connection
        self._lock = lock

    def of_day(self, day: date) -> tuple[Visit, ...]:
        """In the order of signing in."""
        return tuple(_visit(row) for row in fetch_all(self._connection, self._lock, _OF_DAY, (day.isoformat(),)))

    def add(self, visit_id: str, wanted: SignIn, state: VisitState, officer: str, now: datetime) -> Visit:
        """Durable when this returns, with the segment's next number of the day. Raises BadInput QUE-102..104."""
        day = now.date().isoformat()
        db = self._connection
        with self._lock, transaction(db):
            require_sign_in(wanted, [_visit(row) for row in db.execute(_OF_DAY, (day,))])
            count = next_sequence(db, f"queue:{wanted.segment.id}", day)
            visit = Visit(
                visit_id,
                f"{wanted.segment.prefix}{count:03d}",
                wanted.segment.id,
                float(count),
                state,
                wanted.business.strip(),
                wanted.applicant,
                wanted.origin,
                wanted.reason.strip(),
                officer,
                now,
                now,
            )
            db.execute(_ADD, _row(visit, day))
        return visit

    def move(self, visit_id: str, event: VisitEvent, window: str, now: datetime, place: Placing | None = None) -> Visit:
        """One step. ``place`` gives the new turn among those of the day. Raises BadInput QUE-101, StoreFault STO-110."""
        db = self._connection
        with self._lock, transaction(db):
            row = db.execute("SELECT * FROM visits WHERE id = ?", (visit_id,)).fetchone()
            if row is None:
                raise StoreFault("STO-110")
            visit = _visit(row)
            state = after(visit.state, event)
            others = tuple(_visit(other) for other in db.execute(_OF_DAY, (row["day"],)))
            turn = visit.turn if place is None else place(visit, others)
            calls = visit.calls + (event is VisitEvent.CALL)
            at = window if event is VisitEvent.CALL else row["window"]
            db.execute(
                "UPDATE visits SET state = ?, turn = ?, calls = ?, window = ?, updated = ? WHERE id = ?",
                (state.value, turn, calls, at, now.isoformat(), visit_id),
            )
            return _visit(db.execute("SELECT * FROM visits WHERE id = ?", (visit_id,)).fetchone())


def _row(visit: Visit, day: str) -> tuple[object, ...]:
    who = visit.applicant
    return (
        visit.id,
        day,
        visit.segment,
        visit.number,
        visit.turn,
        visit.state.value,
        visit.business,
        who.name,
        who.id_number,
        who.document,
        visit.origin,
        visit.reason,
        visit.officer,
        visit.signed_in.isoformat(),
        visit.updated.isoformat(),
    )


def _visit(row: Any) -> Visit:
    return Visit(
        row["id"],
        row["number"],
        row["segment"],
        float(row["turn"]),
        VisitState(row["state"]),
        row["business"],
        Applicant(row["name"], row["id_number"], row["document"]),
        row["origin"],
        row["reason"],
        row["officer"],
        datetime.fromisoformat(row["signed_in"]),
        datetime.fromisoformat(row["updated"]),
        int(row["calls"]),
    )

"""A case and its papers as rows of the outbox: written in the transaction that takes the case on, papers first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.domain.cases.case import Case
from app.domain.records import OutboxKind, OutboxState
from app.store.case_rows import document_of


def enqueue_case(db: Any, case: Case, now: datetime) -> None:
    """Inside the caller's transaction: the papers the case has, then the case; each once, whoever asks again."""
    papers = db.execute("SELECT id, size FROM case_materials WHERE owner = ? ORDER BY rowid", (case.id,)).fetchall()
    for paper in papers:
        enqueue_paper(db, case.number, paper["id"], paper["size"], now)
    _insert(db, OutboxKind.CASE, f"case-{case.id}", case.number, len(document_of(case).encode()), None, now)


def enqueue_paper(db: Any, case_number: str, material: str, size: int, now: datetime) -> None:
    """Inside the caller's transaction: one paper of a case."""
    _insert(db, OutboxKind.CASE_MATERIAL, f"material-{material}", case_number, size, material, now)


def _insert(db: Any, kind: OutboxKind, key: str, case_number: str, size: int, material: str | None, now: datetime) -> None:
    moment = now.isoformat()
    db.execute(
        "INSERT INTO outbox (kind, idempotency_key, session_id, size, state, attempts, created, next_try, last_error,"
        " receipt, case_number, material) VALUES (?, ?, '', ?, ?, 0, ?, ?, '', '', ?, ?)"
        " ON CONFLICT (idempotency_key) DO NOTHING",
        (kind.value, key, size, OutboxState.WAITING.value, moment, moment, case_number, material),
    )

"""Numbers that nobody has: a numbering rule's own count of a day, kept in the database."""

from __future__ import annotations

from typing import Any


def next_sequence(db: Any, rule: str, day: str) -> int:
    """The rule's own count of the day. A day begun under the former common count goes on above it (rule '')."""
    row = db.execute(
        "INSERT INTO rule_sequences SELECT ?, ?,"
        " 1 + coalesce((SELECT last FROM rule_sequences WHERE rule = '' AND day = ?), 0) WHERE true"
        " ON CONFLICT (rule, day) DO UPDATE SET last = last + 1 RETURNING last",
        (rule, day, day),
    ).fetchone()
    return int(row["last"])

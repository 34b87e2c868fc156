"""What accounts have beside their name and role: their passwords through time."""

from __future__ import annotations

# An older program does not know the table and leaves it alone: the step may be taken back.
PASSWORDS = """
CREATE TABLE IF NOT EXISTS passwords (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    set_at TEXT NOT NULL,
    verifier TEXT NOT NULL,
    initial INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS passwords_by_account ON passwords (account, id);
"""

SECOND_FACTORS = """
CREATE TABLE IF NOT EXISTS second_factors (
    account TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    secret BLOB NOT NULL,
    used INTEGER NOT NULL
) STRICT;
"""

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

# 权限表 and 账号与终端绑定. The former program knows three roles alone: its accounts go on under the nearest one.
PERMISSIONS = """
CREATE TABLE IF NOT EXISTS permissions (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    account TEXT NOT NULL,
    document TEXT NOT NULL,
    public TEXT NOT NULL,
    signature TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS account_machines (
    account TEXT PRIMARY KEY,
    machine TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
"""
PERMISSIONS_BACK = """
UPDATE accounts SET enabled = 0 WHERE role = 'none';
UPDATE accounts SET role = 'operator' WHERE role IN ('none', 'officer', 'archivist');
UPDATE accounts SET role = 'administrator' WHERE role = 'security';
"""

"""The audit log's tables. Rows cannot be changed or removed through SQL; a receipt can be added to an anchor once.

The step may be taken back: an older program does not know the tables and leaves them alone, so the log is still there
when this program comes again.
"""

from __future__ import annotations

AUDIT = """
CREATE TABLE IF NOT EXISTS audit (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    account TEXT NOT NULL,
    terminal TEXT NOT NULL,
    event TEXT NOT NULL,
    record TEXT NOT NULL,
    person TEXT NOT NULL,
    detail TEXT NOT NULL,
    result TEXT NOT NULL,
    previous TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS audit_by_digest ON audit (digest);
CREATE INDEX IF NOT EXISTS audit_by_event ON audit (event, number);
CREATE TABLE IF NOT EXISTS audit_anchors (
    id INTEGER PRIMARY KEY,
    number INTEGER NOT NULL,
    digest TEXT NOT NULL,
    at TEXT NOT NULL,
    public TEXT NOT NULL,
    signature TEXT NOT NULL,
    receipt TEXT NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER IF NOT EXISTS audit_remains BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER IF NOT EXISTS anchors_remain BEFORE DELETE ON audit_anchors BEGIN SELECT RAISE(ABORT, 'append-only'); END;
"""

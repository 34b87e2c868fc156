"""The tables of digitised archives: batches, pages, the files these make, every change, types by picture.

The step may be taken back: an older program leaves the tables alone, so the batches are there when this one comes again.
"""

from __future__ import annotations

ARCHIVE = """
CREATE TABLE IF NOT EXISTS archive_batches (
    id TEXT PRIMARY KEY,
    profile TEXT NOT NULL,
    state TEXT NOT NULL,
    started TEXT NOT NULL,
    officer TEXT NOT NULL,
    department TEXT NOT NULL,
    region TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS archive_pages (
    blob TEXT PRIMARY KEY,
    batch TEXT NOT NULL REFERENCES archive_batches (id),
    number INTEGER NOT NULL,
    side TEXT NOT NULL,
    dpi INTEGER NOT NULL,
    size INTEGER NOT NULL,
    digest TEXT NOT NULL,
    media_type TEXT NOT NULL,
    arrived TEXT NOT NULL,
    found TEXT NOT NULL,
    standing TEXT NOT NULL,
    kind TEXT NOT NULL,
    serial TEXT NOT NULL,
    role TEXT NOT NULL,
    receipt TEXT NOT NULL DEFAULT '',
    gone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS archive_pages_by_sheet ON archive_pages (batch, number, side);
CREATE INDEX IF NOT EXISTS archive_pages_by_file ON archive_pages (batch, kind, serial);
CREATE INDEX IF NOT EXISTS archive_pages_by_digest ON archive_pages (digest);
CREATE INDEX IF NOT EXISTS archive_pages_unmeasured ON archive_pages (batch) WHERE found = '';
CREATE TABLE IF NOT EXISTS archive_files (
    batch TEXT NOT NULL REFERENCES archive_batches (id),
    kind TEXT NOT NULL,
    serial TEXT NOT NULL,
    business TEXT NOT NULL,
    facts TEXT NOT NULL,
    state TEXT NOT NULL,
    department TEXT NOT NULL,
    scanned_by TEXT NOT NULL,
    scanned TEXT NOT NULL,
    officer TEXT NOT NULL DEFAULT '',
    second TEXT NOT NULL DEFAULT '',
    accepted TEXT NOT NULL DEFAULT '',
    receipt TEXT NOT NULL DEFAULT '',
    error TEXT NOT NULL DEFAULT '',
    related TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try TEXT NOT NULL DEFAULT '',
    plate TEXT NOT NULL DEFAULT '',
    vin TEXT NOT NULL DEFAULT '',
    archive_number TEXT NOT NULL DEFAULT '',
    id_number TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (batch, kind, serial)
) STRICT;
CREATE INDEX IF NOT EXISTS archive_files_by_serial ON archive_files (serial);
CREATE INDEX IF NOT EXISTS archive_files_by_plate ON archive_files (plate) WHERE plate <> '';
CREATE INDEX IF NOT EXISTS archive_files_by_vin ON archive_files (vin) WHERE vin <> '';
CREATE INDEX IF NOT EXISTS archive_files_by_number ON archive_files (archive_number) WHERE archive_number <> '';
CREATE INDEX IF NOT EXISTS archive_files_by_person ON archive_files (id_number) WHERE id_number <> '';
CREATE INDEX IF NOT EXISTS archive_files_by_day ON archive_files (scanned);
CREATE INDEX IF NOT EXISTS archive_files_by_state ON archive_files (state);
CREATE TABLE IF NOT EXISTS archive_edits (
    id INTEGER PRIMARY KEY,
    batch TEXT NOT NULL REFERENCES archive_batches (id),
    officer TEXT NOT NULL,
    at TEXT NOT NULL,
    word TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX IF NOT EXISTS archive_edits_by_batch ON archive_edits (batch, id);
CREATE TABLE IF NOT EXISTS archive_types (
    digest TEXT NOT NULL,
    kind TEXT NOT NULL,
    model TEXT NOT NULL,
    said TEXT NOT NULL,
    PRIMARY KEY (digest, kind, model)
) STRICT;
"""

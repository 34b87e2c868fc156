"""The schema's steps of cases, fees and online applications; a released step is never edited, only followed by another."""

from __future__ import annotations

# 办件. What is asked for stands in ``cases``, days as proleptic ordinals, moments as microseconds since 1970 UTC, so that
# ``cases_facets`` stays narrow: a combined query reads that index alone. What is only shown stands in ``case_contents``.
# A case has the id of the draft it came from.
CASES = """
CREATE TABLE cases (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    number TEXT NOT NULL,
    outside_number TEXT NOT NULL,
    matter_code TEXT NOT NULL,
    line TEXT NOT NULL,
    state TEXT NOT NULL,
    channel TEXT NOT NULL,
    subject_name TEXT NOT NULL,
    subject_id_number TEXT NOT NULL,
    sex TEXT NOT NULL,
    ethnicity TEXT NOT NULL,
    birth_date INTEGER,
    applicant_name TEXT NOT NULL,
    applicant_id_number TEXT NOT NULL,
    region_code TEXT NOT NULL,
    station_name TEXT NOT NULL,
    officer TEXT NOT NULL,
    submitted INTEGER NOT NULL,
    due INTEGER NOT NULL,
    answered INTEGER,
    terminal_number TEXT NOT NULL,
    source TEXT NOT NULL,
    track TEXT NOT NULL,
    promised_days INTEGER NOT NULL,
    own_promise INTEGER NOT NULL,
    due_certain INTEGER NOT NULL,
    pause_days INTEGER NOT NULL,
    paused INTEGER,
    answered_at INTEGER,
    sent_back INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX cases_by_id ON cases (id);
CREATE UNIQUE INDEX cases_by_number ON cases (number);
CREATE INDEX cases_by_outside_number ON cases (outside_number);
CREATE UNIQUE INDEX cases_from_outside ON cases (outside_number) WHERE outside_number <> '';
CREATE INDEX cases_by_subject_id_number ON cases (subject_id_number);
CREATE INDEX cases_by_applicant_id_number ON cases (applicant_id_number);
CREATE INDEX cases_by_subject_name ON cases (subject_name);
CREATE INDEX cases_by_applicant_name ON cases (applicant_name);
CREATE INDEX cases_by_station_name ON cases (station_name);
CREATE INDEX cases_open_by_due ON cases (due) WHERE answered IS NULL;
CREATE INDEX cases_by_submitted ON cases (submitted);
CREATE INDEX cases_facets ON cases (seq, matter_code, line, state, channel, sex, ethnicity, birth_date, region_code,
    officer, submitted, due, answered, subject_name, applicant_name);
CREATE TABLE case_contents (
    seq INTEGER PRIMARY KEY REFERENCES cases (seq),
    document TEXT NOT NULL
) STRICT;
CREATE TABLE case_nodes (
    seq INTEGER NOT NULL REFERENCES cases (seq),
    number INTEGER NOT NULL,
    action TEXT NOT NULL UNIQUE,
    event TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    officer TEXT NOT NULL,
    officer_name TEXT NOT NULL,
    due INTEGER NOT NULL,
    recorded TEXT NOT NULL,
    key_content TEXT NOT NULL,
    opinion TEXT NOT NULL,
    PRIMARY KEY (seq, number)
) STRICT;
CREATE TABLE drafts (
    id TEXT PRIMARY KEY,
    matter_code TEXT NOT NULL,
    matter_version TEXT NOT NULL,
    officer TEXT NOT NULL,
    started TEXT NOT NULL,
    updated TEXT NOT NULL,
    state TEXT NOT NULL,
    missing TEXT NOT NULL
) STRICT;
CREATE INDEX drafts_by_state ON drafts (state);
CREATE TABLE draft_changes (
    draft TEXT NOT NULL REFERENCES drafts (id),
    number INTEGER NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    provenance TEXT NOT NULL,
    reason TEXT NOT NULL,
    recorded TEXT NOT NULL,
    PRIMARY KEY (draft, number)
) STRICT;
CREATE TABLE case_materials (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    item TEXT NOT NULL,
    name TEXT NOT NULL,
    origin TEXT NOT NULL,
    media_type TEXT NOT NULL,
    blob TEXT NOT NULL,
    size INTEGER NOT NULL,
    digest TEXT NOT NULL,
    taken TEXT NOT NULL,
    officer TEXT NOT NULL
) STRICT;
CREATE INDEX case_materials_by_owner ON case_materials (owner);
"""

# A case leaves as a photo does: an item belongs to a photo or to a case. ``case_words``: what the back end said of cases,
# in its order; ``outcome`` is "" when the case moved, else the code of why it did not.
CASES_LEAVE = """
CREATE TABLE outbox_11 (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    idempotency_key TEXT NOT NULL UNIQUE,
    photo_number TEXT REFERENCES photos (number),
    session_id TEXT NOT NULL,
    size INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    created TEXT NOT NULL,
    next_try TEXT NOT NULL,
    last_error TEXT NOT NULL,
    receipt TEXT NOT NULL,
    photo_library TEXT NOT NULL DEFAULT '',
    sent TEXT NOT NULL DEFAULT '',
    case_number TEXT REFERENCES cases (number),
    material TEXT REFERENCES case_materials (id),
    CHECK ((photo_number IS NULL) <> (case_number IS NULL))
) STRICT;
INSERT INTO outbox_11 SELECT id, kind, idempotency_key, photo_number, session_id, size, state, attempts, created, next_try,
    last_error, receipt, photo_library, sent, NULL, NULL FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_11 RENAME TO outbox;
CREATE INDEX outbox_by_state ON outbox (state, id);
CREATE INDEX outbox_by_photo ON outbox (photo_number);
CREATE TABLE case_words (
    sequence INTEGER PRIMARY KEY,
    case_number TEXT NOT NULL,
    event TEXT NOT NULL,
    opinion TEXT NOT NULL,
    officer_name TEXT NOT NULL,
    heard TEXT NOT NULL,
    outcome TEXT NOT NULL
) STRICT;
"""

# 公安非税. ``case_id`` is the draft's until there is a case. ``sent``: the finance system may know of the order.
FEES = """
CREATE TABLE fee_orders (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    serial TEXT NOT NULL,
    payer TEXT NOT NULL,
    items TEXT NOT NULL,
    total INTEGER NOT NULL,
    officer TEXT NOT NULL,
    station TEXT NOT NULL,
    state TEXT NOT NULL,
    created TEXT NOT NULL,
    next_try TEXT NOT NULL,
    sent INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '',
    cancel_wanted INTEGER NOT NULL DEFAULT 0,
    slip TEXT NOT NULL DEFAULT '',
    paid_at TEXT NOT NULL DEFAULT '',
    blob TEXT NOT NULL DEFAULT '',
    bill TEXT NOT NULL DEFAULT '',
    bill_check TEXT NOT NULL DEFAULT '',
    signed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX fee_orders_standing ON fee_orders (case_id, purpose)
    WHERE state IN ('asked', 'created', 'unknown', 'paid');
CREATE INDEX fee_orders_due ON fee_orders (state, next_try);
CREATE TABLE fee_signature_template (
    text TEXT NOT NULL,
    fetched TEXT NOT NULL
) STRICT;
"""

# Answers owed to the platform for applications made there, how far its list was read, and the queries officers keep.
ONLINE = """
CREATE TABLE case_answers (
    id INTEGER PRIMARY KEY,
    action TEXT NOT NULL UNIQUE,
    seq INTEGER NOT NULL REFERENCES cases (seq),
    outside_number TEXT NOT NULL,
    document TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_try TEXT NOT NULL,
    last_error TEXT NOT NULL,
    receipt TEXT NOT NULL
) STRICT;
CREATE INDEX case_answers_open ON case_answers (seq, id) WHERE state <> 'sent';
CREATE TABLE application_cursor (
    place INTEGER PRIMARY KEY CHECK (place = 1),
    value TEXT NOT NULL
) STRICT;
CREATE TABLE application_faults (
    outside_number TEXT PRIMARY KEY,
    code TEXT NOT NULL
) STRICT;
CREATE TABLE saved_queries (
    officer TEXT NOT NULL,
    name TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (officer, name)
) STRICT;
"""

"""The schema, one step a version; a released step is never edited, only followed by another."""

from __future__ import annotations

_V1 = """
CREATE TABLE accounts (
    account TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    enabled INTEGER NOT NULL
) STRICT;
CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    person_name TEXT NOT NULL,
    id_number TEXT NOT NULL,
    standard_ids TEXT NOT NULL,
    mode TEXT NOT NULL,
    state TEXT NOT NULL,
    started TEXT NOT NULL,
    officer TEXT NOT NULL,
    terminal_number TEXT NOT NULL,
    region_code TEXT NOT NULL,
    station_name TEXT NOT NULL,
    source TEXT NOT NULL,
    chosen_shot TEXT
) STRICT;
CREATE INDEX sessions_by_day ON sessions (started);
CREATE TABLE shots (
    id TEXT PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    number INTEGER NOT NULL,
    taken TEXT NOT NULL,
    blob TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    digest TEXT NOT NULL,
    device TEXT NOT NULL,
    file_name TEXT NOT NULL,
    UNIQUE (session_id, number)
) STRICT;
CREATE TABLE photos (
    number TEXT PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    shot_id TEXT NOT NULL REFERENCES shots (id),
    person_name TEXT NOT NULL,
    id_number TEXT NOT NULL,
    standard_id TEXT NOT NULL,
    standard_version TEXT NOT NULL,
    service TEXT NOT NULL,
    width_px INTEGER NOT NULL,
    height_px INTEGER NOT NULL,
    dpi INTEGER NOT NULL,
    size INTEGER NOT NULL,
    digest TEXT NOT NULL,
    blob TEXT NOT NULL UNIQUE,
    recipe TEXT NOT NULL,
    report TEXT NOT NULL,
    passed INTEGER NOT NULL,
    forced_reason TEXT NOT NULL,
    saved TEXT NOT NULL,
    day TEXT NOT NULL,
    officer TEXT NOT NULL,
    terminal_number TEXT NOT NULL,
    region_code TEXT NOT NULL,
    station_name TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;
CREATE INDEX photos_by_person ON photos (id_number);
CREATE INDEX photos_by_day ON photos (day);
CREATE INDEX photos_by_session ON photos (session_id);
CREATE TABLE sequences (
    day TEXT PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    idempotency_key TEXT NOT NULL UNIQUE,
    photo_number TEXT NOT NULL REFERENCES photos (number),
    session_id TEXT NOT NULL,
    size INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    created TEXT NOT NULL,
    next_try TEXT NOT NULL,
    last_error TEXT NOT NULL,
    receipt TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state, id);
CREATE TABLE print_jobs (
    id INTEGER PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    copy_number INTEGER NOT NULL,
    state TEXT NOT NULL,
    created TEXT NOT NULL,
    updated TEXT NOT NULL,
    error TEXT NOT NULL,
    printer TEXT NOT NULL,
    UNIQUE (session_id, copy_number)
) STRICT;
"""

_V2 = """
CREATE TABLE trail (
    id INTEGER PRIMARY KEY,
    recorded TEXT NOT NULL,
    day TEXT NOT NULL,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    person_name TEXT NOT NULL,
    id_number TEXT NOT NULL,
    region_code TEXT NOT NULL,
    terminal_number TEXT NOT NULL,
    station_name TEXT NOT NULL,
    source TEXT NOT NULL,
    officer TEXT NOT NULL,
    device TEXT NOT NULL,
    standard_id TEXT NOT NULL,
    strategy TEXT NOT NULL,
    number TEXT NOT NULL,
    blob TEXT NOT NULL,
    size INTEGER NOT NULL,
    judged TEXT NOT NULL,
    verdict TEXT NOT NULL,
    special_reason TEXT NOT NULL,
    duration_ms REAL NOT NULL
) STRICT;
CREATE INDEX trail_by_day ON trail (day);
CREATE INDEX trail_by_number ON trail (number);
CREATE INDEX trail_by_person ON trail (id_number);
CREATE INDEX trail_by_verdict ON trail (verdict, day);
CREATE TABLE trail_stations (
    entry INTEGER NOT NULL REFERENCES trail (id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    begun TEXT NOT NULL,
    duration_ms REAL NOT NULL,
    verdict TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (entry, position)
) STRICT;
CREATE TABLE trail_reasons (
    entry INTEGER NOT NULL REFERENCES trail (id),
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX trail_by_reason ON trail_reasons (reason, entry);
CREATE INDEX trail_reasons_of ON trail_reasons (entry);
CREATE TABLE trail_notes (
    id INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL REFERENCES trail (id),
    written TEXT NOT NULL,
    officer TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE TABLE trail_overrides (
    id INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL REFERENCES trail (id),
    written TEXT NOT NULL,
    officer TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;
"""

_V3 = "ALTER TABLE sessions ADD COLUMN exceptions TEXT NOT NULL DEFAULT '[]';"

_V4 = "ALTER TABLE sessions ADD COLUMN standards TEXT NOT NULL DEFAULT '[]';"

# The former sequence of a day counted for every rule together: its last number is the floor of every rule's own
# sequence on that day, so that no number can come twice. Rows sent before do not say when.
_V5 = """
CREATE TABLE rule_sequences (
    rule TEXT NOT NULL,
    day TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (rule, day)
) STRICT;
INSERT INTO rule_sequences SELECT '', day, last FROM sequences;
DROP TABLE sequences;
ALTER TABLE photos ADD COLUMN photo_library TEXT NOT NULL DEFAULT '';
ALTER TABLE photos ADD COLUMN standing TEXT NOT NULL DEFAULT 'final';
ALTER TABLE photos ADD COLUMN unseen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN photo_library TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN sent TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_by_photo ON outbox (photo_number);
ALTER TABLE trail ADD COLUMN shot_id TEXT NOT NULL DEFAULT '';
ALTER TABLE trail ADD COLUMN department TEXT NOT NULL DEFAULT '';
ALTER TABLE trail ADD COLUMN pending INTEGER NOT NULL DEFAULT 0;
ALTER TABLE trail_stations ADD COLUMN officer TEXT NOT NULL DEFAULT '';
UPDATE trail SET shot_id = coalesce((SELECT id FROM shots WHERE shots.blob = trail.blob),
    (SELECT shot_id FROM photos WHERE photos.blob = trail.blob), '');
"""

# ``judged`` 0: the press is kept, its scores are not known yet. ``features``: the scanner's template, empty where none.
_FINGERS = """
CREATE TABLE finger_enrolments (
    id TEXT PRIMARY KEY,
    person_name TEXT NOT NULL,
    id_number TEXT NOT NULL,
    started TEXT NOT NULL,
    officer TEXT NOT NULL,
    terminal_number TEXT NOT NULL,
    region_code TEXT NOT NULL,
    station_name TEXT NOT NULL,
    source TEXT NOT NULL,
    pass_score INTEGER NOT NULL,
    max_tries INTEGER NOT NULL,
    wanted INTEGER NOT NULL,
    same_finger REAL NOT NULL,
    closed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX finger_enrolments_by_day ON finger_enrolments (started);
CREATE TABLE finger_attempts (
    id TEXT PRIMARY KEY,
    enrolment TEXT NOT NULL REFERENCES finger_enrolments (id),
    number INTEGER NOT NULL,
    finger INTEGER NOT NULL,
    taken TEXT NOT NULL,
    blob TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    width_px INTEGER NOT NULL,
    height_px INTEGER NOT NULL,
    dpi INTEGER NOT NULL,
    device TEXT NOT NULL,
    device_score INTEGER,
    features BLOB NOT NULL,
    judged INTEGER NOT NULL DEFAULT 0,
    scores TEXT NOT NULL DEFAULT '[]',
    faults TEXT NOT NULL DEFAULT '[]',
    same_as INTEGER,
    UNIQUE (enrolment, number)
) STRICT;
CREATE TABLE finger_exceptions (
    id INTEGER PRIMARY KEY,
    enrolment TEXT NOT NULL REFERENCES finger_enrolments (id),
    finger INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    officer TEXT NOT NULL,
    second_officer TEXT NOT NULL,
    recorded TEXT NOT NULL,
    note TEXT NOT NULL,
    accepted TEXT NOT NULL
) STRICT;
"""

# Tickets beside receipts, five states, job bytes sealed beside the pictures. Only a job that may have reached paper
# uses up a copy number. An old "uncertain" was sent without an answer: that is "sent".
_PRINT_JOBS = """
CREATE TABLE print_jobs_4 (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    copy_number INTEGER NOT NULL,
    state TEXT NOT NULL,
    created TEXT NOT NULL,
    updated TEXT NOT NULL,
    error TEXT NOT NULL,
    printer TEXT NOT NULL,
    facts TEXT NOT NULL,
    blob TEXT NOT NULL
) STRICT;
INSERT INTO print_jobs_4
    SELECT id, 'receipt', session_id, copy_number,
        CASE WHEN state IN ('sending', 'uncertain') THEN 'sent' WHEN state = 'queued' THEN 'expired' ELSE state END,
        created, updated, error, printer, '', ''
    FROM print_jobs;
DROP TABLE print_jobs;
ALTER TABLE print_jobs_4 RENAME TO print_jobs;
CREATE UNIQUE INDEX print_jobs_by_copy ON print_jobs (kind, subject, copy_number) WHERE state <> 'expired';
CREATE INDEX print_jobs_by_state ON print_jobs (state, id);
"""

_SHIFT_CHECKS = """
CREATE TABLE shift_checks (
    id TEXT PRIMARY KEY,
    signed TEXT NOT NULL,
    officer TEXT NOT NULL,
    document TEXT NOT NULL,
    public TEXT NOT NULL,
    signature TEXT NOT NULL
) STRICT;
"""

# Not everybody comes with a resident's number: which kind it is.
_DOCUMENTS = """
ALTER TABLE sessions ADD COLUMN document TEXT NOT NULL DEFAULT 'resident-id';
ALTER TABLE photos ADD COLUMN document TEXT NOT NULL DEFAULT 'resident-id';
ALTER TABLE trail ADD COLUMN document TEXT NOT NULL DEFAULT 'resident-id';
ALTER TABLE finger_enrolments ADD COLUMN document TEXT NOT NULL DEFAULT 'resident-id';
"""

# 办件. What is asked for stands in ``cases``, days as proleptic ordinals, moments as microseconds since 1970 UTC, so that
# ``cases_facets`` stays narrow: a combined query reads that index alone. What is only shown stands in ``case_contents``.
# A case has the id of the draft it came from.
_CASES = """
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
_CASES_LEAVE = """
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
_FEES = """
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
_ONLINE = """
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

MIGRATIONS: tuple[str, ...] = (
    _V1,
    _V2,
    _V3,
    _V4,
    _V5,
    _FINGERS,
    _PRINT_JOBS,
    _SHIFT_CHECKS,
    _DOCUMENTS,
    _CASES,
    _CASES_LEAVE,
    _FEES,
    _ONLINE,
)

"""The schema, one step a version; a released step is never edited, only followed by another."""

from __future__ import annotations

from app.store.account_migrations import PASSWORDS, PERMISSIONS, PERMISSIONS_BACK, SECOND_FACTORS
from app.store.archive_migration import ARCHIVE
from app.store.audit_migration import AUDIT
from app.store.case_migrations import CASES, CASES_LEAVE, FEES, ONLINE

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

# 签到叫号: who waits in the hall today; ``turn`` is the place among those of a segment.
_VISITS = """
CREATE TABLE IF NOT EXISTS visits (
    id TEXT PRIMARY KEY,
    day TEXT NOT NULL,
    segment TEXT NOT NULL,
    number TEXT NOT NULL,
    turn REAL NOT NULL,
    state TEXT NOT NULL,
    business TEXT NOT NULL,
    name TEXT NOT NULL,
    id_number TEXT NOT NULL,
    document TEXT NOT NULL,
    origin TEXT NOT NULL,
    reason TEXT NOT NULL,
    officer TEXT NOT NULL,
    signed_in TEXT NOT NULL,
    updated TEXT NOT NULL,
    window TEXT NOT NULL,
    calls INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS visits_by_number ON visits (day, number);
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
    CASES,
    CASES_LEAVE,
    FEES,
    ONLINE,
    AUDIT,
    _VISITS,
    PASSWORDS,
    SECOND_FACTORS,
    ARCHIVE,
    PERMISSIONS,
)

# Steps that may be taken back by one, so that the former program opens the store again: version → what it takes.
BACKWARD: dict[int, str] = {14: "", 15: "", 16: "", 17: "", 18: "", 19: PERMISSIONS_BACK}

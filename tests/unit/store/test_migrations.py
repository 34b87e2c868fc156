"""A database of an older program is brought forward step by step; a step that fails leaves the former version whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.errors import StoreFault
from app.store.database import Connection, open_database
from app.store.migrations import MIGRATIONS

KEY = "00" * 32


def _columns(connection: Connection) -> set[str]:
    return {row["name"] for row in connection.execute("PRAGMA table_info(shots)")}


def _insert(connection: Connection, table: str, *values: object) -> None:
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} VALUES ({marks})", values)  # noqa: S608 - our own table names


def test_an_older_database_gains_what_is_new_and_keeps_what_it_had(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    old = open_database(path, KEY)
    old.execute("INSERT INTO accounts VALUES ('zhang', '张某', 'operator', 1)")
    old.close()
    newer = (*MIGRATIONS, "ALTER TABLE shots ADD COLUMN lens TEXT NOT NULL DEFAULT ''")
    connection = open_database(path, KEY, newer)
    assert "lens" in _columns(connection)
    assert connection.execute("SELECT name FROM accounts").fetchone()["name"] == "张某"
    assert connection.execute("PRAGMA user_version").fetchone()[0] == len(newer)
    connection.close()


def test_a_first_version_s_sessions_are_still_there_without_exceptions(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    old = open_database(path, KEY, MIGRATIONS[:1])
    values = ("s1", "李某", "1", "[]", "regular", "shooting", "2026-01-01", "li", "T", "999999", "n", "x", None)
    old.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    old.close()
    connection = open_database(path, KEY)
    assert connection.execute("SELECT exceptions FROM sessions").fetchone()["exceptions"] == "[]"
    assert connection.execute("SELECT standards FROM sessions").fetchone()["standards"] == "[]"
    assert connection.execute("SELECT count(*) AS n FROM trail").fetchone()["n"] == 0
    connection.close()


def test_a_third_version_s_photos_stay_final_and_their_trail_finds_its_original(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    old = open_database(path, KEY, MIGRATIONS[:3])
    place = ("T", "999999", "n", "x")
    _insert(old, "sessions", "s1", "李某", "1", "[]", "regular", "saved", "2026", "li", *place, "o1", "[]")
    old.execute("INSERT INTO shots VALUES ('o1', 's1', 1, '2026-11-20T09:00:00+08:00', 'o1', 1, 'd', 'D750', 'f')")
    photo = ("N1", "s1", "o1", "李某", "1", "id-card", "1", "household", 358, 441, 350, 9, "d", "p1", "{}", "{}", 1, "")
    _insert(old, "photos", *photo, "2026-11-20", "2026-11-20", "li", *place)
    old.execute(
        "INSERT INTO outbox (kind, idempotency_key, photo_number, session_id, size, state, attempts, created, next_try,"
        " last_error, receipt) VALUES ('photo', 'photo-p1', 'N1', 's1', 9, 'waiting', 2, '2026', '2026', 'NET-101', '')"
    )
    for number, blob in (("", "o1"), ("N1", "p1")):
        row = ("2026", "2026-11-20", "s1", "李某", "1", "999999", "T", "n", "x", "li", "D750", "id-card", "", number, blob)
        _insert(old, "trail", len(number) + 1, *row, 9, "warn", "warn", "", 3.0)
    old.execute("INSERT INTO trail_stations VALUES (3, 0, 'backend', '2026', 0.0, 'unknown', '')")
    old.close()
    connection = open_database(path, KEY)
    (photo_row,) = connection.execute("SELECT standing, photo_library, unseen FROM photos").fetchall()
    assert tuple(photo_row) == ("final", "", 0)
    (waiting,) = connection.execute("SELECT state, attempts, photo_library, sent FROM outbox").fetchall()
    assert tuple(waiting) == ("waiting", 2, "", "")
    trail = connection.execute("SELECT blob, shot_id, pending FROM trail ORDER BY id").fetchall()
    assert [tuple(row) for row in trail] == [("o1", "o1", 0), ("p1", "o1", 0)], "nobody is asked about it any more"
    connection.close()


def test_a_step_that_fails_leaves_the_former_version(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    open_database(path, KEY).close()
    broken = (*MIGRATIONS, "ALTER TABLE shots ADD COLUMN lens TEXT;\nALTER TABLE no_such ADD COLUMN x TEXT")
    with pytest.raises(StoreFault):
        open_database(path, KEY, broken)
    connection = open_database(path, KEY)
    assert "lens" not in _columns(connection)
    assert connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
    connection.close()


def test_every_step_may_run_only_once(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    open_database(path, KEY).close()
    open_database(path, KEY).close()

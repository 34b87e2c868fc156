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

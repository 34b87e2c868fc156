"""The auditor at the command line: the log is checked, listed and taken out by her alone, and a tampered one is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.config.places import DataFolder
from app.security import keyring
from app.store.database import open_database
from app.store.migrations import MIGRATIONS
from helpers.commands import jingchuang

ADMIN, FIRST, AUDITOR = "Station-2026\n", "First-2026\n", "Second-2026\n"


@pytest.fixture
def data(tmp_path: Path) -> tuple[str, Path]:
    """A workstation with an administrator and an auditor."""
    where = ("--data", tmp_path / "d")
    assert (
        jingchuang("user", "add", "admin", "--name", "管理员", "--role", "administrator", *where, text=ADMIN).returncode
        == 0
    )
    added = jingchuang(
        "user", "add", "shen", "--name", "审计", "--role", "auditor", "--user", "admin", *where, text=ADMIN + FIRST
    )
    assert added.returncode == 0, added.stderr
    assert jingchuang("user", "password", "shen", *where, text=FIRST + AUDITOR).returncode == 0
    return where


def test_the_auditor_lists_checks_and_exports(data: tuple[str, Path], tmp_path: Path) -> None:
    checked = jingchuang("audit", "verify", "--user", "shen", "--json", *data, text=AUDITOR)
    assert checked.returncode == 0, checked.stderr
    report = json.loads(checked.stdout)
    assert report["findings"] == []
    assert report["anchors"] >= 2
    listed = jingchuang("audit", "list", "--user", "shen", "--event", "account-changed", *data, text=AUDITOR)
    assert "更改账号" in listed.stdout
    assert "added as auditor" in listed.stdout
    out = tmp_path / "audit.csv"
    assert jingchuang("audit", "export", "--user", "shen", "--out", out, *data, text=AUDITOR).returncode == 0
    assert out.exists()
    assert out.with_name("audit.csv.sig").exists()
    wrong = jingchuang("audit", "list", "--user", "shen", "--since", "gestern", *data, text=AUDITOR)
    assert wrong.returncode == 2
    assert "AUD-103" in wrong.stderr


def test_an_administrator_is_refused(data: tuple[str, Path]) -> None:
    refused = jingchuang("audit", "verify", "--user", "admin", *data, text=ADMIN)
    assert refused.returncode == 2
    assert "AUT-120" in refused.stderr
    listed = jingchuang("audit", "list", "--user", "shen", "--event", "sign-in-refused", *data, text=AUDITOR)
    assert "登录被拒绝" in listed.stdout
    assert "AUT-120" in listed.stdout


def test_rows_removed_behind_the_program_s_back_are_named(data: tuple[str, Path]) -> None:
    folder = DataFolder(data[1])
    db = open_database(folder.database, keyring.unlock(folder.keyring, "admin", ADMIN.strip()).database_key_hex())
    db.execute("DROP TRIGGER audit_remains")
    db.execute("DELETE FROM audit WHERE number = 2")
    db.close()
    told = jingchuang("audit", "verify", "--user", "shen", *data, text=AUDITOR)
    assert told.returncode == 1
    assert "deleted 2" in told.stdout
    assert "damage noted 1×" in told.stdout


def test_the_database_goes_one_version_back_by_the_administrator_s_hand(data: tuple[str, Path]) -> None:
    back = jingchuang("store", "back", "--user", "admin", *data, text=ADMIN)
    assert (back.returncode, back.stdout) == (0, f"↓ {len(MIGRATIONS) - 1}\n")
    again = jingchuang("audit", "verify", "--user", "shen", *data, text=AUDITOR)
    assert again.returncode == 0, again.stdout


def test_every_page_and_every_sealed_file_is_read_by_the_administrator_s_hand(data: tuple[str, Path]) -> None:
    whole = jingchuang("store", "verify", "--user", "admin", *data, text=ADMIN)
    assert (whole.returncode, whole.stdout) == (0, "✓\n")
    foreign = DataFolder(data[1]).blobs / "aa" / "01FOREIGNFILE0000000000AA.sealed"
    foreign.parent.mkdir()
    foreign.write_bytes(b"JCB1 not ours")
    told = jingchuang("store", "verify", "--user", "admin", "--json", *data, text=ADMIN)
    assert told.returncode == 1
    assert json.loads(told.stdout)["damage"] == [{"place": "01FOREIGNFILE0000000000AA", "what": "SEA-101"}]


def test_a_backup_is_made_and_comes_back_in_another_folder(data: tuple[str, Path], tmp_path: Path) -> None:
    full, newer = tmp_path / "full.backup", tmp_path / "monday.backup"
    by_admin = ("--user", "admin", *data)
    made = jingchuang("store", "backup", "--out", full, *by_admin, text=ADMIN)
    assert made.returncode == 0, made.stderr
    assert jingchuang("store", "backup", "--out", newer, "--since", full, *by_admin, text=ADMIN).returncode == 0
    there = ("--data", tmp_path / "there")
    back = jingchuang("store", "restore", full, "--newer", newer, "--user", "admin", *there, text=ADMIN)
    assert back.returncode == 0, back.stderr
    listed = jingchuang("audit", "list", "--user", "shen", "--event", "backed-up", *there, text=AUDITOR)
    assert listed.stdout.count("备份") == 2
    again = jingchuang("store", "restore", full, "--user", "admin", *there, text=ADMIN)
    assert (again.returncode, again.stderr[1:8]) == (2, "BKP-104")

"""`jingchuang permissions` and roles at the command line: shown, granted, refused, put right after tampering."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.config.clock import SystemClock
from app.config.places import DataFolder
from app.security.keyring import unlock
from app.store.store import Store
from helpers.commands import jingchuang

ADMIN, GIVEN, OWN = "Station-2026", "Given-Word-1", "Own-Word-2"


class Station:
    """With a system administrator and a security administrator."""

    def __init__(self, root: Path) -> None:
        self.folder = DataFolder(root)
        self.where = ("--data", root)
        assert self.run("user", "add", "admin", "--name", "管理员", text=ADMIN) == ""
        assert (
            self.run(
                "user", "add", "an", "--name", "安某", "--role", "security", "--user", "admin", text=f"{ADMIN}\n{GIVEN}"
            )
            == ""
        )
        assert self.run("user", "password", "an", text=f"{GIVEN}\n{OWN}") == ""

    def run(self, *arguments: str, text: str) -> str:
        """The refusal's code, "" for none."""
        done = jingchuang(*arguments, *self.where, text=text + "\n")
        self.said = done.stdout
        return "" if done.returncode == 0 else done.stderr[1:8]


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Station:
    return Station(tmp_path_factory.mktemp("station") / "data")


def test_the_security_administrator_changes_the_table_and_the_system_administrator_does_not(station: Station) -> None:
    change = ("permissions", "change", "--role", "archivist", "--room", "people", "--rights", "rw")
    assert station.run(*change, "--user", "admin", text=ADMIN) == "AUT-129"
    assert station.run(*change, "--user", "an", text=OWN) == ""
    assert station.run("permissions", "show", "--json", "--user", "an", text=OWN) == ""
    table = json.loads(station.said)
    assert (table["archivist"]["people"], table["administrator"]["cases"]) == ("rw", "")
    wrong = (*change[:2], "--role", "administrator", "--room", "cases", "--rights", "r")
    assert station.run(*wrong, "--user", "an", text=OWN) == "AUT-127"
    assert station.run(*change[:-1], "all", "--user", "an", text=OWN) == "AUT-123"


def test_a_new_account_gets_its_role_from_the_security_administrator(station: Station) -> None:
    add = ("user", "add", "li", "--name", "李某")
    assert station.run(*add, "--role", "officer", "--user", "admin", text=f"{ADMIN}\n{GIVEN}") == "AUT-129"
    assert station.run(*add, "--role", "none", "--user", "admin", text=f"{ADMIN}\n{GIVEN}") == ""
    assert station.run("user", "grant", "li", "--role", "officer", "--user", "an", text=OWN) == ""
    assert station.run("user", "let-go", "li", "--user", "admin", text=ADMIN) == ""
    assert station.run("user", "disable", "li", "--user", "admin", text=ADMIN) == ""
    assert station.run("user", "enable", "li", "--user", "admin", text=f"{ADMIN}\nOther-Word-4") == ""


def test_an_altered_table_opens_nothing_and_is_put_right(station: Station) -> None:
    assert (
        station.run(
            "permissions", "change", "--role", "officer", "--room", "trail", "--rights", "", "--user", "an", text=OWN
        )
        == ""
    )
    store = Store.open(station.folder, unlock(station.folder.keyring, "admin", ADMIN), SystemClock())
    store.permissions._connection.execute("UPDATE permissions SET document = replace(document, 'rwx', 'rw')")
    store.permissions._connection.commit()
    store.close()
    assert station.run("sync", "--status", "--user", "admin", text=ADMIN) == "AUT-122"
    assert station.run("permissions", "show", "--user", "an", text=OWN) == "AUT-122"
    assert station.run("permissions", "restore", "--user", "an", text=OWN) == ""
    assert station.run("sync", "--status", "--user", "admin", text=ADMIN) == ""

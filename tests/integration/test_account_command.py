"""Accounts at the command line: locked across programs, unlocked, reset, disabled, and a given password changed first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from app.security.one_time import one_time_code, read_secret
from helpers.commands import ROOT, jingchuang

ADMIN, GIVEN, OWN, WRONG = "Station-2026\n", "Given-Word-1\n", "Own-Word-2\n", "Wrong-2026\n"


class Station:
    """A workstation with an administrator and an officer whose password was given."""

    def __init__(self, root: Path) -> None:
        self.where = ("--data", root)
        assert self.run("add", "admin", "--name", "管理员", text=ADMIN).returncode == 0
        assert self.by_admin("add", "lihua", "--name", "李某", text=GIVEN).returncode == 0

    def run(self, *arguments: str, text: str) -> CompletedProcess[str]:
        return jingchuang("user", *arguments, *self.where, text=text)

    def by_admin(self, *arguments: str, text: str = "") -> CompletedProcess[str]:
        return self.run(*arguments, "--user", "admin", text=ADMIN + text)

    def enter(self, password: str) -> str:
        """The refusal's code, "" for none."""
        done = jingchuang("sync", "--status", "--user", "lihua", *self.where, text=password)
        return "" if done.returncode == 0 else done.stderr[1:8]


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Station:
    return Station(tmp_path_factory.mktemp("station") / "data")


def test_a_given_password_opens_nothing_until_its_owner_has_changed_it(station: Station) -> None:
    assert station.enter(GIVEN) == "AUT-106"
    common = station.run("password", "lihua", text=GIVEN + "P@ssw0rd\n")
    assert (common.returncode, common.stderr[1:8]) == (2, "AUT-112")
    assert station.run("password", "lihua", text=GIVEN + OWN).returncode == 0
    assert (station.enter(GIVEN), station.enter(OWN)) == ("AUT-101", "")


def test_three_wrong_ones_lock_it_for_every_program_until_the_administrator_unlocks_it(station: Station) -> None:
    assert [station.enter(WRONG) for _ in range(3)] == ["AUT-101"] * 3
    assert station.enter(OWN) == "AUT-105"
    assert station.by_admin("unlock", "lihua").returncode == 0
    assert station.enter(OWN) == ""


def test_a_reset_password_is_changed_again_and_a_disabled_account_is_shut(station: Station) -> None:
    assert station.by_admin("reset", "lihua", text="Given-Word-5\n").returncode == 0
    assert station.enter("Given-Word-5\n") == "AUT-106"
    assert station.by_admin("disable", "lihua").returncode == 0
    assert station.enter("Given-Word-5\n") == "AUT-101"
    nobody = station.by_admin("unlock", "nobody")
    assert (nobody.returncode, nobody.stderr[1:8]) == (2, "AUT-114")


def test_a_token_is_set_up_and_asked_for_by_every_command(tmp_path: Path) -> None:
    where = ("--data", str(tmp_path / "d"))
    assert jingchuang("user", "add", "admin", "--name", "管理员", *where, text=ADMIN).returncode == 0
    command = [sys.executable, "-m", "app", "user", "enrol", "admin", "--hotp", *where]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as enrolling:
        assert enrolling.stdin is not None
        assert enrolling.stdout is not None
        enrolling.stdin.write(ADMIN)
        enrolling.stdin.flush()
        secret = read_secret(enrolling.stdout.readline().strip())
        enrolling.stdin.write(one_time_code(secret, 0) + "\n")
        enrolling.stdin.flush()
        assert "otpauth://hotp/" in enrolling.stdout.readline()
        assert enrolling.wait(60) == 0
    status = ("sync", "--status", "--user", "admin", *where)
    assert jingchuang(*status, text=ADMIN + "\n").stderr[1:8] == "AUT-107"
    assert jingchuang(*status, text=ADMIN + one_time_code(secret, 0) + "\n").stderr[1:8] == "AUT-108"
    assert jingchuang(*status, text=ADMIN + one_time_code(secret, 1) + "\n").returncode == 0

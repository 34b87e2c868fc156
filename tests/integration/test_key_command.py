"""`jingchuang key` as real processes: killed in the middle of a change it goes on; parts, recovery and destruction."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

from app.config.clock import SystemClock
from app.config.places import DataFolder
from app.security.keyring import read_ring, unlock
from app.store.store import Store
from helpers.commands import ROOT, jingchuang
from helpers.stores import TestClock, saved_session

ADMIN, GIVEN, OWN = "Station-2026", "Given-Word-1", "Own-Word-2"
OFFICERS = ("Officer-One-1", "Officer-Two-2", "Officer-Three-3")


class Station:
    """With a system administrator, a security administrator and some photos."""

    def __init__(self, root: Path) -> None:
        self.folder = DataFolder(root)
        self.where = ("--data", str(root))
        assert self.run("user", "add", "admin", "--name", "管理员", text=ADMIN) == ""
        made = ("user", "add", "an", "--name", "安某", "--role", "security", "--user", "admin")
        assert self.run(*made, text=f"{ADMIN}\n{GIVEN}") == ""
        assert self.run("user", "password", "an", text=f"{GIVEN}\n{OWN}") == ""
        store = self.store()
        clock = TestClock()
        self.photos = [photo.number for _ in range(6) for photo in saved_session(store, clock)]
        store.close()

    def store(self) -> Store:
        return Store.open(self.folder, unlock(self.folder.keyring, "admin", ADMIN), SystemClock())

    def run(self, *arguments: str, text: str) -> str:
        """The refusal's code, "" for none."""
        done = jingchuang(*arguments, *self.where, text=text + "\n")
        self.said = done.stdout
        return "" if done.returncode == 0 else done.stderr[1:8]


def test_a_change_killed_again_and_again_ends_with_everything_under_the_next_key(tmp_path: Path) -> None:
    station, chance = Station(tmp_path / "data"), random.Random(7)
    command = [sys.executable, "-m", "app", "key", "rotate", "--user", "admin", *station.where]
    killed, still = 0, threading.Event()
    for _ in range(6):
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as changing:
            assert changing.stdin is not None
            changing.stdin.write(ADMIN + "\n")
            changing.stdin.flush()
            deadline = time.monotonic() + 60
            while changing.poll() is None and read_ring(station.folder.keyring).coming is None:
                assert time.monotonic() < deadline
                still.wait(0.002)
            still.wait(chance.uniform(0, 0.25))
            killed += changing.poll() is None
            changing.kill()
    generation = read_ring(station.folder.keyring).generation
    if read_ring(station.folder.keyring).coming is not None:
        assert station.run("sync", "--status", "--user", "an", text=OWN) == "KEY-105"
        assert station.run("key", "rotate", "--user", "admin", text=ADMIN) == ""
        generation += 1
    assert killed >= 1
    assert station.run("key", "status", text="") == ""
    assert f"generation {generation}" in station.said
    store = station.store()
    assert all(store.read_photo(number) for number in station.photos)
    assert store.damage() == ()
    store.close()


def test_officers_keep_parts_a_lost_keyring_comes_back_and_two_people_end_it(tmp_path: Path) -> None:
    station = Station(tmp_path / "data")
    out = tmp_path / "parts"
    words = "\n".join((OWN, *OFFICERS))
    assert station.run("key", "split", "--out", str(out), "--user", "an", text=words) == ""
    paths = sorted(map(str, out.iterdir()))
    assert len(paths) == 3
    station.folder.keyring.unlink()
    two = f"{OFFICERS[0]}\n{OFFICERS[1]}\nFresh-Word-3"
    assert station.run("key", "recover", *paths[:1], "--account", "admin", text=f"{OFFICERS[0]}\nFresh-Word-3") == "KEY-112"
    assert station.run("key", "recover", *paths[:2], "--account", "admin", text=two) == ""
    again = f"{OFFICERS[0]}\n{OFFICERS[1]}\nOwn-Word-6"
    assert station.run("key", "recover", *paths[:2], "--account", "an", text=again) == ""

    record = tmp_path / "record.json"
    end = ("key", "destroy", "--supervisor", "an", "--reason", "报废", "--record", str(record), "--user", "admin")
    both = "Fresh-Word-3\nOwn-Word-6"
    assert station.run(*end, text="Fresh-Word-3\nWrong-2026") == "AUT-101"
    assert station.run(*end, text=both) == "KEY-108", "photos have not been sent"
    assert not record.exists()
    assert station.run(*end, "--even-unsent", text=both) == ""
    assert json.loads(record.read_text("utf-8"))["supervisor"] == "an"
    assert station.run("sync", "--status", "--user", "admin", text="Fresh-Word-3") == "KEY-101"

"""A pile whose program is killed while sheets run: nothing is taken that is half, nothing is doubled, a loss is told.

A sheet that the scanner has handed over and that was not yet on the disk when the power went is in the output tray: no
program can have it. At the most that is the one in hand and the one on its way; the declared count says what is missing.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from app.archive.pile import JOURNAL, PiledPage
from app.imaging.decode import decode
from devices.simulators.escl.server import FeederSimulator
from helpers.piles import DPI, files_of
from helpers.scanners import feeder

ROOT = Path(__file__).resolve().parents[2]


def command(out: Path, data: Path, simulator: FeederSimulator, *more: str) -> list[str]:
    scan = [
        sys.executable,
        "-m",
        "app",
        "scan",
        "--device",
        f"escl:{simulator.url}",
        "--source",
        "adf",
        "--kind",
        "vehicle",
    ]
    return [*scan, "--dpi", str(DPI), "--out", str(out), "--data", str(data), "--json", *more]


def kill_somewhere(scan: list[str], out: Path, draw: random.Random) -> bool:
    """SIGKILL, some pages after the first one of this run."""
    before = len(list(out.glob("page-*.jpg")))
    with subprocess.Popen(scan, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        until = time.monotonic() + 60
        while len(list(out.glob("page-*.jpg"))) <= before and running.poll() is None and time.monotonic() < until:
            time.sleep(0.01)  # noqa: TID251 - waiting for another process
        if running.poll() is not None:
            return False  # the scanner was still busy with the job of the run before
        time.sleep(draw.uniform(0.0, 0.25))  # noqa: TID251 - somewhere in the middle
        running.kill()
    return True


def to_the_end(scan: list[str]) -> subprocess.CompletedProcess[bytes]:
    """The scanner is busy until it notices that the killed program is gone."""
    until = time.monotonic() + 60
    while True:
        done = subprocess.run(scan, cwd=ROOT, capture_output=True, check=False)
        if done.returncode != 3 or b"DEV-104" not in done.stdout or time.monotonic() > until:
            return done


def killed_often(tmp_path: Path, kills: int, files: int, pages: int) -> None:
    pile = files_of(tmp_path / "sheets", files, pages)
    out, data = tmp_path / "pile", tmp_path / "data"
    with feeder(0) as simulator:
        simulator.feed(pile.paths)
        simulator.page_s = 0.05
        scan = command(out, data, simulator)
        done, draw = 0, random.Random(7)
        for _ in range(12 * kills):
            if simulator.left and done < kills:
                done += kill_somewhere(scan, out, draw)
        wanted = sum(role == "page" for _, role in pile.truth)
        if not simulator.left:  # the last kill took the last sheet: the feeder is empty, and one sheet is fed once more
            simulator.feed(pile.paths[-1:])
        last = to_the_end(command(out, data, simulator, "--expect-pages", str(wanted)))
    assert last.returncode in {0, 1}, last.stdout + last.stderr
    assert done >= min(kills, 3)
    names = sorted(path.name for path in out.glob("page-*.jpg"))
    assert [int(name.split("-")[1]) for name in names] == list(range(1, len(names) + 1)), "no hole, nothing overwritten"
    for name in names:
        decode((out / name).read_bytes())
    lines = (out / JOURNAL).read_text(encoding="utf-8").splitlines()
    journal = [page for page in map(PiledPage.of_line, lines) if page is not None]
    assert sorted(page.file for page in journal) == names, "each page measured once"
    seen = Counter(page.digest for page in journal if page.role.value == "page")
    assert not [digest for digest, count in seen.items() if count > 1], "no page doubled"
    lost = len(pile.paths) - len(names)
    assert lost <= 2 * done, "at most the sheet in hand and the one on its way, each time"
    answer = json.loads(last.stdout)
    told = {each["id"] for each in answer["asked"]}
    missing = wanted - sum(page.role.value == "page" for page in journal)
    assert ("pages-declared" in told) == bool(missing), "a sheet that is missing is told"


def test_killed_in_the_middle_of_a_pile_it_goes_on_with_whole_pages_each_once(tmp_path: Path) -> None:
    killed_often(tmp_path, kills=3, files=3, pages=8)


@pytest.mark.exhaustive
def test_killed_fifty_times(tmp_path: Path) -> None:
    killed_often(tmp_path, kills=50, files=14, pages=20)

"""A batch whose program is killed while sheets run: what was handed over to the store is there, whole and once.

A sheet that the scanner had handed over and that was not yet on the disk is in the output tray: at the most the one in
hand and the one on its way, each time; declared against found says so.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from app.imaging.decode import decode
from helpers.archive_piles import Archivist
from helpers.piles import DPI, files_of
from helpers.scanners import feeder
from helpers.stores import PASSWORD

ROOT = Path(__file__).resolve().parents[2]


def pages_on_disk(archivist: Archivist) -> int:
    return len(list(archivist.folder.blobs.glob("??/*.sealed")))


def kill_somewhere(scan: list[str], archivist: Archivist, draw: random.Random) -> bool:
    """SIGKILL, some pages after the first one of this run; False where the run was over before."""
    before = pages_on_disk(archivist)
    with subprocess.Popen(
        scan, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        assert running.stdin is not None
        running.stdin.write(f"{PASSWORD}\n".encode())
        running.stdin.close()
        until = time.monotonic() + 60
        while pages_on_disk(archivist) <= before and running.poll() is None and time.monotonic() < until:
            time.sleep(0.01)  # noqa: TID251 - waiting for another process
        if running.poll() is not None:
            return False
        time.sleep(draw.uniform(0.0, 0.3))  # noqa: TID251 - somewhere in the middle
        running.kill()
    return True


def killed_often(archivist: Archivist, tmp_path: Path, kills: int, files: int, pages: int) -> None:
    pile = files_of(tmp_path / "sheets", files, pages)
    with feeder(0) as simulator:
        simulator.feed(pile.paths)
        simulator.page_s = 0.05
        words = ("scan", "--device", f"escl:{simulator.url}", "--dpi", str(DPI))
        batch, done, draw = "", 0, random.Random(11)
        for _ in range(12 * kills):
            if simulator.left and done < kills:
                more = ("--batch", batch) if batch else ()
                scan = [sys.executable, "-m", "app", *archivist.command(*words, *more)]
                done += kill_somewhere(scan, archivist, draw)
                store = archivist.store()
                batch = batch or next((each.id for each in store.archive.open_batches()), "")
                store.close()
        assert done >= min(kills, 3)
        while simulator.left:
            code, answer = archivist.run(*words, "--batch", batch)
            assert code in {0, 1, 3}, answer
        archivist.run("take", "--batch", batch, str(tmp_path / "empty"))
    store = archivist.store()
    try:
        found = store.archive.pages(batch)
        assert all(page.found is not None for page in found), "each page is measured, whenever the power went"
        for page in found:
            decode(store.archive.data(page.id))
        assert [page.number for page in found] == list(range(1, len(found) + 1)), "no hole, nothing overwritten"
        seen = Counter(page.digest for page in found if page.counts)
        assert not [digest for digest, count in seen.items() if count > 1], "no page doubled"
        assert len(pile.paths) - len(found) <= 2 * done, "at most the sheet in hand and the one on its way, each time"
        assert store.damage() == ()
    finally:
        store.close()


@pytest.fixture
def archivist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Archivist:
    (tmp_path / "empty").mkdir()
    return Archivist(tmp_path / "data", monkeypatch, capsys)


def test_killed_in_the_middle_of_a_batch_it_goes_on_with_whole_pages_each_once(
    archivist: Archivist, tmp_path: Path
) -> None:
    killed_often(archivist, tmp_path, kills=3, files=3, pages=8)


@pytest.mark.exhaustive
def test_killed_fifty_times(archivist: Archivist, tmp_path: Path) -> None:
    killed_often(archivist, tmp_path, kills=50, files=14, pages=20)

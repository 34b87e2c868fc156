"""What every scanner owes the workstation: whole pages in order, partial piles kept, and it is always there again."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from devices.host.scanner import ScannerHost
from devices.ports.errors import (
    BadAddress,
    Cancelled,
    DeviceAbsent,
    DeviceBusy,
    DeviceLost,
    PaperJam,
    PictureBroken,
    WorkerCrashed,
)
from devices.ports.scanner import ColourMode, PageSide, ScannedPage, ScannerState, ScanSource
from devices.registry import DRIVERS, SIMULATORS, worker_launch
from devices.simulators.escl.faults import FeederFaultKind
from devices.simulators.escl.pages import PageKind, Sheet, draw
from devices.simulators.escl.server import FeederSimulator
from helpers.scanners import PATIENCE_S, airscan, feeder, numbers, opened, pixels, request, sane_pnm, sane_test, scanned

KINDS = ("escl", "airscan", "sane-test", "sane-pnm", "sim:feeder")


@contextmanager
def scanner(kind: str, folder: Path) -> Iterator[ScannerHost]:
    if kind in ("escl", "airscan"):
        with feeder() as simulator:
            address = f"escl:{simulator.url}" if kind == "escl" else airscan(folder, simulator)
            with opened(address) as host:
                yield host
        return
    if kind == "sane-test":
        address = sane_test(folder, "&test-picture=Grid")
    elif kind == "sane-pnm":
        address = sane_pnm(folder, draw(Sheet(PageKind.TEXT, 5), 75))
    else:
        address = f"{kind}?pages=3"
    with opened(address) as host:
        yield host


@contextmanager
def network_feeder(pages: int) -> Iterator[tuple[FeederSimulator, ScannerHost]]:
    with feeder(pages) as simulator, opened(f"escl:{simulator.url}") as host:
        yield simulator, host


def refused(address: str) -> str:
    """The code of the error with which an address does not open."""
    host = ScannerHost(worker_launch("scanner", address))
    host.start()
    waiting = threading.Event()
    try:
        for _ in range(int(PATIENCE_S * 10)):
            if host.error is not None or waiting.wait(0.1):
                break
        return "" if host.error is None else host.error.code
    finally:
        host.stop(5)


def test_every_registered_driver_and_simulator_is_in_a_suite() -> None:
    assert set(DRIVERS["scanner"]) == {"escl", "sane", "doccam"}  # doccam: test_document_camera.py
    assert set(SIMULATORS["scanner"]) == {"feeder", "doccam"}


@pytest.mark.parametrize("kind", KINDS)
def test_it_says_what_it_is_and_gives_one_page_from_the_glass_and_a_pile_from_the_feeder(kind: str, tmp_path: Path) -> None:
    with scanner(kind, tmp_path / "s") as host:
        described = host.description
        assert described is not None
        assert described.model
        assert "/" in described.driver
        assert described.sources[0].source is ScanSource.FLATBED
        assert ColourMode.COLOUR in described.sources[0].modes
        assert host.status().result(PATIENCE_S).state in (ScannerState.FEEDER_LOADED, ScannerState.UNKNOWN)

        (page,) = scanned(host)
        assert (page.number, page.side, page.dpi) == (1, PageSide.FRONT, 75)
        assert pixels(page).shape == (page.height_px, page.width_px, 3)

        sources = {s.source for s in described.sources}
        if ScanSource.DUPLEX in sources:
            sides = scanned(host, ScanSource.DUPLEX)
            assert [p.number for p in sides] == [1, 2, 3, 4, 5, 6]
            assert [p.side for p in sides] == [PageSide.FRONT, PageSide.BACK] * 3
            assert numbers(sides) == [1, None, 2, None, 3, 3 + 128], "a blank back is a page"
        elif ScanSource.ADF in sources:
            pages = scanned(host, ScanSource.ADF)
            assert {p.side for p in pages} == {PageSide.FRONT}
            assert [p.number for p in pages] == list(range(1, 10)), "ten with the one from the glass (SANE's test device)"


@pytest.mark.parametrize("kind", ["escl", "airscan"])
def test_what_is_left_of_a_pile_never_comes_as_part_of_the_next_one(kind: str, tmp_path: Path) -> None:
    """sane-airscan reads ahead and would hand the rest over when the next pile is scanned."""
    with feeder(4) as simulator:
        address = f"escl:{simulator.url}" if kind == "escl" else airscan(tmp_path / "s", simulator)
        with opened(address) as host:
            assert numbers(scanned(host, ScanSource.ADF, most_pages=2)) == [1, 2]
            simulator.load(2)
            assert numbers(scanned(host, ScanSource.ADF)) == [1, 2]


def test_a_jam_in_sane_airscan_s_pile_keeps_the_pages_before_it(tmp_path: Path) -> None:
    with feeder(4) as simulator, opened(airscan(tmp_path / "s", simulator)) as host:
        simulator.fail(FeederFaultKind.JAM, after=2)
        kept: list[ScannedPage] = []
        with pytest.raises(PaperJam) as jam:
            host.scan(request(ScanSource.ADF), kept.append).result(PATIENCE_S)
        assert numbers(kept) == [1, 2]
        assert jam.value.params["pages"] == 2


def test_stopping_in_mid_pile_keeps_what_came_and_ends_the_job_on_the_scanner() -> None:
    with network_feeder(200) as (simulator, host):
        kept: list[ScannedPage] = []

        def keep(page: ScannedPage) -> None:
            kept.append(page)
            if page.number == 3:
                host.cancel()

        with pytest.raises(Cancelled) as stopped:
            host.scan(request(ScanSource.ADF), keep).result(PATIENCE_S)
        assert 3 <= len(kept) < 200
        assert stopped.value.params["pages"] == len(kept)
        assert simulator.deleted == [1]
        assert len(scanned(host, ScanSource.ADF, most_pages=1)) == 1


def test_a_page_that_cannot_be_kept_stops_the_pile_and_no_later_page_is_kept() -> None:
    class DiskFull(Exception):
        pass

    kept: list[int] = []

    def keep(page: ScannedPage) -> None:
        if page.number == 2:
            raise DiskFull
        kept.append(page.number)

    with network_feeder(50) as (simulator, host):
        with pytest.raises(DiskFull):
            host.scan(request(ScanSource.ADF), keep).result(PATIENCE_S)
        assert kept == [1]
        assert simulator.left >= 46, "the feeder did not run empty for nothing"
        assert len(scanned(host, ScanSource.ADF, most_pages=1)) == 1


def test_the_feeder_waits_while_the_disk_is_slow_and_others_hear_busy() -> None:
    """Memory stays bounded: with the first page not yet kept, no more than two further ones leave the scanner."""
    may_go_on, first = threading.Event(), threading.Event()

    def keep(page: ScannedPage) -> None:
        first.set()
        assert may_go_on.wait(PATIENCE_S)

    with network_feeder(8) as (simulator, host):
        pile = host.scan(request(ScanSource.ADF), keep)
        assert first.wait(PATIENCE_S)
        with pytest.raises(DeviceBusy):
            host.scan(request(ScanSource.ADF), lambda _: None).result(PATIENCE_S)
        with pytest.raises(DeviceBusy):
            host.status().result(PATIENCE_S)
        threading.Event().wait(1.0)
        assert simulator.left >= 5
        may_go_on.set()
        assert pile.result(PATIENCE_S) == 8


def test_a_killed_worker_ends_the_pile_with_the_kept_pages_counted_and_comes_back() -> None:
    with network_feeder(50) as (simulator, host):
        kept: list[ScannedPage] = []

        def keep(page: ScannedPage) -> None:
            kept.append(page)
            if page.number == 3 and host.worker_pid is not None:
                os.kill(host.worker_pid, signal.SIGKILL)

        with pytest.raises(WorkerCrashed) as crashed:
            host.scan(request(ScanSource.ADF), keep).result(PATIENCE_S)
        assert crashed.value.params["pages"] == len(kept) >= 3
        assert host.wait_until_open(PATIENCE_S)
        simulator.end(1, "Aborted")  # a real scanner gives an orphaned job up by itself
        assert len(scanned(host, ScanSource.ADF, most_pages=1)) == 1


def test_a_scanner_switched_off_in_mid_pile_is_lost_and_found_again() -> None:
    with network_feeder(50) as (simulator, host):

        def keep(page: ScannedPage) -> None:
            if page.number == 2:
                simulator.stop()

        with pytest.raises((DeviceLost, DeviceAbsent, PictureBroken)):
            host.scan(request(ScanSource.ADF), keep).result(PATIENCE_S)
        simulator.start()
        simulator.end(1, "Aborted")
        assert host.wait_until_open(PATIENCE_S)
        assert len(scanned(host, ScanSource.ADF, most_pages=1)) == 1


def test_what_is_not_there_is_absent_and_what_cannot_be_read_is_a_wrong_address(tmp_path: Path) -> None:
    with pytest.raises(BadAddress):
        worker_launch("scanner", "escpos:tcp:1:1")
    assert refused(sane_test(tmp_path / "s").replace("test:0", "test:99")) == "DEV-101"
    assert refused(sane_test(tmp_path / "s", "&no-such-option=1")) == "DEV-108"
    assert refused("escl:https://127.0.0.1:1/eSCL") == "DEV-108", "https without the scanner's certificate"

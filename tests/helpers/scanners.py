"""Scanners of every driver, all through a worker process; private SANE folders; pages that are kept in a list."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image

from devices.host.scanner import ScannerHost
from devices.ports.scanner import CameraView, ScannedPage, ScanRequest, ScanSource
from devices.registry import worker_launch
from devices.simulators.escl.pages import number_of
from devices.simulators.escl.server import FeederSimulator

# Wide: the machine that runs the tests may be busy with other things.
PATIENCE_S = 60.0


@contextmanager
def opened(address: str) -> Iterator[ScannerHost]:
    host = ScannerHost(worker_launch("scanner", address))
    host.start()
    try:
        assert host.wait_until_open(PATIENCE_S), host.error
        yield host
    finally:
        host.stop(5)


@contextmanager
def feeder(pages: int = 3) -> Iterator[FeederSimulator]:
    simulator = FeederSimulator(pages)
    simulator.start()
    try:
        yield simulator
    finally:
        simulator.stop()


def scanned(host: ScannerHost, source: ScanSource = ScanSource.FLATBED, **changes: object) -> list[ScannedPage]:
    pages: list[ScannedPage] = []
    assert host.scan(request(source, **changes), pages.append).result(PATIENCE_S) == len(pages)
    return pages


class Pile:
    """Where a driver in the test's own process lays its pages; asks to stop after ``stop_after`` of them."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.pages: list[ScannedPage] = []
        self.views: list[CameraView] = []
        self._stop_after = stop_after

    def deliver(self, page: ScannedPage) -> None:
        self.pages.append(page)

    def show(self, view: CameraView) -> None:
        self.views.append(view)

    def cancelled(self) -> bool:
        return self._stop_after is not None and len(self.pages) >= self._stop_after


def request(source: ScanSource = ScanSource.FLATBED, **changes: object) -> ScanRequest:
    fields: dict[str, object] = {"dpi": 75, "page_timeout_s": 30.0, **changes}
    return ScanRequest(source, **fields)  # type: ignore[arg-type]  # a test names its fields


def sane_test(folder: Path, options: str = "") -> str:
    """The address of SANE's own `test` backend, under a private configuration."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dll.conf").write_text("test\npnm\n")
    (folder / "test.conf").write_text("number_of_devices 1\ngeometry_max 300\nresolution 75\n")
    return f"sane:test:0?config={folder}{options}"


def sane_pnm(folder: Path, picture: Image.Image, options: str = "") -> str:
    """The address of SANE's `pnm` backend with a picture of ours on its glass."""
    sane_test(folder)
    picture.save(folder / "page.ppm")
    return f"sane:pnm:0?config={folder}&filename={folder / 'page.ppm'}{options}"


def airscan(folder: Path, simulator: FeederSimulator) -> str:
    """The address of our own eSCL feeder through the stock sane-airscan backend."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dll.conf").write_text("airscan\n")
    (folder / "airscan.conf").write_text(f'[devices]\n"Feeder" = {simulator.url}, eSCL\n[options]\ndiscovery = disable\n')
    return f"sane:airscan:e0:Feeder?config={folder}"


def pixels(page: ScannedPage) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    with Image.open(io.BytesIO(page.data)) as picture:
        return np.asarray(picture.convert("RGB"), np.uint8)


def numbers(pages: list[ScannedPage]) -> list[int | None]:
    """What the strip of squares on each page says."""
    return [number_of(pixels(page), page.dpi) for page in pages]

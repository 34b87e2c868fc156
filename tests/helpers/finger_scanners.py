"""Scanners for tests: the standard's C interface compiled here, a serial module on a pseudo-terminal, drawn fingers."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest
from numpy.typing import NDArray

from app.desk.finger_seat import FingerSeat
from devices.host.fingerprint import FingerprintHost
from devices.ports.errors import Cancelled
from devices.ports.fingerprint import FingerCapture, FingerImage, FingerRequest, FingerScannerDescription
from devices.ports.standing import DeviceStanding, DeviceState
from devices.registry import worker_launch
from devices.simulators.drawn_fingers.ridges import DrawnFinger, Press
from devices.simulators.drawn_fingers.scanner import DrawnScanner, PlannedPress

_SOURCE = Path(__file__).resolve().parents[1] / "data" / "ga_livescan" / "standin.c"

GLASS = np.full((360, 256), 230, np.uint8)


@cache
def compiled(*flags: str) -> Path:
    """The stand-in as a shared library, once a test run."""
    target = Path(mkdtemp(prefix="ga-standin-")) / "libID_FprCap.so"
    subprocess.run(["gcc", "-O1", "-Wall", "-Werror", "-shared", "-fPIC", *flags, "-o", target, _SOURCE], check=True)
    return target


class Glass:
    """What lies on the stand-in's glass and how it behaves, changed while a worker runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lay(GLASS)

    def lay(self, pixels: NDArray[np.uint8]) -> None:
        fresh = self.folder / "fresh.raw"
        fresh.write_bytes(pixels.tobytes())
        fresh.replace(self.folder / "frame.raw")

    def finger(self, seed: int = 1, press: Press | None = None) -> NDArray[np.uint8]:
        pixels = DrawnFinger(seed).pixels(press or Press())
        self.lay(pixels)
        return pixels

    def behave(self, **told: int) -> None:
        fresh = self.folder / "fresh.txt"
        fresh.write_text("".join(f"{name} {value}\n" for name, value in told.items()))
        fresh.replace(self.folder / "script")


class NearSeat(FingerSeat):
    """The drawn scanner without a process between; it cannot crash here."""

    def __init__(self, *planned: PlannedPress) -> None:
        super().__init__(None)
        self._scanner = DrawnScanner(1, planned)
        self._called_off = threading.Event()

    @property
    def standing(self) -> DeviceStanding | None:
        return DeviceStanding(DeviceState.READY)

    def description(self) -> FingerScannerDescription | None:
        return self._scanner.describe()

    def cancel(self) -> None:
        self._called_off.set()

    def capture(self, request: FingerRequest, preview: Callable[[FingerImage], None]) -> FingerCapture:
        self._called_off.clear()

        def shown(image: FingerImage) -> None:
            preview(image)
            if self._called_off.is_set():
                raise Cancelled()

        return self._scanner.capture(request, shown)


def standin_address(options: str = "") -> str:
    return f"livescan:{compiled()}{options}"


@pytest.fixture
def glass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Glass:
    folder = tmp_path / "glass"
    folder.mkdir()
    monkeypatch.setenv("GA_STANDIN", str(folder))
    return Glass(folder)


@contextmanager
def scanner_at(address: str, wait_s: float = 60) -> Iterator[FingerprintHost]:
    host = FingerprintHost(worker_launch("fingerprint", address))
    host.start()
    try:
        assert host.wait_until_open(wait_s), host.error
        yield host
    finally:
        host.stop(5)

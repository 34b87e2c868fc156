"""A document camera as a scanner: pages as they are laid, straight and cut out, until enough or stopped."""

from __future__ import annotations

import threading
from pathlib import Path

import cv2
import numpy as np
import pytest

from devices.drivers.doccam.scanner import open_scanner
from devices.host.scanner import ScannerHost
from devices.ports.errors import Cancelled, DeviceAbsent, DeviceLost, SettingRefused
from devices.ports.scanner import CameraView, ColourMode, ScannedPage, ScannerState, ScanSource
from devices.registry import worker_launch
from devices.simulators.desk.film import Act, Scene, frames, write_film
from devices.simulators.desk.scene import DeskKind, View
from devices.simulators.escl.pages import PageKind
from helpers.desk_scenes import FIELD_MM, card, sheet
from helpers.scanners import PATIENCE_S, Pile, pixels, request

VIEW = View(640, 480, FIELD_MM, tilt_x_deg=4.0)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("film") / "desk.avi"
    scenes = (
        Scene(Act.LAY, (sheet(PageKind.TEXT, 1, 5, 0, 93),)),
        Scene(Act.LAY, (sheet(PageKind.STAMP, 2, 0, 3, 88),)),
        Scene(Act.LAY, (card(3, -70, 5, 3), card(4, 65, -12, -5))),
    )
    write_film(path, frames(scenes, DeskKind.GREY, VIEW))
    return path


def test_two_sheets_and_two_cards_are_four_pages_each_in_its_own_shape(film: Path) -> None:
    camera = open_scanner(str(film), {"once": "yes"})
    assert camera.status().state is ScannerState.READY
    pile = Pile()
    assert camera.scan(request(ScanSource.CAMERA), pile) == 4
    camera.close()
    ratios = [page.width_px / page.height_px for page in pile.pages]
    assert ratios[:2] == pytest.approx([2**0.5] * 2, rel=0.01)
    assert ratios[2:] == pytest.approx([85.6 / 53.98] * 2, rel=0.02)
    for page in pile.pages:
        rim = np.concatenate((pixels(page)[2], pixels(page)[-3]))
        assert rim.mean() > 175, "paper up to the rim, no desk"


def test_the_officer_sees_what_the_camera_sees_with_the_pages_outlined(film: Path) -> None:
    camera = open_scanner(str(film), {"once": "yes"})
    pile = Pile()
    camera.scan(request(ScanSource.CAMERA, most_pages=1), pile)
    camera.close()
    assert len(pile.views) > 10
    assert pile.views[0].pages == ()
    last = pile.views[-1]
    assert len(last.pages) == 1
    shown = cv2.imdecode(np.frombuffer(last.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert shown is not None
    x, y = np.mean(last.pages[0], axis=0).round().astype(int)
    assert shown[y, x].mean() > 100, "the outline's middle is on the sheet"


def test_through_its_worker_until_the_officer_stops(film: Path) -> None:
    views: list[CameraView] = []
    host = ScannerHost(worker_launch("scanner", f"doccam:{film}"), views.append)
    host.start()
    try:
        assert host.wait_until_open(PATIENCE_S), host.error
        two = threading.Event()
        kept: list[ScannedPage] = []

        def keep(page: ScannedPage) -> None:
            kept.append(page)
            if page.number == 2:
                two.set()

        pile = host.scan(request(ScanSource.CAMERA), keep)
        assert two.wait(PATIENCE_S)
        host.cancel()
        with pytest.raises(Cancelled):
            pile.result(PATIENCE_S)
        assert len(kept) >= 2
        assert views
    finally:
        host.stop(5)


def test_what_a_camera_is_not_is_refused(film: Path, tmp_path: Path) -> None:
    camera = open_scanner(str(film), {})
    for wrong in (request(ScanSource.ADF), request(ScanSource.CAMERA, mode=ColourMode.LINEART)):
        with pytest.raises(SettingRefused):
            camera.scan(wrong, Pile())
    camera.close()
    with pytest.raises(DeviceAbsent):
        open_scanner(str(tmp_path / "none.avi"), {})


def test_frames_that_are_damaged_on_the_way_end_in_pages_or_in_a_lost_camera(film: Path, tmp_path: Path) -> None:
    """MJPEG from outside: bytes changed, cut and repeated all over the film."""
    random = np.random.default_rng(5)
    for turn in range(4):
        data = bytearray(film.read_bytes())
        for at in random.integers(2048, len(data) - 64, 200):
            data[at : at + 8] = random.bytes(8)
        broken = tmp_path / f"broken-{turn}.avi"
        broken.write_bytes(bytes(data[: len(data) * (turn * 3 + 5) // 16]))
        try:
            camera = open_scanner(str(broken), {"once": "yes"})
        except DeviceAbsent:
            continue
        pile = Pile()
        try:
            camera.scan(request(ScanSource.CAMERA), pile)
        except DeviceLost:
            pass
        finally:
            camera.close()
        assert all(pixels(page).shape[:2] == (page.height_px, page.width_px) for page in pile.pages)

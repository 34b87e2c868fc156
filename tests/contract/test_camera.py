"""What every camera driver owes the workstation, whatever the camera: one suite, each driver in its worker process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.imaging.facts import read_facts
from devices.host.camera import CameraHost, CameraState
from devices.ports.camera import CameraSetting
from devices.ports.errors import DeviceAbsent, NotSupported, SettingRefused
from devices.registry import DRIVERS, SIMULATORS, list_cameras
from helpers.cameras import Listener, folder_of_pictures, opened, recording, shoot, vusb_environment

KINDS = ("sim:nikon", "sim:canon", "vusb", "folder", "uvc")
EXACT = ("sim:nikon", "sim:canon", "folder")  # these hand over the folder's files in order, byte for byte


@contextmanager
def camera(kind: str, folder: Path) -> Iterator[tuple[CameraHost, Listener, list[bytes]]]:
    pictures = folder_of_pictures(folder)
    environment = None
    address = f"{kind}?folder={folder}"
    if kind == "vusb":
        environment, address = vusb_environment(folder), "gphoto:usb"
    elif kind == "folder":
        address = f"folder:{folder}"
    elif kind == "uvc":
        address = f"uvc:{recording(folder / 'camera.avi')}"
    with opened(address, environment) as (host, listener):
        yield host, listener, pictures


def test_every_registered_driver_and_simulator_is_in_this_suite() -> None:
    covered = {"gphoto" if k == "vusb" else k.split(":")[0] for k in KINDS}
    assert set(DRIVERS["camera"]) | {"sim"} == covered
    assert set(SIMULATORS["camera"]) == {k.split(":")[1] for k in KINDS if k.startswith("sim:")}


@pytest.mark.parametrize("kind", KINDS)
def test_it_says_what_it_is(kind: str, tmp_path: Path) -> None:
    with camera(kind, tmp_path / "p") as (host, _, _):
        described = host.describe().result(10)
        assert described.model
        assert "/" in described.driver
        assert described.battery_percent is None or 0 <= described.battery_percent <= 100


@pytest.mark.parametrize("kind", KINDS)
def test_three_single_shots_arrive_whole_and_in_order(kind: str, tmp_path: Path) -> None:
    with camera(kind, tmp_path / "p") as (host, listener, pictures):
        files = [shoot(host)[0] for _ in range(3)]
        if kind in EXACT:
            assert [f.data for f in files] == pictures
        elif kind == "vusb":
            assert all(f.data in pictures for f in files)  # it repeats one picture of the folder, byte for byte
        assert all(read_facts(f.data).format == "JPEG" for f in files)
        assert listener.statuses[-1].state is CameraState.READY


@pytest.mark.parametrize("kind", KINDS)
def test_a_burst_of_ten_arrives_completely(kind: str, tmp_path: Path) -> None:
    with camera(kind, tmp_path / "p") as (host, _, pictures):
        files = shoot(host, 10, 30)
        assert [f.index for f in files] == list(range(1, 11))
        if kind in EXACT:
            assert [f.data for f in files] == [pictures[n % 3] for n in range(10)]


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "vusb"])
def test_live_view_flows_and_a_shot_in_between_does_not_end_it(kind: str, tmp_path: Path) -> None:
    with camera(kind, tmp_path / "p") as (host, listener, _):
        host.live(True)
        assert listener.wait_for(lambda: len(listener.frames) >= 5)
        assert read_facts(listener.frames[0].jpeg).width <= 960
        assert len(shoot(host)) == 1
        seen = len(listener.frames)
        assert listener.wait_for(lambda: len(listener.frames) >= seen + 5)
        host.live(False)


def test_a_camera_without_live_view_says_so_and_still_shoots(tmp_path: Path) -> None:
    with camera("vusb", tmp_path / "p") as (host, listener, _):
        host.live(True)
        assert listener.wait_for(lambda: (d := listener.statuses[-1].description) is not None and not d.live_view)
        assert len(shoot(host)) == 1


@pytest.mark.parametrize("kind", ["sim:nikon", "sim:canon", "vusb"])
def test_exposure_aperture_iso_and_focus_are_set_and_read_back(kind: str, tmp_path: Path) -> None:
    with camera(kind, tmp_path / "p") as (host, _, _):
        for state in host.describe().result(10).settings:
            for choice in state.choices[:3]:
                described = host.configure({state.setting: choice}).result(10)
                assert {s.setting: s.value for s in described.settings}[state.setting] == choice


def test_all_four_settings_are_offered_by_the_training_camera(tmp_path: Path) -> None:
    with camera("sim:nikon", tmp_path / "p") as (host, _, _):
        assert {s.setting for s in host.describe().result(10).settings} == set(CameraSetting)


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_the_camera_does_not_take_is_refused_in_words(kind: str, tmp_path: Path) -> None:
    with camera(kind, tmp_path / "p") as (host, _, _):
        with pytest.raises((SettingRefused, NotSupported)):
            host.configure({CameraSetting.ISO: "123456"}).result(10)
        assert len(shoot(host)) == 1


@pytest.mark.parametrize("address", ["gphoto:ptpip:127.0.0.1:9:9?model=Nikon+DSLR+(WLAN)", "folder:/no/such", "uvc:/no"])
def test_an_absent_camera_is_absent_and_looked_for_again(address: str) -> None:
    listener = Listener()
    from devices.registry import worker_launch

    host = CameraHost(worker_launch("camera", address), listener)
    host.start()
    try:
        assert listener.wait_state(CameraState.ABSENT)
        with pytest.raises(DeviceAbsent):
            shoot(host)
    finally:
        host.stop(5)


def test_the_usb_list_is_asked_in_a_worker_of_its_own() -> None:
    assert isinstance(list_cameras(), tuple)

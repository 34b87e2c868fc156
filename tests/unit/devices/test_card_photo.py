"""The photo decoder of a site's own library: a stranger that may be missing, wrong, hang or crash, and harms nobody."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from devices.drivers.wlt import WltDecoder
from devices.host.card_photo import CardPhotoHost
from devices.ports.card_photo import RGB_BYTES
from devices.ports.errors import DeviceSilent, DriverMissing, PhotoUndecoded, WorkerCrashed
from devices.registry import worker_launch
from devices.simulators.sdt.cards import invented_photo
from helpers.card_library import PHOTO, compiled


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled(tmp_path_factory.mktemp("wlt"))


def test_a_photo_block_becomes_pixels(library: Path) -> None:
    picture = WltDecoder(library).decode(PHOTO)
    assert len(picture.rgb) == RGB_BYTES
    assert picture.rgb[:2048] == PHOTO * 2, "the stand-in repeats the block"


@pytest.mark.parametrize("first", [b"R", b"O"], ids=["refuses", "writes beyond its room"])
def test_a_library_that_fails_is_not_believed(library: Path, first: bytes) -> None:
    with pytest.raises(PhotoUndecoded):
        WltDecoder(library).decode(first + PHOTO[1:])


def test_a_block_of_another_length_never_reaches_the_library(library: Path) -> None:
    with pytest.raises(PhotoUndecoded):
        WltDecoder(library).decode(PHOTO[:-1])


def test_no_library_another_s_library_and_a_relative_path_are_missing(tmp_path: Path) -> None:
    source, other = tmp_path / "o.c", tmp_path / "other.so"
    source.write_text("int other(void) { return 0; }\n")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", other, source], check=True)
    (tmp_path / "text.so").write_text("no library")
    for path in (tmp_path / "none.so", tmp_path / "text.so", other, Path("relative.so")):
        with pytest.raises(DriverMissing) as failed:
            WltDecoder(path)
        assert failed.value.code == "CRD-151"


def test_a_crash_or_a_hang_ends_the_library_s_own_process_and_the_next_photo_is_decoded(library: Path) -> None:
    host = CardPhotoHost(worker_launch("card_photo", f"wlt:{library}"))
    host.start()
    try:
        assert host.wait_until_open(30)
        assert len(host.decode(PHOTO).result(20).rgb) == RGB_BYTES
        with pytest.raises(WorkerCrashed):
            host.decode(b"C" + PHOTO[1:]).result(20)
        assert host.wait_until_open(30)
        with pytest.raises(DeviceSilent):
            host.decode(b"H" + PHOTO[1:]).result(20)
        assert host.wait_until_open(30)
        assert len(host.decode(invented_photo(2)).result(20).rgb) == RGB_BYTES
    finally:
        host.stop(5)


def test_a_library_that_is_not_there_is_told_by_the_host(tmp_path: Path) -> None:
    host = CardPhotoHost(worker_launch("card_photo", f"wlt:{tmp_path / 'none.so'}"))
    host.start()
    try:
        patience = time.monotonic() + 30
        while host.error is None and time.monotonic() < patience:
            assert not host.wait_until_open(0.05)
        assert isinstance(host.error, DriverMissing)
    finally:
        host.stop(5)

"""SANE's own test devices, driven in this process through the real libsane: every status, every quirk of backends."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from devices.drivers.sane.faults import FAULTS, fault_of
from devices.drivers.sane.library import OptionFacts, Sane, SaneError, SaneStatus, ValueType
from devices.drivers.sane.options import (
    area_settings,
    mode_of,
    source_of,
    source_words,
    state_of_sensors,
)
from devices.drivers.sane.scanner import SaneScanner
from devices.ports.errors import (
    AccessDenied,
    BadAddress,
    Cancelled,
    CoverOpen,
    DeviceBusy,
    DeviceError,
    DeviceLost,
    DeviceSilent,
    DoubleFeed,
    FeederEmpty,
    NotSupported,
    PaperJam,
    PictureBroken,
    ScannerMemory,
    SettingRefused,
)
from devices.ports.scanner import ColourMode, ScannedPage, ScannerState, ScanSource
from devices.simulators.escl.pages import PageKind, Sheet, draw
from helpers.scanner_fuzz import check_descriptor
from helpers.scanners import PATIENCE_S, Pile, numbers, pixels, request, sane_test


@pytest.fixture(scope="module")
def sane(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sane]:
    folder = tmp_path_factory.mktemp("sane")
    sane_test(folder)
    before = os.environ.get("SANE_CONFIG_DIR")
    yield Sane(str(folder))
    os.environ.pop("SANE_CONFIG_DIR", None)
    if before is not None:
        os.environ["SANE_CONFIG_DIR"] = before


AS_NEW: dict[str, bool | int | str] = {
    "read-return-value": "Default",
    "mode": "Color",
    "depth": 8,
    "three-pass": False,
    "hand-scanner": False,
    "ppl-loss": 0,
    "fuzzy-parameters": False,
    "read-limit": False,
    "read-delay": False,
    "source": "Flatbed",
    "status": True,
    **{f"status-{word}": False for word in ("jammed", "nodocs", "coveropen", "nomem")},
}


@contextmanager
def device(sane: Sane, name: str = "test:0", **wishes: str) -> Iterator[SaneScanner]:
    handle = sane.open(name)
    # The test backend keeps what was set for the life of the process, and wants its options listed after each change.
    for key, value in AS_NEW.items():
        options = handle.options()
        if key in options and options[key].active:
            handle.set(options[key], value)
    scanner = SaneScanner(sane, handle, name, name, {key.replace("_", "-"): value for key, value in wishes.items()})
    try:
        yield scanner
    finally:
        scanner.close()


def one(scanner: SaneScanner, **changes: object) -> ScannedPage:
    pile = Pile()
    assert scanner.scan(request(**changes), pile) == 1  # type: ignore[arg-type]  # a test names its fields
    return pile.pages[0]


@pytest.mark.parametrize(
    ("word", "error", "code"),
    [
        ("UNSUPPORTED", NotSupported, "DEV-107"),
        ("CANCELLED", Cancelled, "DEV-109"),
        ("DEVICE_BUSY", DeviceBusy, "DEV-104"),
        ("INVAL", SettingRefused, "SCN-110"),
        ("EOF", PictureBroken, "SCN-109"),
        ("JAMMED", PaperJam, "SCN-101"),
        ("NO_DOCS", FeederEmpty, "SCN-103"),
        ("COVER_OPEN", CoverOpen, "SCN-102"),
        ("IO_ERROR", DeviceLost, "SCN-106"),
        ("NO_MEM", ScannerMemory, "SCN-107"),
        ("ACCESS_DENIED", AccessDenied, "SCN-108"),
    ],
)
def test_every_sane_status_has_its_own_error(sane: Sane, word: str, error: type[DeviceError], code: str) -> None:
    with device(sane, read_return_value=f"SANE_STATUS_{word}") as scanner:
        with pytest.raises(error) as failed:
            scanner.scan(request(), Pile())
        assert failed.value.code == code
    with device(sane) as scanner:
        assert one(scanner).width_px > 0, "the next scan works"


def test_the_numbers_are_all_there_and_unknown_ones_are_a_fault() -> None:
    assert set(FAULTS) == {status.value for status in SaneStatus} - {0}
    assert fault_of(SaneError(99, "sane_start")).code == "SCN-105"


def test_a_jam_with_the_double_feed_sensor_set_is_a_double_feed() -> None:
    jam = SaneError(SaneStatus.JAMMED, "sane_start")
    assert isinstance(fault_of(jam, {"double-feed": True}), DoubleFeed)
    assert isinstance(fault_of(jam, {"double-feed": False}), PaperJam)
    assert isinstance(fault_of(jam), PaperJam)


@pytest.mark.parametrize(
    ("word", "error"),
    [("jammed", PaperJam), ("nodocs", FeederEmpty), ("coveropen", CoverOpen), ("nomem", ScannerMemory)],
)
def test_the_pnm_backend_fails_in_the_same_words(sane: Sane, word: str, error: type[DeviceError], tmp_path: Path) -> None:
    draw(Sheet(PageKind.STAMP, 1), 50).save(tmp_path / "page.ppm")
    wishes = {"filename": str(tmp_path / "page.ppm"), "status": "no", f"status-{word}": "yes"}
    with device(sane, "pnm:0", **wishes) as scanner, pytest.raises(error):
        scanner.scan(request(), Pile())


def test_the_page_on_the_glass_is_the_page_that_arrives(sane: Sane, tmp_path: Path) -> None:
    picture = draw(Sheet(PageKind.STAMP, 77), 75)
    picture.save(tmp_path / "page.ppm")
    with device(sane, "pnm:0", filename=str(tmp_path / "page.ppm")) as scanner:
        page = one(scanner)
    assert numbers([page]) == [77]
    assert np.abs(pixels(page).astype(int) - np.asarray(picture).astype(int)).mean() < 2.0


@pytest.mark.parametrize(
    "quirk",
    [
        {"three-pass": "yes"},
        {"hand-scanner": "yes"},
        {"ppl-loss": "7"},
        {"fuzzy-parameters": "yes"},
        {"read-limit": "yes", "read-limit-size": "999"},
    ],
    ids=lambda quirk: next(iter(quirk)),
)
def test_the_quirks_of_backends_do_not_change_the_picture(sane: Sane, quirk: dict[str, str]) -> None:
    """Compared with what SANE's own front end makes of the same device (it shears lines with padding, so without that)."""
    with device(sane, test_picture="Grid", **quirk) as scanner:
        page = one(scanner, width_mm=110, height_mm=110)
    options = ["--mode", "Color", "--resolution", "75", "--test-picture", "Grid", "-x", "110", "-y", "110"]
    options += [f"--{name}={value}" for name, value in quirk.items() if name != "ppl-loss"]
    done = subprocess.run(
        ["scanimage", "-d", "test:0", "--format=pnm", *options], capture_output=True, timeout=PATIENCE_S, check=True
    )
    with Image.open(io.BytesIO(done.stdout)) as picture:
        theirs = np.asarray(picture.convert("RGB")).astype(int)
    lost = int(quirk.get("ppl-loss", 0))
    theirs = theirs[:, : theirs.shape[1] - lost]
    assert pixels(page).shape == theirs.shape
    assert np.abs(pixels(page).astype(int) - theirs).mean() < 3.0


def test_sixteen_bits_become_eight(sane: Sane) -> None:
    with device(sane, test_picture="Solid white", depth="16") as scanner:
        assert pixels(one(scanner)).min() == 255


def test_one_bit_pages_are_one_bit_files(sane: Sane) -> None:
    with device(sane, test_picture="Grid") as scanner:
        page = one(scanner, mode=ColourMode.LINEART, dpi=100)
    with Image.open(io.BytesIO(page.data)) as picture:
        assert picture.mode == "1"
        assert picture.size == (page.width_px, page.height_px)
        assert 0.45 < float(np.asarray(picture).mean()) < 0.55, "the grid is half black, half white"


def test_size_resolution_and_colour_are_those_asked_for(sane: Sane) -> None:
    with device(sane, test_picture="Grid") as scanner:
        page = one(scanner, dpi=150, width_mm=148, height_mm=210, mode=ColourMode.GREY)
    assert page.dpi == 150
    assert (page.width_px, page.height_px) == (round(148 / 25.4 * 150), round(210 / 25.4 * 150))
    with Image.open(io.BytesIO(page.data)) as picture:
        assert picture.mode == "L"
        assert picture.info["dpi"] == (150, 150)


def test_a_page_beyond_the_memory_is_refused_before_it_is_read(sane: Sane) -> None:
    with device(sane) as scanner, pytest.raises(ScannerMemory):
        scanner.scan(request(dpi=1200), Pile())


def test_a_pile_ends_when_the_feeder_is_empty_and_an_empty_feeder_is_no_pile(sane: Sane) -> None:
    with device(sane) as scanner:
        pile = Pile()
        assert scanner.scan(request(ScanSource.ADF, dpi=50), pile) == 10
        assert [page.number for page in pile.pages] == list(range(1, 11))


def test_stopping_between_pages_and_in_the_middle_of_one(sane: Sane) -> None:
    with device(sane) as scanner:
        pile = Pile(stop_after=2)
        with pytest.raises(Cancelled):
            scanner.scan(request(ScanSource.ADF), pile)
        assert len(pile.pages) == 2
        assert one(scanner).number == 1


def test_a_backend_that_dribbles_is_given_up_at_the_page_s_deadline(sane: Sane) -> None:
    slow = {"read-delay": "yes", "read-delay-duration": "200000", "read-limit": "yes", "read-limit-size": "64"}
    with device(sane, **slow) as scanner, pytest.raises(DeviceSilent):
        scanner.scan(request(page_timeout_s=0.5), Pile())


@pytest.mark.parametrize("changes", [{"dpi": 5000}, {"width_mm": 500.0}, {"source": ScanSource.DUPLEX}])
def test_what_the_device_does_not_offer_is_refused(sane: Sane, changes: dict[str, object]) -> None:
    with device(sane) as scanner, pytest.raises(SettingRefused) as refused:
        scanner.scan(request(**changes), Pile())  # type: ignore[arg-type]  # a test names its fields
    assert refused.value.code == "SCN-110"


def test_an_option_s_value_that_cannot_be_read_is_a_wrong_address(sane: Sane) -> None:
    with device(sane, ppl_loss="seven") as scanner, pytest.raises(BadAddress):
        scanner.scan(request(), Pile())


# -- the many names of the same thing --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "source"),
    [
        ("Flatbed", ScanSource.FLATBED),
        ("FlatBed", ScanSource.FLATBED),
        ("Document Table", ScanSource.FLATBED),
        ("Automatic Document Feeder", ScanSource.ADF),
        ("Automatic Document Feeder(left aligned)", ScanSource.ADF),
        ("Automatic Document Feeder(centrally aligned,Duplex)", ScanSource.DUPLEX),
        ("ADF Front", ScanSource.ADF),
        ("ADF Back", None),
        ("ADF Duplex", ScanSource.DUPLEX),
        ("Transparency Unit", None),
        ("ADF Transparency", None),
    ],
)
def test_the_words_of_backends_for_sources(word: str, source: ScanSource | None) -> None:
    assert source_of(word) is source


@pytest.mark.parametrize(
    ("word", "mode"),
    [
        ("Lineart", ColourMode.LINEART),
        ("Black & White", ColourMode.LINEART),
        ("True Gray", ColourMode.GREY),
        ("24bit Color[Fast]", ColourMode.COLOUR),
        ("Halftone", None),
        ("Gray[Error Diffusion]", None),
        ("Color Lineart", ColourMode.LINEART),
    ],
)
def test_the_words_of_backends_for_modes(word: str, mode: ColourMode | None) -> None:
    assert mode_of(word) is mode


def option(name: str, kind: ValueType = ValueType.STRING, **changes: object) -> OptionFacts:
    fields: dict[str, object] = {"size": 64, "settable": True, "readable": True, "active": True, **changes}
    return OptionFacts(1, name, kind, **fields)  # type: ignore[arg-type]  # a test names its fields


def test_duplex_as_a_switch_of_its_own() -> None:
    feeder = option("source", choices=("Flatbed", "Automatic Document Feeder"))
    by_word = {"source": feeder, "adf-mode": option("adf-mode", choices=("Simplex", "Duplex"))}
    by_flag = {"source": feeder, "duplex": option("duplex", ValueType.BOOL, size=4)}
    assert source_words(by_word)[ScanSource.DUPLEX][-1] == ("adf-mode", "Duplex")
    assert source_words(by_word)[ScanSource.ADF][-1] == ("adf-mode", "Simplex")
    assert source_words(by_flag)[ScanSource.DUPLEX][-1] == ("duplex", True)


def test_an_area_in_pixels_is_counted_at_the_resolution() -> None:
    options = {"br-x": option("br-x", ValueType.INT, size=4, low=0, high=2550, in_pixels=True)}
    assert area_settings(options, 25.4, 0, 300) == (("br-x", 300.0),)


@pytest.mark.parametrize(
    ("sensors", "state"),
    [
        ({}, ScannerState.UNKNOWN),
        ({"page-loaded": True}, ScannerState.FEEDER_LOADED),
        ({"page-loaded": False}, ScannerState.FEEDER_EMPTY),
        ({"page-loaded": True, "cover-open": True}, ScannerState.COVER_OPEN),
        ({"page-loaded": True, "double-feed": True}, ScannerState.DOUBLE_FEED),
    ],
)
def test_sensors_tell_the_state_where_there_are_any(sensors: dict[str, bool], state: ScannerState) -> None:
    assert state_of_sensors(sensors).state is state


# -- descriptors are outside bytes ------------------------------------------------------------------------

_words = st.lists(st.integers(-(2**31), 2**31 - 1), max_size=8)
_texts = st.lists(st.binary(max_size=12).map(lambda b: b.replace(b"\0", b"")), max_size=6)
_int = st.integers(-(2**31), 2**31 - 1)
_kind = st.one_of(st.integers(0, 6), _int)


@settings(max_examples=4000, deadline=None)
@given(st.binary(max_size=8), _kind, _int, _int, _int, st.integers(0, 4), _words, _texts)
def test_any_option_descriptor_is_read_without_harm(
    name: bytes, kind: int, unit: int, size: int, cap: int, constraint: int, words: list[int], texts: list[bytes]
) -> None:
    check_descriptor(name, kind, unit, size, cap, constraint, words, texts)

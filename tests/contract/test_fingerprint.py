"""What every fingerprint scanner owes the workstation: a whole image or a named error, in bounded time, never a bluff."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from devices.host.fingerprint import FingerprintHost
from devices.ports.errors import (
    BadAddress,
    Cancelled,
    DeviceAbsent,
    DeviceBusy,
    DeviceError,
    DeviceLost,
    DeviceSilent,
    DriverMissing,
    FingerMissing,
    FingerScannerFault,
    FingerUnusable,
    NotSupported,
    TemplateMissing,
    WorkerCrashed,
)
from devices.ports.fingerprint import EmptyCause, FingerCapability, FingerImage, FingerRequest, MatchRequest
from devices.registry import worker_launch
from devices.simulators.drawn_fingers.ridges import Press
from devices.simulators.ef01.faults import Fault, Planned
from devices.simulators.ef01.line import Ef01Simulator
from devices.simulators.ef01.module import features_of
from helpers.finger_scanners import Glass, compiled, glass, scanner_at, standin_address  # noqa: F401 - a fixture

RIGHT_THUMB = 11
# Generous where the answer comes early: a busy machine must not look like a silent scanner.
SHORT = FingerRequest(RIGHT_THUMB, timeout_s=20.0)


@contextmanager
def serial_module() -> Iterator[tuple[Ef01Simulator, FingerprintHost]]:
    simulator = Ef01Simulator()
    simulator.state.library.update({0: 5, 7: 6})
    simulator.start()
    try:
        with scanner_at(f"ef01:{simulator.path}") as host:
            yield simulator, host
    finally:
        simulator.stop()


def refusal(host: FingerprintHost) -> DeviceError:
    """Why it does not open, as soon as it is known."""
    deadline = time.monotonic() + 60
    while host.error is None and time.monotonic() < deadline:
        assert not host.wait_until_open(0.1)
    assert host.error is not None
    return host.error


# -- every scanner -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["livescan", "drawn"])
def test_an_enrolling_scanner_gives_a_whole_image_and_shows_it_coming(kind: str, glass: Glass) -> None:  # noqa: F811
    glass.finger()
    seen: list[FingerImage] = []
    with scanner_at(standin_address() if kind == "livescan" else "sim:finger") as host:
        described = host.description
        assert described is not None
        assert FingerCapability.ENROL in described.capabilities
        capture = host.capture(SHORT, seen.append).result(90)
    image = capture.image
    assert (image.width_px, image.height_px, image.dpi) == (256, 360, 500)
    assert len(image.pixels) == 256 * 360
    assert len(seen) >= 2
    assert np.frombuffer(image.pixels, np.uint8).std() > 20


@pytest.mark.parametrize("address", ["sim:ef01", "sim:finger"])
def test_what_a_scanner_cannot_do_it_says_before_and_after_it_is_asked(address: str) -> None:
    with scanner_at(address) as host:
        can = host.description.capabilities  # type: ignore[union-attr]  # it is open
        if FingerCapability.ENROL not in can:
            with pytest.raises(NotSupported):
                host.capture(SHORT).result(90)
        if FingerCapability.VERIFY not in can:
            with pytest.raises(NotSupported):
                host.match(MatchRequest(b"\0" * 512)).result(90)
        if FingerCapability.FEATURES not in can:
            with pytest.raises(NotSupported):
                host.empty_features(RIGHT_THUMB, EmptyCause.FAILED).result(90)
        assert len(can) == 1


@pytest.mark.parametrize("address", ["sim:ef01", "sim:finger", "standin"])
def test_a_killed_worker_ends_the_press_in_flight_and_comes_back(address: str, glass: Glass) -> None:  # noqa: F811
    with scanner_at(standin_address() if address == "standin" else address) as host:
        if address == "sim:ef01":
            flight: object = host.match(MatchRequest(stored=1, timeout_s=20))
        else:
            flight = host.capture(FingerRequest(RIGHT_THUMB, 20))
        assert host.worker_pid is not None
        os.kill(host.worker_pid, signal.SIGKILL)
        with pytest.raises(WorkerCrashed):
            flight.result(90)  # type: ignore[attr-defined]  # a future of either kind
        deadline = time.monotonic() + 60
        while not host.wait_until_open(0.2) or host.description is None:
            assert time.monotonic() < deadline


@pytest.mark.parametrize("kind", ["livescan", "drawn"])
def test_a_wait_that_is_called_off_ends_at_once_and_the_next_press_works(
    kind: str,
    glass: Glass,  # noqa: F811
    tmp_path: Path,
) -> None:
    script = tmp_path / "nobody.json"
    script.write_text('{"presses": [{"nth": 1, "fault": "missing"}]}')
    with scanner_at(standin_address() if kind == "livescan" else f"sim:finger?script={script}") as host:
        waited = threading.Event()
        flight = host.capture(FingerRequest(RIGHT_THUMB, timeout_s=60), lambda _: waited.set())
        assert waited.wait(60)
        host.cancel()
        with pytest.raises(Cancelled):
            flight.result(50)
        glass.finger()
        assert len(host.capture(SHORT).result(90).image.pixels) == 256 * 360
        host.cancel()  # nobody waits any more: the next press is not hit by it
        assert host.capture(SHORT).result(90).image.dpi == 500


# -- the standard's C interface ----------------------------------------------------------------------------


def test_the_library_names_itself_and_scores_and_extracts(glass: Glass) -> None:  # noqa: F811
    pixels = glass.finger()
    with scanner_at(standin_address("?type=23")) as host:
        described = host.description
        assert described is not None
        assert described.model == "测试采集仪 T-1"
        assert described.driver == "ga_livescan/103"
        capture = host.capture(SHORT).result(90)
    assert capture.image.pixels == pixels.tobytes()
    assert capture.score == min(100, int((pixels < 150).sum() * 300 / pixels.size))
    assert capture.features[:3] == b"F" + bytes((23, RIGHT_THUMB))
    assert len(capture.features) == 512


def test_the_same_press_matches_and_another_finger_does_not(glass: Glass) -> None:  # noqa: F811
    with scanner_at(standin_address()) as host:
        glass.finger(1)
        first = host.capture(SHORT).result(90).features
        again = host.match(MatchRequest(first, timeout_s=20.0)).result(90)
        glass.finger(2, Press(shift_x_mm=2, ridge_share=0.7))
        other = host.match(MatchRequest(first, timeout_s=20.0)).result(90)
    assert again.similarity == pytest.approx(1.0)
    assert other.similarity < 0.8


def test_failed_and_not_taken_have_empty_features_of_their_own(glass: Glass) -> None:  # noqa: F811
    with scanner_at(standin_address()) as host:
        failed = host.empty_features(16, EmptyCause.FAILED).result(90)
        absent = host.empty_features(16, EmptyCause.NOT_TAKEN).result(90)
    assert len(failed) == len(absent) == 512
    assert failed != absent
    assert failed[2] == absent[2] == 16


def test_an_empty_glass_is_told_in_time_and_a_trace_is_still_shown(glass: Glass) -> None:  # noqa: F811
    with scanner_at(standin_address()) as host:
        with pytest.raises(FingerMissing):
            host.capture(FingerRequest(RIGHT_THUMB, 1.0)).result(90)
        glass.finger(1, Press(half_width_mm=2.0, half_height_mm=2.0))
        trace = host.capture(FingerRequest(RIGHT_THUMB, 1.0)).result(90)
    assert trace.score is not None
    assert trace.score < 30, "below presence, handed over so that the officer can be told what is wrong"


@pytest.mark.parametrize(
    ("told", "error", "word"),
    [
        ({"return_BeginCapture": -4}, DeviceAbsent, "-4"),
        ({"return_BeginCapture": -5}, DeviceLost, "-5"),
        ({"return_BeginCapture": -3}, NotSupported, "-3"),
        ({"return_BeginCapture": -9}, FingerScannerFault, "-9"),
        ({"return_GetFPRawData": -102}, FingerScannerFault, "glass dirty"),
        ({"return_GetFPRawData": -103}, DeviceBusy, "in use"),
        ({"return_GetFPRawData": 0}, FingerScannerFault, "0"),
        ({"crash_GetFPRawData": 1}, WorkerCrashed, ""),
        ({"hang_GetFPRawData": 1}, DeviceSilent, ""),
        ({"hang_EndCapture": 1}, DeviceSilent, ""),
    ],
)
def test_what_the_library_does_wrong_is_named_and_the_next_press_works(
    told: dict[str, int],
    error: type[DeviceError],
    word: str,
    glass: Glass,  # noqa: F811
) -> None:
    glass.finger()
    with scanner_at(standin_address()) as host:
        glass.behave(**told)
        with pytest.raises(error) as failed:
            host.capture(FingerRequest(RIGHT_THUMB, 1.0 if error is DeviceSilent else 20.0)).result(90)
        assert type(failed.value) is error
        assert word in failed.value.detail
        glass.behave()
        assert host.wait_until_open(60)
        assert len(host.capture(SHORT).result(90).image.pixels) == 256 * 360


def test_a_library_that_prints_on_standard_output_harms_nothing(glass: Glass) -> None:  # noqa: F811
    glass.behave(chatter=1)
    glass.finger()
    with scanner_at(standin_address()) as host:
        assert host.capture(SHORT).result(90).score is not None


def test_an_unstraightened_image_says_so(glass: Glass) -> None:  # noqa: F811
    glass.finger()
    glass.behave(return_GetFPRawData=2)
    with scanner_at(standin_address()) as host:
        assert not host.capture(SHORT).result(90).rectified
        glass.behave(return_GetFPRawData=3)
        assert host.capture(SHORT).result(90).rectified


def test_a_small_window_does_not_enrol(glass: Glass) -> None:  # noqa: F811
    glass.behave(max_width=200, max_height=300, window_width=200, window_height=300)
    with scanner_at(standin_address()) as host:
        assert host.description is not None
        assert FingerCapability.ENROL not in host.description.capabilities
        assert host.description.width_px == 200


def test_an_absent_scanner_is_found_as_soon_as_it_is_plugged_in(glass: Glass) -> None:  # noqa: F811
    glass.behave(return_Init=-4)
    host = FingerprintHost(worker_launch("fingerprint", standin_address()))
    host.start()
    try:
        assert isinstance(refusal(host), DeviceAbsent)
        glass.behave()
        assert host.wait_until_open(60)
    finally:
        host.stop(5)


@pytest.mark.parametrize("what", ["missing", "foreign", "other"])
def test_a_wrong_library_is_named(what: str, tmp_path: Path) -> None:
    path = tmp_path / "lib.so"
    if what == "foreign":
        data = bytearray(compiled().read_bytes())
        data[4] = 1  # ELFCLASS32
        path.write_bytes(data)
    if what == "other":
        path = Path("libm.so.6")
    host = FingerprintHost(worker_launch("fingerprint", f"livescan:{path}"))
    host.start()
    try:
        refused = refusal(host)
        assert isinstance(refused, DriverMissing)
        assert refused.code == {"missing": "DEV-110", "foreign": "FNG-110", "other": "FNG-111"}[what]
    finally:
        host.stop(5)


@pytest.mark.parametrize("options", ["?channel=1", "?channel=x", "?type=256", "?brightness=-1", "?colour=red"])
def test_an_option_the_scanner_cannot_take_is_named(options: str, glass: Glass) -> None:  # noqa: F811
    host = FingerprintHost(worker_launch("fingerprint", standin_address(options)))
    host.start()
    try:
        assert isinstance(refusal(host), BadAddress)
    finally:
        host.stop(5)


def test_a_press_without_features_cannot_be_compared(glass: Glass) -> None:  # noqa: F811
    glass.finger()
    glass.behave(return_FP_FeatureExtract=-9)
    with scanner_at(standin_address()) as host, pytest.raises(FingerUnusable):
        host.match(MatchRequest(b"F" * 512, timeout_s=20.0)).result(90)


# -- serial modules ----------------------------------------------------------------------------------------


def test_a_module_compares_with_its_library_and_with_a_template_sent_down() -> None:
    with serial_module() as (simulator, host):
        assert host.description is not None
        assert host.description.capabilities == {FingerCapability.VERIFY}
        assert host.description.stored == 2
        simulator.state.finger = 5
        assert host.match(MatchRequest(stored=0, timeout_s=20)).result(90).same is True
        assert host.match(MatchRequest(stored=7, timeout_s=20)).result(90).same is False
        assert host.match(MatchRequest(features_of(5), timeout_s=20)).result(90).same is True
        assert host.match(MatchRequest(features_of(8), timeout_s=20)).result(90).same is False


def test_a_finger_that_comes_late_is_waited_for() -> None:
    with serial_module() as (simulator, host):
        flight = host.match(MatchRequest(stored=0, timeout_s=8))
        time.sleep(0.5)  # noqa: TID251 - the person at the window takes a moment
        simulator.state.finger = 5
        assert flight.result(90).same is True


@pytest.mark.parametrize("stored", [3, 200, 70000])
def test_a_place_without_a_template_is_named(stored: int) -> None:
    with serial_module() as (simulator, host):
        simulator.state.finger = 5
        with pytest.raises(TemplateMissing):
            host.match(MatchRequest(stored=stored, timeout_s=1)).result(90)


@pytest.mark.parametrize(
    ("fault", "instruction", "error"),
    [
        (Fault.NO_FINGER, 0x01, FingerMissing),
        (Fault.CAPTURE_FAILED, 0x01, FingerUnusable),
        (Fault.MESSY, 0x02, FingerUnusable),
        (Fault.FEW_POINTS, 0x02, FingerUnusable),
        (Fault.SENSOR, 0x01, FingerScannerFault),
        (Fault.UNKNOWN_CODE, 0x03, FingerScannerFault),
        (Fault.BAD_SUM, 0x03, DeviceLost),
        (Fault.TORN, 0x03, DeviceLost),
        (Fault.SILENCE, 0x02, DeviceLost),
        (Fault.BABBLE, 0x01, DeviceLost),
        (Fault.EMPTY_ANSWER, 0x01, DeviceLost),
        (Fault.UNPLUG, 0x02, DeviceLost),
    ],
)
def test_each_fault_of_the_line_ends_in_its_own_words(fault: Fault, instruction: int, error: type[DeviceError]) -> None:
    with serial_module() as (simulator, host):
        simulator.state.finger = 5
        simulator.state.faults.plan(Planned(fault, instruction, lasting=True))
        with pytest.raises(DeviceError) as failed:
            host.match(MatchRequest(stored=0, timeout_s=1)).result(90)
        assert type(failed.value) is error, failed.value
        if fault is not Fault.UNPLUG:
            simulator.state.faults.clear()
            assert host.wait_until_open(60)
            assert host.match(MatchRequest(stored=0, timeout_s=20)).result(90).same is True


@pytest.mark.parametrize("fault", [Fault.BAD_SUM, Fault.NOISE_BEFORE])
def test_one_damaged_answer_is_asked_for_again(fault: Fault) -> None:
    with serial_module() as (simulator, host):
        simulator.state.finger = 5
        simulator.state.faults.plan(Planned(fault, 0x03))
        assert host.match(MatchRequest(stored=0, timeout_s=20)).result(90).same is True


def test_a_locked_module_asks_for_its_password() -> None:
    simulator = Ef01Simulator()
    simulator.state.password = b"\x12\x34\x56\x78"
    simulator.start()
    try:
        host = FingerprintHost(worker_launch("fingerprint", f"ef01:{simulator.path}"))
        host.start()
        try:
            assert refusal(host).code == "FNG-105"
        finally:
            host.stop(5)
        with scanner_at(f"ef01:{simulator.path}?password=12345678") as opened:
            assert opened.description is not None
    finally:
        simulator.stop()


def test_a_port_that_says_nothing_is_no_module() -> None:
    simulator = Ef01Simulator()
    simulator.state.faults.plan(Planned(Fault.SILENCE, lasting=True))
    simulator.start()
    try:
        host = FingerprintHost(worker_launch("fingerprint", f"ef01:{simulator.path}"))
        host.start()
        try:
            assert isinstance(refusal(host), DeviceAbsent)
        finally:
            host.stop(5)
    finally:
        simulator.stop()


@pytest.mark.hardware
@pytest.mark.parametrize("variable", ["JINGCHUANG_FINGER", "JINGCHUANG_EF01"])
def test_a_real_scanner_opens_and_describes_itself(variable: str) -> None:
    """Set JINGCHUANG_FINGER=livescan:/path/… or JINGCHUANG_EF01=ef01:/dev/ttyUSB0, with a finger on the glass."""
    if variable not in os.environ:
        pytest.skip(variable)
    with scanner_at(os.environ[variable]) as host:
        assert host.description is not None
        if FingerCapability.ENROL in host.description.capabilities:
            assert host.capture(FingerRequest(RIGHT_THUMB, 15)).result(90).image.width_px >= 256

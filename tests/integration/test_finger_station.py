"""Fingers at the window: taken in order, sealed before anything looks at them, explained by two officers when not taken."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.cli import main
from app.config.settings import Settings
from app.desk.door import Door
from app.desk.finger_seat import FingerDesk, FingerSeat
from app.desk.witness import Witness
from app.domain.errors import BadInput, NotAllowed, StoreFault
from app.domain.fingers import Ask, Enrolment, Finger, FingerOutcome, Hint, ScoreMethod, hint
from app.domain.records import Officer, Role
from app.fingerprint.iso19794 import QUALITY_UNKNOWN, Compression, read_record
from app.fingerprint.register import hint_text, reasons
from app.fingerprint.station import FingerStation
from app.security import keyring
from app.store.fingers import FingerPixels
from app.store.store import Store
from devices.host.fingerprint import FingerprintHost
from devices.ports.errors import DeviceAbsent, DeviceError, NotSupported
from devices.ports.fingerprint import EmptyCause, FingerCapture, FingerImage, FingerRequest, FingerScannerDescription
from devices.registry import worker_launch
from devices.simulators.drawn_fingers.ridges import DrawnFinger, Press
from devices.simulators.drawn_fingers.scanner import DrawnScanner, PlannedPress, PressFault
from helpers.finger_scanners import Glass, glass, scanner_at, standin_address  # noqa: F401 - a fixture
from helpers.stores import CHEAP, PASSWORD, PERSON, STATION, TestClock, new_store

ZHANG = Officer("zhang", "张示例", Role.OPERATOR)
LI = Officer("li", "李示例", Role.OPERATOR)
SETTINGS = Settings.of({"fingerprint.max_tries": 2, "fingerprint.timeout": 20})


class DirectScanner(DrawnScanner):
    """The drawn scanner without a process between, and with a feature library on request."""

    def __init__(self, planned: tuple[PlannedPress, ...] = (), *, features: bool = False) -> None:
        super().__init__(7, planned)
        self._features = features

    def description(self) -> FingerScannerDescription | None:
        return self.describe()

    def capture(self, request: FingerRequest, preview: Callable[[FingerImage], None]) -> FingerCapture:
        taken = super().capture(request, preview)
        return FingerCapture(taken.image, 60, bytes([request.position]) * 512) if self._features else taken

    def empty_features(self, position: int, cause: EmptyCause) -> bytes:
        return bytes([position, cause is EmptyCause.FAILED]) + bytes(510)


@contextmanager
def station(
    root: Path, scanner: DirectScanner | FingerSeat, clock: TestClock | None = None
) -> Iterator[tuple[FingerStation, Store]]:
    store, _, _ = new_store(root, clock)
    try:
        yield finger_station(store, scanner, clock or TestClock()), store
    finally:
        store.close()


def finger_station(store: Store, scanner: DirectScanner | FingerSeat, clock: TestClock) -> FingerStation:
    return FingerStation(store.fingers, scanner, SETTINGS, ZHANG, lambda: STATION, clock, lambda _: None)


def nobody_looks(image: FingerImage) -> None:
    """Previews are the window's business."""


def pressed(at: FingerStation, e: Enrolment) -> Enrolment:
    return at.press(e, nobody_looks)[0]


def test_both_thumbs_are_taken_and_leave_as_one_record(tmp_path: Path) -> None:
    with station(tmp_path, DirectScanner()) as (at, store):
        e = pressed(at, pressed(at, at.begin(PERSON)))
        assert e.step().ask is Ask.DONE
        assert store.fingers.enrolment(e.id) == e, "what the store says is what was worked with"
        raw = read_record(at.record(e, Compression.RAW))
        assert [v.position for v in raw.views] == [1, 6]
        assert raw.views[0].data == store.fingers.press(e.attempts[0].id).pixels
        assert {v.quality for v in raw.views} == {QUALITY_UNKNOWN}, "an estimate is no official quality"
        assert e.attempts[0].scores[0].method is ScoreMethod.ESTIMATE
        pytest.importorskip("wsq")
        assert read_record(at.record(e, Compression.WSQ)).compression is Compression.WSQ
        with pytest.raises(NotSupported):
            at.features(e)


def test_a_scanner_with_a_library_gives_its_score_and_its_templates(tmp_path: Path) -> None:
    with station(tmp_path, DirectScanner(features=True)) as (at, _):
        e = pressed(at, at.begin(PERSON))
        for _ in range(5):
            e = at.pass_over(e, "missing", LI)
        e = pressed(at, e)
        assert [t[:1] for t in at.features(e)] == [b"\x0b", b"\x0c"]
        assert e.attempts[0].scores[0].method is ScoreMethod.DEVICE
        assert read_record(at.record(e, Compression.RAW)).views[0].quality == 60
        none = at.begin(PERSON)
        while none.step().ask is not Ask.DONE:
            none = at.pass_over(none, "worn" if none.step().finger is Finger.LEFT_RING else "injured", LI)
        assert [s.outcome for s in none.slots()] == [FingerOutcome.NOT_TAKEN, FingerOutcome.FAILED]
        assert [t[:2] for t in at.features(none)] == [b"\x0b\0", b"\x13\1"]
        with pytest.raises(BadInput, match="FNG-301"):
            at.record(none, Compression.RAW)


def test_no_byte_of_a_finger_is_on_the_disk_in_the_open(tmp_path: Path) -> None:
    with station(tmp_path, DirectScanner(features=True)) as (at, store):
        e = pressed(at, at.begin(PERSON))
        pixels = store.fingers.press(e.attempts[0].id).pixels
    template = bytes([Finger.RIGHT_THUMB.value]) * 64
    files = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert any(p.suffix == ".sealed" for p in files)
    for path in files:
        data = path.read_bytes()
        assert template not in data, path
        assert not any(pixels[i : i + 24] in data for i in range(40_000, 41_000, 50)), path
        assert PERSON.id_number.encode() not in data, path


def test_the_same_finger_again_is_pointed_out_and_must_be_changed(tmp_path: Path) -> None:
    with station(tmp_path, DirectScanner((PlannedPress(PressFault.SAME_FINGER, 2, False),))) as (at, _):
        e = pressed(at, pressed(at, at.begin(PERSON)))
        assert hint(e.attempts[1]) is Hint.WRONG_HAND
        assert hint_text(e.attempts[1], "zh_CN") == "这好像是另一只手的右手拇指，请换手，按左手拇指。"
        assert e.step().finger is Finger.LEFT_THUMB
        e = pressed(at, e)
        assert hint(e.attempts[2]) is None
        assert e.step().ask is Ask.DONE


def test_after_the_tries_the_best_is_taken_by_two_officers_and_every_score_is_kept(tmp_path: Path) -> None:
    dry = (PlannedPress(PressFault.DRY, 1, False), PlannedPress(PressFault.LIGHT, 2, False))
    with station(tmp_path, DirectScanner(dry)) as (at, store):
        e = pressed(at, at.begin(PERSON))
        with pytest.raises(NotAllowed, match="FNG-204"):
            at.accept_best(e, "skin", LI)
        e = pressed(at, e)
        assert e.step().ask is Ask.DECIDE
        with pytest.raises(NotAllowed, match="FNG-201"):
            pressed(at, e)
        best = max(e.attempts, key=lambda a: a.score)
        for wrong, second, code in (("nonsense", LI, "FNG-202"), ("skin", ZHANG, "FNG-203"), ("other", LI, "FNG-202")):
            with pytest.raises(NotAllowed, match=code):
                at.accept_best(e, wrong, second)
        e = at.accept_best(e, "skin", LI)
        assert [a.id for a in e.taken()] == [best.id]
        kept = store.fingers.enrolment(e.id)
        assert [a.scores for a in kept.attempts] == [a.scores for a in e.attempts]
        assert "finger_continuity" in kept.attempts[0].faults
        assert (kept.exceptions[0].officer, kept.exceptions[0].second_officer) == ("zhang", "li")


@pytest.mark.parametrize("lost", ["row", "judgement"])
def test_a_press_survives_a_power_cut_before_it_was_judged(lost: str, tmp_path: Path) -> None:
    clock = TestClock()
    store, key, folder = new_store(tmp_path, clock)
    e = store.fingers.begin(PERSON, FingerStation.rule(finger_station(store, DirectScanner(), clock)), "zhang", STATION)
    pixels = DrawnFinger(1).pixels(Press()).tobytes()
    kept = store.fingers.keep(e.id, Finger.RIGHT_THUMB, FingerPixels(pixels, 256, 360, 500, b"T" * 512, "T-1", 66))
    if lost == "row":
        with store._writing() as db:
            db.execute("DELETE FROM finger_attempts")
    store.close()
    again = Store.open(folder, key, clock)
    try:
        assert (kept.id in again.reconciled.adopted) == (lost == "row")
        assert not again.reconciled.unreadable
        (resumed,) = finger_station(again, DirectScanner(), clock).resume()
        assert [a.id for a in resumed.attempts] == [kept.id]
        assert resumed.attempts[0].scores[0].method is (ScoreMethod.ESTIMATE if lost == "row" else ScoreMethod.DEVICE)
        assert resumed.step().finger is Finger.LEFT_THUMB
        assert again.fingers.press(kept.id).pixels == pixels
        again.fingers.close(e.id)
        assert again.fingers.open_enrolments() == ()
        with pytest.raises(StoreFault, match="STO-110"):
            again.fingers.judge(resumed.attempts[0])
    finally:
        again.close()


def test_the_second_officer_proves_who_it_is(tmp_path: Path) -> None:
    store, key, folder = new_store(tmp_path)
    try:
        keyring.add_slot(folder.keyring, key, "li", PASSWORD, CHEAP)
        store.put_account(LI, enabled=True)
        scanner = DirectScanner()
        desk = FingerDesk(
            FingerSeat(None),
            finger_station(store, scanner, TestClock()),
            Witness(Door(folder, Settings.of({}), TestClock()), store),
            store.audit,
        )
        e = desk.begin(PERSON)
        with pytest.raises(NotAllowed, match="AUT-101"):
            desk.pass_over(e, "missing", "", "li", "Wrong-2026")
        with pytest.raises(NotAllowed, match="AUT-103"):
            desk.pass_over(e, "missing", "", "zhang", PASSWORD)
        e = desk.pass_over(e, "other", "打石膏", "li", PASSWORD)
        assert (e.exceptions[0].second_officer, e.exceptions[0].note) == ("li", "打石膏")
        store.put_account(LI, enabled=False)
        with pytest.raises(NotAllowed, match="AUT-103"):
            desk.pass_over(e, "missing", "", "li", PASSWORD)
    finally:
        store.close()


def test_without_a_scanner_or_with_one_that_only_compares_the_officer_is_told(tmp_path: Path) -> None:
    with station(tmp_path, FingerSeat(None)) as (at, _), pytest.raises(DeviceAbsent):
        pressed(at, at.begin(PERSON))
    host = FingerprintHost(worker_launch("fingerprint", "sim:ef01"))
    host.start()
    try:
        assert host.wait_until_open(60)
        with station(tmp_path / "second", FingerSeat(host)) as (at, store):
            e = at.begin(PERSON)
            with pytest.raises(NotSupported):
                pressed(at, e)
            assert store.fingers.enrolment(e.id).attempts == ()
    finally:
        host.stop(5)


def test_a_scanner_that_dies_in_the_press_leaves_the_enrolment_as_it_was(tmp_path: Path, glass: Glass) -> None:  # noqa: F811
    glass.finger()
    with scanner_at(standin_address()) as host, station(tmp_path, FingerSeat(host)) as (at, store):
        e = at.begin(PERSON)
        glass.behave(crash_GetFPRawData=1)
        with pytest.raises(DeviceError):
            pressed(at, e)
        assert store.fingers.enrolment(e.id) == e
        glass.behave()
        assert host.wait_until_open(60)
        e = pressed(at, e)
        assert e.step().finger is Finger.LEFT_THUMB
        assert e.attempts[0].scores[0].method is ScoreMethod.DEVICE


def test_every_reason_has_a_name_in_both_languages() -> None:
    assert {r.id for r in reasons()} >= {"missing", "injured", "worn", "child", "elderly", "other"}
    assert all(r.name("zh_CN") != r.name("en") for r in reasons())


# -- the command ---------------------------------------------------------------------------------------------


def _answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, object]]:
    code = main(["--language", "zh_CN", "finger", "--json", *arguments])
    return code, json.loads(capsys.readouterr().out)


def test_the_command_takes_a_finger_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = _answer(capsys, "--device", "sim:finger", "--data", str(tmp_path))
    assert code == 0
    assert said["passed"] is True
    assert said["scores"] == [{"value": said["scores"][0]["value"], "method": "estimate", "name": "估算（非官方评分）"}]  # type: ignore[index]
    assert not any(tmp_path.iterdir())


def test_the_command_coaches_a_wet_finger(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "wet.json"
    script.write_text('{"presses": [{"nth": 1, "fault": "wet"}]}')
    code, said = _answer(capsys, "--device", f"sim:finger?script={script}")
    assert code == 1
    assert said["advice"] == ["手指太湿或按得太重：请擦干手指和采集窗再按。"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--device", "sim:ef01", "--verify", "0"], 0),
        (["--device", "sim:ef01", "--verify", "1"], 1),
        (["--device", "sim:ef01"], 3),
        (["--device", "sim:finger", "--verify", "0"], 3),
        (["--device", "livescan:/no/such/library.so"], 3),
        (["--device", "gphoto:usb"], 2),
        ([], 2),
    ],
)
def test_the_exit_code_is_the_answer(arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert _answer(capsys, *arguments)[0] == code

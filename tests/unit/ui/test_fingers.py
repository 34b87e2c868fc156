"""Fingers at the window: the right one asked for, coached, tried, explained by two officers; nothing is lost or blocks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import quote

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from app.config.settings import Settings
from app.config.texts import Coded
from app.desk.door import Door
from app.desk.finger_seat import FingerDesk, FingerSeat
from app.desk.person_reader import PersonReader
from app.desk.witness import Witness
from app.domain.fingers import Ask, Enrolment, Finger, FingerOutcome
from app.domain.records import Officer, Role
from app.fingerprint.iso19794 import Compression, read_record
from app.fingerprint.station import FingerStation
from app.security import keyring
from app.ui.application import dress
from app.ui.bench import Bench
from app.ui.main_window import MainWindow
from app.ui.rehearsal import wait_until
from app.ui.screen_table import FINGERS
from app.ui.screens.fingers.progress import FingerStand, finger_stands
from app.ui.screens.fingers.view import FingersView
from app.ui.screens.fingers.view_model import Work
from app.ui.theme import Theme
from devices.host.fingerprint import FingerprintHost
from devices.registry import worker_launch
from devices.simulators.drawn_fingers.scanner import PlannedPress, PressFault
from helpers.desks import SECOND, TRAINEE, training_gate
from helpers.finger_scanners import NearSeat
from helpers.stores import CHEAP, PASSWORD, PERSON, STATION, TestClock, new_store

ZHANG = Officer("zhang", "张示例", Role.OPERATOR)
LI = Officer("li", "李示例", Role.OPERATOR)


class Window:
    """The finger screen over a real store and the scanner of drawn fingers."""

    def __init__(self, bench: Bench, view: FingersView) -> None:
        self.bench = bench
        self.view = view
        self.model = view.model
        self.refusals: list[Coded] = []
        bench.refused.connect(self.refusals.append)

    @property
    def enrolment(self) -> Enrolment:
        assert self.model.enrolment is not None
        return self.model.enrolment

    def begin(self) -> None:
        self.view.who.name.setText(PERSON.name)
        self.view.who.number.setText(PERSON.id_number)
        QTest.keyClick(self.view.who.number, Qt.Key.Key_Return)
        wait_until("begun", lambda: self.model.enrolment is not None)

    def settled(self) -> None:
        wait_until("nothing under way", lambda: self.model.work is Work.NOTHING and not self.bench.tasks.busy)

    def press(self, key: Qt.Key = Qt.Key.Key_Space) -> None:
        wait_until("scanner", self.view.taking.next.isEnabled)
        QTest.keyClick(self.view.taking, key)
        assert self.model.work is Work.PRESS
        self.settled()

    def explain(self, reason: str, *, account: str = "li", password: str = PASSWORD, note: str = "") -> None:
        panel = self.view.taking.panel
        panel.reason.setCurrentIndex(panel.reason.findData(reason))
        panel.note.setText(note)
        panel.account.setText(account)
        panel.password.setText(password)
        QTest.keyClick(panel.password, Qt.Key.Key_Return)
        self.settled()


def planned(nth: int, fault: str) -> PlannedPress:
    return PlannedPress(PressFault(fault), nth, False)


@contextmanager
def worker(root: Path, *presses: PlannedPress, address: str = "") -> Iterator[FingerSeat]:
    """The scanner as in the product, in a process of its own."""
    script = root / "fingers.json"
    script.write_text(json.dumps({"presses": [{"nth": p.nth, "fault": p.fault.value} for p in presses]}), encoding="utf-8")
    host = FingerprintHost(worker_launch("fingerprint", address or f"sim:finger?script={quote(str(script))}"))
    host.start()
    try:
        yield FingerSeat(host)
    finally:
        host.stop(5)


@contextmanager
def window(
    root: Path, seat: FingerSeat | None = None, *, language: str = "zh_CN", tries: int = 2, timeout: int = 40
) -> Iterator[Window]:
    theme = Theme.load("light")
    dress(cast(QApplication, QApplication.instance()), language, theme)
    seat = seat or NearSeat()
    store, key, folder = new_store(root / "data")
    keyring.add_slot(folder.keyring, key, "li", PASSWORD, CHEAP)
    store.put_account(LI, enabled=True)
    settings = Settings.of({"fingerprint.max_tries": tries, "fingerprint.timeout": timeout})
    station = FingerStation(store.fingers, seat, settings, ZHANG, lambda: STATION, TestClock(), lambda _: None)
    desk = FingerDesk(seat, station, Witness(Door(folder, settings, TestClock()), store), store.audit)
    people = PersonReader(None, None, settings, language, TestClock(), store.audit)
    bench = Bench(cast(Any, None), settings, language, theme)
    bench.opened = cast(Any, SimpleNamespace(fingers=desk, officer=ZHANG, people=people))
    view = FingersView(bench)
    try:
        view.resize(1230, 640)
        view.show()
        view.activateWindow()
        assert QTest.qWaitForWindowActive(view, 5000)
        view.enter()
        yield Window(bench, view)
    finally:
        view.close()
        bench.opened = None
        bench.shut()
        store.close()
        dress(cast(QApplication, QApplication.instance()), "zh_CN", theme)


def test_both_thumbs_are_taken_by_keys_alone_and_leave_as_a_file(
    application: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with window(tmp_path) as at:
        at.begin()
        assert at.view.taking.asked.text() == "请按：右手拇指"
        at.press(Qt.Key.Key_Space)
        assert at.view.taking.picture.lines[0].startswith("✓ 右手拇指 已采")
        assert "估算" in at.view.taking.score_of.text(), "an estimate says that it is one"
        assert at.view.taking.asked.text() == "请按：左手拇指"
        at.press(Qt.Key.Key_Return)
        page = at.view.finished
        assert page.isVisible()
        wait_until("pictures", lambda: all(card.picture.has_image() for card in page.cards))
        assert [card.accessibleName()[:9] for card in page.cards] == ["右手拇指  注册成", "左手拇指  注册成"]
        target = tmp_path / "record.fir"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
        page.raw.click()
        at.settled()
        assert [v.position for v in read_record(target.read_bytes()).views] == [1, 6]
        assert target.name in page.said.text()
        assert PERSON.name not in at.model.file_name()
        assert PERSON.id_number not in at.model.file_name()
        QTest.keyClick(page, Qt.Key.Key_Return)
        wait_until("next person", lambda: at.model.enrolment is None)
        at.settled()
        assert at.view.who.name.text() == ""
        assert at.bench.desk.fingers.resume() == (), "finished, so there is nothing to take up again"
        assert not at.refusals


def test_the_screen_says_what_is_wrong_with_a_press_and_asks_for_the_same_finger(
    application: QApplication, tmp_path: Path
) -> None:
    with window(tmp_path, NearSeat(planned(1, "dry"), planned(2, "off-centre")), tries=3) as at:
        at.begin()
        at.press()
        page = at.view.taking
        assert any("手指太干" in line for line in page.picture.lines)
        assert "第 2 次，共 3 次" in page.count.text()
        assert page.asked.text() == "请按：右手拇指"
        at.press()
        assert any("手指偏右" in line for line in page.picture.lines)
        scores = [a.score for a in at.enrolment.attempts]
        assert [page.tries.item(row).text().split("\n")[0] for row in range(2)] == [
            "右手拇指  第 2 次",
            "右手拇指  第 1 次",
        ]
        for row, score in enumerate(reversed(scores)):
            assert f"{score}（估算） · 低于 55 分" in page.tries.item(row).text(), "every score stays on the screen"
        page.tries.setCurrentRow(1)
        wait_until("the first press again", lambda: any("手指太干" in line for line in page.picture.lines))


def test_esc_ends_the_wait_and_loses_nothing(application: QApplication, tmp_path: Path) -> None:
    with worker(tmp_path, planned(2, "missing")) as seat, window(tmp_path, seat) as at:
        at.begin()
        at.press()
        before = at.enrolment
        QTest.keyClick(at.view.taking, Qt.Key.Key_Space)
        wait_until("live picture", lambda: at.model.shown is not None and at.model.shown.attempt is None)
        wait_until("coached while waiting", lambda: bool(at.view.taking.picture.lines))
        assert at.view.taking.leave.accessibleName() == "停止等待"
        QTest.keyClick(at.view.taking, Qt.Key.Key_Escape)
        assert at.model.work is Work.STOPPING
        at.settled()
        assert not at.refusals, "stopping is no error"
        assert at.enrolment == before
        at.press()
        assert at.enrolment.step().ask is Ask.DONE


def test_a_driver_that_dies_in_the_press_is_told_and_the_next_press_works(
    application: QApplication, tmp_path: Path
) -> None:
    with worker(tmp_path, planned(2, "crash")) as seat, window(tmp_path, seat) as at:
        at.begin()
        at.press()
        before = at.enrolment
        live: list[bool] = []
        at.bench.refused.connect(lambda _: live.append(at.view.taking.next.isEnabled()))
        at.press()
        assert [e.code for e in at.refusals] == ["DEV-106"]
        assert live == [False], "not offered before the driver is back"
        assert at.enrolment == before
        assert at.view.taking.asked.text() == "请按：左手拇指"
        at.press()
        assert at.enrolment.step().ask is Ask.DONE


def test_nobody_comes_and_the_officer_is_told_why_it_ended(application: QApplication, tmp_path: Path) -> None:
    with window(tmp_path, NearSeat(planned(1, "missing")), timeout=3) as at:
        at.begin()
        at.press()
        assert [e.code for e in at.refusals] == ["FNG-101"]
        assert at.enrolment.attempts == ()
        at.press()
        assert len(at.enrolment.taken()) == 1


def test_an_injured_finger_needs_a_reason_and_another_officer(application: QApplication, tmp_path: Path) -> None:
    with window(tmp_path) as at:
        at.begin()
        page = at.view.taking
        QTest.keyClick(page, Qt.Key.Key_F3)
        assert page.panel.isVisible()
        assert not page.next.isEnabled(), "while somebody types, Space is a space"
        at.explain("")
        assert at.refusals.pop().code == "FNG-202"
        at.explain("injured", account="zhang")
        assert at.refusals.pop().code == "FNG-203"
        at.explain("injured", password="Wrong-2026")
        assert at.refusals.pop().code == "AUT-101"
        assert page.panel.isVisible()
        assert page.panel.reason.currentData() == "injured", "what was filled in stays"
        assert page.panel.password.text() == ""
        at.explain("injured")
        assert page.panel.isHidden()
        assert page.asked.text() == "请按：右手食指"
        assert finger_stands(at.enrolment)[Finger.RIGHT_THUMB] is FingerStand.NOT_TAKEN
        assert page.panel.account.text() == "", "the second officer's account does not stay in the field"
        exception = at.enrolment.exceptions[0]
        assert (exception.officer, exception.second_officer) == ("zhang", "li")


def test_esc_closes_the_panel_before_it_leaves_the_person(application: QApplication, tmp_path: Path) -> None:
    with window(tmp_path) as at:
        at.begin()
        QTest.keyClick(at.view.taking, Qt.Key.Key_F3)
        QTest.keyClick(at.view.taking.panel.account, Qt.Key.Key_Escape)
        assert at.view.taking.panel.isHidden()
        assert at.model.enrolment is not None


def test_when_the_tries_are_used_up_two_officers_take_the_best_one(application: QApplication, tmp_path: Path) -> None:
    with window(tmp_path, NearSeat(planned(1, "dry"), planned(2, "light"))) as at:
        at.begin()
        at.press()
        at.press()
        page = at.view.taking
        assert at.enrolment.step().ask is Ask.DECIDE
        assert page.next.accessibleName() == "用最好的一枚……"
        QTest.keyClick(page, Qt.Key.Key_Space)
        assert page.panel.isVisible()
        best = at.enrolment.step().best
        assert best is not None
        assert str(best.score) in page.panel.title.text()
        at.explain("skin")
        assert [a.id for a in at.enrolment.taken()] == [best.id]
        assert finger_stands(at.enrolment)[Finger.RIGHT_THUMB] is FingerStand.ACCEPTED
        assert page.asked.text() == "请按：左手拇指"


def test_a_finger_of_the_other_hand_is_pointed_out_and_is_no_try(application: QApplication, tmp_path: Path) -> None:
    with window(tmp_path, NearSeat(planned(2, "same-finger"))) as at:
        at.begin()
        at.press()
        at.press()
        page = at.view.taking
        assert page.picture.lines[0] == "这好像是另一只手的右手拇指，请换手，按左手拇指。"
        assert "第 1 次，共 2 次" in page.count.text()
        assert "不计次数" in page.tries.item(0).text()


def test_an_enrolment_left_open_is_taken_up_where_it_stood_or_given_up(application: QApplication, tmp_path: Path) -> None:
    with window(tmp_path) as at:
        at.begin()
        at.press()
        before = at.enrolment
        QTest.keyClick(at.view.taking, Qt.Key.Key_Escape)
        assert at.model.enrolment is None
        at.settled()

        def button(word: str) -> QPushButton:
            rows = cast("list[QPushButton]", at.view.who.open_enrolments.findChildren(QPushButton))
            return next(b for b in rows if b.text() == word and b.isVisible())

        button("恢复").click()
        at.settled()
        assert at.enrolment == before
        assert at.view.taking.asked.text() == "请按：左手拇指"
        assert at.view.taking.picture.has_image(), "the last press is shown again"
        QTest.keyClick(at.view.taking, Qt.Key.Key_Escape)
        at.settled()
        button("放弃").click()
        at.settled()
        assert at.bench.desk.fingers.resume() == ()


def test_no_finger_at_all_ends_with_reasons_and_nothing_to_export(application: QApplication, tmp_path: Path) -> None:
    with window(tmp_path) as at:
        at.begin()
        while at.enrolment.step().ask is not Ask.DONE:
            QTest.keyClick(at.view.taking, Qt.Key.Key_F3)
            at.explain("missing")
        page = at.view.finished
        assert [s.outcome for s in at.model.slots()] == [FingerOutcome.NOT_TAKEN] * 2
        assert len(page.cards) == 2
        assert all("缺指" in card.accessibleName() and "li" in card.accessibleName() for card in page.cards)
        assert not page.raw.isEnabled()
        assert not page.wsq.isVisible()


def test_a_wrong_number_is_refused_in_words_and_stays_as_typed(application: QApplication, tmp_path: Path) -> None:
    with window(tmp_path) as at:
        at.view.who.name.setText(PERSON.name)
        at.view.who.number.setText("123")
        at.view.begin.click()
        assert [e.code for e in at.refusals] == ["PER-101"]
        assert at.view.who.number.text() == "123"


def test_somebody_read_from_a_card_is_filled_in_unless_another_person_is_at_the_scanner(
    application: QApplication, tmp_path: Path
) -> None:
    with window(tmp_path) as at:
        assert at.view.take(PERSON)
        assert at.view.who.number.text() == PERSON.id_number
        at.view.begin.click()
        wait_until("begun", lambda: at.model.enrolment is not None)
        assert not at.view.take(replace(PERSON, name="别人"))
        assert at.enrolment.applicant == PERSON


def test_a_scanner_that_is_not_there_says_so_where_the_picture_would_be(application: QApplication, tmp_path: Path) -> None:
    with worker(tmp_path, address="livescan:/no/such/library.so") as seat, window(tmp_path, seat) as at:
        at.begin()
        wait_until("told", lambda: at.model.standing is not None and at.model.standing.error is not None)
        at.model.look()
        assert not at.view.taking.next.isEnabled()
        assert at.view.taking.picture.sentence.count("\n") == 1, "what happened, and what to do"


def test_wsq_is_offered_where_the_encoder_is_installed(
    application: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("wsq")
    with window(tmp_path) as at:
        at.begin()
        at.press()
        at.press()
        target = tmp_path / "record.fir"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
        QTest.keyClick(at.view.finished, Qt.Key.Key_F9)
        at.settled()
        assert read_record(target.read_bytes()).compression is Compression.WSQ


def test_a_disk_that_refuses_the_record_is_told_and_nothing_is_lost(
    application: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with window(tmp_path) as at:
        at.begin()
        at.press()
        at.press()
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "such" / "place.fir"), ""))
        at.view.finished.raw.click()
        at.settled()
        assert at.refusals[0].code.startswith("STO-")
        assert at.view.finished.isVisible()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_each_finger_differs_by_more_than_its_colour(language: str, application: QApplication, tmp_path: Path) -> None:
    with window(tmp_path, language=language) as at:
        at.begin()
        at.press()
        QTest.keyClick(at.view.taking, Qt.Key.Key_F3)
        at.explain("worn")
        hands = at.view.taking.hands
        drawn = hands.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        hands.show_stands(dict.fromkeys(Finger, FingerStand.OPEN))
        plain = hands.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        assert drawn != plain, "seen without colour, too"
        said = at.view.taking.legend.text()
        words = {"zh_CN": ("现在采这枚", "已采", "注册失败"), "en": ("this one now", "taken", "failed")}
        assert all(word in said for word in words[language])


def test_signing_out_in_mid_press_leaves_no_trace_in_the_window(application: QApplication, tmp_path: Path) -> None:
    with window(tmp_path, NearSeat(planned(1, "missing"))) as at:
        at.begin()
        wait_until("scanner", at.view.taking.next.isEnabled)
        QTest.keyClick(at.view.taking, Qt.Key.Key_Space)
        wait_until("live picture", lambda: at.model.shown is not None)
        at.bench.desk_closed.emit()
        assert at.model.enrolment is None
        assert at.model.shown is None
        wait_until("the press has ended", lambda: not at.bench.tasks.busy)
        assert not at.refusals


def test_a_newcomer_in_training_mode_can_try_all_of_it(application: QApplication, tmp_path: Path) -> None:
    theme = Theme.load("light")
    with training_gate(tmp_path) as (gate, settings, around, _):
        assert around.fingerprint_address.startswith("sim:finger"), "nothing has to be set up"
        bench = Bench(gate, settings, "zh_CN", theme, TRAINEE, SECOND)
        main = MainWindow(bench)
        try:
            main.show()
            main.activateWindow()
            assert QTest.qWaitForWindowActive(main, 5000)
            main.sign_in.button.click()
            wait_until("sign in", lambda: bool(main.screens))
            both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            QTest.keyClick(main, Qt.Key.Key_1, both)
            wait_until("fingers", lambda: main.shown == FINGERS)
            view = cast(FingersView, main.screens[FINGERS])
            assert view.isVisible()
            at = Window(bench, view)
            at.settled()
            at.begin()
            at.press()
            assert len(at.enrolment.taken()) == 1
            at.press()
            assert any("手指太干" in line for line in view.taking.picture.lines), "a newcomer meets faults, too"
            QTest.keyClick(view.taking, Qt.Key.Key_F3)
            hint = [label.text() for label in cast("list[QLabel]", view.taking.panel.findChildren(QLabel))]
            assert any(SECOND[0] in words and SECOND[1] in words for words in hint)
            at.explain("skin", account=SECOND[0], password=SECOND[1])
            assert view.taking.asked.text() == "请按：左手食指"
            assert not at.refusals
        finally:
            main.close()
            bench.shut()

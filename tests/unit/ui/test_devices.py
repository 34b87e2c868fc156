"""The device panel in the officer's hands: every state in words, the way out beside it, a check signed or refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication

from app.config.clock import SystemClock
from app.config.settings import Settings
from app.config.texts import Coded
from app.desk.device_kinds import every_kind
from app.desk.device_room import DeviceRoom
from app.desk.diagnosis import Diagnosis
from app.desk.finder import Candidate, FinderDesk, Finding, Trial
from app.desk.place import DeskPlace
from app.desk.setting_changes import SettingDesk
from app.desk.shift import ShiftDesk
from app.desk.terminal import TerminalDesk
from app.domain.records import Officer, Role
from app.security.signing import SigningKeys, sign
from app.ui.application import dress
from app.ui.bench import Bench
from app.ui.rehearsal import wait_until
from app.ui.screens.devices.view import DevicesView
from app.ui.screens.settings.view import SettingsView
from app.ui.theme import Theme
from devices.ports.errors import BadAddress, DeviceAbsent, DeviceSilent
from devices.ports.standing import DeviceState
from devices.seen import network_address
from helpers.rosters import Posed, every_state, failed, posed_roster, ready
from helpers.stores import new_store

SEEN = (Candidate("printer", "escpos:/dev/usb/lp0", "lp0"), Candidate("camera", "gphoto:usb", "D750"))


def opening(candidate: Candidate) -> Trial:
    if candidate.address.endswith("lp0"):
        return Trial(candidate, True, "TM-T88V")
    return Trial(candidate, False, "", DeviceAbsent(candidate.address))


@contextmanager
def bench(root: Path, posed: dict[str, Posed], language: str = "zh_CN") -> Iterator[tuple[Bench, Settings]]:
    theme = Theme.load("light")
    dress(cast(QApplication, QApplication.instance()), language, theme)
    store, key, folder = new_store(root)
    settings, clock = Settings.load(folder.settings), SystemClock()
    roster = posed_roster(posed)
    keys = SigningKeys(folder.root)
    place = DeskPlace(Officer("zhang", "张测试", Role.OPERATOR), False, language, settings, tuple)
    terminal = TerminalDesk(roster, settings, folder.root, clock)
    room = DeviceRoom(
        roster,
        ShiftDesk(store, place, lambda text: sign(keys.own(key), text), clock),
        terminal,
        Diagnosis(roster, terminal, settings, list, clock),
        FinderDesk(
            every_kind(),
            roster,
            settings,
            Finding(lambda: SEEN, lambda kind, host: Candidate(kind, network_address(kind, host), host), opening),
        ),
    )
    made = Bench(cast(Any, None), settings, language, theme)
    made.opened = cast(
        Any,
        SimpleNamespace(devices=room, camera=None, officer=place.officer, setting_desk=SettingDesk(place, store.audit)),
    )
    try:
        yield made, settings
    finally:
        made.opened = None
        made.shut()
        store.close()
        dress(cast(QApplication, QApplication.instance()), "zh_CN", theme)


def shown(view: DevicesView) -> DevicesView:
    view.resize(1200, 640)
    view.show()
    view.enter()
    return view


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_state_is_a_word_of_its_own_and_no_colour_stands_alone(
    language: str, application: QApplication, tmp_path: Path
) -> None:
    with bench(tmp_path, every_state(), language) as (made, _):
        view = shown(DevicesView(made))
        lines = [view.list.item(number) for number in range(view.list.count())]
        assert len(lines) == len(every_kind())
        words = {line.text().split("\n")[1] for line in lines}
        assert len(words) == len(lines), "each of the nine kinds stands differently, in words"
        assert all(not line.icon().isNull() for line in lines)
        view.close()


def test_a_fault_that_stays_says_why_what_to_do_and_offers_another_try_now(
    application: QApplication, tmp_path: Path
) -> None:
    posed = {"scanner": failed(DeviceState.FAULT, DeviceSilent("open"), lasting=True, restarts=7)}
    with bench(tmp_path, posed, "en") as (made, _):
        view = shown(DevicesView(made))
        view.choose("scanner")
        assert view.detail.state.text() == "Fault that stays"
        assert "did not answer in time" in view.detail.cause.text()
        assert view.detail.next.text()
        assert view.detail.code.text() == "DEV-105"
        assert view.reconnect.accessibleName() == "Try now"
        view.reconnect.click()
        wait_until("tried", lambda: not view.model.testing)
        assert posed["scanner"].tried == 1
        view.close()


def test_an_unconfigured_device_can_neither_be_tested_nor_connected(application: QApplication, tmp_path: Path) -> None:
    with bench(tmp_path, {"card_reader": ready()}) as (made, _):
        view = shown(DevicesView(made))
        view.choose("signature_pad")
        assert not view.test.isEnabled()
        assert not view.reconnect.isEnabled()
        view.choose("card_reader")
        view.test.click()
        wait_until("tested", lambda: not view.model.testing)
        row = view.model.row("card_reader")
        assert row is not None
        assert row.test is not None
        assert row.test.result.passed
        view.close()


def test_the_panel_stops_looking_when_nobody_looks(application: QApplication, tmp_path: Path) -> None:
    with bench(tmp_path, {"card_reader": ready()}) as (made, _):
        view = shown(DevicesView(made))
        assert view.model._timer.isActive()
        view.hide()
        assert not view.model._timer.isActive()
        view.close()


def test_a_shift_check_is_due_refused_while_incomplete_and_then_signed(application: QApplication, tmp_path: Path) -> None:
    with bench(tmp_path, every_state()) as (made, _):
        refusals: list[Coded] = []
        made.refused.connect(refusals.append)
        view = shown(DevicesView(made))
        wait_until("asked", lambda: view.model.due)
        view.show_shift()
        view.shift.lines[0].bad.click()
        view.shift.lines[0].note.setText("插座松动，已报修")
        view.shift.sign.click()
        wait_until("refused", lambda: bool(refusals))
        assert refusals[0].code == "CHK-101"
        assert view.shift.lines[0].note.text() == "插座松动，已报修", "what was filled in is still there"
        view.shift.all_good.click()
        assert view.shift.lines[0].bad.isChecked(), "“all good” does not take a fault back"
        view.shift.sign.click()
        wait_until("signed", lambda: view.model.last_check is not None)
        last = view.model.last_check
        assert last is not None
        assert last.officer == "zhang"
        assert not last.all_good
        wait_until("no more due", lambda: not view.model.due)
        assert view.shift.lines[0].answer() is None, "the next check begins empty"
        view.close()


def test_a_found_device_is_tried_and_put_into_the_settings(application: QApplication, tmp_path: Path) -> None:
    with bench(tmp_path, {}) as (made, settings):
        view = SettingsView(made)
        view.resize(1200, 640)
        view.show()
        view.show_find()
        panel = view.finding
        panel.kind.setCurrentIndex(panel.kind.findData("printer"))
        panel.look()
        wait_until("found", lambda: (c := panel.chosen()) is not None and c.kind == "printer")
        panel.test.click()
        wait_until("tried", lambda: "TM-T88V" in panel.said.text())
        panel.use.click()
        wait_until("written", lambda: settings.text("printer.address") == "escpos:/dev/usb/lp0")
        wait_until("shown", lambda: not made.tasks.busy)
        field = view.fields["printer.address"]
        assert field.property("text") == "escpos:/dev/usb/lp0"
        view.close()


def test_a_typed_address_is_added_or_refused_in_words(application: QApplication, tmp_path: Path) -> None:
    with bench(tmp_path, {}) as (made, settings):
        view = SettingsView(made)
        view.show()
        panel = view.finding
        panel.kind.setCurrentIndex(panel.kind.findData("printer"))
        panel.host.setText("300.1.1.1")
        panel.add.click()
        wait_until("refused", lambda: BadAddress.code in panel.said.text())
        panel.host.setText("192.0.2.20")
        panel.add.click()
        wait_until("added", lambda: panel.chosen() is not None)
        panel.test.click()
        wait_until("tried", lambda: DeviceAbsent.code in panel.said.text())
        assert settings.text("printer.address") == ""
        view.close()

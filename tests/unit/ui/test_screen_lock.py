"""锁屏: nothing can be seen or done until the officer has proved herself, and then everything is as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.config.settings import Settings
from app.desk.desk import Desk
from app.desk.desk_lock import DeskLock
from app.desk.gate import Gate
from app.domain.audit import AuditQuery
from app.domain.records import Officer, Role
from app.ui.bench import Bench
from app.ui.rehearsal import wait_until
from app.ui.screen_lock import ScreenLock
from app.ui.theme import Theme
from helpers.doors import WRONG, Place
from helpers.stores import PASSWORD


class Room:
    """A window with a name typed into it and a key of its own, at the desk of zhang."""

    def __init__(self, root: Path, idle_s: float) -> None:
        self.place = Place(root)
        officer = Officer("zhang", "张某", Role.OPERATOR)
        lock = DeskLock(self.place.door, self.place.store, officer, idle_s)
        self.bench = Bench(cast("Gate", None), Settings.of({}), "zh_CN", Theme.load("light"))
        self.window = QWidget()
        self.window.resize(800, 600)
        self.typed = QLineEdit("欧阳", self.window)
        QVBoxLayout(self.window).addWidget(self.typed)
        self.pressed = 0
        QShortcut(QKeySequence("Ctrl+1"), self.window).activated.connect(self._press)
        self.lock = ScreenLock(self.bench, self.window)
        self.window.show()
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window, 5000)
        self.bench.opened = cast("Desk", SimpleNamespace(lock=lock, officer=officer))
        self.bench.desk_opened.emit()

    def _press(self) -> None:
        self.pressed += 1

    def answer(self, password: str) -> None:
        self.lock.password.setText(password)
        QTest.keyClick(self.lock.password, Qt.Key.Key_Return)
        self.settle()

    def settle(self) -> None:
        for _ in range(3):
            wait_until("an answer", lambda: not self.bench.tasks.busy, 20)
            QApplication.processEvents()

    def end(self) -> None:
        self.bench.tasks.stop()
        self.bench.opened = None
        self.bench.desk_closed.emit()
        self.place.store.close()
        self.window.close()


@pytest.fixture
def room(application: QApplication, tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path / "data", 0)
    yield made
    made.end()


def test_ctrl_l_covers_everything_and_no_key_reaches_the_work(room: Room) -> None:
    QTest.keyClick(room.window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert room.pressed == 1
    QTest.keyClick(room.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    room.settle()
    assert room.lock.isVisible()
    assert room.lock.geometry() == room.window.rect()
    assert room.window.childAt(room.typed.geometry().center()) is not room.typed
    QTest.keyClick(room.window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert room.pressed == 1


def test_the_officer_s_password_alone_opens_it_and_the_work_is_as_it_was(room: Room) -> None:
    room.lock.cover()
    room.answer(WRONG)
    assert room.lock.isVisible()
    assert room.lock.banner.code == "AUT-101"
    room.answer(PASSWORD)
    assert room.lock.isHidden()
    assert room.typed.text() == "欧阳"
    assert room.lock.password.text() == ""
    QTest.keyClick(room.window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert room.pressed == 1
    events = [(e.event, e.result) for e in reversed(room.place.store.audit.find(AuditQuery()))]
    assert events == [("screen-locked", "ok"), ("screen-unlocked", "AUT-101"), ("screen-unlocked", "ok")]


def test_wrong_passwords_count_as_at_the_door(room: Room) -> None:
    room.lock.cover()
    for _ in range(3):
        room.answer(WRONG)
    room.answer(PASSWORD)
    assert room.lock.banner.code == "AUT-105"
    assert room.lock.isVisible()


def test_signing_out_uncovers_the_door(room: Room) -> None:
    room.lock.cover()
    room.settle()
    room.bench.opened = None
    room.bench.desk_closed.emit()
    assert room.lock.isHidden()


def test_nobody_s_hand_for_a_while_locks_it_and_a_hand_puts_it_off(application: QApplication, tmp_path: Path) -> None:
    room = Room(tmp_path / "data", 1.0)
    try:
        for step in range(8):
            QTest.qWait(250)
            QTest.mouseMove(room.window.windowHandle(), QPoint(10 + step, 10))
        assert room.lock.isHidden(), "two seconds of work"
        wait_until("locked", room.lock.isVisible, 10)
    finally:
        room.settle()
        room.end()


def test_training_mode_never_locks(application: QApplication, tmp_path: Path) -> None:
    room = Room(tmp_path / "data", 0)
    try:
        room.bench.trainee = ("training", PASSWORD)
        room.lock.cover()
        room.settle()
        assert room.lock.isHidden()
    finally:
        room.end()

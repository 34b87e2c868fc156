"""The door as a window: a password that must be changed is changed there, and the officer is in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.config.clock import SystemClock
from app.config.settings import Settings
from app.desk.accounts import Accounts
from app.desk.desk import Desk
from app.desk.gate import Gate
from app.domain.records import Officer, Role
from app.security.keyring import DataKey
from app.security.one_time import STEP_S, one_time_code, read_secret
from app.store.store import Store
from app.ui.bench import Bench
from app.ui.rehearsal import wait_until
from app.ui.screens.sign_in.view import SignInView
from app.ui.theme import Theme
from helpers.stores import CHEAP, new_store

GIVEN, OWN = "Given-Word-1", "Own-Word-2"


class Door:
    """The sign-in screen of a workstation where Li was given a password."""

    def __init__(self, root: Path, **security: bool) -> None:
        store, key, self.folder = new_store(root)
        settings = Settings.of({f"security.{name}": value for name, value in security.items()})
        accounts = Accounts(self.folder, settings, SystemClock(), store, key, CHEAP)
        accounts.add(Officer("lihua", "李某", Role.OPERATOR), GIVEN)
        store.close()
        self.entered: list[str] = []
        gate = Gate(self.folder, settings, SystemClock(), self._furnish)
        self.bench = Bench(gate, settings, "zh_CN", Theme.load("light"))
        self.view = SignInView(self.bench)
        self.view.show()

    def _furnish(self, officer: Officer, store: Store, key: DataKey) -> Desk:
        assert isinstance(key, DataKey)
        self.entered.append(officer.account)
        store.close()
        camera = SimpleNamespace(watch=lambda _: None, unwatch=lambda _: None)
        return cast("Desk", SimpleNamespace(camera=camera))

    def prove(self, code: str) -> None:
        self.view.code.setText(code)
        QTest.keyClick(self.view.code, Qt.Key.Key_Return)
        self.settle()

    def settle(self) -> None:
        for _ in range(3):
            wait_until("an answer", lambda: not self.bench.tasks.busy, 20)
            QApplication.processEvents()

    def enter(self, *words: str) -> None:
        for field, word in zip(
            (self.view.account, self.view.password, self.view.new, self.view.again), words, strict=False
        ):
            field.setText(word)
        QTest.keyClick(self.view.password if len(words) == 2 else self.view.again, Qt.Key.Key_Return)
        self.settle()


@pytest.fixture
def door(application: QApplication, tmp_path: Path) -> Iterator[Door]:
    made = Door(tmp_path / "data")
    yield made
    made.bench.tasks.stop()
    made.bench.opened = None


def test_a_given_password_is_changed_at_the_door(door: Door) -> None:
    assert door.view.new.isHidden()
    door.enter("lihua", GIVEN)
    assert door.view.banner.code == "AUT-106"
    assert not door.view.new.isHidden()
    door.enter("lihua", GIVEN, OWN, "Own-Word-3")
    assert (door.view.banner.code, door.entered) == ("AUT-115", [])
    door.enter("lihua", GIVEN, OWN, OWN)
    assert door.entered == ["lihua"]
    door.view.clear()
    assert door.view.new.isHidden()
    assert not any(field.text() for field in (door.view.password, door.view.new, door.view.again))


def test_too_many_wrong_ones_are_told_with_the_time_to_wait(door: Door) -> None:
    for _ in range(3):
        door.enter("lihua", "Wrong-2026")
        assert door.view.banner.code == "AUT-101"
    door.enter("lihua", GIVEN)
    assert door.view.banner.code == "AUT-105"


def test_a_token_is_set_up_at_the_door_and_asked_for_from_then_on(application: QApplication, tmp_path: Path) -> None:
    door = Door(tmp_path / "data", second_factor=True)
    try:
        door.enter("lihua", GIVEN)
        door.enter("lihua", GIVEN, OWN, OWN)
        assert door.view.banner.code == "AUT-109"
        secret = read_secret(door.view.secret.text().replace(" ", ""))
        assert not door.view.token.pixmap().isNull()
        door.prove(one_time_code(secret, int(SystemClock().now().timestamp()) // STEP_S))
        assert door.entered == ["lihua"]
        door.view.clear()
        assert not door.view.secret.text()
        assert door.view.code.isHidden()
        door.enter("lihua", OWN)
        assert door.view.banner.code == "AUT-107"
        assert not door.view.code.isHidden()
        door.prove("000000")
        assert (door.view.banner.code, door.entered) == ("AUT-108", ["lihua"])
    finally:
        door.bench.tasks.stop()
        door.bench.opened = None

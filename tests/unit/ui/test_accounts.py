"""账号 in its window: made, given a role and rights, shut and opened again; what may not be done is said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.config.texts import Coded
from app.desk.desk import Desk
from app.desk.gate import Gate
from app.desk.permissions import PermissionDesk
from app.domain.records import Officer, Role
from app.domain.rights import Right, Room
from app.security.signing import SigningKeys
from app.ui.bench import Bench
from app.ui.rehearsal import wait_until
from app.ui.screens.accounts.view import AccountsView
from app.ui.theme import Theme
from helpers.doors import Place


@dataclass
class Seat:
    view: AccountsView
    place: Place
    refusals: list[str]

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.view, key)
        wait_until("done", lambda: not self.view.model.busy and not self.view._bench.tasks.busy, 30)

    def rows(self) -> list[list[str]]:
        table = self.view.table
        return [[table.item(row, column).text() for column in range(4)] for row in range(table.rowCount())]

    def write(self, account: str, name: str, password: str, role: Role) -> None:
        self.view.account.setText(account)
        self.view.name.setText(name)
        self.view.password.setText(password)
        self.view.role.setCurrentIndex(self.view.role.findData(role))


@contextmanager
def seated(folder: Path, role: Role) -> Iterator[Seat]:
    place = Place(folder)
    place.store.put_account(Officer("an", "安某", role), enabled=True)
    place.store.audit.sit("an", lambda: "T0001")
    own = SigningKeys(place.folder.root).own(place.key)
    permissions = PermissionDesk(place.store, lambda: own)
    table = permissions.table()
    place.store.audit.guard(lambda room, right: table.allows(role, room, right))
    bench = Bench(cast("Gate", None), place.settings, "zh_CN", Theme.load("light"))
    bench.opened = cast("Desk", SimpleNamespace(accounts=place.accounts, permissions=permissions))
    seat = Seat(AccountsView(bench), place, [])

    def refused(error: Coded) -> None:
        seat.refusals.append(error.code)

    bench.refused.connect(refused)
    seat.view.resize(1240, 640)
    seat.view.show()
    seat.view.activateWindow()
    assert QTest.qWaitForWindowActive(seat.view, 5000)
    seat.view.enter()
    wait_until("listed", lambda: not bench.tasks.busy, 30)
    try:
        yield seat
    finally:
        seat.view.close()
        bench.tasks.stop()
        bench.opened = None
        place.store.close()


def test_an_account_is_made_given_a_role_shut_and_opened_again(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path / "data", Role.SECURITY) as seat:
        assert seat.rows() == [["an", "安某", "安全管理员", "启用"], ["zhang", "张某", "系统管理员", "启用"]]
        seat.write("lihua", "李某", "Given-Word-1", Role.NONE)
        seat.press(Qt.Key.Key_F3)
        assert seat.rows()[1] == ["lihua", "李某", "未授角色", "启用"]
        assert seat.view.password.text() == "", "no password stays in the window"
        assert "首次登录" in seat.view.told.text()
        seat.write("lihua", "李某", "", Role.OFFICER)
        seat.press(Qt.Key.Key_F6)
        assert seat.rows()[1][2] == "窗口民警"
        seat.press(Qt.Key.Key_F8)
        assert seat.rows()[1][3] == "已停用"
        assert "启用" in seat.view.shut.text()
        seat.view.password.setText("Other-Word-2")
        seat.press(Qt.Key.Key_F8)
        assert seat.rows()[1][3] == "启用"
        assert seat.refusals == []


def test_a_weak_password_and_one_s_own_role_are_refused_in_words(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path / "data", Role.SECURITY) as seat:
        seat.write("lihua", "李某", "short", Role.NONE)
        seat.press(Qt.Key.Key_F3)
        seat.write("an", "安某", "", Role.OFFICER)
        seat.press(Qt.Key.Key_F6)
        assert seat.refusals == ["AUT-110", "AUT-128"]


def test_rights_are_granted_by_cell_signed_and_never_against_the_separation(
    application: QApplication, tmp_path: Path
) -> None:
    with seated(tmp_path / "data", Role.SECURITY) as seat:
        view = seat.view
        officer = view.of_role.findData(Role.OFFICER)
        archive = view.of_room.findData(Room.ARCHIVE)
        view.rights.setCurrentCell(officer, archive + 1)
        assert [box.isChecked() for box in view.boxes.values()] == [False, False, False]
        view.boxes[Right.READ].setChecked(True)
        seat.press(Qt.Key.Key_F10)
        assert view.rights.item(officer, archive + 1).text() == "读"
        assert seat.place.store.permissions.last() is not None
        view.rights.setCurrentCell(view.of_role.findData(Role.ADMINISTRATOR), view.of_room.findData(Room.CASES) + 1)
        view.boxes[Right.READ].setChecked(True)
        seat.press(Qt.Key.Key_F10)
        assert seat.refusals == ["AUT-127"]


@pytest.mark.parametrize("key", [Qt.Key.Key_F6, Qt.Key.Key_F10])
def test_the_system_administrator_grants_nothing_where_there_is_a_security_administrator(
    application: QApplication, tmp_path: Path, key: Qt.Key
) -> None:
    with seated(tmp_path / "data", Role.ADMINISTRATOR) as seat:
        seat.place.store.put_account(Officer("bao", "包某", Role.SECURITY), enabled=True)
        seat.write("zhang", "张某", "", Role.OFFICER)
        seat.press(key)
        assert seat.refusals == ["AUT-129"]


def test_signing_out_leaves_nothing_in_the_window(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path / "data", Role.SECURITY) as seat:
        seat.write("lihua", "李某", "Given-Word-1", Role.NONE)
        seat.view._bench.desk_closed.emit()
        assert (seat.view.account.text(), seat.view.password.text(), seat.rows()) == ("", "", [])

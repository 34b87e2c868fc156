"""Accounts of a real workstation through its door: each finds its own rooms, and the services refuse the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.bootstrap.assemble import Surroundings, build_gate
from app.config.places import DataFolder
from app.config.settings import Settings
from app.desk.accounts import Accounts
from app.desk.desk import Desk
from app.desk.door import Proof
from app.desk.gate import Gate
from app.domain.archive_batch import BatchProfile
from app.domain.archive_query import FileQuery
from app.domain.errors import NotAllowed
from app.domain.records import HistoryQuery, Officer, Role
from app.domain.rights import Right, Room
from app.security import machine
from app.security.keyring import unlock
from app.store.store import Store
from app.ui.screen_table import VIEWS, opens
from helpers.doors import Hands

ADMIN, GIVEN, OWN = "Station-2026", "Given-Word-1", "Own-Word-2"


class Workstation:
    def __init__(self, root: Path, **security: bool) -> None:
        self.folder = DataFolder(root / "data")
        self.settings = Settings.load(self.folder.settings)
        self.gate: Gate = build_gate(self.folder, self.settings, "zh_CN", Surroundings())
        self.gate.create_first_account("admin", "管理员", ADMIN)
        for name, value in security.items():
            self.settings.change(f"security.{name}", value)

    def hire(self, account: str, role: Role) -> None:
        key = unlock(self.folder.keyring, "admin", ADMIN)
        store = Store.open(self.folder, key, Hands())
        Accounts(self.folder, self.settings, Hands(), store, key).add(Officer(account, account, role), GIVEN)
        store.close()
        if role is not Role.NONE:
            self.gate.prove(account, GIVEN, Proof(new_password=OWN))

    @contextmanager
    def desk(self, account: str, password: str = OWN) -> Iterator[Desk]:
        desk = self.gate.sign_in(account, password)
        try:
            yield desk
        finally:
            desk.close()


def refusal(step: Callable[[], object]) -> str:
    try:
        step()
    except NotAllowed as refused:
        return refused.code
    return ""


@pytest.fixture
def workstation(tmp_path: Path) -> Workstation:
    return Workstation(tmp_path)


def test_the_system_administrator_keeps_the_station_and_sees_no_applicant(workstation: Workstation) -> None:
    with workstation.desk("admin", ADMIN) as desk:
        for step in (
            lambda: desk.archive.begin(BatchProfile("V", "files")),
            lambda: desk.archive_search.find(FileQuery()),
            lambda: desk.records.history(HistoryQuery()),
        ):
            assert refusal(step) == "AUT-120"
        assert desk.archive.open_batches() == (), "nothing was begun"
        assert refusal(lambda: desk.setting_desk.change("station.name", "示例派出所")) == ""
        shown = {name for name in ("photo", *VIEWS) if opens(desk.place, name)}
        assert shown == {"devices", "strategies", "standards", "settings", "accounts"}


def test_an_archivist_finds_the_archive_and_nothing_else_of_applicants(workstation: Workstation) -> None:
    workstation.hire("wang", Role.ARCHIVIST)
    with workstation.desk("wang") as desk:
        batch = desk.archive.begin(BatchProfile("V", "files"))
        assert desk.archive.open_batches() == (batch,)
        assert refusal(lambda: desk.records.history(HistoryQuery())) == "AUT-120"
        assert refusal(lambda: desk.accounts.disable("admin")) == "AUT-120"
        assert refusal(lambda: desk.setting_desk.change("security.second_factor", value=True)) == "AUT-120"
        shown = {name for name in ("photo", *VIEWS) if opens(desk.place, name)}
        assert shown == {"archive", "outbox", "printing", "devices", "settings"}


def test_an_account_without_a_role_stays_outside(workstation: Workstation) -> None:
    workstation.hire("new", Role.NONE)
    assert refusal(lambda: workstation.gate.prove("new", GIVEN, Proof(new_password=OWN))) == "AUT-124"


def test_a_table_tampered_with_keeps_everybody_out_until_it_is_put_right(workstation: Workstation) -> None:
    with workstation.desk("admin", ADMIN) as desk:
        desk.permissions.put(desk.permissions.table().with_rights(Role.OFFICER, Room.ARCHIVE, "r"))
    key = unlock(workstation.folder.keyring, "admin", ADMIN)
    store = Store.open(workstation.folder, key, Hands())
    assert store.permissions.last() is not None
    store.permissions._connection.execute("DELETE FROM permissions")
    store.permissions._connection.commit()
    store.close()
    assert refusal(lambda: workstation.gate.sign_in("admin", ADMIN)) == "AUT-122"


def test_an_account_bound_to_a_machine_opens_on_that_one_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workstation = Workstation(tmp_path, bind_machine=True)
    here, there = tmp_path / "here", tmp_path / "there"
    here.write_text("5a1b\n", "ascii")
    there.write_text("77c0\n", "ascii")
    monkeypatch.setattr(machine, "_LINUX", (here,))
    workstation.hire("li", Role.OPERATOR)
    with workstation.desk("li") as desk:
        assert desk.place.may(Room.PHOTO, Right.WRITE)
    monkeypatch.setattr(machine, "_LINUX", (there,))
    assert refusal(lambda: workstation.gate.sign_in("li", OWN)) == "AUT-125"
    with workstation.desk("admin", ADMIN) as desk:
        desk.accounts.let_go("li")
    with workstation.desk("li") as desk:
        assert desk.officer.account == "li"
    monkeypatch.setattr(machine, "_LINUX", (here,))
    assert refusal(lambda: workstation.gate.sign_in("li", OWN)) == "AUT-125"

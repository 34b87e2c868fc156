"""Rights in the services: every role against every access, a table that was tampered with, and who may grant what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.config.permissions import shipped_permissions
from app.desk.permissions import PermissionDesk, permissions_in_force
from app.domain.audit import OWN_ACTS, Access, AuditEvent, AuditQuery
from app.domain.errors import BadInput, NotAllowed
from app.domain.records import Officer, Role
from app.domain.rights import Right, Room
from app.security.signing import SigningKeys, new_signing_key, sign
from helpers.doors import Place

PASSWORD = "Given-Word-9"


class Station(Place):
    """zhang is the system administrator; an's the security administrator once there is one."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.own = SigningKeys(self.folder.root).own(self.key)
        self.permissions = PermissionDesk(self.store, lambda: self.own)

    def sit(self, account: str, role: Role) -> None:
        self.store.put_account(Officer(account, account, role), enabled=True)
        self.store.audit.sit(account, lambda: "T0001")
        table = permissions_in_force(self.store, self.own.public)
        self.store.audit.guard(lambda room, right: table.allows(role, room, right))

    def refused(self, step: Callable[[], object]) -> str:
        try:
            step()
        except (NotAllowed, BadInput) as refusal:
            return refusal.code
        return ""


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    station = Station(tmp_path / "data")
    yield station
    station.store.close()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.NONE])
def test_every_access_is_done_or_refused_as_the_table_says_and_a_refusal_stands_in_the_log(
    station: Station, role: Role
) -> None:
    station.sit("li", role)
    table = shipped_permissions()
    for event in AuditEvent:
        done: list[bool] = []

        def step(event: AuditEvent = event, done: list[bool] = done) -> None:
            with station.store.audit.doing(Access(event, "R1")):
                done.append(True)

        allowed = event in OWN_ACTS or table.allows(role, event.room, event.right)
        assert station.refused(step) == ("" if allowed else "AUT-120"), event
        assert bool(done) == allowed, f"{event}: refused before anything is done"
        last = station.store.audit.find(AuditQuery(limit=1))[0]
        assert (last.event, last.result, last.account) == (event.word, "ok" if allowed else "AUT-120", "li")
        assert station.refused(lambda event=event: station.store.audit.note(Access(event))) == (  # type: ignore[misc]
            "" if allowed else "AUT-120"
        )


def test_the_security_administrator_grants_and_the_others_do_not(station: Station) -> None:
    station.sit("an", Role.SECURITY)
    wider = shipped_permissions().with_rights(Role.ARCHIVIST, Room.PEOPLE, "rw")
    station.permissions.put(wider)
    assert permissions_in_force(station.store, station.own.public).letters(Role.ARCHIVIST, Room.PEOPLE) == "rw"
    for role, code in ((Role.ADMINISTRATOR, "AUT-129"), (Role.OFFICER, "AUT-120"), (Role.AUDITOR, "AUT-120")):
        station.sit(f"other-{role.value}", role)
        assert station.refused(lambda: station.permissions.put(shipped_permissions())) == code
    station.sit("an", Role.SECURITY)
    spoilt = shipped_permissions().with_rights(Role.ADMINISTRATOR, Room.CASES, "r")
    assert station.refused(lambda: station.permissions.put(spoilt)) == "AUT-127"
    assert permissions_in_force(station.store, station.own.public).letters(Role.ARCHIVIST, Room.PEOPLE) == "rw"


def _edited(station: Station, sql: str, *values: str) -> None:
    station.store.permissions._connection.execute(sql, values)
    station.store.permissions._connection.commit()


def _resigned(station: Station) -> None:
    """Whoever did it has a key of one's own."""
    text = shipped_permissions().with_rights(Role.OFFICER, Room.ARCHIVE, "rwx").to_text()
    signature = sign(new_signing_key(), text.encode())
    station.store.permissions.keep("an", text, signature.public, signature.value)


@pytest.mark.parametrize(
    "tamper",
    [
        lambda s: _edited(s, "UPDATE permissions SET document = replace(document, '\"rwx\"', '\"rw\"')"),
        lambda s: _edited(s, "UPDATE permissions SET signature = '00' || substr(signature, 3) WHERE id = 2"),
        lambda s: _edited(s, "DELETE FROM permissions WHERE id = 2"),
        lambda s: _edited(s, "DELETE FROM permissions"),
        lambda s: s.store.permissions.keep("an", *_first(s)),
        _resigned,
    ],
    ids=["edited", "signature", "taken back", "all gone", "an earlier one again", "another key"],
)
def test_a_table_that_was_tampered_with_opens_nothing(station: Station, tamper: Callable[[Station], None]) -> None:
    station.sit("an", Role.SECURITY)
    station.permissions.put(shipped_permissions().with_rights(Role.ARCHIVIST, Room.CASES, "rwx"))
    station.permissions.put(shipped_permissions().with_rights(Role.ARCHIVIST, Room.CASES, ""))
    tamper(station)
    assert station.refused(lambda: permissions_in_force(station.store, station.own.public)) == "AUT-122"
    station.permissions.restore_shipped()
    assert permissions_in_force(station.store, station.own.public).to_text() == shipped_permissions().to_text()


def _first(station: Station) -> tuple[str, str, str]:
    sql = "SELECT document, public, signature FROM permissions WHERE id = 1"
    row = station.store.permissions._connection.execute(sql).fetchone()
    return row[0], row[1], row[2]


def test_roles_are_granted_by_the_security_administrator_alone_once_there_is_one(station: Station) -> None:
    accounts = station.accounts
    station.sit("zhang", Role.ADMINISTRATOR)
    accounts.add(Officer("an", "安全员", Role.SECURITY), PASSWORD)
    assert station.refused(lambda: accounts.add(Officer("li", "李某", Role.OFFICER), PASSWORD)) == "AUT-129"
    accounts.add(Officer("li", "李某", Role.NONE), PASSWORD)
    assert station.refused(lambda: accounts.grant("li", Role.OFFICER)) == "AUT-129"
    station.sit("an", Role.SECURITY)
    accounts.grant("li", Role.OFFICER)
    assert station.refused(lambda: accounts.grant("an", Role.OFFICER)) == "AUT-128"
    assert {officer.account: officer.role for officer, _ in accounts.listed()} == {
        "zhang": Role.ADMINISTRATOR,
        "an": Role.SECURITY,
        "li": Role.OFFICER,
    }


def test_a_disabled_account_comes_back_with_a_new_password_that_must_be_changed(station: Station) -> None:
    accounts = station.accounts
    accounts.add(Officer("li", "李某", Role.OFFICER), PASSWORD)
    accounts.disable("li")
    assert station.try_(PASSWORD, "li") == "AUT-101"
    assert station.refused(lambda: accounts.enable("zhang", "Other-Word-7")) == "AUT-114", "it is enabled already"
    assert station.refused(lambda: accounts.enable("li", PASSWORD)) == "AUT-113"
    accounts.enable("li", "Other-Word-7")
    assert station.try_("Other-Word-7", "li") == "AUT-106"


def test_the_system_administrator_cannot_give_the_others_a_password_and_sign_in_with_it(station: Station) -> None:
    station.sit("zhang", Role.ADMINISTRATOR)
    station.accounts.add(Officer("shen", "审某", Role.AUDITOR), PASSWORD)
    station.accounts.add(Officer("an", "安某", Role.SECURITY), PASSWORD)
    for account in ("an", "shen"):
        assert station.refused(lambda account=account: station.accounts.reset(account, "Other-Word-7")) == "AUT-129"  # type: ignore[misc]
        station.accounts.disable(account)
        station.store.put_account(Officer("bao", "包某", Role.SECURITY), enabled=True)
        assert station.refused(lambda account=account: station.accounts.enable(account, "Other-Word-7")) == "AUT-129"  # type: ignore[misc]


def test_own_password_is_everybody_s_to_change(station: Station) -> None:
    station.accounts.add(Officer("li", "李某", Role.ARCHIVIST), PASSWORD)
    station.sit("li", Role.ARCHIVIST)
    station.accounts.own_password("li", "Other-Word-7")
    assert station.refused(lambda: station.accounts.own_password("li", PASSWORD)) == "AUT-113"
    assert station.refused(lambda: station.accounts.reset("li", "Third-Word-3")) == "AUT-120"


def test_an_account_s_rights_in_a_room_do_not_reach_beyond_it(station: Station) -> None:
    """读、写、导出 apart: what may be read may still not leave."""
    station.sit("an", Role.SECURITY)
    station.permissions.put(shipped_permissions().with_rights(Role.OFFICER, Room.CASES, "r"))
    station.sit("li", Role.OFFICER)
    with station.store.audit.doing(Access(AuditEvent.CASES_FOUND)):
        pass
    for event in (AuditEvent.CASE_ACCEPTED, AuditEvent.CASES_EXPORTED):
        assert station.refused(lambda event=event: station.store.audit.note(Access(event))) == "AUT-120"  # type: ignore[misc]
    assert {right for right in Right if shipped_permissions().allows(Role.OFFICER, Room.CASES, right)} == set(Right)

"""The table of rights: what each role may do as shipped, and what can never be granted."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config.permissions import shipped_permissions, training_permissions
from app.domain.errors import BadInput
from app.domain.permissions import PERSONAL, PermissionTable, permission_table, require_separated
from app.domain.records import Role
from app.domain.rights import Right, Room

WORKERS = (Role.OPERATOR, Role.OFFICER, Role.ARCHIVIST)
MANAGERS = (Role.ADMINISTRATOR, Role.SECURITY, Role.AUDITOR)
LETTERS = st.sets(st.sampled_from("rwx")).map(lambda letters: "".join(sorted(letters, key="rwx".index)))


def test_the_three_administrators_see_no_applicant_and_no_worker_sees_the_log() -> None:
    table = shipped_permissions()
    for right in Right:
        assert not [(role, room) for role in MANAGERS for room in PERSONAL if table.allows(role, room, right)]
        assert not [role for role in Role if role is not Role.AUDITOR and table.allows(role, Room.AUDIT, right)]
        assert not [room for room in Room if room is not Room.DOOR and table.allows(Role.NONE, room, right)]
    assert table.letters(Role.AUDITOR, Room.AUDIT) == "rx"
    assert [room for room in Room if table.letters(Role.AUDITOR, room)] == [Room.AUDIT]


def test_each_worker_has_the_work_of_the_role() -> None:
    table = shipped_permissions()
    assert {role: [room.value for room in PERSONAL_ORDER if "w" in table.letters(role, room)] for role in WORKERS} == {
        Role.OPERATOR: ["people", "photo", "fingers", "trail"],
        Role.OFFICER: ["people", "photo", "fingers", "cases", "fees"],
        Role.ARCHIVIST: ["archive"],
    }


PERSONAL_ORDER = tuple(room for room in Room if room in PERSONAL)


@pytest.mark.parametrize(
    ("role", "room", "letters"),
    [
        (Role.ADMINISTRATOR, Room.CASES, "r"),
        (Role.SECURITY, Room.PHOTO, "r"),
        (Role.AUDITOR, Room.CASES, "r"),
        (Role.AUDITOR, Room.AUDIT, "rw"),
        (Role.OFFICER, Room.AUDIT, "r"),
        (Role.NONE, Room.SETTINGS, "r"),
    ],
)
def test_what_would_put_work_and_administration_into_one_hand_is_never_granted(
    role: Role, room: Room, letters: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        require_separated(shipped_permissions().with_rights(role, room, letters))
    assert (refusal.value.code, refusal.value.params["where"]) == ("AUT-127", f"{role.value}.{room.value}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "version = 2",
        "version = 1\n[chief]\ncases = 'r'",
        "version = 1\n[officer]\nvault = 'r'",
        "version = 1\n[officer]\ncases = 'rr'",
        "version = 1\n[officer]\ncases = 'all'",
        "version = 1\n[officer]\ncases = 7",
        "version = 1\nofficer = 'rwx'",
    ],
)
def test_a_table_that_says_something_unknown_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as refusal:
        permission_table(tomllib.loads(text))
    assert refusal.value.code == "AUT-123"


@given(st.dictionaries(st.sampled_from(list(Role)), st.dictionaries(st.sampled_from(list(Room)), LETTERS)))
def test_what_is_written_is_read_again(grants: dict[Role, dict[Room, str]]) -> None:
    table = PermissionTable({})
    for role, rooms in grants.items():
        for room, letters in rooms.items():
            table = table.with_rights(role, room, letters)
    again = permission_table(tomllib.loads(table.to_text()))
    assert again.to_text() == table.to_text()
    assert all(again.letters(role, room) == table.letters(role, room) for role in Role for room in Room)


def test_training_tries_everything_but_the_audit_log() -> None:
    table = training_permissions()
    refused = [room for room in Room if not table.allows(Role.ADMINISTRATOR, room, Right.EXPORT)]
    assert refused == [Room.AUDIT]

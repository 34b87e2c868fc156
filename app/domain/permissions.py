"""Who may do what: for each role and room 读、写、导出 apart; and which roles must never be in one hand (三员分离)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.domain.errors import BadInput
from app.domain.records import Role
from app.domain.rights import Right, Room

_LETTERS = {"r": Right.READ, "w": Right.WRITE, "x": Right.EXPORT}
# Where applicants' data lie: what the three administrators never see.
PERSONAL = frozenset({Room.PEOPLE, Room.PHOTO, Room.FINGERS, Room.CASES, Room.TRAIL, Room.ARCHIVE, Room.FEES})
_FOR_THE_PROGRAM = Room.DOOR  # signing in and out is nobody's privilege


@dataclass(frozen=True)
class PermissionTable:
    """``grants``: role → room → rights. A role or room that is not named has none."""

    grants: Mapping[Role, Mapping[Room, frozenset[Right]]]

    def allows(self, role: Role, room: Room, right: Right) -> bool:
        """The one question every service asks."""
        return room is _FOR_THE_PROGRAM or right in self.grants.get(role, {}).get(room, frozenset())

    def letters(self, role: Role, room: Room) -> str:
        """``rwx`` as far as they are granted."""
        granted = self.grants.get(role, {}).get(room, frozenset())
        return "".join(letter for letter, right in _LETTERS.items() if right in granted)

    def with_rights(self, role: Role, room: Room, letters: str) -> PermissionTable:
        """The same with other rights of one role in one room. Raises BadInput AUT-123."""
        rooms = {**self.grants.get(role, {}), room: _rights(role, room, letters)}
        return PermissionTable({**self.grants, role: MappingProxyType(rooms)})

    def to_text(self) -> str:
        """TOML in one spelling: what is signed."""
        lines = ["version = 1"]
        for role in Role:
            named = [(room, self.letters(role, room)) for room in Room]
            lines += ["", f"[{role.value}]", *(f'{room.value} = "{letters}"' for room, letters in named if letters)]
        return "\n".join(lines) + "\n"


def permission_table(document: Mapping[str, object]) -> PermissionTable:
    """From a TOML document. Raises BadInput AUT-123 for anything that is no such table."""
    if document.get("version") != 1:
        raise BadInput("AUT-123", where="version")
    roles, rooms = {role.value: role for role in Role}, {room.value: room for room in Room}
    grants: dict[Role, Mapping[Room, frozenset[Right]]] = {}
    for name, row in document.items():
        if name == "version":
            continue
        if name not in roles or not isinstance(row, Mapping):
            raise BadInput("AUT-123", where=name)
        unknown = row.keys() - rooms.keys()
        if unknown:
            raise BadInput("AUT-123", where=f"{name}.{min(map(str, unknown))}")
        role = roles[name]
        grants[role] = MappingProxyType({rooms[room]: _rights(role, rooms[room], row[room]) for room in row})
    return PermissionTable(MappingProxyType(grants))


def _rights(role: Role, room: Room, letters: object) -> frozenset[Right]:
    if not isinstance(letters, str) or set(letters) - _LETTERS.keys() or len(set(letters)) != len(letters):
        raise BadInput("AUT-123", where=f"{role.value}.{room.value}")
    return frozenset(_LETTERS[letter] for letter in letters)


def require_separated(table: PermissionTable) -> PermissionTable:
    """三员分离: nobody works and audits, no administrator sees applicants' data, the auditor changes nothing.

    Raises BadInput AUT-127, naming role and room.
    """
    for role, rooms in table.grants.items():
        for room, rights in rooms.items():
            if rights and _mixed(role, room, rights):
                raise BadInput("AUT-127", where=f"{role.value}.{room.value}")
    return table


def _mixed(role: Role, room: Room, rights: frozenset[Right]) -> bool:
    if role is Role.NONE:
        return True
    if role is Role.AUDITOR:
        return room is not Room.AUDIT or Right.WRITE in rights
    if room is Room.AUDIT:
        return True
    return role in {Role.ADMINISTRATOR, Role.SECURITY} and room in PERSONAL

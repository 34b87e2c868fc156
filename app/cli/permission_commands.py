"""`permissions`: the table in force, changed and signed by the security administrator."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from app.bootstrap.opening import open_folder, opened_store
from app.cli.answers import Exit, emit, say
from app.cli.device_commands import settings_of
from app.cli.sending_commands import ask_password
from app.desk.permissions import PermissionDesk
from app.domain.records import Role
from app.domain.rights import Room
from app.security.signing import SigningKeys


@contextmanager
def _desk(options: argparse.Namespace) -> Iterator[PermissionDesk]:
    folder, _ = settings_of(options)
    with open_folder(folder), opened_store(folder, options, ask_password) as (store, key):
        yield PermissionDesk(store, lambda: SigningKeys(folder.root).own(key))


def show(options: argparse.Namespace) -> int:
    """The table in force, as it is signed."""
    with _desk(options) as desk:
        table = desk.table()
    if options.json:
        emit({role.value: {room.value: table.letters(role, room) for room in Room} for role in Role})
    else:
        say(table.to_text().rstrip())
    return Exit.SUCCESS


def change(options: argparse.Namespace) -> int:
    """In force from each account's next sign-in on."""
    with _desk(options) as desk:
        desk.put(desk.table().with_rights(Role(options.role), Room(options.room), options.rights))
    return Exit.SUCCESS


def restore(options: argparse.Namespace) -> int:
    """The shipped table, signed anew."""
    with _desk(options) as desk:
        desk.restore_shipped()
    return Exit.SUCCESS

"""`key`: the keys of this workstation, from their change to their end."""

from __future__ import annotations

import argparse

from app.bootstrap.keys import KeyHouse
from app.bootstrap.opening import open_folder, opened_store
from app.cli.answers import Exit, say
from app.cli.device_commands import settings_of
from app.cli.sending_commands import ask_password
from app.config.clock import SystemClock
from app.config.places import DataFolder
from app.desk.door import Door
from app.desk.witness import Witness
from app.domain.audit import Access, AuditEvent
from app.domain.errors import BadInput
from app.security.keyring import accounts, read_ring
from app.security.rekeying import begun_by
from app.security.shares import KeyPart, read_part


def _house(options: argparse.Namespace) -> tuple[KeyHouse, DataFolder]:
    folder, settings = settings_of(options)
    return KeyHouse(folder, settings, SystemClock()), folder


def status(options: argparse.Namespace) -> int:
    """Which generation, and whether a change waits to be ended; exit 1 when it does."""
    _, folder = _house(options)
    ring = read_ring(folder.keyring)
    say(f"generation {ring.generation}  {' '.join(accounts(folder.keyring))}")
    if ring.coming is None:
        return Exit.SUCCESS
    say(f"… {ring.coming['generation']}  {ring.coming['account']}")
    return Exit.ANSWER_IS_NO


def rotate(options: argparse.Namespace) -> int:
    """Everything sealed anew under the next key."""
    house, folder = _house(options)
    account = options.user or ask_password("account: ")
    password = ask_password("password: ")
    with open_folder(folder):
        if not begun_by(folder.keyring):
            # Whether this account may: as at every other command.
            options.user = account
            with opened_store(folder, options, lambda prompt: _said(prompt, password)) as (store, key):
                store.audit.note(Access(AuditEvent.KEY_CHANGED, key.id.hex(), detail="begun"))
        key, damaged = house.change(account, password, new_root=options.leaked)
    say(f"✓ generation {key.generation}")
    for blob_id in damaged:
        say(f"✗ {blob_id}")
    return Exit.ANSWER_IS_NO if damaged else Exit.SUCCESS


def _said(prompt: str, password: str) -> str:
    return password if prompt.startswith("password") else ask_password(prompt)


def split(options: argparse.Namespace) -> int:
    """A file for each officer; each types a password of one's own."""
    house, folder = _house(options)
    with open_folder(folder), opened_store(folder, options, ask_password) as (store, key):
        passwords = [ask_password(f"password of officer {number}: ") for number in range(1, options.parts + 1)]
        paths = house.split(store, key, options.needed, passwords, options.out)
    for path in paths:
        say(str(path))
    return Exit.SUCCESS


def recover(options: argparse.Namespace) -> int:
    """The officers' parts bring the key back; the account gets a new password."""
    house, folder = _house(options)
    parts: list[tuple[KeyPart, str]] = []
    for path in options.parts:
        try:
            part = read_part(path.read_bytes())
        except OSError as error:
            raise BadInput("KEY-111") from error
        parts.append((part, ask_password(f"password of part {part.number}: ")))
    with open_folder(folder):
        key = house.recover(parts, options.account, ask_password("new password: "))
    say(f"✓ generation {key.generation}")
    return Exit.SUCCESS


def destroy(options: argparse.Namespace) -> int:
    """By two people; the signed record is written before."""
    house, folder = _house(options)
    with open_folder(folder):
        with opened_store(folder, options, ask_password) as (store, key):
            door = Door(folder, house.settings, house.clock)
            supervisor = Witness(door, store).confirm(options.supervisor, ask_password("supervisor's password: "))
            record = house.destroy(store, key, supervisor, options.reason, even_unsent=options.even_unsent)
            house.keep_record(key, record, options.record)
        house.shred()
    say(f"✓ {options.record}")
    return Exit.SUCCESS

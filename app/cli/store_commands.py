"""`store`: the database itself."""

from __future__ import annotations

import argparse

from app.bootstrap.opening import open_folder, opened_store
from app.cli.answers import Exit, emit, say
from app.cli.device_commands import settings_of
from app.cli.sending_commands import ask_password
from app.config.clock import SystemClock
from app.desk.restoring import restore as put_back
from app.domain.audit import Access, AuditEvent
from app.domain.records import Role
from app.security.signing import SigningKeys
from app.store.backup import back_up, read_backup
from app.store.database import step_back


def verify(options: argparse.Namespace) -> int:
    """Every page of the database and every sealed file; exit 1 names what does not open, and files rows miss."""
    folder, _ = settings_of(options)
    with open_folder(folder), opened_store(folder, options, ask_password, needs=Role.ADMINISTRATOR) as (store, _):
        rows = [{"place": found.place, "what": found.what} for found in store.damage()]
        rows += [{"place": blob, "what": "STO-107"} for blob in store.reconciled.missing]
    if options.json:
        emit({"damage": rows})
    else:
        say("✗" if rows else "✓")
        for row in rows:
            say(f"  {row['place']}  {row['what']}")
    return Exit.ANSWER_IS_NO if rows else Exit.SUCCESS


def backup(options: argparse.Namespace) -> int:
    """Everything of the data folder in one signed file, read back before it counts; ``--since``: only what is new."""
    folder, _ = settings_of(options)
    base = read_backup(options.since) if options.since else None
    with open_folder(folder):
        with opened_store(folder, options, ask_password, needs=Role.ADMINISTRATOR) as (store, key):
            store.audit.note(Access(AuditEvent.BACKED_UP, detail="differential" if base else "full"), "begun")
            own = SigningKeys(folder.root).own(key)
        made = back_up(folder, own, options.out, SystemClock().now(), base)
    say(f"✓ {len(made.within)}/{len(made.files)}  {options.out}")
    return Exit.SUCCESS


def restore(options: argparse.Namespace) -> int:
    """A backup into a new data folder, after every byte, signature and row of it has been checked."""
    folder, _ = settings_of(options)
    full = read_backup(options.file)
    newer = read_backup(options.newer) if options.newer else None
    account = options.user or ask_password("account: ")
    put_back(full, newer, folder, account, ask_password("password: "), SystemClock())
    say(f"✓ {(newer or full).at}  {folder.root}")
    return Exit.SUCCESS


def back(options: argparse.Namespace) -> int:
    """One version back, so that the program before this one opens the database again; nothing is lost by it."""
    folder, _ = settings_of(options)
    with open_folder(folder):
        with opened_store(folder, options, ask_password, needs=Role.ADMINISTRATOR) as (store, key):
            store.audit.note(Access(AuditEvent.STORE_STEPPED_BACK), "begun")
        version = step_back(folder.database, key.database_key_hex())
    say(f"↓ {version}")
    return Exit.SUCCESS

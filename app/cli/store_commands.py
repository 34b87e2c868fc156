"""`store`: the database itself."""

from __future__ import annotations

import argparse

from app.bootstrap.opening import open_folder, opened_store
from app.cli.answers import Exit, say
from app.cli.device_commands import settings_of
from app.cli.sending_commands import ask_password
from app.domain.audit import Access, AuditEvent
from app.domain.records import Role
from app.store.database import step_back


def back(options: argparse.Namespace) -> int:
    """One version back, so that the program before this one opens the database again; nothing is lost by it."""
    folder, _ = settings_of(options)
    with open_folder(folder):
        with opened_store(folder, options, ask_password, needs=Role.ADMINISTRATOR) as (store, key):
            store.audit.note(Access(AuditEvent.STORE_STEPPED_BACK), "begun")
        version = step_back(folder.database, key.database_key_hex())
    say(f"↓ {version}")
    return Exit.SUCCESS

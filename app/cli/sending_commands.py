"""`sync`, `backend`, `user`: the outbox, the embedded back end, the accounts."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
import threading
from pathlib import Path
from typing import Any

from app.bootstrap.opening import open_folder, opened_store
from app.bootstrap.secret import BackendSecret
from app.bootstrap.server import serve_backend
from app.cli.answers import Exit, emit, say
from app.cli.device_commands import settings_of
from app.config.clock import SystemClock
from app.config.texts import error_text
from app.domain.audit import Access, AuditEvent
from app.domain.errors import BadInput, NetworkFault
from app.domain.records import OutboxItem, OutboxState
from app.store.store import Store
from app.sync.client import BackendClient
from app.sync.drain import Drain


def ask_password(prompt: str) -> str:
    """From the terminal, or one line of standard input where there is none."""
    if sys.stdin.isatty():
        return getpass.getpass(prompt)
    return sys.stdin.readline().rstrip("\n")


def _row(item: OutboxItem, language: str) -> dict[str, Any]:
    why = error_text(NetworkFault(item.last_error), language).what if item.last_error else ""
    return {
        "id": item.id,
        "kind": item.kind.value,
        "photo_number": item.photo_number,
        "case_number": item.case_number,
        "bytes": item.size,
        "state": item.state.value,
        "attempts": item.attempts,
        "next_try": item.next_try.isoformat(),
        "last_error": item.last_error,
        "why": why,
        "receipt": item.receipt,
    }


def sync(options: argparse.Namespace) -> int:
    """Send what is due and say what still waits; exit 0 when nothing waits, 3 when something could not go."""
    folder, settings = settings_of(options)
    with open_folder(folder), opened_store(folder, options, ask_password) as (store, key):
        account = settings.text("backend.account")
        secret = BackendSecret(folder, key, account)
        if options.set_password:
            with store.audit.doing(Access(AuditEvent.SECRET_CHANGED, "back end password")):
                secret.keep(ask_password("back end password: "))
            return Exit.SUCCESS
        sent = 0
        if not options.status:
            url = settings.text("backend.url")
            if not url:
                raise BadInput("NET-120")
            terminal = settings.text("station.terminal_number")
            client = BackendClient(url, account, secret.read(), terminal=terminal)
            try:
                sent = Drain(store, client, SystemClock()).run_once().sent
            finally:
                client.close()
        waiting = _waiting(store)
        rows = [_row(item, options.language) for item in waiting]
        if options.json:
            emit({"sent": sent, "waiting": rows})
        else:
            say(f"↑ {sent}  … {len(rows)}")
            for row in rows:
                number = row["photo_number"] or row["case_number"]
                say(f"  {row['kind']:8} {number}  {row['state']}  ×{row['attempts']}  {row['why']}")
    return Exit.SUCCESS if options.status or not rows else Exit.FAULT


def _waiting(store: Store) -> tuple[OutboxItem, ...]:
    return tuple(item for item in store.outbox.items() if item.state is not OutboxState.SENT)


def backend(options: argparse.Namespace) -> int:
    """Run the embedded back end until it is told to end; says its port as one JSON line."""
    folder, _ = settings_of(options)
    database, objects = _places(options, folder.backend)

    def ready(port: int) -> None:
        sys.stdout.write(f'{{"port": {port}}}\n')
        sys.stdout.flush()

    if options.until_stdin_closes:
        threading.Thread(target=_end_with_stdin, name="stdin-watch", daemon=True).start()
    serve_backend(
        database,
        objects,
        host=options.host,
        port=options.port,
        beyond_loopback=options.beyond_loopback,
        on_ready=ready,
    )
    return Exit.SUCCESS


def _end_with_stdin() -> None:
    """The program that started us is gone: so are we. The store is crash-safe, so this needs no ceremony."""
    sys.stdin.buffer.read()
    os._exit(0)


def _places(options: argparse.Namespace, default: Path) -> tuple[Path, Path]:
    database = default / "library.db"
    if options.database_url:
        scheme, _, path = options.database_url.partition(":///")
        if scheme != "sqlcipher" or not path:
            raise BadInput("CLI-103", url=options.database_url)
        database = Path("/" + path) if not path.startswith(".") else Path(path)
    return database, options.objects or database.parent / "objects"

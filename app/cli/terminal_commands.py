"""`terminal`: registration, activation and one heartbeat of this workstation; the platform's list of terminals."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from app.bootstrap.opening import open_folder, opened_store
from app.bootstrap.secret import BackendSecret, TerminalKey
from app.cli.answers import Exit, emit, say
from app.cli.device_commands import settings_of
from app.cli.sending_commands import ask_password
from app.config.settings import Settings
from app.desk.machine import mac_address
from app.domain.audit import Access, AuditEvent
from app.domain.errors import BadInput, NotAllowed
from app.domain.records import Role
from app.domain.terminal import Registration
from app.sync.client import BackendClient
from app.sync.terminal import TerminalClient


def _url(options: argparse.Namespace, settings: Settings) -> str:
    url = str(options.url or settings.text("backend.url"))
    if not url:
        raise BadInput("NET-120")
    return url


@contextmanager
def _platform(url: str, app_id: str = "", app_key: str = "") -> Iterator[TerminalClient]:
    client = TerminalClient(url, app_id, app_key)
    try:
        yield client
    finally:
        client.close()


def register(options: argparse.Namespace) -> int:
    """机器注册: the platform gives an APPID; its administrator tells the APPKEY after approval."""
    _, settings = settings_of(options)
    registration = Registration(
        name=options.name,
        mac=options.mac or mac_address(),
        department=options.department,
        contact=options.contact,
        longitude=settings.text("terminal.longitude"),
        latitude=settings.text("terminal.latitude"),
    )
    with _platform(_url(options, settings)) as client:
        app_id = client.register(registration)
    if options.json:
        emit({"appid": app_id})
    else:
        say(f"APPID {app_id}")
    return Exit.SUCCESS


def activate(options: argparse.Namespace) -> int:
    """激活: proves the APPKEY, then keeps it sealed; it is asked for, never an argument, and never printed."""
    folder, settings = settings_of(options)
    url = _url(options, settings)
    with open_folder(folder), opened_store(folder, options, ask_password, needs=Role.ADMINISTRATOR) as (store, key):
        app_key = ask_password("APPKEY: ")
        with _platform(url, options.app_id, app_key) as client:
            client.activate()
        settings.change("terminal.app_id", options.app_id)
        with store.audit.doing(Access(AuditEvent.SECRET_CHANGED, "terminal key", detail=options.app_id)):
            TerminalKey(folder, key, options.app_id).keep(app_key)
    return Exit.SUCCESS


@contextmanager
def _library(options: argparse.Namespace) -> Iterator[BackendClient]:
    folder, settings = settings_of(options)
    account = settings.text("backend.account")
    with open_folder(folder), opened_store(folder, options, ask_password, needs=Role.ADMINISTRATOR) as (_, key):
        secret = BackendSecret(folder, key, account).read()
        client = BackendClient(_url(options, settings), account, secret, terminal=settings.text("station.terminal_number"))
        try:
            yield client
        finally:
            client.close()


def approve(options: argparse.Namespace) -> int:
    """审核通过 on the embedded back end: the terminal's APPKEY, shown this once for its administrator."""
    with _library(options) as client:
        app_key = client.approve_terminal(options.app_id)
    if not app_key:
        raise NotAllowed("TRM-101")
    say(f"APPKEY {app_key}")
    return Exit.SUCCESS


def listing(options: argparse.Namespace) -> int:
    """Every terminal the platform knows, with its last heartbeat."""
    with _library(options) as client:
        rows = client.terminals()
    if options.json:
        emit({"terminals": rows})
        return Exit.SUCCESS
    for row in rows:
        report = row.get("last_heartbeat") or {}
        alarms = ", ".join(report.get("alarms", ())) or "-"
        say(f"{'●' if row.get('online') else '○'} {row.get('appid')}  {row.get('name')}  {report.get('at', '-')}  {alarms}")
    return Exit.SUCCESS

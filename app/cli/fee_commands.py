"""`fees`: the payment gateway's key, its unit and items, the open orders and one round of questions about them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.bootstrap.fees import fee_round, fiscal_account, fiscal_client
from app.bootstrap.opening import open_folder, opened_store
from app.bootstrap.secret import FiscalKey
from app.cli.answers import Exit, emit, say
from app.cli.device_commands import settings_of
from app.cli.sending_commands import ask_password
from app.config.clock import SystemClock
from app.config.texts import error_text
from app.domain.audit import Access, AuditEvent
from app.domain.errors import BadInput, WorkstationError
from app.domain.fees import OPEN, FeeOrder
from app.domain.money import yuan
from app.domain.records import Role
from app.store.store import Store
from app.sync.fees import FeeRound


@contextmanager
def _line(options: argparse.Namespace) -> Iterator[tuple[Store, FeeRound]]:
    """Raises BadInput FEE-120 when no gateway is configured."""
    folder, settings = settings_of(options)
    url = settings.text("payment.url")
    if not url:
        raise BadInput("FEE-120")
    with open_folder(folder), opened_store(folder, options, ask_password) as (store, key):
        client = fiscal_client(folder, settings, url, fiscal_account(folder, key, settings))
        try:
            yield store, fee_round(store, folder, key, settings, client, SystemClock())
        finally:
            client.close()


def set_key(options: argparse.Namespace) -> int:
    """The key agreed with the gateway: asked for, kept sealed, never an argument and never printed."""
    folder, settings = settings_of(options)
    app_id = settings.text("payment.app_id")
    if not app_id:
        raise BadInput("FEE-120")
    with open_folder(folder), opened_store(folder, options, ask_password, needs=Role.ADMINISTRATOR) as (store, key):
        gateway_key = ask_password("gateway key: ")
        store.audit.note(Access(AuditEvent.SECRET_CHANGED, "gateway key"))
        FiscalKey(folder, key, app_id).keep(gateway_key)
    return Exit.SUCCESS


def items(options: argparse.Namespace) -> int:
    """执收单位信息 and 执收单位项目, as the finance system has them now."""
    with _line(options) as (_, line):
        unit, found = line.call(lambda client: (client.unit(), client.items()))
    if options.json:
        emit({"unit": vars(unit), "items": [vars(item) for item in found]})
    else:
        say(f"{unit.code} {unit.name} {unit.state}")
        for item in found:
            say(f"  {item.code}  {item.name}  {yuan(item.fen)}")
    return Exit.SUCCESS


def poll(options: argparse.Namespace) -> int:
    """Ask about everything that is due, then list the orders; exit 3 when the gateway could not be asked."""
    with _line(options) as (store, line):
        report = line.run_once()
        rows = [_row(order, options.language) for order in store.fees.recent(200)]
    if options.json:
        emit({"asked": report.sent, "stopped_by": report.stopped_by, "orders": rows})
    else:
        for row in rows:
            say(f"  {row['serial']}  {row['yuan']}  {row['state']}  {row['code']}  {row['why']}")
    return Exit.FAULT if report.stopped_by else Exit.SUCCESS


def _row(order: FeeOrder, language: str) -> dict[str, Any]:
    why = error_text(WorkstationError(order.error), language).what if order.error else ""
    return {
        "id": order.id,
        "serial": order.demand.serial,
        "fen": order.demand.total_fen,
        "yuan": yuan(order.demand.total_fen),
        "state": order.state.value,
        "open": order.state in OPEN,
        "code": order.slip.code if order.slip else "",
        "bill": order.bill,
        "error": order.error,
        "why": why,
    }

"""`audit`: the auditor looks at the log, checks it and takes it out."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from app.bootstrap.opening import open_folder, opened_store
from app.cli.answers import Exit, emit, say
from app.cli.device_commands import settings_of
from app.cli.sending_commands import ask_password
from app.config.clock import SystemClock
from app.config.texts import audit_word
from app.desk.audit import AuditDesk
from app.desk.place import DeskPlace
from app.domain.audit import AuditQuery
from app.domain.errors import BadInput
from app.domain.records import Officer, Role
from app.security.signing import SigningKeys


@contextmanager
def _desk(options: argparse.Namespace) -> Iterator[AuditDesk]:
    folder, settings = settings_of(options)
    with open_folder(folder), opened_store(folder, options, ask_password, needs=Role.AUDITOR) as (store, key):
        officer = Officer(store.audit.account, "", Role.AUDITOR)  # ``opened_store`` has asked
        place = DeskPlace(officer, False, options.language, settings, tuple)
        own = SigningKeys(folder.root).own(key)
        yield AuditDesk(store.audit, place, lambda: own, SystemClock())


def verify(options: argparse.Namespace) -> int:
    """Exit 1 when anything was deleted, reordered, cut off, edited or signed by somebody else, with every place."""
    with _desk(options) as desk:
        report = desk.verify()
    rows = [{"fault": f.fault.value, "first": f.first, "last": f.last} for f in report.findings]
    if options.json:
        facts = {name: value for name, value in vars(report).items() if name != "findings"}
        emit({**facts, "findings": rows})
    else:
        say(
            f"{'✗' if rows else '✓'} {report.entries} rows, {report.anchors} signatures, {report.receipts} receipts,"
            f" clock set back {report.clock_set_back}×, damage noted {report.damage_noted}×"
        )
        for finding in report.findings:
            say(f"  {finding.words()}")
    return Exit.ANSWER_IS_NO if rows else Exit.SUCCESS


def listing(options: argparse.Namespace) -> int:
    """The newest rows."""
    query = _query(options, options.limit)
    with _desk(options) as desk:
        found = desk.find(query)
    if options.json:
        emit({"rows": [vars(entry) for entry in found]})
        return Exit.SUCCESS
    for entry in found:
        words = audit_word(entry.event, options.language)
        about = " ".join(filter(None, (entry.record, entry.person, entry.detail)))
        say(f"{entry.number:>7}  {entry.at}  {entry.account:<12} {entry.terminal}  {words}  {about}  {entry.result}")
    return Exit.SUCCESS


def export(options: argparse.Namespace) -> int:
    """Every row of the question as CSV, with this workstation's SM2 signature beside it."""
    query = _query(options, 0)
    with _desk(options) as desk:
        count = desk.export(query, options.out)
    if options.json:
        emit({"rows": count})
    else:
        say(f"✓ {count}  {options.out}")
    return Exit.SUCCESS


def _query(options: argparse.Namespace, limit: int) -> AuditQuery:
    return AuditQuery(_day(options.since), _day(options.until), options.account, options.event, limit=limit)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadInput("AUD-103", text=str(text)[:20]) from error

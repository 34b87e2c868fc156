"""审计 for the auditor: find, check, take out; nobody else sees the log, and nobody changes it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.config.clock import Clock
from app.config.texts import audit_word
from app.desk.place import DeskPlace
from app.domain.audit import Access, AuditEntry, AuditEvent, AuditFinding, AuditQuery, AuditReport
from app.domain.errors import BadInput, NotAllowed, StoreFault
from app.domain.person import masked
from app.domain.records import Role
from app.security.files import write_private
from app.security.signing import SigningKey, sign, signature_text
from app.store.audit import AuditRows
from app.tables.cells import harmless

_PAGE = 1000
_COLUMNS = {
    "zh": "序号,时间,账号,终端,事件,记录,证件号码,说明,结果,摘要",
    "en": "Number,Time,Account,Terminal,Event,Record,ID number,Detail,Result,Digest",
}


class AuditDesk:
    """Thread: any; blocks on the disk. ``own_key``: this workstation's SM2 key."""

    def __init__(self, rows: AuditRows, place: DeskPlace, own_key: Callable[[], SigningKey], clock: Clock) -> None:
        self._rows = rows
        self._place = place
        self._own_key = own_key
        self._clock = clock

    @property
    def damage(self) -> tuple[AuditFinding, ...]:
        """What was found when the store was opened; every officer is told that there is something."""
        return self._rows.damage

    @property
    def may_look(self) -> bool:
        """Whether the signed-in account is the auditor's."""
        return self._place.officer.role is Role.AUDITOR

    def _only_auditors(self, access: Access) -> None:
        if not self.may_look:
            self._rows.note(access, "AUT-120")
            raise NotAllowed("AUT-120")

    def find(self, query: AuditQuery) -> tuple[AuditEntry, ...]:
        """One page, newest first, ID numbers masked. Raises NotAllowed AUT-120 for anybody but the auditor."""
        access = Access(AuditEvent.AUDIT_FOUND)
        self._only_auditors(access)
        found = self._rows.find(query)
        self._rows.note(access)
        return tuple(replace(entry, person=masked(entry.person)) for entry in found)

    def verify(self) -> AuditReport:
        """The whole log against its signatures. Raises NotAllowed AUT-120."""
        access = Access(AuditEvent.AUDIT_VERIFIED)
        self._only_auditors(access)
        report = self._rows.verify(self._own_key().public)
        self._rows.note(access, "ok" if not report.findings else report.findings[0].words())
        return report

    def export(self, query: AuditQuery, path: Path) -> int:
        """CSV (Excel, WPS) with an SM2 signature beside it; how many rows. Raises NotAllowed AUT-120, BadInput AUD-102
        when it cannot be written there."""
        access = Access(AuditEvent.AUDIT_EXPORTED)
        self._only_auditors(access)
        with self._rows.doing(access):
            text = io.StringIO(newline="")
            writer = csv.writer(text)
            writer.writerow(_COLUMNS["zh" if self._place.language.startswith("zh") else "en"].split(","))
            count, before = 0, query.before
            while page := self._rows.find(replace(query, before=before, limit=_PAGE)):
                writer.writerows([harmless(cell) for cell in self._row(entry)] for entry in page)
                count, before = count + len(page), page[-1].number
                if before == 1:
                    break
            data = text.getvalue().encode("utf-8-sig")
            try:
                write_private(path, data)
                write_private(path.with_name(path.name + ".sig"), signature_text(sign(self._own_key(), data)))
            except StoreFault as fault:
                raise BadInput("AUD-102", path=str(path)) from fault
        return count

    def _row(self, entry: AuditEntry) -> tuple[str, ...]:
        words = audit_word(entry.event, self._place.language)
        person = masked(entry.person)
        return (
            str(entry.number),
            entry.at,
            entry.account,
            entry.terminal,
            words,
            entry.record,
            person,
            entry.detail,
            entry.result,
            entry.digest,
        )

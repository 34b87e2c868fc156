"""The rows of a query as a file: 导出 EXCEL、WORD、文本, with who took them out on every page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from app.config.clock import Clock
from app.domain.cases.case import Case
from app.domain.cases.query import FIELDS, LARGEST_PAGE, CaseQuery, Cursor, Value, cursor_after
from app.domain.cases.workflow import Workflow
from app.domain.person import masked
from app.domain.records import Officer, Role, Station
from app.store.cases import CaseRows
from app.tables.table import Table, TableFormat, write_table

_MASKED = {"subject_id_number", "applicant_id_number"}
_WORDS = {
    "zh": ("办件清单", "导出人：{name}（{account}）　导出时间：{when}　终端：{terminal}", "（训练）"),
    "en": ("List of cases", "Exported by {name} ({account}) at {when} on terminal {terminal}", " (training)"),
}


class CaseExport:
    """Thread: any; reads page by page, so that a long list does not hold up the window."""

    def __init__(self, rows: CaseRows, flow: Workflow, officer: Officer, clock: Clock, language: str) -> None:
        self._rows = rows
        self._flow = flow
        self._officer = officer
        self._clock = clock
        self._language = language

    def export(self, query: CaseQuery, path: Path, kind: TableFormat, station: Station) -> int:
        """Every page of ``query``; how many rows. Raises BadInput CSE-130…134, and what ``write_table`` raises."""
        title, note, training = _WORDS["zh" if self._language.startswith("zh") else "en"]
        columns = tuple(field.words.in_language(self._language) for field in FIELDS.values())
        when = self._clock.now().isoformat(sep=" ", timespec="seconds")
        line = note.format(
            name=self._officer.name, account=self._officer.account, when=when, terminal=station.terminal_number
        )
        if station.source == "training":
            line += training
        return write_table(path, kind, Table(title, columns, self._cells(query), line))

    def _cells(self, query: CaseQuery) -> Iterator[tuple[str, ...]]:
        after: Cursor | None = None
        while page := self._rows.find(replace(query, limit=LARGEST_PAGE, after=after)):
            for case in page:
                yield tuple(self._cell(name, case) for name in FIELDS)
            after = cursor_after(page[-1], query.sort)

    def _cell(self, name: str, case: Case) -> str:
        if name == "state":
            return self._flow.states[case.state].words.in_language(self._language)
        if name == "matter_code":
            return f"{case.content.matter.code} {case.content.matter.name}"
        text = shown(FIELDS[name].of(case))
        return masked(text) if name in _MASKED and self._officer.role is not Role.ADMINISTRATOR else text


def shown(value: Value | None) -> str:
    """As a list writes it: moments to the second."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return value or ""

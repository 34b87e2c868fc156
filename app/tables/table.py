"""A table to be exported, the three formats, and writing it so that the former file stays when anything goes wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from app.domain.errors import BadInput, NotAllowed, StoreFault
from app.security.files import write_private
from app.tables.cells import harmless
from app.tables.word import word_document
from app.tables.workbook import workbook


class TableFormat(Enum):
    """EXCEL、WORD、文本; the value is the file's ending."""

    EXCEL = "xlsx"
    WORD = "docx"
    TEXT = "csv"


# More rows than that are a copy of the register, not a list; Word becomes unusable long before Excel.
MOST_ROWS = {TableFormat.EXCEL: 50_000, TableFormat.WORD: 5_000, TableFormat.TEXT: 200_000}


@dataclass(frozen=True)
class Table:
    """``note``: who exported it and when; it stands on every printed page and after the last row."""

    title: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[str, ...]]
    note: str


def write_table(path: Path, kind: TableFormat, table: Table) -> int:
    """Make the file, whole, readable by its owner alone; how many rows it has.

    Raises:
        BadInput: TBL-103 more rows than the format takes; nothing was written.
        NotAllowed: TBL-102 the file is open elsewhere or may not be written.
        StoreFault: STO-101 the disk is full, STO-108 another fault; the former file is as it was.
    """
    counted = _Counted(table.rows, MOST_ROWS[kind])
    whole = Table(table.title, table.columns, counted, table.note)
    if kind is TableFormat.TEXT:
        data = _text(whole)
    elif kind is TableFormat.EXCEL:
        data = workbook(whole.title, whole.columns, whole.rows, whole.note)
    else:
        data = word_document(whole.title, whole.columns, whole.rows, whole.note)
    try:
        write_private(path, data)
    except StoreFault as fault:
        if fault.code == "STO-102":
            raise NotAllowed("TBL-102", path=str(path)) from fault
        raise
    return counted.count


class _Counted:
    def __init__(self, rows: Iterable[tuple[str, ...]], most: int) -> None:
        self._rows = rows
        self._most = most
        self.count = 0

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        for row in self._rows:
            self.count += 1
            if self.count > self._most:
                raise BadInput("TBL-103", most=self._most)
            yield row


def _text(table: Table) -> bytes:
    """CSV with a byte-order mark, as Excel and WPS expect it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([harmless(cell) for cell in table.columns])
    writer.writerows([harmless(cell) for cell in row] for row in table.rows)
    writer.writerow([harmless(table.note)])
    return text.getvalue().encode("utf-8-sig", "replace")

"""Lists as files: whole or not at all, nothing a spreadsheet would run, every character as it was, who made it."""

from __future__ import annotations

import csv
import io
import os
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET  # noqa: TID251 - reads our own files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput, NotAllowed, StoreFault
from app.tables import table as table_module
from app.tables.table import Table, TableFormat, write_table

NASTY = ("=1+1", "+1", "-1", "@x", "＝HYPERLINK()", " =x", "\t=x", "<b>&\"'", "999999199003071013", "欧阳𬱖㐂", "")
TABLE = Table("办件清单", tuple(f"列{n}" for n in range(len(NASTY))), [NASTY, tuple(reversed(NASTY))], "导出人：张某 <&>")
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parsed(part: bytes) -> ET.Element:
    return ET.fromstring(part)  # noqa: S314 - made a moment ago


def excel_rows(data: bytes) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheet = parsed(package.read("xl/worksheets/sheet1.xml"))
    return [[text.text or "" for text in row.iter(f"{SHEET}t")] for row in sheet.iter(f"{SHEET}row")]


def word_rows(data: bytes) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = parsed(package.read("word/document.xml"))
    return [
        ["".join(text.text or "" for text in cell.iter(f"{WORD}t")) for cell in row.iter(f"{WORD}tc")]
        for row in body.iter(f"{WORD}tr")
    ]


@pytest.mark.parametrize("kind", list(TableFormat))
def test_every_format_says_how_many_rows_and_who_made_it(tmp_path: Path, kind: TableFormat) -> None:
    path = tmp_path / f"list.{kind.value}"
    assert write_table(path, kind, TABLE) == 2
    data = path.read_bytes()
    if kind is TableFormat.TEXT:
        assert data.startswith(b"\xef\xbb\xbf"), "Excel and WPS read it as UTF-8"
        assert "导出人：张某" in data.decode("utf-8-sig")
        return
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        noted = [name for name in package.namelist() if "导出人：张某" in package.read(name).decode("utf-8")]
        for name in package.namelist():
            parsed(package.read(name))
    assert len(noted) == (1 if kind is TableFormat.EXCEL else 2), "on every printed page and at the end"
    if os.name != "nt":
        assert path.stat().st_mode & 0o077 == 0, "names people: its owner's alone"


def test_excel_and_word_hold_every_cell_as_it_was(tmp_path: Path) -> None:
    write_table(tmp_path / "l.xlsx", TableFormat.EXCEL, TABLE)
    write_table(tmp_path / "l.docx", TableFormat.WORD, TABLE)
    wanted = [list(TABLE.columns), list(NASTY), list(reversed(NASTY))]
    assert excel_rows((tmp_path / "l.xlsx").read_bytes()) == [*wanted, [TABLE.note]]
    assert word_rows((tmp_path / "l.docx").read_bytes()) == wanted


def test_no_cell_of_excel_is_anything_but_text_and_stays_text_when_edited(tmp_path: Path) -> None:
    write_table(tmp_path / "l.xlsx", TableFormat.EXCEL, TABLE)
    with zipfile.ZipFile(tmp_path / "l.xlsx") as package:
        sheet = parsed(package.read("xl/worksheets/sheet1.xml"))
        styles = parsed(package.read("xl/styles.xml"))
    assert not list(sheet.iter(f"{SHEET}f"))
    cells = list(sheet.iter(f"{SHEET}c"))
    formats = styles.findall(f"{SHEET}cellXfs/{SHEET}xf")
    assert {cell.get("t") for cell in cells} == {"inlineStr"}
    assert {formats[int(cell.get("s", "0"))].get("quotePrefix") for cell in cells} == {"1"}


def test_no_cell_of_the_text_is_a_formula_and_no_long_number_is_rounded(tmp_path: Path) -> None:
    write_table(tmp_path / "l.csv", TableFormat.TEXT, TABLE)
    rows = list(csv.reader(io.StringIO((tmp_path / "l.csv").read_text(encoding="utf-8-sig"), newline="")))
    for cell in rows[1] + rows[2]:
        assert not cell.startswith(("=", "+", "-", "@", "＝", " ="))
    assert "\t999999199003071013" in rows[1]


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4), st.text(max_size=20))
def test_any_text_makes_files_that_can_be_read(cells: list[str], note: str) -> None:
    from app.tables.word import word_document
    from app.tables.workbook import workbook

    row, columns = tuple(cells), tuple("列" for _ in cells)
    assert len(excel_rows(workbook(note, columns, [row], note))) == 3
    assert len(word_rows(word_document(note, columns, [row], note))) == 2


@pytest.mark.parametrize("kind", list(TableFormat))
def test_more_rows_than_the_format_takes_are_refused_before_anything_is_written(
    tmp_path: Path, kind: TableFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(table_module.MOST_ROWS, kind, 3)
    path = tmp_path / "l"
    path.write_bytes(b"former")

    def endless() -> Iterator[tuple[str, ...]]:
        while True:
            yield ("x",)

    with pytest.raises(BadInput) as refused:
        write_table(path, kind, Table("t", ("c",), endless(), "n"))
    assert (refused.value.code, refused.value.params["most"]) == ("TBL-103", 3)
    assert path.read_bytes() == b"former"
    assert write_table(path, kind, Table("t", ("c",), [("x",)] * 3, "n")) == 3


@pytest.mark.parametrize("kind", list(TableFormat))
def test_a_full_disk_leaves_the_former_file(tmp_path: Path, kind: TableFormat) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    path = tmp_path / "l"
    path.write_bytes(b"former")
    (tmp_path / "l.tmp").symlink_to("/dev/full")
    with pytest.raises(StoreFault) as refused:
        write_table(path, kind, TABLE)
    assert refused.value.code == "STO-101"
    assert path.read_bytes() == b"former"


def test_a_file_that_may_not_be_written_says_which_and_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "l.xlsx"
    path.write_bytes(b"former")

    def held(self: Path, target: Path) -> Path:
        raise PermissionError(13, "The process cannot access the file", str(target))

    monkeypatch.setattr(Path, "replace", held)  # what Windows says of a file that Excel holds open
    with pytest.raises(NotAllowed) as refused:
        write_table(path, TableFormat.EXCEL, TABLE)
    assert (refused.value.code, refused.value.params["path"]) == ("TBL-102", str(path))
    assert path.read_bytes() == b"former"
    assert [p.name for p in tmp_path.iterdir()] == ["l.xlsx"], "nothing half-written stays"


def test_the_same_rows_make_the_same_file(tmp_path: Path) -> None:
    for kind in TableFormat:
        one, two = tmp_path / "1", tmp_path / "2"
        write_table(one, kind, TABLE)
        write_table(two, kind, replace(TABLE))
        assert one.read_bytes() == two.read_bytes(), (kind, sys.platform)

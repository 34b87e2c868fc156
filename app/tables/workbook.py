"""One sheet of SpreadsheetML (ECMA-376 part 1, section 18): every cell is text, so nothing is run and no digit is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.tables.cells import xml_text
from app.tables.package import Package

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_LONGEST_CELL = 32_767  # characters Excel keeps in a cell
_WIDTH = 18
# Style 1: text (number format 49), and the apostrophe's flag, so that an edited cell does not become a formula either.
_FONT = '<sz val="11"/><name val="宋体"/><family val="2"/>'
_XF = 'numFmtId="49" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"'
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font>{_FONT}</font><font><b/>{_FONT}</font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    f'<xf fontId="0" {_XF}/><xf fontId="1" {_XF}/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def workbook(title: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]], note: str) -> bytes:
    """The ``.xlsx`` file: heading row, rows, the note below them and at the head of every printed page."""
    sheet = f'<sheet name="{xml_text(_sheet_name(title))}" sheetId="1" r:id="r1"/>'
    book = f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{sheet}</sheets></workbook>'
    parts = [("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "styles", "styles.xml")]
    with Package("xl/workbook.xml") as package:
        package.part("xl/workbook.xml", f"{_KIND}.sheet.main+xml", [book])
        package.relations("xl/workbook.xml", parts)
        package.part("xl/styles.xml", f"{_KIND}.styles+xml", [_STYLES])
        package.part("xl/worksheets/sheet1.xml", f"{_KIND}.worksheet+xml", _sheet(columns, rows, note))
        return package.finished()


def _sheet_name(title: str) -> str:
    """Excel takes 31 characters and none of ``[]:*?/\\``."""
    return "".join(c for c in title if c not in "[]:*?/\\'")[:31] or "1"


def _sheet(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]], note: str) -> Iterator[str]:
    yield f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    yield f'<cols><col min="1" max="{len(columns)}" width="{_WIDTH}" customWidth="1"/></cols><sheetData>'
    yield _row(1, columns, 2)
    number = 1
    for row in rows:
        number += 1
        yield _row(number, row, 1)
    yield _row(number + 1, (note,), 1)
    yield '</sheetData><pageSetup orientation="landscape"/>'
    # In a header "&" begins a command.
    yield f"<headerFooter><oddHeader>&amp;L{xml_text(note.replace('&', '&&'))}</oddHeader></headerFooter></worksheet>"


def _row(number: int, cells: tuple[str, ...], style: int) -> str:
    inner = "".join(
        f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{xml_text(cell[:_LONGEST_CELL])}</t></is></c>'
        for cell in cells
    )
    return f'<row r="{number}">{inner}</row>'

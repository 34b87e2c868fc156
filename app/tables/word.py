"""One table of WordprocessingML (ECMA-376 part 1, section 17) on A4 across, the note in the header of every page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.tables.cells import xml_text
from app.tables.package import Package

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_PAGE_WIDTH, _PAGE_HEIGHT, _MARGIN = 16838, 11906, 720  # twentieths of a point: A4 across, half an inch
_TEXT_SIZE, _TITLE_SIZE = 16, 28  # half points


def word_document(title: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]], note: str) -> bytes:
    """The ``.docx`` file: title, table with a heading row that repeats on every page, the note below."""
    header = f'<w:hdr xmlns:w="{_MAIN}">{_paragraph(note, _TEXT_SIZE)}</w:hdr>'
    with Package("word/document.xml") as package:
        package.part("word/header1.xml", f"{_KIND}.header+xml", [header])
        package.relations("word/document.xml", [("r1", "header", "header1.xml")])
        package.part("word/document.xml", f"{_KIND}.document.main+xml", _body(title, columns, rows, note))
        return package.finished()


def _body(title: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]], note: str) -> Iterator[str]:
    width = (_PAGE_WIDTH - 2 * _MARGIN) // max(1, len(columns))
    grid = f'<w:gridCol w:w="{width}"/>' * len(columns)
    yield f'<w:document xmlns:w="{_MAIN}" xmlns:r="{_REL}"><w:body>{_paragraph(title, _TITLE_SIZE, bold=True)}'
    yield f'<w:tbl><w:tblPr><w:tblW w:w="{width * len(columns)}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
    yield f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    yield _row(columns, width, heading=True)
    for row in rows:
        yield _row(row, width, heading=False)
    yield f"</w:tbl>{_paragraph(note, _TEXT_SIZE)}"
    yield f'<w:sectPr><w:headerReference w:type="default" r:id="r1"/><w:pgSz w:w="{_PAGE_WIDTH}" w:h="{_PAGE_HEIGHT}"'
    yield f' w:orient="landscape"/><w:pgMar w:top="{2 * _MARGIN}" w:right="{_MARGIN}" w:bottom="{_MARGIN}"'
    yield f' w:left="{_MARGIN}" w:header="{_MARGIN // 2}" w:footer="{_MARGIN // 2}" w:gutter="0"/></w:sectPr>'
    yield "</w:body></w:document>"


def _row(cells: tuple[str, ...], width: int, *, heading: bool) -> str:
    properties = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if heading else "<w:trPr><w:cantSplit/></w:trPr>"
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(cell, _TEXT_SIZE, bold=heading)}</w:tc>'
        for cell in cells
    )
    return f"<w:tr>{properties}{inner}</w:tr>"


def _paragraph(text: str, size: int, *, bold: bool = False) -> str:
    marks = f'<w:rPr><w:rFonts w:eastAsia="宋体"/>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/></w:rPr>'
    return f'<w:p><w:r>{marks}<w:t xml:space="preserve">{xml_text(text)}</w:t></w:r></w:p>'

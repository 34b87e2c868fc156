"""A pile of archive files as the command line is told of it and tells of it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from app.archive.judging import asked_sentence
from app.archive.pile import Pile, PiledFile, PileReport
from app.archive.separators import FileKind, Separator, require_separator
from app.domain.archive_batch import Declared, PageRole

KINDS = {"vehicle": FileKind.VEHICLE, "driver": FileKind.DRIVER}
_NAMES = {kind.value: name for name, kind in KINDS.items()}


def pile_of(options: argparse.Namespace) -> Pile | None:
    """None for plain pages. ``--serial``: whose pages come before the first separator. Raises BadInput ARC-101, OSError."""
    if options.kind is None:
        return None
    first = None
    if options.serial:
        first = Separator(KINDS[options.kind], options.serial)
        require_separator(first)
    return Pile(options.out, first)


def declared_by(options: argparse.Namespace) -> Declared:
    """What the officer says there is."""
    return Declared(options.expect_pages, options.expect_files)


def report_document(found: PileReport, language: str) -> dict[str, Any]:
    """``files`` and ``asked`` of the JSON answer."""
    return {
        "files": [_file(each) for each in found.files],
        "asked": [{"id": name, **values, "text": asked_sentence(name, values, language)} for name, values in found.asked],
    }


def _file(each: PiledFile) -> dict[str, Any]:
    def named(role: PageRole) -> list[str]:
        return [page.file for page in each.pages if page.role is role]

    return {
        "kind": _NAMES.get(each.kind),
        "serial": each.serial or None,
        "business": each.business or None,
        "pages": named(PageRole.PAGE),
        "blank": named(PageRole.BLANK),
        "copies": named(PageRole.COPY),
        "broken": named(PageRole.BROKEN),
        "separators": named(PageRole.SEPARATOR) + named(PageRole.UNREAD),
        "reasons": {page.file: list(page.reasons) for page in each.pages if page.reasons},
    }


def report_lines(found: PileReport, language: str) -> Iterator[str]:
    """For people."""
    for each in found.files:
        pages = sum(page.role is PageRole.PAGE for page in each.pages)
        yield f"{each.serial or '?'}  {each.business}  {pages}"
    for name, values in found.asked:
        yield f"▲ {asked_sentence(name, values, language)}"

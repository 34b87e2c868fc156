"""`pages`: what is measured of scanned pages, and what is wrong with them. `separator`: a sheet to print between files."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.archive.classify import Typed, view_of
from app.archive.judging import is_blank, page_limits, page_reasons
from app.archive.page_facts import PageFacts, measured
from app.archive.separator_sheet import separator_png
from app.archive.separators import Separator, SeparatorReading, separator_on
from app.archive.small_picture import SmallCodec
from app.bootstrap.archive import classifier
from app.cli.answers import Exit, complain, emit, error_document, say
from app.cli.pile_words import KINDS
from app.config.fonts import chinese_font
from app.domain.archive_batch import PageRole, TypedBy
from app.domain.errors import BadInput
from app.imaging.decode import Pixels, decode
from app.printing.page import PagePress
from app.printing.raster import page_picture

_A4_LONG_PX, _PDF_DPI = 3508, 300.0


def pages(options: argparse.Namespace) -> int:
    """Every page of every file; exit 1 when a page has a reason to be looked at, 2 when a file cannot be read."""
    rows: list[dict[str, Any]] = []
    unread = False
    for path in options.files:
        try:
            for name, pixels, tag in _pages_of(path):
                rows.append(_row(name, pixels, tag, options))
        except BadInput as error:
            unread = True
            rows.append({"file": str(path), "error": error_document(error, options.language)})
            if not options.json:
                complain(error, options.language)
    if options.json:
        emit({"pages": rows})
    else:
        for row in rows:
            if "error" not in row:
                say(_words(row))
    if unread:
        return Exit.BAD_INPUT
    return Exit.ANSWER_IS_NO if any(row["reasons"] for row in rows) else Exit.SUCCESS


def _pages_of(path: Path) -> Iterator[tuple[str, Pixels, float]]:
    """Name, pixels, dpi tag. Raises BadInput CLI-101, IMG-10x, PRN-155."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput("CLI-101", path=str(path), reason=error.strerror or "") from error
    if not data.startswith(b"%PDF-"):
        picture = decode(data)
        dpi = picture.facts.dpi
        yield str(path), picture.pixels, dpi[0] if dpi else 0.0
        return
    number, pages = 0, 1
    while number < pages:
        png, _, pages = page_picture(data, number, _A4_LONG_PX)
        yield f"{path}#{number + 1}", decode(png).pixels, _PDF_DPI
        number += 1


def _row(name: str, pixels: Pixels, tag: float, options: argparse.Namespace) -> dict[str, Any]:
    begun = time.perf_counter()
    facts = measured(pixels, tag)
    separator = separator_on(pixels, facts.dpi.value)
    limits = page_limits()
    blank = separator is None and is_blank(facts, limits)
    took = 1000 * (time.perf_counter() - begun)
    typed = _type_of(separator, pixels, facts, KINDS[options.kind].value, blank=blank)
    return {
        "file": name,
        "width": facts.width,
        "height": facts.height,
        "dpi": round(facts.dpi.value, 1) or None,
        "dpi_source": facts.dpi.source,
        "paper": facts.dpi.paper or None,
        "skew_deg": round(facts.skew.degrees, 2) if facts.skew.confidence >= limits.skew_confidence else None,
        "skew_confidence": round(facts.skew.confidence, 2),
        "orientation": facts.orientation.turn,
        "sideways": facts.skew.sideways,
        "blank": blank,
        "blank_score": round(facts.blank, 3),
        "bleed_through": round(facts.faint, 4),
        "sharpness": None if facts.sharpness is None else round(facts.sharpness, 3),
        "content": [round(share, 4) for share in facts.content],
        "clipped_white": round(facts.clipped[0], 4),
        "clipped_black": round(facts.clipped[1], 4),
        "separator": _said(separator),
        "type": typed.type or None,
        "typed_by": typed.by.value,
        "because": typed.because or None,
        "confidence": round(typed.confidence, 2),
        "reasons": [{"id": r.id, "text": r.sentence} for r in page_reasons(facts, separator, limits, options.language)],
        "ms": round(took, 1),
    }


def _type_of(separator: SeparatorReading | None, pixels: Pixels, facts: PageFacts, kind: str, *, blank: bool) -> Typed:
    """Sheets and blank pages by measure, others by what stands on them; null where no step is sure, not a guess."""
    if separator is not None:
        return Typed("separator", TypedBy.MEASURE, 1.0)
    role = PageRole.BLANK if blank else PageRole.PAGE
    view = view_of(pixels, facts, facts.orientation.turn or 0, role)
    return classifier(SmallCodec.WEBP).type_of(view, kind)


def _said(separator: SeparatorReading | None) -> dict[str, Any] | None:
    if separator is None:
        return None
    known = separator.separator
    return {
        "kind": None if known is None else known.kind.name.lower(),
        "serial": None if known is None else known.serial,
        "business": None if known is None else known.business,
        "codes": separator.codes,
        "disagree": separator.disagree,
    }


def _words(row: dict[str, Any]) -> str:
    sign = "▲" if row["reasons"] else "✔"
    skew = "–" if row["skew_deg"] is None else f"{row['skew_deg']:+.2f}°"
    sheet = row["separator"]
    kind = row["type"] or "–"
    number = f" {sheet['serial']}" if sheet and sheet["serial"] else ""
    told = " ".join(reason["text"] for reason in row["reasons"])
    dpi = "?" if row["dpi"] is None else f"{row['dpi']:.0f}"
    return f"{sign} {row['file']}: {row['width']}×{row['height']} {dpi} dpi, {skew}, {kind}{number}. {told}".rstrip()


def separator(options: argparse.Namespace) -> int:
    """A sheet as PDF, or as a picture where the name ends in .png."""
    wanted = Separator(KINDS[options.kind], options.serial, options.business)
    png = separator_png(wanted, options.business_name, chinese_font())
    data = png if options.out.suffix.lower() == ".png" else PagePress(chinese_font()).picture(png)
    try:
        options.out.write_bytes(data)
    except OSError as error:
        raise BadInput("CLI-101", path=str(options.out), reason=error.strerror or "") from error
    if options.json:
        emit({"file": str(options.out), "kind": options.kind, "serial": wanted.serial, "business": wanted.business})
    else:
        say(str(options.out))
    return Exit.SUCCESS

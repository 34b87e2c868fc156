"""`make pages`: measures drawn pages with known truth and writes docs/pages.md; other seeds than the tests'."""

from __future__ import annotations

import itertools
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

from pages.types import looked, table

from app.archive.judging import is_blank, page_limits
from app.archive.page_facts import PageFacts, measured
from app.archive.separator_sheet import separator_png
from app.archive.separators import FileKind, Separator, separator_on
from helpers.documents import Pixels, Soiling, blurred, page, soiled, turned
from helpers.printers import FONT

DPI = 300
SEEDS = range(100, 104)
SKEWS = (0.0, 0.35, -0.8, 1.6, -2.9, 4.5, -7.2, 9.5)
SOILS = {
    "clean": Soiling(),
    "noise, shadow": Soiling(noise=7.0, shadow=0.45),
    "yellow paper, specks": Soiling(paper=(190, 228, 236), specks=120),
    "other side shines through": Soiling(through=0.8),
}
WRITTEN, SPARSE = ("form", "letter", "table"), ("stamp", "signature")
DOC = Path(__file__).resolve().parents[2] / "docs" / "pages.md"
TYPES_BEGIN, TYPES_END = "<!-- tables of types: made by `make pages` -->", "<!-- end of the tables of types -->"
BEGIN, END = "<!-- tables of pages: made by `make pages` -->", "<!-- end of the tables of pages -->"


@dataclass
class Tally:
    """Over all pages drawn."""

    skew: dict[str, list[float]] = field(default_factory=dict)
    unsure: int = 0
    turns: list[bool] = field(default_factory=list)
    untold: int = 0
    blanks: list[tuple[bool, bool]] = field(default_factory=list)  # truth, said
    sheets: list[tuple[str, str]] = field(default_factory=list)
    sharp: dict[float, list[float]] = field(default_factory=dict)
    ms: list[float] = field(default_factory=list)


def _measured(pixels: Pixels, tally: Tally) -> PageFacts:
    begun = time.perf_counter()
    facts = measured(pixels, DPI)
    tally.ms.append(1000 * (time.perf_counter() - begun))
    return facts


def _pages() -> Iterator[tuple[str, str, float, Pixels, int]]:
    for seed, (soil, soiling) in itertools.product(SEEDS, SOILS.items()):
        for number, kind in enumerate((*WRITTEN, *SPARSE, "blank")):
            skew = SKEWS[(seed + number + len(soil)) % len(SKEWS)]
            yield kind, soil, skew, soiled(turned(page(kind, DPI, seed), skew, (255, 255, 255)), soiling, DPI, seed), seed


def _look(tally: Tally) -> None:
    limits = page_limits()
    for kind, soil, skew, pixels, seed in _pages():
        turn = 90 * (seed % 4)
        laid = np.ascontiguousarray(np.rot90(pixels, -turn // 90))
        facts = _measured(laid, tally)
        tally.blanks.append((kind == "blank", is_blank(facts, limits)))
        tally.sheets.append((kind, _sheet(laid)))
        if kind in WRITTEN:
            if facts.skew.confidence >= limits.skew_confidence:
                tally.skew.setdefault(soil, []).append(abs(facts.skew.degrees - skew))
            else:
                tally.unsure += 1
        if kind == "letter":
            if facts.orientation.turn is None:
                tally.untold += 1
            else:
                tally.turns.append(facts.orientation.turn == (360 - turn) % 360)
        elif facts.orientation.turn is not None and kind in WRITTEN:
            tally.turns.append(facts.orientation.turn == (360 - turn) % 360)
    for sigma in (0.0, 1.0, 2.0, 3.0):
        for seed in SEEDS:
            facts = measured(blurred(soiled(page("form", DPI, seed), Soiling(), DPI, seed), sigma), DPI)
            tally.sharp.setdefault(sigma, []).append(facts.sharpness or 0.0)
    for number, (soiling, skew) in enumerate(itertools.product(SOILS.values(), SKEWS)):
        wanted = Separator(FileKind.VEHICLE, f"XL20261127{number:05}", "A-01")
        png = separator_png(wanted, "训练业务", Path(FONT))
        drawn = np.asarray(cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR), np.uint8)
        if number % 2:
            drawn[: drawn.shape[0] * 36 // 100] = 255  # one end torn off
        laid = np.rot90(soiled(turned(drawn, skew, (255, 255, 255)), soiling, DPI, number), number % 4)
        tally.sheets.append(("separator", _sheet(np.ascontiguousarray(laid), wanted)))


def _sheet(pixels: Pixels, wanted: Separator | None = None) -> str:
    read = separator_on(pixels, DPI)
    if read is None:
        return "page"
    if read.separator is None:
        return "unread"
    return "read" if wanted in (None, read.separator) else "wrong"


def _tables(tally: Tally) -> Iterator[str]:
    yield f"{len(tally.ms)} pages of 300 dpi, {len(SEEDS)} seeds, four kinds of paper and light, at all right angles."
    yield ""
    yield "| skew, pages of writing and forms | pages | mean error | 95 % within | worst |"
    yield "|---|---|---|---|---|"
    for soil, errors in tally.skew.items():
        ordered = sorted(errors)
        most = ordered[int(0.95 * (len(ordered) - 1))]
        yield f"| {soil} | {len(errors)} | {statistics.mean(errors):.3f}° | {most:.3f}° | {ordered[-1]:.3f}° |"
    yield ""
    yield f"Not sure of the skew: {tally.unsure} pages. Which way up: {sum(tally.turns)} of {len(tally.turns)} are right;"
    yield f"{tally.untold} letters and every form without running text say nothing."
    yield ""
    yield "| what | pages | right | missed | wrongly said |"
    yield "|---|---|---|---|---|"
    empty = [said for truth, said in tally.blanks if truth]
    used = [said for truth, said in tally.blanks if not truth]
    yield f"| blank sheet | {len(empty)} | {sum(empty)} | {len(empty) - sum(empty)} | {sum(used)} of {len(used)} |"
    sheets = [said for kind, said in tally.sheets if kind == "separator"]
    others = [said for kind, said in tally.sheets if kind != "separator"]
    yield (
        f"| separator (half of them torn) | {len(sheets)} | {sheets.count('read')} | {sheets.count('page')} "
        f"({sheets.count('unread')} more known but unread) | {len(others) - others.count('page')} of {len(others)}, "
        f"another file's number {sheets.count('wrong')} |"
    )
    yield ""
    yield "| blur of the form, pixels (σ) | sharpness |"
    yield "|---|---|"
    for sigma, found in tally.sharp.items():
        yield f"| {sigma:g} | {min(found):.2f} … {max(found):.2f} |"


def main() -> int:
    """Measure and write."""
    tally = Tally()
    _look(tally)
    _put((BEGIN, END), list(_tables(tally)))
    _put((TYPES_BEGIN, TYPES_END), list(table(looked())))
    return 0


def _put(marks: tuple[str, str], lines: list[str]) -> None:
    """Between two marks of the page, and on the screen."""
    text = DOC.read_text(encoding="utf-8")
    before, after = text[: text.index(marks[0]) + len(marks[0])], text[text.index(marks[1]) :]
    DOC.write_text(f"{before}\n{chr(10).join(lines)}\n{after}", encoding="utf-8")
    sys.stdout.write("\n".join(lines) + "\n")


sys.exit(main())

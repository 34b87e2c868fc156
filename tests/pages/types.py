"""Types of drawn pages against what was drawn: the whole chain, the 1 KB picture alone, and without its limit."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import cv2
import numpy as np

from app.archive.classify import Classifier, view_of
from app.archive.line_reading import line_reader
from app.archive.page_facts import measured
from app.archive.page_model import features_of, page_model
from app.archive.small_picture import opened, small_picture
from app.config.archive_types import page_types
from app.domain.archive_batch import PageRole
from helpers.archive_documents import drawn, scanned

DPI, PAGES, FIRST_SEED = 150, 8, 900_000  # seeds that neither training nor tests use


@dataclass(frozen=True)
class Looked:
    """One page. "" = no step was sure."""

    kind: str
    truth: str
    said: str
    by: str
    small: str
    large: str


def _look(asked: tuple[str, str, int]) -> Looked:
    kind, truth, seed = asked
    cv2.setNumThreads(1)
    pixels = scanned(drawn(kind, truth, seed, DPI), seed, DPI)
    facts = measured(pixels, DPI)
    view = view_of(pixels, facts, facts.orientation.turn or 0, PageRole.PAGE)
    model = page_model()
    said = Classifier(line_reader(), model).type_of(view, "V" if kind == "vehicle" else "D")
    grey = np.asarray(cv2.cvtColor(view.pixels, cv2.COLOR_BGR2GRAY), np.uint8)
    pictures = []
    for shown in (None, grey):
        small = opened(small_picture(view.pixels).data) if shown is None else shown
        shares = model.probabilities(features_of(small, view.envelope), page_types(kind))
        pictures.append(max(shares, key=lambda name: shares[name]))
    return Looked(kind, truth, said.type, said.by.value, *pictures)


def looked() -> list[Looked]:
    """Every type but the blank one, so many pages of each."""
    asked = [
        (kind, name, FIRST_SEED + n)
        for kind in ("vehicle", "driver")
        for name in page_types(kind)
        if name != "blank"
        for n in range(PAGES)
    ]
    with ProcessPoolExecutor() as pool:
        return list(pool.map(_look, asked, chunksize=8))


def table(found: list[Looked]) -> Iterator[str]:
    """As it stands in docs/pages.md."""
    yield f"{len(found)} pages of {DPI} dpi, {PAGES} of each type, seeds that training and tests do not use."
    yield ""
    yield "| | right | wrong | left to a person |"
    yield "|---|---|---|---|"
    for kind in ("vehicle", "driver"):
        mine = [each for each in found if each.kind == kind]
        right = sum(each.said == each.truth for each in mine)
        open_ = sum(not each.said for each in mine)
        yield f"| {kind}: the whole chain | {right} of {len(mine)} | {len(mine) - right - open_} | {open_} |"
        for name, words in (("small", "the picture in 1 KB alone"), ("large", "the picture without the limit")):
            right = sum(getattr(each, name) == each.truth for each in mine)
            yield f"| {kind}: {words} | {right} of {len(mine)} | {len(mine) - right} | – |"
    yield ""
    steps = {by: [each for each in found if each.by == by] for by in ("barcode", "title", "words", "picture")}
    told = ", ".join(
        f"{by} {sum(each.said == each.truth for each in pages)} of {sum(bool(each.said) for each in pages)}"
        for by, pages in steps.items()
        if pages
    )
    yield f"Right by the step that decided: {told}."
    wrong = sorted({f"{each.truth} → {each.said}" for each in found if each.said and each.said != each.truth})
    yield f"Confused: {', '.join(wrong) if wrong else 'none'}."

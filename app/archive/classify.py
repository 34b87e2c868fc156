"""What a page is: blank → bar code → title → words → small picture, the first step that is sure; no guessing.

Steps and limits: resources/archive/titles.toml. An officer's word stands above all of them and is never asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
import zxingcpp

from app.archive.line_reading import PAGE_LINES, LineReader, ReadLine
from app.archive.page_facts import PageFacts, reduced
from app.archive.page_model import PageModel, features_of
from app.archive.small_picture import Envelope, SmallCodec, SmallPicture, envelope_of, opened, small_picture
from app.archive.titles import MatchLimits, code_type, match_limits, titles_in, words_in
from app.config.archive_types import page_types
from app.domain.archive_batch import ArchivePage, PageRole, TypedBy
from app.domain.errors import BadInput
from app.imaging.decode import Pixels, decode

READING_DPI = 150.0
KIND_NAMES = {"V": "vehicle", "D": "driver"}
_CARD = "ID-1"
_TALLEST = 4  # lines in which a title is looked for the other way up
_SMALL_SHEET = 0.5  # of A4's height: all of it is read
_A4_MM = 297.0
_IDENTITY, _COPY = "identity-card", "identity-copy"


@dataclass(frozen=True)
class PageView:
    """What the typing step looks at: the upright page at most at 150 dpi, and what was measured of it."""

    pixels: Pixels
    dpi: float
    envelope: Envelope
    paper: str
    role: PageRole


@dataclass(frozen=True)
class Typed:
    """``type`` "" where no step is sure. ``because``: the line, code or likeness that said so.

    ``upside_down``: its title was read only when the page was turned round: what measuring said of it was wrong."""

    type: str
    by: TypedBy
    confidence: float
    because: str = ""
    upside_down: bool = False


def view_of(pixels: Pixels, facts: PageFacts, turn: int, role: PageRole) -> PageView:
    """Of a BGR page as scanned; ``turn``: clockwise degrees that make it upright."""
    dpi = facts.dpi.value or READING_DPI
    into_one = max(1, round(dpi / READING_DPI))
    small = reduced(pixels, into_one)
    codes = [code.text for code in zxingcpp.read_barcodes(small, try_rotate=False) if code.valid and code.text]
    envelope = envelope_of(small, facts, codes[0] if codes else "")
    if turn in {90, 270}:
        envelope = replace(envelope, aspect=round(1.0 / envelope.aspect, 4))
    return PageView(upright(small, turn), dpi / into_one, envelope, facts.dpi.paper, role)


def upright(pixels: Pixels, turn: int) -> Pixels:
    """Turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(pixels, -(turn // 90) % 4))


class Classifier:
    """Thread: any; a reader reads one line at a time. ``codec``: of the small picture."""

    def __init__(self, reader: LineReader, model: PageModel, codec: SmallCodec = SmallCodec.WEBP) -> None:
        self._reader = reader
        self._model = model
        self._codec = codec

    @property
    def version(self) -> str:
        """Of what decides; a picture is looked at again when it changes."""
        return self._model.version

    def small(self, view: PageView) -> SmallPicture:
        """The picture of one kilobyte. Raises BadInput ARC-110."""
        return small_picture(view.pixels, self._codec)

    def type_of(self, view: PageView, kind: str) -> Typed:
        """``kind``: V or D. Raises BadInput ARC-110."""
        if view.role is PageRole.BLANK:
            return Typed("blank", TypedBy.MEASURE, 1.0)
        said = self._read(view, kind)
        if said.by in {TypedBy.BARCODE, TypedBy.TITLE}:
            return said
        # Orientation is measured by ink and can be wrong on forms of few words; a title settles it, and it stands tall.
        turned, name = replace(view, pixels=upright(view.pixels, 180)), KIND_NAMES[kind]
        title = clear_title(self._reader.lines(turned.pixels, turned.dpi, most=_TALLEST), [], name, match_limits())
        if title is None:
            return said
        return replace(_identity(title, view.paper, lambda: self.by_picture(turned, name)), upside_down=True)

    def _read(self, view: PageView, kind: str) -> Typed:
        name = KIND_NAMES[kind]
        coded = code_type(view.envelope.code, name)
        if coded:
            return Typed(coded, TypedBy.BARCODE, 0.99, view.envelope.code)
        share = 1.0 if view.pixels.shape[0] < _SMALL_SHEET * _A4_MM / 25.4 * view.dpi else 0.5
        lines = self._reader.lines(view.pixels, view.dpi, share)
        return decided(lines, lambda: self.by_picture(view, name), name, view.paper, match_limits())

    def lines(self, data: bytes, page: ArchivePage) -> tuple[ReadLine, ...]:
        """Everything that is written on a page; none for one that is no whole picture. About half a second."""
        try:
            pixels = decode(data).pixels
        except BadInput:
            return ()
        dpi = float(page.found.dpi if page.found is not None else page.dpi) or 2 * READING_DPI
        turned = upright(pixels, page.standing.turn)
        return tuple(self._reader.lines(turned, dpi, share=1.0, most=PAGE_LINES))

    def by_picture(self, view: PageView, name: str) -> dict[str, float]:
        """The image model's calibrated probabilities, by the one-kilobyte picture. ``name``: vehicle or driver."""
        return picture_types(self._model, self.small(view).data, view.envelope, name)


def picture_types(model: PageModel, data: bytes, envelope: Envelope, name: str) -> dict[str, float]:
    """What a small picture and its envelope say; the remote side asks it, too. Raises BadInput ARC-111."""
    return model.probabilities(features_of(opened(data), envelope), page_types(name))


def decided(
    lines: Iterable[ReadLine], picture: Callable[[], dict[str, float]], name: str, paper: str, limits: MatchLimits
) -> Typed:
    """The steps after the code, one after the other. ``lines`` the tallest first; ``picture`` is asked only if needed."""
    read: list[ReadLine] = []
    titled = clear_title(lines, read, name, limits)
    if titled is not None:
        return _identity(titled, paper, picture)
    titles, words = titles_in(read, name), words_in(read, name)
    best = titles[0]
    if best.score >= limits.least_title and best.score - titles[1].score >= limits.clear_margin:
        return _identity(Typed(best.type, TypedBy.TITLE, round(best.score, 3), best.text), paper, picture)
    shares = picture()
    seen, sure = max(shares.items(), key=lambda each: each[1])
    if words and words[0].score >= limits.least_words:
        ahead = words[0].score - words[1].score >= limits.clear_margin
        if ahead or shares.get(words[0].type, 0.0) >= limits.agreeing_picture:
            chosen = max(
                (w for w in words if words[0].score - w.score < limits.clear_margin), key=lambda w: shares.get(w.type, 0)
            )
            said = max(chosen.score, shares.get(chosen.type, 0.0))
            return _identity(Typed(chosen.type, TypedBy.WORDS, round(min(0.95, said), 3)), paper, picture)
    if sure >= limits.least_picture:
        return Typed(seen, TypedBy.PICTURE, round(sure, 3))
    return Typed("", TypedBy.PICTURE, round(sure, 3), seen)


def clear_title(lines: Iterable[ReadLine], read: list[ReadLine], name: str, limits: MatchLimits) -> Typed | None:
    """The first line that is a title beyond doubt; what was read until then stays in ``read``."""
    for line in lines:
        read.append(line)
        best = titles_in((line,), name)[0]
        if best.score >= limits.clear_title:
            return Typed(best.type, TypedBy.TITLE, round(best.score, 3), best.text)
    return None


def _identity(typed: Typed, paper: str, picture: Callable[[], dict[str, float]]) -> Typed:
    """A card and its copy say the same: the sheet's size decides, else the picture."""
    if typed.type not in {_IDENTITY, _COPY}:
        return typed
    if paper == _CARD:
        return replace(typed, type=_IDENTITY)
    shares = picture()
    return replace(typed, type=_IDENTITY if shares.get(_IDENTITY, 0) > shares.get(_COPY, 0) else _COPY)

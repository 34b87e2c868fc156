"""What the read lines of a page say about its type: titles compared character by character, then pairs of characters.

Limits and texts: resources/archive/titles.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.archive.line_reading import ReadLine
from app.config.places import RESOURCES

_HAN = re.compile(r"[^\u4e00-\u9fff]+")
_STROKES = re.compile(r"[/／、\s]+")


@dataclass(frozen=True)
class TypeWords:
    """What stands on a page of a type. ``without``: words that say it is another one."""

    id: str
    titles: tuple[str, ...]
    words: tuple[str, ...]
    without: tuple[str, ...]


@dataclass(frozen=True)
class MatchLimits:
    """See the file."""

    least_title: float
    clear_title: float
    least_words: float
    clear_margin: float
    least_picture: float
    agreeing_picture: float


@dataclass(frozen=True)
class Likeness:
    """``score`` 0…1 of a type; ``text``: the line it was found in."""

    type: str
    score: float
    text: str = ""


@cache
def _table() -> dict[str, Any]:
    with (RESOURCES / "archive" / "titles.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def match_limits() -> MatchLimits:
    """The shipped limits."""
    return MatchLimits(**_table()["match"])


@cache
def type_words(kind: str) -> dict[str, TypeWords]:
    """Type → its words. ``kind``: vehicle or driver."""
    return {
        name: TypeWords(
            name,
            tuple(row["titles"]),
            tuple(row["words"].split()),
            tuple(str(row.get("without", "")).split()),
        )
        for name, row in _table()[kind].items()
    }


@cache
def _codes(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, row in _table()[kind].items() for pattern in row.get("codes", ()))


def code_type(code: str, kind: str) -> str:
    """The type that a bar code's text tells, "" for none. Pure."""
    return next((name for name, pattern in _codes(kind) if code and pattern.match(code)), "")


def titles_in(lines: Iterable[ReadLine], kind: str) -> tuple[Likeness, ...]:
    """Types by how well one of their titles stands in one line, the best first. Pure."""
    seen = [(line, _HAN.sub("", _STROKES.sub("", line.text))) for line in lines]
    found = []
    for words in type_words(kind).values():
        best = Likeness(words.id, 0.0)
        for line, text in seen:
            if any(other in text for other in words.without):
                continue
            for title in words.titles:
                score = title_score(title, text)
                if score > best.score:
                    best = Likeness(words.id, score, line.text)
        found.append(best)
    return tuple(sorted(found, key=lambda each: -each.score))


def title_score(title: str, text: str) -> float:
    """How much of a title stands in a line, in its order (longest common subsequence), less what the line has besides.

    A line much longer than the title is a sentence that names it: 0.
    """
    if not text or len(text) > 2 * len(title) + 6:
        return 0.0
    common = _longest_common(title, text)
    beside = max(0, len(text) - common) / (len(text) + len(title))
    return common / len(title) * (1.0 - 0.5 * beside)


def _longest_common(first: str, second: str) -> int:
    row = [0] * (len(second) + 1)
    for one in first:
        before = 0
        for place, other in enumerate(second, start=1):
            kept = row[place]
            row[place] = before + 1 if one == other else max(row[place], row[place - 1])
            before = kept
    return row[-1]


def words_in(lines: Iterable[ReadLine], kind: str) -> tuple[Likeness, ...]:
    """Types by the share of the lines' pairs of characters that are pairs of the type's own words, the best first. Pure."""
    text = [_HAN.sub("", line.text) for line in lines]
    pairs = {line[i : i + 2] for line in text for i in range(len(line) - 1)}
    if not pairs:
        return ()
    found = [Likeness(name, _share(pairs, own)) for name, own in _pairs(kind).items()]
    return tuple(sorted(found, key=lambda each: -each.score))


def _share(pairs: set[str], own: dict[str, float]) -> float:
    """Weighted by how few types have a pair: 机动 says nothing, 抵押 says nearly all."""
    known = sum(own.get(pair, 0.0) for pair in pairs)
    total = known + sum(0.5 for pair in pairs if pair not in own)
    return known / total if total else 0.0


@cache
def _pairs(kind: str) -> dict[str, dict[str, float]]:
    own: dict[str, set[str]] = {}
    for words in type_words(kind).values():
        texts = (*words.titles, *words.words)
        own[words.id] = {text[i : i + 2] for text in texts for i in range(len(text) - 1)}
    often: dict[str, int] = {}
    for each in own.values():
        for pair in each:
            often[pair] = often.get(pair, 0) + 1
    return {name: {pair: 1.0 / often[pair] ** 2 for pair in pairs} for name, pairs in own.items()}

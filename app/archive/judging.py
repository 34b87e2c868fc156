"""What is wrong with a page, by the limits of ``resources/pages.toml``; measuring is done before."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.archive.page_facts import PageFacts
from app.archive.separators import SeparatorReading
from app.config.places import RESOURCES


@dataclass(frozen=True)
class PageLimits:
    """See the file."""

    least_dpi: float
    dpi_slack: float
    most_skew_deg: float
    skew_confidence: float
    least_sharpness: float
    most_edge_ink: float
    blank_from: float
    least_paper: float


@dataclass(frozen=True)
class PageReason:
    """``id`` is stable; the sentence is in the language asked for."""

    id: str
    sentence: str


@cache
def _table() -> dict[str, Any]:
    with (RESOURCES / "pages.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def page_limits() -> PageLimits:
    """The shipped limits."""
    return PageLimits(**_table()["limits"])


def is_blank(facts: PageFacts, limits: PageLimits) -> bool:
    """白纸: marked and hidden, never thrown away. A black page is not blank."""
    return facts.blank >= limits.blank_from and facts.paper_level >= limits.least_paper


def page_reasons(
    facts: PageFacts, separator: SeparatorReading | None, limits: PageLimits, language: str
) -> tuple[PageReason, ...]:
    """Everything that an officer should look at; () for a page that is in order. Blank pages and separators have few."""
    found = list(_of_separator(separator)) if separator is not None else list(_of_page(facts, limits))
    side = "zh" if language.startswith("zh") else "en"
    return tuple(PageReason(name, _table()["reasons"][name][side].format(**values)) for name, values in found)


def reason_sentence(name: str, values: Mapping[str, float], language: str) -> str:
    """A reason that was found before, with what is still known of its numbers. An error's code (a picture that is none)
    stays a code."""
    row = _table()["reasons"].get(name)
    if row is None:
        return name
    known = {"dpi": 0.0, "least": page_limits().least_dpi, "skew": 0.0, "turn": 0, "sharpness": 0.0} | dict(values)
    if name == "dull":
        return str(row["zh_seen" if language.startswith("zh") else "en_seen"])
    return str(row["zh" if language.startswith("zh") else "en"]).format(**known)


def asked_sentence(name: str, values: dict[str, int], language: str) -> str:
    """What a person must decide about a pile, in words."""
    return str(_table()["asked"][name]["zh" if language.startswith("zh") else "en"]).format(**values)


def _of_separator(separator: SeparatorReading) -> Iterator[tuple[str, dict[str, Any]]]:
    if separator.separator is None:
        yield ("separator-disagrees" if separator.disagree else "separator-unread"), {}


def _of_page(facts: PageFacts, limits: PageLimits) -> Iterator[tuple[str, dict[str, Any]]]:
    if facts.paper_level < limits.least_paper:
        yield "dark", {}
    if not facts.dpi.value:
        yield "dpi-unknown", {}
    elif facts.dpi.value < limits.least_dpi - limits.dpi_slack:
        yield "dpi-low", {"dpi": facts.dpi.value, "least": limits.least_dpi}
    if is_blank(facts, limits):
        return
    turn = facts.orientation.turn
    if turn:
        yield "turned", {"turn": turn}
    elif turn is None and facts.skew.sideways and facts.skew.confidence >= limits.skew_confidence:
        yield "sideways", {}
    if facts.skew.confidence >= limits.skew_confidence and abs(facts.skew.degrees) > limits.most_skew_deg:
        yield "skewed", {"skew": facts.skew.degrees}
    if facts.sharpness is not None and facts.sharpness < limits.least_sharpness:
        yield "dull", {"sharpness": facts.sharpness, "least": limits.least_sharpness}
    if max(facts.edges) > limits.most_edge_ink:
        yield "cut", {}

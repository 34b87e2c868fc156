"""A scanned page measured against the page that was drawn: skew, which way up, blank, sharp, dpi, cut edges."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.archive.judging import is_blank, page_limits, page_reasons
from app.archive.page_facts import PAPERS_MM, PageFacts, dpi_of, measured
from app.archive.skew import skew_of
from helpers.documents import Pixels, Soiling, blurred, page, soiled, turned

DPI = 150  # quick; the table of docs/pages.md is made at 300
WRITTEN = ("form", "letter", "table")


@cache
def drawn(kind: str) -> Pixels:
    return page(kind, DPI, seed=4)


def scanned(kind: str, skew: float = 0.0, soiling: Soiling = Soiling(), turn: int = 0) -> PageFacts:  # noqa: B008  # frozen
    pixels = soiled(turned(drawn(kind), skew, (255, 255, 255)), soiling, DPI, 3)
    return measured(np.ascontiguousarray(np.rot90(pixels, -turn // 90)), DPI)


def reasons(facts: PageFacts) -> list[str]:
    return [reason.id for reason in page_reasons(facts, None, page_limits(), "zh_CN")]


@pytest.mark.parametrize("kind", WRITTEN)
@pytest.mark.parametrize("skew", [0.0, 0.6, -1.3, 2.7, -5.0, 8.4])
def test_skew_is_found_to_a_tenth_of_a_degree(kind: str, skew: float) -> None:
    found = scanned(kind, skew, Soiling(noise=5, shadow=0.3, specks=60)).skew
    assert found.degrees == pytest.approx(skew, abs=0.1)
    assert found.confidence > 0.6


@pytest.mark.parametrize("kind", ["stamp", "signature", "blank"])
def test_what_has_no_lines_has_no_skew(kind: str) -> None:
    assert "skewed" not in reasons(scanned(kind, 3.0))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_letter_says_which_way_up_it_is_and_a_form_says_its_axis_alone(turn: int) -> None:
    assert scanned("letter", 0.8, turn=turn).orientation.turn == (360 - turn) % 360
    form = scanned("form", 0.8, turn=turn)
    assert form.orientation.turn is None, "not guessed"
    assert form.skew.sideways == (turn in {90, 270})


@pytest.mark.parametrize("soiling", [Soiling(), Soiling(noise=6, shadow=0.4), Soiling(through=0.8), Soiling(specks=40)])
def test_an_empty_sheet_is_blank_whatever_its_paper(soiling: Soiling) -> None:
    assert is_blank(scanned("blank", 1.0, soiling), page_limits())


@pytest.mark.parametrize("kind", ["stamp", "signature", *WRITTEN])
@pytest.mark.parametrize("soiling", [Soiling(), Soiling(noise=6, shadow=0.4), Soiling(through=0.8)])
def test_one_stamp_or_signature_makes_a_page(kind: str, soiling: Soiling) -> None:
    assert not is_blank(scanned(kind, 0.5, soiling), page_limits())


def test_what_shines_through_is_measured_and_is_no_writing() -> None:
    clean, through = scanned("blank"), scanned("blank", soiling=Soiling(through=0.8))
    assert through.faint > clean.faint + 0.01
    assert through.ink_mm2 < 5


def test_blur_lowers_sharpness_step_by_step_and_is_refused_in_time() -> None:
    clean = soiled(drawn("form"), Soiling(), DPI)
    found = [measured(blurred(clean, sigma), DPI).sharpness or 0.0 for sigma in (0.0, 0.5, 1.0, 1.5, 2.0)]
    assert found == sorted(found, reverse=True)
    assert "dull" in reasons(measured(blurred(clean, 2.0), DPI))


def test_a_page_in_order_at_300_dpi_has_no_reason() -> None:
    facts = measured(soiled(page("form", 300), Soiling(), 300), 300)
    assert reasons(facts) == []
    assert facts.sharpness == pytest.approx(0.5, abs=0.06), "an ideal edge"


def test_what_runs_over_the_edge_is_told() -> None:
    pixels = soiled(drawn("table"), Soiling(), DPI)
    cut = np.ascontiguousarray(pixels[:, round(40 / 25.4 * DPI) :])
    assert "cut" in reasons(measured(cut, DPI))
    assert "cut" not in reasons(measured(pixels, DPI))


def test_a_black_page_is_dark_and_not_blank() -> None:
    facts = measured(np.full((1754, 1240, 3), 18, np.uint8), DPI)
    assert not is_blank(facts, page_limits())
    assert "dark" in reasons(facts)


@pytest.mark.parametrize("name", PAPERS_MM)
@pytest.mark.parametrize("dpi", [150, 200, 300, 600])
def test_dpi_is_the_paper_s_and_not_the_tag_s(name: str, dpi: int) -> None:
    width, height = (round(side / 25.4 * dpi) for side in PAPERS_MM[name])
    told = dpi_of(width, height, dpi)
    assert (told.paper, told.source) == (name, "paper")
    assert told.value == pytest.approx(dpi, rel=0.01)
    if name == "A4":
        assert dpi_of(width, height, 2 * dpi + 37).value == pytest.approx(dpi, rel=0.01), "a lying tag"
        assert dpi_of(height, width, 0.0).value == pytest.approx(dpi, rel=0.01), "no tag, on its side"


def test_a_shape_of_no_paper_goes_by_its_tag_or_is_unknown() -> None:
    assert dpi_of(1000, 1000, 240.0).value == 240.0
    assert dpi_of(1000, 1000, 0.0).value == 0.0
    assert "dpi-unknown" in reasons(measured(np.full((500, 500, 3), 240, np.uint8)))
    assert "dpi-low" in reasons(scanned("letter"))


@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 255), st.sampled_from([0.0, 72.0, 300.0, 5000.0]))
@settings(max_examples=60, deadline=None)
def test_no_picture_however_small_breaks_the_measuring(width: int, height: int, grey: int, tag: float) -> None:
    pixels = np.full((height, width, 3), grey, np.uint8)
    pixels[:: max(1, height // 3)] = 255 - grey
    facts = measured(pixels, tag)
    assert 0.0 <= facts.blank <= 1.0
    page_reasons(facts, None, page_limits(), "en")


def test_skew_of_nothing_is_nothing() -> None:
    assert skew_of(np.zeros((100, 100), bool)).confidence == 0.0
    noise = np.random.default_rng(1).random((400, 300)) < 0.02
    assert skew_of(noise).confidence < 0.5


def test_a_noisy_empty_scan_is_not_taken_for_sharp() -> None:
    noise = np.random.default_rng(2).normal(246, 3, (1754, 1240, 1)).clip(0, 255).astype(np.uint8)
    assert measured(np.repeat(noise, 3, axis=2), DPI).sharpness is None
    assert cv2.countNonZero(noise[:, :, 0]) > 0

"""Sheets and cards under a document camera: their true corners are known, because the desks are drawn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from devices.drivers.doccam.finding import FoundPage, Picture, find_pages, page_size, rectified
from devices.simulators.desk.scene import DeskKind, View, render
from devices.simulators.escl.pages import PageKind, number_of
from helpers.desk_scenes import FIELD_MM, card, corner_errors_mm, drawn, measure, scenes, sheet

CONTRASTING = (DeskKind.DARK, DeskKind.GREEN, DeskKind.GREY, DeskKind.WOOD)


@pytest.mark.parametrize("desk", CONTRASTING)
def test_a_sheet_s_corners_are_found_to_a_third_of_a_millimetre(desk: DeskKind) -> None:
    measured = measure(desk, cards=False, count=4)
    assert measured.found == measured.pages == 4
    assert measured.wrong == 0
    assert measured.max_mm < 0.33, "at 0.47 mm a pixel"


def test_two_cards_in_one_shot_are_two_pages_with_the_corners_their_sides_would_meet_in() -> None:
    measured = measure(DeskKind.GREY, cards=True, count=3)
    assert measured.found == measured.pages == 6
    assert measured.wrong == 0
    assert measured.max_mm < 0.5, "their corners are round: the sides are prolonged"


def test_the_rectified_page_reads_like_the_page() -> None:
    view = View(1000, 750, FIELD_MM, tilt_x_deg=8, tilt_y_deg=-6)
    picture = render(DeskKind.GREY, (sheet(PageKind.TEXT, 37, turned=5, y=0),), View(1000, 750, 620.0), 1)
    (page,) = find_pages(picture).pages
    straight = rectified(picture, page)
    assert number_of(straight, straight.shape[1] / 210 * 25.4) == 37
    tilted = render(DeskKind.GREY, (sheet(PageKind.TEXT, 37, turned=92),), view, 1)
    (page,) = find_pages(tilted).pages
    height, width = rectified(tilted, page).shape[:2]
    assert width / height == pytest.approx(2**0.5, rel=0.004), "A4 across, whatever the tilt"


def test_an_empty_desk_has_no_page_and_nothing_on_it() -> None:
    for desk in CONTRASTING:
        found = find_pages(render(desk, (), View(800, 600, FIELD_MM, noise=4.0), 3))
        assert found.pages == ()
        assert found.covered < 0.01


def test_a_page_that_is_cut_off_by_the_picture_s_edge_is_no_page() -> None:
    picture = render(DeskKind.DARK, (sheet(PageKind.TEXT, x=150),), View(800, 600, FIELD_MM), 1)
    assert find_pages(picture).pages == ()


def test_a_hand_on_the_sheet_is_no_page_but_the_desk_is_not_empty() -> None:
    from devices.simulators.desk.film import _with_hand

    picture = render(DeskKind.GREY, (sheet(PageKind.TEXT),), View(800, 600, FIELD_MM), 1)
    found = find_pages(_with_hand(picture, 0.5))
    assert found.pages == ()
    assert found.covered > 0.2


def test_corners_run_clockwise_from_the_top_left() -> None:
    for scene in scenes(DeskKind.DARK, cards=False, count=2):
        (page,) = find_pages(scene.picture).pages
        x, y = page.corners.T
        assert (x * np.roll(y, -1) - np.roll(x, -1) * y).sum() > 0
        assert page.corners.sum(axis=1).argmin() == 0
        assert corner_errors_mm(scene, find_pages(scene.picture))[0] is not None


def test_known_formats_keep_their_own_ratio() -> None:
    square = FoundPage(np.array(((0, 0), (300, 0), (300, 300), (0, 300)), float))
    almost_a4 = FoundPage(np.array(((0, 0), (210, 0), (210, 300), (0, 300)), float))
    assert page_size(square) == (300, 300)
    assert page_size(almost_a4) == (212, 300)


@settings(max_examples=60, deadline=None)
@given(arrays(np.uint8, st.tuples(st.integers(64, 90), st.integers(64, 90), st.just(3))))
def test_any_picture_has_pages_inside_it_or_none(picture: Picture) -> None:
    for page in find_pages(picture).pages:
        assert (page.corners >= 0).all()
        assert (page.corners < max(picture.shape)).all()
        assert min(rectified(picture, page).shape[:2]) >= 2


def test_cards_and_sheets_lie_where_the_drawing_says() -> None:
    """The truth itself: the drawn corner pixels are paper inside and desk outside."""
    laid = card(3, 0, 0, 0)
    view = View(1000, 750, FIELD_MM, noise=0, blur_px=0.3, light_slope=0, shadow=0)
    picture = render(DeskKind.DARK, (laid,), view, 1).astype(int)
    middle = (np.array((view.width_px - 1, view.height_px - 1)) / 2).round().astype(int)
    half = 85.6 / 2 / FIELD_MM * view.width_px
    inside, outside = int(middle[0] + half - 2), int(middle[0] + half + 2)
    assert picture[middle[1] - 20, inside].mean() > 150
    assert picture[middle[1] - 20, outside].mean() < 90
    assert drawn(PageKind.CARD, 3).shape[2] == 3

"""A document camera shoots by itself: once for each page that lies still, and not again for the same one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.drivers.doccam.finding import find_pages
from devices.drivers.doccam.stillness import Limits, Look, Watch, difference, look_of, step
from devices.simulators.desk.film import FRAMES_PER_S, Act, Scene, frames
from devices.simulators.desk.scene import DeskKind, View
from devices.simulators.escl.pages import PageKind
from helpers.desk_scenes import FIELD_MM, card, sheet

VIEW = View(640, 480, FIELD_MM, tilt_x_deg=4.0, tilt_y_deg=-3.0)
FIRST, SECOND = sheet(PageKind.TEXT, 1, 5, 0, 93), sheet(PageKind.TEXT, 2, 0, 3, 88)
MOVED = sheet(PageKind.TEXT, 1, -8, 4, 90)


def shots(*scenes: Scene) -> list[int]:
    """How many pages each shot took, in the order of the film."""
    watch, taken = Watch(), []
    for number, picture in enumerate(frames(scenes, DeskKind.GREY, VIEW)):
        found = find_pages(picture)
        watch, fresh = step(watch, look_of(picture, found, number / FRAMES_PER_S), Limits())
        if fresh:
            taken.append(len(fresh))
    return taken


def test_a_sheet_that_is_laid_and_moved_and_waved_over_is_shot_once() -> None:
    laid = Scene(Act.LAY, (FIRST,))
    assert shots(laid, Scene(Act.NUDGE, (MOVED,)), Scene(Act.WAVE), Scene(Act.REST), Scene(Act.WAIT)) == [1]


def test_the_next_sheet_of_the_same_form_is_a_new_one() -> None:
    assert shots(Scene(Act.LAY, (FIRST,)), Scene(Act.LAY, (SECOND,)), Scene(Act.LAY, (FIRST,))) == [1, 1, 1]


def test_the_same_sheet_is_shot_again_after_the_desk_was_empty() -> None:
    assert shots(Scene(Act.LAY, (FIRST,)), Scene(Act.CLEAR), Scene(Act.LAY, (FIRST,))) == [1, 1]


def test_two_cards_are_one_shot_of_two_and_a_third_beside_them_is_taken_alone() -> None:
    two = (card(3, -70, 5, 3), card(4, 65, -12, -5))
    three = (two[0], card(5, 60, 70, 10))
    assert shots(Scene(Act.LAY, two), Scene(Act.LAY, three)) == [2, 1]


def test_an_empty_desk_and_a_hand_alone_are_never_shot() -> None:
    assert shots(Scene(Act.WAVE), Scene(Act.WAIT), Scene(Act.REST)) == []


# -- the rule itself, without pictures ----------------------------------------------------------------------

QUIET = np.zeros((60, 80), np.float32)


def look(at: float, scene: float = 0.0, page: float | None = 0.0, covered: float = 0.4) -> Look:
    """A scene whose one corner has a grey level; a page whose one tile has another; ``page`` None = no page seen."""
    seen = QUIET.copy()
    seen[:8, :8] = scene
    if page is None:
        return Look(seen, (), covered, at)
    printed = np.zeros((128, 96), np.float32)
    printed[:16, :16] = page
    return Look(seen, (printed,), covered, at)


def run(looks: Sequence[Look]) -> list[float]:
    """The times of the shots."""
    watch, times = Watch(), []
    for each in looks:
        watch, fresh = step(watch, each, Limits())
        if fresh:
            times.append(each.taken_s)
    return times


def test_it_waits_for_half_a_second_of_stillness() -> None:
    assert run([look(t / 10) for t in range(20)]) == [0.5]


def test_between_still_and_moving_nothing_changes() -> None:
    """Hysteresis: 7 grey levels neither begin a stillness nor end one."""
    trembling = [look(t / 10, scene=7.0 * (t % 2)) for t in range(20)]
    assert run(trembling) == []
    still_first = [look(t / 10) for t in range(3)] + [look(0.3 + t / 10, scene=7.0 * (t % 2)) for t in range(9)]
    assert run(still_first) == [0.5]


def test_the_light_going_up_is_no_movement() -> None:
    brighter = [Look(QUIET + 6 * t, look(0).prints, 0.4, t / 10) for t in range(10)]
    assert run(brighter) == [0.5]


def test_a_page_turned_round_is_the_same_page() -> None:
    one = look(0, page=80.0).prints[0]
    assert difference(one, np.ascontiguousarray(one[::-1, ::-1])) == 0
    assert difference(one, look(0, page=0.0).prints[0]) > 50


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 60), st.sampled_from((None, 0.0, 40.0, 80.0)), st.floats(0, 1)), max_size=60))
def test_whatever_happens_two_shots_in_a_row_are_different_pages_or_parted_by_an_empty_desk(
    happenings: list[tuple[float, float | None, float]],
) -> None:
    watch, last, empty = Watch(), None, True
    for number, (scene, page, covered) in enumerate(happenings):
        each = look(number / 3, scene, page, covered)
        watch, fresh = step(watch, each, Limits())
        if page is None and covered < Limits().empty:
            empty = True
        if fresh:
            assert page != last or empty
            last, empty = page, False

"""Undo and redo: a mistake with the crop is cheap, and the first automatic crop is never lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.edits import CropBox, EditHistory, Recipe

FIRST = Recipe(CropBox(500.0, 600.0, 400.0, 0.0), replace_background=True)


def _moved(dx: float) -> Recipe:
    return Recipe(FIRST.crop.moved(dx, 0.0), replace_background=True, automatic=False)


def test_undo_takes_back_and_redo_does_again() -> None:
    history = EditHistory((FIRST,)).apply(_moved(1)).apply(_moved(2))
    assert history.undo().current == _moved(1)
    assert history.undo().redo().current == _moved(2)


def test_a_new_step_after_undo_forgets_what_was_taken_back() -> None:
    history = EditHistory((FIRST,)).apply(_moved(1)).undo().apply(_moved(3))
    assert not history.can_redo
    assert history.redo() is history


def test_the_first_step_stays() -> None:
    history = EditHistory((FIRST,))
    assert not history.can_undo
    assert history.undo() is history


def test_the_same_recipe_twice_is_one_step() -> None:
    assert EditHistory((FIRST,)).apply(FIRST).done == (FIRST,)


@given(st.lists(st.sampled_from(["apply", "undo", "redo"]), max_size=40))
def test_any_row_of_actions_matches_a_plain_list_with_a_cursor(actions: list[str]) -> None:
    history, steps, cursor = EditHistory((FIRST,)), [FIRST], 0
    for number, action in enumerate(actions, start=1):
        if action == "apply":
            history = history.apply(_moved(number))
            steps = [*steps[: cursor + 1], _moved(number)]
            cursor += 1
        elif action == "undo":
            history, cursor = history.undo(), max(0, cursor - 1)
        else:
            history, cursor = history.redo(), min(len(steps) - 1, cursor + 1)
        assert history.current == steps[cursor]
        assert history.can_undo == (cursor > 0)
        assert history.can_redo == (cursor < len(steps) - 1)


def test_the_crop_frame_moves_grows_and_turns_about_its_centre() -> None:
    crop = CropBox(10.0, 20.0, 100.0, 0.0)
    assert crop.moved(1, -2) == CropBox(11.0, 18.0, 100.0, 0.0)
    assert crop.scaled(1.1).width == 110.00000000000001
    assert crop.turned(0.5).turned(-0.5) == crop

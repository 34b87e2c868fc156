"""What can be mended is mended here; what cannot is told to the applicant; the best of a round comes first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from portraits.camera import jpeg, photograph
from portraits.portrait import Portrait

from app.domain.attribute import Mend
from app.domain.photo_standard import PhotoStandard
from app.inspection.likeness import difference
from app.photo.assess import ShotScreening
from app.photo.standards import standard_by_id
from app.photo.verdict import Use, rank, strangers, two_stage
from helpers.eyes import eyes


def _standard(name: str = "id-card") -> PhotoStandard:
    return standard_by_id(eyes().standards, name)


def _screened(portrait: Portrait, standard: str = "id-card") -> ShotScreening:
    return eyes().examiner.screen(jpeg(photograph(portrait)), _standard(standard))


def test_a_busy_wall_is_mended_where_composites_are_allowed() -> None:
    found = two_stage(_screened(Portrait(clutter=6)).report, _standard())
    assert found.use is Use.MENDABLE
    assert Mend.BACKGROUND in found.mend


def test_a_busy_wall_means_a_new_shot_where_they_are_not() -> None:
    found = two_stage(_screened(Portrait(clutter=6), "exit-entry-untouched").report, _standard("exit-entry-untouched"))
    assert found.use is Use.RETAKE
    assert "background_objects" in {c.measurement.id for c in found.retake}


def test_closed_eyes_mean_a_new_shot_with_words_for_the_applicant() -> None:
    found = two_stage(_screened(Portrait(eye_left=0, eye_right=0)).report, _standard())
    assert found.use is Use.RETAKE
    assert found.retake[0].advice


def test_a_yellow_light_is_mended_by_composing_and_the_photo_passes() -> None:
    yellow = Portrait(cast=(0.62, 0.98, 1.0))
    photo = eyes().composer.compose(jpeg(photograph(yellow)), _standard())
    assert not photo.recipe.tone.neutral
    assert photo.report.passed, [c.measurement.id for c in photo.report.failures()]
    assert photo.recipe.tone.gains[2] > photo.recipe.tone.gains[0], "more blue, less red"


def test_a_standard_that_forbids_processing_leaves_the_light_alone() -> None:
    photo = eyes().composer.compose(jpeg(photograph(Portrait(cast=(0.62, 0.98, 1.0)))), _standard("exit-entry-untouched"))
    assert photo.recipe.tone.neutral
    assert not photo.recipe.replace_background


def test_the_best_of_a_burst_is_the_sharp_one_with_open_eyes() -> None:
    shots = [
        Portrait(seed=1, blur_px=3.5),
        Portrait(seed=2, eye_left=0, eye_right=0),
        Portrait(seed=3),
        Portrait(seed=4, yaw=20),
    ]
    order = rank([_screened(p).report for p in shots], _standard())
    assert order[0].position == 2
    assert {r.position for r in order} == {0, 1, 2, 3}
    assert "eyes_open" in next(r for r in order if r.position == 1).worse
    assert order[-1].use is Use.RETAKE


def test_another_person_on_the_chair_is_noticed_and_a_smile_is_not() -> None:
    me = [Portrait(seed=n, **change) for n, change in enumerate(({}, {"smile": 0.8}, {"yaw": 8}, {"glasses": "thin"}))]  # type: ignore[arg-type]
    other = Portrait(skin="brown", hair=(150, 150, 150), clothes=(40, 40, 160), shirt=(40, 40, 160))
    likes = [_screened(p).likeness for p in (*me[:2], other, *me[2:])]
    assert strangers(likes) == (2,)


def test_two_shots_of_one_person_are_alike() -> None:
    first, second = _screened(Portrait(seed=1)).likeness, _screened(Portrait(seed=2, roll=4, exposure=0.8)).likeness
    assert first is not None
    assert second is not None
    assert difference(first, second) < 1.0


@pytest.mark.parametrize("change", [{"tone": False}, {"retouch": False}])
def test_recipes_keep_what_was_done(change: dict[str, bool]) -> None:
    standard = replace(_standard(), processing=replace(_standard().processing, **change))
    photo = eyes().composer.compose(jpeg(photograph(Portrait())), standard)
    assert photo.recipe.automatic

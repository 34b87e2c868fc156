"""What the applicant hears while the camera runs, and when the shutter goes by itself."""

from __future__ import annotations

import numpy as np
import pytest
from portraits.camera import photograph
from portraits.portrait import Portrait

from app.config.texts import LANGUAGES, live_sentence
from app.imaging.decode import Pixels
from app.photo.live import advise, look_live
from app.photo.steady import Steady
from helpers.eyes import eyes


def _live(**change: object) -> Pixels:
    fields = {"width": 640, "height": 480, "face_share": 0.26, "centre": (0.5, 0.45), **change}
    return photograph(Portrait(**fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("frame", "key"),
    [
        (_live(), "good"),
        (np.full((480, 640, 3), 120, np.uint8), "no_face"),
        (np.hstack([_live()[:, 160:480], _live()[:, 160:480]]), "two_faces"),
        (_live(face_share=0.09), "too_small"),
        (_live(face_share=0.48, centre=(0.5, 0.5)), "too_large"),
        (_live(centre=(0.8, 0.45)), "too_left"),
        (_live(centre=(0.2, 0.45)), "too_right"),
        (_live(yaw=25), "turned"),
        (_live(roll=14), "leaning"),
        (_live(eye_left=0.0, eye_right=0.0), "eyes_closed"),
        (_live(exposure=0.02), "dark"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_the_first_thing_to_change_is_told(frame: Pixels, key: str) -> None:
    said = advise(look_live(eyes().examiner.reader, np.ascontiguousarray(frame), eyes().standards[0]))
    assert said == key
    assert all(live_sentence(said, language) for language in LANGUAGES)


def test_the_shutter_goes_once_after_six_tenths_of_a_second() -> None:
    steady = Steady()
    told = (("good", 0.0), ("good", 0.5), ("good", 0.61), ("good", 2.0), ("turned", 2.1), ("good", 2.2), ("good", 2.9))
    fired = [steady.tell(key, now) for key, now in told]
    assert fired == [False, False, True, False, False, False, True]

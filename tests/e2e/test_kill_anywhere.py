"""Power cuts, crashed drivers, a dead back end: every finished shot is found, and each photo arrives exactly once.

One operator works through jobs in a process of her own. At a random moment the whole program, its camera worker or the
back end is killed without warning; then everything starts again and goes on. Six days with ten crashes each.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from helpers.crashes import Crash, WorkingDay

DAYS = 6
CRASHES_A_DAY = 10
KINDS = (Crash.PROGRAM, Crash.PROGRAM, Crash.CAMERA, Crash.BACKEND)


@pytest.mark.parametrize("day", range(DAYS))
def test_nothing_finished_is_lost_and_nothing_is_sent_twice(day: int, tmp_path: Path) -> None:
    one_day(day, tmp_path)


@pytest.mark.exhaustive
@pytest.mark.parametrize("day", range(100, 110))
def test_a_hundred_more_crashes(day: int, tmp_path: Path) -> None:
    one_day(day, tmp_path)


def one_day(day: int, tmp_path: Path) -> None:
    """Ten crashes, the books looked at in between, everything finished and sent in the end."""
    moments = random.Random(20261124 + day)
    with WorkingDay(tmp_path) as work:
        for number in range(CRASHES_A_DAY):
            work.work_until(moments.choice(KINDS), after_s=moments.uniform(0.0, 1.6))
            if number % 3 == 2:
                work.expect_every_finished_shot()
        work.expect_every_finished_shot()
        work.finish_everything()
        work.expect_each_photo_exactly_once()
        assert work.photos, "a day on which nothing was photographed proves nothing"

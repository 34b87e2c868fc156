"""Power cuts, crashed drivers, a dead back end: every finished shot is found, and each photo arrives exactly once.

One operator works through jobs in a process of its own (``helpers.job_program``). At a random moment the whole
program, its camera worker or the back end is killed without warning; the program starts again and goes on.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from helpers.job_program import Crash, Operator

# Ten moments in each of six working days, half of them power cuts: sixty kill points.
DAYS = 6
KILLS_A_DAY = 10


@pytest.mark.parametrize("day", range(DAYS))
def test_nothing_finished_is_lost_and_nothing_is_sent_twice(day: int, tmp_path: Path) -> None:
    moments = random.Random(20261124 + day)  # noqa: S311 - repeatable moments, no secret
    with Operator(tmp_path) as operator:
        for _ in range(KILLS_A_DAY):
            crash = moments.choice([Crash.PROGRAM, Crash.PROGRAM, Crash.CAMERA, Crash.BACKEND])
            operator.work_until(crash, after_s=moments.uniform(0.05, 2.5))
            operator.expect_every_finished_shot()
        operator.finish_everything()
        operator.expect_each_photo_exactly_once()

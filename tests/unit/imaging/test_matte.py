"""What matting leaves behind: no smoke before a busy wall, nothing that floats beside the person, hair kept."""

from __future__ import annotations

import numpy as np

from app.imaging.matte import Mask, settled


def plane() -> Mask:
    alpha = np.zeros((60, 60), np.float32)
    alpha[10:60, 20:40] = 1
    return alpha


def test_smoke_beside_the_person_is_wall_and_the_person_is_whole() -> None:
    alpha = plane()
    alpha[10:60, 10:20] = 0.2
    alpha[20:30, 25:30] = 0.95
    clear = settled(alpha)
    assert clear[:, 10:20].max() == 0
    assert clear[10:60, 20:40].min() == 1


def test_a_half_covered_edge_stays_soft() -> None:
    alpha = plane()
    alpha[10:60, 19] = 0.6
    assert 0.3 < settled(alpha)[30, 19] < 0.7


def test_what_floats_beside_the_person_goes_and_a_curl_that_hangs_on_stays() -> None:
    alpha = plane()
    alpha[2:5, 2:5] = 1
    alpha[12:14, 40:55] = 0.8
    clear = settled(alpha)
    assert clear[2:5, 2:5].max() == 0
    assert clear[12:14, 40:55].min() > 0.5


def test_nobody_and_nothing_but_a_person_stay_as_they_are() -> None:
    assert settled(np.zeros((8, 8), np.float32)).max() == 0
    assert settled(np.ones((8, 8), np.float32)).min() == 1

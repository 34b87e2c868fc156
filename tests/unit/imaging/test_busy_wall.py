"""The rim of a head before a busy wall: pieces of curtain go, hair and ears stay, an even wall is left to the matting."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from app.imaging.busy_wall import HeadPlace, without_busy_wall
from app.imaging.decode import Pixels
from app.imaging.matte import Mask, alpha_matte, trimap

_SIZE, _RADIUS, _OVER = 440, 110, 14
_MIDDLE = (220, 230)
_HEAD = HeadPlace(eyes_y=250.0, ears=((110.0, 262.0), (330.0, 262.0)), face_width=220.0)


def disc(radius: int) -> NDArray[np.bool_]:
    drawn = np.zeros((_SIZE, _SIZE), np.uint8)
    cv2.circle(drawn, _MIDDLE, radius, 1, -1)
    return drawn > 0


def wall(*, busy: bool) -> Pixels:
    """Patches of curtain and sky, or one grey."""
    if not busy:
        return np.full((_SIZE, _SIZE, 3), (186, 190, 188), np.uint8)
    rng = np.random.default_rng(5)
    colours = np.array([(210, 170, 90), (60, 70, 200), (225, 225, 220), (90, 190, 200)], np.uint8)
    patches = colours[rng.integers(0, len(colours), (22, 22))]
    drawn = cv2.resize(patches, (_SIZE, _SIZE), interpolation=cv2.INTER_NEAREST)
    return np.asarray(cv2.GaussianBlur(drawn, (0, 0), 2), np.uint8)


def picture(*, busy: bool) -> tuple[Pixels, Mask]:
    """Dark hair before the wall, and an outline model that takes a rim of the wall for hair."""
    pixels, hair = wall(busy=busy), disc(_RADIUS)
    noise = np.random.default_rng(6).integers(-12, 13, (_SIZE, _SIZE, 1))
    pixels[hair] = np.clip(np.array((38, 34, 32)) + noise, 0, 255)[hair].astype(np.uint8)
    person = np.asarray(cv2.GaussianBlur(disc(_RADIUS + _OVER).astype(np.float32), (0, 0), 2), np.float32)
    return pixels, person


def above_the_eyes(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    cut = mask.copy()
    cut[200:] = False
    return cut


def test_pieces_of_a_curtain_above_the_hair_are_no_halo() -> None:
    pixels, person = picture(busy=True)
    halo = above_the_eyes(disc(_RADIUS + _OVER + 2) & ~disc(_RADIUS + 3))
    before = alpha_matte(pixels, person)[halo]
    after = alpha_matte(pixels, person, _HEAD)[halo]
    assert before.mean() > 0.25, "the drawn case is easy for matting alone: it shows nothing"
    assert after.mean() < 0.05


def test_hair_before_a_curtain_stays_whole() -> None:
    pixels, person = picture(busy=True)
    assert alpha_matte(pixels, person, _HEAD)[disc(_RADIUS - 3)].min() > 0.9


def test_before_an_even_wall_nothing_is_touched() -> None:
    pixels, person = picture(busy=False)
    known = trimap(person)
    assert without_busy_wall(known, pixels, _HEAD) is known


@pytest.mark.parametrize("where", [(330, 262), (110, 262)])
def test_an_ear_of_the_curtains_colour_is_kept(where: tuple[int, int]) -> None:
    pixels, person = picture(busy=True)
    cv2.circle(pixels, where, 16, (60, 70, 200), -1)
    known = trimap(person)
    x, y = where
    assert np.array_equal(
        without_busy_wall(known, pixels, _HEAD)[y - 20 : y + 20, x - 20 : x + 20], known[y - 20 : y + 20, x - 20 : x + 20]
    )


def test_a_frame_without_any_wall_stays_as_it_is() -> None:
    pixels, _ = picture(busy=True)
    known = np.ones((_SIZE, _SIZE))
    assert without_busy_wall(known, pixels, _HEAD) is known

"""Drawn fingers with faults of known size: the numbers are right, and the advice turns where the limits say."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from app.domain.fingers import Score, ScoreMethod
from app.domain.judgement import Verdict
from app.fingerprint.coaching import FingerLook, coach, look
from app.fingerprint.register import advice, estimate_points, limits
from app.inspection.finger import FingerNumbers, finger_numbers
from app.inspection.finger_likeness import finger_likeness
from devices.ports.fingerprint import FingerCapture, FingerImage
from devices.simulators.drawn_fingers.ridges import DPI, HEIGHT, PX_PER_MM, WIDTH, DrawnFinger, Press, contact_field

WINDOW_MM2 = WIDTH * HEIGHT / PX_PER_MM**2


def image(press: Press, seed: int = 1) -> FingerImage:
    return FingerImage(DrawnFinger(seed).pixels(press).tobytes(), WIDTH, HEIGHT, DPI)


def seen(press: Press, seed: int = 1) -> FingerLook:
    return coach(image(press, seed))


def truth_mm(press: Press) -> tuple[float, float]:
    """The middle of what touches the window, from the drawing itself."""
    contact = contact_field(press)
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    weight = contact.sum()
    x = (columns * contact).sum() / weight - (WIDTH - 1) / 2
    y = (rows * contact).sum() / weight - (HEIGHT - 1) / 2
    return float(x / PX_PER_MM), float(y / PX_PER_MM)


@pytest.mark.parametrize("seed", [1, 2, 5])
@pytest.mark.parametrize(("width", "height"), [(2.5, 3.5), (3.6, 5.0), (5.4, 7.6)])
def test_the_contact_area_is_read_within_six_per_cent(seed: int, width: float, height: float) -> None:
    press = Press(half_width_mm=width, half_height_mm=height)
    truth = DrawnFinger(seed).contact_share(press) * WINDOW_MM2
    # The soft edge of the smallest contact is a larger part of it.
    assert finger_numbers_of(press, seed).area_mm2 == pytest.approx(truth, rel=0.06, abs=4)


def finger_numbers_of(press: Press, seed: int = 1) -> FingerNumbers:
    return finger_numbers(DrawnFinger(seed).pixels(press), DPI)


@pytest.mark.parametrize(("x", "y"), [(0.0, 0.0), (2.0, 0.0), (-3.0, 1.0), (0.5, -4.0), (4.0, 4.0)])
def test_the_offset_is_read_within_a_fifth_of_a_millimetre(x: float, y: float) -> None:
    press = Press(shift_x_mm=x, shift_y_mm=y)
    numbers = finger_numbers_of(press, 3)
    truth_x, truth_y = truth_mm(press)
    assert numbers.offset_x_mm == pytest.approx(truth_x, abs=0.2)
    assert numbers.offset_y_mm == pytest.approx(truth_y, abs=0.2)


@pytest.mark.parametrize("contrast", [25, 50, 90, 150])
def test_the_contrast_is_read_in_grey_levels(contrast: int) -> None:
    assert finger_numbers_of(Press(contrast=contrast), 2).contrast == pytest.approx(contrast, abs=9)


@pytest.mark.parametrize("share", [0.35, 0.5, 0.65])
def test_the_share_of_ridge_is_read_within_five_points(share: float) -> None:
    assert finger_numbers_of(Press(ridge_share=share), 4).ridge_share == pytest.approx(100 * share, abs=5)


@pytest.mark.parametrize("period", [7.5, 9.0, 11.0])
def test_the_ridge_period_is_read_within_a_tenth(period: float) -> None:
    finger = DrawnFinger(6, period_px=period)
    read = finger_numbers(finger.pixels(Press()), DPI).period_px
    assert read == pytest.approx(finger.true_period_px(Press()), rel=0.1)


def test_gaps_lower_the_continuity_step_by_step() -> None:
    read = [finger_numbers_of(Press(gaps=g), 1).continuity for g in (0.0, 0.1, 0.2, 0.3, 0.45)]
    known = [r for r in read if r is not None]
    assert len(known) == 5
    assert known == sorted(known, reverse=True)
    assert known[0] - known[-1] > 12


def test_another_resolution_gives_the_same_millimetres() -> None:
    pixels = DrawnFinger(1).pixels(Press(shift_x_mm=1.0))
    double = np.asarray(cv2.resize(pixels, (2 * WIDTH, 2 * HEIGHT)), np.uint8)
    one, two = finger_numbers(pixels, DPI), finger_numbers(double, 2 * DPI)
    assert two.area_mm2 == pytest.approx(one.area_mm2, rel=0.03)
    assert two.offset_x_mm == pytest.approx(one.offset_x_mm or 0, abs=0.1)


# Just good and just bad of every fault: the advice belongs to the bad side alone.
SIDES = [
    ("finger_area.low", Press(half_width_mm=4.3, half_height_mm=6.1), Press(half_width_mm=3.8, half_height_mm=5.4)),
    ("finger_offset_x.high", Press(shift_x_mm=2.0), Press(shift_x_mm=3.2)),
    ("finger_offset_x.low", Press(shift_x_mm=-2.0), Press(shift_x_mm=-3.2)),
    ("finger_offset_y.high", Press(shift_y_mm=2.0), Press(shift_y_mm=4.2)),
    ("finger_offset_y.low", Press(shift_y_mm=-2.0), Press(shift_y_mm=-4.2)),
    ("finger_contrast.low", Press(contrast=58), Press(contrast=38)),
    ("finger_ridge_share.low", Press(ridge_share=0.37), Press(ridge_share=0.28)),
    ("finger_ridge_share.high", Press(ridge_share=0.62), Press(ridge_share=0.72)),
    ("finger_continuity.low", Press(gaps=0.12), Press(gaps=0.32)),
]


@pytest.mark.parametrize("seed", [1, 4])
@pytest.mark.parametrize(("key", "good", "bad"), SIDES, ids=[s[0] for s in SIDES])
def test_each_fault_is_told_on_its_side_of_the_limit_alone(key: str, good: Press, bad: Press, seed: int) -> None:
    fault = key.rpartition(".")[0]
    fine, spoilt = seen(good, seed), seen(bad, seed)
    assert fault not in fine.faults(), [c.measurement for c in fine.report.failures()]
    assert key in spoilt.advice_keys()
    assert fault in spoilt.faults()
    assert fine.scores[0].value >= 55 > spoilt.scores[0].value


@pytest.mark.parametrize("seed", [1, 2, 3, 7])
def test_a_good_press_passes_without_a_word(seed: int) -> None:
    good = seen(Press(turn_deg=6, shift_x_mm=0.4), seed)
    assert good.report.verdict is Verdict.PASS
    assert good.advice_keys() == ()
    assert good.scores[0].value > 85


@pytest.mark.parametrize("glass", [0, 128, 255])
def test_bare_glass_is_no_finger_and_says_one_thing(glass: int) -> None:
    nothing = coach(FingerImage(bytes([glass]) * (WIDTH * HEIGHT), WIDTH, HEIGHT, DPI))
    assert nothing.scores[0].value == 0
    assert nothing.advice_keys() == ("finger.unknown",)
    assert nothing.report.verdict is Verdict.FAIL


def test_noise_is_no_finger() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (HEIGHT, WIDTH), np.uint8)
    assert coach(FingerImage(pixels.tobytes(), WIDTH, HEIGHT, DPI)).scores[0].value < 20


def test_the_scanners_score_decides_then_nfiq_2_then_the_estimate_and_all_are_kept() -> None:
    capture = FingerCapture(image(Press()), 71, b"")
    assert [s.method for s in look(capture, lambda _: 48).scores] == [
        ScoreMethod.DEVICE,
        ScoreMethod.NFIQ2,
        ScoreMethod.ESTIMATE,
    ]
    without = FingerCapture(image(Press()), None, b"")
    assert look(without, lambda _: 48).scores[0] == Score(48, ScoreMethod.NFIQ2)
    assert look(without, lambda _: None).scores[0].method is ScoreMethod.ESTIMATE


def test_one_finger_pressed_twice_is_alike_and_two_fingers_are_not() -> None:
    for seed in (1, 2, 3):
        finger = DrawnFinger(seed)
        first = finger.pixels(Press(seed=1))
        again = finger.pixels(Press(shift_x_mm=1.5, shift_y_mm=-1.0, turn_deg=11, gaps=0.1, contrast=90, seed=2))
        other = DrawnFinger(seed + 50).pixels(Press(seed=3))
        assert finger_likeness(first, again) > 0.3
        assert finger_likeness(first, other) < 0.18
    assert finger_likeness(first, np.full_like(first, 230)) == 0.0


def test_every_measure_has_limits_an_estimate_and_words_for_each_side() -> None:
    for measure, limit in limits().items():
        for side, value in (("low", limit.low), ("high", limit.high)):
            if value is None:
                continue
            assert advice(f"{measure}.{side}", "zh_CN") != advice(f"{measure}.{side}", "en")
            points = np.array(estimate_points()[measure])
            assert list(points[:, 0]) == sorted(points[:, 0])
            assert np.interp(value, points[:, 0], points[:, 1]) == pytest.approx(0.56)

"""Strokes mend what lies outside the face; inside it nothing is ever erased."""

from __future__ import annotations

import numpy as np
import pytest

from app.domain.retouch import Adjustments, BrushStroke, Retouch, StrokeKind
from app.imaging.decode import Pixels
from app.imaging.retouch import adjusted, protected_zone, retouched, smart_erased, stroke_mask

WIDTH, HEIGHT = 200, 240
WHITE = (255, 255, 255)


def _picture() -> Pixels:
    rows = np.random.default_rng(1).normal(150, 3, (HEIGHT, WIDTH, 3))
    return np.asarray(np.clip(rows, 0, 255), np.uint8)


def _zone() -> np.typing.NDArray[np.uint8]:
    return protected_zone(np.array([[80.0, 80], [120, 80], [120, 140], [80, 140]]), WIDTH, HEIGHT)


def _line(kind: StrokeKind, y: float) -> Retouch:
    return Retouch().with_stroke(BrushStroke(kind, ((0.05, y), (0.95, y)), 0.03))


@pytest.mark.parametrize("kind", StrokeKind)
def test_a_stroke_across_the_face_leaves_the_face_as_it_was(kind: StrokeKind) -> None:
    before, zone = _picture(), _zone()
    result = retouched(before, _line(kind, 110 / HEIGHT), WHITE, zone)
    assert (result.pixels[zone > 0] == before[zone > 0]).all()
    assert not (result.pixels == before).all()
    under = stroke_mask(_line(kind, 110 / HEIGHT).strokes[0], WIDTH, HEIGHT) > 0
    assert result.refused == pytest.approx((under & (zone > 0)).sum() / under.sum())
    assert not result.touched[zone > 0].any()


def test_pixels_beside_a_stroke_stay_as_they_were() -> None:
    before = _picture()
    result = retouched(before, _line(StrokeKind.ERASE, 0.1), WHITE, _zone())
    assert (result.pixels[result.touched == 0] == before[result.touched == 0]).all()
    assert result.pixels[round(0.1 * HEIGHT), 100].tolist() == [255, 255, 255]
    assert result.area == pytest.approx((result.touched > 0).mean())


def test_a_stain_is_filled_from_around_with_the_wall_s_own_grain() -> None:
    stained = _picture()
    stained[20:30, 20:30] = 10
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    mask[18:32, 18:32] = 255
    filled = smart_erased(stained, mask)[20:30, 20:30]
    assert abs(float(filled.mean()) - 150) < 4
    assert filled.std() > 1.0, "not smeared"


def test_sliders_at_rest_change_no_byte() -> None:
    before = _picture()
    assert adjusted(before, Adjustments()) is before


def _fineness(pixels: Pixels) -> float:
    return float(np.abs(np.diff(pixels.astype(int), axis=1)).mean())


def _redness(pixels: Pixels) -> float:
    return float((pixels[..., 2].astype(int) - pixels[..., 0]).mean())


def test_each_slider_moves_its_own_quality() -> None:
    before = _picture()
    assert adjusted(before, Adjustments(brightness=0.5)).mean() > before.mean() + 15
    assert adjusted(before, Adjustments(contrast=0.8)).std() > before.std() * 1.05
    assert _fineness(adjusted(before, Adjustments(sharpness=1.0))) > _fineness(before) * 1.1
    assert _redness(adjusted(before, Adjustments(warmth=0.8))) > _redness(before) + 8
    assert _redness(adjusted(before, Adjustments(saturation=-1.0))) <= _redness(before) + 1


def test_undoing_every_stroke_gives_the_same_bytes() -> None:
    before = _picture()
    assert (retouched(before, Retouch(), WHITE, _zone()).pixels == before).all()

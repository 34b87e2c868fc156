"""Retouching changes what was asked and nothing else: the face is never erased, the original never written to."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.domain.edits import CropBox
from app.domain.retouch import Adjustments, BrushStroke, Point, Retouch, StrokeKind
from app.imaging.decode import Pixels
from app.imaging.geometry import cut
from app.imaging.retouch import (
    Mask,
    adjusted,
    erase,
    protected_zone,
    retouched,
    smart_erase,
    stroke_mask,
    touched_area,
    zone_outline,
)
from helpers.pictures import portrait

HEAD = cut(portrait(), CropBox(450, 480, 330, 0), 358, 441)
HEAD.setflags(write=False)
NOTHING = np.zeros(HEAD.shape[:2], np.uint8)
WHITE = (255, 255, 255)


def _stroke(*points: Point, radius: float = 0.05, kind: StrokeKind = StrokeKind.ERASE) -> BrushStroke:
    return BrushStroke(kind, points, radius)


def _lab(pixels: Pixels) -> tuple[float, float, float]:
    """Mean CIE L*, a*, b*."""
    means = cv2.cvtColor(pixels.astype(np.float32) / 255, cv2.COLOR_BGR2Lab).mean(axis=(0, 1))
    return float(means[0]), float(means[1]), float(means[2])


def _detail(pixels: Pixels) -> float:
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    return float(cv2.Laplacian(grey, cv2.CV_32F).std())


def _spread(pixels: Pixels) -> float:
    return float(cv2.cvtColor(pixels.astype(np.float32) / 255, cv2.COLOR_BGR2Lab)[..., 0].std())


# -- tone ----------------------------------------------------------------------------------------------


def test_neutral_adjustments_give_the_same_bytes_in_a_copy() -> None:
    out = adjusted(HEAD, Adjustments())
    assert out.tobytes() == HEAD.tobytes()
    assert not np.shares_memory(out, HEAD)


@pytest.mark.parametrize(("name", "axis"), [("brightness", 0), ("warmth", 2)])
def test_up_and_down_shift_the_lightness_or_the_yellow(name: str, axis: int) -> None:
    down, up = (_lab(adjusted(HEAD, Adjustments(**{name: value})))[axis] for value in (-0.5, 0.5))
    assert down + 2 < _lab(HEAD)[axis] < up - 2


def test_brightness_leaves_the_colour_of_the_skin() -> None:
    skin = np.full((4, 4, 3), (120, 150, 200), np.uint8)
    _, a, b = _lab(skin)
    _, a_after, b_after = _lab(adjusted(skin, Adjustments(brightness=0.2)))
    assert abs(a - a_after) < 1
    assert abs(b - b_after) < 1


def test_contrast_spreads_or_flattens_the_lightness() -> None:
    flat, steep = (_spread(adjusted(HEAD, Adjustments(contrast=value))) for value in (-0.6, 0.6))
    assert flat < _spread(HEAD) - 1
    assert steep > _spread(HEAD) + 1


def test_saturation_ends_at_grey() -> None:
    grey = adjusted(HEAD, Adjustments(saturation=-1))
    assert int(np.ptp(grey.astype(int), axis=2).max()) <= 2
    assert np.hypot(*_lab(adjusted(HEAD, Adjustments(saturation=0.5)))[1:]) > 1.2 * np.hypot(*_lab(HEAD)[1:])


def test_sharpness_brings_out_detail_and_keeps_plain_areas() -> None:
    assert _detail(adjusted(HEAD, Adjustments(sharpness=0.5))) > 1.2 * _detail(HEAD)
    plain = np.full((30, 30, 3), 180, np.uint8)
    assert np.array_equal(adjusted(plain, Adjustments(sharpness=1)), plain)


@settings(max_examples=40, deadline=None)
@given(*(st.floats(-1, 1) for _ in range(4)))
def test_a_white_background_stays_white(brightness: float, contrast: float, saturation: float, warmth: float) -> None:
    ends = np.array([[[255, 255, 255], [0, 0, 0]]], np.uint8)
    out = adjusted(ends, Adjustments(brightness, contrast, 0, saturation, warmth))
    assert np.abs(out.astype(int) - ends).max() <= 1


@settings(max_examples=40, deadline=None)
@given(st.floats(-1, 1), st.floats(-1, 1))
def test_what_was_lighter_stays_lighter(brightness: float, contrast: float) -> None:
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    out = adjusted(ramp, Adjustments(brightness, contrast)).astype(int)[0, :, 0]
    assert (np.diff(out) >= 0).all()


# -- where ---------------------------------------------------------------------------------------------


def test_a_dab_is_a_disc_where_the_brush_was() -> None:
    mask = stroke_mask(_stroke((0.25, 0.75), radius=0.1), 200, 300)
    ys, xs = np.nonzero(mask)
    assert (xs.mean(), ys.mean()) == pytest.approx((49.5, 224.5), abs=1)
    assert np.count_nonzero(mask) == pytest.approx(np.pi * 20**2, rel=0.06)


def test_a_line_has_no_gaps_between_its_points() -> None:
    mask = stroke_mask(_stroke((0.1, 0.5), (0.9, 0.5), radius=0.02), 200, 100)
    assert mask[50, 20:180].all()
    assert not mask[40].any()


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.0001, 0.5), st.integers(1, 40), st.integers(1, 40))
def test_every_stroke_leaves_a_trace_at_any_size(x: float, y: float, radius: float, width: int, height: int) -> None:
    mask = stroke_mask(_stroke((x, y), radius=radius), width, height)
    assert mask.shape == (height, width)
    assert set(np.unique(mask)) <= {0, 255}
    assert mask.any()


def test_the_zone_is_the_hull_of_the_oval_and_two_percent_more() -> None:
    corners = np.array([[100, 100], [200, 100], [200, 300], [100, 300], [150, 200]], float)
    zone = protected_zone(corners, 358, 441)
    ys, xs = np.nonzero(zone)
    assert (xs.min(), xs.max(), ys.min(), ys.max()) == pytest.approx((92, 207, 92, 307), abs=2)
    assert zone[200, 150] == 255


@pytest.mark.parametrize("points", [np.zeros((0, 2)), np.full((36, 2), np.nan), np.array([[10.0, 10.0], [20.0, 20.0]])])
def test_without_a_face_everything_is_protected(points: NDArray[np.float64]) -> None:
    assert protected_zone(points, 40, 50).all()


def test_the_outline_drawn_is_the_zone_meant() -> None:
    zone = protected_zone(np.array([[100, 100], [200, 120], [150, 300]], float), 358, 441)
    again = np.zeros_like(zone)
    line = np.array(zone_outline(zone)) * [358, 441] - 0.5
    cv2.fillPoly(again, [np.rint(line).astype(np.int32)], 255)
    assert np.array_equal(again, zone)
    assert zone_outline(NOTHING) == ()


# -- the erasers ---------------------------------------------------------------------------------------


def test_erasing_paints_the_colour_with_a_soft_edge_inside_the_stroke() -> None:
    black = np.zeros((60, 60, 3), np.uint8)
    mask = stroke_mask(_stroke((0.5, 0.5), radius=0.25), 60, 60)
    out = erase(black, mask, (200, 100, 50))
    assert out[30, 30].tolist() == [50, 100, 200], "red, green, blue are given; the picture is BGR"
    assert not out[mask == 0].any(), "nothing beside the stroke"
    row = out[30, :, 2].astype(int)
    between = np.count_nonzero((row > 0) & (row < 200))
    assert 2 <= between <= 6, "one or two pixels on either side"
    assert not black.any(), "the picture handed in is as it was"


def _wall(noise: float) -> Pixels:
    """A wall that grows lighter to the right, with camera noise."""
    grain = np.random.default_rng(5).normal(0, noise, (160, 160, 3))
    return np.clip(np.rint(np.linspace(120, 140, 160)[None, :, None] + grain), 0, 255).astype(np.uint8)


def _with_object(wall: Pixels) -> tuple[Pixels, Mask]:
    spoilt = wall.copy()
    cv2.circle(spoilt, (80, 80), 15, (20, 20, 220), cv2.FILLED, cv2.LINE_AA)
    return spoilt, stroke_mask(_stroke((0.5, 0.5), radius=20 / 160), 160, 160)


def _grain(pixels: Pixels) -> float:
    """Strength of the fine differences in the middle."""
    values = pixels.astype(np.float32)
    return float((values - cv2.GaussianBlur(values, (0, 0), 1.5))[70:90, 70:90].std())


def test_the_smart_eraser_removes_the_object_and_continues_the_wall() -> None:
    spoilt, mask = _with_object(_wall(0))
    out = smart_erase(spoilt, mask)
    assert np.abs(out.astype(int) - _wall(0)).max() <= 4
    assert np.array_equal(out[mask == 0], spoilt[mask == 0])


@pytest.mark.parametrize("noise", [0.0, 3.0, 8.0])
def test_the_patch_has_the_grain_of_the_wall(noise: float) -> None:
    spoilt, mask = _with_object(_wall(noise))
    assert _grain(smart_erase(spoilt, mask)) == pytest.approx(_grain(_wall(noise)), rel=0.15, abs=0.3)


def test_coarse_grain_is_met_by_coarse_grain() -> None:
    def alike(pixels: Pixels) -> float:
        """How much a pixel of the middle is like its neighbour."""
        middle = pixels[66:94, 66:94].astype(np.float64)
        middle -= cv2.GaussianBlur(middle, (0, 0), 3)
        return float((middle[:, 1:] * middle[:, :-1]).sum() / (middle**2).sum())

    coarse = cv2.GaussianBlur(np.random.default_rng(5).normal(0, 20, (160, 160, 3)), (0, 0), 1.0)
    wall = np.clip(np.rint(130 + coarse), 0, 255).astype(np.uint8)
    spoilt, mask = _with_object(wall)
    assert alike(wall) > 0.6
    assert alike(smart_erase(spoilt, mask)) > 0.3
    assert alike(smart_erase(*_with_object(_wall(8)))) < 0.1


def test_no_ridge_stands_in_the_middle_of_a_shaded_wall() -> None:
    shade = np.tile(np.linspace(80, 180, 160)[None, :, None], (160, 1, 3))
    wall = np.rint(shade).astype(np.uint8)
    out = smart_erase(*_with_object(wall)).astype(int)
    assert np.abs(out - wall)[62:98, 62:98].max() <= 5


def test_an_edge_nearby_is_not_taken_for_grain() -> None:
    wall = np.full((160, 160, 3), 200, np.uint8)
    wall[:, 102:] = 20
    mask = stroke_mask(_stroke((0.5, 0.5), radius=18 / 160), 160, 160)
    patch = smart_erase(wall, mask)
    assert _grain(patch) < 0.5
    assert np.abs(patch[70:90, 66:84].astype(int) - 200).max() <= 8, "nor does it shade the wall"


def test_the_smart_eraser_gives_the_same_bytes_each_time() -> None:
    spoilt, mask = _with_object(_wall(8))
    assert smart_erase(spoilt, mask).tobytes() == smart_erase(spoilt, mask).tobytes()


def test_with_nothing_around_the_smart_eraser_leaves_the_picture() -> None:
    everything = np.full((160, 160), 255, np.uint8)
    assert np.array_equal(smart_erase(_wall(8), everything), _wall(8))
    assert np.array_equal(smart_erase(_wall(8), np.zeros_like(everything)), _wall(8))


# -- all of it -----------------------------------------------------------------------------------------

FACE = protected_zone(np.array([[110, 100], [250, 100], [250, 330], [110, 330]], float), 358, 441)
SOME_STROKES = st.lists(
    st.builds(
        BrushStroke,
        st.sampled_from(StrokeKind),
        st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=4).map(tuple),
        st.floats(0.005, 0.2),
    ),
    min_size=1,
    max_size=3,
).map(tuple)
SOME_TONE = st.builds(Adjustments, *(st.floats(low, 1) for low in (-1, -1, 0, -1, -1)))


@settings(max_examples=30, deadline=None)
@given(SOME_TONE, SOME_STROKES)
def test_no_stroke_ever_changes_a_pixel_of_the_face(tone: Adjustments, strokes: tuple[BrushStroke, ...]) -> None:
    result = retouched(HEAD, Retouch(tone, strokes), WHITE, FACE)
    untouched = adjusted(HEAD, tone)
    assert np.array_equal(result.pixels[FACE > 0], untouched[FACE > 0])
    outside = np.ones(FACE.shape, bool)
    for stroke in strokes:
        outside &= stroke_mask(stroke, 358, 441) == 0
    assert np.array_equal(result.pixels[outside], untouched[outside])
    assert np.array_equal(result.touched > 0, (result.pixels != untouched).any(axis=2))
    assert set(np.unique(result.touched)) <= {0, 255}


def test_an_empty_retouch_gives_the_same_bytes() -> None:
    result = retouched(HEAD, Retouch(), WHITE, FACE)
    assert result.pixels.tobytes() == HEAD.tobytes()
    assert (touched_area(result), result.refused_share) == (0.0, 0.0)


def test_the_touched_area_is_what_strokes_changed_and_not_what_tone_did() -> None:
    grey = np.full((200, 200, 3), 90, np.uint8)
    free = np.zeros((200, 200), np.uint8)
    assert touched_area(retouched(grey, Retouch(Adjustments(brightness=0.5)), WHITE, free)) == 0.0
    result = retouched(grey, Retouch().with_stroke(_stroke((0.5, 0.5), radius=0.25)), WHITE, free)
    assert touched_area(result) == pytest.approx(np.pi * 0.25**2, rel=0.05)


def test_erasing_background_that_is_background_already_touches_nothing() -> None:
    white = np.full((50, 50, 3), 255, np.uint8)
    result = retouched(white, Retouch().with_stroke(_stroke((0.5, 0.5))), WHITE, np.zeros((50, 50), np.uint8))
    assert touched_area(result) == 0.0


def test_what_falls_on_the_face_is_counted_as_refused() -> None:
    half = np.zeros((200, 200), np.uint8)
    half[:, :100] = 255
    grey = np.full((200, 200, 3), 90, np.uint8)
    for points, share in ((((0.5, 0.5),), 0.5), (((0.2, 0.5),), 1.0), (((0.8, 0.5),), 0.0)):
        result = retouched(grey, Retouch().with_stroke(_stroke(*points)), WHITE, half)
        assert result.refused_share == pytest.approx(share, abs=0.05)


def test_a_place_gone_over_twice_counts_once() -> None:
    half = np.zeros((200, 200), np.uint8)
    half[:, :100] = 255
    inside, outside = _stroke((0.2, 0.5)), _stroke((0.8, 0.5))
    grey = np.full((200, 200, 3), 90, np.uint8)
    result = retouched(grey, Retouch(strokes=(inside, inside, outside)), WHITE, half)
    assert result.refused_share == pytest.approx(0.5, abs=0.02)


def test_a_later_stroke_goes_over_an_earlier_one() -> None:
    grey = np.full((120, 120, 3), 90, np.uint8)
    smart = _stroke((0.5, 0.5), radius=0.2, kind=StrokeKind.SMART_ERASE)
    plain = _stroke((0.5, 0.5), radius=0.1)
    free = np.zeros((120, 120), np.uint8)
    assert retouched(grey, Retouch(strokes=(smart, plain)), WHITE, free).pixels[60, 60].tolist() == [255, 255, 255]
    filled_again = retouched(grey, Retouch(strokes=(plain, smart)), WHITE, free).pixels
    assert np.array_equal(filled_again, grey)


def test_what_is_erased_is_as_the_adjusted_background_beside_it() -> None:
    blue = np.full((60, 60, 3), (219, 142, 67), np.uint8)
    retouch = Retouch(Adjustments(brightness=0.3, warmth=-0.4), (_stroke((0.5, 0.5)),))
    result = retouched(blue, retouch, (67, 142, 219), np.zeros((60, 60), np.uint8))
    assert len(np.unique(result.pixels.reshape(-1, 3), axis=0)) == 1
    assert not np.array_equal(result.pixels, blue)

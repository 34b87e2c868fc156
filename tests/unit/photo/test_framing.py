"""The crop meets every band it can at once, and breaks the least important one where it cannot."""

from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.edits import CropBox
from app.domain.photo_standard import HeadMeasure, PhotoStandard
from app.inspection.head import HeadPoints, head_distances, moved_head
from app.photo.framing import guide, read_geometry, solve
from helpers.eyes import eyes


def head(
    face: float = 200.0, hair: float = 1.45, tilt_deg: float = 0.0, at: tuple[float, float] = (900.0, 1000.0)
) -> HeadPoints:
    """A head with known distances: face width in px, head height in face widths, eyes half-way down."""
    height = face * hair
    upright = HeadPoints(
        pupil_left=(-0.22 * face, 0.0),
        pupil_right=(0.22 * face, 0.0),
        ear_left=(-0.5 * face, 0.05 * face),
        ear_right=(0.5 * face, 0.05 * face),
        outer_left=(-0.55 * face, 0.05 * face),
        outer_right=(0.55 * face, 0.05 * face),
        chin=(0.0, 0.52 * height),
        crown=((0.0, -0.48 * height), (0.2 * face, -0.45 * height)),
    )
    angle = math.radians(tilt_deg)

    def turned(p: tuple[float, float]) -> tuple[float, float]:
        return (
            at[0] + math.cos(angle) * p[0] - math.sin(angle) * p[1],
            at[1] + math.sin(angle) * p[0] + math.cos(angle) * p[1],
        )

    return moved_head(upright, turned)


def standard(name: str) -> PhotoStandard:
    return next(s for s in eyes().standards if s.id == name)


@settings(max_examples=40)
@given(st.floats(120, 900), st.floats(1.4, 1.5), st.floats(-12, 12), st.sampled_from(["id-card", "driving-licence"]))
def test_an_ordinary_head_meets_every_band(face: float, hair: float, tilt: float, name: str) -> None:
    readings = read_geometry(head(face, hair, tilt), solve(head(face, hair, tilt), standard(name)), standard(name))
    assert all(r.inside for r in readings), [(r.band.measure, r.value) for r in readings]


@given(st.floats(120, 900), st.floats(-12, 12))
def test_the_eyes_come_to_lie_level(face: float, tilt: float) -> None:
    crop = solve(head(face, tilt_deg=tilt), standard("id-card"))
    assert abs(crop.angle_deg - tilt) < 1e-6


def test_tall_hair_is_cut_before_the_face_grows_too_small() -> None:
    """GA 461: the distance from the eyes to the lower edge and the face's width come before the hair top."""
    tall = head(hair=2.6)
    readings = {r.band.measure: r for r in read_geometry(tall, solve(tall, standard("id-card")), standard("id-card"))}
    assert readings[HeadMeasure.EYES_BOTTOM].inside
    assert readings[HeadMeasure.FACE_WIDTH].inside


def test_distances_on_a_crop_are_plain_arithmetic() -> None:
    straight = head(face=200, hair=1.5, at=(100.0, 200.0))
    values = head_distances(straight, CropBox(100.0, 200.0, 400.0, 0.0), 200, 300)
    assert math.isclose(values[HeadMeasure.FACE_WIDTH], 100.0)
    assert math.isclose(values[HeadMeasure.EYE_DISTANCE], 44.0)
    assert math.isclose(values[HeadMeasure.HEAD_HEIGHT], 150.0)
    assert math.isclose(values[HeadMeasure.EYES_TOP], 150.0)
    assert math.isclose(values[HeadMeasure.EYES_BOTTOM], 150.0)
    assert math.isclose(values[HeadMeasure.EYES_CENTRE_X], 100.0)


def test_the_guide_lies_inside_the_picture_in_order() -> None:
    for each in eyes().standards:
        lines = guide(each)
        assert 0 < lines.hair_top < lines.chin < 1
        assert 0.4 < lines.centre_x < 0.6

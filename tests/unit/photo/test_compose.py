"""From a raw shot to a photo that its service accepts, and back to the same bytes from the same recipe."""

from __future__ import annotations

import io
from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image

from app.domain.edits import CropBox
from app.domain.errors import BadInput
from app.domain.judgement import Verdict
from app.domain.photo_standard import PhotoStandard
from app.imaging.decode import Pixels, decode
from app.photo.report_json import report_to_json
from helpers.eyes import eyes, value_of, verdict_of
from helpers.pictures import astronaut, portrait, portrait_jpeg, variant

STANDARDS = ("id-card", "exit-entry", "driving-licence")


def _standard(name: str) -> PhotoStandard:
    return next(s for s in eyes().standards if s.id == name)


def _jpeg(pixels: Pixels) -> bytes:
    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels[:, :, ::-1])).save(out, "JPEG", quality=93)
    return out.getvalue()


@pytest.mark.parametrize("name", STANDARDS)
def test_one_shot_serves_every_service(name: str) -> None:
    photo = eyes().composer.compose(portrait_jpeg(), _standard(name))
    assert photo.report.passed, [c for c in photo.report.checks if c.verdict is Verdict.FAIL]
    assert eyes().examiner.assess(photo.image, _standard(name)).passed, "judged again as a file"
    assert all(reading.inside for reading in photo.geometry)


def test_the_background_becomes_the_standard_s_colour_and_the_hair_stays() -> None:
    photo = eyes().composer.compose(portrait_jpeg(), _standard("id-card"))
    pixels = decode(photo.image).pixels
    assert photo.recipe.replace_background
    assert pixels[:60, :20].mean() > 250
    assert pixels[25:60, 170:190].mean() < 90, "the hair is still there"


def test_a_background_that_already_passes_is_not_touched() -> None:
    white = portrait().copy()
    wall = (cv2.cvtColor(white, cv2.COLOR_BGR2GRAY) > 205)[..., None]
    photo = eyes().composer.compose(_jpeg(np.where(wall, np.uint8(254), white)), _standard("id-card"))
    assert not photo.recipe.replace_background


def test_the_same_recipe_gives_the_same_bytes() -> None:
    first = eyes().composer.compose(portrait_jpeg(), _standard("driving-licence"))
    again = eyes().composer.compose(portrait_jpeg(), _standard("driving-licence"), first.recipe)
    assert again.image == first.image
    assert again.recipe == replace(first.recipe, automatic=False)


def test_a_crop_put_wrong_by_hand_is_red_and_says_why() -> None:
    standard = _standard("id-card")
    good = eyes().composer.compose(portrait_jpeg(), standard)
    moved = replace(good.recipe, crop=good.recipe.crop.moved(0, 60).scaled(1.3), automatic=False)
    photo = eyes().composer.compose(portrait_jpeg(), standard, moved)
    assert not photo.report.passed
    assert verdict_of(photo.report, "geometry.face_width") is Verdict.FAIL
    assert any(not reading.inside for reading in photo.geometry)


def test_a_crop_beyond_the_lower_edge_is_never_invented() -> None:
    standard = _standard("id-card")
    good = eyes().composer.compose(portrait_jpeg(), standard).recipe
    low = replace(good, crop=CropBox(450, 800, 900, 0), automatic=False)
    photo = eyes().composer.compose(portrait_jpeg(), standard, low)
    assert verdict_of(photo.report, "crop_inside") is Verdict.FAIL


def test_a_tilted_head_is_levelled() -> None:
    photo = eyes().composer.compose(portrait_jpeg(variant("tilted")), _standard("id-card"))
    assert abs(photo.recipe.crop.angle_deg - 9.0) < 2.0
    assert abs(value_of(photo.report, "roll")) < 2.5


def test_no_face_is_said_in_words() -> None:
    with pytest.raises(BadInput) as refused:
        eyes().composer.compose(_jpeg(np.full((800, 600, 3), 150, np.uint8)), _standard("id-card"))
    assert refused.value.code == "CMP-103"


def test_two_faces_are_one_too_many() -> None:
    both = np.hstack([portrait(), portrait()])
    screening = eyes().examiner.screen(_jpeg(both), _standard("id-card"))
    assert value_of(screening.report, "face_count") == 2
    assert not screening.report.passed


@pytest.mark.parametrize(
    ("name", "check", "side"),
    [("half-lit", "light_zones", 1), ("blurred", "sharpness", -1)],
)
def test_what_cannot_be_mended_fails_on_the_shot_itself(name: str, check: str, side: int) -> None:
    good = eyes().examiner.screen(portrait_jpeg(), _standard("id-card")).report
    bad = eyes().examiner.screen(portrait_jpeg(variant(name)), _standard("id-card")).report
    assert verdict_of(good, check) is not Verdict.FAIL
    assert verdict_of(bad, check) in {Verdict.FAIL, Verdict.WARN}, "dark can be mended, the others not"
    assert (value_of(bad, check) > value_of(good, check)) == (side > 0)


def test_an_open_mouth_measures_wider_than_a_closed_one() -> None:
    closed = eyes().examiner.screen(portrait_jpeg(), _standard("id-card")).report
    talking = eyes().examiner.screen(portrait_jpeg(variant("talking")), _standard("id-card")).report
    assert value_of(talking, "mouth_open") > value_of(closed, "mouth_open") + 0.02


@pytest.mark.parametrize("degrees", [-12, -6, 6, 12])
def test_the_roll_of_a_real_face_follows_its_turning(degrees: int) -> None:
    face = astronaut()
    turn = cv2.getRotationMatrix2D((225, 120), -degrees, 1.0)
    turned = cv2.warpAffine(face, turn, (512, 512), borderMode=cv2.BORDER_REPLICATE).astype(np.uint8)
    still = value_of(eyes().examiner.screen(_jpeg(face), _standard("id-card")).report, "roll")
    moved = value_of(eyes().examiner.screen(_jpeg(turned), _standard("id-card")).report, "roll")
    assert abs((moved - still) - degrees) < 3.5  # the mesh on a face 107 px wide


def test_a_real_face_is_mirrored_in_yaw() -> None:
    face = np.asarray(cv2.resize(astronaut(), None, fx=2, fy=2), np.uint8)
    plain = value_of(eyes().examiner.screen(_jpeg(face), _standard("id-card")).report, "yaw")
    mirrored = value_of(eyes().examiner.screen(_jpeg(face[:, ::-1]), _standard("id-card")).report, "yaw")
    assert abs(plain + mirrored) < 4.0


def test_the_report_keeps_its_shape() -> None:
    photo = eyes().composer.compose(portrait_jpeg(), _standard("id-card"))
    document = report_to_json(photo.report, "a.jpg", "en")
    assert set(document) == {"standard", "passed", "images"}
    (image,) = document["images"]
    assert set(image) == {"file", "passed", "verdict", "checks", "ms"}
    keys = {"id", "number", "name", "value", "unit", "limits", "verdict", "region", "advice", "method", "ms"}
    assert all(set(check) == keys for check in image["checks"])


def test_every_check_of_the_issue_is_measured() -> None:
    photo = eyes().composer.compose(portrait_jpeg(), _standard("exit-entry"))
    wanted = {
        "file_is_jpeg", "file_bytes", "width_px", "height_px", "dpi", "face_count", "geometry.head_height",
        "geometry.hair_top", "yaw", "pitch", "roll", "eyes_open", "mouth_open", "sharpness", "face_luminance",
        "under_exposed", "over_exposed", "light_zones", "background_evenness", "background_colour",
    }  # fmt: skip
    measured = {c.measurement.id: c.measurement.value for c in photo.report.checks}
    assert wanted <= measured.keys()
    assert all(measured[check] is not None for check in wanted)

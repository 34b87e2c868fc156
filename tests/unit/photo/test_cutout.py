"""One matte serves every service: it lies where each crop needs it, and asking in another order changes no byte."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from portraits.camera import jpeg, photograph
from portraits.portrait import Portrait

from app.domain.edits import CropBox
from app.photo.cutout import Cutout, MatteFrame, alpha_on, covers, matte_frame
from app.photo.standards import load_standards, standard_by_id
from helpers.eyes import eyes

DATA = jpeg(photograph(Portrait(seed=61)))


def test_the_same_original_gives_the_same_photo_whatever_was_composed_first() -> None:
    first, second = (standard_by_id(load_standards(), name) for name in ("id-card", "exit-entry"))
    composer = eyes().composer
    composer.forget()
    one = [composer.compose(DATA, s, replace_background=True).image for s in (first, second)]
    composer.forget()
    other = [composer.compose(DATA, s, replace_background=True).image for s in (second, first)]
    assert one == other[::-1]


def test_every_standard_s_own_crop_lies_inside_the_matted_frame() -> None:
    composer = eyes().composer
    frame = matte_frame(composer.sitter(DATA).head)
    for standard in load_standards():
        crop = composer.compose(DATA, standard, replace_background=False).recipe.crop
        assert covers(frame, crop, standard.output.width_px, standard.output.height_px), standard.id


def test_a_crop_dragged_beyond_the_frame_is_not_served_from_it() -> None:
    frame = matte_frame(eyes().composer.sitter(DATA).head)
    assert covers(frame, frame.crop, frame.width, frame.height), "its own edge belongs to it"
    assert not covers(frame, replace(frame.crop, centre_x=frame.crop.centre_x + 5), frame.width, frame.height)


def test_the_matte_lands_where_the_person_is_on_the_crop() -> None:
    alpha = np.zeros((400, 400), np.float32)
    alpha[100:300, 100:300] = 1
    cutout = Cutout(MatteFrame(CropBox(200.0, 200.0, 400.0, 0.0), 400, 400), alpha)
    shown = alpha_on(cutout, CropBox(200.0, 200.0, 200.0, 0.0), 100, 100)
    assert shown.mean() > 0.99, "the middle half of the frame is all person"
    turned = alpha_on(cutout, CropBox(200.0, 200.0, 400.0, 45.0), 400, 400)
    assert turned[200, 200] == 1
    assert turned[110, 110] == 0, "a square turned by 45 degrees leaves its corners"

"""An invented document's zone is found and read in a picture, turned or upside down; where there is none, it says so."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from app.domain.errors import BadInput, SetupFault
from app.inspection.mrz import glyphs
from app.inspection.mrz.glyphs import ALPHABET
from app.inspection.mrz.read import read_zone
from helpers.mrz_pictures import (
    LONG_TD2_LINES,
    MRV_B_LINES,
    TD1_LINES,
    TD3_LINES,
    Look,
    invented_td3,
    zone_picture,
)


@pytest.mark.parametrize(
    ("lines", "look"),
    [
        (TD3_LINES, Look()),
        (TD3_LINES, Look(pitch=14, angle=10, blur=0.8, noise=6)),
        (TD3_LINES, Look(pitch=14, angle=-10, upside_down=True, shadow=0.4)),
        (TD1_LINES, Look(angle=-4, keystone=0.02)),
        (LONG_TD2_LINES, Look(pitch=12, upside_down=True)),
        (MRV_B_LINES, Look(pitch=30, noise=10)),
        (invented_td3(7), Look(pitch=16, angle=3)),
    ],
    ids=["straight", "turned", "upside down", "card", "long number", "visa", "every letter"],
)
def test_a_zone_is_read_as_it_is_printed(lines: tuple[str, ...], look: Look) -> None:
    picture = zone_picture(lines, look)
    read = read_zone(picture)
    assert read.lines == lines
    assert read.upside_down == look.upside_down
    assert read.agreement > 0.9
    corners = np.array(read.outline)
    assert (corners >= -1).all()
    assert (corners <= (picture.shape[1], picture.shape[0])).all()


def test_every_character_of_the_alphabet_is_told_from_every_other() -> None:
    first, second = ALPHABET[:30].ljust(44, "<"), ("0123456789" + ALPHABET[26:] + "OQDILZSBG").ljust(44, "<")
    assert read_zone(zone_picture((first, second), Look(pitch=18))).lines == (first, second)


def test_a_letter_where_only_a_digit_may_stand_is_read_as_it_is_printed() -> None:
    lines = (TD3_LINES[0], TD3_LINES[1].replace("7408122", "74O8I22"))
    assert read_zone(zone_picture(lines, Look())).lines == lines


def test_a_character_under_a_blot_is_unsure() -> None:
    picture = zone_picture(TD3_LINES, Look())
    corners = np.array(read_zone(picture).outline)
    place = corners[3] + (corners[2] - corners[3]) * (10.5 / 44)
    cv2.circle(picture, (round(place[0]), round(place[1] - 13)), 11, (225, 225, 225), -1)
    read = read_zone(picture)
    assert (2, 11) in {(line, column) for line, column, _ in read.unsure()}


@pytest.mark.parametrize("kind", ["white", "noise", "stripes", "tiny", "one pixel"])
def test_a_picture_without_a_zone_says_so(kind: str) -> None:
    chance = np.random.default_rng(1)
    pictures = {
        "white": np.full((600, 900, 3), 255, np.uint8),
        "noise": chance.integers(0, 255, (400, 600, 3), np.uint8),
        "stripes": np.tile(np.repeat(np.array([0, 255], np.uint8), 12), (600, 38))[:, :, None].repeat(3, axis=2),
        "tiny": np.full((8, 8, 3), 128, np.uint8),
        "one pixel": np.zeros((1, 1, 3), np.uint8),
    }
    with pytest.raises(BadInput) as refused:
        read_zone(pictures[kind])
    assert refused.value.code == "TRV-104"


def test_a_picture_too_unsharp_to_read_is_refused_not_guessed() -> None:
    with pytest.raises(BadInput) as refused:
        read_zone(zone_picture(TD3_LINES, Look(blur=4.5)))
    assert refused.value.code == "TRV-106"


def test_without_the_font_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "_FONTS", ("/nowhere/OCRB.otf",))
    with pytest.raises(SetupFault) as refused:
        glyphs.ocr_b_font()
    assert refused.value.code == "FNT-103"

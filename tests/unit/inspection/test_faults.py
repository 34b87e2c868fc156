"""One thing wrong at a time: the clean portrait passes, the faulty one is refused (or warned about) for it."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from portraits.camera import jpeg, photograph
from portraits.faults import HELD_OUT, Fault, faults
from portraits.portrait import SKINS, Portrait

from app.config.register import register
from app.domain.attribute import AttributeKind
from app.domain.judgement import Verdict
from app.imaging.decode import Pixels
from app.photo.assess import ShotScreening
from helpers.eyes import eyes
from helpers.pictures import astronaut

SITTER = HELD_OUT[0]
_FINE = {"painted clothes", "airbrushed"}


def _screened(pixels: Pixels, quality: int = 93) -> ShotScreening:
    return eyes().examiner.screen(jpeg(pixels, quality), eyes().standards[0])


def test_the_clean_portrait_passes() -> None:
    report = _screened(photograph(SITTER)).report
    assert report.passed, [c.measurement.id for c in report.failures()]


@pytest.mark.parametrize(
    "fault", [f for f in faults(SITTER) if f.name != "earphones"], ids=lambda f: f.name.replace(" ", "-")
)
def test_a_single_fault_is_named_for_what_it_is(fault: Fault) -> None:
    report = _screened(fault.picture(), 98 if fault.name in _FINE else 93).report
    wanted = {Verdict.FAIL} if fault.fails else {Verdict.FAIL, Verdict.WARN}
    said = {c.measurement.id for c in report.checks if c.verdict in wanted}
    assert said & set(fault.says), (fault.says, said)
    if fault.fails:
        assert report.verdict is Verdict.FAIL


def test_every_attribute_of_the_requirement_has_a_row_and_a_verdict() -> None:
    rows = register()
    assert {int(r.number) for r in rows.values() if r.number.isdigit()} == set(range(1, 116))
    assert {r.number for r in rows.values() if r.number.startswith("裁剪")} == {f"裁剪{n}" for n in range(1, 9)}
    assert {"肩部1", "其他1", "其他2"} <= {r.number for r in rows.values()}
    report = eyes().examiner.assess(jpeg(photograph(SITTER)), eyes().standards[0])
    assert [c.measurement.id for c in report.checks] == list(rows)
    unknown = [c for c in report.checks if rows[c.measurement.id].kind is AttributeKind.OPERATOR]
    assert unknown
    assert all(c.verdict is Verdict.UNKNOWN for c in unknown), "what only a person can say never passes by itself"


def test_at_least_a_hundred_are_measured() -> None:
    report = _screened(photograph(SITTER)).report
    assert sum(c.measurement.value is not None for c in report.checks) >= 100


@pytest.mark.parametrize("skin", SKINS)
def test_no_skin_is_a_fault(skin: str) -> None:
    report = _screened(photograph(Portrait(skin=skin, seed=77))).report
    assert report.passed, [c.measurement.id for c in report.failures()]


@pytest.mark.parametrize("style", ["bald", "long", "over-ears"])
def test_no_hair_is_a_fault(style: str) -> None:
    assert _screened(photograph(Portrait(hair_style=style, beard=style == "bald", seed=78))).report.passed


@pytest.mark.parametrize(
    "picture",
    [
        np.zeros((40, 40, 3), np.uint8),
        np.full((600, 800, 3), 255, np.uint8),
        np.asarray(np.random.default_rng(0).integers(0, 255, (300, 300, 3)), np.uint8),
        photograph(Portrait(width=40, height=40, face_share=0.5)),
        photograph(Portrait(width=60, height=2000)),
        photograph(Portrait(face_share=0.9, centre=(0.5, 0.5))),
        photograph(Portrait(centre=(0.02, 0.3))),
        photograph(Portrait(yaw=45)),
        np.asarray(astronaut()[:, :200]),
    ],
    ids=["black-40", "white", "noise", "face-40", "narrow", "too-close", "half-out", "profile", "cut-face"],
)
def test_a_hopeless_picture_gets_a_verdict_and_never_passes(picture: Pixels) -> None:
    report = _screened(picture).report
    assert not report.passed
    assert report.failures()


def pencil(portrait: Pixels) -> Pixels:
    """A pencil drawing of it: grey lines on paper."""
    grey = cv2.cvtColor(portrait, cv2.COLOR_BGR2GRAY)
    return np.asarray(
        cv2.cvtColor(cv2.divide(grey, cv2.GaussianBlur(grey, (0, 0), 8), scale=256), cv2.COLOR_GRAY2BGR), np.uint8
    )


def coloured_pencil(portrait: Pixels) -> Pixels:
    """Hatched in colour."""
    return np.asarray(cv2.pencilSketch(portrait, sigma_s=60, sigma_r=0.07, shade_factor=0.05)[1], np.uint8)


def cartoon(portrait: Pixels) -> Pixels:
    """Flat colours with black outlines."""
    flat = portrait
    for _ in range(4):
        flat = np.asarray(cv2.bilateralFilter(flat, 9, 40, 9), np.uint8)
    flat = (flat // 40 * 40 + 20).astype(np.uint8)
    grey = cv2.medianBlur(cv2.cvtColor(portrait, cv2.COLOR_BGR2GRAY), 7)
    flat[cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 15, 4) == 0] = 20
    return flat


def painting(portrait: Pixels) -> Pixels:
    """In washes of water colour."""
    return np.asarray(cv2.stylization(portrait, sigma_s=60, sigma_r=0.45), np.uint8)


def doll(portrait: Pixels) -> Pixels:
    """Of smooth plastic: no pore, no grain."""
    plastic = portrait
    for _ in range(6):
        plastic = np.asarray(cv2.bilateralFilter(plastic, 11, 25, 11), np.uint8)
    return plastic


@pytest.mark.parametrize("made", [pencil, coloured_pencil, cartoon, painting, doll])
@pytest.mark.parametrize("skin", ["light", "dark"])
def test_a_drawing_or_a_doll_is_no_photo_of_a_person(made: Callable[[Pixels], Pixels], skin: str) -> None:
    report = _screened(made(photograph(Portrait(skin=skin, seed=301)))).report
    assert report.verdict is Verdict.FAIL


def test_a_baby_held_by_a_hand_is_seen_with_the_hand() -> None:
    report = _screened(photograph(Portrait(hand=True, face_share=0.28, seed=79))).report
    assert next(c for c in report.checks if c.measurement.id == "hand").verdict is Verdict.WARN

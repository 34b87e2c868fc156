"""Separators: read in any orientation and torn, known as separators even unread, never taken for another file's."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.archive.separator_sheet import separator_png
from app.archive.separators import (
    FileKind,
    Separator,
    SeparatorReading,
    code128_text,
    qr_text,
    require_separator,
    separator_in,
    separator_on,
)
from app.domain.errors import BadInput
from helpers.documents import Pixels, Soiling, page, soiled, turned
from helpers.printers import FONT

SHEET = Separator(FileKind.VEHICLE, "XL2026112700012", "A-01")
DPI = 300
SERIALS = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-", min_size=4, max_size=32)


@cache
def sheet(separator: Separator = SHEET) -> Pixels:
    png = separator_png(separator, "训练业务", Path(FONT))
    return np.asarray(cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR), np.uint8)


def scanned(pixels: Pixels, skew: float = 0.0, turn: int = 0) -> Pixels:
    on_paper = soiled(turned(pixels, skew, (255, 255, 255)), Soiling(noise=5, shadow=0.3, specks=200), DPI, 1)
    return np.ascontiguousarray(np.rot90(on_paper, turn))


@pytest.mark.parametrize("turn", range(4))
@pytest.mark.parametrize("skew", [0.0, 3.0, -5.0])
def test_a_sheet_is_read_whichever_way_it_lies(turn: int, skew: float) -> None:
    read = separator_on(scanned(sheet(), skew, turn), DPI)
    assert read is not None
    assert read.separator == SHEET


def test_with_its_upper_half_gone_it_is_still_read() -> None:
    torn = sheet().copy()
    torn[: torn.shape[0] * 36 // 100] = 255
    read = separator_on(scanned(torn), DPI)
    assert read is not None
    assert read.separator == SHEET


def test_with_every_code_gone_it_is_a_separator_whose_number_must_be_asked_for() -> None:
    blind = sheet().copy()
    blind[500:3000] = 255
    assert separator_on(scanned(blind, 2.0, 1), DPI) == SeparatorReading(None, 0)


def test_codes_of_two_files_on_one_sheet_are_never_decided_by_the_program() -> None:
    other = sheet(Separator(FileKind.VEHICLE, "XL2026112700013"))
    mixed = sheet().copy()
    mixed[: mixed.shape[0] // 2] = other[: other.shape[0] // 2]
    read = separator_on(mixed, DPI)
    assert read is not None
    assert read.separator is None
    assert read.disagree


@pytest.mark.parametrize("kind", ["form", "letter", "table", "stamp", "signature", "blank"])
def test_a_page_of_a_file_is_no_separator(kind: str) -> None:
    assert separator_on(soiled(page(kind, DPI, 5), Soiling(shadow=0.4), DPI), DPI) is None


def test_a_strange_code_on_a_page_is_no_separator() -> None:
    pixels = page("form", DPI, 5)
    code = sheet()[440:1300, 250:1000]
    pixels[600 : 600 + code.shape[0], 400 : 400 + code.shape[1]] = code
    assert separator_on(pixels, DPI) is None, "without its bands a code is what a page happens to carry"


def test_a_black_page_is_no_separator() -> None:
    assert separator_on(np.full((3508, 2480, 3), 10, np.uint8), DPI) is None
    assert separator_on(np.full((1, 1, 3), 10, np.uint8), 0.0) is None


@given(st.sampled_from(FileKind), SERIALS, st.text("ABC019-", max_size=24))
def test_what_a_code_says_is_what_was_printed(kind: FileKind, serial: str, business: str) -> None:
    wanted = Separator(kind, serial, business)
    assert separator_in(qr_text(wanted)) == wanted
    assert separator_in(code128_text(wanted)) == Separator(kind, serial)


@given(SERIALS, st.data())
def test_one_wrong_character_is_seen(serial: str, data: st.DataObject) -> None:
    text = qr_text(Separator(FileKind.DRIVER, serial, "B-2"))
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ|-").filter(lambda c: c != text[place]))
    assert separator_in(text[:place] + letter + text[place + 1 :]) is None


@given(st.text(max_size=80))
def test_no_text_of_a_strange_code_breaks_the_reading(text: str) -> None:
    assert separator_in(text) is None


@pytest.mark.parametrize("serial", ["", "12", "车1234", "a1234", "1" * 33, "1234|5"])
def test_a_number_that_no_sheet_can_carry_is_refused_before_printing(serial: str) -> None:
    with pytest.raises(BadInput, match="ARC-101"):
        require_separator(Separator(FileKind.VEHICLE, serial))

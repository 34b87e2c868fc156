"""Drawn pages are typed by what stands on them, upright or not; the small picture knows most of them. Synthetic."""

from __future__ import annotations

import pytest

from app.archive.classify import Classifier, picture_types, upright, view_of
from app.archive.line_reading import line_reader
from app.archive.page_facts import measured
from app.archive.page_model import page_model
from app.archive.small_picture import MOST_BYTES, SmallCodec, envelope_of, opened, small_picture
from app.domain.archive_batch import PageRole, TypedBy
from app.domain.errors import BadInput
from helpers.archive_documents import drawn, scanned
from helpers.documents import Pixels

DPI = 150


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier(line_reader(), page_model())


def sheet(type_id: str, kind: str = "vehicle", seed: int = 70_001) -> Pixels:
    return scanned(drawn(kind, type_id, seed, DPI), seed, DPI)


def test_a_title_says_the_type_and_is_named_as_the_reason(classifier: Classifier) -> None:
    pixels = sheet("insurance")
    said = classifier.type_of(view_of(pixels, measured(pixels, DPI), 0, PageRole.PAGE), "V")
    assert (said.type, said.by) == ("insurance", TypedBy.TITLE)
    assert "强制保险" in said.because


def test_a_page_that_was_taken_for_upright_and_is_not_is_found_by_its_title(classifier: Classifier) -> None:
    pixels = upright(sheet("check-record"), 180)
    said = classifier.type_of(view_of(pixels, measured(pixels, DPI), 0, PageRole.PAGE), "V")
    assert (said.type, said.upside_down) == ("check-record", True)


def test_a_photo_without_a_word_is_known_by_its_picture(classifier: Classifier) -> None:
    pixels = sheet("vehicle-photo")
    said = classifier.type_of(view_of(pixels, measured(pixels, DPI), 0, PageRole.PAGE), "V")
    assert (said.type, said.by) == ("vehicle-photo", TypedBy.PICTURE)


def test_a_blank_page_is_not_read(classifier: Classifier) -> None:
    pixels = sheet("blank")
    said = classifier.type_of(view_of(pixels, measured(pixels, DPI), 0, PageRole.BLANK), "D")
    assert (said.type, said.confidence) == ("blank", 1.0)


@pytest.mark.parametrize("codec", list(SmallCodec))
def test_one_kilobyte_is_enough_for_the_remote_side(codec: SmallCodec) -> None:
    right = 0
    types = ("registration-form", "file-contents", "insurance", "quota", "origin", "vehicle-licence", "form-notes", "other")
    for type_id in types:
        pixels = sheet(type_id, seed=70_011)
        small = small_picture(pixels, codec)
        assert len(small.data) <= MOST_BYTES
        shares = picture_types(page_model(), small.data, envelope_of(pixels, measured(pixels, DPI)), "vehicle")
        assert sum(shares.values()) == pytest.approx(1.0)
        right += max(shares, key=lambda name: shares[name]) == type_id
    assert right >= len(types) - 1


@pytest.mark.parametrize("data", [b"", b"no picture", b"RIFF\x04\0\0\0WEBP", b"\xff\xd8\xff\xe0"])
def test_a_small_picture_that_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput) as refusal:
        opened(data)
    assert refusal.value.code == "ARC-111"

"""事项目录同步: what the back end fills in comes once a revision, is kept offline, and never spoils an entry."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.config.matter_answers import FILE
from app.config.matters import catalogue_of, shipped_catalogue
from app.domain.matters.matter import FeeItem
from app.domain.matters.table import BackEnd
from app.intake.catalogue import CatalogueSource
from app.sync.catalogue import CatalogueFeed
from app.sync.client import BackendClient
from app.training.matters import training_answers
from helpers.library import window
from helpers.stores import TestClock


def feed_to(folder: Path, client: BackendClient, clock: TestClock) -> tuple[CatalogueFeed, list[int]]:
    told: list[int] = []
    return CatalogueFeed(client, folder, lambda: told.append(1), clock), told


def test_a_revision_is_fetched_once_and_fills_days_fees_and_codes(tmp_path: Path) -> None:
    with window(tmp_path) as (_, _, _, client, clock):
        folder = tmp_path / "matters"
        feed, told = feed_to(folder, client, clock)
        assert feed.run_once().sent == 1
        assert feed.run_once().sent == 0, "the same revision is not written again"
        assert told == [1]
        matter = catalogue_of(folder).matter("JJ-001")
        assert matter.days == 1
        assert matter.fees == (FeeItem("XL-9002", "训练收费项目二", 1500),)
        assert matter.official_code == "XL-JJ-001"
        assert shipped_catalogue().matter("JJ-001").days is BackEnd.FILLS, "the shipped entry invents nothing"
        assert (folder / FILE).stat().st_mode & 0o077 == 0


def test_what_was_filled_in_stays_when_the_back_end_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "matters"
    with window(tmp_path) as (_, _, _, client, clock):
        feed_to(folder, client, clock)[0].run_once()
    gone = BackendClient("http://127.0.0.1:9", "terminal", "Password-1", terminal="T1")
    report = feed_to(folder, gone, TestClock())[0].run_once()
    gone.close()
    assert report.stopped_by.startswith("NET-")
    assert catalogue_of(folder).matter("RK-100").days == 5


@pytest.mark.parametrize(
    "answers",
    [
        {"days": -1},
        {"days": "five"},
        {"fees": [{"code": "1", "name": "x", "fen": 1.5}]},
        {"materials": [{"id": "a", "name": "b", "need": "must"}, {"id": "a", "name": "b", "need": "must"}]},
        {"rules": []},
        [],
    ],
)
def test_an_answer_that_cannot_be_used_leaves_its_matter_as_it_was_and_says_so(answers: Any, tmp_path: Path) -> None:
    document = {"revision": "r", "answers": {"RK-100": answers, "RK-030": {"days": 15}}}
    (tmp_path / FILE).write_text(json.dumps(document), encoding="utf-8")
    catalogue = catalogue_of(tmp_path)
    assert [fault.code for fault in catalogue.faults] == ["MAT-109"]
    assert catalogue.matter("RK-100").days is BackEnd.FILLS
    assert catalogue.matter("RK-030").days == 15


@pytest.mark.parametrize(
    "text", [b"", b"{}", b'{"revision": 1, "answers": {}}', b'{"revision": "1", "answers": []}', b"[" * 9999]
)
def test_a_broken_file_is_told_and_the_shipped_catalogue_serves(text: bytes, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(text)
    catalogue = catalogue_of(tmp_path)
    assert [fault.code for fault in catalogue.faults] == ["MAT-101"]
    assert len(catalogue.matters) == 195


def test_a_window_that_is_open_reads_the_new_revision_when_it_is_entered_again(tmp_path: Path) -> None:
    with window(tmp_path) as (_, _, _, client, clock):
        folder = tmp_path / "matters"
        source = CatalogueSource(lambda: catalogue_of(folder), lambda: True, "zh_CN", clock)
        assert source.catalogue().matter("RK-100").days is BackEnd.FILLS
        CatalogueFeed(client, folder, source.refresh, clock).run_once()
        assert source.catalogue().matter("RK-100").days == 5
        assert source.facts("RK-100").promised_days == 5


def test_training_answers_name_only_matters_that_there_are() -> None:
    codes = {matter.code for matter in shipped_catalogue().matters}
    assert set(training_answers()["answers"]) <= codes

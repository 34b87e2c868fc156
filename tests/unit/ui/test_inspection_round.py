"""At the review: the library is asked, the officer looks photo by photo, and one no brings her back to the crop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.config.settings import Settings
from app.config.texts import Coded
from app.desk.desk import Desk
from app.desk.gate import Gate
from app.domain.inspecting import InspectionReason
from app.domain.judgement import Verdict
from app.domain.trail import StationKind, TrailQuery
from app.photo.standards import load_standards
from app.ui.bench import Bench
from app.ui.rehearsal import wait_until
from app.ui.screens.review.inspection_round import InspectionRound
from app.ui.screens.review.manual_page import ManualPage
from app.ui.theme import Theme
from helpers.inspecting import STRICT, A, M, StationSeat, station_seat

TWO = ("id-card", "residence-permit")


@dataclass
class Review:
    """The round and the page it asks the officer on, over a real store and a scripted library."""

    seat: StationSeat
    bench: Bench
    round: InspectionRound
    page: ManualPage
    looks: list[int] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    banner: list[Coded] = field(default_factory=list)

    def begin(self, special_reason: str = "") -> None:
        photos = [self.seat.composed(s) for s in self.seat.session.standard_ids]
        self.round.begin(self.seat.session, photos, self.seat.photo.strategies(self.seat.session.id), special_reason)

    def settle(self) -> None:
        wait_until("an answer", lambda: not self.bench.tasks.busy, 20)
        QApplication.processEvents()


@pytest.fixture
def review(application: QApplication, tmp_path: Path) -> Iterator[Review]:
    seat = station_seat(tmp_path, TWO)
    bench = Bench(cast("Gate", None), Settings.of({}), "zh_CN", Theme.load("light"))
    bench.opened = cast("Desk", SimpleNamespace(photo=seat.photo, standards=load_standards()))
    page = ManualPage(bench, cast("ManualPage", None))
    made = Review(seat, bench, InspectionRound(bench), page)
    made.round.looking.connect(made.looks.append)
    made.round.passed.connect(lambda: made.ends.append("passed"))
    made.round.ended.connect(lambda: made.ends.append("ended"))
    made.page.judged.connect(made.round.judge)
    bench.refused.connect(made.banner.append)
    page.show_photo("身份证", None, "")
    page.show()
    page.activateWindow()
    QTest.qWaitForWindowActive(page, 5000)
    yield made
    bench.tasks.stop()
    bench.opened = None
    seat.store.close()


def test_first_the_library_then_the_officer_photo_by_photo(review: Review) -> None:
    review.begin()
    assert (review.looks, review.round.active) == ([], True), "the library has not answered: she is not asked yet"
    review.settle()
    assert review.looks == [0]
    assert review.round.answered("id-card")
    QTest.keyClick(review.page, Qt.Key.Key_Y)
    assert review.looks == [0, 1]
    QTest.keyClick(review.page, Qt.Key.Key_Y)
    assert review.ends == ["passed"]
    kinds = [[p.kind for p in review.round.passes[s]] for s in TWO]
    assert kinds == [[StationKind.BACKEND, StationKind.MANUAL]] * 2


def test_where_the_officer_stands_first_she_is_asked_first(review: Review) -> None:
    review.seat.follow(stations=(M, *STRICT.stations[:2]))
    review.begin()
    assert review.looks == [0]
    assert review.seat.library.asked == []


def test_a_library_out_of_reach_holds_nobody_up_and_she_is_told(review: Review) -> None:
    review.seat.library.reachable = False
    review.begin()
    review.settle()
    assert review.looks == [0]
    assert review.round.unreached("id-card")
    assert review.banner == [], "no network is a normal state"


def test_a_library_s_no_is_told_with_its_reasons_recorded_and_nothing_is_issued(review: Review) -> None:
    review.seat.library.reasons = (InspectionReason("dpi", "DPI 偏低"),)
    review.begin("怀疑照片被篡改")
    review.settle()
    review.settle()
    assert (review.looks, review.ends, review.round.active) == ([], ["ended"], False)
    (told,) = review.banner
    assert (told.code, told.params["reasons"]) == ("INS-111", "DPI 偏低")
    entries = review.seat.store.trail.find(TrailQuery())
    assert [e.draft.standard_id for e in entries] == ["residence-permit", "id-card"]
    assert {e.draft.special_reason for e in entries} == {"怀疑照片被篡改"}
    assert review.seat.store.photos_of(review.seat.session.id) == ()


def test_her_no_needs_a_word_and_then_ends_the_round(review: Review) -> None:
    review.seat.follow(stations=(A, M))
    review.begin()
    QTest.keyClick(review.page, Qt.Key.Key_N)
    assert [e.code for e in review.banner] == ["INS-101"]
    assert review.round.row == 0, "the photo stays before her"
    QTest.keyClicks(review.page.note, "NY")
    assert review.page.note.text() == "NY", "letters typed are letters"
    review.page.note.setText("头发遮眉")
    review.page.bad.click()
    review.settle()
    assert review.ends == ["ended"]
    (entry,) = review.seat.store.trail.find(TrailQuery())
    stage = entry.draft.stations[-1]
    assert (stage.verdict, stage.officer, stage.text) == (Verdict.FAIL, "zhang", "头发遮眉")
    assert review.banner[-1].code == "INS-103"


def test_going_back_while_the_library_is_asked_leaves_nothing_behind(review: Review) -> None:
    review.begin()
    review.round.cancel()
    review.settle()
    assert (review.looks, review.ends, review.round.active) == ([], ["ended"], False)
    assert review.seat.store.trail.find(TrailQuery()) == ()


def test_photos_without_a_strategy_go_straight_to_the_save(review: Review) -> None:
    review.seat.strategies["household"] = None
    review.begin()
    assert review.ends == ["passed"]
    review.seat.strategies["household"] = replace(STRICT, stations=(A,))

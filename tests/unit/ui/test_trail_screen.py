"""检测流水 on the screen: every field of the requirement stands in the list or the detail, pictures turn and grow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel

from app.config.settings import Settings
from app.desk.desk import Desk
from app.desk.gate import Gate
from app.desk.place import DeskPlace
from app.desk.trail import TrailDesk
from app.domain.judgement import Verdict
from app.domain.records import Officer, Role
from app.domain.trail import StationKind, StationPass, TrailDraft
from app.photo.standards import load_standards
from app.store.store import Store
from app.ui.bench import Bench
from app.ui.late_failures import LateFailures
from app.ui.rehearsal import wait_until
from app.ui.screens.trail.view import TrailView
from app.ui.theme import Theme
from app.ui.widgets.banner import Banner
from helpers.pictures import portrait_jpeg
from helpers.stores import PERSON, STATION, TestClock, new_store, session_record


@dataclass
class Screen:
    view: TrailView
    bench: Bench
    store: Store

    def enter(self) -> None:
        self.view.enter()
        self.settle()

    def settle(self) -> None:
        for _ in range(3):
            wait_until("an answer", lambda: not self.bench.tasks.busy, 20)
            QApplication.processEvents()

    def words(self, row: int) -> list[str]:
        return [self.view.table.item(row, column).text() for column in range(self.view.table.columnCount())]


@pytest.fixture
def screen(application: QApplication, tmp_path: Path) -> Iterator[Screen]:
    clock = TestClock()
    store = new_store(tmp_path, clock)[0]
    session = session_record(clock)
    store.create_session(session)
    shot = store.keep_shot(session.id, portrait_jpeg(), device="Nikon D750", file_name="a.jpg")
    stages = (
        StationPass(StationKind.ALGORITHM, clock.now(), 250.0, Verdict.PASS, ""),
        StationPass(StationKind.MANUAL, clock.now(), 4000.0, Verdict.FAIL, "头发遮眉", "zhang"),
    )
    store.trail.add_turned_down(
        TrailDraft(
            session.id, PERSON, STATION, "zhang", "Nikon D750", "id-card", "严格", "", "", 0, Verdict.FAIL,
            ("sharpness",), "怀疑照片被篡改", stages, shot.id, "户政部门",
        ),
        portrait_jpeg(),
    )  # fmt: skip
    waiting = StationPass(StationKind.BACKEND, clock.now(), 0.0, Verdict.UNKNOWN, "")
    store.trail.add(
        TrailDraft(
            session.id, PERSON, STATION, "zhang", "Nikon D750", "id-card", "严格", "N1", shot.blob, 9, Verdict.UNKNOWN,
            (), "", (waiting,), shot.id,
        )
    )  # fmt: skip
    place = DeskPlace(Officer("zhang", "张", Role.OPERATOR), False, "zh_CN", Settings.of({}), load_standards)
    bench = Bench(cast("Gate", None), place.settings, "zh_CN", Theme.load("light"))
    desk = SimpleNamespace(trail=TrailDesk(store, place), standards=place.standards)
    bench.opened = cast("Desk", desk)
    made = Screen(TrailView(bench), bench, store)
    made.view.resize(1240, 640)
    made.view.show()
    yield made
    bench.tasks.stop()
    bench.opened = None
    store.close()


def test_the_list_shows_department_verdict_special_reason_and_its_picture(screen: Screen) -> None:
    screen.enter()
    refused, waiting = screen.words(1), screen.words(0)
    assert refused[1] == "户政部门 · 测试照相室"
    assert (refused[6], refused[7]) == ("—", "不合格")
    assert refused[10:] == ["怀疑照片被篡改", "4.2 s"]
    assert waiting[7] == "待检"
    assert not screen.view.table.item(1, 9).icon().isNull(), "特检图片"
    assert screen.view.table.item(0, 9).icon().isNull()


def test_the_detail_shows_every_field_and_every_station(screen: Screen) -> None:
    screen.enter()
    screen.view.table.selectRow(1)
    screen.settle()
    detail = screen.view.detail
    assert detail.verdict.text() == "不合格"
    for words in ("不合格原因：模糊度", "部门：户政部门", "设备：Nikon D750", "照片类型：居民身份证", "受理编号：—",
                  "拍摄时间：2026-11-24", "上传时间：—", "特检原因：怀疑照片被篡改",
                  "策略：严格", "相片大小：", "操作员：zhang"):  # fmt: skip
        assert words in detail.facts.text()
    rows = [[detail.stations.item(r, c).text() for c in range(5)] for r in range(detail.stations.rowCount())]
    assert [row[:3] for row in rows] == [["算法检测", "合格", "0.2 s"], ["人工检测", "不合格", "4.0 s"]]
    assert rows[1][4] == "zhang · 头发遮眉"


def test_processed_photo_and_original_stand_side_by_side_turn_and_grow_together(screen: Screen) -> None:
    screen.enter()
    screen.view.table.selectRow(1)
    screen.settle()
    assert screen.view.picture.has_image()
    assert not screen.view.original.isHidden()
    before = screen.view.picture.image_rect()
    screen.view.turn.click()
    after = screen.view.picture.image_rect()
    assert (before.width() < before.height(), after.width() < after.height()) == (True, False)
    width = screen.view._pictures.minimumWidth()
    screen.view.bigger.click()
    assert screen.view._pictures.minimumWidth() > width
    screen.view.smaller.click()
    assert screen.view._pictures.minimumWidth() == width
    screen.view.table.selectRow(0)
    screen.settle()
    assert screen.view.original.isHidden(), "a raw shot is its own original"


def test_what_is_pending_is_found_alone_and_by_special_reason_the_other(screen: Screen) -> None:
    screen.enter()
    screen.view.verdict.setCurrentIndex(3)
    screen.view.search()
    screen.settle()
    assert [e.draft.number for e in screen.view.model.entries] == ["N1"]
    screen.view.verdict.setCurrentIndex(0)
    screen.view.special.setCurrentText("篡改")
    screen.view.search()
    screen.settle()
    assert [e.draft.special_reason for e in screen.view.model.entries] == ["怀疑照片被篡改"]
    assert "待检 0 张" in screen.view.counts.text()


def told(banner: Banner) -> str:
    return "".join(label.text() for label in cast("list[QLabel]", banner.findChildren(QLabel)))


def test_a_late_refusal_is_told_until_it_is_understood(screen: Screen) -> None:
    from app.domain.inspecting import LateFailure

    failures = [LateFailure("N1", "id-card", "模糊"), LateFailure("N2", "id-card", "DPI")]

    def take_note(number: str) -> None:
        failures[:] = [f for f in failures if f.number != number]

    desk = cast("SimpleNamespace", screen.bench.opened)
    desk.outbox = SimpleNamespace(late_failures=lambda: tuple(failures), take_note=take_note)
    banner = Banner("zh_CN", "#b3261e", screen.view)
    late = LateFailures(screen.bench, banner)
    late.look()
    screen.settle()
    assert "N1" in told(banner)
    banner.hide()  # another screen hid it: it was not read
    late.look()
    screen.settle()
    assert [f.number for f in failures] == ["N1", "N2"]
    banner._close.click()
    screen.settle()
    assert [f.number for f in failures] == ["N2"]
    assert "N2" in told(banner), "the next one follows"


def test_pictures_read_as_they_were_sealed(screen: Screen) -> None:
    screen.enter()
    assert QImage.fromData(screen.store.trail.original(1)).width() == QImage.fromData(portrait_jpeg()).width()

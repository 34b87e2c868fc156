"""The standards screen: nothing typed is lost silently, a number is never changed without its source, files say who
signed them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.config.texts import Coded, check_name
from app.desk.desk import Desk
from app.desk.gate import Gate
from app.desk.standards import StandardsDesk
from app.domain.photo_standard import PhotoStandard
from app.domain.records import Role
from app.photo.framing import band_lines
from app.ui.bench import Bench
from app.ui.rehearsal import wait_until
from app.ui.screens.standards.limits import LimitTable
from app.ui.screens.standards.view import StandardsView
from app.ui.screens.standards.words import place_word, value_word
from app.ui.theme import Theme
from helpers.standards import IDS, StandardsPlace, narrower, shipped, text_of

_LOW, _HIGH, _WARN_LOW, _BLOCKING, _SOURCE = 1, 2, 3, 6, 7
CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Seat:
    """An officer before the screen; ``banner`` collects what went to the banner."""

    view: StandardsView
    bench: Bench
    desk: StandardsDesk
    place: StandardsPlace
    banner: list[str] = field(default_factory=list)

    def note(self, error: Coded) -> None:
        self.banner.append(error.code)

    def settle(self) -> None:
        for _ in range(3):
            wait_until("an answer", lambda: not self.bench.tasks.busy, 10)
            QApplication.processEvents()

    def enter(self) -> None:
        self.view.enter()
        self.settle()

    def names(self) -> list[str]:
        return [self.view.list.item(row).text().split("\n")[0] for row in range(self.view.list.count())]

    def open(self, name: str) -> None:
        self.view.list.setCurrentRow(self.names().index(name))
        self.settle()

    @property
    def table(self) -> LimitTable:
        return self.view.sheet.limits.table

    def row(self, name: str, table: LimitTable | None = None) -> int:
        table = table or self.table
        return next(row for row in range(table.rowCount()) if table.item(row, 0).text() == name)

    def type(self, name: str, column: int, text: str) -> None:
        row = self.row(name)
        self.table.setCurrentCell(row, column)
        self.table.item(row, column).setText(text)

    def kept(self, standard_id: str = "id-card") -> PhotoStandard:
        return next(k.standard for k in self.desk.look().kept if k.id == standard_id)

    def click(self, button: QWidget) -> None:
        cast("QLineEdit", button).click()  # type: ignore[attr-defined]  # any button
        self.settle()


FACE = check_name("geometry.face_width")
YAW = check_name("yaw")


@contextmanager
def seated(root: Path, role: Role = Role.ADMINISTRATOR, language: str = "zh_CN", **settings: bool) -> Iterator[Seat]:
    """The screen alone, over a real desk of standards, without devices or store."""
    place = StandardsPlace.made(root, **settings)
    desk = place.desk(role, language)
    bench = Bench(cast("Gate", None), place.settings, language, Theme.load("light"))
    bench.opened = cast("Desk", SimpleNamespace(standard_files=desk))
    seat = Seat(StandardsView(bench), bench, desk, place)
    bench.refused.connect(seat.note)
    seat.view.resize(1230, 620)
    seat.view.show()
    try:
        seat.enter()
        yield seat
    finally:
        bench.tasks.stop()
        bench.opened = None


@pytest.fixture
def seat(application: QApplication, tmp_path: Path) -> Iterator[Seat]:
    with seated(tmp_path / "data") as made:
        yield made


def test_the_list_is_searched_and_says_where_each_comes_from(seat: Seat) -> None:
    assert len(seat.names()) == len(IDS)
    seat.view.search.setText("移民 390")
    assert seat.names() == ["出入境证件（旧 390×567）"]
    assert "国家移民管理局 · 出厂" in seat.view.list.item(0).text()
    seat.view.search.setText("没有这样的标准")
    assert seat.names() == []
    assert not seat.view.nothing.isHidden()
    seat.view.search.setText("")
    assert seat.view.nothing.isHidden()


def test_opening_one_and_saving_nothing_changes_nothing(seat: Seat) -> None:
    for name in seat.names():
        seat.open(name)
        assert not seat.view.model.dirty
        assert not seat.view.save.isEnabled()
    assert seat.place.files() == []


def test_every_attribute_stands_in_the_table_and_a_module_leaves_its_own(seat: Seat) -> None:
    assert seat.table.rowCount() > 130
    seat.view.sheet.limits.own.setChecked(True)
    assert {seat.table.item(row, 0).text() for row in range(seat.table.rowCount())} >= {FACE}
    assert seat.table.rowCount() == 5
    seat.view.sheet.limits.own.setChecked(False)
    module = seat.view.sheet.limits.module
    module.setCurrentIndex(module.findData("pose"))
    assert seat.row(YAW) >= 0
    assert seat.table.rowCount() < 15


def test_a_number_needs_its_source_and_is_then_the_next_version(seat: Seat) -> None:
    seat.type(FACE, _LOW, "195")
    assert seat.view.model.unsourced == ("geometry.face_width",)
    assert seat.table.currentColumn() == _SOURCE, "the cursor asks where the number comes from"
    assert seat.view.sheet.limits.sentence.text()
    seat.click(seat.view.save)
    assert seat.banner == ["STD-109"]
    assert seat.place.files() == []
    seat.type(FACE, _SOURCE, "市局通知 第 3 条")
    seat.click(seat.view.save)
    band = next(b for b in seat.kept().geometry if b.measure.value == "face_width")
    assert (band.low, band.source, seat.kept().version) == (195.0, "市局通知 第 3 条", "2026.2-local.1")
    assert "2026.2-local.1" in seat.view.said.text()
    assert "本机替代" in seat.view.list.item(0).text()
    assert not seat.view.model.dirty


def test_a_default_that_is_changed_becomes_the_standard_s_own_and_can_be_given_back(seat: Seat) -> None:
    seat.type(YAW, _HIGH, "3")
    seat.type(YAW, _SOURCE, "正面免冠")
    seat.table.item(seat.row(YAW), _BLOCKING).setCheckState(Qt.CheckState.Unchecked)
    assert [(limit.high, limit.blocking) for limit in seat.view.model.draft.own if limit.check == "yaw"] == [(3.0, False)]  # type: ignore[union-attr]
    seat.view.sheet.limits.reset.click()
    assert not seat.view.model.dirty


def test_a_wrong_cell_keeps_what_was_typed_says_why_and_nothing_is_saved(seat: Seat) -> None:
    seat.type(FACE, _LOW, "abc")
    assert seat.table.item(seat.row(FACE), _LOW).text() == "abc"
    assert "abc" in seat.view.sheet.limits.sentence.text()
    seat.type(FACE, _LOW, "300")
    assert "300" in seat.view.sheet.limits.sentence.text(), "above the upper limit"
    seat.view.sheet.turn_to("child")
    seat.click(seat.view.save)
    assert seat.view.sheet.limits.exception == "", "the wrong cell is shown"
    assert seat.place.files() == []
    seat.type(FACE, _LOW, "193")
    assert not seat.view.model.dirty


def test_what_is_typed_is_not_lost_by_looking_elsewhere(seat: Seat) -> None:
    seat.type(FACE, _LOW, "195")
    seat.open("驾驶证")
    assert seat.view.confirm.isVisible()
    assert seat.view.model.standing is not None
    assert seat.view.model.standing.id == "id-card"
    seat.enter()
    seat.view.search.setText("驾驶")
    seat.view.search.setText("")
    assert seat.table.item(seat.row(FACE), _LOW).text() == "195"
    left: list[str] = []
    assert seat.view.hold_back(lambda: left.append("signed out"))
    assert not left
    seat.view.confirm.no.click()
    assert seat.view.model.dirty
    seat.open("驾驶证")
    seat.click(seat.view.confirm.yes)
    assert seat.view.model.standing.id == "driving-licence"
    assert not seat.view.hold_back(lambda: left.append("signed out"))
    assert seat.place.files() == []


def test_a_change_from_elsewhere_is_not_overwritten_and_mine_stays_typed(seat: Seat) -> None:
    seat.type(FACE, _LOW, "196")
    seat.type(FACE, _SOURCE, "mine")
    other = seat.desk.change(shipped(), narrower(shipped())).standard
    seat.click(seat.view.save)
    assert seat.banner == ["STD-107"]
    assert seat.kept() == other
    assert seat.table.item(seat.row(FACE), _LOW).text() == "196"


def test_a_new_one_is_filled_in_from_the_one_shown(seat: Seat) -> None:
    seat.click(seat.view.new)
    facts = seat.view.sheet.facts
    assert facts.lines["id"].text() == "id-card-2"
    seat.click(seat.view.save)
    wrong = {name for name, label in facts.wrong.items() if label.text()}
    assert wrong == {"name_zh", "name_en"}
    for name, text in (("name_zh", "乡镇身份证"), ("name_en", "Village card"), ("rgb", "1, 2, 300")):
        facts.lines[name].setText(text)
        facts.lines[name].textEdited.emit(text)
    seat.click(seat.view.save)
    assert {name for name, label in facts.wrong.items() if label.text()} == {"rgb"}
    facts.lines["rgb"].setText("67, 142, 219")
    facts.lines["rgb"].textEdited.emit("")
    facts.numbers["bytes_max"].setValue(30720)
    seat.click(seat.view.save)
    assert seat.banner[-1] == "STD-109", "another colour and size need another source"
    facts.sources.setPlainText(facts.sources.toPlainText() + "\n省厅通知 2026-7")
    seat.click(seat.view.save)
    made = seat.kept("id-card-2")
    assert (made.name_zh, made.background.rgb, made.output.bytes_max) == ("乡镇身份证", (67, 142, 219), 30720)
    assert made.sources[-1] == "省厅通知 2026-7"
    assert seat.view.heading.text() == "乡镇身份证"


def test_an_exception_has_limits_of_its_own(seat: Seat) -> None:
    seat.view.sheet.turn_to("child")
    child = seat.view.sheet.limits
    row = seat.row(YAW, child.table)
    assert child.table.item(row, _HIGH).text() == "15"
    child.table.setCurrentCell(row, _HIGH)
    child.table.item(row, _HIGH).setText("25")
    child.table.item(row, _SOURCE).setText("儿童照相通知")
    child.attribute.setCurrentIndex(child.attribute.findData("roll"))
    child.add.click()
    added = seat.row(check_name("roll"), child.table)
    child.table.item(added, _HIGH).setText("30")
    child.table.item(added, _SOURCE).setText("儿童照相通知")
    seat.click(seat.view.save)
    assert seat.banner == []
    limits = {e.name: {limit.check: limit.high for limit in e.limits} for e in seat.kept().exceptions}
    assert (limits["child"]["yaw"], limits["child"]["roll"]) == (25.0, 30.0)
    assert limits["disability"]["yaw"] == 20.0
    child.table.setCurrentCell(seat.row(check_name("roll"), child.table), 0)
    child.reset.click()
    seat.click(seat.view.save)
    assert "roll" not in {limit.check for e in seat.kept().exceptions if e.name == "child" for limit in e.limits}


def test_other_sources_are_kept_as_alternatives_with_their_reason(seat: Seat) -> None:
    panel = seat.view.sheet.alternatives
    assert panel.table.item(0, 0).text() == "file size 14–30 KB"
    panel.add.click()
    seat.click(seat.view.save)
    assert seat.banner == ["STD-119"], "half a row is none"
    for column, text in enumerate(("头高 19–22 mm", "某省规范", "与本标准相差不到 1 mm")):
        panel.table.item(2, column).setText(text)
    seat.click(seat.view.save)
    assert seat.kept().alternatives[-1].reason == "与本标准相差不到 1 mm"


def test_nothing_is_deleted_without_a_yes_and_the_shipped_one_returns(seat: Seat) -> None:
    assert not seat.view.delete.isEnabled(), "a shipped one cannot go"
    seat.desk.change(shipped(), narrower(shipped()))
    seat.enter()
    seat.click(seat.view.delete)
    assert seat.view.confirm.isVisible()
    seat.view.confirm.no.click()
    assert seat.kept().version == "2026.2-local.1"
    seat.click(seat.view.delete)
    seat.click(seat.view.confirm.yes)
    assert seat.kept() == shipped()
    assert "2026.2" in seat.view.said.text()
    assert seat.view.heading.text() == "居民身份证"


def test_a_broken_file_is_shown_with_its_reason_and_set_aside(seat: Seat) -> None:
    seat.place.lay("id-card.flt", 'flt = 1\nid = "id-card"\n')
    seat.enter()
    assert seat.names()[0] == "id-card.flt"
    assert "居民身份证" not in seat.names()
    assert len(seat.names()) == len(IDS)
    seat.open("id-card.flt")
    assert "id-card.flt" in seat.view.said.text()
    live = [seat.view.save, seat.view.export, seat.view.sign, seat.view.new]
    assert not any(button.isEnabled() for button in live)
    seat.click(seat.view.delete)
    seat.click(seat.view.confirm.yes)
    assert seat.kept() == shipped()
    assert seat.place.files() == ["id-card.broken"]


def _written(seat: Seat, tmp_path: Path, standard: PhotoStandard) -> Path:
    path = tmp_path / "from-outside.flt"
    path.write_text(text_of(standard), encoding="utf-8")
    return path


def test_an_unsigned_file_is_refused_as_the_setting_says(seat: Seat, tmp_path: Path) -> None:
    seat.view.import_file(_written(seat, tmp_path, replace(shipped(), version="2027.1")))
    seat.settle()
    assert seat.banner == ["SGN-105"]
    assert not seat.view.confirm.isVisible()


def test_an_unsigned_file_is_taken_when_the_administrator_answers_for_it(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path / "data", photo__accept_unsigned=True) as seat:
        seat.view.import_file(_written(seat, tmp_path, narrower(replace(shipped(), version="2027.1"))))
        seat.settle()
        assert seat.view.confirm.isVisible()
        assert seat.view.pages.currentWidget() is seat.view.compare, "what it changes is seen before it is taken"
        assert seat.view.compare.table.rowCount() == 3
        assert seat.kept() == shipped()
        seat.click(seat.view.confirm.yes)
        assert seat.kept().version == "2027.1"
        assert seat.view.pages.currentIndex() == 0


def test_an_unknown_signer_is_named_and_trusted_only_by_a_yes(seat: Seat, tmp_path: Path) -> None:
    with_key = StandardsPlace.made(tmp_path / "there").desk()
    with_key.change(shipped(), narrower(shipped()))
    public = with_key.sign("id-card").public
    file = tmp_path / "usb" / "id-card.flt"
    with_key.export("id-card", file)
    seat.view.import_file(file)
    seat.settle()
    assert public[:8] in seat.view.confirm._question.text()
    seat.click(seat.view.confirm.yes)
    assert seat.kept().version == "2026.2-local.1"
    seat.click(seat.view.verify)
    assert public[:8] in seat.view.said.text()
    file.write_text(file.read_text(encoding="utf-8").replace("195", "1"), encoding="utf-8")
    seat.view.import_file(file)
    seat.settle()
    assert seat.banner == ["SGN-103"]


def test_two_versions_are_compared_in_the_officer_s_words(seat: Seat, tmp_path: Path) -> None:
    seat.desk.change(shipped(), narrower(shipped()))
    seat.enter()
    seat.click(seat.view.differ)
    table = seat.view.compare.table
    shown = [tuple(table.item(row, column).text() for column in range(3)) for row in range(table.rowCount())]
    assert (f"{FACE} · 下限", "193", "195") in shown
    assert ("版本", "2026.2", "2026.2-local.1") in shown
    seat.view.compare_with_file(_written(seat, tmp_path, seat.kept()))
    seat.settle()
    assert table.rowCount() == 0
    seat.view.compare.back.click()
    assert seat.view.pages.currentIndex() == 0


def test_the_drawing_has_the_bands_and_shows_the_one_under_the_cursor(seat: Seat) -> None:
    preview = seat.view.sheet.preview
    seat.table.setCurrentCell(seat.row(check_name("geometry.hair_top")), _LOW)
    strong = Theme.load("light").colours["guide"]
    marked = [mark for mark in preview._marks if mark.colour == strong and not mark.closed]
    assert sorted(mark.points[0][1] for mark in marked) == [7.0, 21.0]
    seat.type(check_name("geometry.hair_top"), _HIGH, "30")
    marked = [mark for mark in preview._marks if mark.colour == strong and not mark.closed]
    assert sorted(mark.points[0][1] for mark in marked) == [7.0, 30.0], "the drawing follows the number"
    seat.table.setCurrentCell(seat.row(FACE), _LOW)
    widths = [m.points[1][0] - m.points[0][0] for m in preview._marks if m.colour == strong]
    assert widths == [193.0, 221.0]


def test_a_lower_edge_distance_is_drawn_from_below() -> None:
    eyes = next(b for b in shipped().geometry if b.measure.value == "eyes_bottom")
    assert [line.at for line in band_lines(eyes, 441)] == [441 - 207]


def test_places_and_values_of_a_comparison_are_words(application: QApplication) -> None:
    assert place_word("exceptions.child.limits.yaw.high", "zh_CN") == f"儿童 · {YAW} · 上限"
    assert place_word("exceptions.child.limits.geometry.eyes_top.low", "zh_CN").startswith("儿童 · 眼睛距上边沿")
    assert place_word("background.rule", "zh_CN") == "背景规则"
    assert value_word("background.rule", "keep") == "保持实拍"
    assert value_word("limits.yaw.blocking", "False") == "否"
    assert value_word("limits.yaw.high", "3.0") == "3"


def test_an_operator_looks_only(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path / "data", Role.OPERATOR) as seat:
        view = seat.view
        live = [view.new, view.take, view.save, view.sign, view.delete, view.sheet.limits.reset]
        assert not any(button.isEnabled() for button in live)
        assert view.export.isEnabled()
        assert view.differ.isEnabled()
        assert not seat.table.item(seat.row(FACE), _LOW).flags() & Qt.ItemFlag.ItemIsEditable
        assert view.sheet.facts.lines["client"].isReadOnly()
        assert "管理员" in view.said.text()


def test_the_screen_is_worked_by_keys_alone(seat: Seat) -> None:
    view = seat.view
    view.activateWindow()
    assert QTest.qWaitForWindowActive(view, 5000)
    seat.table.setFocus()
    seat.table.setCurrentCell(seat.row(FACE), _LOW)
    for keys in ("195", "by the city"):
        QTest.keyClick(seat.table, Qt.Key.Key_F2)
        editor = QApplication.focusWidget()
        assert isinstance(editor, QLineEdit)
        editor.selectAll()
        QTest.keyClicks(editor, keys)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        QApplication.processEvents()
    QTest.keyClick(view, Qt.Key.Key_S, CTRL)
    seat.settle()
    assert seat.kept().version == "2026.2-local.1"
    QTest.keyClick(view, Qt.Key.Key_F7)
    seat.settle()
    QTest.keyClick(view, Qt.Key.Key_F6)
    seat.settle()
    assert view.pages.currentWidget() is view.compare
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.pages.currentIndex() == 0
    QTest.keyClick(view, Qt.Key.Key_D, CTRL)
    QTest.keyClick(view.confirm.yes, Qt.Key.Key_Space)
    seat.settle()
    assert seat.kept() == shipped()

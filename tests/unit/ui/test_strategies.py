"""The strategies screen: what is drawn is what is saved, a wrong field says so, nothing is deleted without a yes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from app.config.settings import Settings
from app.config.texts import Coded
from app.desk.desk import Desk
from app.desk.gate import Gate
from app.desk.place import DeskPlace
from app.desk.strategies import StrategyDesk
from app.domain.records import Officer, Role
from app.domain.strategy import InspectionStation, Strategy
from app.photo.standards import load_standards
from app.photo.strategies import StrategyShelf
from app.ui.bench import Bench
from app.ui.rehearsal import wait_until
from app.ui.screens.strategies.flow import StationFlow
from app.ui.screens.strategies.view import StrategiesView
from app.ui.theme import Theme
from helpers.audit import Remembered
from helpers.stores import TestClock

A, B, M = InspectionStation.ALGORITHM, InspectionStation.BACKEND, InspectionStation.MANUAL
ALL = ["driving-licence", "exit-entry", "id-card", "quick", "strict"]


@dataclass
class Seat:
    """An officer before the screen; ``banner`` collects what went to the banner."""

    view: StrategiesView
    bench: Bench
    desk: StrategyDesk
    root: Path
    banner: list[str] = field(default_factory=list)

    def note(self, error: Coded) -> None:
        self.banner.append(error.code)

    def settle(self) -> None:
        wait_until("an answer", lambda: not self.bench.tasks.busy, 10)
        QApplication.processEvents()

    def enter(self) -> None:
        self.view.enter()
        self.settle()

    def open(self, strategy_id: str) -> None:
        self.view.list.setCurrentRow(self.ids().index(strategy_id))

    def ids(self) -> list[str]:
        rows = range(self.view.list.count())
        return [self.view.list.item(row).data(0x0100).id for row in rows]

    def kept(self, strategy_id: str) -> Strategy:
        return next(s for s in self.desk.list() if s.id == strategy_id)

    def save(self) -> None:
        self.view.save.click()
        self.settle()

    def wrong(self) -> set[str]:
        return {name for name, label in self.view.form.wrong.items() if label.text() and not label.isHidden()}


@contextmanager
def seated(root: Path, role: Role = Role.ADMINISTRATOR) -> Iterator[Seat]:
    """The screen alone, over a real shelf, without devices or store."""
    settings, standards = Settings.of({}), load_standards()
    place = DeskPlace(Officer("zhang", "张", role), False, "zh_CN", settings, lambda: standards)
    strategies = StrategyDesk(StrategyShelf(root, lambda: [s.id for s in standards]), place, TestClock(), Remembered())
    camera = SimpleNamespace(description=lambda: SimpleNamespace(model="Nikon D750"))
    desk = SimpleNamespace(strategies=strategies, standards=standards, camera=camera)
    bench = Bench(cast("Gate", None), settings, "zh_CN", Theme.load("light"))
    bench.opened = cast("Desk", desk)
    seat = Seat(StrategiesView(bench), bench, strategies, root)
    bench.refused.connect(seat.note)
    seat.view.show()
    try:
        seat.enter()
        yield seat
    finally:
        bench.tasks.stop()
        bench.opened = None


@pytest.fixture
def seat(application: QApplication, tmp_path: Path) -> Iterator[Seat]:
    with seated(tmp_path / "strategies") as made:
        yield made


def test_the_list_is_searched_by_name_and_department(seat: Seat) -> None:
    assert seat.ids() == ALL
    seat.view.search.setText("综合 严格")
    assert seat.ids() == ["strict"]
    assert seat.view.form.shown.id == "strict"
    seat.view.search.setText("没有这样的部门")
    assert seat.ids() == []
    seat.view.search.setText("")
    assert seat.ids() == ALL
    assert "算法检测 → 一所检测 → 人工检测" in seat.view.list.item(4).text()


def test_opening_one_and_saving_nothing_changes_nothing(seat: Seat) -> None:
    for strategy_id in ALL:
        seat.open(strategy_id)
        assert seat.view.form.draft() == seat.kept(strategy_id)
        assert not seat.view.form.dirty
        assert not seat.view.save.isEnabled()


def test_the_drawn_way_is_what_is_saved(seat: Seat) -> None:
    seat.open("strict")
    flow = seat.view.form.flow
    assert [box.station for box in flow.boxes] == [A, B, M]
    flow.boxes[2].buttons["earlier"].click()
    assert [box.station for box in flow.boxes] == [A, M, B]
    flow.boxes[0].buttons["later"].click()
    flow.boxes[2].buttons["remove"].click()
    assert flow.stations == (M, A)
    assert not flow.add_buttons[B].isHidden()
    assert flow.add_buttons[A].isHidden()
    seat.save()
    assert (seat.kept("strict").stations, seat.kept("strict").version) == ((M, A), 2)
    flow.add_buttons[B].click()
    seat.save()
    assert (seat.kept("strict").stations, seat.kept("strict").version) == ((M, A, B), 3)
    assert "3" in seat.view.said.text()
    assert seat.ids() == ALL


def test_the_ends_of_the_way_cannot_be_passed(application: QApplication) -> None:
    flow = StationFlow(Theme.load("light"))
    flow.show_stations((A, B))
    live = [[name for name, b in box.buttons.items() if b.isEnabled()] for box in flow.boxes]
    assert live == [["remove", "later"], ["earlier", "remove"]]
    told: list[bool] = []
    flow.changed.connect(lambda: told.append(True))
    flow.set_compact(True)
    flow.show_stations((M,))
    assert not told, "drawing is not editing"
    assert flow.stations == (M,)


def test_every_wrong_field_has_its_sentence_and_loses_it_when_mended(seat: Seat) -> None:
    seat.open("strict")
    form = seat.view.form
    form.name_zh.setText("")
    form.name_en.setText(" ")
    form.numbering.setText("{seq}")
    assert "示例" not in form.example.text()
    for box in form.standards.values():
        box.setChecked(False)
    for _ in range(3):
        form.flow.boxes[0].buttons["remove"].click()
    seat.save()
    assert seat.wrong() == {"name_zh", "numbering", "standards", "stations"}
    assert "名称" in form.wrong["name_zh"].text()
    assert seat.kept("strict").version == 1
    form.name_zh.setText("严格")
    form.numbering.setText("A{date}{seq:04}")
    assert "示例：A" in form.example.text()
    assert form.example.text().endswith("0001")
    form.standards["id-card"].setChecked(True)
    form.flow.add_buttons[M].click()
    seat.save()
    assert seat.wrong() == set()
    assert seat.banner == []
    assert (seat.kept("strict").name_zh, seat.kept("strict").stations) == ("严格", (M,))


def test_every_field_is_saved(seat: Seat) -> None:
    seat.open("quick")
    form, former = seat.view.form, seat.kept("quick")
    form.name_zh.setText("快")
    form.name_en.setText("Quick")
    form.department.setText("交警")
    form.purpose.setCurrentIndex(form.purpose.findData("traffic"))
    form.device_type.setCurrentIndex(form.device_type.findData("kiosk"))
    form.devices.setText("D750，EOS R5 ,")
    form.this_camera.click()
    form.this_camera.click()
    form.photo_library.setText("市局照片库")
    form.standards["exit-entry"].setChecked(False)
    form.remark.setPlainText("一\n二")
    form.special.click()
    form.before.click()
    seat.save()
    assert seat.kept("quick") == replace(
        former,
        name_zh="快",
        name_en="Quick",
        department="交警",
        purpose="traffic",
        device_type="kiosk",
        devices=("D750", "EOS R5", "Nikon D750"),
        photo_library="市局照片库",
        standard_ids=("id-card", "driving-licence"),
        remark="一\n二",
        special_reason_needed=not former.special_reason_needed,
        issue_before_answer=True,
        version=2,
        updated="2026-11-24T09:00:00+08:00",
    )


def test_a_new_one_is_filled_in_and_stands_in_the_list(seat: Seat) -> None:
    seat.view.new.click()
    seat.save()
    assert seat.wrong() == {"name_zh"}
    seat.view.form.name_zh.setText("一照多用严格审核")
    seat.save()
    assert seat.wrong() == {"name_zh"}, "the name is taken"
    seat.view.form.name_zh.setText("夜间照相")
    seat.save()
    assert len(seat.ids()) == 6
    assert seat.view.form.shown.name_zh == "夜间照相"
    row = seat.view.list.currentItem()
    assert row is not None
    assert row.text().startswith("夜间照相")


def test_nothing_is_deleted_without_a_yes(seat: Seat) -> None:
    seat.open("quick")
    seat.view.delete.click()
    assert seat.view.confirm.isVisible()
    seat.settle()
    assert seat.kept("quick")
    seat.view.confirm.no.click()
    seat.settle()
    assert not seat.view.confirm.isVisible()
    assert "quick" in seat.ids()
    seat.view.delete.click()
    seat.view.confirm.yes.click()
    seat.settle()
    seat.settle()
    assert seat.ids() == [i for i in ALL if i != "quick"]
    assert seat.view.form.shown.id == seat.ids()[0]


def test_what_is_typed_is_not_lost_by_looking_elsewhere(seat: Seat) -> None:
    seat.open("quick")
    seat.view.form.department.setText("交警")
    seat.open("strict")
    assert seat.view.form.shown.id == "quick"
    assert seat.view.confirm.isVisible()
    seat.enter()
    seat.view.search.setText("驾驶证")
    seat.view.search.setText("")
    assert seat.view.form.department.text() == "交警"
    seat.view.confirm.no.click()
    seat.open("strict")
    seat.view.confirm.yes.click()
    assert seat.view.form.shown.id == "strict"
    assert seat.kept("quick").department != "交警"


def test_a_change_from_elsewhere_is_not_overwritten(seat: Seat) -> None:
    seat.open("quick")
    seat.view.form.remark.setPlainText("mine")
    other = seat.desk.change(replace(seat.kept("quick"), remark="theirs"))
    seat.save()
    assert seat.banner == ["STG-124"]
    assert seat.kept("quick") == other
    assert seat.view.form.remark.toPlainText() == "mine"


def test_a_broken_file_is_shown_with_its_reason_and_set_aside(seat: Seat) -> None:
    seat.root.mkdir()
    (seat.root / "strict.toml").write_text("stations = [", encoding="utf-8")
    seat.enter()
    seat.open("strict")
    assert "strict.toml" in seat.view.said.text()
    assert not seat.view.save.isEnabled()
    assert not seat.view.form.isEnabled()
    seat.view.delete.click()
    seat.view.confirm.yes.click()
    seat.settle()
    seat.settle()
    assert seat.kept("strict").stations == (A, B, M)
    assert (seat.root / "strict.broken").exists()


def test_an_operator_looks_only(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path / "strategies", Role.OPERATOR) as seat:
        seat.open("strict")
        assert seat.view.form.name_zh.text() == "一照多用严格审核"
        live: list[QWidget] = [seat.view.form, seat.view.new, seat.view.save, seat.view.delete]
        assert not any(widget.isEnabled() for widget in live)
        assert "管理员" in seat.view.said.text()

"""档案 in its window: a pile is scanned, looked through, put right by keys and undone, signed for and accepted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.archive.classify import Classifier
from app.archive.line_reading import line_reader
from app.archive.page_model import page_model
from app.archive.separators import FileKind, Separator
from app.config.settings import Settings
from app.config.texts import Coded
from app.desk.archive import ArchiveDesk
from app.desk.archive_search import ArchiveSearch
from app.desk.desk import Desk
from app.desk.gate import Gate
from app.desk.place import DeskPlace
from app.desk.witness import Witness
from app.domain.archive_batch import FileFacts, FileState
from app.domain.errors import NotAllowed
from app.domain.records import Officer, Role
from app.ui.bench import Bench
from app.ui.rehearsal import wait_until
from app.ui.screens.archive.batch_page import BatchPage
from app.ui.screens.archive.view import ArchiveView
from app.ui.theme import Theme
from devices.simulators.escl.faults import FeederFaultKind
from devices.simulators.escl.server import FeederSimulator
from helpers.archive_piles import DPI, TypedPile, typed_pile
from helpers.documents import Sheet
from helpers.scanners import feeder, opened
from helpers.stores import TestClock, new_store

PAGES = ("mortgage-form", "identity-copy", "power-of-attorney")


class SecondOfficer:
    """Stands in for the door: one account, one password."""

    def confirm(self, account: str, password: str) -> Officer:
        if (account, password) != ("li", "Password-2"):
            raise NotAllowed("AUT-101")
        return Officer("li", "李示例", Role.OPERATOR)


@dataclass
class Seat:
    view: BatchPage
    simulator: FeederSimulator
    refusals: list[Coded]

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.view, key, modifier)
        self.wait()

    def wait(self) -> None:
        wait_until("done", lambda: not self.view.model.busy and not self.view.model.scanning, 60)
        wait_until("read", lambda: not self.view._bench.tasks.busy, 60)

    def begin(self) -> None:
        self.view.form.dpi.addItem(f"{DPI} dpi", DPI)
        self.view.form.dpi.setCurrentIndex(self.view.form.dpi.count() - 1)
        self.press(Qt.Key.Key_F5)

    def wall(self) -> list[str]:
        wall = self.view.wall
        return [wall.item(row).text().split("  ", 1)[1] for row in range(wall.count())]

    def files(self) -> list[str]:
        return [self.view.files.list.item(row).text() for row in range(self.view.files.list.count())]

    def choose(self, *rows: int) -> None:
        self.view.wall.clearSelection()
        self.view.wall.setCurrentRow(rows[0])
        for row in rows:
            self.view.wall.item(row).setSelected(True)
        self.view._offer()


@contextmanager
def seated(folder: Path, pile: TypedPile) -> Iterator[Seat]:
    store, _, _ = new_store(folder / "data", TestClock())
    with feeder(0) as simulator:
        simulator.feed(pile.paths)
        with opened(f"escl:{simulator.url}") as host:
            bench = Bench(cast("Gate", None), Settings.of({}), "zh_CN", Theme.load("light"))
            officer = Officer("zhang", "张示例", Role.OPERATOR)
            place = DeskPlace(officer, True, "zh_CN", Settings.of({}), lambda: ())
            classifier = Classifier(line_reader(), page_model())
            witness = cast("Witness", SecondOfficer())
            desk = ArchiveDesk(store, host, lambda: classifier, None, place, TestClock(), witness)
            bench.opened = cast(
                "Desk", SimpleNamespace(archive=desk, archive_search=ArchiveSearch(store, None, None, place, TestClock()))
            )
            seat = Seat(BatchPage(bench), simulator, [])
            bench.refused.connect(seat.refusals.append)
            seat.view.resize(1240, 700)
            seat.view.show()
            seat.view.activateWindow()
            assert QTest.qWaitForWindowActive(seat.view, 5000)
            seat.view.enter()
            seat.wait()
            try:
                yield seat
            finally:
                seat.view.close()
                bench.tasks.stop()
                bench.opened = None
                store.close()


@pytest.fixture
def pile(tmp_path: Path) -> TypedPile:
    pile = typed_pile(tmp_path / "sheets")
    pile.file("DY2026000001", PAGES, business="DYDJ", seed=1)
    return pile


def test_a_pile_is_scanned_typed_and_shown_with_what_is_doubtful(
    application: QApplication, tmp_path: Path, pile: TypedPile
) -> None:
    with seated(tmp_path, pile) as seat:
        seat.begin()
        assert seat.refusals == []
        assert seat.wall() == ["分隔页", "机动车抵押登记质押备案申请表", "身份证复印件", "委托书", "白纸"]
        assert "DY2026000001" in seat.files()[0]
        assert "3 页" in seat.files()[0]
        assert "3 页存疑，须第二名民警签认" in seat.view.files.lacks.text()
        assert not seat.view.accept.isEnabled()
        seat.choose(1)
        assert "按标题" in seat.view.why.text()
        assert "150 dpi" in seat.view.reasons.text()


def test_keys_turn_hide_move_split_and_everything_is_undone(
    application: QApplication, tmp_path: Path, pile: TypedPile
) -> None:
    with seated(tmp_path, pile) as seat:
        seat.begin()
        before = [page.standing for page in seat.view.model.view.pages]  # type: ignore[union-attr]
        seat.choose(1)
        seat.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
        seat.choose(2)
        seat.press(Qt.Key.Key_F9)
        assert seat.wall()[2] == "白纸"
        seat.choose(3)
        seat.press(Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
        assert seat.wall()[1] == "委托书", "before the form, the hidden page between them is jumped"
        seat.choose(1)
        seat.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        seat.view.owner.serial.setText("dy2026000002")
        QTest.keyClick(seat.view.owner.serial, Qt.Key.Key_Return)
        seat.wait()
        assert [text.split("  ")[0] for text in seat.files()] == ["DY2026000001", "DY2026000002"]
        for _ in range(4):
            seat.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert [page.standing for page in seat.view.model.view.pages] == before  # type: ignore[union-attr]
        seat.press(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
        assert [page.standing for page in seat.view.model.view.pages] != before  # type: ignore[union-attr]


def test_pages_that_name_two_vehicles_are_shown_to_differ(application: QApplication, tmp_path: Path) -> None:
    pile = typed_pile(tmp_path / "sheets")
    pile.separator(Separator(FileKind.VEHICLE, "DY2026000001", "DYDJ"), "抵押登记")
    for number in ("LJCXX1A11N0000123", "LJCXX1A13N0000124"):
        sheet = Sheet(DPI, 3)
        sheet.title("机动车抵押登记申请表")
        sheet.text(30, 60, f"车辆识别代号：{number}", 6.0)
        pile.lay(sheet.pixels())
    with seated(tmp_path, pile) as seat:
        seat.begin()
        seat.press(Qt.Key.Key_F4)
        told = seat.view.state.text()
        assert "各页的车架号不一致" in told
        assert "LJCXX1A11N0000123" in told
        assert "LJCXX1A13N0000124" in told


def test_two_chosen_pages_are_seen_together_and_a_page_is_trimmed_and_whole_again(
    application: QApplication, tmp_path: Path, pile: TypedPile
) -> None:
    with seated(tmp_path, pile) as seat:
        seat.begin()
        seat.choose(1, 2)
        seat.wait()
        assert seat.view.other.isVisible()
        assert seat.view.other._image is not None
        seat.choose(2)
        assert not seat.view.other.isVisible()
        seat.wait()
        whole = seat.view.picture._image
        seat.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        trimmed = seat.view.picture._image
        assert whole is not None
        assert trimmed is not None
        assert trimmed.height() < 0.9 * whole.height()
        seat.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        again = seat.view.picture._image
        assert again is not None
        assert again.size() == whole.size()


def test_a_separator_is_printed_for_the_number_in_the_form_or_it_is_said_why_not(
    application: QApplication, tmp_path: Path, pile: TypedPile
) -> None:
    with seated(tmp_path, pile) as seat:
        seat.view.form.serial.setText("ZC2026000077")
        seat.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        assert [error.code for error in seat.refusals] == ["PRN-149"], "no A4 printer here"


def test_doubtful_pages_need_another_officer_and_then_the_file_leaves(
    application: QApplication, tmp_path: Path, pile: TypedPile
) -> None:
    with seated(tmp_path, pile) as seat:
        seat.begin()
        for account, password in (("zhang", "Password-1"), ("li", "wrong"), ("li", "Password-2")):
            seat.press(Qt.Key.Key_F10)
            seat.view.sign.account.setText(account)
            seat.view.sign.password.setText(password)
            QTest.keyClick(seat.view.sign.password, Qt.Key.Key_Return)
            seat.wait()
        assert [error.code for error in seat.refusals] == ["ARC-122", "AUT-101"]
        assert seat.view.accept.isEnabled()
        seat.press(Qt.Key.Key_F2)
        shelf = seat.view.model.shelf
        assert shelf is not None
        assert shelf.file is not None
        assert (shelf.file.state, shelf.file.second) == (FileState.ACCEPTED, "li")
        seat.choose(1)
        assert not seat.view.turn.isEnabled(), "what is accepted is not changed any more"


def test_a_rejected_page_is_replaced_by_the_one_scanned_anew(
    application: QApplication, tmp_path: Path, pile: TypedPile
) -> None:
    with seated(tmp_path, pile) as seat:
        seat.begin()
        seat.choose(3)
        seat.view.reject_reason.setCurrentText("没有扫全")
        seat.press(Qt.Key.Key_F7)
        assert "1 页须重扫" in seat.view.files.lacks.text()
        again = typed_pile(tmp_path / "again")
        again.typed("vehicle", "power-of-attorney", 41)
        seat.simulator.feed(again.paths)
        seat.press(Qt.Key.Key_F6)
        seat.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
        assert "须重扫" not in seat.view.files.lacks.text()
        assert seat.wall().count("委托书") == 1
        assert "已被替换" in seat.wall()


def test_what_a_file_is_found_by_is_typed_and_a_slip_is_pointed_out(
    application: QApplication, tmp_path: Path, pile: TypedPile
) -> None:
    with seated(tmp_path, pile) as seat:
        seat.begin()
        seat.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
        bar = seat.view.facts
        assert bar.isVisible()
        assert bar.business.currentText() == "抵押登记"
        for name, text in (("plate", "渝ａ12345"), ("vin", "LJCXX1A1XN800O123"), ("archive_number", "A-7")):
            bar.lines[name].setText(text)
        bar.plate_kind.setCurrentIndex(bar.plate_kind.findData("02"))
        assert "校验位不符" in bar.hint.text()
        bar.go.click()
        seat.wait()
        assert [error.code for error in seat.refusals] == ["ARC-152"]
        assert bar.lines["archive_number"].text() == "A-7", "what was typed stays until it is taken"
        bar.lines["vin"].setText("LJCXX1A1XN8000123")
        assert bar.hint.text() == ""
        bar.lines["vin"].returnPressed.emit()
        seat.wait()
        assert not bar.isVisible()
        shelf = seat.view.model.shelf
        assert shelf is not None
        assert shelf.file is not None
        assert shelf.file.facts == FileFacts("渝A12345", "02", "LJCXX1A1XN8000123", "A-7")
        seat.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
        assert bar.lines["archive_number"].text() == "A-7"


def test_the_pile_is_counted_again(application: QApplication, tmp_path: Path, pile: TypedPile) -> None:
    with seated(tmp_path, pile) as seat:
        seat.view.form.pages.setValue(9)
        seat.begin()
        assert "9" in seat.view.state.text()
        seat.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        bar = seat.view.declared
        assert (bar.pages.value(), bar.throw.isVisible()) == (9, False), "what has pages is not thrown away"
        bar.pages.setValue(3)
        bar.go.click()
        seat.wait()
        assert "▲" not in seat.view.state.text()


def test_a_batch_that_nothing_came_to_is_thrown_away(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path, typed_pile(tmp_path / "sheets")) as seat:
        seat.begin()
        assert [error.code for error in seat.refusals] == ["SCN-103"], "the feeder is empty"
        assert seat.view.batch.count() == 1
        seat.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        seat.view.declared.throw.click()
        seat.wait()
        assert seat.view.batch.count() == 0
        assert "请新建" in seat.view.state.text() or "选择" in seat.view.state.text()


def test_a_returned_file_is_counted_on_its_key_with_its_reason(
    application: QApplication, tmp_path: Path, pile: TypedPile
) -> None:
    with seated(tmp_path, pile) as seat:
        seat.begin()
        assert not seat.view.returned.isEnabled()
        seat.view.reject_reason.setCurrentText("缺少签名")
        seat.press(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
        assert "驳回待补：1 份" in seat.view.returned.text()
        assert "已驳回：缺少签名" in seat.view.files.lacks.text()


def test_from_the_list_of_returned_files_a_key_leads_to_the_batch_where_their_pages_are_replaced(
    application: QApplication, tmp_path: Path, pile: TypedPile
) -> None:
    pile.file("DY2026000002", PAGES, business="DYDJ", seed=2)
    with seated(tmp_path, pile) as seat:
        seat.begin()
        seat.view.files.list.setCurrentRow(1)
        seat.press(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
        bench = seat.view._bench
        whole = ArchiveView(bench)

        def settled() -> bool:
            return not (bench.tasks.busy or whole.batches.model.busy or whole.search.model.busy)

        whole.enter()
        wait_until("entered", settled, 30)
        whole.batches.returned.click()
        wait_until("found", settled, 30)
        assert whole.currentWidget() is whole.search
        table = whole.search.table
        assert [table.item(row, 0).text() for row in range(table.rowCount())] == ["DY2026000002"]
        whole.search.batch.click()
        wait_until("opened", settled, 30)
        assert whole.currentWidget() is whole.batches
        shelf = whole.batches.model.shelf
        assert shelf is not None
        assert shelf.file is not None
        assert (shelf.file.serial, shelf.file.state) == ("DY2026000002", FileState.RETURNED)
        whole.close()


def test_leaving_in_the_middle_of_a_pile_waits_for_the_sheet_in_hand(
    application: QApplication, tmp_path: Path, pile: TypedPile
) -> None:
    with seated(tmp_path, pile) as seat:
        seat.simulator.page_s = 0.4
        seat.view.form.dpi.addItem(f"{DPI} dpi", DPI)
        seat.view.form.dpi.setCurrentIndex(seat.view.form.dpi.count() - 1)
        QTest.keyClick(seat.view, Qt.Key.Key_F5)
        wait_until("a page", lambda: seat.view.model.view is not None and len(seat.view.model.view.pages) > 0, 30)
        left: list[int] = []
        seat.view.model.stop_then(lambda: left.append(1))
        assert left == [], "not before it is kept"
        seat.wait()
        assert left == [1]
        assert seat.view.model.view is not None
        pages = seat.view.model.view.pages
        assert 0 < len(pages) < len(pile.paths)
        assert all(page.found is not None for page in pages)


def test_after_a_jam_the_last_good_sheet_is_said_and_scanning_goes_on(
    application: QApplication, tmp_path: Path, pile: TypedPile
) -> None:
    with seated(tmp_path, pile) as seat:
        seat.simulator.fail(FeederFaultKind.JAM, after=3)
        seat.begin()
        assert [error.code for error in seat.refusals] == ["SCN-101"]
        assert "最后一张是第 3 张" in seat.view.state.text()
        last = seat.view.wall.current()
        assert last is not None
        assert last.number == 3, "the last good page is looked at"
        seat.simulator.fail(FeederFaultKind.NONE)
        seat.press(Qt.Key.Key_F6)
        assert len(seat.wall()) == len(pile.paths)

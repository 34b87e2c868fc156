"""档案查询 in its window: found by number or person, looked at page by page, others' files by permission alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import cv2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.config.settings import Settings
from app.config.texts import Coded
from app.desk.archive_search import ArchiveSearch
from app.desk.desk import Desk
from app.desk.gate import Gate
from app.desk.place import DeskPlace
from app.domain.archive_batch import BatchProfile, FileFacts, PageFound, PageRole, Standing
from app.domain.archive_query import FileQuery
from app.domain.records import Officer, Role, Station
from app.store.archive import Sheet
from app.store.store import Store
from app.sync.archives import ArchiveClient, ArchiveLane
from app.sync.client import BackendClient
from app.ui.bench import Bench
from app.ui.rehearsal import wait_until
from app.ui.screens.archive.search_page import SearchPage
from app.ui.theme import Theme
from helpers.archive_documents import drawn
from helpers.library import ACCOUNT, Library
from helpers.stores import TestClock, new_store


@dataclass
class Seat:
    view: SearchPage
    library: Library
    store: Store
    refusals: list[Coded]

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.view, key, modifier)
        wait_until("done", lambda: not self.view.model.busy, 30)
        wait_until("read", lambda: not self.view._bench.tasks.busy, 30)

    def column(self, column: int) -> list[str]:
        table = self.view.table
        return [table.item(row, column).text() for row in range(table.rowCount())]


def filed(store: Store, department: str, serial: str, facts: FileFacts, seed: int) -> None:
    station = Station("T1", "999999", department, "training")
    batch = store.archive.begin(BatchProfile("V", "adf"), "zhang", station)
    store.archive_files.open(batch, "V", serial, "DYDJ")
    for number in (1, 2):
        data = cv2.imencode(".jpg", drawn("vehicle", "mortgage-form", seed + number, 60))[1].tobytes()
        page = store.archive.keep(batch.id, Sheet(number, "front", 60, "image/jpeg", data))
        standing = Standing(PageRole.PAGE, "V", serial, "DYDJ", float(number), type="mortgage-form", by="officer")
        store.archive.measure(page.id, PageFound(dpi=60), standing)
    file = store.archive_files.file(batch.id, "V", serial)
    store.archive_files.know(file, facts, "DYDJ")
    store.archive_files.accept(file, "zhang", "")


@contextmanager
def seated(folder: Path) -> Iterator[Seat]:
    clock = TestClock()
    library = Library(folder / "library", clock)
    url = library.start()
    store, _, _ = new_store(folder / "data", clock)
    backend = BackendClient(url, ACCOUNT.account, ACCOUNT.password, terminal="T1")
    client = ArchiveClient(backend)
    filed(store, "训练一所", "DY2026000001", FileFacts(plate="渝A12345", plate_kind="02"), 10)
    filed(store, "训练二所", "DY2026000002", FileFacts(plate="渝A54321"), 20)
    ArchiveLane(store.archive, store.archive_files, client, clock).run_once()
    bench = Bench(cast("Gate", None), Settings.of({"station.name": "训练一所"}), "zh_CN", Theme.load("light"))
    officer = Officer("zhang", "张示例", Role.OPERATOR)
    place = DeskPlace(officer, True, "zh_CN", bench.settings, lambda: ())
    search = ArchiveSearch(store, client, None, place, clock)
    bench.opened = cast("Desk", SimpleNamespace(archive_search=search))
    seat = Seat(SearchPage(bench), library, store, [])
    bench.refused.connect(seat.refusals.append)
    seat.view.resize(1240, 640)
    seat.view.show()
    seat.view.activateWindow()
    assert QTest.qWaitForWindowActive(seat.view, 5000)
    try:
        yield seat
    finally:
        seat.view.close()
        bench.tasks.stop()
        bench.opened = None
        backend.close()
        store.close()
        library.stop()


def test_a_file_is_found_by_its_plate_counted_and_looked_at(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.view.fields["plate"].setText("渝a12345")
        seat.view.plate_kind.setCurrentIndex(seat.view.plate_kind.findData("01"))
        seat.press(Qt.Key.Key_F5)
        assert seat.column(0) == [], "the same number on a large vehicle is another plate"
        seat.view.plate_kind.setCurrentIndex(seat.view.plate_kind.findData("02"))
        seat.press(Qt.Key.Key_F5)
        assert seat.column(0) == ["DY2026000001"]
        assert "1 份，2 页" in seat.view.counts.text()
        seat.press(Qt.Key.Key_F2)
        assert seat.view.place.text() == "第 1 页，共 2 页"
        seat.press(Qt.Key.Key_PageDown)
        assert seat.view.place.text() == "第 2 页，共 2 页"
        assert seat.refusals == []


def test_a_day_that_is_none_is_said_and_nothing_is_searched(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.view.fields["first_day"].setText("昨天")
        seat.press(Qt.Key.Key_F5)
        assert [error.code for error in seat.refusals] == ["ARC-151"]


def test_another_department_s_file_is_seen_only_after_its_permission(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.view.fields["serial"].setText("DY2026000002")
        seat.press(Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
        assert seat.column(1) == ["未申请"]
        seat.press(Qt.Key.Key_F2)
        assert [error.code for error in seat.refusals] == ["ARC-130"]
        seat.view.reason.setText("办理转入")
        seat.press(Qt.Key.Key_F8)
        assert seat.column(1) == ["已申请"]
        book = seat.library.service.archives.book
        book.decide(book.loans("训练一所")[0]["id"], grant=True, days=1)
        seat.press(Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
        assert seat.column(1)[0].startswith("已批准")
        seat.press(Qt.Key.Key_F2)
        assert len(seat.refusals) == 1
        assert seat.view.place.text() == "第 1 页，共 2 页"


def test_stored_pages_are_checked_and_the_damaged_one_comes_back(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        file = seat.store.archive_files.find(FileQuery(serial="DY2026000001"))[0]
        page = seat.store.archive_files.pages(file)[1]
        next((tmp_path / "data").rglob(f"{page.id}.sealed")).write_bytes(b"damaged")
        seat.press(Qt.Key.Key_F9)
        assert "校验 4 页，恢复 1 页，丢失 0 页" in seat.view.told.text()
        seat.press(Qt.Key.Key_F9)
        assert "恢复 0 页" in seat.view.told.text()


def test_a_file_is_saved_where_the_officer_says(
    application: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "out"))
    with seated(tmp_path) as seat:
        seat.view.fields["serial"].setText("DY2026000001")
        seat.press(Qt.Key.Key_F5)
        seat.press(Qt.Key.Key_F7)
        assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
            "DY2026000001-001.jpg",
            "DY2026000001-002.jpg",
        ]
        assert "2" in seat.view.told.text()

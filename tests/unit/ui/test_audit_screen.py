"""The auditor's screen: who did what, whether the log is whole, and the log as a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.config.settings import Settings
from app.desk.audit import AuditDesk
from app.desk.desk import Desk
from app.desk.gate import Gate
from app.desk.place import DeskPlace
from app.domain.audit import Access, AuditEvent
from app.domain.person import masked
from app.domain.records import Officer, Role
from app.security.signing import SigningKey, new_signing_key
from app.store.database import open_database
from app.store.store import Store
from app.ui.bench import Bench
from app.ui.rehearsal import wait_until
from app.ui.screens.audit.view import AuditView
from app.ui.theme import Theme
from helpers.stores import PERSON, TestClock, new_store


class Screen:
    """The view over a store with three accesses in its log."""

    def __init__(self, root: Path) -> None:
        self.store, self.key, self.folder = new_store(root, TestClock())
        self.own: SigningKey = new_signing_key()
        self._write()
        self.bench = Bench(cast("Gate", None), Settings.of({}), "zh_CN", Theme.load("light"))
        self._seat(self.store)
        self.view = AuditView(self.bench)
        self.view.since.setDate(self.view.since.date().addYears(-10))
        self.view.until.setDate(self.view.until.date().addYears(10))
        self.view.resize(1240, 640)
        self.view.show()

    def _write(self) -> None:
        self.store.audit.sit("zhang", lambda: "T0001")
        for access in (
            Access(AuditEvent.CARD_READ, person=PERSON.id_number, detail="resident-id"),
            Access(AuditEvent.CASE_OPENED, "999999T0001202611240001", PERSON.id_number),
            Access(AuditEvent.CASES_EXPORTED, detail="xlsx"),
        ):
            self.store.audit.note(access)
        self.store.audit.anchor(self.own)

    def _seat(self, store: Store) -> None:
        place = DeskPlace(Officer("shen", "审", Role.AUDITOR), False, "zh_CN", Settings.of({}), tuple)
        self.bench.opened = cast(
            "Desk", SimpleNamespace(audit=AuditDesk(store.audit, place, lambda: self.own, TestClock()))
        )

    def tamper(self) -> None:
        self.store.close()
        db = open_database(self.folder.database, self.key.database_key_hex())
        db.execute("DROP TRIGGER audit_stays")
        db.execute("UPDATE audit SET account = 'li' WHERE number = 2")
        db.close()
        self.store = Store.open(self.folder, self.key, TestClock())
        self._seat(self.store)

    def settle(self) -> None:
        for _ in range(3):
            wait_until("an answer", lambda: not self.bench.tasks.busy, 20)
            QApplication.processEvents()

    def words(self, row: int) -> list[str]:
        return [self.view.table.item(row, column).text() for column in range(self.view.table.columnCount())]


@pytest.fixture
def screen(application: QApplication, tmp_path: Path) -> Iterator[Screen]:
    made = Screen(tmp_path / "data")
    yield made
    made.bench.tasks.stop()
    made.bench.opened = None
    made.store.close()


def test_the_rows_say_who_when_where_what_and_to_whom(screen: Screen) -> None:
    screen.view.enter()
    screen.settle()
    assert screen.words(1)[:6] == [
        "2026-11-24 09:00:00", "zhang", "T0001", "查看办件", masked(PERSON.id_number), "999999T0001202611240001",
    ]  # fmt: skip
    assert screen.words(1)[7] == "完成"


def test_one_event_alone(screen: Screen) -> None:
    screen.view.what.setCurrentIndex(screen.view.what.findData("card-read"))
    screen.view.search.click()
    screen.settle()
    assert screen.view.table.rowCount() == 1


def test_a_whole_log_and_a_tampered_one_are_told_apart(screen: Screen) -> None:
    screen.view.verify.click()
    screen.settle()
    assert "日志完整" in screen.view.state.text()
    screen.tamper()
    screen.view.verify.click()
    screen.settle()
    assert "第 2 条被修改" in screen.view.state.text()


def test_the_log_leaves_as_a_signed_file(screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "audit.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    screen.view.export.click()
    screen.settle()
    assert out.exists()
    assert out.with_name("audit.csv.sig").exists()
    assert "已导出 4 条" in screen.view.state.text()

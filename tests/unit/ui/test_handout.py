"""What the applicant takes home: the documents of the case, shown as they print, printed by one key, copies marked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.config.settings import Settings
from app.config.texts import Coded, error_text
from app.desk.desk import Desk
from app.desk.gate import Gate
from app.ui.bench import Bench
from app.ui.rehearsal import wait_until
from app.ui.screens.papers.handout_panel import HandoutPanel
from app.ui.theme import Theme
from devices.simulators.escpos.server import PrinterFaultKind
from devices.simulators.ipp.server import IppSimulator
from helpers.paper_desks import PaperDesk, paper_desk
from helpers.printers import EvePrinter


@dataclass
class Seat:
    place: PaperDesk
    panel: HandoutPanel
    refusals: list[Coded]

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.panel, key)
        self.quiet()

    def quiet(self) -> None:
        wait_until("quiet", lambda: not self.panel.model.busy and not self.panel._bench.tasks.busy)

    def rows(self) -> list[str]:
        return [self.panel.list.item(row).text() for row in range(self.panel.list.count())]


@contextmanager
def seated(folder: Path, pages: IppSimulator | None = None) -> Iterator[Seat]:
    peer = cast("EvePrinter", SimpleNamespace(address=f"cups:{pages.uri}")) if pages is not None else None
    with paper_desk(folder, peer) as place:
        bench = Bench(cast("Gate", None), Settings.of({}), "zh_CN", Theme.load("light"))
        bench.opened = cast("Desk", SimpleNamespace(documents=place.documents))
        host = HandoutPanel(bench, cast("HandoutPanel", None))
        seat = Seat(place, host, [])
        bench.refused.connect(seat.refusals.append)
        host.resize(900, 560)
        host.show()
        host.activateWindow()
        assert QTest.qWaitForWindowActive(host, 5000)
        try:
            yield seat
        finally:
            host.close()
            bench.tasks.stop()
            bench.opened = None


def test_the_documents_of_an_accepted_case_are_listed_and_the_first_is_drawn(
    application: QApplication, tmp_path: Path
) -> None:
    with seated(tmp_path) as seat:
        case = seat.place.case()
        seat.panel.open(case.id)
        wait_until("drawn", lambda: bool(seat.panel.model.pages))
        assert any("受理" in row for row in seat.rows())
        assert seat.panel.model.pages[0].width() > 400
        seat.panel.forget()
        assert seat.panel.model.pages == ()
        assert not seat.panel.isVisible()


def test_the_ticket_prints_once_however_often_the_key_is_pressed_and_again_is_a_copy(
    application: QApplication, tmp_path: Path
) -> None:
    with seated(tmp_path) as seat:
        seat.panel.open(seat.place.case().id)
        wait_until("drawn", lambda: bool(seat.panel.model.pages))
        for _ in range(10):
            QTest.keyClick(seat.panel, Qt.Key.Key_F6)
        seat.quiet()
        assert len(seat.place.simulator.pictures) == 1
        assert "已打印" in seat.panel.told.text()
        assert "已打印 1 次" in seat.rows()[0]
        wait_until("drawn again", lambda: bool(seat.panel.model.pages))
        seat.press(Qt.Key.Key_F6)
        assert "【补打 1】".encode("gb18030") in bytes(seat.place.simulator.received)


def test_without_paper_the_officer_reads_what_to_do(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.place.simulator.fail(PrinterFaultKind.PAPER_END)
        seat.panel.open(seat.place.case().id)
        wait_until("drawn", lambda: bool(seat.panel.model.pages))
        seat.press(Qt.Key.Key_F6)
        assert "自动打印" in seat.panel.told.text()


def test_without_an_a4_printer_the_page_can_be_looked_at_and_not_printed(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.panel.open(seat.place.case().id)
        wait_until("drawn", lambda: bool(seat.panel.model.pages))
        assert not seat.panel.print.isEnabled()
        seat.press(Qt.Key.Key_F5)
        assert seat.refusals == []


def test_on_a4_exactly_what_was_shown_reaches_the_printer(application: QApplication, tmp_path: Path) -> None:
    printer = IppSimulator()
    printer.start()
    try:
        with seated(tmp_path, printer) as seat:
            seat.panel.open(seat.place.case().id)
            wait_until("drawn", lambda: bool(seat.panel.model.pages))
            shown = seat.panel.model.preview
            assert shown is not None
            seat.press(Qt.Key.Key_F5)
            assert [job.document for job in printer.room.jobs.values()] == [shown.pdf]
            assert "已打印" in seat.panel.told.text()
    finally:
        printer.stop()


def test_a_print_that_ends_after_the_officer_went_on_is_not_shown_beside_the_next_person(
    application: QApplication, tmp_path: Path
) -> None:
    with seated(tmp_path) as seat:
        first, second = seat.place.case(), seat.place.case()
        seat.panel.open(first.id)
        wait_until("drawn", lambda: bool(seat.panel.model.pages))
        QTest.keyClick(seat.panel, Qt.Key.Key_F6)
        seat.panel.open(second.id)
        seat.quiet()
        wait_until("drawn", lambda: bool(seat.panel.model.pages))
        assert len(seat.place.simulator.pictures) == 1, "it was printed"
        assert not seat.panel.told.text()
        assert "已打印" not in seat.rows()[0]
        seat.press(Qt.Key.Key_F6)
        assert "已打印" in seat.panel.told.text(), "the next person's can be printed"


def test_a_document_that_cannot_be_drawn_says_why_in_its_place(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        case = seat.place.case()
        seat.panel.open(case.id)
        wait_until("drawn", lambda: bool(seat.panel.model.pages))
        offer = seat.panel.model.offers[0]
        seat.panel.model.choose(replace(offer, id="no-such-document"))
        seat.quiet()
        assert [error.code for error in seat.refusals] == ["DOC-101"]
        assert seat.panel.sentence() == error_text(seat.refusals[0], "zh_CN").what

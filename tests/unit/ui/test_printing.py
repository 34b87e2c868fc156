"""打印: what became of every ticket, and what the officer may do about the one under the cursor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.config.settings import Settings
from app.config.texts import Coded
from app.desk.desk import Desk
from app.desk.documents import DocumentDesk
from app.desk.fees import FeeDesk
from app.desk.gate import Gate
from app.desk.receipts import ReceiptDesk
from app.desk.reprints import Reprints
from app.domain.printing import PrintJobState, PrintKind
from app.ui.bench import Bench
from app.ui.rehearsal import wait_until
from app.ui.screens.printing.view import PrintingView
from app.ui.theme import Theme
from devices.simulators.escpos.server import PrinterFaultKind
from helpers.ticket_desks import NOTICE, TICKET, TicketPlace, ticket_place


@dataclass
class Seat:
    place: TicketPlace
    view: PrintingView
    refusals: list[Coded]

    def states(self) -> list[PrintJobState]:
        return [job.state for job in self.view.model.jobs]


@contextmanager
def seated(folder: Path) -> Iterator[Seat]:
    with ticket_place(folder) as place:
        bench = Bench(cast("Gate", None), Settings.of({}), "zh_CN", Theme.load("light"))
        no_fees = SimpleNamespace(order_of_serial=lambda serial: "")  # these notices are nobody's orders
        reprints = Reprints(cast("ReceiptDesk", None), place.desk, cast("FeeDesk", no_fees), cast("DocumentDesk", None))
        bench.opened = cast("Desk", SimpleNamespace(print_queue=place.queue, tickets=place.desk, reprints=reprints))
        seat = Seat(place, PrintingView(bench), [])
        bench.refused.connect(seat.refusals.append)
        seat.view.show()
        seat.view.activateWindow()
        assert QTest.qWaitForWindowActive(seat.view, 5000)
        try:
            yield seat
        finally:
            seat.view.close()
            bench.tasks.stop()
            bench.opened = None


def test_every_job_stands_there_newest_first_with_its_state_in_words(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.place.desk.print_queue_ticket(TICKET)
        seat.place.desk.print_payment_notice(NOTICE)
        seat.view.enter()
        wait_until("jobs", lambda: len(seat.view.model.jobs) == 2)
        assert [job.kind for job in seat.view.model.jobs] == [PrintKind.PAYMENT_NOTICE, PrintKind.QUEUE_TICKET]
        assert [seat.view.table.item(row, 3).text() for row in (0, 1)] == ["已打印", "已打印"]
        assert not seat.view.on_paper.isEnabled()
        assert not seat.view.withdraw.isEnabled()


def test_a_copy_is_asked_for_by_key_and_comes_numbered(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.place.desk.print_payment_notice(NOTICE)
        seat.view.enter()
        wait_until("job", lambda: len(seat.view.model.jobs) == 1)
        QTest.keyClick(seat.view, Qt.Key.Key_F5)
        QTest.keyClick(seat.view, Qt.Key.Key_F5)  # ten presses are one copy
        wait_until("copy", lambda: len(seat.view.model.jobs) == 2 and not seat.view.model.busy)
        assert [job.copy_number for job in seat.view.model.jobs] == [1, 0]
        assert len(seat.place.simulator.pictures) == 2
        assert not seat.refusals


def test_a_ticket_that_the_printer_never_confirmed_waits_for_the_officer_s_eyes(
    application: QApplication, tmp_path: Path
) -> None:
    with seated(tmp_path) as seat:
        seat.place.simulator.fail(PrinterFaultKind.SILENCE)
        job = seat.place.desk.print_queue_ticket(TICKET)
        assert job.state is PrintJobState.SENT
        seat.view.enter()
        wait_until("job", lambda: seat.states() == [PrintJobState.SENT])
        assert seat.view.on_paper.isEnabled()
        assert seat.view.not_on_paper.isEnabled()
        QTest.keyClick(seat.view, Qt.Key.Key_N)
        wait_until("looked", lambda: seat.states() == [PrintJobState.FAILED])
        assert seat.view.copy.isEnabled()

"""A desk for tickets: a real store, a simulated receipt printer behind its worker, a clock that a test turns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.config.settings import Settings
from app.desk.print_queue import PrintQueue
from app.desk.ticket_press import TicketPress
from app.desk.tickets import TicketDesk
from app.printing.profiles import PrinterProfile
from app.printing.tickets import PaymentItem, PaymentNoticeFacts, QueueTicketFacts
from app.store.store import Store
from devices.simulators.escpos.render import render_png
from devices.simulators.escpos.server import PrinterSimulator
from helpers.printers import FONT, hosted, simulated
from helpers.stores import TestClock, new_store

TICKET = QueueTicketFacts("R1", "训练派出所", "A005", "换证", 3, "2026-11-24 09:31", "1 号窗口", "欧阳示例")
NOTICE = PaymentNoticeFacts(
    "PZ1",
    "训练市公安局",
    "99992026112400000123",
    "训练市公安局",
    (PaymentItem("工本费", "120.00 元/本", 1, 120_00),),
    "2026-11-24 09:40",
    "2026-12-01",
    "5",
    "zhang",
    ("银行柜面",),
)


@dataclass
class TicketPlace:
    desk: TicketDesk
    queue: PrintQueue
    store: Store
    clock: TestClock
    simulator: PrinterSimulator


@contextmanager
def ticket_place(folder: Path) -> Iterator[TicketPlace]:
    clock, settings = TestClock(), Settings.of({})
    store, _, _ = new_store(folder / "data", clock)
    with simulated(folder) as (simulator, address), hosted(address) as host:
        queue = PrintQueue(store, host, settings, clock)
        press = TicketPress(settings, lambda: PrinterProfile(address), FONT, render_png, training=True)
        yield TicketPlace(TicketDesk(queue, press, settings), queue, store, clock, simulator)
    store.close()

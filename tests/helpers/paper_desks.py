"""A desk for documents and fees: a real store, a receipt printer, an A4 queue, the finance system, a clock to turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.config.clock import SystemClock
from app.config.settings import Settings
from app.config.workflows import workflow
from app.desk.documents import DocumentDesk
from app.desk.fees import FeeDesk, FeeLine
from app.desk.page_printing import PagePrinting
from app.desk.page_queue import PageQueue
from app.desk.place import DeskPlace
from app.desk.print_queue import PrintQueue
from app.desk.ticket_press import TicketPress
from app.desk.tickets import TicketDesk
from app.domain.cases.case import Case
from app.domain.cases.workflow import CaseEvent
from app.printing.page import PagePress
from app.printing.papers import CaseWriter
from app.printing.profiles import PrinterProfile
from app.sync.loop import SyncLoop
from devices.simulators.escpos.render import render_png
from devices.simulators.escpos.server import PrinterSimulator
from helpers.cases import OFFICER, PLACE, RULES, accept, new_case, order
from helpers.fees import Till, till
from helpers.printers import FONT, EvePrinter, hosted, hosted_pages, simulated


class SomeMatters:
    """A matter of the small catalogue prints a resident form."""

    def matter_name(self, code: str) -> str:
        return {"HZ-090": "户籍信息证明"}.get(code, code)

    def documents(self, code: str) -> frozenset[str]:
        return frozenset({"resident-form"}) if code == "HZ-090" else frozenset()


@dataclass
class PaperDesk:
    documents: DocumentDesk
    fees: FeeDesk
    tickets: TicketDesk
    queue: PrintQueue
    till: Till
    simulator: PrinterSimulator
    eve: EvePrinter | None

    def case(self, *events: CaseEvent) -> Case:
        cases = self.till.store.cases
        case = cases.take_on(new_case(), PLACE, (accept(),), RULES)
        for event in events:
            case = cases.move(case.id, order(event), RULES)
        return case


@contextmanager
def paper_desk(root: Path, eve: EvePrinter | None = None) -> Iterator[PaperDesk]:
    settings = Settings.of({})
    place = DeskPlace(OFFICER, True, "zh_CN", settings, lambda: ())
    with till(root) as t, simulated(root) as (simulator, address), hosted(address) as printer:
        queue = PrintQueue(t.store, printer, settings, t.clock)
        press = TicketPress(settings, lambda: PrinterProfile(address), FONT, render_png, training=True)
        tickets = TicketDesk(queue, press, settings)
        writer = CaseWriter(workflow(), lambda table, code: code, lambda field: None)
        line = FeeLine(t.asking, SyncLoop(t.asking, 60.0))

        def desk(pages: PageQueue) -> PaperDesk:
            documents = DocumentDesk(t.store, queue, press, pages, PagePress(FONT), writer, SomeMatters(), place, t.clock)
            return PaperDesk(documents, FeeDesk(t.store, line, tickets, pages, place), tickets, queue, t, simulator, eve)

        if eve is None:
            yield desk(PageQueue(t.store, None, ""))
            return
        with hosted_pages(eve.address) as host:
            yield desk(PageQueue(t.store, PagePrinting(host, SystemClock()), eve.address))

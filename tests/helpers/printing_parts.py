"""What a desk shows of papers: documents as they would print, fees, materials; without an A4 printer."""

from __future__ import annotations

from dataclasses import dataclass

from app.bootstrap.papers import CataloguePapers
from app.config.clock import Clock
from app.config.matters import shipped_catalogue
from app.config.settings import Settings
from app.config.workflows import workflow
from app.desk.documents import DocumentDesk
from app.desk.fees import FeeDesk, FeeLine
from app.desk.page_queue import PageQueue
from app.desk.paper_reading import PaperReading
from app.desk.place import DeskPlace
from app.desk.print_queue import PrintQueue
from app.desk.ticket_press import TicketPress
from app.desk.tickets import TicketDesk
from app.intake.drafts import Drafts
from app.printing.page import PagePress
from app.printing.papers import CaseWriter
from app.printing.profiles import PrinterProfile
from app.store.store import Store
from devices.host.printer import PrinterHost
from devices.simulators.escpos.render import render_png
from helpers.cases import OFFICER
from helpers.printers import FONT


@dataclass
class PrintingParts:
    documents: DocumentDesk
    fees: FeeDesk
    paper_reading: PaperReading


def printing_parts(
    store: Store,
    drafts: Drafts,
    clock: Clock,
    language: str = "zh_CN",
    line: FeeLine | None = None,
    printer: PrinterHost | None = None,
) -> PrintingParts:
    settings, papers = Settings.of({}), CataloguePapers(shipped_catalogue)
    place = DeskPlace(OFFICER, True, language, settings, lambda: ())
    queue = PrintQueue(store, printer, settings, clock)
    press = TicketPress(
        settings, lambda: PrinterProfile("" if printer is None else printer.address), FONT, render_png, training=True
    )
    writer = CaseWriter(workflow(), papers.meaning, papers.label)
    pages, page_press = PageQueue(store, None, ""), PagePress(FONT)
    return PrintingParts(
        DocumentDesk(store, queue, press, pages, page_press, writer, papers, place, clock),
        FeeDesk(store, line, TicketDesk(queue, press, settings), pages, place),
        PaperReading(drafts, store.audit, pages, page_press),
    )

"""Documents and fees at the desk: what may be printed when, the preview is the print, copies are numbered, money once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from app.desk.fees import FeeFor
from app.desk.page_queue import PageQueue
from app.desk.reprints import Reprints
from app.domain.cases.case import DraftState
from app.domain.cases.workflow import CaseEvent
from app.domain.errors import BadInput, NotAllowed, StoreFault
from app.domain.fees import FeeState, Payer
from app.domain.printing import PrintJobState, PrintKind, PrintOrder
from app.training.faults import BackendFault
from devices.simulators.escpos.server import PrinterFaultKind
from helpers.fees import ITEM
from helpers.paper_desks import PaperDesk, paper_desk
from helpers.printers import EvePrinter, eve_printer
from helpers.stores import new_store

S = PrintJobState
PAYER = Payer("欧阳𬱖", "999999199003071019")


@pytest.fixture(scope="module")
def eve() -> Iterator[EvePrinter]:
    with eve_printer() as printer:
        yield printer


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PaperDesk]:
    with paper_desk(tmp_path) as made:
        yield made


@pytest.fixture
def a4(tmp_path: Path, eve: EvePrinter) -> Iterator[PaperDesk]:
    with paper_desk(tmp_path, eve) as made:
        yield made


def fee(subject_id: str) -> FeeFor:
    return FeeFor(subject_id, "SL1", PAYER, (ITEM,))


# -- documents ---------------------------------------------------------------------------------------------


def test_what_may_be_printed_follows_the_case_s_state_and_its_matter(desk: PaperDesk) -> None:
    case = desk.case()
    offered = [offer.id for offer in desk.documents.documents_for(case.id)]
    assert offered == ["acceptance-receipt", "resident-form", "case-form"]
    handled = desk.case(CaseEvent.DO_ON_THE_SPOT, CaseEvent.HANDLE)
    assert "delivery-slip" in [offer.id for offer in desk.documents.documents_for(handled.id)]
    with pytest.raises(NotAllowed) as refused:
        desk.documents.preview(case.id, "refusal-notice")
    assert refused.value.code == "DOC-102"
    with pytest.raises(BadInput):
        desk.documents.preview(case.id, "no-such-paper")
    with pytest.raises(StoreFault):
        desk.documents.documents_for("nobody")


def test_a_parked_draft_has_the_notice_of_all_that_is_missing(desk: PaperDesk) -> None:
    drafts = desk.till.store.drafts
    draft = drafts.begin("HZ-090", "1", "zhang")
    assert desk.documents.documents_for(draft.id) == ()
    assert drafts.park(draft.id, ("结婚证", "户口簿")).state is DraftState.PARKED
    assert [offer.id for offer in desk.documents.documents_for(draft.id)] == ["one-time-notice"]
    assert desk.documents.preview(draft.id, "one-time-notice").pages()


def test_without_an_a4_printer_the_preview_is_there_and_printing_says_why_not(desk: PaperDesk) -> None:
    preview = desk.documents.preview(desk.case().id, "case-form")
    assert preview.pages()[0].startswith(b"\x89PNG")
    with pytest.raises(BadInput) as refused:
        desk.documents.print(preview)
    assert refused.value.code == "PRN-149"


def test_the_receipt_s_preview_is_the_paper_and_again_is_a_numbered_copy(desk: PaperDesk) -> None:
    case = desk.case()
    preview = desk.documents.preview_ticket(case.id, "acceptance-receipt")
    first = desk.documents.print_ticket(case.id, "acceptance-receipt")
    assert (first.state, first.copy_number) == (S.CONFIRMED, 0)
    assert desk.simulator.pictures == [preview]
    assert desk.documents.print_ticket(case.id, "acceptance-receipt").copy_number == 1
    assert [o.copies for o in desk.documents.documents_for(case.id) if o.id == "acceptance-receipt"] == [2]
    with pytest.raises(BadInput) as refused:
        desk.documents.print_ticket(case.id, "case-form")
    assert refused.value.code == "DOC-103"


def test_on_a4_the_previewed_bytes_are_the_printed_ones_and_copies_are_marked(a4: PaperDesk, eve: EvePrinter) -> None:
    eve.does("true")
    case = a4.case()
    preview = a4.documents.preview(case.id, "case-form")
    before = set(eve.spool.glob("*.pdf"))
    job = a4.documents.print(preview)
    assert (job.state, job.copy_number, job.kind) == (S.CONFIRMED, 0, PrintKind.DOCUMENT)
    (arrived,) = set(eve.spool.glob("*.pdf")) - before
    assert arrived.read_bytes() == preview.pdf
    second = a4.documents.print(preview)
    assert second.copy_number == 1, "the same preview again is a copy, and says so on the page"
    newest = max(eve.spool.glob("*.pdf"), key=lambda path: path.stat().st_mtime_ns)
    assert newest.read_bytes() != preview.pdf
    assert a4.documents.reprint(case.id, "case-form").copy_number == 2
    with pytest.raises(BadInput) as never:
        a4.documents.reprint(a4.case().id, "case-form")
    assert never.value.code == "PRN-135"


def test_a_queue_that_gives_a_job_up_has_not_printed_it_and_nothing_is_sent_again_by_itself(
    a4: PaperDesk, eve: EvePrinter
) -> None:
    eve.does("exit 1")
    job = a4.documents.print(a4.documents.preview(a4.case().id, "case-form"))
    assert job.state is S.FAILED
    eve.does("true")
    before = len(list(eve.spool.glob("*.pdf")))
    assert a4.queue.send_waiting() == ()
    assert len(list(eve.spool.glob("*.pdf"))) == before


def test_a_document_left_before_its_first_byte_is_withdrawn_at_the_next_start(tmp_path: Path) -> None:
    store, _, _ = new_store(tmp_path)
    store.print_jobs.add(PrintOrder(PrintKind.DOCUMENT, "C1 case-form", "cups:x", 0), b"%PDF-")
    assert store.print_jobs.waiting() == (), "the receipt printer's loop never sees it"
    queue = PageQueue(store, None, "")
    assert queue.jobs("C1 case-form")[0].state is S.EXPIRED
    assert queue.next_copy("C1 case-form") == 0
    store.close()


# -- fees --------------------------------------------------------------------------------------------------


def test_the_code_is_on_screen_and_on_paper_and_reads_back(desk: PaperDesk) -> None:
    desk.till.scripted("unpaid")
    order = desk.fees.order(fee("C1"))
    assert order.slip is not None
    import io

    with Image.open(io.BytesIO(desk.fees.qr(order.id))) as picture:
        assert [r.text for r in zxingcpp.read_barcodes(picture.convert("L"))] == [order.slip.code]
    preview = desk.fees.preview_notice(order.id)
    printed = desk.fees.print_notice(order.id)
    assert (printed.state, printed.copy_number) == (S.CONFIRMED, 0)
    assert desk.simulator.pictures == [preview]
    assert desk.fees.order(fee("C1")).id == order.id


def test_nobody_gets_a_code_for_what_is_paid_cancelled_or_not_ordered_yet(desk: PaperDesk) -> None:
    desk.till.scripted("unpaid", "paid")
    order = desk.fees.order(fee("C1"))
    desk.fees.print_notice(order.id)
    assert desk.fees.refresh(order.id).state is FeeState.PAID
    for show in (desk.fees.qr, desk.fees.print_notice, desk.fees.preview_notice):
        with pytest.raises(NotAllowed) as refused:
            show(order.id)
        assert refused.value.code == "FEE-108"
    desk.till.finance.faults.plan(BackendFault.ERROR_500, 1)
    with pytest.raises(NotAllowed):
        desk.fees.qr(desk.fees.order(fee("C2")).id)


def test_a_paid_notice_is_not_printed_again_from_the_list_of_jobs_either(desk: PaperDesk) -> None:
    desk.till.scripted("unpaid", "paid")
    order = desk.fees.order(fee("C1"))
    job = desk.fees.print_notice(order.id)
    reprints = Reprints(None, desk.tickets, desk.fees, desk.documents)  # type: ignore[arg-type]  # no photo receipts here
    assert reprints.again(job).copy_number == 1
    desk.fees.refresh(order.id)
    with pytest.raises(NotAllowed) as refused:
        reprints.again(job)
    assert refused.value.code == "FEE-108"


def test_a_notice_cut_in_the_middle_is_not_printed_again_by_itself(desk: PaperDesk) -> None:
    desk.till.scripted("unpaid")
    order = desk.fees.order(fee("C1"))
    desk.simulator.fail(PrinterFaultKind.PAPER_END, after_lines=3)
    assert desk.fees.print_notice(order.id).state is S.FAILED
    desk.simulator.fail(PrinterFaultKind.NONE)
    assert desk.queue.send_waiting() == ()
    assert desk.fees.print_notice(order.id).copy_number == 1


def test_a_cancel_at_the_desk_says_what_came_of_it(desk: PaperDesk) -> None:
    desk.till.scripted("unpaid")
    order = desk.fees.order(fee("C1"))
    assert desk.fees.cancel(order.id).state is FeeState.CANCELLED
    again = desk.fees.order(fee("C1"))
    desk.till.finance.faults.plan(BackendFault.ERROR_500, 1)
    waiting = desk.fees.cancel(again.id)
    assert (waiting.state, waiting.cancel_wanted) == (FeeState.UNKNOWN, True)
    with pytest.raises(NotAllowed):
        desk.fees.qr(again.id)


def test_the_bill_is_the_finance_system_s_file_byte_for_byte_on_paper(a4: PaperDesk, eve: EvePrinter) -> None:
    eve.does("true")
    a4.till.scripted("paid")
    order = a4.fees.order(fee("C1"))
    before = set(eve.spool.glob("*.pdf"))
    assert a4.fees.print_bill(order.id).state is S.CONFIRMED
    (arrived,) = set(eve.spool.glob("*.pdf")) - before
    assert arrived.read_bytes() == a4.fees.bill(order.id).pdf


def test_without_a_gateway_the_desk_says_so(desk: PaperDesk) -> None:
    from app.desk.fees import FeeDesk

    bare = FeeDesk(desk.till.store, None, desk.tickets, PageQueue(desk.till.store, None, ""), desk.documents._place)
    assert not bare.configured
    assert bare.state() is None
    with pytest.raises(BadInput) as refused:
        bare.order(fee("C1"))
    assert refused.value.code == "FEE-120"
    assert bare.orders("C1") == ()


def test_the_unit_the_items_and_the_template_are_asked_for_by_hand(desk: PaperDesk) -> None:
    assert desk.fees.unit().name == "训练市公安局"
    assert ITEM in desk.fees.items()
    assert desk.fees.fetch_signature_template()
    desk.till.scripted("unpaid")
    assert desk.fees.order(fee("C1")).signed

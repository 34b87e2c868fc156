"""Training mode has everything a window needs for fees and documents: the finance system, its key, a case that goes on."""

from __future__ import annotations

from pathlib import Path

from app.desk.fees import FeeFor
from app.domain.fees import FeeState, Payer
from app.domain.matters.matter import FeeItem
from helpers.cases import PLACE, RULES, accept, new_case
from helpers.desks import training_desk
from helpers.printers import wait_for


def test_a_trainee_orders_a_fee_sees_it_paid_by_itself_and_prints_the_receipt(tmp_path: Path) -> None:
    with training_desk(tmp_path) as (desk, _):
        assert desk.fees.configured
        item = FeeItem("99001", "居民身份证工本费（换领）", 2000)
        case = desk.photo._store.cases.take_on(new_case(), PLACE, (accept(),), RULES)
        order = desk.fees.order(FeeFor(case.id, case.number, Payer("示例"), (item,)))
        assert order.state is FeeState.CREATED
        assert desk.fees.qr(order.id).startswith(b"\x89PNG")
        assert wait_for(lambda: desk.fees.fee_order(order.id).state is FeeState.PAID, 60)
        assert wait_for(lambda: desk.fees.fee_order(order.id).bill != "", 30)
        assert desk.outbox.send_now(30) == 0, "the case has left"
        offers = [offer.id for offer in desk.documents.documents_for(case.id)]
        assert "acceptance-receipt" in offers
        assert desk.documents.preview_ticket(case.id, "acceptance-receipt").startswith(b"\x89PNG")
        assert not desk.documents.has_page_printer

"""Fees against the embedded finance system over HTTP: one order a case, paid only by its word, whatever the line does."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.errors import BadInput, NetworkFault, NotAllowed
from app.domain.fees import FeeState, FiscalAccount
from app.domain.matters.matter import FeeItem
from app.security.signing import Signature, check_signature
from app.sync.fees import FeeRound, ask_again_s
from app.sync.fiscal import filled_in
from app.sync.loop import SyncLoop
from app.training.faults import BackendFault
from helpers.fees import IMPATIENT_S, ITEM, KEY, PATIENT_S, demand, fiscal_client, signed, till
from helpers.printers import wait_for
from helpers.stores import new_store

S = FeeState


def test_an_order_gets_its_code_is_asked_about_and_is_paid_when_the_finance_system_says_so(tmp_path: Path) -> None:
    with till(tmp_path) as t:
        order = t.order()
        assert order.state is S.CREATED
        assert order.slip is not None
        assert (order.slip.fen, order.slip.unit_name) == (2000, "训练市公安局")
        for expected in (S.CREATED, S.CREATED, S.PAID):
            t.later(seconds=4)
            assert t.store.fees.order(order.id).state is expected
        paid = t.store.fees.order(order.id)
        assert paid.paid_at is not None
        bill = t.store.fees.bill(order.id)
        assert bill.pdf.startswith(b"%PDF-")
        assert bill.number == paid.bill
        t.later(hours=1)
        assert t.finance.book.all()[0]["asked"] == 4, "what is paid is not asked about again"


def test_ten_presses_are_one_order(tmp_path: Path) -> None:
    with till(tmp_path) as t:
        orders = {t.order().id for _ in range(10)}
        assert len(orders) == 1
        assert len(t.finance.book.all()) == 1
        with pytest.raises(NotAllowed) as refused:
            t.order("C1", FeeItem("99002", "补领", 4000))
        assert refused.value.code == "FEE-104"
        assert t.order("C1", purpose="照相").id not in orders


@pytest.mark.parametrize("fault", [BackendFault.DROP_AFTER, BackendFault.ERROR_500, BackendFault.SLOW])
def test_an_answer_to_the_order_that_never_came_is_asked_for_again_with_the_same_key(
    tmp_path: Path, fault: BackendFault
) -> None:
    with till(tmp_path, IMPATIENT_S if fault is BackendFault.SLOW else PATIENT_S) as t:
        t.finance.faults.plan(fault, 1)
        asked = t.order()
        assert (asked.state, asked.slip, asked.attempts) == (S.ASKED, None, 1)
        assert asked.error in {"FEE-121", "FEE-122", "FEE-124"}
        t.later(minutes=5)
        assert t.store.fees.order(asked.id).state is S.CREATED
        assert len(t.finance.book.all()) == 1


@pytest.mark.parametrize("fault", [BackendFault.DROP_AFTER, BackendFault.ERROR_500, BackendFault.SLOW])
def test_silence_about_a_code_is_unknown_never_failed_never_paid_and_ends_with_the_next_word(
    tmp_path: Path, fault: BackendFault
) -> None:
    with till(tmp_path, IMPATIENT_S if fault is BackendFault.SLOW else PATIENT_S) as t:
        t.scripted("unpaid", "unpaid", "unpaid", "paid")
        order = t.order()
        t.finance.faults.plan(fault, 1)
        t.later(seconds=4)
        unknown = t.store.fees.order(order.id)
        assert unknown.state is S.UNKNOWN
        assert unknown.error in {"FEE-121", "FEE-122", "FEE-124"}
        assert unknown.paid_at is None
        for _ in range(6):
            t.later(minutes=6)
        assert t.store.fees.order(order.id).state is S.PAID


def test_the_finance_system_that_cannot_say_leaves_it_unknown_until_it_can(tmp_path: Path) -> None:
    with till(tmp_path) as t:
        t.scripted("unpaid", "unknown", "unknown", "paid")
        order = t.order()
        t.later(seconds=4)
        unknown = t.store.fees.order(order.id)
        assert (unknown.state, unknown.error) == (S.UNKNOWN, "FEE-128")
        t.later(seconds=4)
        assert t.store.fees.order(order.id).state is S.UNKNOWN
        t.later(seconds=4)
        assert t.store.fees.order(order.id).state is S.PAID


def test_offline_the_order_waits_on_the_disk_and_goes_when_the_line_is_back(tmp_path: Path) -> None:
    with till(tmp_path) as t:
        nobody = fiscal_client("http://127.0.0.1:9")
        order = FeeRound(t.store.fees, nobody, signed, t.clock, 3.0).ask(t.store.fees.place(demand()).id)
        nobody.close()
        assert (order.state, order.error) == (S.ASKED, "FEE-121")
        t.later(minutes=5)
        assert t.store.fees.order(order.id).state is S.CREATED


def test_a_day_that_ran_out_is_over_by_the_finance_system_s_word_and_a_fresh_order_gets_a_fresh_code(
    tmp_path: Path,
) -> None:
    with till(tmp_path) as t:
        t.scripted("expired")
        first = t.order()
        assert t.store.fees.order(first.id).state is S.EXPIRED
        t.scripted("unpaid")
        second = t.order()
        assert second.id != first.id
        assert second.demand.serial == "SL-C1-2"
        assert second.slip is not None
        assert first.slip is not None
        assert second.slip.code != first.slip.code


def test_cancelled_is_said_when_the_finance_system_has_cancelled(tmp_path: Path) -> None:
    with till(tmp_path) as t:
        t.scripted("unpaid")
        order = t.order()
        t.store.fees.want_cancelled(order.id)
        assert t.asking.ask(order.id).state is S.CANCELLED
        assert t.finance.book.all()[0]["state"] == "cancelled"


def test_a_cancel_that_could_not_be_said_is_said_later(tmp_path: Path) -> None:
    with till(tmp_path) as t:
        t.scripted("unpaid")
        order = t.order()
        t.finance.faults.plan(BackendFault.ERROR_500, 1)
        t.store.fees.want_cancelled(order.id)
        waiting = t.asking.ask(order.id)
        assert (waiting.state, waiting.cancel_wanted) == (S.UNKNOWN, True)
        t.later(minutes=6)
        assert t.store.fees.order(order.id).state is S.CANCELLED


def test_what_was_paid_meanwhile_is_paid_not_cancelled(tmp_path: Path) -> None:
    with till(tmp_path) as t:
        t.scripted("unpaid")
        order = t.order()
        assert order.slip is not None
        t.finance.book.settle(order.slip.code, "paid")
        t.store.fees.want_cancelled(order.id)
        paid = t.asking.ask(order.id)
        assert (paid.state, paid.cancel_wanted) == (S.PAID, False)
        with pytest.raises(NotAllowed) as refused:
            t.store.fees.want_cancelled(order.id)
        assert refused.value.code == "FEE-105"


def test_an_order_nothing_was_sent_of_is_withdrawn_without_the_line(tmp_path: Path) -> None:
    with till(tmp_path) as t:
        placed = t.store.fees.place(demand())
        assert t.store.fees.want_cancelled(placed.id).state is S.CANCELLED
        assert not t.finance.book.all()


def test_an_order_the_finance_system_does_not_take_is_refused_and_can_be_made_anew(tmp_path: Path) -> None:
    with till(tmp_path) as t:
        t.finance.faults.plan(BackendFault.REFUSE, 1)
        refused = t.order()
        assert (refused.state, refused.error) == (S.REFUSED, "FEE-125")
        again = t.order()
        assert again.id != refused.id
        assert again.state is S.CREATED


def test_a_wrong_key_is_the_administrator_s_trouble_and_the_order_waits(tmp_path: Path) -> None:
    with till(tmp_path) as t:
        client = fiscal_client(t.url, FiscalAccount("1", "stranger", "key"))
        waiting = FeeRound(t.store.fees, client, signed, t.clock, 3.0).ask(t.store.fees.place(demand()).id)
        client.close()
        assert (waiting.state, waiting.error) == (S.ASKED, "FEE-123")
        t.later(minutes=5)
        assert t.store.fees.order(waiting.id).state is S.CREATED


def test_a_bill_that_is_late_is_fetched_later_and_the_payment_stands(tmp_path: Path) -> None:
    with till(tmp_path) as t:
        t.scripted("paid")
        t.finance.strike_at = "bill"
        t.finance.faults.plan(BackendFault.ERROR_500, 2)
        order = t.order()
        assert (order.state, order.bill, order.error) == (S.PAID, "", "FEE-124")
        with pytest.raises(NotAllowed) as early:
            t.store.fees.bill(order.id)
        assert early.value.code == "FEE-106"
        for _ in range(3):
            t.later(minutes=6)
        assert t.store.fees.order(order.id).state is S.PAID
        assert t.store.fees.bill(order.id).pdf.startswith(b"%PDF-")


def test_bills_lie_sealed_and_nobody_is_named_in_the_open(tmp_path: Path) -> None:
    with till(tmp_path) as t:
        t.scripted("paid")
        order = t.order()
        assert t.store.fees.order(order.id).state is S.PAID
        for path in (tmp_path / "data").rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                assert b"%PDF-" not in data, path
                assert "欧阳".encode() not in data, path


def test_the_unit_signs_once_with_the_template_that_was_asked_for_by_hand(tmp_path: Path) -> None:
    with till(tmp_path) as t:
        t.scripted("unpaid")
        assert not t.order().signed, "without a template nothing is signed"
        t.store.fees.keep_signature_template(t.client.signature_template())
        order = t.order("C2")
        assert order.signed
        row = t.finance.book.all()[1]
        text = f"<电子缴款书 缴款码={row['code']} 业务编号=SL-C2 缴款金额=20.00 执收单位名称=训练市公安局/>"
        check_signature(Signature(KEY.public, row["signed"]), text.encode(), "")
        with pytest.raises(BadInput):
            check_signature(Signature(KEY.public, row["signed"]), b"another text", "")


def test_a_blank_of_the_template_is_filled_once_and_what_is_no_blank_stays() -> None:
    assert filled_in("{甲}{乙}{丙}", {"甲": "{乙}", "乙": "2"}) == "{乙}2{丙}"


def test_the_unit_and_its_items_are_the_finance_system_s(tmp_path: Path) -> None:
    with till(tmp_path) as t:
        assert t.client.unit().name == "训练市公安局"
        assert ITEM in t.client.items()
        assert t.order().slip == t.client.find(t.finance.book.all()[0]["code"])
        with pytest.raises(NetworkFault) as unknown:
            t.client.status("no such code")
        assert unknown.value.code == "FEE-125"


def test_after_a_restart_open_orders_are_asked_about_again_by_themselves(tmp_path: Path) -> None:
    with till(tmp_path) as t:
        t.scripted("unpaid", "paid")
        order = t.order()
        again = FeeRound(t.store.fees, t.client, signed, t.clock, 3.0)
        t.clock.forward(seconds=10)
        loop = SyncLoop(again, 0.05)
        loop.start()
        try:
            assert wait_for(lambda: t.store.fees.order(order.id).state is S.PAID)
        finally:
            loop.stop(20)


def test_a_fresh_order_is_asked_about_often_and_an_old_one_seldom() -> None:
    assert ask_again_s(0, 3.0) == ask_again_s(60, 3.0) == 3.0
    assert ask_again_s(600, 3.0) == 30.0
    assert ask_again_s(10**6, 3.0) == 300.0


def test_a_clock_set_back_neither_hurries_nor_stops_an_order(tmp_path: Path) -> None:
    with till(tmp_path) as t:
        t.scripted("unpaid", "paid")
        order = t.order()
        t.clock.forward(hours=-2)
        assert t.asking.ask(order.id).state is S.PAID


def test_a_store_of_before_has_no_orders(tmp_path: Path) -> None:
    store, _, _ = new_store(tmp_path)
    assert store.fees.recent(10) == ()
    assert store.fees.signature_template() == ""
    store.close()

"""Tickets at the desk, on a real store and a simulated printer: what waits, what is printed, what is printed again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config.settings import Settings
from app.desk.print_loop import PrintLoop
from app.desk.print_queue import PrintQueue
from app.domain.errors import BadInput
from app.domain.printing import PrintJobState, PrintKind
from devices.simulators.escpos.server import PrinterFaultKind
from helpers.printers import wait_for
from helpers.stores import TestClock, new_store
from helpers.ticket_desks import NOTICE, TICKET, TicketPlace, ticket_place

S = PrintJobState


@pytest.fixture
def place(tmp_path: Path) -> Iterator[TicketPlace]:
    with ticket_place(tmp_path) as made:
        yield made


def test_the_preview_is_the_paper_and_a_second_print_is_a_numbered_copy_of_the_same_number(place: TicketPlace) -> None:
    preview = place.desk.preview_payment_notice(NOTICE)
    first = place.desk.print_payment_notice(NOTICE)
    assert (first.state, first.copy_number) == (S.CONFIRMED, 0)
    assert place.simulator.pictures == [preview]
    again = place.desk.reprint(PrintKind.PAYMENT_NOTICE, "PZ1")
    assert (again.state, again.copy_number, again.subject) == (S.CONFIRMED, 1, "PZ1")
    assert len(place.simulator.pictures) == 2
    assert "【补打 1】".encode("gb18030") in bytes(place.simulator.received)
    assert bytes(place.simulator.received).count(b"9999 2026 1124") == 2


def test_out_of_paper_the_ticket_waits_prints_once_when_there_is_paper_and_is_no_reprint(place: TicketPlace) -> None:
    place.simulator.fail(PrinterFaultKind.PAPER_END)
    waiting = place.desk.print_queue_ticket(TICKET)
    assert (waiting.state, waiting.error) == (S.QUEUED, "PRN-101")
    assert place.desk.print_queue_ticket(TICKET).id == waiting.id, "pressing again makes no second ticket"
    assert place.queue.send_waiting() == ()
    place.simulator.fail(PrinterFaultKind.NONE)
    loop = PrintLoop(place.queue, 0.1)
    loop.start()
    try:
        assert wait_for(lambda: place.queue.jobs(PrintKind.QUEUE_TICKET, "R1")[0].state is S.CONFIRMED)
    finally:
        loop.stop(20)
    (printed,) = place.queue.jobs(PrintKind.QUEUE_TICKET, "R1")
    assert printed.copy_number == 0
    assert len(place.simulator.pictures) == 1


def test_a_silent_printer_s_ticket_is_never_sent_twice_until_the_officer_has_looked(place: TicketPlace) -> None:
    place.simulator.fail(PrinterFaultKind.SILENCE)
    sent = place.desk.print_queue_ticket(TICKET)
    assert sent.state is S.SENT
    place.simulator.fail(PrinterFaultKind.NONE)
    place.clock.forward(hours=100)
    assert place.queue.send_waiting() == ()
    assert place.queue.looked(sent, on_paper=True).state is S.CONFIRMED


def test_a_ticket_that_stopped_half_way_fails_and_its_next_print_is_a_copy(place: TicketPlace) -> None:
    place.simulator.fail(PrinterFaultKind.PAPER_END, after_lines=3)
    failed = place.desk.print_queue_ticket(TICKET)
    assert (failed.state, failed.error) == (S.FAILED, "PRN-111")
    place.simulator.fail(PrinterFaultKind.NONE)
    assert place.queue.send_waiting() == ()
    assert place.desk.print_queue_ticket(TICKET).copy_number == 1


def test_yesterday_s_ticket_does_not_print_this_morning(place: TicketPlace) -> None:
    place.simulator.fail(PrinterFaultKind.COVER_OPEN)
    old = place.desk.print_queue_ticket(TICKET)
    place.simulator.fail(PrinterFaultKind.NONE)
    place.clock.forward(hours=4, minutes=1)
    assert place.queue.send_waiting() == ()
    assert place.queue.jobs(PrintKind.QUEUE_TICKET, "R1")[0].state is S.EXPIRED
    assert not place.simulator.pictures
    fresh = place.desk.print_queue_ticket(TICKET)
    assert (fresh.state, fresh.copy_number) == (S.CONFIRMED, 0), "nobody ever saw the first one"
    assert fresh.id != old.id


def test_a_withdrawn_ticket_is_not_printed(place: TicketPlace) -> None:
    place.simulator.fail(PrinterFaultKind.PAPER_END)
    place.queue.withdraw(place.desk.print_queue_ticket(TICKET))
    place.simulator.fail(PrinterFaultKind.NONE)
    assert place.queue.send_waiting() == ()
    assert not place.simulator.pictures


def test_a_payment_code_of_the_wrong_form_is_refused_and_nothing_is_kept(place: TicketPlace) -> None:
    from dataclasses import replace

    with pytest.raises(BadInput) as refused:
        place.desk.print_payment_notice(replace(NOTICE, code="12 34"))
    assert refused.value.code == "PRN-131"
    assert place.queue.jobs(PrintKind.PAYMENT_NOTICE, "PZ1") == ()
    with pytest.raises(BadInput) as unknown:
        place.desk.reprint(PrintKind.PAYMENT_NOTICE, "PZ1")
    assert unknown.value.code == "PRN-135"


def test_without_a_printer_nothing_is_queued(tmp_path: Path) -> None:
    store, _, _ = new_store(tmp_path / "data")
    queue = PrintQueue(store, None, Settings.of({}), TestClock())
    with pytest.raises(BadInput) as refused:
        queue.submit(PrintKind.QUEUE_TICKET, "R1", lambda copy: b"")
    assert refused.value.code == "PRN-105"
    assert queue.send_waiting() == ()
    store.close()

"""签到、取号、打印 in one action, and the queue of the day, on a real store and a simulated receipt printer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.config.queue import segments
from app.config.settings import Settings
from app.desk.hall import HallDesk
from app.desk.place import DeskPlace
from app.desk.print_queue import PrintQueue
from app.desk.ticket_press import TicketPress
from app.desk.tickets import TicketDesk
from app.domain.errors import BadInput
from app.domain.person import Applicant
from app.domain.printing import PrintJobState
from app.domain.queueing import SignIn, VisitEvent, VisitState
from app.domain.records import Officer, Role
from app.printing.profiles import PrinterProfile
from devices.simulators.escpos.render import render_png
from devices.simulators.escpos.server import PrinterFaultKind
from helpers.printers import FONT
from helpers.stores import PERSON, saved_session
from helpers.ticket_desks import TicketPlace, ticket_place

OTHERS = tuple(Applicant(f"示例{n}", f"9999991990030710{n:02d}") for n in range(1, 9))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[TicketPlace]:
    with ticket_place(tmp_path) as made:
        yield made


def hall(place: TicketPlace) -> HallDesk:
    officer = Officer("zhang", "张示例", Role.OPERATOR)
    return HallDesk(place.store, place.desk, DeskPlace(officer, True, "zh_CN", Settings.of({}), lambda: ()), place.clock)


def sign_in(who: Applicant = PERSON, segment: str = "walk-in") -> SignIn:
    return SignIn(who, segments()[segment], segments()[segment].businesses[0], "card")


def test_signing_in_gives_a_number_and_its_ticket_in_one_action(place: TicketPlace) -> None:
    desk = hall(place)
    first, second = desk.sign_in(sign_in(OTHERS[0])), desk.sign_in(sign_in(OTHERS[1]))
    assert [s.visit.number for s in (first, second)] == ["B001", "B002"]
    assert (first.ahead, second.ahead) == (0, 1)
    assert first.job is not None
    assert first.job.state is PrintJobState.CONFIRMED


def test_a_second_sign_in_of_the_same_person_is_refused_and_the_ticket_can_be_printed_again(place: TicketPlace) -> None:
    desk = hall(place)
    visit = desk.sign_in(sign_in()).visit
    with pytest.raises(BadInput) as refused:
        desk.sign_in(sign_in())
    assert (refused.value.code, refused.value.params["number"]) == ("QUE-102", "B001")
    assert desk.reprint(visit).copy_number == 1, "补打 1"


def test_without_paper_or_printer_the_number_counts_all_the_same(place: TicketPlace) -> None:
    place.simulator.fail(PrinterFaultKind.PAPER_END)
    waiting = hall(place).sign_in(sign_in(OTHERS[0]))
    assert waiting.visit.state is VisitState.WAITING
    assert waiting.job is None or waiting.job.state is not PrintJobState.CONFIRMED
    press = TicketPress(Settings.of({}), lambda: PrinterProfile(""), FONT, render_png, training=True)
    nobody = TicketDesk(PrintQueue(place.store, None, Settings.of({}), place.clock), press, Settings.of({}))
    signed = hall(replace(place, desk=nobody)).sign_in(sign_in(OTHERS[1]))
    assert signed.visit.number == "B002"
    assert signed.fault is not None
    assert signed.fault.code == "PRN-105"


def test_who_has_no_photo_of_this_year_joins_the_queue_once_it_is_taken(place: TicketPlace) -> None:
    desk = hall(place)
    signed = desk.sign_in(sign_in(PERSON, "booked"))
    assert signed.visit.state is VisitState.NEEDS_PHOTO
    assert desk.waiting() == ()
    saved_session(place.store, place.clock)
    place.clock.forward(minutes=6)
    assert [v.number for v in desk.waiting()] == ["A001"]


def test_who_was_photographed_before_waits_at_once(place: TicketPlace) -> None:
    saved_session(place.store, place.clock)
    signed = hall(place).sign_in(sign_in(PERSON, "booked"))
    assert signed.visit.state is VisitState.WAITING


def test_calling_takes_the_next_of_the_chosen_segments_and_says_when_nobody_waits(place: TicketPlace) -> None:
    desk = hall(place)
    desk.sign_in(sign_in(OTHERS[0]))
    desk.sign_in(sign_in(OTHERS[1], "foreigners"))
    assert desk.call_next(frozenset({"foreigners"})).number == "W001"
    assert desk.call_next().number == "B001"
    with pytest.raises(BadInput) as nobody:
        desk.call_next()
    assert nobody.value.code == "QUE-105"


def test_a_missed_call_comes_back_behind_three_and_everything_survives_a_restart_of_the_desk(place: TicketPlace) -> None:
    desk = hall(place)
    for who in OTHERS[:6]:
        desk.sign_in(sign_in(who))
    missed = desk.step(desk.call_next(), VisitEvent.MISS)
    desk.step(missed, VisitEvent.RETURN)
    assert [v.number for v in hall(place).waiting()] == ["B002", "B003", "B004", "B001", "B005", "B006"]
    again = hall(place).call_next()
    assert (again.number, again.calls) == ("B002", 1)
    assert hall(place).step(again, VisitEvent.CALL).calls == 2


def test_two_windows_cannot_begin_the_same_number(place: TicketPlace) -> None:
    desk = hall(place)
    desk.sign_in(sign_in())
    called = desk.call_next()
    desk.step(called, VisitEvent.BEGIN)
    with pytest.raises(BadInput) as refused:
        desk.step(called, VisitEvent.BEGIN)
    assert refused.value.code == "QUE-101"


def test_tomorrow_begins_with_number_one(place: TicketPlace) -> None:
    desk = hall(place)
    desk.sign_in(sign_in(OTHERS[0]))
    place.clock.forward(days=1)
    assert desk.today() == ()
    assert desk.sign_in(sign_in(OTHERS[0])).visit.number == "B001"

"""Who is photographed, from what they bring: card on the reader, passport under the wedge, or typed by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.bootstrap.demonstration import demo_applicant
from app.config.clock import SystemClock
from app.config.settings import Settings
from app.config.texts import Coded
from app.desk.card_seat import CardSeat
from app.desk.desk import Desk
from app.desk.gate import Gate
from app.desk.person_reader import PersonReader, ReadPerson
from app.domain.person import Applicant
from app.ui.bench import Bench
from app.ui.rehearsal import wait_until
from app.ui.screens.photo_station.start_form import StartForm
from app.ui.theme import Theme
from app.ui.widgets.person_fields import PersonFields
from devices.simulators.mrz.documents import SPECIMENS
from helpers.audit import Remembered
from helpers.card_seats import card_reader
from helpers.standards import shipped


@dataclass
class Seat:
    """The start form of a station with a real reader's host; what it told."""

    form: StartForm
    people: PersonReader
    refusals: list[Coded]
    begun: list[Applicant]

    @property
    def person(self) -> PersonFields:
        return self.form.person


@contextmanager
def seated(cards: CardSeat | None = None) -> Iterator[Seat]:
    settings = Settings.of({"photo.standards": "id-card"})
    people = PersonReader(cards, None, settings, "zh_CN", SystemClock(), Remembered())
    bench = Bench(cast("Gate", None), settings, "zh_CN", Theme.load("light"))
    bench.opened = cast("Desk", SimpleNamespace(standards=(shipped(),), people=people))
    seat = Seat(StartForm(bench), people, [], [])
    bench.refused.connect(seat.refusals.append)
    seat.form.started.connect(lambda applicant, *_: seat.begun.append(applicant))
    seat.form.show()
    seat.form.activateWindow()
    assert QTest.qWaitForWindowActive(seat.form, 5000)
    seat.form.clear()
    try:
        yield seat
    finally:
        seat.form.close()
        bench.tasks.stop()
        bench.opened = None


def read(seat: Seat) -> list[ReadPerson]:
    heard: list[ReadPerson] = []
    seat.person.read.connect(heard.append)
    return heard


def type_lines(seat: Seat, lines: Sequence[str]) -> None:
    """As a wedge reader does: each line and its Enter, faster than any person."""
    seat.person.name.setFocus()
    for line in lines:
        QTest.keyClicks(seat.person.name, line)
        QTest.keyClick(seat.person.name, Qt.Key.Key_Return)


@pytest.mark.parametrize("kind", ["resident", "hmt-resident", "foreigner-2017", "foreigner-2023"])
def test_a_card_on_the_reader_fills_the_form_and_the_session_begins_with_it(application: QApplication, kind: str) -> None:
    with card_reader(f"kind={kind}&seed=3") as cards, seated(cards) as seat:
        heard = read(seat)
        QTest.keyClick(seat.person, Qt.Key.Key_F3)
        wait_until("card", lambda: bool(heard))
        assert seat.person.name.text() == heard[0].name
        assert seat.person.number.text() == heard[0].number
        assert heard[0].card is not None
        assert heard[0].card.type.value == kind
        assert seat.person.told.text(), "what to compare, or what to look at"
        QTest.keyClick(seat.person.number, Qt.Key.Key_Return)
        assert seat.begun == [Applicant(heard[0].name, heard[0].number, heard[0].document)]
        assert not seat.refusals


def test_a_second_press_ends_the_wait_and_nothing_that_comes_later_is_taken_over(application: QApplication) -> None:
    with card_reader("kind=none") as cards, seated(cards) as seat:
        heard, word = read(seat), seat.person.read_card.text()
        QTest.keyClick(seat.person, Qt.Key.Key_F3)
        assert seat.person.read_card.text() != word
        assert seat.person.told.text()
        QTest.keyClick(seat.person, Qt.Key.Key_F3)
        assert seat.person.read_card.text() == word
        QTest.qWait(300)
        assert not heard
        assert not seat.refusals, "an officer's own wish is no fault"


def test_a_station_without_a_reader_offers_none(application: QApplication) -> None:
    with seated() as seat:
        assert not seat.person.read_card.isVisible()
        assert not seat.person.read_zone.isVisible()


def test_a_passport_under_the_wedge_fills_the_form_whichever_field_had_the_cursor(application: QApplication) -> None:
    with seated() as seat:
        heard = read(seat)
        type_lines(seat, SPECIMENS["passport"])
        wait_until("zone", lambda: bool(heard))
        assert seat.person.number.text() == heard[0].number
        assert str(seat.person.document.currentData()).startswith("passport")
        assert seat.person.name.text()
        assert "<" not in seat.person.name.text()
        assert not seat.begun, "its Enters begin nothing"


def test_a_number_from_a_bar_code_reader_is_typed_where_the_cursor_is(application: QApplication) -> None:
    with seated() as seat:
        seat.person.name.setText("示例")
        seat.person.number.setFocus()
        QTest.keyClicks(seat.person.number, demo_applicant().id_number)
        QTest.keyClick(seat.person.number, Qt.Key.Key_Return)
        assert [a.id_number for a in seat.begun] == [demo_applicant().id_number]


def test_a_doubtful_zone_says_what_to_look_at_and_mends_nothing(application: QApplication) -> None:
    first, second = SPECIMENS["passport"]
    spoilt = second[:9] + str((int(second[9]) + 1) % 10) + second[10:]
    with seated() as seat:
        heard = read(seat)
        type_lines(seat, (first, spoilt))
        wait_until("zone", lambda: bool(heard))
        assert heard[0].doubts
        assert all(doubt in seat.person.told.text() for doubt in heard[0].doubts)
        assert seat.person.number.text() == second[:9].strip("<")


def test_a_foreigner_s_passport_typed_by_hand_begins_a_session(application: QApplication) -> None:
    with seated() as seat:
        seat.person.document.setCurrentIndex(seat.person.document.findData("passport-foreign"))
        seat.person.name.setText("ANNA ERIKSSON")
        seat.person.number.setText("l8988901c")
        QTest.keyClick(seat.person.number, Qt.Key.Key_Return)
        assert seat.begun == [Applicant("ANNA ERIKSSON", "L8988901C", "passport-foreign")]


def test_a_number_that_cannot_be_stays_in_its_field_with_a_sentence(application: QApplication) -> None:
    with seated() as seat:
        seat.person.name.setText("某人")
        seat.person.number.setText("123")
        QTest.keyClick(seat.person.number, Qt.Key.Key_Return)
        assert [error.code for error in seat.refusals] == ["PER-101"]
        assert seat.person.number.text() == "123"
        assert not seat.begun

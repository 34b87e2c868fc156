"""签到叫号 in its window: sign in, call, miss, come back, and the called person's matter begins with who they are."""

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
from app.desk.gate import Gate
from app.desk.hall import HallDesk
from app.desk.person_reader import PersonReader, ReadPerson
from app.desk.place import DeskPlace
from app.domain.identity_card import CardType, IdentityCard
from app.domain.person import RESIDENT_ID, Applicant, check_character
from app.domain.queueing import Visit, VisitState
from app.domain.records import Officer, Role
from app.ui.bench import Bench
from app.ui.rehearsal import wait_until
from app.ui.screens.queue.view import QueueView
from app.ui.theme import Theme
from helpers.stores import saved_session
from helpers.ticket_desks import TicketPlace, ticket_place


def citizen(number: int) -> Applicant:
    first17 = f"99999919900307{number:03d}"
    return Applicant(f"示例{'甲乙丙丁戊'[number]}", first17 + check_character(first17))


@dataclass
class Seat:
    place: TicketPlace
    view: QueueView
    refusals: list[Coded]

    def comes(self, who: Applicant, *, reason: str = "未带证件") -> None:
        """Typed by hand."""
        panel = self.view.sign_in
        for line, text in ((panel.person.name, who.name), (panel.person.number, who.id_number)):
            line.setText(text)  # QTest types as fast as a wedge reader, and has no keys for Chinese
            line.textEdited.emit(text)
        panel.reason.setCurrentText(reason)
        self.press(Qt.Key.Key_F5)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.view, key)
        wait_until("done", lambda: not self.view.model.busy)
        wait_until("read", lambda: not self.view._bench.tasks.busy)

    def column(self, column: int) -> list[str]:
        table = self.view.table
        return [table.item(row, column).text() for row in range(table.rowCount())]


@contextmanager
def seated(folder: Path) -> Iterator[Seat]:
    with ticket_place(folder) as place:
        bench = Bench(cast("Gate", None), Settings.of({}), "zh_CN", Theme.load("light"))
        officer = Officer("zhang", "张示例", Role.OPERATOR)
        desk_place = DeskPlace(officer, True, "zh_CN", Settings.of({}), lambda: ())
        hall = HallDesk(place.store, place.desk, desk_place, place.clock)
        people = PersonReader(None, None, Settings.of({}), "zh_CN", place.clock, place.store.audit)
        bench.opened = cast("Desk", SimpleNamespace(hall=hall, people=people))
        seat = Seat(place, QueueView(bench), [])
        bench.refused.connect(seat.refusals.append)
        seat.view.resize(1240, 700)
        seat.view.show()
        seat.view.activateWindow()
        assert QTest.qWaitForWindowActive(seat.view, 5000)
        seat.view.enter()
        try:
            yield seat
        finally:
            seat.view.close()
            bench.tasks.stop()
            bench.opened = None


def test_signing_in_says_the_number_and_the_list_masks_who_waits(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.comes(citizen(0))
        assert seat.view.sign_in.told.text() == "B001 号，前面还有 0 人。"
        assert seat.view.sign_in.person.name.text() == "", "ready for the next person"
        assert seat.column(0) == ["B001"]
        assert seat.column(3) == ["**甲"]
        assert seat.column(4) == [f"999999{'*' * 10}{citizen(0).id_number[-2:]}"]
        assert len(seat.place.simulator.pictures) == 1


def test_by_hand_without_a_reason_nothing_is_given_and_what_was_typed_stays(
    application: QApplication, tmp_path: Path
) -> None:
    with seated(tmp_path) as seat:
        seat.comes(citizen(0), reason="")
        assert [r.code for r in seat.refusals] == ["QUE-103"]
        assert seat.view.sign_in.person.number.text() == citizen(0).id_number
        assert seat.column(0) == []


def test_a_read_card_needs_no_reason(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        who = citizen(1)
        card = IdentityCard.__new__(IdentityCard)  # only that there is one matters here
        object.__setattr__(card, "type", CardType.RESIDENT)
        seat.view.sign_in.person.fill(ReadPerson(who.name, who.id_number, RESIDENT_ID, (), card))
        seat.press(Qt.Key.Key_F5)
        assert seat.refusals == []
        assert seat.view.model.visits[0].origin == "card"


def test_called_missed_and_back_behind_the_others(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        for number in range(3):
            seat.comes(citizen(number))
        seat.press(Qt.Key.Key_F6)
        assert "B001" in seat.view.now.text()
        assert citizen(0).name in seat.view.now.text(), "the officer sees whom they call"
        assert seat.column(3)[0] == citizen(0).name
        seat.press(Qt.Key.Key_F8)
        assert seat.view.model.visits[0].state is VisitState.MISSED
        seat.view.table.selectRow(seat.column(0).index("B001"))
        seat.press(Qt.Key.Key_F9)
        assert seat.column(0) == ["B002", "B003", "B001"]


def test_taking_the_matter_tells_whose_it_is_once(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        begun: list[Visit] = []
        seat.view.begun.connect(begun.append)
        seat.comes(citizen(0))
        assert not seat.view.begin.isEnabled(), "nobody takes the matter of somebody who was not called"
        seat.press(Qt.Key.Key_F6)
        for _ in range(10):
            QTest.keyClick(seat.view, Qt.Key.Key_F2)
        wait_until("begun", lambda: bool(begun))
        wait_until("quiet", lambda: not seat.view._bench.tasks.busy)
        assert [v.applicant for v in begun] == [citizen(0)]
        assert seat.refusals == []


def test_nobody_waits_is_said_in_words(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.press(Qt.Key.Key_F6)
        assert [r.code for r in seat.refusals] == ["QUE-105"]


def test_without_a_photo_the_number_waits_for_one_and_joins_by_itself(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        panel = seat.view.sign_in
        panel.segment.setCurrentIndex(panel.segment.findData("booked"))
        saved_session(seat.place.store, seat.place.clock)
        seat.comes(citizen(3))
        assert "请先照相" in panel.told.text()
        assert seat.column(1) == ["先照相"]

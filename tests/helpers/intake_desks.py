"""A desk for walk-in matters: a real store, the shipped catalogue, the real window; and the officer's hands at it."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.config.clock import SystemClock
from app.config.matters import shipped_catalogue
from app.config.settings import Settings
from app.config.texts import Coded
from app.desk.camera_seat import CameraSeat
from app.desk.card_seat import CardSeat
from app.desk.desk import Desk
from app.desk.face_check import FaceCheckDesk
from app.desk.fees import FeeLine
from app.desk.gate import Gate
from app.desk.papers import PaperDesk
from app.desk.person_reader import PersonReader
from app.desk.registers import RegisterDesk
from app.desk.signing import SigningDesk
from app.domain.cases.case import Case
from app.domain.matters.form import Section
from app.domain.matters.matter import Matter
from app.imaging.decode import Pixels
from app.intake.catalogue import CatalogueSource
from app.intake.people import kind_of_certificate
from app.intake.room import Intake, IntakePlace, open_intake
from app.intake.typed import key_of
from app.store.store import Store
from app.sync.client import BackendClient
from app.ui.bench import Bench
from app.ui.rehearsal import wait_until
from app.ui.screens.intake.controls import ChoiceControl, YesNoControl
from app.ui.screens.intake.sheet import Sheet
from app.ui.screens.intake.view import IntakeView
from app.ui.theme import Theme
from devices.host.printer import PrinterHost
from devices.host.scanner import ScannerHost
from devices.host.signature_pad import SignaturePadHost
from helpers.audit import Remembered
from helpers.cases import OFFICER
from helpers.matter_texts import texts_of_matter
from helpers.printing_parts import printing_parts
from helpers.stores import STATION, TestClock, new_store


@dataclass
class Online:
    """Whether the back end answers; a test pulls the cable."""

    answers: bool = True


@dataclass
class Room:
    """What lies behind the window: it outlives one window, as a store outlives a sign-in."""

    store: Store
    intake: Intake
    source: CatalogueSource
    clock: TestClock
    online: Online


@contextmanager
def intake_room(store: Store, clock: TestClock, language: str = "zh_CN") -> Iterator[Room]:
    online = Online()
    source = CatalogueSource(shipped_catalogue, lambda: online.answers, language, clock)
    place = IntakePlace(OFFICER, lambda: STATION, language)
    intake = open_intake(store, source, Settings.of({}), place, clock)
    try:
        yield Room(store, intake, source, clock, online)
    finally:
        intake.close()


class NoFaces:
    """A desk without a recognition model looks at nobody."""

    def read_quick(self, pixels: Pixels) -> None:
        raise AssertionError("nobody is compared here")


@dataclass
class Hands:
    """The officer at the window. Keys go through Qt's own event queue."""

    room: Room
    view: IntakeView
    bench: Bench
    refusals: list[Coded] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    keys: int = 0
    travel_px: float = 0.0  # of a pointer that goes to every field that is filled, from the middle of one to the next
    _pointer: QPoint | None = None

    @property
    def sheet(self) -> Sheet:
        found = self.view.model.sheet
        assert found is not None, "no case is open"
        return found

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.keys += 1
        QTest.keyClick(self.view.window(), key, modifier)

    def type(self, line: QLineEdit, text: str) -> None:
        """As with a keyboard where it can be, with the input method where it cannot."""
        line.setFocus()
        line.selectAll()
        self.keys += len(text)
        if text.isascii() and not line.isReadOnly():
            QTest.keyClicks(line, text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(line, event)

    def begin(self, code: str) -> Sheet:
        picker = self.view.picker
        wait_until("catalogue", lambda: bool(picker.list.count()))
        self.type(picker.typed, code)
        wait_until("idle", lambda: not self.view.model.busy)
        self.press(Qt.Key.Key_F2)
        wait_until("case", lambda: self.view.model.sheet is not None and not self.view.model.busy)
        return self.sheet

    def person(self, title_row: int, texts: dict[str, str], reason: str = "未带证件，已另行核实身份") -> None:
        """Somebody typed by hand on the left: ``texts`` by what a card would call them."""
        panel = self.view.person
        panel.places.setCurrentIndex(title_row)
        panel.places.activated.emit(title_row)
        panel.reason.setCurrentText(reason)
        kind = kind_of_certificate(texts.get("type", "111"))
        self.type(panel.fields.name, texts["name"])
        panel.fields.document.setCurrentIndex(panel.fields.document.findData(kind))
        panel.fields.document.activated.emit(panel.fields.document.currentIndex())
        if texts.get("number"):
            self.type(panel.fields.number, texts["number"])
            QTest.qWait(0)
            wait_until("number", lambda: panel.fields.number.text() == texts["number"])

    def _go_to(self, widget: QWidget) -> None:
        here = widget.mapTo(self.view, widget.rect().center())
        way = here - (self._pointer or here)
        self.travel_px += math.hypot(way.x(), way.y())
        self._pointer = here

    def fill(self, key: str, text: str) -> None:
        """One field of the section in front."""
        editor = self.view.work.section.editors[key]
        assert editor.isVisibleTo(self.view), f"{key} is not asked"
        control = editor.control
        self._go_to(control.widget())
        self.keys += 1  # Enter, on to the next field
        if isinstance(control, YesNoControl):
            self.keys += 1
            (control.yes if text == "true" else control.no).click()
        elif isinstance(control, ChoiceControl):
            self.keys += len(text)  # typing the code finds it
            control.setCurrentIndex(control.findData(text))
            control.activated.emit(control.currentIndex())
        else:
            self.type(control, text)
        QApplication.processEvents()  # no officer fills a whole section within one turn of the event loop

    def next(self) -> None:
        self.press(Qt.Key.Key_F2)


@contextmanager
def at_the_window(
    room: Room,
    *,
    cards: CardSeat | None = None,
    scanner: ScannerHost | None = None,
    pad: SignaturePadHost | None = None,
    line: FeeLine | None = None,
    client: BackendClient | None = None,
    printer: PrinterHost | None = None,
    face_check: FaceCheckDesk | None = None,
    language: str = "zh_CN",
    theme: Theme | None = None,
) -> Iterator[Hands]:
    settings = Settings.of({})
    bench = Bench(cast("Gate", None), settings, language, theme or Theme.load("light"))
    parts = printing_parts(room.store, room.intake.drafts, room.clock, language, line, printer)
    desk = SimpleNamespace(
        intake=room.intake,
        matters=room.source,
        papers=PaperDesk(room.intake.drafts, scanner),
        people=PersonReader(cards, None, settings, language, SystemClock(), Remembered()),
        face_check=face_check or FaceCheckDesk(NoFaces(), None, cast("CameraSeat", None), 1.0, room.store.audit),
        registers=RegisterDesk(client, room.store.audit),
        **vars(parts),
        signing=SigningDesk(room.intake.drafts, pad, SystemClock()),
    )
    bench.opened = cast("Desk", desk)
    view = IntakeView(bench)
    view.resize(1240, 640)
    hands = Hands(room, view, bench)
    bench.refused.connect(hands.refusals.append)
    view.model.concluded.connect(hands.cases.append)
    view.show()
    view.activateWindow()
    assert QTest.qWaitForWindowActive(view, 5000)
    view.enter()
    try:
        yield hands
    finally:
        view.close()
        bench.tasks.stop()
        bench.opened = None
        view.deleteLater()


def take(hands: Hands, matter: Matter, texts: dict[str, str]) -> None:
    """Search, people, each section, materials, NEXT until it is a case."""
    fill_in(hands, hands.begin(matter.code).matter, texts)
    add_materials(hands)
    hands.next()


def fill_in(hands: Hands, matter: Matter, texts: dict[str, str]) -> None:
    """People and every section, up to the checks."""
    for number, place in enumerate(hands.sheet.places):
        known = {detail: texts[slot.key] for detail, slot in place.by_detail.items() if slot.key in texts}
        if place.role is not None and "name" in known:
            hands.person(number, known)
    for section in matter.form.sections:
        assert hands.sheet.section is section
        fill_section(hands, section, texts)
        hands.next()
        wait_until(f"behind {section.id}", lambda s=section: hands.sheet.section is not s, 5)  # type: ignore[misc]


def fill_section(hands: Hands, section: Section, texts: dict[str, str]) -> None:
    rows = [0]
    if section.rows:
        rows = sorted({int(key.split(".")[1]) for key in texts if key.startswith(f"{section.id}.")})
        for row in rows:
            if row not in hands.sheet.rows(section):
                hands.view.model.add_row()
    QApplication.processEvents()  # a person sees the section before filling it
    for row in rows:
        for each in section.fields:
            key = key_of(section, each, row)
            if key in texts and key not in hands.sheet.identities:
                hands.fill(key, texts[key])


def add_materials(hands: Hands) -> None:
    """A file for each mandatory one, under the cursor, by key."""
    panel = hands.view.materials
    until = time.monotonic() + 20
    while hands.sheet.assessment.missing:
        assert time.monotonic() < until
        wanted = hands.sheet.assessment.missing[0].material.id
        for row in range(panel.list.count()):
            if panel.list.item(row).data(Qt.ItemDataRole.UserRole) == (wanted, ""):
                panel.list.setCurrentRow(row)
        count = len(hands.sheet.papers)
        hands.press(Qt.Key.Key_F6)
        wait_until("paper", lambda n=count: len(hands.sheet.papers) > n, 10)  # type: ignore[misc]


@contextmanager
def at_the_desk(folder: Path) -> Iterator[tuple[Room, Hands]]:
    clock = TestClock()
    store, _, _ = new_store(folder / "data", clock)
    with closing(store), intake_room(store, clock) as room, at_the_window(room) as hands:
        yield room, hands


def filled(hands: Hands, code: str) -> None:
    """A new case of the matter, typed up to the checks."""
    hands.begin(code)
    fill_in(hands, hands.sheet.matter, texts_of_matter(code))

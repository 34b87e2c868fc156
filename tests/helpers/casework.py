"""The desk of cases over a real store with a small catalogue, and papers that look like something."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from PIL import Image
from PySide6.QtWidgets import QApplication

from app.config.matters import Catalogue
from app.config.settings import Settings
from app.desk.casework import CaseworkDesk
from app.desk.desk import Desk
from app.desk.gate import Gate
from app.desk.place import DeskPlace
from app.domain.cases.application import ONLINE
from app.domain.cases.case import Case, PersonRole
from app.domain.cases.matter import MatterFacts
from app.domain.cases.workflow import CaseEvent
from app.intake.catalogue import CatalogueSource
from app.intake.room import Intake
from app.photo.standards import load_standards
from app.store.drafts import Paper
from app.store.store import Store
from app.ui.bench import Bench
from app.ui.rehearsal import wait_until
from app.ui.theme import Theme
from helpers.cases import (
    CERTIFICATE,
    MOVE_IN,
    OFFICER,
    PLACE,
    RULES,
    accept,
    drawn_name,
    intake_on,
    new_case,
    order,
    person,
)
from helpers.printing_parts import printing_parts
from helpers.stores import TestClock, new_store

EMPTY_CATALOGUE = Catalogue((), (), (), (), (), frozenset())
TO_VERIFICATION = (CaseEvent.ACCEPT, CaseEvent.START_APPROVAL, CaseEvent.APPROVE)


def paper_jpeg(colour: tuple[int, int, int] = (250, 248, 240), size: tuple[int, int] = (420, 594)) -> bytes:
    """A page of one colour."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG")
    return file.getvalue()


@dataclass
class Counter:
    """A window's surroundings: bench, store, clock, and the desk of cases behind them."""

    bench: Bench
    store: Store
    intake: Intake
    desk: CaseworkDesk
    clock: TestClock
    refusals: list[str]

    def settle(self) -> None:
        """Every question is answered, and what followed from the answers too."""
        for _ in range(4):
            wait_until("an answer", lambda: not self.bench.tasks.busy, 20)
            QApplication.processEvents()

    def case(self, name: str = "欧阳𬱖", serial: int = 1, matter: MatterFacts = CERTIFICATE) -> Case:
        """Accepted at the window."""
        new = new_case(matter, people=(person(PersonRole.APPLICANT, name, serial),))
        return self.store.cases.take_on(new, PLACE, (accept(),), RULES)

    def online_case(self, number: str = "YKB-1", *events: CaseEvent, name: str = "欧阳𬱖", serial: int = 1) -> Case:
        """Applied for online with two papers, then taken through ``events``."""
        people = (person(PersonRole.APPLICANT, name, serial),)
        new = new_case(MOVE_IN, people=people, channel=ONLINE, outside_number=number, by_post=True)
        case = self.store.cases.take_on(new, PLACE, (), RULES)
        for item, words in (("marriage-certificate", "结婚证"), ("household-book", "居民户口簿")):
            self.store.drafts.keep_material(case.id, Paper(item, words, ONLINE, "image/jpeg", paper_jpeg()), "zhang")
        for event in events:
            case = self.store.cases.move(case.id, order(event), RULES)
        return case

    def crowd(self, count: int) -> None:
        """That many cases of invented people, received over some days, in many states."""
        draw = random.Random(7)
        for number in range(count):
            if number % 10 == 9:
                self.clock.forward(hours=9)
            if number % 6 == 0:
                way = TO_VERIFICATION[: draw.randrange(4)]
                self.online_case(f"YKB2026{number:06}", *way, name=drawn_name(draw), serial=number)
            else:
                case = self.case(drawn_name(draw), number, MOVE_IN if number % 2 else CERTIFICATE)
                if draw.random() < 0.4:
                    for event in (CaseEvent.DO_ON_THE_SPOT, CaseEvent.HANDLE, CaseEvent.COMPLETE):
                        self.store.cases.move(case.id, order(event), RULES)


@contextmanager
def counter(root: Path, language: str = "zh_CN") -> Iterator[Counter]:
    """An officer at the counter; nothing is asked of any network."""
    clock = TestClock()
    store = new_store(root, clock)[0]
    intake = intake_on(store, clock)
    place = DeskPlace(OFFICER, False, language, Settings.of({}), load_standards)
    matters = CatalogueSource(lambda: EMPTY_CATALOGUE, lambda: False, language, clock)
    desk = CaseworkDesk(intake, store, place, matters, clock, None)
    bench = Bench(cast("Gate", None), place.settings, language, Theme.load("light"))
    parts = printing_parts(store, intake.drafts, clock, language)
    bench.opened = cast("Desk", SimpleNamespace(casework=desk, intake=intake, **vars(parts)))
    refusals: list[str] = []
    bench.refused.connect(lambda error: refusals.append(error.code))
    try:
        yield Counter(bench, store, intake, desk, clock, refusals)
    finally:
        bench.tasks.stop()
        bench.opened = None
        intake.close()
        store.close()

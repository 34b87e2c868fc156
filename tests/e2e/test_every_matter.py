"""Each of the 195 window matters taken by an officer's hands in the real window, from the search to the printed receipt."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from app.config.matters import shipped_catalogue
from app.domain.cases.case import PersonRole
from app.domain.cases.workflow import CaseState
from app.domain.matters.matter import Matter
from app.intake.typed import texts_of
from app.ui.application import make_application
from app.ui.rehearsal import wait_until
from app.ui.theme import Theme
from devices.host.printer import PrinterHost
from devices.simulators.escpos.server import PrinterSimulator
from helpers.intake_desks import Hands, at_the_window, intake_room, take
from helpers.pictures import portrait_jpeg
from helpers.printers import hosted, simulated
from helpers.stores import TestClock, new_store

CODES = [matter.code for matter in shipped_catalogue().matters]
# Every police line, the longest forms, rows of people, an online one.
SAMPLE = frozenset(
    {"ZA-001", "ZA-004", "RK-001", "RK-021", "RK-030", "RK-050", "RK-078", "RK-100", "RK-147", "JJ-001", "JJ-020", "CR-001"}
)


@dataclass
class Receipts:
    """The receipt printer of all the cases of this module, and its paper."""

    simulator: PrinterSimulator
    host: PrinterHost


@pytest.fixture(scope="module")
def qt() -> QApplication:
    return make_application("zh_CN", Theme.load("light"))


@pytest.fixture(scope="module")
def receipts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Receipts]:
    with simulated(tmp_path_factory.mktemp("printer")) as (simulator, address), hosted(address) as host:
        yield Receipts(simulator, host)


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "paper.jpg"
    path.write_bytes(portrait_jpeg(width=300, height=400))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))


def _codes() -> list[object]:
    return [code if code in SAMPLE else pytest.param(code, marks=pytest.mark.exhaustive) for code in CODES]


@contextmanager
def window(code: str, folder: Path, receipts: Receipts) -> Iterator[tuple[Matter, Hands]]:
    """On the day of the matter's first example."""
    matter = shipped_catalogue().matter(code)
    clock = TestClock()
    clock.time = datetime.combine(matter.examples[0].today, clock.time.timetz())
    store, _, _ = new_store(folder / "data", clock)
    with closing(store), intake_room(store, clock) as room, at_the_window(room, printer=receipts.host) as hands:
        yield matter, hands


def require_accepted_and_receipted(matter: Matter, hands: Hands, receipts: Receipts) -> None:
    """The case holds what was typed; its receipt is drawn, and printed by one key."""
    wait_until("accepted", lambda: bool(hands.cases), 20)
    example = matter.examples[0]
    assert not hands.refusals
    case = hands.room.intake.cases.case(hands.cases[0].id)
    assert case.state is CaseState.ACCEPTED
    assert case.content.matter.code == matter.code
    applicant = case.content.person(PersonRole.APPLICANT)
    assert applicant is not None
    assert applicant.id_number == example.filling.values["applicant_number"]
    kept = {name: value.value for name, value in case.content.fields.items() if value.value}
    assert kept == texts_of(matter.form, example.filling)
    assert case.number in hands.view.outcome.number.text()
    handout = hands.view.outcome.handout.model
    wait_until("receipt drawn", lambda: bool(handout.pages))
    assert handout.chosen is not None
    assert handout.chosen.id == "acceptance-receipt"
    before = len(receipts.simulator.pictures)
    hands.press(Qt.Key.Key_F6)
    wait_until("receipt printed", lambda: "已打印" in hands.view.outcome.handout.told.text())
    assert len(receipts.simulator.pictures) == before + 1
    assert case.number.encode() in bytes(receipts.simulator.received)


@pytest.mark.parametrize("code", _codes())
def test_a_matter_is_taken_from_the_search_to_the_printed_receipt(
    code: str, qt: QApplication, tmp_path: Path, paper: None, receipts: Receipts
) -> None:
    with window(code, tmp_path, receipts) as (matter, hands):
        take(hands, matter, texts_of(matter.form, matter.examples[0].filling))
        require_accepted_and_receipted(matter, hands, receipts)


@pytest.mark.parametrize("code", _codes())
def test_without_the_back_end_a_matter_is_taken_all_the_same_or_waits_with_nothing_lost(
    code: str, qt: QApplication, tmp_path: Path, paper: None, receipts: Receipts
) -> None:
    with window(code, tmp_path, receipts) as (matter, hands):
        hands.room.online.answers = False
        texts = texts_of(matter.form, matter.examples[0].filling)
        take(hands, matter, texts)
        if matter.offline:
            require_accepted_and_receipted(matter, hands, receipts)
            return
        wait_until("told", lambda: bool(hands.refusals))
        assert [error.code for error in hands.refusals] == ["INT-104"]
        draft = hands.sheet.draft_id
        assert {k: v.value for k, v in hands.room.intake.drafts.draft(draft).fields.items() if v.value} == texts
        hands.room.online.answers = True
        hands.refusals.clear()
        hands.view.model.change("applicant_phone", texts.get("applicant_phone", ""))
        hands.next()
        require_accepted_and_receipted(matter, hands, receipts)

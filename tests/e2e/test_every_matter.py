"""Each of the 195 window matters taken by an officer's hands in the real window, from the search to the accepted case."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.config.matters import shipped_catalogue
from app.domain.cases.case import PersonRole
from app.domain.cases.workflow import CaseState
from app.intake.typed import texts_of
from app.ui.application import make_application
from app.ui.rehearsal import wait_until
from app.ui.theme import Theme
from helpers.intake_desks import at_the_window, intake_room, take
from helpers.pictures import portrait_jpeg
from helpers.stores import TestClock, new_store

CODES = [matter.code for matter in shipped_catalogue().matters]
# Every police line, the longest forms, rows of people, an online one.
SAMPLE = frozenset(
    {"ZA-001", "ZA-004", "RK-001", "RK-021", "RK-030", "RK-050", "RK-078", "RK-100", "RK-147", "JJ-001", "JJ-020", "CR-001"}
)


@pytest.fixture(scope="module")
def qt() -> QApplication:
    return make_application("zh_CN", Theme.load("light"))


def _codes() -> list[object]:
    return [code if code in SAMPLE else pytest.param(code, marks=pytest.mark.exhaustive) for code in CODES]


@pytest.mark.parametrize("code", _codes())
def test_a_matter_is_taken_from_the_search_to_the_accepted_case(
    code: str, qt: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = shipped_catalogue().matter(code)
    example = matter.examples[0]
    clock = TestClock()
    clock.time = datetime.combine(example.today, clock.time.timetz())
    paper = tmp_path / "paper.jpg"
    paper.write_bytes(portrait_jpeg(width=300, height=400))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(paper)], ""))
    store, _, _ = new_store(tmp_path / "data", clock)
    with intake_room(store, clock) as room, at_the_window(room) as hands:
        take(hands, matter, texts_of(matter.form, example.filling))
        wait_until("accepted", lambda: bool(hands.cases), 20)
        assert not hands.refusals
        case = room.intake.cases.case(hands.cases[0].id)
        assert case.state is CaseState.ACCEPTED
        assert case.content.matter.code == code
        applicant = case.content.person(PersonRole.APPLICANT)
        assert applicant is not None
        assert applicant.id_number == example.filling.values["applicant_number"]
        kept = {name: value.value for name, value in case.content.fields.items() if value.value}
        assert kept == texts_of(matter.form, example.filling)
        assert case.number in hands.view.outcome.number.text()
    store.close()

"""后台资料 in the form: what the back end's registers know is there, marked as theirs, and never over a hand's word."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.config.matters import shipped_catalogue
from app.domain.audit import AuditQuery
from app.domain.cases.case import Provenance
from app.domain.matters.form import Origin
from app.intake.prefill import register_fields, register_texts
from app.sync.client import BackendClient
from app.ui.rehearsal import wait_until
from helpers.intake_desks import Hands, at_the_desk, at_the_window, fill_in, intake_room
from helpers.library import window
from helpers.matter_texts import texts_of_matter
from helpers.stores import TestClock, new_store

NUMBER = "999999199503010016"


def with_registers() -> list[str]:
    """Matters whose applicant the registers can know."""
    return [m.code for m in shipped_catalogue().matters if "applicant_nation" in register_fields(m.form)]


@contextmanager
def at_a_connected_window(folder: Path) -> Iterator[Hands]:
    with (
        window(folder) as (_, store, _, client, clock),
        intake_room(store, clock) as room,
        at_the_window(room, client=client) as hands,
    ):
        yield hands


@contextmanager
def at_a_window_without_a_network(folder: Path) -> Iterator[Hands]:
    clock = TestClock()
    store, _, _ = new_store(folder / "data", clock)
    client = BackendClient("http://127.0.0.1:9", "terminal", "Password-1", terminal="T1")
    with closing(store), closing(client), intake_room(store, clock) as room, at_the_window(room, client=client) as hands:
        yield hands


def applicant_typed(hands: Hands, code: str) -> None:
    hands.begin(code)
    hands.person(0, {"name": "测试甲", "number": NUMBER, "type": "111"})
    hands.view.model.look_up()
    wait_until("answered", lambda: not hands.bench.tasks.busy)


def test_a_blank_field_is_filled_from_the_registers_and_says_so(application: QApplication, tmp_path: Path) -> None:
    with at_a_connected_window(tmp_path) as hands:
        applicant_typed(hands, with_registers()[0])
        value = hands.sheet.value("applicant_nation")
        assert (value.value, value.provenance) == ("01", Provenance.BACKEND)
        assert hands.view.work.section.editors["applicant_nation"].badge.text() == "后台"
        (asked,) = hands.room.store.audit.find(AuditQuery(event="registers-asked"))
        assert asked.person == NUMBER
        kept = hands.room.intake.drafts.draft(hands.sheet.draft_id).fields["applicant_nation"]
        assert kept.provenance is Provenance.BACKEND


def test_what_a_hand_wrote_stays_and_the_registers_are_asked_once(application: QApplication, tmp_path: Path) -> None:
    with at_a_connected_window(tmp_path) as hands:
        hands.begin(with_registers()[0])
        hands.view.model.change("applicant_nation", "02")
        hands.person(0, {"name": "测试甲", "number": NUMBER, "type": "111"})
        for _ in range(4):
            hands.view.model.look_up()
            wait_until("answered", lambda: not hands.bench.tasks.busy)
        assert hands.sheet.value("applicant_nation").value == "02"
        assert len(hands.room.store.audit.find(AuditQuery(event="registers-asked"))) == 1


def test_without_an_answer_the_form_is_typed_and_the_checks_say_so(application: QApplication, tmp_path: Path) -> None:
    with at_a_window_without_a_network(tmp_path) as hands:
        code = with_registers()[0]
        hands.begin(code)
        fill_in(hands, hands.sheet.matter, texts_of_matter(code))
        wait_until("asked", lambda: hands.sheet.registers_silent)
        assert any("后台资料" in line.text for line in hands.view.work.checks.lines)
        assert not hands.refusals, "no banner across the form"


def test_a_register_answers_only_what_the_form_asks_it_for() -> None:
    form = shipped_catalogue().matter(with_registers()[0]).form
    answered = {"applicant_nation": "01", "applicant_name": "别人", "no_such_field": "1", "applicant_sex": "7"}
    assert register_texts(form, answered) == {"applicant_nation": "01"}


@pytest.mark.parametrize("code", [m.code for m in shipped_catalogue().matters if register_fields(m.form)][::12])
def test_what_is_asked_of_the_registers_is_what_the_catalogue_says(code: str) -> None:
    form = shipped_catalogue().matter(code).form
    said = {
        field.id: tuple(source.detail for source in field.prefill if source.origin is Origin.BACK_END)
        for section in form.sections
        if not section.rows
        for field in section.fields
    }
    assert register_fields(form) == {key: names for key, names in said.items() if names}


def shared() -> tuple[str, str]:
    """A matter and one of its materials that the source says somebody shares electronically."""
    return next(
        (m.code, need.material.id) for m in shipped_catalogue().matters for need in m.materials if need.material.provider
    )


def at_material(hands: Hands, item: str) -> None:
    panel = hands.view.materials
    rows = [panel.list.item(row).data(Qt.ItemDataRole.UserRole)[0] for row in range(panel.list.count())]
    panel.list.setCurrentRow(rows.index(item))


def test_an_electronic_licence_becomes_the_material_it_serves_as(application: QApplication, tmp_path: Path) -> None:
    code, item = shared()
    with at_a_connected_window(tmp_path) as hands:
        applicant_typed(hands, code)
        at_material(hands, item)
        hands.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        wait_until("paper", lambda: bool(hands.sheet.papers))
        (paper,) = hands.sheet.papers
        assert (paper.item, paper.origin, paper.media_type) == (item, "e-licence", "application/pdf")
        assert item not in [asked.material.id for asked in hands.sheet.assessment.missing]
        assert not hands.refusals


def test_who_has_no_licence_or_no_number_is_told_and_nothing_is_attached(application: QApplication, tmp_path: Path) -> None:
    code, item = shared()
    with at_a_connected_window(tmp_path) as hands:
        hands.begin(code)
        at_material(hands, item)
        hands.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        wait_until("told", lambda: bool(hands.refusals))
        assert hands.refusals[0].code == "INT-116"
        assert not hands.sheet.papers


def test_without_a_back_end_no_licence_is_offered(application: QApplication, tmp_path: Path) -> None:
    with at_the_desk(tmp_path) as (_, hands):
        hands.begin(shared()[0])
        assert not hands.view.materials.licence.isVisible()

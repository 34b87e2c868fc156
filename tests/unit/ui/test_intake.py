"""受理, in an officer's hands: from the card to the receipt, with what goes wrong in between."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.config.matters import shipped_catalogue
from app.desk.face_check import FaceCheckDesk, FaceMatch
from app.domain.cases.case import DraftState, PersonRole, Provenance
from app.domain.cases.query import CaseQuery
from app.domain.cases.workflow import CaseState
from app.domain.errors import BadInput
from app.intake.typed import key_of, texts_of
from app.ui.rehearsal import wait_until
from app.ui.screens.intake.controls import LineControl
from app.ui.screens.intake.sheet import Way
from devices.ports.card_photo import HEIGHT, WIDTH, CardPicture
from helpers.card_seats import card_reader
from helpers.intake_desks import Hands, add_materials, at_the_desk, at_the_window, fill_in, filled, intake_room, take
from helpers.matter_texts import texts_of_matter
from helpers.stores import TestClock, new_store

REASON = "未带证件，已另行核实身份"
PLAIN, WITH_MATERIAL, CERTIFICATE = "RK-036", "RK-030", "RK-100"


def way(hands: Hands) -> Way:
    return hands.sheet.way


# -- finding a matter --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "code"), [("RK-030", "RK-030"), ("gnhsye", "RK-001"), ("养犬", "ZA-002"), ("夫妻 农村", "RK-031")]
)
def test_a_matter_is_found_by_code_initials_and_words(
    typed: str, code: str, application: QApplication, tmp_path: Path
) -> None:
    with at_the_desk(tmp_path) as (_, hands):
        picker = hands.view.picker
        wait_until("catalogue", lambda: picker.list.count() == 195)
        hands.type(picker.typed, typed)
        found = [picker.list.item(row).text()[:6] for row in range(picker.list.count())]
        assert code in found[:3]
        assert len(found) < 195
        hands.type(picker.typed, "没有这样的事项")
        assert picker.list.count() == 0
        assert not picker.begin.isEnabled()


def test_what_is_taken_often_stands_first(application: QApplication, tmp_path: Path, paper: Path) -> None:
    with at_the_desk(tmp_path) as (_, hands):
        take(hands, shipped_catalogue().matter(CERTIFICATE), texts_of_matter(CERTIFICATE))
        wait_until("case", lambda: bool(hands.cases))
        hands.next()
        assert hands.view.picker.list.item(0).text().startswith(CERTIFICATE)


# -- the person --------------------------------------------------------------------------------------------


def test_a_card_fills_the_applicant_and_says_so_and_is_changed_only_with_a_reason(
    application: QApplication, tmp_path: Path
) -> None:
    clock = TestClock()
    store, _, _ = new_store(tmp_path / "data", clock)
    with (
        closing(store),
        card_reader("kind=resident&seed=3") as cards,
        intake_room(store, clock) as room,
        at_the_window(room, cards=cards) as hands,
    ):
        sheet = hands.begin(PLAIN)
        hands.press(Qt.Key.Key_F3)
        wait_until("card", lambda: sheet.value("applicant_number").provenance is Provenance.CARD)
        for key in ("applicant_name", "applicant_document", "applicant_sex", "applicant_birth", "applicant_address"):
            assert sheet.value(key).value, key
            assert hands.view.work.section.editors[key].badge.text() == "证件"
        assert not sheet.unreasoned
        address = hands.view.work.section.editors["applicant_address"]
        read = sheet.value("applicant_address").value
        assert isinstance(address.control, LineControl)
        QTest.keyClicks(address.control, "9")
        assert sheet.value("applicant_address").value == read, "what the card said is locked"
        assert hands.view.person.fields.name.isReadOnly()
        address.mend.click()
        address.reason.setCurrentText("信息已变更")
        QTest.keyClicks(address.control, "9")
        now = sheet.value("applicant_address")
        assert (now.value, now.provenance, now.reason) == (f"{read}9", Provenance.HAND, "信息已变更")
        assert address.badge.text() == "手工"
        assert not hands.refusals


def test_somebody_typed_by_hand_needs_a_reason_before_next_goes_on(application: QApplication, tmp_path: Path) -> None:
    with at_the_desk(tmp_path) as (_, hands):
        sheet = hands.begin(PLAIN)
        known = {"name": "测试甲", "type": "111", "number": "999999199503010016"}
        hands.person(0, known, reason="")
        hands.next()
        editor = hands.view.work.section.editors["applicant_name"]
        assert sheet.step == 0
        assert "原因" in editor.wrong.text()
        assert hands.view.person.reason.hasFocus()
        hands.view.person.reason.setCurrentText(REASON)
        assert (sheet.value("applicant_number").reason, sheet.value("applicant_name").reason) == (REASON, REASON)
        hands.next()
        assert sheet.step == 1
        assert not editor.wrong.text()


def test_agent_and_people_who_move_along_are_people_of_their_own(
    application: QApplication, tmp_path: Path, paper: Path
) -> None:
    matter = shipped_catalogue().matter(WITH_MATERIAL)
    companions = matter.form.section("companions")
    assert companions is not None
    name, number, relation = (key_of(companions, field, 1) for field in companions.fields)
    known = texts_of_matter(WITH_MATERIAL) | {name: "测试丙", number: "999999201009010053", relation: "20"}
    known |= {"agent_name": "测试乙", "agent_document": "111", "agent_number": "999999199604020029", "agent_relation": "12"}
    with at_the_desk(tmp_path) as (_, hands):
        take(hands, matter, known)
        wait_until("case", lambda: bool(hands.cases))
        people = {person.role: person.name for person in hands.cases[0].content.people}
        assert people[PersonRole.APPLICANT] == "测试甲"
        assert people[PersonRole.ACCOMPANYING] == "测试丙"
        assert people[PersonRole.AGENT] == "测试乙"


class Compared:
    """A recognition model that answers what it is told to."""

    offered = True

    def __init__(self, answer: FaceMatch | BadInput) -> None:
        self.answer = answer
        self.numbers: list[str] = []

    def compare(self, chip: CardPicture, number: str) -> FaceMatch:
        self.numbers.append(number)
        if isinstance(self.answer, BadInput):
            raise self.answer
        return self.answer


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (FaceMatch(0.81, 0.363, 1), ("相似", "0.810", "0.363", "请您判断")),
        (FaceMatch(0.12, 0.363, 2), ("相似度不够", "0.120", "不止一张脸", "请您判断")),
        (BadInput("FCE-103"), ()),
    ],
)
def test_the_chip_s_photo_is_compared_with_the_live_face_and_the_officer_decides(
    answer: FaceMatch | BadInput, words: tuple[str, ...], application: QApplication, tmp_path: Path
) -> None:
    check = Compared(answer)
    clock = TestClock()
    store, _, _ = new_store(tmp_path / "data", clock)
    with (
        closing(store),
        intake_room(store, clock) as room,
        at_the_window(room, face_check=cast("FaceCheckDesk", check)) as hands,
    ):
        hands.begin(PLAIN)
        panel = hands.view.person
        assert not panel.compare.isVisible(), "without a photo there is nothing to compare"
        panel._photographed(panel._shown, "999999199503010016", CardPicture(bytes(WIDTH * HEIGHT * 3)))
        hands.press(Qt.Key.Key_F3, Qt.KeyboardModifier.ControlModifier)
        wait_until("compared", lambda: not hands.bench.tasks.busy)
        assert check.numbers == ["999999199503010016"]
        assert all(word in panel.match.text() for word in words)
        assert [error.code for error in hands.refusals] == ([] if words else ["FCE-103"])
        hands.view.model.leave()
        hands.begin(PLAIN)
        assert not panel.match.text(), "nothing of it stays beside the next person"
        assert not panel.compare.isVisible()


def test_what_an_earlier_case_knows_is_there_and_marked(application: QApplication, tmp_path: Path, paper: Path) -> None:
    with at_the_desk(tmp_path) as (_, hands):
        take(hands, shipped_catalogue().matter(CERTIFICATE), texts_of_matter(CERTIFICATE))
        wait_until("case", lambda: bool(hands.cases))
        hands.next()
        sheet = hands.begin(PLAIN)
        hands.person(0, {"name": "测试甲", "type": "111", "number": "999999199503010016"})
        QTest.keyClick(hands.view.person.fields.number, Qt.Key.Key_Return)
        wait_until("earlier", lambda: bool(sheet.value("applicant_phone").value))
        assert sheet.value("applicant_phone").provenance is Provenance.EARLIER_CASE
        assert hands.view.work.section.editors["applicant_phone"].badge.text() == "以前办件"


# -- the form ----------------------------------------------------------------------------------------------


def test_next_stops_at_the_first_blank_field_and_says_which(application: QApplication, tmp_path: Path) -> None:
    with at_the_desk(tmp_path) as (_, hands):
        sheet = hands.begin(PLAIN)
        hands.person(0, {"name": "测试甲", "type": "111", "number": "999999199503010016"})
        hands.next()
        hands.next()
        editor = hands.view.work.section.editors["joiner_name"]
        assert sheet.step == 1
        assert editor.wrong.isVisible()
        assert "投靠人姓名" in editor.wrong.text()
        assert editor.control.widget().hasFocus()


@pytest.mark.parametrize(
    ("code", "key", "typed", "mended"),
    [
        ("RK-050", "work_months", "四十", "40"),
        ("RK-050", "pension_months", "9999", "40"),
        ("RK-001", "child_birth", "20261332", "20261110"),
        ("RK-036", "joiner_number", "99999920100901005", "999999201009010053"),
        ("RK-036", "joiner_phone", "无", "02300000000"),
    ],
)
def test_a_field_refuses_what_it_cannot_mean_with_its_own_sentence_and_keeps_it(
    code: str, key: str, typed: str, mended: str, application: QApplication, tmp_path: Path
) -> None:
    with at_the_desk(tmp_path) as (room, hands):
        sheet = hands.begin(code)
        step = next(n for n, s in enumerate(sheet.matter.form.sections) if key in {f.id for f in s.fields})
        hands.view.model.go(step)
        hands.fill(key, typed)
        hands.next()
        editor = hands.view.work.section.editors[key]
        assert sheet.step == step
        assert editor.wrong.isVisible()
        assert room.intake.drafts.draft(sheet.draft_id).fields[key].value == typed, "nothing typed is lost"
        hands.fill(key, mended)
        assert key not in sheet.assessment.wrong
        assert not editor.wrong.isVisible()


def test_a_question_appears_when_its_condition_holds(application: QApplication, tmp_path: Path) -> None:
    with at_the_desk(tmp_path) as (_, hands):
        sheet = hands.begin(PLAIN)
        step = next(n for n, s in enumerate(sheet.matter.form.sections) if s.id == "minor_facts")
        hands.view.model.go(step)
        asked = hands.view.work.section.editors["joins_raising_parent"]
        assert not asked.isVisible()
        hands.fill("parents_divorced", "true")
        assert asked.isVisible()
        assert "*" in asked.name.text()
        hands.fill("parents_divorced", "false")
        assert not asked.isVisible()


# -- checks, materials, the end ----------------------------------------------------------------------------


def test_ten_presses_make_one_case(application: QApplication, tmp_path: Path, paper: Path) -> None:
    with at_the_desk(tmp_path) as (room, hands):
        filled(hands, PLAIN)
        add_materials(hands)
        for _ in range(10):
            hands.next()
        wait_until("case", lambda: bool(hands.cases) and not hands.view.model.busy)
        assert room.intake.cases.total(CaseQuery()) == 1
        assert room.intake.drafts.unfinished() == ()
        assert not hands.refusals


def test_a_missing_material_is_told_once_the_case_waits_and_is_taken_up_again(
    application: QApplication, tmp_path: Path, paper: Path
) -> None:
    with at_the_desk(tmp_path) as (room, hands):
        filled(hands, WITH_MATERIAL)
        assert way(hands) is Way.TELL
        draft = hands.sheet.draft_id
        hands.next()
        assert hands.view.pages.currentWidget() is hands.view.tell
        assert "结婚证" in hands.view.tell.text.toPlainText()
        hands.next()
        wait_until("parked", lambda: hands.view.model.sheet is None and bool(hands.view.model.drafts))
        (parked,) = room.intake.drafts.unfinished()
        assert parked.state is DraftState.PARKED
        assert any("结婚证" in line for line in parked.missing)
        outcome = hands.view.outcome
        wait_until("notice", lambda: bool(outcome.handout.model.pages))
        assert hands.view.pages.currentWidget() is outcome
        assert [offer.id for offer in outcome.handout.model.offers] == ["one-time-notice"]
        hands.view.drafts.list.setCurrentRow(0)
        hands.view.drafts.resume.click()
        wait_until("taken up", lambda: hands.view.model.sheet is not None)
        assert hands.sheet.draft_id == draft
        add_materials(hands)
        hands.view.model.go(99)
        assert way(hands) is Way.ACCEPT
        hands.next()
        wait_until("case", lambda: bool(hands.cases))
        assert [p.name for p in room.intake.cases.materials(draft)] == [paper.name]


def test_a_rule_that_forbids_leads_to_a_refusal_with_its_sentence_as_reason(
    application: QApplication, tmp_path: Path
) -> None:
    matter, example = next(
        (m, e) for m in shipped_catalogue().matters for e in m.examples if e.verdict and e.verdict.value == "refuse"
    )
    with at_the_desk(tmp_path) as (room, hands):
        hands.begin(matter.code)
        fill_in(hands, matter, texts_of(matter.form, example.filling))
        assert way(hands) is Way.REFUSE
        sentence = hands.sheet.assessment.refusing[0].zh
        assert any(line.sign == "fail" and sentence in line.text for line in hands.view.work.checks.lines)
        hands.next()
        assert hands.view.refuse.text.toPlainText().startswith(sentence)
        hands.next()
        wait_until("case", lambda: bool(hands.cases))
        assert hands.cases[0].state is CaseState.NOT_ACCEPTED
        assert sentence in room.intake.cases.nodes(hands.cases[0].id)[0].step.opinion
        assert "不予受理" in hands.view.outcome.heading.text()


def test_a_refusal_without_a_reason_is_none(application: QApplication, tmp_path: Path) -> None:
    with at_the_desk(tmp_path) as (room, hands):
        filled(hands, PLAIN)
        hands.press(Qt.Key.Key_F9)
        hands.next()
        wait_until("refused", lambda: bool(hands.refusals))
        assert hands.refusals[0].code == "CSE-102"
        assert room.intake.cases.total(CaseQuery()) == 0
        hands.press(Qt.Key.Key_Escape)
        assert hands.view.pages.currentWidget() is hands.view.work


def test_what_the_officer_has_to_make_sure_of_is_ticked_first_and_stands_in_the_log(
    application: QApplication, tmp_path: Path, paper: Path
) -> None:
    with at_the_desk(tmp_path) as (room, hands):
        hands.begin(PLAIN)
        known = texts_of_matter(PLAIN) | {"applicant_number": "999999199503010017"}  # the check character does not fit
        fill_in(hands, hands.sheet.matter, known)
        add_materials(hands)
        assert way(hands) is Way.SURE
        hands.next()
        assert [error.code for error in hands.refusals] == ["INT-108"]
        assert not hands.cases
        hands.view.work.checks.ticks[0].click()
        hands.next()
        wait_until("case", lambda: bool(hands.cases))
        assert "已核实" in room.intake.cases.nodes(hands.cases[0].id)[0].step.opinion


def test_a_second_case_of_the_same_person_and_matter_is_told_of(
    application: QApplication, tmp_path: Path, paper: Path
) -> None:
    with at_the_desk(tmp_path) as (_, hands):
        take(hands, shipped_catalogue().matter(PLAIN), texts_of_matter(PLAIN))
        wait_until("case", lambda: bool(hands.cases))
        hands.next()
        filled(hands, PLAIN)
        number = hands.cases[0].number
        wait_until("told", lambda: any(number in line.text for line in hands.view.work.checks.lines))
        assert way(hands) in {Way.ACCEPT, Way.TELL}, "the officer decides"


def test_without_the_back_end_an_online_matter_waits(application: QApplication, tmp_path: Path, paper: Path) -> None:
    code = next(m.code for m in shipped_catalogue().matters if not m.offline)
    with at_the_desk(tmp_path) as (room, hands):
        room.online.answers = False
        filled(hands, code)
        add_materials(hands)
        assert way(hands) is Way.WAIT
        hands.next()
        assert [error.code for error in hands.refusals] == ["INT-104"]
        room.online.answers = True
        hands.view.model.go(0)
        hands.view.model.change("applicant_phone", "02300000001")
        assert way(hands) is Way.ACCEPT

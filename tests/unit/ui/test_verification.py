"""核验 on the screen: who waits, the uploaded paper beside the original, what was found, 投递 and 揽收 with a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.cases.verification import Stage
from app.domain.cases.workflow import CaseEvent, CaseState
from app.domain.errors import NotAllowed
from app.ui.rehearsal import wait_until
from app.ui.screens.cases.verification_page import VerificationPage
from app.ui.screens.cases.view import CasesView
from helpers.cases import id_number
from helpers.casework import TO_VERIFICATION, Counter, counter, paper_jpeg

HANDLED = (*TO_VERIFICATION, CaseEvent.VERIFY, CaseEvent.HANDLE)


@dataclass
class Screen:
    view: CasesView
    counter: Counter

    @property
    def page(self) -> VerificationPage:
        return self.view.verification

    def enter(self, stage: Stage = Stage.VERIFY) -> None:
        self.page.stage.setCurrentIndex(self.page.stage.findData(stage))
        if self.view.tabs.currentWidget() is self.page:
            self.page.enter()
        self.view.tabs.setCurrentWidget(self.page)
        self.counter.settle()

    def names(self) -> list[str]:
        return [self.page.table.item(row, 1).text() for row in range(self.page.table.rowCount())]

    def found(self) -> list[str]:
        return [self.page.papers.item(row, 1).text() for row in range(self.page.papers.rowCount())]

    def step_words(self) -> list[str]:
        return [b.accessibleName() for b in self.page.steps.buttons if not b.isHidden()]

    def press(self, word: str) -> None:
        next(b for b in self.page.steps.buttons if not b.isHidden() and b.accessibleName() == word).click()
        self.counter.settle()

    def state(self, case_id: str) -> CaseState:
        return self.counter.store.cases.case(case_id).state

    def key_content(self, case_id: str) -> str:
        return self.counter.store.cases.nodes(case_id)[-1].step.key_content


@pytest.fixture
def screen(application: QApplication, tmp_path: Path) -> Iterator[Screen]:
    with counter(tmp_path) as place:
        made = Screen(CasesView(place.bench), place)
        made.view.resize(1240, 640)
        made.view.show()
        yield made
        made.view.close()


def test_only_online_applications_whose_originals_are_due_stand_there(screen: Screen) -> None:
    screen.counter.case("窗口人", 1)
    screen.counter.online_case("YKB-1", name="待审核", serial=2)
    screen.counter.online_case("YKB-2", *TO_VERIFICATION, name="待核验", serial=3)
    screen.enter()
    assert screen.names() == ["待核验"]
    assert screen.page.counts.text() == "待核验原件：1 件"
    screen.enter(Stage.REVIEW)
    assert screen.names() == ["待审核"]


def test_the_facets_of_the_requirement_narrow_the_list(screen: Screen) -> None:
    screen.counter.online_case("YKB-1", *TO_VERIFICATION, name="王小明", serial=1)
    screen.counter.online_case("YKB-2", *TO_VERIFICATION, name="李小红", serial=2)
    screen.enter()
    for name, typed in {
        "subject_name": "小明",
        "subject_id_number": id_number(1),
        "outside_number": "YKB-1",
        "applicant_name": "王小明",
        "applicant_id_number": id_number(1),
    }.items():
        screen.page.facets[name].setText(typed)
        QTest.keyClick(screen.page.facets[name], Qt.Key.Key_Return)
        screen.counter.settle()
        assert screen.names() == ["王小明"], name
        screen.page.facets[name].clear()


def test_verified_only_when_every_original_agrees_and_the_node_says_what_was_found(screen: Screen) -> None:
    case = screen.counter.online_case("YKB-1", *TO_VERIFICATION)
    screen.enter()
    assert screen.found() == ["未核验", "未核验"]
    screen.press("核验通过")
    assert screen.counter.refusals == ["CSE-140"]
    assert screen.state(case.id) is CaseState.APPROVED
    screen.page.papers.selectRow(0)
    QTest.keyClick(screen.page, Qt.Key.Key_Y)
    assert screen.page.papers.currentRow() == 1, "the next paper follows"
    QTest.keyClick(screen.page, Qt.Key.Key_Y)
    assert screen.found() == ["一致", "一致"]
    screen.press("核验通过")
    assert screen.state(case.id) is CaseState.VERIFIED
    assert screen.key_content(case.id) == "原件核验：结婚证 一致；居民户口簿 一致"
    assert screen.names() == [], "it waits here no more"


def test_what_differs_gives_the_reason_and_the_case_is_discontinued_after_a_question(screen: Screen) -> None:
    case = screen.counter.online_case("YKB-1", *TO_VERIFICATION)
    screen.enter()
    screen.page.papers.selectRow(0)
    screen.page.differs.click()
    screen.page.missing.click()
    assert screen.page.steps.opinion.text() == "结婚证：不一致；居民户口簿：未提供原件"
    screen.press("中止办理")
    screen.page.steps.confirm.yes.click()
    screen.counter.settle()
    node = screen.counter.store.cases.nodes(case.id)[-1]
    assert (node.after, node.step.opinion) == (CaseState.SUSPENDED, "结婚证：不一致；居民户口簿：未提供原件")


def test_what_the_officer_wrote_is_not_overwritten(screen: Screen) -> None:
    screen.counter.online_case("YKB-1", *TO_VERIFICATION)
    screen.enter()
    screen.page.papers.selectRow(0)
    screen.page.steps.opinion.setText("印章模糊")
    screen.page.differs.click()
    assert screen.page.steps.opinion.text() == "印章模糊"


def test_papers_are_asked_for_with_a_reason_while_the_application_is_reviewed(screen: Screen) -> None:
    case = screen.counter.online_case("YKB-1", CaseEvent.SIGN_FOR)
    screen.enter(Stage.REVIEW)
    assert screen.step_words() == ["受理", "补齐补正", "不予受理"]
    screen.page.papers.selectRow(1)
    screen.page.missing.click()
    screen.press("补齐补正")
    node = screen.counter.store.cases.nodes(case.id)[-1]
    assert (node.after, node.step.opinion) == (CaseState.SUPPLEMENTING, "居民户口簿：未提供原件")


def test_the_original_s_picture_stands_beside_the_uploaded_one(screen: Screen, tmp_path: Path) -> None:
    screen.counter.online_case("YKB-1", *TO_VERIFICATION)
    screen.enter()
    screen.page.papers.selectRow(0)
    screen.counter.settle()
    assert screen.page.compare.left.view.has_image()
    assert not screen.page.compare.right.view.has_image()
    scan = tmp_path / "scan.jpg"
    scan.write_bytes(paper_jpeg((200, 220, 240)))
    screen.page.take_original(scan)
    screen.counter.settle()
    assert screen.page.compare.right.view.has_image()
    assert screen.page.checks()[0].scanned


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "IMG-101"), (b"%PDF-1.7 nonsense", "IMG-102"), (paper_jpeg()[:900], "IMG-106")]
)
def test_a_file_that_is_no_whole_picture_is_refused_and_nothing_is_kept(
    screen: Screen, tmp_path: Path, content: bytes, code: str
) -> None:
    case = screen.counter.online_case("YKB-1", *TO_VERIFICATION)
    screen.enter()
    screen.page.papers.selectRow(0)
    path = tmp_path / "bad.jpg"
    path.write_bytes(content)
    screen.page.take_original(path)
    screen.page.take_original(tmp_path / "gone.jpg")
    screen.counter.settle()
    assert sorted(screen.counter.refusals) == ["CSE-143", code]
    assert len(screen.counter.store.drafts.materials(case.id)) == 2


def test_posted_and_collected_with_the_number_on_the_label(screen: Screen) -> None:
    case = screen.counter.online_case("YKB-1", *HANDLED)
    screen.enter(Stage.SEND)
    assert not screen.page.mail.isHidden()
    screen.page.mail.setText("邮件")
    screen.press("投递")
    assert screen.counter.refusals == ["CSE-141"]
    screen.page.mail.setText(" ez 1234 5678 9cn ")
    screen.press("投递")
    assert screen.key_content(case.id) == "投递邮件号：EZ123456789CN"
    screen.enter(Stage.COLLECT)
    assert screen.page.mail.text() == "EZ123456789CN", "what was handed over is what is collected"
    screen.press("揽收")
    screen.page.steps.confirm.yes.click()
    screen.counter.settle()
    assert screen.state(case.id) is CaseState.COMPLETED
    assert screen.key_content(case.id) == "揽收邮件号：EZ123456789CN"


def test_the_list_s_own_button_leads_to_the_originals(screen: Screen) -> None:
    case = screen.counter.online_case("YKB-1", *TO_VERIFICATION)
    screen.view.enter()
    screen.counter.settle()
    steps = screen.view.list.detail.steps
    next(b for b in steps.buttons if b.accessibleName() == "核验通过").click()
    screen.counter.settle()
    assert screen.view.tabs.currentWidget() is screen.page
    assert screen.page.model.detail is not None
    assert screen.page.model.detail.case.id == case.id
    assert screen.state(case.id) is CaseState.APPROVED


def test_without_a_back_end_the_page_says_so_and_answers_wait(screen: Screen) -> None:
    screen.counter.online_case("YKB-1", *TO_VERIFICATION)
    screen.enter()
    assert "没有设置后端" in screen.page.online.text()
    assert "待发送的答复 3 条" in screen.page.online.text()


def test_no_step_goes_past_the_originals_by_another_door(screen: Screen) -> None:
    case = screen.counter.online_case("YKB-1", *TO_VERIFICATION)
    detail = screen.counter.desk.detail(case.id)
    for event in (CaseEvent.VERIFY, CaseEvent.HANDLE):
        with pytest.raises(NotAllowed) as refused:
            screen.counter.desk.move(detail, event)
        assert refused.value.code == "CSE-140"
    assert screen.state(case.id) is CaseState.APPROVED


def test_the_slip_for_the_post_is_shown_as_it_prints_and_esc_leads_back(screen: Screen) -> None:
    screen.counter.online_case("YKB-9", *HANDLED)
    screen.enter(Stage.SEND)
    QTest.keyClick(screen.page, Qt.Key.Key_F9)
    screen.counter.settle()
    page = screen.view.list.documents
    assert screen.view.list.currentWidget() is page
    offers = [offer.id for offer in page.handout.model.offers]
    assert "delivery-slip" in offers
    page.handout.list.setCurrentRow(offers.index("delivery-slip"))
    wait_until("drawn", lambda: bool(page.handout.model.pages))
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert screen.view.tabs.currentWidget() is screen.page
    assert page.handout.model.pages == ()

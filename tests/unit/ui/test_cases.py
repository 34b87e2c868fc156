"""办件 on the screen: the list at once, combined conditions, the case with its steps, figures, lists that leave."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.cases.asking import AskedQuery, AskedRow
from app.domain.cases.query import FIELDS, Operator, SortKey
from app.domain.cases.workflow import CaseEvent, CaseState
from app.domain.errors import StoreFault
from app.tables.table import TableFormat
from app.ui.bridge.stall_watch import StallWatch
from app.ui.rehearsal import wait_until
from app.ui.screens.cases.query_builder import ConditionRow
from app.ui.screens.cases.view import CasesView
from helpers.cases import RULES, id_number, order
from helpers.casework import Counter, counter

MINE = 3


@dataclass
class Screen:
    view: CasesView
    counter: Counter

    def enter(self) -> None:
        self.view.enter()
        self.counter.settle()

    def column(self, number: int) -> list[str]:
        table = self.view.list.table
        return [table.item(row, number).text() for row in range(table.rowCount())]

    def condition(self, number: int = 0) -> ConditionRow:
        while len(self.view.list.builder.rows) <= number:
            self.view.list.builder.add_row()
        return self.view.list.builder.rows[number]

    def ask(self, *rows: tuple[str, Operator, str, str, bool]) -> list[str]:
        """Set the rows as an officer does, search, and give the names found."""
        builder = self.view.list.builder
        builder.put(AskedQuery())
        for place, (field, operator, low, high, otherwise) in enumerate(rows):
            row = self.condition(place)
            row.join.setCurrentIndex(int(otherwise))
            row.field.setCurrentIndex(row.field.findData(field))
            row.operator.setCurrentIndex(row.operator.findData(operator.value))
            if not row.choice.isHidden():
                row.choice.setCurrentIndex(row.choice.findText(low))
            row.value.setText(low)
            row.upper.setText(high)
        self.view.list.search()
        self.counter.settle()
        return sorted(self.column(2))

    def step_words(self) -> list[str]:
        return [b.accessibleName() for b in self.view.list.detail.steps.buttons if not b.isHidden()]

    def press(self, word: str) -> None:
        buttons = self.view.list.detail.steps.buttons
        next(b for b in buttons if not b.isHidden() and b.accessibleName() == word).click()
        self.counter.settle()


@pytest.fixture
def screen(application: QApplication, tmp_path: Path) -> Iterator[Screen]:
    with counter(tmp_path) as place:
        made = Screen(CasesView(place.bench), place)
        made.view.resize(1240, 640)
        made.view.show()
        yield made
        made.view.close()


def three(screen: Screen) -> None:
    screen.counter.case("王小明", 1)
    screen.counter.clock.forward(days=1)
    screen.counter.case("李小红", 2)
    screen.counter.online_case("YKB-9", name="赵平", serial=3)


def test_the_latest_case_is_on_top_with_masked_number_state_and_time_limit(screen: Screen) -> None:
    three(screen)
    screen.enter()
    assert screen.column(2) == ["赵平", "李小红", "王小明"]
    assert screen.column(5)[2] == f"{id_number(1)[:6]}**********{id_number(1)[-2:]}"
    assert screen.column(1) == ["已提交", "已受理", "已受理"]
    assert screen.column(0)[2] == "期限内 11-27"
    assert screen.column(7) == ["网上", "窗口", "窗口"]
    assert screen.view.list.counts.text() == "共 3 件，已列出 3 件"


def test_due_soon_and_overdue_have_a_word_and_a_sign(screen: Screen) -> None:
    three(screen)
    screen.counter.clock.forward(days=3)
    screen.enter()
    assert screen.column(0)[1:] == ["临期 11-30", "超期 11-27"]
    signs = [screen.view.list.table.item(row, 0).icon().pixmap(16, 16).toImage() for row in (1, 2)]
    assert signs[0] != signs[1]


def test_more_goes_on_where_the_page_ended_whatever_arrived_meanwhile(screen: Screen) -> None:
    for number in range(60):
        screen.counter.case(f"甲{number:02}", number)
    screen.enter()
    assert screen.view.list.table.rowCount() == 50
    assert screen.view.list.counts.text() == "共 60 件，已列出 50 件"
    screen.counter.case("后来者", 99)
    QTest.keyClick(screen.view.list, Qt.Key.Key_M)
    screen.counter.settle()
    names = screen.column(2)
    assert names == [f"甲{number:02}" for number in range(59, -1, -1)], "no row twice, none passed over"
    assert not screen.view.list.more_button.isEnabled()


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("applicant_name", Operator.EQUAL, "赵平", "", False)], ["赵平"]),
        ([("applicant_name", Operator.NOT_EQUAL, "赵平", "", False)], ["李小红", "王小明"]),
        ([("applicant_name", Operator.CONTAINS, "小", "", False)], ["李小红", "王小明"]),
        ([("applicant_name", Operator.IN, "赵平、王小明", "", False)], ["王小明", "赵平"]),
        ([("outside_number", Operator.EMPTY, "", "", False)], ["李小红", "王小明"]),
        ([("outside_number", Operator.NOT_EMPTY, "", "", False)], ["赵平"]),
        ([("submitted", Operator.EQUAL, "2026-11-24", "", False)], ["王小明"]),
        ([("submitted", Operator.NOT_EQUAL, "2026-11-24", "", False)], ["李小红", "赵平"]),
        ([("submitted", Operator.GREATER, "2026-11-24", "", False)], ["李小红", "赵平"]),
        ([("submitted", Operator.GREATER_EQUAL, "2026/11/25", "", False)], ["李小红", "赵平"]),
        ([("submitted", Operator.LESS, "2026-11-25", "", False)], ["王小明"]),
        ([("submitted", Operator.LESS_EQUAL, "2026-11-24", "", False)], ["王小明"]),
        ([("submitted", Operator.BETWEEN, "2026-11-25", "2026-11-25", False)], ["李小红", "赵平"]),
        ([("submitted", Operator.IN, "2026-11-24，2026-11-26", "", False)], ["王小明"]),
        ([("due", Operator.LESS_EQUAL, "2026-11-27", "", False)], ["王小明"]),
        ([("state", Operator.EQUAL, "已提交", "", False)], ["赵平"]),
        ([("state", Operator.IN, "已提交、已受理", "", False)], ["李小红", "王小明", "赵平"]),
        (
            [
                ("applicant_name", Operator.CONTAINS, "小", "", False),
                ("submitted", Operator.EQUAL, "2026-11-24", "", False),
                ("state", Operator.EQUAL, "已提交", "", True),
            ],
            ["王小明", "赵平"],
        ),
    ],
)
def test_every_comparison_and_and_before_or(
    screen: Screen, rows: list[tuple[str, Operator, str, str, bool]], found: list[str]
) -> None:
    three(screen)
    assert screen.ask(*rows) == found
    assert screen.counter.refusals == []


def test_a_row_without_a_value_asks_nothing_and_a_day_nobody_can_read_is_told(screen: Screen) -> None:
    three(screen)
    assert len(screen.ask(("applicant_name", Operator.EQUAL, "", "", False))) == MINE
    screen.ask(("due", Operator.EQUAL, "明天", "", False))
    assert screen.counter.refusals == ["CSE-136"]
    assert len(screen.column(2)) == MINE, "the list stays as it was"


def test_the_list_is_sorted_by_several_columns(screen: Screen) -> None:
    three(screen)
    sorts = screen.view.list.builder.sorts
    for box, key in zip(sorts, (SortKey("state"), SortKey("applicant_name", descending=True)), strict=False):
        box.setCurrentIndex(next(i for i in range(box.count()) if box.itemData(i) == key))
    screen.view.list.search()
    screen.counter.settle()
    assert screen.column(2) == ["王小明", "李小红", "赵平"]


def test_a_query_is_kept_taken_up_again_and_deleted(screen: Screen) -> None:
    three(screen)
    screen.enter()
    asked = AskedQuery(
        (
            AskedRow("state", Operator.EQUAL, (CaseState.SUBMITTED.value,)),
            AskedRow("due", Operator.BETWEEN, ("2026-11-01", "2026-11-30"), otherwise=True),
        ),
        (SortKey("due", descending=True),),
    )
    screen.view.list.builder.put(asked)
    assert screen.view.list.builder.asked() == asked
    screen.view.list.model.save_query(" 本月 ", screen.view.list.builder.asked())
    screen.counter.settle()
    screen.view.list.builder.put(AskedQuery())
    screen.view.list.saved.setCurrentIndex(1)
    screen.view.list.saved.activated.emit(1)
    screen.counter.settle()
    assert screen.view.list.saved.itemText(1) == "本月"
    assert screen.view.list.builder.asked() == asked
    screen.view.list.forget_button.click()
    screen.counter.settle()
    assert screen.view.list.saved.count() == 1
    screen.view.list.model.save_query(" ", asked)
    screen.counter.settle()
    assert screen.counter.refusals == ["CSE-137"]


def test_the_case_shows_the_full_number_its_steps_and_what_may_happen_now(screen: Screen) -> None:
    case = screen.counter.case("王小明", 1)
    screen.enter()
    detail = screen.view.list.detail
    assert detail.title.text().startswith(case.number)
    assert id_number(1) in detail.facts.text()
    row = [detail.nodes.item(0, column).text() for column in range(6)]
    assert row == ["受理", "张某（zhang）", "2026-11-24 09:00", "2026-11-27", "关键内容", "经审核，意见如上"]
    flow = screen.counter.desk.flow
    assert screen.step_words() == [flow.events[e].words.zh for e in flow.allowed(CaseState.ACCEPTED)]


@pytest.mark.parametrize("state", list(CaseState))
def test_the_buttons_are_the_workflow_s_own_in_every_state(screen: Screen, state: CaseState) -> None:
    flow = screen.counter.desk.flow
    paths: dict[CaseState, tuple[CaseEvent, ...]] = {flow.first: ()}
    while len(paths) < len(flow.states):
        for (origin, event), target in flow.steps.items():
            if origin in paths and target not in paths:
                paths[target] = (*paths[origin], event)
    screen.counter.online_case("YKB-1", *paths[state])
    screen.enter()
    wanted = list(flow.allowed(state))
    if CaseEvent.VERIFY in wanted:
        wanted.remove(CaseEvent.HANDLE)  # the originals come first
    assert screen.step_words() == [flow.events[event].words.zh for event in wanted]


def test_a_step_that_needs_a_reason_waits_for_it_and_one_that_ends_the_case_asks(screen: Screen) -> None:
    case = screen.counter.online_case("YKB-1")
    screen.enter()
    steps = screen.view.list.detail.steps
    screen.press("不予受理")
    assert screen.counter.store.cases.case(case.id).state is CaseState.SUBMITTED
    steps.opinion.setText("年满20周岁")
    screen.press("不予受理")
    assert not steps.confirm.isHidden()
    assert screen.counter.store.cases.case(case.id).state is CaseState.SUBMITTED, "nothing before yes"
    for _ in range(10):
        steps.confirm.yes.click()
    screen.counter.settle()
    nodes = screen.counter.store.cases.nodes(case.id)
    assert [(n.after, n.step.opinion) for n in nodes] == [(CaseState.NOT_ACCEPTED, "年满20周岁")]
    assert screen.column(1) == ["不予受理"]
    assert screen.step_words() == []


def test_ten_presses_are_one_step(screen: Screen) -> None:
    case = screen.counter.case("王小明", 1)
    screen.enter()
    detail = screen.view.list.model.detail
    assert detail is not None
    for _ in range(10):
        screen.counter.desk.move(detail, CaseEvent.DO_ON_THE_SPOT)
    assert len(screen.counter.store.cases.nodes(case.id)) == 2


def test_a_case_that_somebody_moved_meanwhile_is_refused_and_shown_as_it_is(screen: Screen) -> None:
    case = screen.counter.case("王小明", 1)
    screen.enter()
    screen.counter.store.cases.move(case.id, order(CaseEvent.START_APPROVAL), RULES)
    screen.press("符合当场办理")
    assert screen.counter.refusals == ["CSE-101"]
    assert "审批中" in screen.view.list.detail.standing.text()


def test_papers_are_small_in_the_case_and_large_side_by_side(screen: Screen) -> None:
    screen.counter.online_case("YKB-1")
    screen.enter()
    page, papers = screen.view.list, screen.view.list.detail.papers
    assert [papers.item(row).text() for row in range(2)] == ["结婚证\n网上上传", "居民户口簿\n网上上传"]
    papers.itemActivated.emit(papers.item(0))
    screen.counter.settle()
    compare = page.papers.compare
    assert page.currentWidget() is page.papers
    assert compare.left.view.has_image()
    assert compare.right.view.has_image()
    assert compare.left.caption.text() == "结婚证 · 网上上传"
    before = compare.left.view.image_rect()
    compare.turn_left.click()
    assert compare.left.view.image_rect().width() > before.width()
    compare.bigger.click()
    assert compare.zoom > 1
    compare.compare.click()
    assert compare.right.isHidden()
    QTest.keyClick(page.papers, Qt.Key.Key_Escape)
    assert page.currentWidget() is not page.papers


def test_a_case_s_documents_and_fee_are_reached_from_the_list(screen: Screen) -> None:
    screen.counter.case("王小明", 1)
    screen.enter()
    page = screen.view.list
    QTest.keyClick(page, Qt.Key.Key_F9)
    wait_until("drawn", lambda: bool(page.documents.handout.model.pages))
    assert "acceptance-receipt" in [offer.id for offer in page.documents.handout.model.offers]
    QTest.keyClick(page.documents, Qt.Key.Key_Escape)
    assert page.documents.isHidden()
    assert page.model.detail is not None
    page._open_fee(page.model.detail, ())
    assert page.currentWidget() is page.fee
    assert page.fee.title.text().startswith(page.model.detail.case.number)
    QTest.keyClick(page.fee, Qt.Key.Key_Escape)
    assert page.fee.isHidden()


@pytest.mark.parametrize("kind", list(TableFormat))
def test_the_list_leaves_in_three_formats_with_the_officer_s_line(
    screen: Screen, tmp_path: Path, kind: TableFormat
) -> None:
    three(screen)
    screen.ask(("applicant_name", Operator.CONTAINS, "小", "", False))
    path = tmp_path / f"list.{kind.value}"
    screen.view.list.model.export(path, kind)
    screen.counter.settle()
    assert screen.view.list.counts.text() == "已导出 2 行，文件上有导出人和时间。"
    if kind is TableFormat.TEXT:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert len(rows) == 1 + 2 + 1
        assert rows[-1][0].startswith("导出人：张某（zhang）")
    else:
        assert path.read_bytes().startswith(b"PK")


def test_a_full_disk_and_a_locked_file_are_told_and_the_former_file_stays(
    screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    three(screen)
    screen.enter()
    path = tmp_path / "list.csv"
    path.write_bytes(b"former")
    for code in ("STO-101", "STO-102"):

        def fail(*_: object, code: str = code) -> None:
            raise StoreFault(code)

        monkeypatch.setattr("app.tables.table.write_private", fail)
        screen.view.list.model.export(path, TableFormat.TEXT)
        screen.counter.settle()
    assert screen.counter.refusals == ["STO-101", "TBL-102"]
    assert path.read_bytes() == b"former"


def test_what_presses_and_the_figures_stand_on_one_page(screen: Screen) -> None:
    three(screen)
    screen.counter.clock.forward(days=3)
    screen.view.tabs.setCurrentIndex(1)
    screen.counter.settle()
    page = screen.view.figures
    assert page.heading.text() == "临期和超期 2 件"
    assert page.pressing.item(0, 0).text() == "超期 11-27"
    figures = {page.figures.item(r, 0).text(): [page.figures.item(r, c).text() for c in (1, 2, 3)] for r in range(9)}
    assert figures["申请量"] == ["0", "3", "3"]
    assert figures["办结率"] == ["—", "0.0 %", "0.0 %"]
    assert figures["超期未办结"] == ["0", "1", "1"]
    assert "11-24: 1, 0, 0" in page.chart.accessibleDescription()
    page.open_button.click()
    screen.counter.settle()
    assert screen.view.tabs.currentWidget() is screen.view.list
    assert "王小明" in screen.view.list.detail.facts.text()


def test_every_field_of_the_query_can_be_chosen_in_the_language_of_the_window(screen: Screen) -> None:
    row = screen.condition()
    assert [row.field.itemText(i) for i in range(row.field.count())] == [f.words.zh for f in FIELDS.values()]


@pytest.mark.alone
def test_opening_the_list_holds_up_no_key(screen: Screen) -> None:
    """A stall of the program's own comes back every time; one of a busy machine does not come three times in a row."""
    screen.counter.crowd(200)
    stalls = []
    for _ in range(3):
        screen.view.list.model._empty()
        watch = StallWatch(screen.view)
        watch.start()
        screen.view.enter()
        wait_until("the first page", lambda: screen.view.list.table.rowCount() == 50, 20)
        screen.counter.settle()
        watch.stop()
        stalls.append(watch.stalls)
        if watch.longest_ms <= 100:
            return
    pytest.fail(f"the event loop stalls for over 100 ms: {stalls}")

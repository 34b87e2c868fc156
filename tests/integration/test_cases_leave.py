"""Cases against the embedded back end over HTTP: each arrives once with its papers and goes on by the back end's word."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.domain.cases.case import BackendWord, Case
from app.domain.cases.workflow import CaseEvent, CaseState
from app.domain.errors import NetworkFault
from app.domain.records import OutboxKind, OutboxState
from app.intake.cases import Order, Submission
from app.intake.room import Intake
from app.store.drafts import Paper
from app.store.store import Store
from app.sync.case_feed import CaseFeed
from app.sync.case_wire import backend_word
from app.sync.client import BackendClient
from app.sync.drain import Drain
from app.training.cases import CaseBook, PlannedWord
from app.training.faults import BackendFault
from helpers.cases import CERTIFICATE, MOVE_IN, RULES, intake_on, person
from helpers.library import Library, window
from helpers.stores import TestClock, new_store, saved_session

APPROVAL = (
    PlannedWord(0, "进入审批流程"),
    PlannedWord(0, "审批通过同意办理", "同意"),
    PlannedWord(0, "登记制证"),
    PlannedWord(0, "办结"),
)


@dataclass
class Office:
    library: Library
    store: Store
    drain: Drain
    feed: CaseFeed
    intake: Intake
    clock: TestClock

    @property
    def book(self) -> CaseBook:
        return self.library.service.cases.book

    def accepted(self) -> Case:
        draft = self.intake.drafts.begin(CERTIFICATE.code)
        self.intake.drafts.attach(draft.id, Paper("id", "身份证复印件", "scanner", "image/jpeg", b"\xff\xd8paper"))
        return self.intake.cases.accept(draft.id, Submission((person(),)))

    def send(self) -> None:
        for _ in range(6):
            self.drain.run_once()
            self.clock.forward(seconds=400)


@contextmanager
def office(root: Path) -> Iterator[Office]:
    with window(root) as (library, store, drain, client, clock):
        intake = intake_on(store, clock)
        library.service.cases.book.script = ()
        try:
            yield Office(library, store, drain, CaseFeed(store.cases, client, RULES, clock), intake, clock)
        finally:
            intake.close()


def test_an_accepted_case_leaves_with_its_papers_before_it_and_is_acknowledged(tmp_path: Path) -> None:
    with office(tmp_path) as o:
        case = o.accepted()
        kinds = [(i.kind, i.subject) for i in o.store.outbox.items()]
        assert kinds == [(OutboxKind.CASE_MATERIAL, case.number), (OutboxKind.CASE, case.number)]
        o.send()
        assert o.store.outbox.waiting() == 0
        assert all(item.receipt for item in o.store.outbox.items())
        (received,) = o.book.cases()
        assert received["办件编号"] == case.number
        assert received["申请人姓名"] == "欧阳𬱖"
        assert received["事项名称"] == CERTIFICATE.name
        assert [paper["材料名称"] for paper in received["申报材料数组"]] == ["身份证复印件"]


@pytest.mark.parametrize("fault", [BackendFault.ERROR_500, BackendFault.DROP_AFTER])
def test_a_broken_answer_is_tried_again_and_the_case_arrives_once(tmp_path: Path, fault: BackendFault) -> None:
    with office(tmp_path) as o:
        o.accepted()
        o.library.service.faults.plan(fault, 3)
        o.send()
        assert o.store.outbox.waiting() == 0
        assert o.book.count() == {"cases": 1, "materials": 1}


def test_pressing_accept_ten_times_sends_one_case(tmp_path: Path) -> None:
    with office(tmp_path) as o:
        case = o.accepted()
        for _ in range(9):
            assert o.intake.cases.accept(case.id, Submission((person(),))).number == case.number
        o.send()
        assert o.book.count() == {"cases": 1, "materials": 1}


def test_a_refusal_leaves_too_and_says_so(tmp_path: Path) -> None:
    with office(tmp_path) as o:
        draft = o.intake.drafts.begin(MOVE_IN.code)
        o.intake.cases.refuse(draft.id, Submission((person(),)), "不符合条件")
        o.send()
        assert [received["办件状态"] for received in o.book.cases()] == ["not_accepted"]


def test_offline_acceptance_waits_and_is_sent_later_beside_the_photos(tmp_path: Path) -> None:
    with office(tmp_path) as o:
        o.library.service.faults.plan(BackendFault.ERROR_500, 1)
        saved_session(o.store, o.clock)
        case = o.accepted()
        o.drain.run_once()
        assert o.store.outbox.waiting() > 0
        assert o.store.cases.case(case.id).state is CaseState.ACCEPTED
        o.send()
        assert o.store.outbox.waiting() == 0
        assert o.library.books.count() == {"original": 1, "photo": 1}
        assert o.book.count()["cases"] == 1


def test_a_further_paper_of_a_case_that_has_left_follows_it(tmp_path: Path) -> None:
    with office(tmp_path) as o:
        case = o.accepted()
        o.send()
        o.intake.drafts.attach(case.id, Paper("more", "补充材料", "file", "application/pdf", b"%PDF-1.4"))
        o.send()
        assert o.book.count() == {"cases": 1, "materials": 2}


def test_a_refused_case_waits_for_an_officer(tmp_path: Path) -> None:
    with office(tmp_path) as o:
        o.accepted()
        o.library.service.faults.plan(BackendFault.REFUSE, 1)
        o.drain.run_once()
        stuck = [i for i in o.store.outbox.items() if i.state is OutboxState.REFUSED]
        assert {i.last_error for i in stuck} == {"NET-105"}, "the paper, and the case that names it"
        assert len(stuck) == 2
        o.send()
        assert o.book.count() == {"cases": 0, "materials": 0}, "nothing refused is sent again by itself"
        for item in o.store.outbox.items():
            o.store.outbox.retry(item.id)
        o.send()
        assert o.book.count() == {"cases": 1, "materials": 1}


def test_the_case_goes_on_by_the_back_end_s_word_to_its_end_each_word_once(tmp_path: Path) -> None:
    with office(tmp_path) as o:
        o.book.script = APPROVAL
        case = o.accepted()
        o.send()
        assert o.feed.run_once().sent == 4
        assert o.store.cases.case(case.id).state is CaseState.COMPLETED
        nodes = o.store.cases.nodes(case.id)
        assert [node.after for node in nodes][1:] == [
            CaseState.APPROVING,
            CaseState.APPROVED,
            CaseState.HANDLED,
            CaseState.COMPLETED,
        ]
        assert nodes[2].step.opinion == "同意"
        assert nodes[2].step.officer_name == "审批员（训练）"
        assert o.feed.run_once().sent == 0
        assert len(o.store.cases.nodes(case.id)) == 5
        assert o.store.cases.unheeded() == ()


def test_a_script_s_words_come_when_they_are_due(tmp_path: Path) -> None:
    with office(tmp_path) as o:
        o.book.script = (PlannedWord(0, "进入审批流程"), PlannedWord(3600, "审批通过同意办理", "同意"))
        case = o.accepted()
        o.send()
        o.feed.run_once()
        assert o.store.cases.case(case.id).state is CaseState.APPROVING


def test_a_word_that_does_not_fit_is_on_record_and_holds_no_other_up(tmp_path: Path) -> None:
    with office(tmp_path) as o:
        first, second = o.accepted(), o.accepted()
        o.send()
        o.book.say(first.number, "办结", "")
        o.book.say("SL-NOBODY", "进入审批流程", "")
        o.book.say(first.number, "一句没有听过的话", "")
        o.book.say(second.number, "进入审批流程", "")
        o.feed.run_once()
        assert o.store.cases.case(first.id).state is CaseState.ACCEPTED
        assert o.store.cases.case(second.id).state is CaseState.APPROVING
        assert [code for _, code in o.store.cases.unheeded()] == ["CSE-122", "STO-110", "CSE-101"]


def test_an_officer_s_step_and_the_back_end_s_word_for_it_are_not_doubled(tmp_path: Path) -> None:
    with office(tmp_path) as o:
        case = o.accepted()
        o.send()
        o.intake.cases.move(case.id, Order(CaseEvent.START_APPROVAL, "press 1"))
        o.book.say(case.number, "进入审批流程", "")
        o.feed.run_once()
        assert o.store.cases.case(case.id).state is CaseState.APPROVING
        assert len(o.store.cases.nodes(case.id)) == 2


def test_the_line_down_is_a_normal_state_of_the_feed(tmp_path: Path) -> None:
    clock = TestClock()
    store, _, _ = new_store(tmp_path / "data", clock)
    client = BackendClient("http://127.0.0.1:9", "a", "b", terminal="T1")
    assert CaseFeed(store.cases, client, RULES, clock).run_once().stopped_by == "NET-101"
    client.close()
    store.close()


@pytest.mark.parametrize(
    "row",
    [
        None,
        {},
        {"序号": 0, "办件编号": "1", "办理过程": "办结", "意见": "", "责任人": ""},
        {"序号": True, "办件编号": "1", "办理过程": "办结", "意见": "", "责任人": ""},
        {"序号": 1, "办件编号": "", "办理过程": "办结", "意见": "", "责任人": ""},
        {"序号": 1, "办件编号": "1", "办理过程": "办结", "意见": 3, "责任人": ""},
        {"序号": 1, "办件编号": "1", "办理过程": "办结", "意见": "长" * 3000, "责任人": ""},
    ],
)
def test_a_word_that_is_none_is_not_understood(row: object) -> None:
    with pytest.raises(NetworkFault):
        backend_word(row)


def test_a_word_is_read_as_it_stands() -> None:
    row = {"序号": 7, "办件编号": "SL1", "办理过程": "办结", "意见": "", "责任人": "张某"}
    assert backend_word(row) == BackendWord(7, "SL1", "办结", "", "张某")

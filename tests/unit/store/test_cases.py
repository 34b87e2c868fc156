"""办件 in the store: taken on once, numbered once, moved by the table, in order whatever the clock says."""

from __future__ import annotations

import threading
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from app.domain.cases.case import Case, CasePerson, FieldValue, PersonRole, Provenance
from app.domain.cases.query import CaseQuery
from app.domain.cases.workflow import CaseEvent, CaseState
from app.domain.errors import BadInput, NotAllowed, StoreFault
from app.store.store import Store
from helpers.cases import CERTIFICATE, DOG, MOVE_IN, PLACE, RULES, accept, id_number, new_case, order, person
from helpers.stores import TestClock, new_store

E, S = CaseEvent, CaseState


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


def taken(store: Store, **changes: object) -> Case:
    return store.cases.take_on(new_case(**changes), PLACE, (accept(),), RULES)  # type: ignore[arg-type]


def go(store: Store, case: Case, *events: CaseEvent) -> Case:
    for event in events:
        case = store.cases.move(case.id, order(event), RULES)
    return case


def test_a_case_comes_back_as_it_was_taken_on(tmp_path: Path, clock: TestClock) -> None:
    store, key, folder = new_store(tmp_path, clock)
    people = (
        person(),
        person(PersonRole.SUBJECT, "阿依古丽·买买提", 2, birth_date=None, phone="1", address="某路1号"),
        CasePerson(PersonRole.ACCOMPANYING, "㐂"),
    )
    fields = {"host_name": FieldValue("李", Provenance.CARD), "x": FieldValue("y", Provenance.HAND, "证件有误")}
    case = taken(store, matter=MOVE_IN, people=people, fields=fields, organisation="某公司", by_post=True)
    store.close()
    again = Store.open(folder, key, clock)
    assert again.cases.case(case.id) == case
    assert case.content.people == people
    assert (case.state, case.number) == (S.ACCEPTED, "SL20261124T00010001")
    assert (case.due, case.promised_days, case.due_certain) == (date(2026, 12, 1), 5, True)
    again.close()


def test_the_button_pressed_ten_times_at_once_makes_one_case(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    new, made = new_case(), []
    presses = [
        threading.Thread(target=lambda: made.append(store.cases.take_on(new, PLACE, (accept(),), RULES))) for _ in range(10)
    ]
    for press in presses:
        press.start()
    for press in presses:
        press.join()
    assert len(made) == 10
    assert {case.number for case in made} == {"SL20261124T00010001"}
    assert store.cases.total(CaseQuery()) == 1
    assert len(store.cases.nodes(new.id)) == 1
    assert taken(store).number.endswith("0002"), "no number was used up"
    store.close()


def test_an_application_made_online_comes_in_once(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    first = store.cases.take_on(new_case(channel="online", outside_number="YKB-1"), PLACE, (), RULES)
    again = store.cases.take_on(new_case(channel="online", outside_number="YKB-1"), PLACE, (), RULES)
    assert again == first
    assert first.state is S.SUBMITTED
    assert taken(store).id != taken(store).id, "walk-in cases have no platform number and do not clash"
    store.close()


def test_a_refused_first_step_leaves_no_case_and_no_number(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    with pytest.raises(BadInput) as refused:
        store.cases.take_on(new_case(), PLACE, (order(E.REFUSE, opinion="  "),), RULES)
    assert refused.value.code == "CSE-102"
    with pytest.raises(NotAllowed):
        store.cases.take_on(new_case(), PLACE, (order(E.COLLECT),), RULES)
    assert store.cases.total(CaseQuery()) == 0
    assert taken(store).number.endswith("0001")
    store.close()


def test_the_node_log_says_who_when_until_when_what_and_why(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    case = taken(store, matter=MOVE_IN)
    clock.forward(hours=1)
    go(store, case, E.START_APPROVAL, E.APPROVE, E.VERIFY, E.HANDLE, E.DELIVER, E.COLLECT)
    nodes = store.cases.nodes(case.id)
    assert [node.number for node in nodes] == list(range(1, 8))
    assert [node.after for node in nodes] == [
        S.ACCEPTED, S.APPROVING, S.APPROVED, S.VERIFIED, S.HANDLED, S.DELIVERED, S.COMPLETED,
    ]  # fmt: skip
    assert all(before.after is after.before for before, after in pairwise(nodes))
    last = nodes[-1]
    assert (last.step.officer_name, last.step.key_content, last.step.opinion) == ("张某", "关键内容", "经审核，意见如上")
    assert (last.due, last.recorded) == (date(2026, 12, 1), clock.now())
    done = store.cases.case(case.id)
    assert (done.answered, done.answered_at) == (clock.now().date(), clock.now())
    store.close()


def test_the_same_press_moves_a_case_once_and_not_another_case(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    case, other = taken(store), taken(store)
    press = order(E.DO_ON_THE_SPOT, action="press-1")
    moved = [store.cases.move(case.id, press, RULES) for _ in range(10)]
    assert {m.state for m in moved} == {S.ON_THE_SPOT}
    assert len(store.cases.nodes(case.id)) == 2
    with pytest.raises(NotAllowed) as refused:
        store.cases.move(other.id, press, RULES)
    assert refused.value.code == "CSE-103"
    with pytest.raises(NotAllowed) as refused:
        go(store, case, E.DO_ON_THE_SPOT)
    assert refused.value.code == "CSE-101"
    with pytest.raises(StoreFault):
        store.cases.move("nobody", order(E.HANDLE), RULES)
    store.close()


def test_papers_brought_late_cost_the_office_no_day(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    case = store.cases.take_on(new_case(channel="online", outside_number="1"), PLACE, (), RULES)
    assert case.due == date(2026, 11, 27)
    asked = go(store, case, E.ASK_SUPPLEMENT)
    assert (asked.paused, asked.sent_back) == (date(2026, 11, 24), 1)
    clock.forward(days=7)
    back = go(store, case, E.SUPPLEMENT)
    assert (back.paused, back.pause_days, back.due) == (None, 5, date(2026, 12, 4))
    go(store, case, E.ASK_SUPPLEMENT)
    clock.forward(days=-20)
    released = go(store, case, E.RELEASE_SUPPLEMENT)
    assert (released.pause_days, released.due, released.sent_back) == (5, date(2026, 12, 4), 2), "a clock set back"
    store.close()


def test_approval_has_its_own_limit_unless_the_matter_promises_one(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    plain = go(store, taken(store, matter=CERTIFICATE), E.START_APPROVAL)
    assert (plain.track, plain.promised_days, plain.due) == ("approval", 5, date(2026, 12, 1))
    promised = go(store, taken(store, matter=DOG), E.START_APPROVAL)
    assert (promised.promised_days, promised.due) == (10, date(2026, 12, 8))
    clock.forward(days=60)
    late = taken(store, matter=DOG)
    assert not late.due_certain, "2027 has no table yet"
    assert not store.cases.case(late.id).due_certain
    store.close()


def test_a_clock_set_back_breaks_neither_order_nor_numbers(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    first = taken(store)
    go(store, first, E.DO_ON_THE_SPOT)
    clock.forward(days=-3)
    second = taken(store)
    go(store, first, E.HANDLE)
    clock.forward(days=3)
    third = taken(store)
    assert [c.id for c in store.cases.find(CaseQuery())] == [third.id, second.id, first.id]
    assert [c.number[-4:] for c in (first, second, third)] == ["0001", "0001", "0002"]
    assert len({c.number for c in (first, second, third)}) == 3
    assert [n.step.event for n in store.cases.nodes(first.id)] == [E.ACCEPT, E.DO_ON_THE_SPOT, E.HANDLE]
    store.close()


def test_what_is_pressing_comes_first_and_paused_or_answered_cases_are_not_pressing(
    tmp_path: Path, clock: TestClock
) -> None:
    store, _, _ = new_store(tmp_path, clock)
    approval, quick = taken(store, matter=MOVE_IN), taken(store)
    done = go(store, taken(store), E.DO_ON_THE_SPOT, E.HANDLE, E.COMPLETE)
    waits = store.cases.take_on(new_case(channel="online", outside_number="1"), PLACE, (), RULES)
    go(store, waits, E.ASK_SUPPLEMENT)
    assert [c.id for c in store.cases.due_until(date(2027, 1, 1))] == [quick.id, approval.id]
    assert [c.id for c in store.cases.due_until(date(2026, 11, 27))] == [quick.id]
    assert done.answered
    store.close()


def test_a_second_case_of_the_same_person_and_matter_is_found(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    case = taken(store)
    taken(store, people=(person(serial=2),))
    go(store, taken(store), E.DO_ON_THE_SPOT, E.HANDLE, E.COMPLETE)
    assert store.cases.unfinished(id_number(1), CERTIFICATE.code) == (case,)
    assert store.cases.unfinished(id_number(1), MOVE_IN.code) == ()
    store.close()


def test_the_figures_are_those_of_the_span(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    begin = clock.now()
    late, overdue = taken(store), taken(store)
    clock.forward(days=10)
    go(store, late, E.DO_ON_THE_SPOT, E.HANDLE, E.COMPLETE)
    end = clock.now()
    taken(store)
    figures = store.cases.figures(begin, end, clock.now().date())
    assert [(f.answered, f.late, f.overdue) for f in figures] == [(True, True, False), (False, False, True)]
    assert figures[0].handling == end - begin
    assert overdue.due < clock.now().date()
    store.close()


def test_nothing_of_a_case_or_draft_lies_readable_on_the_disk(tmp_path: Path, clock: TestClock) -> None:
    store, _, folder = new_store(tmp_path, clock)
    taken(store)
    draft = store.drafts.begin("HZ-001", "3", "zhang")
    assert draft.id
    store.close()
    texts = ["欧阳𬱖".encode(), id_number(1).encode(), "公证".encode(), b"HZ-001"]
    for path in folder.root.rglob("*"):
        if path.is_file():
            assert not [t for t in texts if t in path.read_bytes()], path.name

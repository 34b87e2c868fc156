"""The window's work below the window: begin, type, park, take up, accept, refuse, move on, find, count, hand out."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.domain.cases.case import DraftState, FieldValue, NewCase, PersonRole, Provenance
from app.domain.cases.deadline import Urgency
from app.domain.cases.query import AllOf, CaseQuery, Condition, Operator
from app.domain.cases.workflow import CaseEvent, CaseState
from app.domain.errors import BadInput, NotAllowed
from app.domain.records import Role
from app.intake.cases import Order, Submission
from app.intake.room import Intake
from app.store.drafts import Paper
from app.store.store import Store
from app.tables.table import TableFormat
from helpers.cases import MOVE_IN, OFFICER, SmallCatalogue, id_number, intake_on, new_case, new_intake, person
from helpers.stores import STATION, TestClock, new_store

E, S = CaseEvent, CaseState
PAPER = Paper("marriage-certificate", "结婚证", "scanner", "image/jpeg", b"paper")
WHO = Submission((person(),))


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def room(tmp_path: Path, clock: TestClock) -> Iterator[tuple[Store, Intake]]:
    store, intake = new_intake(tmp_path / "data", clock)
    yield store, intake
    intake.close()
    store.close()


def complete(intake: Intake, code: str = MOVE_IN.code) -> str:
    draft = intake.drafts.begin(code)
    intake.drafts.change(draft.id, "host_name", FieldValue("李某"))
    intake.drafts.attach(draft.id, PAPER)
    return draft.id


def test_a_matter_is_accepted_only_when_nothing_stands_against_it(room: tuple[Store, Intake]) -> None:
    _, intake = room
    draft = intake.drafts.begin(MOVE_IN.code)
    assert {f.subject for f in intake.cases.findings(draft.id) if f.blocks} == {"marriage-certificate", "host_name"}
    with pytest.raises(NotAllowed) as refused:
        intake.cases.accept(draft.id, WHO)
    assert (refused.value.code, refused.value.params["count"]) == ("CSE-109", 2)
    parked = intake.drafts.park(draft.id, ("结婚证",))
    assert parked.state is DraftState.PARKED
    intake.drafts.resume(draft.id)
    intake.drafts.change(draft.id, "host_name", FieldValue("李某"))
    intake.drafts.attach(draft.id, PAPER)
    case = intake.cases.accept(draft.id, WHO)
    assert (case.state, case.id, case.content.fields["host_name"].value) == (S.ACCEPTED, draft.id, "李某")
    assert [paper.item for paper in intake.cases.materials(case.id)] == ["marriage-certificate"]
    assert intake.drafts.unfinished() == ()


def test_accepting_ten_times_is_accepting_once_and_the_last_keystroke_is_in_it(room: tuple[Store, Intake]) -> None:
    _, intake = room
    draft = complete(intake)
    intake.drafts.change(draft, "note", FieldValue("刚刚输入"))
    cases = {intake.cases.accept(draft, WHO).number for _ in range(10)}
    assert len(cases) == 1
    assert intake.cases.case(draft).content.fields["note"].value == "刚刚输入"
    assert intake.cases.total(CaseQuery()) == 1


def test_a_refusal_is_a_case_with_its_reason(room: tuple[Store, Intake]) -> None:
    _, intake = room
    draft = intake.drafts.begin(MOVE_IN.code)
    with pytest.raises(BadInput) as refused:
        intake.cases.refuse(draft.id, WHO, " ")
    assert refused.value.code == "CSE-102"
    case = intake.cases.refuse(draft.id, WHO, "年满20周岁，不予受理")
    assert case.state is S.NOT_ACCEPTED
    (node,) = intake.cases.nodes(case.id)
    assert (node.step.opinion, node.step.key_content) == ("年满20周岁，不予受理", MOVE_IN.name)
    assert intake.cases.allowed(case) == ()


def test_nobody_and_a_discarded_draft_cannot_be_accepted(room: tuple[Store, Intake]) -> None:
    _, intake = room
    draft = complete(intake)
    with pytest.raises(BadInput) as nobody:
        intake.cases.accept(draft, Submission(()))
    assert nobody.value.code == "CSE-110"
    intake.drafts.discard(draft)
    with pytest.raises(NotAllowed) as over:
        intake.cases.accept(draft, WHO)
    assert over.value.code == "CSE-105"


def test_what_a_card_said_is_changed_only_with_a_reason_and_never_overwritten_by_prefilling(
    room: tuple[Store, Intake],
) -> None:
    _, intake = room
    draft = intake.drafts.begin(MOVE_IN.code).id
    intake.drafts.prefill(draft, {"name": "欧阳𬱖", "address": "旧址"}, Provenance.CARD)
    with pytest.raises(BadInput) as refused:
        intake.drafts.change(draft, "name", FieldValue("欧阳"))
    assert refused.value.code == "CSE-104"
    intake.drafts.change(draft, "name", FieldValue("欧阳𬱖"))
    intake.drafts.change(draft, "address", FieldValue("新址", reason="已搬迁"))
    intake.drafts.prefill(draft, {"address": "后台地址", "phone": "1"}, Provenance.BACKEND)
    fields = intake.drafts.draft(draft).fields
    assert {name: (f.value, f.provenance) for name, f in fields.items()} == {
        "name": ("欧阳𬱖", Provenance.HAND),
        "address": ("新址", Provenance.HAND),
        "phone": ("1", Provenance.BACKEND),
    }


def test_several_drafts_survive_a_logout_and_one_is_thrown_away(tmp_path: Path, clock: TestClock) -> None:
    store, key, folder = new_store(tmp_path, clock)
    intake = intake_on(store, clock)
    ids = [intake.drafts.begin(MOVE_IN.code).id for _ in range(3)]
    for number, draft in enumerate(ids):
        intake.drafts.change(draft, "host_name", FieldValue(f"人{number}"))
    intake.close()
    store.close()
    store = Store.open(folder, key, clock)
    later = intake_on(store, clock)
    found = later.drafts.unfinished()
    assert [(d.id, d.fields["host_name"].value) for d in found] == [(d, f"人{n}") for n, d in enumerate(ids)]
    later.drafts.discard(ids[1])
    assert [d.id for d in later.drafts.unfinished()] == [ids[0], ids[2]]
    later.close()
    store.close()


def test_a_draft_keeps_the_version_it_began_with_while_that_is_there(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    old = intake_on(store, clock, SmallCatalogue("2"))
    draft = old.drafts.begin(MOVE_IN.code)
    old.drafts.change(draft.id, "spouse", FieldValue("李某", Provenance.CARD))
    old.drafts.change(draft.id, "extinct", FieldValue("旧项"))
    old.close()
    both = intake_on(store, clock, SmallCatalogue("3"))
    assert both.drafts.resume(draft.id).matter_version == "2"
    both.close()
    upgraded = intake_on(store, clock, SmallCatalogue("3", gone={"2"}))
    found = upgraded.drafts.resume(draft.id)
    assert found.matter_version == "3"
    assert found.fields["host_name"] == FieldValue("李某", Provenance.CARD)
    assert found.fields["extinct"].value == "旧项", "what no form asks for any more is not lost"
    again = upgraded.drafts.resume(draft.id)
    assert again.fields == found.fields
    upgraded.close()
    store.close()


def test_an_empty_paper_an_empty_list_and_an_unknown_matter_are_refused(room: tuple[Store, Intake]) -> None:
    _, intake = room
    draft = intake.drafts.begin(MOVE_IN.code).id
    with pytest.raises(BadInput) as empty:
        intake.drafts.attach(draft, replace(PAPER, data=b""))
    assert empty.value.code == "CSE-107"
    with pytest.raises(BadInput) as nothing:
        intake.drafts.park(draft, ("", " "))
    assert nothing.value.code == "CSE-108"
    with pytest.raises(BadInput):
        intake.drafts.begin("XX-999")
    paper = intake.drafts.attach(draft, PAPER)
    assert intake.drafts.material_data(paper.id) == PAPER.data
    intake.drafts.detach(paper.id)
    assert intake.drafts.materials(draft) == ()


def test_an_online_application_is_signed_for_supplemented_verified_and_sent(room: tuple[Store, Intake]) -> None:
    _, intake = room
    new: NewCase = new_case(MOVE_IN, channel="online", outside_number="YKB-7")
    case = intake.cases.receive(new)
    assert intake.cases.receive(replace(new, id="other")).id == case.id
    way = [
        E.SIGN_FOR, E.ASK_SUPPLEMENT, E.SUPPLEMENT, E.ACCEPT, E.START_APPROVAL, E.APPROVE, E.VERIFY, E.HANDLE,
        E.DELIVER, E.COLLECT,
    ]  # fmt: skip
    for number, event in enumerate(way):
        assert event in intake.cases.allowed(case)
        case = intake.cases.move(case.id, Order(event, f"press {number}", "内容", "意见"))
    assert case.state is S.COMPLETED
    assert len(intake.cases.nodes(case.id)) == len(way)


def test_the_panel_shows_due_soon_and_overdue_cases_the_most_pressing_first(
    room: tuple[Store, Intake], clock: TestClock
) -> None:
    _, intake = room
    first = intake.cases.accept(complete(intake), WHO)  # due on 1 December
    clock.forward(days=3)
    second = intake.cases.accept(complete(intake), WHO)  # due on 4 December
    assert intake.cases.pressing() == ()
    clock.forward(days=6)  # Thursday, 3 December
    assert [(p.case.id, p.urgency) for p in intake.cases.pressing()] == [
        (first.id, Urgency.OVERDUE),
        (second.id, Urgency.DUE_SOON),
    ]
    assert second.due == date(2026, 12, 4)
    figures = intake.cases.metrics(clock.now() - timedelta(days=30), clock.now())
    assert (figures.submitted, figures.overdue, figures.overdue_rate) == (2, 1, 0.5)


def test_a_case_of_the_same_person_and_matter_is_known(room: tuple[Store, Intake]) -> None:
    _, intake = room
    case = intake.cases.accept(complete(intake), WHO)
    assert intake.cases.unfinished(id_number(1), MOVE_IN.code) == (case,)
    assert intake.cases.find(CaseQuery(Condition("subject_name", Operator.CONTAINS, ("欧阳",)))) == (case,)


def test_a_list_leaves_with_masked_numbers_every_page_and_who_took_it_out(
    room: tuple[Store, Intake], clock: TestClock, tmp_path: Path
) -> None:
    store, intake = room
    for number in range(3):
        draft = complete(intake)
        intake.cases.accept(draft, Submission((person(PersonRole.APPLICANT, "=cmd|' /C calc'!A0", number),)))
    path = tmp_path / "list.csv"
    query = CaseQuery(AllOf((Condition("line", Operator.EQUAL, ("household",)),)), limit=1)
    assert intake.export.export(query, path, TableFormat.TEXT, STATION) == 3
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["办件状态"] == "已受理"
    assert rows[0]["申请人姓名"].startswith("'=")
    assert rows[-1]["受理编号"].startswith("导出人：张某（zhang）")
    assert id_number(1) not in path.read_text(encoding="utf-8")
    chief = intake_on(store, clock, officer=replace(OFFICER, role=Role.ADMINISTRATOR))
    chief.export.export(query, path, TableFormat.TEXT, replace(STATION, source="training"))
    text = path.read_text(encoding="utf-8-sig")
    assert id_number(1) in text
    assert "（训练）" in text
    chief.close()

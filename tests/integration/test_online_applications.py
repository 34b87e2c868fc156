"""Online applications over the real server: taken on once with their papers, worked on offline, answered exactly once."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config.fonts import chinese_font
from app.config.matters import shipped_catalogue
from app.desk.outbox import OutboxDesk
from app.domain.cases.application import AnswerState
from app.domain.cases.case import Case
from app.domain.cases.query import CaseQuery
from app.domain.cases.workflow import CaseEvent, CaseState
from app.domain.errors import NetworkFault, StoreFault
from app.intake.cases import Order
from app.intake.online import OnlineApplications
from app.intake.room import Intake
from app.store.store import Store
from app.sync.application_wire import application_of
from app.sync.client import BackendClient
from app.training.applications import Submitted, SubmittedPaper
from app.training.faults import BackendFault
from app.training.invented import Inventor
from helpers.cases import MOVE_IN, SmallCatalogue, id_number, intake_on
from helpers.library import ACCOUNT, Library
from helpers.stores import TestClock, new_store

E = CaseEvent
PAPERS = (
    SubmittedPaper("marriage-certificate", "结婚证", "image/jpeg", b"\xff\xd8marriage\xff\xd9"),
    SubmittedPaper("household-book", "居民户口簿", "image/jpeg", b"\xff\xd8household\xff\xd9"),
)


def submitted(number: str = "YKB-1", **changes: object) -> Submitted:
    people = ({"role": "applicant", "name": "欧阳𬱖", "id_number": id_number(1), "birth_date": "1990-03-07"},)
    made = Submitted(number, MOVE_IN.code, people, PAPERS, {"host_name": "李某"}, by_post=True)
    return replace(made, **changes)  # type: ignore[arg-type]  # a test names its fields


@dataclass
class Counter:
    library: Library
    store: Store
    intake: Intake
    online: OnlineApplications
    client: BackendClient
    clock: TestClock

    def case(self, number: str = "YKB-1") -> Case:
        return next(c for c in self.intake.cases.find(CaseQuery()) if c.content.outside_number == number)

    def told(self, number: str = "YKB-1") -> list[str]:
        return [str(answer["event"]) for answer in self.library.books.applications.answers(number)]

    def step(self, *events: CaseEvent) -> None:
        for event in events:
            self.intake.cases.move(self.case().id, Order(event, f"press {event.value}", opinion="意见"))


@contextmanager
def counter(root: Path, url: str = "") -> Iterator[Counter]:
    library = Library(root / "library")
    address = library.start()
    clock = TestClock()
    store = new_store(root / "data", clock)[0]
    intake = intake_on(store, clock)
    client = BackendClient(url or address, ACCOUNT.account, ACCOUNT.password, terminal="T1")
    online = OnlineApplications(client, intake.cases, store.drafts, store.case_answers, SmallCatalogue(), clock)
    try:
        yield Counter(library, store, intake, online, client, clock)
    finally:
        client.close()
        intake.close()
        store.close()
        library.stop()


def test_an_application_becomes_a_case_with_its_papers_and_fields(tmp_path: Path) -> None:
    with counter(tmp_path) as place:
        place.library.books.applications.submit(submitted())
        assert place.online.run_once().stopped_by == ""
        case = place.case()
        assert (case.state, case.content.channel, case.content.by_post) == (CaseState.SUBMITTED, "online", True)
        assert case.content.fields["host_name"].value == "李某"
        papers = place.intake.cases.materials(case.id)
        assert [(p.item, p.origin) for p in papers] == [("marriage-certificate", "online"), ("household-book", "online")]
        assert place.intake.drafts.material_data(papers[0].id) == PAPERS[0].data


def test_a_long_list_comes_page_by_page_and_each_once(tmp_path: Path) -> None:
    with counter(tmp_path) as place:
        for number in range(45):
            place.library.books.applications.submit(submitted(f"YKB-{number}", papers=()))
        for _ in range(3):
            place.online.run_once()
        assert place.intake.cases.total(CaseQuery()) == 45


@pytest.mark.parametrize("cut", range(8))
def test_a_line_that_breaks_anywhere_costs_nothing_and_doubles_nothing(tmp_path: Path, cut: int) -> None:
    with counter(tmp_path) as place:
        place.library.books.applications.submit(submitted("YKB-1"))
        place.library.books.applications.submit(submitted("YKB-2"))
        real, left = place.client._response, [cut]

        def breaking(*arguments: object, **more: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise NetworkFault("NET-101")
            return real(*arguments, **more)  # type: ignore[arg-type]  # passed on as they came

        place.client._response = breaking  # type: ignore[method-assign,assignment]  # the line, cut at a chosen place
        place.online.run_once()
        place.client._response = real  # type: ignore[method-assign]
        place.online.run_once()
        cases = place.intake.cases.find(CaseQuery())
        assert sorted(c.content.outside_number for c in cases) == ["YKB-1", "YKB-2"]
        assert all(len(place.intake.cases.materials(c.id)) == 2 for c in cases)


def test_offline_the_fetched_cases_stay_workable_and_the_answers_wait_in_their_order(tmp_path: Path) -> None:
    with counter(tmp_path) as place:
        place.library.books.applications.submit(submitted())
        place.online.run_once()
        place.library.service.faults.plan(BackendFault.ERROR_500, 1)
        place.step(E.SIGN_FOR, E.ACCEPT, E.START_APPROVAL)
        assert place.online.run_once().stopped_by == "NET-104"
        assert place.told() == []
        assert place.store.case_answers.waiting() == 3
        outbox = OutboxDesk(place.store, None, lambda _: None)
        assert outbox.owed() == outbox.waiting() + 3, "the status strip counts them, too"
        place.clock.forward(seconds=400)
        place.online.run_once()
        assert place.told() == ["sign_for", "accept", "start_approval"]
        answers = place.store.case_answers.of_case(place.case().id)
        assert {answer.state for answer in answers} == {AnswerState.SENT}
        assert len({answer.receipt for answer in answers}) == 3


def test_an_answer_whose_receipt_got_lost_is_told_once(tmp_path: Path) -> None:
    with counter(tmp_path) as place:
        place.library.books.applications.submit(submitted())
        place.online.run_once()
        place.step(E.SIGN_FOR)
        place.library.service.faults.plan(BackendFault.DROP_AFTER, 2)
        for _ in range(4):
            place.online.run_once()
            place.clock.forward(seconds=400)
        assert place.told() == ["sign_for"]
        assert place.store.case_answers.waiting() == 0


def test_a_refused_answer_holds_back_only_its_own_case_until_an_officer_sends_again(tmp_path: Path) -> None:
    with counter(tmp_path) as place:
        for number in ("YKB-1", "YKB-2"):
            place.library.books.applications.submit(submitted(number))
        place.online.run_once()
        place.step(E.SIGN_FOR, E.ACCEPT)
        place.intake.cases.move(place.case("YKB-2").id, Order(E.SIGN_FOR, "another press"))
        place.library.service.faults.plan(BackendFault.REFUSE, 1)
        assert place.online.run_once().refused == 1
        assert (place.told("YKB-1"), place.told("YKB-2")) == ([], ["sign_for"])
        place.store.case_answers.hurry(place.clock.now())
        place.online.run_once()
        assert place.told("YKB-1") == ["sign_for", "accept"]


def test_the_step_and_its_answer_are_one_transaction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with counter(tmp_path) as place:
        place.library.books.applications.submit(submitted())
        place.online.run_once()
        with monkeypatch.context() as broken:

            def fail(*_: object) -> None:
                raise StoreFault("STO-101")

            broken.setattr("app.store.cases.owe_answer", fail)
            with pytest.raises(StoreFault):
                place.step(E.SIGN_FOR)
        assert place.case().state is CaseState.SUBMITTED
        assert place.intake.cases.nodes(place.case().id) == ()
        place.step(E.SIGN_FOR)
        assert place.store.case_answers.waiting() == 1


def test_a_case_of_the_window_s_own_owes_nobody_an_answer(tmp_path: Path) -> None:
    from helpers.cases import PLACE, RULES, accept, new_case

    with counter(tmp_path) as place:
        place.store.cases.take_on(new_case(), PLACE, (accept(),), RULES)
        assert place.store.case_answers.waiting() == 0


def test_papers_that_the_applicant_adds_later_come_to_the_same_case(tmp_path: Path) -> None:
    with counter(tmp_path) as place:
        place.library.books.applications.submit(submitted(papers=PAPERS[:1]))
        place.online.run_once()
        place.step(E.SIGN_FOR, E.ASK_SUPPLEMENT)
        place.library.books.applications.submit(submitted())
        place.online.run_once()
        assert [p.name for p in place.intake.cases.materials(place.case().id)] == ["结婚证", "居民户口簿"]
        assert place.intake.cases.total(CaseQuery()) == 1
        assert place.case().state is CaseState.SUPPLEMENTING, "the officer looks at them before anything goes on"


def test_an_unknown_matter_and_a_damaged_paper_are_named_and_keep_nobody_waiting(tmp_path: Path) -> None:
    with counter(tmp_path) as place:
        books = place.library.books.applications
        books.submit(submitted("YKB-0", matter="XX-999"))
        books.submit(submitted("YKB-1"))
        books.submit(submitted("YKB-2"))
        books._connection.execute("DELETE FROM application_papers WHERE number = 'YKB-1'")
        place.online.run_once()
        assert [(f.number, f.code) for f in place.store.case_answers.faults()] == [
            ("YKB-0", "CSE-142"),
            ("YKB-1", "CSE-144"),
        ]
        assert len(place.intake.cases.materials(place.case("YKB-2").id)) == 2
        books.submit(submitted("YKB-1"))
        place.online.run_once()
        assert [f.number for f in place.store.case_answers.faults()] == ["YKB-0"]


def test_network_down_is_a_normal_state(tmp_path: Path) -> None:
    with counter(tmp_path, "http://127.0.0.1:9") as place:
        assert place.online.run_once().stopped_by == "NET-101"


def test_strangers_and_nonsense_are_turned_away(tmp_path: Path) -> None:
    with counter(tmp_path) as place:
        place.library.books.applications.submit(submitted())
        for path in (
            "/applications?after=-1",
            "/applications?after=x",
            "/applications?limit=0",
            "/applications/N/papers/1",
        ):
            with pytest.raises(NetworkFault):
                place.client._response("GET", f"/api/v1{path}")
        for body in (b"", b"[]", b'{"number": "other"}', b'{"number": "YKB-1"}'):
            with pytest.raises(NetworkFault):
                place.client._response("POST", "/api/v1/applications/YKB-1/answers", content=body)


def test_invented_applications_are_nobody_s_and_can_all_be_taken_on(tmp_path: Path) -> None:
    matters = [m for m in shipped_catalogue().matters if m.police_line.id == "population"]
    made = Inventor(matters, chinese_font(), date(2026, 11, 24), seed=3)(4)
    assert all(p["id_number"].startswith("999999") for s in made for p in s.people)
    with counter(tmp_path) as place:
        for one in made:
            place.library.books.applications.submit(replace(one, matter=MOVE_IN.code))
        place.online.run_once()
        assert place.intake.cases.total(CaseQuery()) == 4
        assert place.store.case_answers.faults() == ()


_ROW = {
    "number": "YKB-1",
    "matter": "HZ-001",
    "people": [{"role": "applicant", "name": "某", "birth_date": "1990-03-07"}],
    "papers": [{"id": "1", "item": "", "name": "结婚证", "media_type": "image/jpeg", "size": 3, "digest": "0" * 64}],
    "fields": {"a": "b"},
}
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(_ROW)), _JSON, st.integers(0, 2**31))
def test_whatever_the_platform_says_is_read_or_refused(key: str, nonsense: object, seed: int) -> None:
    row = dict(_ROW) | {key: nonsense}
    if random.Random(seed).random() < 0.3:
        row.pop(key)
    try:
        made = application_of(row)
    except (KeyError, TypeError, ValueError):
        return
    assert made.number
    assert made.people

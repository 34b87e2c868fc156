"""Drafts in the store: every change a row, papers sealed first, thrown away only when somebody says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.cases.case import DraftState, FieldChange, FieldValue, Provenance
from app.domain.errors import NotAllowed, StoreFault
from app.security.digest import sm3_hex
from app.store.blobs import BlobContent, BlobLabel
from app.store.drafts import MATERIAL_KIND, Paper
from app.store.store import Store
from helpers.cases import PLACE, RULES, accept, new_case, order
from helpers.stores import TestClock, new_store

CERTIFICATE = Paper("marriage-certificate", "结婚证", "scanner", "image/jpeg", b"\xff\xd8 paper \xff\xd9")


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


def typed(name: str, value: str, provenance: Provenance = Provenance.HAND, reason: str = "") -> FieldChange:
    return FieldChange(name, FieldValue(value, provenance, reason))


def test_what_was_noted_is_there_after_the_program_ended(tmp_path: Path, clock: TestClock) -> None:
    store, key, folder = new_store(tmp_path, clock)
    draft = store.drafts.begin("HZ-001", "3", "zhang")
    clock.forward(minutes=1)
    changes = [typed("name", "欧"), typed("name", "欧阳𬱖", Provenance.CARD), typed("phone", "1", reason="口述")]
    store.drafts.note([(draft.id, change) for change in changes])
    store.close()
    again = Store.open(folder, key, clock)
    (found,) = again.drafts.unfinished()
    assert found.fields == {"name": changes[1].now, "phone": changes[2].now}
    assert (found.started, found.updated, found.officer) == (draft.started, clock.now(), "zhang")
    again.close()


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from("abc"), st.text(max_size=5)), max_size=40))
@settings(deadline=None, max_examples=25)
def test_any_typing_in_any_drafts_leaves_each_field_as_typed_last(
    tmp_path_factory: pytest.TempPathFactory, typing: list[tuple[int, str, str]]
) -> None:
    typing = [(n, f, v) for n, f, v in typing if not any(0xD800 <= ord(c) < 0xE000 for c in v)]
    store, _, _ = new_store(tmp_path_factory.mktemp("typing"))
    drafts = [store.drafts.begin("HZ-001", "3", "zhang") for _ in range(3)]
    for number, name, value in typing:
        store.drafts.note([(drafts[number].id, typed(name, value))])
    for number, draft in enumerate(drafts):
        wanted = {name: value for n, name, value in typing if n == number}
        assert {name: field.value for name, field in store.drafts.draft(draft.id).fields.items()} == wanted
    store.close()


def test_a_parked_draft_keeps_what_the_applicant_was_told_and_can_be_taken_up_again(
    tmp_path: Path, clock: TestClock
) -> None:
    store, _, _ = new_store(tmp_path, clock)
    draft = store.drafts.begin("HZ-001", "3", "zhang")
    parked = store.drafts.park(draft.id, ("结婚证原件", "户口簿"))
    assert (parked.state, parked.missing) == (DraftState.PARKED, ("结婚证原件", "户口簿"))
    assert store.drafts.unfinished() == (parked,)
    resumed = store.drafts.resume(draft.id)
    assert (resumed.state, resumed.missing) == (DraftState.OPEN, parked.missing)
    store.close()


def test_an_accepted_draft_is_over_and_its_typing_is_erased(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    draft = store.drafts.begin("HZ-090", "1", "zhang")
    store.drafts.note([(draft.id, typed("a", "b"))])
    paper = store.drafts.keep_material(draft.id, CERTIFICATE, "zhang")
    case = store.cases.take_on(replace(new_case(), id=draft.id), PLACE, (accept(),), RULES)
    store.drafts.note([(draft.id, typed("a", "late"))])
    over = store.drafts.draft(draft.id)
    assert (over.state, over.fields) == (DraftState.ACCEPTED, {})
    assert store.drafts.unfinished() == ()
    assert store.drafts.materials(case.id) == (paper,)
    for step in (store.drafts.resume, store.drafts.discard, lambda d: store.drafts.park(d, ("x",))):
        with pytest.raises(NotAllowed) as refused:
            step(draft.id)
        assert refused.value.code == "CSE-105"
    with pytest.raises(NotAllowed) as refused:
        store.drafts.remove_material(paper.id)
    assert refused.value.code == "CSE-106"
    later = store.drafts.keep_material(case.id, CERTIFICATE, "zhang")
    assert store.drafts.materials(case.id) == (paper, later), "papers brought later belong to the case"
    store.close()


def test_a_refused_draft_says_so(tmp_path: Path, clock: TestClock) -> None:
    from app.domain.cases.workflow import CaseEvent

    store, _, _ = new_store(tmp_path, clock)
    draft = store.drafts.begin("HZ-090", "1", "zhang")
    store.cases.take_on(replace(new_case(), id=draft.id), PLACE, (order(CaseEvent.REFUSE),), RULES)
    assert store.drafts.draft(draft.id).state is DraftState.REFUSED
    store.close()


def test_throwing_away_erases_typing_and_papers_and_keeps_that_there_was_a_draft(tmp_path: Path, clock: TestClock) -> None:
    store, _, folder = new_store(tmp_path, clock)
    draft = store.drafts.begin("HZ-001", "3", "zhang")
    store.drafts.note([(draft.id, typed("a", "b"))])
    store.drafts.keep_material(draft.id, CERTIFICATE, "zhang")
    store.drafts.discard(draft.id)
    gone = store.drafts.draft(draft.id)
    assert (gone.state, gone.fields, store.drafts.materials(draft.id)) == (DraftState.DISCARDED, {}, ())
    assert not list(folder.blobs.glob("??/*.sealed"))
    with pytest.raises(NotAllowed):
        store.drafts.keep_material(draft.id, CERTIFICATE, "zhang")
    store.close()


def test_a_paper_is_sealed_read_back_and_removed_only_when_asked(tmp_path: Path, clock: TestClock) -> None:
    store, _, folder = new_store(tmp_path, clock)
    draft = store.drafts.begin("HZ-001", "3", "zhang")
    kept = store.drafts.keep_material(draft.id, CERTIFICATE, "zhang")
    other = store.drafts.keep_material(draft.id, replace(CERTIFICATE, data=b"two"), "zhang")
    assert (kept.size, kept.digest, kept.name) == (len(CERTIFICATE.data), sm3_hex(CERTIFICATE.data), "结婚证")
    assert store.drafts.material_data(kept.id) == CERTIFICATE.data
    sealed = [path.read_bytes() for path in folder.blobs.glob("??/*.sealed")]
    assert not [data for data in sealed if CERTIFICATE.data in data or "结婚证".encode() in data]
    store.drafts.remove_material(kept.id)
    assert store.drafts.materials(draft.id) == (other,)
    with pytest.raises(StoreFault):
        store.drafts.remove_material(kept.id)
    store.close()


def test_a_paper_whose_row_was_not_written_is_adopted_and_one_of_a_discarded_draft_is_swept(
    tmp_path: Path, clock: TestClock
) -> None:
    store, key, folder = new_store(tmp_path, clock)
    live, gone = (store.drafts.begin("HZ-001", "3", "zhang") for _ in range(2))
    for draft, name in ((live, "A" * 26), (gone, "B" * 26)):
        label = BlobLabel(MATERIAL_KIND, name, draft.id, 0, clock.now().isoformat())
        store._blobs.write(label, BlobContent(CERTIFICATE.data, "zhang", CERTIFICATE.described()))
    store.drafts.discard(gone.id)
    store.close()
    again = Store.open(folder, key, clock)
    assert (again.reconciled.adopted, again.reconciled.swept) == (("A" * 26,), 1)
    assert not again.reconciled.unreadable
    (paper,) = again.drafts.materials(live.id)
    assert (paper.name, paper.item, paper.officer) == ("结婚证", "marriage-certificate", "zhang")
    assert again.drafts.material_data(paper.id) == CERTIFICATE.data
    again.close()


def test_a_form_that_gave_its_fields_new_names_takes_the_draft_along(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    draft = store.drafts.begin("HZ-001", "2", "zhang")
    store.drafts.note([(draft.id, typed("spouse", "李"))])
    carried = store.drafts.carry_over(draft.id, "3", (typed("host_name", "李"),))
    assert carried.matter_version == "3"
    assert {name: field.value for name, field in carried.fields.items()} == {"spouse": "李", "host_name": "李"}
    store.close()

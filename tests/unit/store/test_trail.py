"""检测流水: every judged picture is found by any of its fields; what officers add stays, what machines said too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.errors import NotAllowed, StoreFault
from app.domain.judgement import Verdict
from app.domain.trail import StationKind, StationPass, TrailDraft, TrailQuery
from app.store.store import Store
from helpers.stores import PERSON, STATION, TestClock, new_store, session_record


def _begun(store: Store, clock: TestClock) -> TrailDraft:
    session = session_record(clock)
    store.create_session(session)
    shot = store.keep_shot(session.id, b"picture", device="Nikon D750", file_name="a.jpg")
    stations = (
        StationPass(StationKind.ALGORITHM, clock.now(), 250.0, Verdict.FAIL, "闭眼"),
        StationPass(StationKind.MANUAL, clock.now(), 4000.0, Verdict.FAIL, "重拍"),
    )
    return TrailDraft(
        session.id, PERSON, STATION, "zhang", "Nikon D750", "id-card", "default", "", shot.blob, 7,
        Verdict.FAIL, ("eyes_open", "sharpness"), "", stations,
    )  # fmt: skip


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def store(tmp_path: Path, clock: TestClock) -> Store:
    return new_store(tmp_path, clock)[0]


def test_an_entry_comes_back_as_it_was_written(store: Store, clock: TestClock) -> None:
    draft = _begun(store, clock)
    entry = store.trail.entry(store.trail.add(draft))
    assert entry.draft == draft
    assert entry.verdict is Verdict.FAIL
    assert entry.duration_ms == 4250.0
    assert entry.recorded == clock.now()
    assert store.trail.picture(entry.id) == b"picture"
    store.close()


def test_every_field_of_a_query_narrows_the_answer(store: Store, clock: TestClock) -> None:
    draft = _begun(store, clock)
    first = store.trail.add(draft)
    clock.forward(days=1)
    other = replace(
        draft, device="Canon EOS R5", standard_id="driving-licence", number="N1", verdict=Verdict.PASS, reasons=(),
        special_reason="怀疑篡改", stations=draft.stations[:1], station=replace(STATION, station_name="江北所"),
        applicant=replace(PERSON, id_number="999999199003072390"),
    )  # fmt: skip
    second = store.trail.add(other)

    def found(query: TrailQuery) -> list[int]:
        return [e.id for e in store.trail.find(query)]

    assert found(TrailQuery()) == [second, first]
    today = clock.now().date()
    for query, ids in (
        (TrailQuery(first_day=today), [second]),
        (TrailQuery(last_day=today.replace(day=today.day - 1)), [first]),
        (TrailQuery(department="江北"), [second]),
        (TrailQuery(device="d750"), [first]),
        (TrailQuery(standard_id="driving-licence"), [second]),
        (TrailQuery(number="N1"), [second]),
        (TrailQuery(id_number=PERSON.id_number.lower()), [first]),
        (TrailQuery(passed=True), [second]),
        (TrailQuery(passed=False), [first]),
        (TrailQuery(reason="sharpness"), [first]),
        (TrailQuery(reason="yaw"), []),
        (TrailQuery(special_reason="篡改"), [second]),
        (TrailQuery(min_ms=1000), [first]),
        (TrailQuery(max_ms=1000), [second]),
        (TrailQuery(limit=1), [second]),
        (TrailQuery(limit=1, after=second), [first]),
        (TrailQuery(department="'; DROP TABLE trail; --"), []),
    ):
        assert found(query) == ids, query
    store.close()


def test_a_changed_verdict_counts_and_keeps_what_the_machine_said(store: Store, clock: TestClock) -> None:
    entry = store.trail.add(_begun(store, clock))
    changed = store.trail.override(entry, "wang", Verdict.PASS, "  申请人眼疾 ")
    assert changed.verdict is Verdict.PASS
    assert changed.draft.verdict is Verdict.FAIL
    assert [(o.officer, o.before, o.after, o.reason) for o in changed.overrides] == [
        ("wang", Verdict.FAIL, Verdict.PASS, "申请人眼疾")
    ]
    assert store.trail.summary(TrailQuery()).passed == 1
    with pytest.raises(NotAllowed) as refused:
        store.trail.override(entry, "wang", Verdict.FAIL, "  ")
    assert refused.value.code == "TRL-102"
    store.close()


def test_notes_are_added_never_replaced(store: Store, clock: TestClock) -> None:
    entry = store.trail.add(_begun(store, clock))
    store.trail.annotate(entry, "wang", "左眼有遮挡")
    assert [n.text for n in store.trail.annotate(entry, "li", "已核实").notes] == ["左眼有遮挡", "已核实"]
    with pytest.raises(NotAllowed):
        store.trail.annotate(entry, "li", " ")
    with pytest.raises(StoreFault):
        store.trail.annotate(999, "li", "x")
    store.close()


def test_the_summary_counts_all_pages_and_the_commonest_reason_first(store: Store, clock: TestClock) -> None:
    draft = _begun(store, clock)
    for _ in range(3):
        store.trail.add(draft)
    store.trail.add(replace(draft, reasons=("eyes_open",)))
    store.trail.add(replace(draft, reasons=(), verdict=Verdict.WARN))
    summary = store.trail.summary(TrailQuery(limit=1))
    assert (summary.total, summary.passed) == (5, 1)
    assert [(f.reason, f.count) for f in summary.failures] == [("eyes_open", 4), ("sharpness", 3)]
    store.close()

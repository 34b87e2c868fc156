"""The photo library's late answer: a waiting photo becomes final or is withheld, and nobody overlooks it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.inspecting import InspectionAnswer, InspectionReason
from app.domain.judgement import Verdict
from app.domain.records import OutboxItem, OutboxKind, OutboxState, PhotoRecord, Standing
from app.domain.trail import StationKind, StationPass, TrailDraft, TrailEntry, TrailQuery
from app.store.store import Store
from helpers.stores import PERSON, RULE, STATION, TestClock, draft, new_store, session_record

KNOWN = {"sharpness", "dpi"}


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def store(tmp_path: Path, clock: TestClock) -> Store:
    return new_store(tmp_path, clock)[0]


def waiting_photo(
    store: Store, clock: TestClock, *, standing: Standing = Standing.PENDING, forced: str = ""
) -> PhotoRecord:
    """Stored while the network was down: algorithm passed, library 待检, officer passed."""
    session = session_record(clock)
    store.create_session(session)
    shot = store.keep_shot(session.id, b"original", device="D750", file_name="a.jpg")

    def entry(record: PhotoRecord) -> TrailDraft:
        good = Verdict.PASS if record.standing is Standing.FINAL else Verdict.UNKNOWN
        stations = (
            StationPass(StationKind.ALGORITHM, clock.now(), 250.0, Verdict.PASS, ""),
            StationPass(StationKind.BACKEND, clock.now(), 0.0, Verdict.UNKNOWN, ""),
            StationPass(StationKind.MANUAL, clock.now(), 3000.0, Verdict.PASS, "", "zhang"),
            StationPass(StationKind.ISSUE, clock.now(), 0.0, good, record.number),
        )
        return TrailDraft(
            session.id, PERSON, STATION, "zhang", "D750", "id-card", "严格", record.number, record.blob, record.size,
            good, (), "", stations, shot.id, "户政部门",
        )  # fmt: skip

    asked = replace(draft(), standing=standing, ask_backend=True, photo_library="户政库", forced_reason=forced)
    (record,) = store.save_photos(
        session.id, shot.id, (asked,), rule=RULE, officer="zhang", station=STATION, entry_of=entry
    )
    return record


def item(store: Store, kind: OutboxKind) -> OutboxItem:
    return next(i for i in store.outbox.items() if i.kind is kind)


def answer(clock: TestClock, *reasons: InspectionReason) -> InspectionAnswer:
    return InspectionAnswer("I1", not reasons, reasons, clock.now() + timedelta(minutes=5), 740.0)


def the_entry(store: Store) -> TrailEntry:
    (entry,) = store.trail.find(TrailQuery())
    return entry


def test_a_photo_saved_without_network_is_stored_pending_and_only_its_question_and_original_may_leave(
    store: Store, clock: TestClock
) -> None:
    record = waiting_photo(store, clock)
    assert record.standing is Standing.PENDING
    assert store.read_photo(record.number) == draft().image, "the picture is safe whatever the network does"
    due = store.outbox.due(clock.now(), 9)
    assert [i.kind for i in due] == [OutboxKind.ORIGINAL, OutboxKind.INSPECTION]
    assert item(store, OutboxKind.PHOTO).state is OutboxState.HELD
    assert {i.photo_library for i in store.outbox.items()} == {"户政库"}
    entry = the_entry(store)
    assert (entry.pending, entry.verdict) == (True, Verdict.UNKNOWN)
    for query, found in ((TrailQuery(pending=True), 1), (TrailQuery(passed=True), 0), (TrailQuery(passed=False), 0)):
        assert len(store.trail.find(query)) == found, "待检 is neither passed nor refused"
    assert store.trail.summary(TrailQuery()).pending == 1
    store.close()


def test_a_good_answer_makes_the_photo_final_and_fills_the_row_with_the_library_s_own_time(
    store: Store, clock: TestClock
) -> None:
    record, said = waiting_photo(store, clock), answer(clock)
    store.answers.fill(item(store, OutboxKind.INSPECTION), said, KNOWN)
    assert store.photo(record.number).standing is Standing.FINAL
    assert item(store, OutboxKind.PHOTO).state is OutboxState.WAITING
    assert item(store, OutboxKind.INSPECTION).receipt == "I1"
    entry = the_entry(store)
    library = entry.draft.stations[1]
    assert (library.verdict, library.begun, library.duration_ms) == (Verdict.PASS, said.checked, 740.0)
    assert entry.draft.stations[3].verdict is Verdict.PASS
    assert (entry.verdict, entry.pending, entry.duration_ms) == (Verdict.PASS, False, 3990.0)
    assert store.answers.unseen() == ()
    store.close()


def test_a_refusal_withholds_the_photo_says_why_and_waits_for_an_officer_to_read_it(store: Store, clock: TestClock) -> None:
    record = waiting_photo(store, clock)
    said = answer(clock, InspectionReason("sharpness", "清晰度：模糊"), InspectionReason("their-own-rule", "内部规则 7"))
    store.answers.fill(item(store, OutboxKind.INSPECTION), said, KNOWN)
    assert store.photo(record.number).standing is Standing.WITHHELD
    assert item(store, OutboxKind.PHOTO).state is OutboxState.WITHHELD
    assert store.outbox.waiting() == 1, "the original alone"
    store.outbox.retry(item(store, OutboxKind.PHOTO).id)
    assert item(store, OutboxKind.PHOTO).state is OutboxState.WITHHELD, "no hand sends it"
    entry = the_entry(store)
    assert [s.verdict for s in entry.draft.stations[1:]] == [Verdict.FAIL, Verdict.PASS, Verdict.FAIL]
    assert entry.draft.stations[1].text == "清晰度：模糊; 内部规则 7"
    assert entry.draft.reasons == ("sharpness",), "only what our register knows is counted"
    assert (entry.verdict, entry.pending) == (Verdict.FAIL, False)
    (failure,) = store.answers.unseen()
    assert (failure.number, failure.words) == (record.number, "清晰度：模糊; 内部规则 7")
    store.answers.take_note(record.number)
    assert store.answers.unseen() == ()
    store.close()


def test_where_the_strategy_issues_before_the_answer_the_photo_leaves_at_once_and_a_refusal_still_withholds_it(
    store: Store, clock: TestClock
) -> None:
    record = waiting_photo(store, clock, standing=Standing.FINAL)
    assert item(store, OutboxKind.PHOTO).state is OutboxState.WAITING
    store.outbox.mark_sent(item(store, OutboxKind.PHOTO).id, "R1")
    store.answers.fill(item(store, OutboxKind.INSPECTION), answer(clock, InspectionReason("dpi", "DPI")), KNOWN)
    assert store.photo(record.number).standing is Standing.WITHHELD
    assert item(store, OutboxKind.PHOTO).state is OutboxState.SENT, "what has left has left, and is not denied"
    assert [f.number for f in store.answers.unseen()] == [record.number]
    store.close()


def test_the_same_answer_twice_changes_nothing_again(store: Store, clock: TestClock) -> None:
    record, question = waiting_photo(store, clock), item(store, OutboxKind.INSPECTION)
    store.answers.fill(question, answer(clock), KNOWN)
    store.answers.fill(question, answer(clock, InspectionReason("dpi", "DPI")), KNOWN)
    assert store.photo(record.number).standing is Standing.FINAL
    assert the_entry(store).verdict is Verdict.PASS
    store.close()


def test_a_verdict_laid_down_by_hand_stays_in_force_when_the_library_answers(store: Store, clock: TestClock) -> None:
    waiting_photo(store, clock)
    store.trail.override(the_entry(store).id, "wang", Verdict.FAIL, "与本人不符")
    store.answers.fill(item(store, OutboxKind.INSPECTION), answer(clock), KNOWN)
    entry = the_entry(store)
    assert (entry.verdict, entry.draft.verdict) == (Verdict.FAIL, Verdict.PASS)
    store.close()


def test_a_photo_issued_with_a_reason_stays_marked_when_the_library_passes_it(store: Store, clock: TestClock) -> None:
    waiting_photo(store, clock, forced="设备维修")
    store.answers.fill(item(store, OutboxKind.INSPECTION), answer(clock), KNOWN)
    assert the_entry(store).verdict is Verdict.WARN
    store.close()


def test_a_picture_turned_down_is_kept_for_the_trail_over_the_next_start_and_issues_nothing(
    tmp_path: Path, clock: TestClock
) -> None:
    store, key, folder = new_store(tmp_path, clock)
    session = session_record(clock)
    store.create_session(session)
    shot = store.keep_shot(session.id, b"original", device="D750", file_name="a.jpg")
    refused = StationPass(StationKind.MANUAL, clock.now(), 2000.0, Verdict.FAIL, "头发遮眉", "zhang")
    entry = store.trail.add_turned_down(
        TrailDraft(
            session.id, PERSON, STATION, "zhang", "D750", "id-card", "", "", "", 0, Verdict.FAIL, (), "身份存疑",
            (refused,), shot.id,
        ),
        b"composed",
    )  # fmt: skip
    store.close()
    store = Store.open(folder, key, clock)
    assert store.reconciled.swept == 0
    assert store.trail.picture(entry) == b"composed"
    assert store.trail.original(entry) == b"original"
    assert store.photos_of(session.id) == ()
    assert store.outbox.waiting() == 0
    (stage,) = store.trail.entry(entry).draft.stations
    assert (stage.officer, stage.text, stage.duration_ms) == ("zhang", "头发遮眉", 2000.0)
    store.close()


def test_the_trail_says_when_a_picture_was_taken_and_when_the_library_acknowledged_it(
    store: Store, clock: TestClock
) -> None:
    waiting_photo(store, clock)
    taken = clock.now()
    assert (the_entry(store).taken, the_entry(store).uploaded) == (taken, None)
    store.answers.fill(item(store, OutboxKind.INSPECTION), answer(clock), KNOWN)
    clock.forward(minutes=9, seconds=7)
    store.outbox.mark_sent(item(store, OutboxKind.PHOTO).id, "R1")
    assert the_entry(store).uploaded == clock.now()
    assert store.trail.find(TrailQuery(department="户政")), "the strategy's department is searched"
    store.close()

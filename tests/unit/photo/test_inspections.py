"""A strategy does what it says: its stations are asked, its numbers given, its library used, and the trail tells it all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.errors import BadInput, NotAllowed
from app.domain.inspecting import InspectionReason
from app.domain.judgement import Verdict
from app.domain.photo_session import SessionState
from app.domain.records import OutboxKind, PhotoRecord, Standing
from app.domain.trail import StationKind, StationPass, TrailEntry, TrailQuery
from helpers.inspecting import A, B, M, StationSeat, station_seat


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[StationSeat]:
    made = station_seat(tmp_path)
    yield made
    made.store.close()


def ask(seat: StationSeat) -> StationPass:
    photo = seat.composed()
    return seat.photo.ask_library(seat.session.id, [photo], {"id-card": seat.strategies["household"]})["id-card"]


def save(seat: StationSeat, *passes: StationPass, passed: bool = True, **said: str) -> PhotoRecord:
    photo = seat.composed(passed=passed)
    (record,) = seat.photo.save(seat.session.id, [photo], passes={"id-card": passes}, **said)
    return record


def entry(seat: StationSeat) -> TrailEntry:
    (found,) = seat.store.trail.find(TrailQuery())
    return found


def looked(seat: StationSeat, verdict: Verdict = Verdict.PASS, note: str = "") -> StationPass:
    return seat.photo.by_hand(verdict, note, 4.0)


def test_every_station_of_the_strategy_stands_in_the_trail_in_its_order_with_name_time_and_duration(
    seat: StationSeat,
) -> None:
    record = save(seat, ask(seat), looked(seat, note="五官端正"))
    assert record.standing is Standing.FINAL
    found = entry(seat)
    stages = found.draft.stations
    assert [s.kind for s in stages] == [StationKind.ALGORITHM, StationKind.BACKEND, StationKind.MANUAL, StationKind.ISSUE]
    assert all(s.verdict is Verdict.PASS for s in stages)
    assert (stages[2].officer, stages[2].text, stages[2].duration_ms) == ("zhang", "五官端正", 4000.0)
    assert stages[1].duration_ms == 500.0
    assert stages[0].begun < stages[2].begun, "the machine judged before she looked"
    assert (found.draft.strategy, found.draft.department) == ("严格", "户政部门")
    assert found.draft.shot_id == seat.session.chosen_shot


def test_the_question_carries_the_photo_its_standard_its_exceptions_and_its_library_but_nobody_s_name(
    seat: StationSeat,
) -> None:
    ask(seat)
    (question,) = seat.library.asked
    assert (question.standard_id, question.exceptions, question.photo_library) == ("id-card", ("child",), "户政照片库")
    assert question.image == seat.composed().image
    assert seat.session.applicant.id_number not in repr(question)


def test_without_an_answer_the_photo_is_stored_pending_and_the_question_goes_with_the_save(seat: StationSeat) -> None:
    seat.library.reachable = False
    record = save(seat, ask(seat), looked(seat))
    assert record.standing is Standing.PENDING
    assert [i.kind for i in seat.store.outbox.due(seat.clock.now(), 9)] == [OutboxKind.ORIGINAL, OutboxKind.INSPECTION]
    assert entry(seat).pending
    assert [s.verdict for s in entry(seat).draft.stations] == [
        Verdict.PASS, Verdict.UNKNOWN, Verdict.PASS, Verdict.UNKNOWN,
    ]  # fmt: skip


def test_an_answer_already_given_is_not_asked_for_again(seat: StationSeat) -> None:
    save(seat, ask(seat), looked(seat))
    assert {i.kind for i in seat.store.outbox.items()} == {OutboxKind.ORIGINAL, OutboxKind.PHOTO}


def test_a_strategy_that_issues_before_the_answer_has_its_photo_final_at_once(seat: StationSeat) -> None:
    seat.library.reachable = False
    seat.follow(issue_before_answer=True)
    record = save(seat, ask(seat), looked(seat))
    assert record.standing is Standing.FINAL
    assert OutboxKind.INSPECTION in {i.kind for i in seat.store.outbox.items()}
    assert (entry(seat).pending, entry(seat).verdict) == (True, Verdict.PASS)


def test_after_the_first_question_without_an_answer_nobody_waits_for_a_second(tmp_path: Path) -> None:
    seat = station_seat(tmp_path, ("id-card", "residence-permit"))
    seat.library.reachable = False
    photos = [seat.composed("id-card"), seat.composed("residence-permit")]
    said = seat.photo.ask_library(seat.session.id, photos, seat.photo.strategies(seat.session.id))
    assert {s.verdict for s in said.values()} == {Verdict.UNKNOWN}
    assert len(seat.library.asked) == 1
    seat.store.close()


def test_the_officer_s_look_is_demanded(seat: StationSeat) -> None:
    with pytest.raises(NotAllowed) as missing:
        save(seat, ask(seat))
    assert missing.value.code == "INS-104"
    assert seat.store.photos_of(seat.session.id) == ()


@pytest.mark.parametrize("station", [B, M])
def test_one_no_keeps_the_photo_from_being_issued_whatever_reason_is_given(seat: StationSeat, station: object) -> None:
    seat.library.reasons = (InspectionReason("sharpness", "模糊"),) if station is B else ()
    passes = [ask(seat)]
    if station is M:
        passes.append(looked(seat, Verdict.FAIL, "头发遮眉"))
    with pytest.raises(NotAllowed) as refused:
        save(seat, *passes, forced_reason="必须出证")
    assert refused.value.code == "INS-103"
    assert seat.store.outbox.items() == ()


def test_a_refused_photo_is_recorded_with_its_picture_and_the_session_goes_on(seat: StationSeat) -> None:
    seat.library.reasons = (InspectionReason("sharpness", "模糊"), InspectionReason("rule-7", "内部规则"))
    photo = seat.composed()
    seat.photo.turn_down(seat.session.id, photo, (ask(seat),), "怀疑照片被篡改")
    found = entry(seat)
    assert (found.verdict, found.draft.number, found.pending) == (Verdict.FAIL, "", False)
    assert [s.kind for s in found.draft.stations] == [StationKind.ALGORITHM, StationKind.BACKEND], "nobody else was asked"
    assert found.draft.stations[1].text == "模糊; 内部规则"
    assert found.draft.reasons == ("sharpness",)
    assert found.draft.special_reason == "怀疑照片被篡改"
    assert seat.store.trail.picture(found.id) == photo.image
    assert seat.photo.session(seat.session.id).state is SessionState.EDITING
    seat.library.reasons = ()
    assert save(seat, ask(seat), looked(seat)).number == "S20261124001", "the refused one took no number"


def test_a_manual_no_needs_its_words_and_a_yes_does_not(seat: StationSeat) -> None:
    with pytest.raises(NotAllowed) as wordless:
        looked(seat, Verdict.FAIL, "  ")
    assert wordless.value.code == "INS-101"
    with pytest.raises(BadInput) as endless:
        looked(seat, Verdict.FAIL, "长" * 201)
    assert endless.value.code == "INS-102"
    assert looked(seat).text == ""


def test_a_special_inspection_says_why_and_is_found_by_it(seat: StationSeat) -> None:
    seat.follow(special_reason_needed=True)
    with pytest.raises(NotAllowed) as missing:
        save(seat, ask(seat), looked(seat), special_reason="   ")
    assert missing.value.code == "INS-105"
    with pytest.raises(BadInput):
        save(seat, ask(seat), looked(seat), special_reason="长" * 201)
    save(seat, ask(seat), looked(seat), special_reason="怀疑照片被篡改：边缘异常")
    (found,) = seat.store.trail.find(TrailQuery(special_reason="篡改"))
    assert found.draft.special_reason == "怀疑照片被篡改：边缘异常"
    assert seat.store.trail.find(TrailQuery(special_reason="婴幼儿")) == ()


def test_a_photo_forced_through_shows_the_officer_and_the_reason_even_where_no_manual_station_stands(
    seat: StationSeat,
) -> None:
    seat.follow(stations=(A,))
    with pytest.raises(NotAllowed) as refused:
        save(seat, passed=False)
    assert refused.value.code == "SES-104"
    save(seat, passed=False, forced_reason="设备维修")
    stages = entry(seat).draft.stations
    assert [(s.kind, s.officer, s.text) for s in stages[1:2]] == [(StationKind.MANUAL, "zhang", "设备维修")]
    assert entry(seat).verdict is Verdict.WARN


def test_each_photo_is_numbered_and_filed_by_its_own_strategy(tmp_path: Path) -> None:
    seat = station_seat(tmp_path, ("id-card", "driving-licence", "exit-entry"))
    seat.follow(stations=(A,))
    photos = [seat.composed(s) for s in seat.session.standard_ids]
    seat.strategies["traffic"] = None
    records = seat.photo.save(seat.session.id, photos)
    own = "999999T00012026112400"
    assert [r.number for r in records] == ["S20261124001", f"{own}001", f"{own}002"], "by rule, else by the settings"
    assert [r.photo_library for r in records] == ["户政照片库", "", ""]
    seat.store.close()

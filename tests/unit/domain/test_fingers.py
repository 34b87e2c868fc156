"""Which finger is asked for, how often, and what becomes of one that cannot be taken."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import NotAllowed
from app.domain.fingers import (
    Ask,
    Enrolment,
    EnrolmentRule,
    Finger,
    FingerAttempt,
    FingerException,
    FingerOutcome,
    Hand,
    Hint,
    Score,
    ScoreMethod,
    hint,
)
from app.domain.person import Applicant
from app.domain.records import Station

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
RULE = EnrolmentRule(pass_score=55, max_tries=3)


def enrolment(rule: EnrolmentRule = RULE) -> Enrolment:
    station = Station("T0001", "999999", "测试派出所", "photo-station")
    return Enrolment("E1", Applicant("欧阳示例", ""), rule, "zhang", station, NOW)


def pressed(e: Enrolment, score: int, same_as: Finger | None = None) -> Enrolment:
    finger = e.step().finger
    assert finger is not None
    number = len(e.attempts) + 1
    attempt = FingerAttempt(f"A{number}", finger, number, NOW, (Score(score, ScoreMethod.DEVICE),), (), same_as)
    return e.with_attempt(attempt)


def passed_over(e: Enrolment, outcome: FingerOutcome = FingerOutcome.NOT_TAKEN, **changes: str) -> Enrolment:
    finger = e.step().finger
    assert finger is not None
    words = {"reason": "missing", "officer": "zhang", "second_officer": "li", "accepted": "", "note": "", **changes}
    return e.with_exception(
        FingerException(
            finger,
            outcome,
            words["reason"],
            words["officer"],
            words["second_officer"],
            NOW,
            words["note"],
            words["accepted"],
        )
    )


def test_right_thumb_then_left_thumb_and_done() -> None:
    e = enrolment()
    assert e.step().finger is Finger.RIGHT_THUMB
    e = pressed(e, 80)
    assert e.step().finger is Finger.LEFT_THUMB
    e = pressed(e, 55)
    assert e.step().ask is Ask.DONE
    assert [(s.outcome, s.finger) for s in e.slots()] == [
        (FingerOutcome.ENROLLED, Finger.RIGHT_THUMB),
        (FingerOutcome.ENROLLED, Finger.LEFT_THUMB),
    ]


@pytest.mark.parametrize("hand", list(Hand))
def test_within_a_hand_the_order_is_thumb_index_middle_ring_little(hand: Hand) -> None:
    e = enrolment()
    if hand is Hand.LEFT:
        e = pressed(e, 90)
    asked: list[Finger] = []
    while (finger := e.step().finger) is not None and finger.hand is hand and len(asked) < 5:
        asked.append(finger)
        e = passed_over(e)
    assert asked == [f for f in Finger if f.hand is hand]


def test_one_below_the_score_is_tried_again_and_one_at_the_score_is_enough() -> None:
    e = pressed(enrolment(), 54)
    assert (e.step().finger, e.step().tries_left) == (Finger.RIGHT_THUMB, 2)
    assert pressed(e, 55).step().finger is Finger.LEFT_THUMB


def test_when_the_tries_are_used_up_the_officers_decide_about_the_best_of_them() -> None:
    e = pressed(pressed(pressed(enrolment(), 30), 50), 40)
    step = e.step()
    assert step.ask is Ask.DECIDE
    assert step.best is not None
    assert (step.best.number, step.best.score) == (2, 50)
    with pytest.raises(NotAllowed, match="FNG-201"):
        e.with_attempt(FingerAttempt("A9", Finger.RIGHT_THUMB, 9, NOW))
    accepted = passed_over(e, FingerOutcome.ENROLLED, accepted="A2", reason="worn")
    assert accepted.step().finger is Finger.LEFT_THUMB
    assert [a.id for a in accepted.taken()] == ["A2"]
    assert [a.score for a in accepted.attempts] == [30, 50, 40], "every score stays"


def test_a_press_below_the_score_is_not_accepted_while_tries_are_left_nor_is_another_than_the_best() -> None:
    e = pressed(enrolment(), 50)
    with pytest.raises(NotAllowed, match="FNG-204"):
        passed_over(e, accepted="A1")
    e = pressed(pressed(e, 40), 30)
    with pytest.raises(NotAllowed, match="FNG-204"):
        passed_over(e, accepted="A3")


def test_a_hand_that_yields_none_leaves_two_to_the_other() -> None:
    e = enrolment()
    for _ in range(5):
        e = passed_over(e)
    assert e.step().finger is Finger.LEFT_THUMB
    e = pressed(e, 70)
    assert e.step().finger is Finger.LEFT_INDEX
    e = pressed(e, 70)
    assert [s.finger for s in e.slots()] == [Finger.LEFT_THUMB, Finger.LEFT_INDEX]


def test_the_left_hand_that_yields_none_leaves_the_right_index() -> None:
    e = pressed(enrolment(), 70)
    for _ in range(5):
        e = passed_over(e)
    assert e.step().finger is Finger.RIGHT_INDEX


@pytest.mark.parametrize(
    ("tried", "outcome"), [(True, FingerOutcome.FAILED), (False, FingerOutcome.NOT_TAKEN)], ids=["注册失败", "未注册"]
)
def test_nothing_to_take_is_failed_when_something_was_tried_and_not_taken_when_not(
    tried: bool, outcome: FingerOutcome
) -> None:
    e = enrolment()
    while e.step().ask is not Ask.DONE:
        worn = tried and e.step().finger in (Finger.RIGHT_INDEX, Finger.LEFT_RING)
        e = passed_over(e, FingerOutcome.FAILED if worn else FingerOutcome.NOT_TAKEN)
    slots = e.slots()
    assert [s.outcome for s in slots] == [outcome, outcome]
    assert [s.finger.hand for s in slots] == [Hand.RIGHT, Hand.LEFT]
    assert all(s.exception is not None and s.exception.second_officer == "li" for s in slots)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"reason": " "}, "FNG-202"),
        ({"second_officer": ""}, "FNG-203"),
        ({"second_officer": "zhang "}, "FNG-203"),
    ],
)
def test_an_exception_needs_a_reason_and_another_officer(words: dict[str, str], code: str) -> None:
    with pytest.raises(NotAllowed, match=code):
        passed_over(enrolment(), FingerOutcome.NOT_TAKEN, **words)


def test_only_the_finger_asked_for_can_be_pressed_or_passed_over() -> None:
    e = enrolment()
    with pytest.raises(NotAllowed, match="FNG-201"):
        e.with_attempt(FingerAttempt("A1", Finger.LEFT_THUMB, 1, NOW))
    with pytest.raises(NotAllowed, match="FNG-201"):
        e.with_exception(FingerException(Finger.LEFT_THUMB, FingerOutcome.NOT_TAKEN, "missing", "zhang", "li", NOW))
    with pytest.raises(NotAllowed, match="FNG-206"):
        e.slots()
    done = pressed(pressed(e, 60), 60)
    with pytest.raises(NotAllowed, match="FNG-205"):
        done.with_attempt(FingerAttempt("A3", Finger.RIGHT_INDEX, 3, NOW))


def test_the_same_finger_again_is_kept_but_counts_neither_as_taken_nor_as_a_try() -> None:
    e = pressed(pressed(enrolment(), 90), 95, same_as=Finger.RIGHT_THUMB)
    assert (e.step().finger, e.step().tries_left) == (Finger.LEFT_THUMB, 3)
    assert len(e.attempts) == 2
    assert hint(e.attempts[1]) is Hint.WRONG_HAND
    assert hint(e.attempts[0]) is None


def test_another_finger_of_the_same_hand_is_a_same_finger_hint() -> None:
    attempt = FingerAttempt("A1", Finger.RIGHT_INDEX, 1, NOW, same_as=Finger.RIGHT_THUMB)
    assert hint(attempt) is Hint.SAME_FINGER


def test_positions_are_those_of_the_standards() -> None:
    assert [f.value for f in Finger] == list(range(11, 21))
    assert [f.iso_position for f in Finger] == list(range(1, 11))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["press", "skip", "accept"]), st.integers(0, 100)), max_size=60), st.integers(1, 4)
)
def test_any_course_of_events_ends_and_keeps_its_promises(events: list[tuple[str, int]], wanted: int) -> None:
    e = enrolment(EnrolmentRule(max_tries=2, wanted=wanted))
    for kind, score in events:
        step = e.step()
        if step.ask is Ask.DONE:
            break
        if kind == "press" and step.ask is Ask.PRESS:
            e = pressed(e, score)
        elif kind == "accept" and step.ask is Ask.DECIDE and step.best is not None:
            e = passed_over(e, FingerOutcome.ENROLLED, accepted=step.best.id)
        else:
            e = passed_over(e)
    fingers = [a.finger for a in e.taken()]
    assert len(fingers) == len(set(fingers)) <= wanted
    assert all(len(e.of(f)) <= 2 for f in Finger)
    while e.step().ask is not Ask.DONE:
        e = passed_over(e)
    assert len(e.slots()) == wanted
    assert len({s.finger for s in e.slots() if s.attempt}) == len(e.taken())

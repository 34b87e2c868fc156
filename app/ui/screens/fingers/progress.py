"""How each of the ten fingers stands in an enrolment, as the drawing of the hands and the list of tries show it."""

from __future__ import annotations

from enum import Enum

from app.domain.fingers import Ask, Enrolment, Finger, FingerAttempt, FingerOutcome


class FingerStand(Enum):
    """``OPEN``: not asked for, perhaps never."""

    OPEN = "open"
    ASKED = "asked"
    TAKEN = "taken"
    ACCEPTED = "accepted"  # below the score, by two officers
    FAILED = "failed"  # 注册失败
    NOT_TAKEN = "not-taken"  # 未注册


def finger_stands(enrolment: Enrolment) -> dict[Finger, FingerStand]:
    """Every finger, in the order of the standard."""
    stands = dict.fromkeys(Finger, FingerStand.OPEN)
    accepted = {e.accepted for e in enrolment.exceptions if e.accepted}
    for exception in enrolment.exceptions:
        if not exception.accepted:
            failed = exception.outcome is FingerOutcome.FAILED
            stands[exception.finger] = FingerStand.FAILED if failed else FingerStand.NOT_TAKEN
    for attempt in enrolment.taken():
        stands[attempt.finger] = FingerStand.ACCEPTED if attempt.id in accepted else FingerStand.TAKEN
    step = enrolment.step()
    if step.ask is not Ask.DONE and step.finger is not None:
        stands[step.finger] = FingerStand.ASKED
    return stands


class TryStand(Enum):
    """What became of one press."""

    STANDS = "stands"
    BELOW = "below"
    OTHER_FINGER = "other-finger"
    UNJUDGED = "unjudged"


def try_stand(enrolment: Enrolment, attempt: FingerAttempt) -> TryStand:
    """Whether it counts, and whether it is the one that stands for its finger."""
    if not attempt.scores:
        return TryStand.UNJUDGED
    if attempt.same_as is not None:
        return TryStand.OTHER_FINGER
    if attempt.id in {a.id for a in enrolment.taken()}:
        return TryStand.STANDS
    return TryStand.BELOW


def try_number(enrolment: Enrolment, attempt: FingerAttempt) -> int:
    """Which press of its finger it was, from 1; presses of another finger are counted too."""
    return [a.id for a in enrolment.attempts if a.finger is attempt.finger].index(attempt.id) + 1

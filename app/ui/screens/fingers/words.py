"""Words, shapes and colours of the finger screen; no state by colour alone."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.domain.fingers import Enrolment, FingerAttempt, FingerException, FingerOutcome, Hand, Score, ScoreMethod
from app.fingerprint.register import finger_name, reason, score_name
from app.ui.screens.fingers.progress import FingerStand, TryStand, try_number, try_stand

STAND_TOKENS = {
    FingerStand.OPEN: "muted",
    FingerStand.ASKED: "accent",
    FingerStand.TAKEN: "pass",
    FingerStand.ACCEPTED: "warn",
    FingerStand.FAILED: "fail",
    FingerStand.NOT_TAKEN: "unknown",
}
STAND_SIGNS = {
    FingerStand.OPEN: "",
    FingerStand.ASKED: "▼",
    FingerStand.TAKEN: "✓",
    FingerStand.ACCEPTED: "!",
    FingerStand.FAILED: "✗",
    FingerStand.NOT_TAKEN: "–",
}
TRY_ICONS = {
    TryStand.STANDS: ("mdi6.check-circle", "pass"),
    TryStand.BELOW: ("mdi6.close-circle", "fail"),
    TryStand.OTHER_FINGER: ("mdi6.swap-horizontal-circle", "warn"),
    TryStand.UNJUDGED: ("mdi6.help-circle", "unknown"),
}
OUTCOME_ICONS = {
    FingerOutcome.ENROLLED: ("mdi6.check-circle", "pass"),
    FingerOutcome.FAILED: ("mdi6.close-circle", "fail"),
    FingerOutcome.NOT_TAKEN: ("mdi6.minus-circle", "unknown"),
}


def hand_word(hand: Hand) -> str:
    """左手, 右手."""
    return {
        Hand.RIGHT: QCoreApplication.translate("FingerWords", "Right hand"),
        Hand.LEFT: QCoreApplication.translate("FingerWords", "Left hand"),
    }[hand]


def stand_word(stand: FingerStand) -> str:
    """What the shape on a finger means."""
    return {
        FingerStand.OPEN: QCoreApplication.translate("FingerWords", "not asked for"),
        FingerStand.ASKED: QCoreApplication.translate("FingerWords", "this one now"),
        FingerStand.TAKEN: QCoreApplication.translate("FingerWords", "taken"),
        FingerStand.ACCEPTED: QCoreApplication.translate("FingerWords", "taken below the score"),
        FingerStand.FAILED: QCoreApplication.translate("FingerWords", "failed"),
        FingerStand.NOT_TAKEN: QCoreApplication.translate("FingerWords", "not there or injured"),
    }[stand]


def outcome_word(outcome: FingerOutcome) -> str:
    """注册成功, 注册失败, 未注册."""
    return {
        FingerOutcome.ENROLLED: QCoreApplication.translate("FingerWords", "Enrolled"),
        FingerOutcome.FAILED: QCoreApplication.translate("FingerWords", "Enrolment failed"),
        FingerOutcome.NOT_TAKEN: QCoreApplication.translate("FingerWords", "Not enrolled"),
    }[outcome]


def score_words(score: Score, language: str) -> str:
    """The number and whose it is; an estimate says that it is one."""
    if score.method is ScoreMethod.ESTIMATE:
        return QCoreApplication.translate("FingerWords", "{0}, estimated").format(score.value)
    return f"{score.value}  {score_name(score.method, language)}"


def try_words(enrolment: Enrolment, attempt: FingerAttempt, language: str) -> str:
    """One line of the list of tries: which finger, which try, every score, what became of it."""
    finger = finger_name(attempt.finger, language)
    number = QCoreApplication.translate("FingerWords", "try {0}").format(try_number(enrolment, attempt))
    scores = " · ".join(score_words(s, language) for s in attempt.scores)
    became = {
        TryStand.STANDS: QCoreApplication.translate("FingerWords", "taken"),
        TryStand.BELOW: QCoreApplication.translate("FingerWords", "below {0}").format(enrolment.rule.pass_score),
        TryStand.OTHER_FINGER: QCoreApplication.translate("FingerWords", "another finger, does not count"),
        TryStand.UNJUDGED: QCoreApplication.translate("FingerWords", "not judged"),
    }[try_stand(enrolment, attempt)]
    return f"{finger}  {number}\n{' · '.join(part for part in (scores, became) if part)}"


def exception_words(exception: FingerException, language: str) -> str:
    """Why, in the officers' words, and both of them."""
    told = reason(exception.reason).name(language)
    because = f"{told} ({exception.note})" if exception.note else told
    signed = QCoreApplication.translate("FingerWords", "officers {0} and {1}")
    return f"{because}, {signed.format(exception.officer, exception.second_officer)}"

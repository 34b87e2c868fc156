"""Guided fingerprint enrolment as values and pure steps: which finger now, is it good enough, what if it cannot be taken.

Order of GA/T 1012: right then left, thumb, index, middle, ring, little; one finger a hand; a hand that yields none
leaves both to the other. Every press stays recorded with all its scores; what was not taken is an
exception with a reason and a second officer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from app.domain.errors import NotAllowed
from app.domain.person import Applicant
from app.domain.records import Station


class Hand(Enum):
    """The right hand comes first."""

    RIGHT = "right"
    LEFT = "left"


class Finger(Enum):
    """The values are the finger positions of GA/T 1012."""

    RIGHT_THUMB = 11
    RIGHT_INDEX = 12
    RIGHT_MIDDLE = 13
    RIGHT_RING = 14
    RIGHT_LITTLE = 15
    LEFT_THUMB = 16
    LEFT_INDEX = 17
    LEFT_MIDDLE = 18
    LEFT_RING = 19
    LEFT_LITTLE = 20

    @property
    def hand(self) -> Hand:
        """Whose finger it is."""
        return Hand.RIGHT if self.value <= 15 else Hand.LEFT

    @property
    def iso_position(self) -> int:
        """ISO/IEC 19794-4, table 2: 1-5 right thumb to little, 6-10 left."""
        return self.value - 10


class ScoreMethod(Enum):
    """Who says so. ``ESTIMATE`` 估算 is our own and never shown as an official score."""

    DEVICE = "device"
    NFIQ2 = "nfiq2"
    ESTIMATE = "estimate"


@dataclass(frozen=True)
class Score:
    """1-100, more is better."""

    value: int
    method: ScoreMethod


@dataclass(frozen=True)
class EnrolmentRule:
    """What this site asks for (settings ``fingerprint.*``). ``same_finger``: two presses so alike are one finger."""

    pass_score: int = 55
    max_tries: int = 5
    wanted: int = 2
    same_finger: float = 0.25


@dataclass(frozen=True)
class FingerAttempt:
    """One press. ``scores``: every score it got, the deciding one first; empty = kept, not judged yet.

    ``faults``: checks it failed; ``same_as``: the finger taken before that it seems to be again.
    """

    id: str
    finger: Finger
    number: int  # from 1 within the enrolment
    taken: datetime
    scores: tuple[Score, ...] = ()
    faults: tuple[str, ...] = ()
    same_as: Finger | None = None

    @property
    def score(self) -> int:
        """The deciding score, 0 where nobody gave one."""
        return self.scores[0].value if self.scores else 0


class FingerOutcome(Enum):
    """注册成功, 注册失败, 未注册 (GA/T 1012)."""

    ENROLLED = "enrolled"
    FAILED = "failed"
    NOT_TAKEN = "not_taken"


@dataclass(frozen=True)
class FingerException:
    """A finger passed over, or (``accepted`` names the press) taken below the site's score."""

    finger: Finger
    outcome: FingerOutcome
    reason: str  # a code of resources/fingers.toml
    officer: str
    second_officer: str
    recorded: datetime
    note: str = ""
    accepted: str = ""


class Ask(Enum):
    """What comes next."""

    PRESS = "press"
    DECIDE = "decide"  # tries are used up: accept the best or pass the finger over, with a second officer
    DONE = "done"


@dataclass(frozen=True)
class NextStep:
    """``best``: the best press of this finger so far; ``tries_left`` counts presses of this very finger."""

    ask: Ask
    finger: Finger | None = None
    tries_left: int = 0
    best: FingerAttempt | None = None


@dataclass(frozen=True)
class SlotResult:
    """One of the fingers a card wants. ``finger``: the one taken, or the first that was passed over."""

    outcome: FingerOutcome
    finger: Finger
    attempt: FingerAttempt | None = None
    exception: FingerException | None = None


@dataclass(frozen=True)
class Enrolment:
    """One person's visit to the scanner; every step returns a new value."""

    id: str
    applicant: Applicant
    rule: EnrolmentRule
    officer: str
    station: Station
    started: datetime
    attempts: tuple[FingerAttempt, ...] = ()
    exceptions: tuple[FingerException, ...] = ()

    def of(self, finger: Finger) -> tuple[FingerAttempt, ...]:
        """Its presses that count as tries: one that was another finger's does not."""
        return tuple(a for a in self.attempts if a.finger is finger and a.scores and a.same_as is None)

    def best(self, finger: Finger) -> FingerAttempt | None:
        """Best of N; the later one of two equals."""
        return max(self.of(finger), key=lambda a: (a.score, a.number), default=None)

    def taken(self) -> tuple[FingerAttempt, ...]:
        """The presses that stand: good enough, or accepted below the score; one a finger, in the order of taking."""
        forced = {e.accepted for e in self.exceptions if e.accepted}
        standing = []
        for finger in dict.fromkeys(a.finger for a in self.attempts):
            best = self.best(finger)
            if best is not None and (best.score >= self.rule.pass_score or best.id in forced):
                standing.append(best)
        return tuple(standing)

    def _passed_over(self) -> set[Finger]:
        return {e.finger for e in self.exceptions if not e.accepted}

    def step(self) -> NextStep:
        """What to ask the person for now."""
        taken = {a.finger for a in self.taken()}
        finger = None if len(taken) >= self.rule.wanted else self._candidate(taken)
        if finger is None:
            return NextStep(Ask.DONE)
        left = self.rule.max_tries - len(self.of(finger))
        return NextStep(Ask.PRESS if left > 0 else Ask.DECIDE, finger, max(0, left), self.best(finger))

    def _candidate(self, taken: set[Finger]) -> Finger | None:
        free = [f for f in Finger if f not in taken and f not in self._passed_over()]
        for hand in Hand:
            if not any(f.hand is hand for f in taken):
                of_hand = [f for f in free if f.hand is hand]
                if of_hand:
                    return of_hand[0]
        return free[0] if free else None

    def with_attempt(self, attempt: FingerAttempt) -> Enrolment:
        """A press of the finger that was asked for. Raises NotAllowed FNG-201 for another, FNG-205 when all is done."""
        step = self.step()
        if step.ask is Ask.DONE:
            raise NotAllowed("FNG-205")
        if step.ask is Ask.DECIDE or attempt.finger is not step.finger:
            raise NotAllowed("FNG-201", finger=attempt.finger.value)
        return replace(self, attempts=(*self.attempts, attempt))

    def judged(self, attempt: FingerAttempt) -> Enrolment:
        """The same press with its scores."""
        return replace(self, attempts=tuple(attempt if a.id == attempt.id else a for a in self.attempts))

    def with_exception(self, exception: FingerException) -> Enrolment:
        """The finger asked for is passed over, or its best press accepted.

        Raises:
            NotAllowed: FNG-201 another finger is asked for, FNG-202 no reason, FNG-203 no second officer or the same one,
                FNG-204 the best press is accepted only when the tries are used up, FNG-205 all is done.
        """
        step = self.step()
        if step.ask is Ask.DONE:
            raise NotAllowed("FNG-205")
        if exception.finger is not step.finger:
            raise NotAllowed("FNG-201", finger=exception.finger.value)
        if not exception.reason.strip():
            raise NotAllowed("FNG-202", reason="")
        second = exception.second_officer.strip()
        if not second or second == exception.officer.strip():
            raise NotAllowed("FNG-203")
        if exception.accepted and (step.ask is not Ask.DECIDE or step.best is None or step.best.id != exception.accepted):
            raise NotAllowed("FNG-204", tries=step.tries_left)
        return replace(self, exceptions=(*self.exceptions, exception))

    def slots(self) -> tuple[SlotResult, ...]:
        """What goes onto the card. Raises NotAllowed FNG-206 while a finger is still asked for."""
        if self.step().ask is not Ask.DONE:
            raise NotAllowed("FNG-206")
        forced = {e.accepted: e for e in self.exceptions if e.accepted}
        results = [SlotResult(FingerOutcome.ENROLLED, a.finger, a, forced.get(a.id)) for a in self.taken()]
        results.sort(key=lambda r: r.finger.value)
        empty = [h for h in Hand if not any(r.finger.hand is h for r in results)] or list(Hand)
        while len(results) < self.rule.wanted:
            results.append(self._empty_slot(empty[min(len(results), len(empty) - 1)]))
        return tuple(results)

    def _empty_slot(self, hand: Hand) -> SlotResult:
        over = [e for e in self.exceptions if not e.accepted and e.finger.hand is hand]
        failed = next((e for e in over if e.outcome is FingerOutcome.FAILED), None)
        told = failed or over[0]
        return SlotResult(told.outcome, told.finger, None, told)


class Hint(Enum):
    """What a press that is another finger's suggests."""

    SAME_FINGER = "same_finger"
    WRONG_HAND = "wrong_hand"


def hint(attempt: FingerAttempt) -> Hint | None:
    """None where it looks like a finger of its own. A first finger has nothing to be compared with."""
    if attempt.same_as is None:
        return None
    return Hint.SAME_FINGER if attempt.same_as.hand is attempt.finger.hand else Hint.WRONG_HAND

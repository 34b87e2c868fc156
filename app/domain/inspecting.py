"""Who must have looked at a photo before it may be used, in which order, and what follows from their answers.

The rule is laid down in docs/decisions/0010-when-a-photo-is-final.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.judgement import Verdict
from app.domain.records import Standing
from app.domain.strategy import InspectionStation, Strategy
from app.domain.trail import StationKind, StationPass

KIND_OF = {
    InspectionStation.ALGORITHM: StationKind.ALGORITHM,
    InspectionStation.BACKEND: StationKind.BACKEND,
    InspectionStation.MANUAL: StationKind.MANUAL,
}


@dataclass(frozen=True)
class InspectionQuestion:
    """What the photo library is asked (后端检测). ``key``: the same question asked again gets the first answer.

    ``image``: the issued JPEG's bytes. ``number``: "" while the photo has none. ``exceptions``: those of its session.
    """

    key: str
    image: bytes
    standard_id: str
    standard_version: str
    exceptions: tuple[str, ...]
    photo_library: str
    number: str = ""


@dataclass(frozen=True)
class InspectionReason:
    """One thing the library found wrong: ``id`` names an attribute where it is one of the register, ``text`` its words."""

    id: str
    text: str


@dataclass(frozen=True)
class InspectionAnswer:
    """The library's own verdict, at its own time; ``duration_ms`` is how long its judging took there."""

    receipt: str
    passed: bool
    reasons: tuple[InspectionReason, ...]
    checked: datetime
    duration_ms: float

    def as_pass(self) -> StationPass:
        """The trail's line of this answer."""
        return StationPass(
            StationKind.BACKEND,
            self.checked,
            self.duration_ms,
            Verdict.PASS if self.passed else Verdict.FAIL,
            "; ".join(reason.text for reason in self.reasons),
            reasons=tuple(reason.id for reason in self.reasons),
        )


@dataclass(frozen=True)
class LateFailure:
    """A stored photo that the library refused and that no officer has taken note of."""

    number: str
    standard_id: str
    words: str  # the library's own


def stations_of(strategy: Strategy | None) -> tuple[InspectionStation, ...]:
    """The stations in their order; without a strategy the machine alone judges."""
    return (InspectionStation.ALGORITHM,) if strategy is None else strategy.stations


def next_station(strategy: Strategy | None, passes: Sequence[StationPass]) -> InspectionStation | None:
    """Whom the photo goes to now: None when everybody has been asked, or one station has said no.

    The algorithm has judged before the round begins. A library that was not reached (UNKNOWN) does not hold the officer
    up: the applicant stands here now.
    """
    if any(p.verdict is Verdict.FAIL for p in passes):
        return None
    asked = {StationKind.ALGORITHM, *(p.kind for p in passes)}
    return next((s for s in stations_of(strategy) if KIND_OF[s] not in asked), None)


def standing_of(strategy: Strategy | None, passes: Sequence[StationPass]) -> Standing:
    """What a saved photo is worth: pending while the library has not answered, unless the strategy issues before."""
    if strategy is None or InspectionStation.BACKEND not in strategy.stations:
        return Standing.FINAL
    answered = any(p.kind is StationKind.BACKEND and p.verdict is not Verdict.UNKNOWN for p in passes)
    return Standing.FINAL if answered or strategy.issue_before_answer else Standing.PENDING

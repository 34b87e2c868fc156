"""The stations of a strategy at work (质检工位): who is asked about a photo, what each said, what may be saved, the trail.

Thread: any; ``ask_library`` blocks for a bounded time. The order and the rule: app.domain.inspecting, decision 10.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.config.clock import Clock
from app.config.register import register
from app.config.texts import check_name
from app.domain.errors import BadInput, NetworkFault, NotAllowed
from app.domain.inspecting import KIND_OF, InspectionAnswer, InspectionQuestion, standing_of, stations_of
from app.domain.judgement import QualityReport, Verdict
from app.domain.records import Officer, PhotoRecord, SessionRecord, ShotRecord, Standing
from app.domain.strategy import InspectionStation, Strategy
from app.domain.trail import StationKind, StationPass, TrailDraft
from app.photo.compose import ComposedPhoto
from app.security.identifiers import new_id
from app.store.store import Store

_REASON_MAX = 200


def _words(report: QualityReport) -> str:
    """The failures' names, as the trail lists them."""
    return "; ".join(check_name(c.measurement.id) for c in report.failures())


def no_strategy(device: str, purpose: str) -> Strategy | None:
    """A station without strategies numbers as its settings say, and the machine alone judges."""
    del device, purpose
    return None


def no_library(question: InspectionQuestion) -> InspectionAnswer:
    """A station without a photo library: nobody to ask."""
    del question
    raise NetworkFault("NET-120")


@dataclass(frozen=True)
class Statement:
    """What an officer adds to a save: why although not passed (强制通过), why specially inspected (特检原因)."""

    forced_reason: str = ""
    special_reason: str = ""


@dataclass(frozen=True)
class ClearedPhoto:
    """A photo whose stations let it be stored, with what they said."""

    photo: ComposedPhoto
    strategy: Strategy | None
    passes: tuple[StationPass, ...]
    statement: Statement

    @property
    def standing(self) -> Standing:
        """Final, or pending until the library answers."""
        return standing_of(self.strategy, self.passes)

    @property
    def ask_backend(self) -> bool:
        """Whether the library's answer is still to come."""
        return InspectionStation.BACKEND in stations_of(self.strategy) and not any(
            p.kind is StationKind.BACKEND and p.verdict is not Verdict.UNKNOWN for p in self.passes
        )


class Inspections:
    """One workstation's inspections."""

    def __init__(
        self,
        store: Store,
        officer: Officer,
        clock: Clock,
        strategy_for: Callable[[str, str], Strategy | None] = no_strategy,
        ask: Callable[[InspectionQuestion], InspectionAnswer] = no_library,
    ) -> None:
        self._store = store
        self._officer = officer
        self._clock = clock
        self._strategy_for = strategy_for
        self._ask = ask

    def strategy(self, session: SessionRecord, service: str) -> Strategy | None:
        """Which strategy a service's photo of the session's master follows. Raises BadInput STG-121, STG-122."""
        if session.chosen_shot is None:
            raise NotAllowed("SES-108")
        return self._strategy_for(self._store.shot(session.chosen_shot).device, service)

    # -- the stations ----------------------------------------------------------------------------------

    def ask_library(
        self, session: SessionRecord, photos: Sequence[ComposedPhoto], strategies: Mapping[str, Strategy | None]
    ) -> dict[str, StationPass]:
        """后端检测 of photos that are not stored yet, by standard; UNKNOWN (待检) when no answer comes in time.

        After the first that got none the others are not asked: nobody stands before the window for three waits.
        """
        said: dict[str, StationPass] = {}
        for photo in photos:
            strategy = strategies[photo.report.standard_id]
            if strategy is not None and not any(s.verdict is Verdict.UNKNOWN for s in said.values()):
                said[photo.report.standard_id] = self._asked(session, photo, strategy)
            else:
                said[photo.report.standard_id] = self._waiting(0.0)
        return said

    def _waiting(self, waited_ms: float) -> StationPass:
        begun = self._clock.now() - timedelta(milliseconds=waited_ms)
        return StationPass(StationKind.BACKEND, begun, waited_ms, Verdict.UNKNOWN, "")

    def _asked(self, session: SessionRecord, photo: ComposedPhoto, strategy: Strategy) -> StationPass:
        question = InspectionQuestion(
            key=f"inspection-{new_id()}",
            image=photo.image,
            standard_id=photo.report.standard_id,
            standard_version=photo.report.standard_version,
            exceptions=session.exceptions,
            photo_library=strategy.photo_library,
        )
        begun = self._clock.monotonic()
        try:
            return self._ask(question).as_pass()
        except NetworkFault:
            return self._waiting(1000 * (self._clock.monotonic() - begun))

    def by_hand(self, verdict: Verdict, note: str, looked_s: float) -> StationPass:
        """人工检测: this officer's verdict, given now after ``looked_s`` seconds. Raises NotAllowed INS-101 without a note
        on 不合格, BadInput INS-102 when it is too long."""
        if verdict is not Verdict.PASS and not note.strip():
            raise NotAllowed("INS-101")
        if len(note) > _REASON_MAX:
            raise BadInput("INS-102", limit=_REASON_MAX)
        begun = self._clock.now() - timedelta(seconds=looked_s)
        return StationPass(StationKind.MANUAL, begun, 1000 * looked_s, verdict, note.strip(), self._officer.account)

    # -- what may be stored ----------------------------------------------------------------------------

    def clear(
        self, session: SessionRecord, photo: ComposedPhoto, service: str, passes: Sequence[StationPass], said: Statement
    ) -> ClearedPhoto:
        """The photo with its stations' answers, if it may be stored.

        Raises NotAllowed: SES-104 the machine said no and no reason was given, INS-103 a station said no, INS-104 the
        officer has not looked, INS-105 the strategy asks for a special-inspection reason; BadInput INS-102 too long.
        """
        if not photo.report.passed and not said.forced_reason:
            raise NotAllowed("SES-104", standards=photo.report.standard_id)
        strategy = self.strategy(session, service)
        if any(p.verdict is Verdict.FAIL for p in passes):
            raise NotAllowed("INS-103", standard=photo.report.standard_id)
        asked = {p.kind for p in passes}
        if InspectionStation.MANUAL in stations_of(strategy) and StationKind.MANUAL not in asked:
            raise NotAllowed("INS-104", standard=photo.report.standard_id)
        if strategy is not None and strategy.special_reason_needed and not said.special_reason:
            raise NotAllowed("INS-105")
        if max(len(said.special_reason), len(said.forced_reason)) > _REASON_MAX:
            raise BadInput("INS-102", limit=_REASON_MAX)
        return ClearedPhoto(photo, strategy, tuple(passes), said)

    # -- the trail -------------------------------------------------------------------------------------

    def screened(self, shot: ShotRecord, report: QualityReport) -> None:
        """Record a raw shot's badge."""
        self._store.trail.add(
            self._draft(shot, report, (self._algorithm(report, self._clock.now()),), blob=shot.blob, size=shot.size)
        )

    def entry_of(self, record: PhotoRecord, cleared: ClearedPhoto) -> TrailDraft:
        """A stored photo's line: the stations in the strategy's order, then 照片入库."""
        forced = "" if cleared.photo.report.passed else cleared.statement.forced_reason
        stages = list(self._in_order(cleared.photo.report, cleared.strategy, cleared.passes))
        now = self._clock.now()
        if forced and InspectionStation.MANUAL not in stations_of(cleared.strategy):
            stages.append(StationPass(StationKind.MANUAL, now, 0.0, Verdict.WARN, forced, self._officer.account))
        good = Verdict.WARN if forced else Verdict.PASS
        verdict = good if record.standing is Standing.FINAL else Verdict.UNKNOWN
        stages.append(StationPass(StationKind.ISSUE, now, 0.0, verdict, record.number))
        return self._draft(
            self._store.shot(record.shot_id),
            cleared.photo.report,
            tuple(stages),
            blob=record.blob,
            size=record.size,
            number=record.number,
            special_reason=cleared.statement.special_reason or forced,
            strategy=cleared.strategy,
        )

    def turn_down(
        self,
        session: SessionRecord,
        photo: ComposedPhoto,
        service: str,
        passes: Sequence[StationPass],
        special_reason: str = "",
    ) -> None:
        """Record a photo that a station refused: the picture is kept sealed for the trail, nothing is issued."""
        strategy = self.strategy(session, service)
        stages = self._in_order(photo.report, strategy, passes)
        shot = self._store.shot(session.chosen_shot or "")
        draft = self._draft(
            shot, photo.report, stages, blob="", size=0, special_reason=special_reason, strategy=strategy, refused=True
        )
        self._store.trail.add_turned_down(draft, photo.image)

    def _algorithm(self, report: QualityReport, judged: datetime) -> StationPass:
        begun = judged - timedelta(milliseconds=report.ms)
        return StationPass(StationKind.ALGORITHM, begun, report.ms, report.verdict, _words(report))

    def _in_order(
        self, report: QualityReport, strategy: Strategy | None, passes: Sequence[StationPass]
    ) -> tuple[StationPass, ...]:
        """What was said, by station; a library nobody could ask stands as 待检, unless another station said no."""
        # The machine judged while the photo was composed, before anybody else was asked.
        judged = min((p.begun for p in passes), default=self._clock.now())
        said = {p.kind: p for p in passes} | {StationKind.ALGORITHM: self._algorithm(report, judged)}
        if not any(p.verdict is Verdict.FAIL for p in passes):
            said.setdefault(StationKind.BACKEND, self._waiting(0.0))
        return tuple(said[KIND_OF[s]] for s in stations_of(strategy) if KIND_OF[s] in said)

    def _draft(
        self,
        shot: ShotRecord,
        report: QualityReport,
        stages: tuple[StationPass, ...],
        *,
        blob: str,
        size: int,
        number: str = "",
        special_reason: str = "",
        strategy: Strategy | None = None,
        refused: bool = False,
    ) -> TrailDraft:
        session = self._store.session(shot.session_id)
        reasons = [c.measurement.id for c in report.failures()]
        reasons += [r for stage in stages for r in stage.reasons if r in register()]
        return TrailDraft(
            session_id=session.id,
            applicant=session.applicant,
            station=session.station,
            officer=self._officer.account,
            device=shot.device,
            standard_id=report.standard_id,
            strategy="" if strategy is None else strategy.name("zh_CN"),
            number=number,
            blob=blob,
            size=size,
            verdict=Verdict.FAIL if refused else stages[-1].verdict,
            reasons=tuple(dict.fromkeys(reasons)),
            special_reason=special_reason,
            stations=stages,
            shot_id=shot.id,
            department="" if strategy is None else strategy.department,
        )

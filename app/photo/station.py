"""The photo station's work: from shutter to saved photo, every step allowed by the session's table.

Thread: every method may be called from any thread; a shot in flight holds the shutter for its session.
Nothing here keeps a plain picture on disk: originals live sealed in the store and in memory while used.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from app.config.clock import Clock
from app.config.settings import Settings
from app.domain.audit import Access, AuditEvent
from app.domain.edits import Recipe
from app.domain.errors import BadInput, NotAllowed
from app.domain.inspecting import InspectionAnswer, InspectionQuestion
from app.domain.judgement import Verdict
from app.domain.numbering import NumberingRule
from app.domain.person import Applicant
from app.domain.photo_session import SessionEvent, SessionState, step
from app.domain.photo_standard import PhotoStandard
from app.domain.records import (
    Officer,
    PhotoDraft,
    PhotoRecord,
    SessionRecord,
    ShootingMode,
    ShotRecord,
    Station,
)
from app.domain.strategy import Strategy
from app.domain.trail import StationPass
from app.imaging.decode import Pixels, thumbnail
from app.imaging.retouch import RetouchResult
from app.photo.assess import Examiner, ShotScreening
from app.photo.compose import ComposedPhoto, Composer
from app.photo.flt import parse_flt, write_flt
from app.photo.inspections import ClearedPhoto, Inspections, Statement, no_library, no_strategy
from app.photo.live import advise, look_live
from app.photo.report_json import report_to_json
from app.photo.standards import standard_by_id
from app.security.identifiers import new_id
from app.store.store import Store
from devices.ports.camera import CameraDescription, CapturedFile, CaptureRequest
from devices.ports.errors import DeviceSilent

# A camera file larger than this is not a photo of a person but a mistake (or an attack on memory).
_LARGEST_IMPORT = 200 * 1024 * 1024

# The supervisor ends every capture by its own deadline; this is how much later we stop believing in it.
_PATIENCE_S = 10.0


@lru_cache(maxsize=64)
def _as_begun(text: str) -> PhotoStandard:
    """Windows ask while they paint, so each text is read once."""
    return parse_flt(text.encode(), "session.flt")


def _draft(cleared: ClearedPhoto, standard: PhotoStandard) -> PhotoDraft:
    photo, strategy = cleared.photo, cleared.strategy
    report = report_to_json(photo.report, "", "zh_CN")
    return PhotoDraft(
        standard_id=standard.id,
        standard_version=standard.version,
        service=standard.service,
        image=photo.image,
        width_px=standard.output.width_px,
        height_px=standard.output.height_px,
        dpi=standard.output.dpi,
        recipe=photo.recipe,
        report_json=json.dumps(report, ensure_ascii=False),
        passed=photo.report.passed,
        forced_reason="" if photo.report.passed else cleared.statement.forced_reason,
        numbering=None if strategy is None else NumberingRule(strategy.numbering),
        photo_library="" if strategy is None else strategy.photo_library,
        standing=cleared.standing,
        ask_backend=cleared.ask_backend,
    )


class TetheredCamera(Protocol):
    """What the station needs of the supervised camera (devices.host.CameraHost)."""

    def capture(self, request: CaptureRequest, keep: Callable[[CapturedFile], None]) -> Future[int]:
        """Shoot; ``keep`` runs for every whole picture before the future resolves."""


@dataclass(frozen=True)
class StationPlan:
    """How this station shoots, read from the settings at the moment of use."""

    regular_shots: int
    burst_shots: int
    capture_timeout_s: float
    numbering: NumberingRule

    @classmethod
    def of(cls, settings: Settings) -> StationPlan:
        """The plan in force now."""
        return cls(
            settings.number("camera.regular_shots"),
            settings.number("camera.burst_shots"),
            float(settings.number("camera.capture_timeout")),
            NumberingRule(settings.text("photo.numbering")),
        )


class PhotoStation:
    """One operator's photo sessions on one workstation."""

    def __init__(
        self,
        *,
        store: Store,
        camera: TetheredCamera,
        camera_name: Callable[[], CameraDescription | None],
        examiner: Examiner,
        composer: Composer,
        standards: Callable[[], tuple[PhotoStandard, ...]],
        settings: Settings,
        officer: Officer,
        station: Callable[[], Station],
        clock: Clock,
        strategy_for: Callable[[str, str], Strategy | None] = no_strategy,
        ask_library: Callable[[InspectionQuestion], InspectionAnswer] = no_library,
    ) -> None:
        self._store = store
        self._camera = camera
        self._camera_name = camera_name
        self._examiner = examiner
        self._composer = composer
        self._standards = standards
        self._settings = settings
        self._officer = officer
        self._station = station
        self._clock = clock
        self._inspections = Inspections(store, officer, clock, strategy_for, ask_library)
        self._shutter = threading.Lock()
        self._screened: set[tuple[str, str]] = set()  # what the trail already knows
        self._round_start: dict[str, int] = {}  # session -> shots before the latest retake

    # -- a session's life ------------------------------------------------------------------------------

    def begin(
        self,
        applicant: Applicant,
        standard_ids: Sequence[str],
        mode: ShootingMode = ShootingMode.REGULAR,
        exceptions: Sequence[str] = (),
    ) -> SessionRecord:
        """A new session, judged to its end by the standards in force now; ``exceptions``: child, glasses, headwear,
        disability.

        Raises BadInput SES-105 without a standard, STD-… for an unknown one.
        """
        if not standard_ids:
            raise BadInput("SES-105")
        standards = [self.standard(standard_id) for standard_id in standard_ids]
        record = SessionRecord(
            id=new_id(),
            applicant=applicant,
            standard_ids=tuple(standard_ids),
            mode=mode,
            state=SessionState.SHOOTING,
            started=self._clock.now(),
            officer=self._officer.account,
            station=self._station(),
            exceptions=tuple(exceptions),
            standards=tuple(write_flt(standard).decode() for standard in standards),
        )
        with self._doing(AuditEvent.SESSION_BEGUN, record):
            self._store.create_session(record)
        return record

    def _doing(self, event: AuditEvent, session: SessionRecord, detail: str = "") -> AbstractContextManager[None]:
        return self._store.audit.doing(Access(event, session.id, session.applicant.id_number, detail))

    def unfinished(self) -> tuple[SessionRecord, ...]:
        """Sessions a crash, a power cut or a break left open, oldest first."""
        return self._store.open_sessions()

    def session(self, session_id: str) -> SessionRecord:
        """The session as stored."""
        return self._store.session(session_id)

    def standard(self, standard_id: str) -> PhotoStandard:
        """The standard in force now, by its id."""
        return standard_by_id(self._standards(), standard_id)

    def standards_of(self, session: SessionRecord) -> tuple[PhotoStandard, ...]:
        """The standards a session began with, as they were then; memory only.

        Raises BadInput STD-102 when this program cannot judge by them any more, STD-103 for a session of an earlier
        program, which kept no texts, when its standard is gone.
        """
        if session.standards:
            return tuple(_as_begun(text) for text in session.standards)
        return tuple(self.standard(standard_id) for standard_id in session.standard_ids)

    def standard_for(self, shot_id: str, standard_id: str) -> PhotoStandard:
        """The standard the shot's session began with, its exceptions in force."""
        session = self._store.session(self._store.shot(shot_id).session_id)
        return standard_by_id(self.standards_of(session), standard_id).excepting(session.exceptions)

    # -- shots -----------------------------------------------------------------------------------------

    def shots_wanted(self, session: SessionRecord) -> int:
        """How many shots the next press takes: one in regular mode, the burst in burst mode, 0 when full."""
        plan = StationPlan.of(self._settings)
        if session.mode is ShootingMode.BURST:
            return plan.burst_shots
        taken = len(self._store.shots(session.id)) - self._round_start.get(session.id, 0)
        return 1 if taken < plan.regular_shots else 0

    def shoot(self, session_id: str) -> tuple[ShotRecord, ...]:
        """Press the shutter and wait until every picture of this press is sealed on our disk.

        Raises:
            NotAllowed: SES-101 not now, SES-102 a shot is already in flight, SES-103 the round is full.
            DeviceError: what the camera said; pictures that did arrive are kept all the same.
        """
        if not self._shutter.acquire(blocking=False):
            raise NotAllowed("SES-102")
        try:
            session = self._store.session(session_id)
            step(session.state, SessionEvent.SHUTTER)
            count = self.shots_wanted(session)
            if count == 0:
                raise NotAllowed("SES-103", count=StationPlan.of(self._settings).regular_shots)
            with self._doing(AuditEvent.SHOTS_TAKEN, session):
                return self._capture(session, count)
        finally:
            self._shutter.release()

    def _capture(self, session: SessionRecord, count: int) -> tuple[ShotRecord, ...]:
        described = self._camera_name()
        device = f"{described.model} {described.serial}".strip() if described else "camera"
        kept: list[ShotRecord] = []

        def keep(file: CapturedFile) -> None:
            kept.append(self._store.keep_shot(session.id, file.data, device=device, file_name=file.name))

        timeout_s = StationPlan.of(self._settings).capture_timeout_s
        flight = self._camera.capture(CaptureRequest(count, timeout_s), keep)
        try:
            flight.result(timeout_s + _PATIENCE_S)
        except FutureTimeout as error:
            raise DeviceSilent("capture") from error
        finally:
            if kept:
                self._arrived(session.id)
        return tuple(kept)

    def _arrived(self, session_id: str) -> None:
        """Shots are there: the session waits for a choice."""
        state = self._store.session(session_id).state
        if state is SessionState.SHOOTING:
            self._store.move_session(session_id, step(step(state, SessionEvent.SHUTTER), SessionEvent.SHOT_KEPT))

    def keep_body_shot(self, session_id: str, file: CapturedFile) -> ShotRecord:
        """A picture taken with the camera's own button while this session is open."""
        session = self._store.session(session_id)
        step(session.state, SessionEvent.SHUTTER)
        described = self._camera_name()
        device = f"{described.model} {described.serial}".strip() if described else "camera"
        with self._doing(AuditEvent.SHOTS_TAKEN, session, "camera's own button"):
            shot = self._store.keep_shot(session_id, file.data, device=device, file_name=file.name)
            self._arrived(session_id)
        return shot

    def import_files(self, session_id: str, paths: Sequence[Path]) -> tuple[ShotRecord, ...]:
        """本地照片加载: pictures from a folder become shots of the session, byte for byte.

        Raises BadInput SES-106 for a file that cannot be read or is too large, IMG-… for one that is no photo;
        files before it are kept.
        """
        session = self._store.session(session_id)
        step(session.state, SessionEvent.SHUTTER)
        with self._doing(AuditEvent.SHOTS_TAKEN, session, "files"):
            return tuple(self._imported(session_id, path) for path in paths)

    def _imported(self, session_id: str, path: Path) -> ShotRecord:
        try:
            if path.stat().st_size > _LARGEST_IMPORT:
                raise BadInput("SES-107", limit_mb=_LARGEST_IMPORT // 2**20)
            data = path.read_bytes()
        except OSError as error:
            raise BadInput("SES-106", reason=error.strerror or "") from error
        thumbnail(data, 64)  # refuses what is no picture before it becomes a shot
        shot = self._store.keep_shot(session_id, data, device="file", file_name=path.name)
        self._arrived(session_id)
        return shot

    def shots(self, session_id: str) -> tuple[ShotRecord, ...]:
        """Every shot of the session, in order; retakes keep the earlier ones."""
        return self._store.shots(session_id)

    def original(self, shot_id: str) -> bytes:
        """The camera's file, byte for byte."""
        return self._store.read_original(shot_id)

    def thumbnail(self, shot_id: str, max_px: int) -> bytes:
        """A small JPEG, longest side ``max_px``; made in memory."""
        return thumbnail(self._store.read_original(shot_id), max_px)

    def guide_live(self, pixels: Pixels, session: SessionRecord) -> str:
        """What to tell the applicant on this live frame (BGR): a key of ``resources/texts/live.toml``."""
        return advise(look_live(self._examiner.reader, pixels, self.standards_of(session)[0]))

    def screen(self, shot_id: str, standard_id: str) -> ShotScreening:
        """The quality badge of a raw shot against one standard."""
        shot = self._store.shot(shot_id)
        screening = self._examiner.screen(self._store.read_original(shot_id), self.standard_for(shot_id, standard_id))
        if (shot_id, standard_id) not in self._screened:
            self._screened.add((shot_id, standard_id))
            self._inspections.screened(shot, screening.report)
        return screening

    # -- choosing, composing, saving -------------------------------------------------------------------

    def choose(self, session_id: str, shot_id: str) -> SessionRecord:
        """Confirm one shot as the master (母片). Raises NotAllowed SES-101, SES-108 for another session's shot."""
        session = self._store.session(session_id)
        state = step(session.state, SessionEvent.CONFIRM)
        if all(shot.id != shot_id for shot in self._store.shots(session_id)):
            raise NotAllowed("SES-108")
        with self._doing(AuditEvent.SHOT_CHOSEN, session):
            return self._store.move_session(session_id, state, chosen_shot=shot_id)

    def retake(self, session_id: str) -> SessionRecord:
        """重拍: shoot again; the earlier shots stay until the session closes."""
        session = self._store.session(session_id)
        state = step(session.state, SessionEvent.RETAKE)
        self._round_start[session_id] = len(self._store.shots(session_id))
        return self._store.move_session(session_id, state)

    def compose(
        self, shot_id: str, standard_id: str, recipe: Recipe | None = None, *, replace_background: bool | None = None
    ) -> ComposedPhoto:
        """The issuable picture of one service, judged; ``recipe`` None = the solver's own crop."""
        return self._composer.compose(
            self._store.read_original(shot_id),
            self.standard_for(shot_id, standard_id),
            recipe,
            replace_background=replace_background,
        )

    def retouch_preview(self, shot_id: str, standard_id: str, recipe: Recipe) -> RetouchResult:
        """The photo with the recipe's strokes, and how much of it they touched."""
        return self._composer.retouch_preview(
            self._store.read_original(shot_id), self.standard_for(shot_id, standard_id), recipe
        )

    def protected_outline(self, shot_id: str, standard_id: str, recipe: Recipe) -> tuple[tuple[float, float], ...]:
        """Where strokes are refused, in shares of the issued picture."""
        return self._composer.protected_outline(
            self._store.read_original(shot_id), self.standard_for(shot_id, standard_id), recipe
        )

    # -- the strategy's stations -----------------------------------------------------------------------

    def strategies(self, session_id: str) -> dict[str, Strategy | None]:
        """Which strategy each photo of the session follows, by standard. Raises NotAllowed SES-108, BadInput STG-12…."""
        session = self._store.session(session_id)
        return {s.id: self._inspections.strategy(session, s.service) for s in self.standards_of(session)}

    def ask_library(
        self, session_id: str, photos: Sequence[ComposedPhoto], strategies: Mapping[str, Strategy | None]
    ) -> dict[str, StationPass]:
        """后端检测 by standard; bounded. UNKNOWN where the library was not reached: the question goes with the save."""
        return self._inspections.ask_library(self._store.session(session_id), photos, strategies)

    def by_hand(self, verdict: Verdict, note: str, looked_s: float) -> StationPass:
        """人工检测 after ``looked_s`` seconds. Raises NotAllowed INS-101 for 不合格 without words, BadInput INS-102."""
        return self._inspections.by_hand(verdict, note, looked_s)

    def turn_down(
        self, session_id: str, photo: ComposedPhoto, passes: Sequence[StationPass], special_reason: str = ""
    ) -> None:
        """A station said no: it is recorded with the picture, nothing is issued, the session stays where it is."""
        session = self._store.session(session_id)
        service = standard_by_id(self.standards_of(session), photo.report.standard_id).service
        with self._doing(AuditEvent.PHOTO_TURNED_DOWN, session, photo.report.standard_id):
            self._inspections.turn_down(session, photo, service, passes, special_reason)

    def standings(self, session_id: str) -> tuple[PhotoRecord, ...]:
        """The session's photos as they stand now: final, pending, withheld."""
        return self._store.photos_of(session_id)

    def save(
        self,
        session_id: str,
        photos: Sequence[ComposedPhoto],
        *,
        forced_reason: str = "",
        special_reason: str = "",
        passes: Mapping[str, Sequence[StationPass]] | None = None,
    ) -> tuple[PhotoRecord, ...]:
        """Photo, metadata, number, outbox rows and trail of every chosen service in one transaction.

        ``passes``: what the stations of each photo's strategy said, by standard. A library that has not answered is
        asked through the outbox; until then the photo is pending, unless its strategy issues before the answer.

        Raises:
            NotAllowed: SES-101 nothing chosen yet, SES-104 a photo did not pass and no reason was given, INS-103 …
                INS-105 a station of the strategy said no or was not asked.
            StoreFault: nothing of it was stored.
        """
        session = self._store.session(session_id)
        step(session.state, SessionEvent.SAVE)
        if session.chosen_shot is None or not photos:
            raise NotAllowed("SES-108")
        begun = self.standards_of(session)
        said = Statement(forced_reason.strip(), special_reason.strip())
        cleared = {
            photo.report.standard_id: self._inspections.clear(
                session,
                photo,
                standard_by_id(begun, photo.report.standard_id).service,
                (passes or {}).get(photo.report.standard_id, ()),
                said,
            )
            for photo in photos
        }
        with self._doing(AuditEvent.PHOTOS_SAVED, session, "forced" if said.forced_reason else ""):
            return self._store.save_photos(
                session_id,
                session.chosen_shot,
                tuple(_draft(c, standard_by_id(begun, name)) for name, c in cleared.items()),
                rule=StationPlan.of(self._settings).numbering,
                officer=self._officer.account,
                station=session.station,
                entry_of=lambda record: self._inspections.entry_of(record, cleared[record.standard_id]),
            )

    def close(self, session_id: str) -> SessionRecord:
        """The applicant has the receipt: next person."""
        self._round_start.pop(session_id, None)
        session = self._store.session(session_id)
        return self._store.move_session(session_id, step(session.state, SessionEvent.CLOSE))

    def abandon(self, session_id: str) -> SessionRecord:
        """The applicant left: the shots stay sealed until retention ends, nothing is issued."""
        self._round_start.pop(session_id, None)
        session = self._store.session(session_id)
        return self._store.move_session(session_id, step(session.state, SessionEvent.ABANDON))

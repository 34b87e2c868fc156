"""The photo station's state: session, shots, badges, choice; what is allowed now is asked of the session's table."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.config.texts import Coded
from app.domain.person import Applicant
from app.domain.photo_session import SessionEvent, SessionState, allowed
from app.domain.photo_standard import PhotoStandard
from app.domain.records import SessionRecord, ShootingMode, ShotRecord
from app.photo.steady import Steady
from app.ui.bench import Bench
from devices.ports.camera import CameraEvent, CameraEventKind, CapturedFile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from app.photo.assess import ShotScreening
    from app.photo.verdict import Ranked

_THUMBNAIL_PX = 480
_GUIDE_EVERY_S = 0.16


def _pixels(image: QImage) -> NDArray[np.uint8]:
    """BGR uint8 (h, w, 3), a copy."""
    import numpy as np  # noqa: PLC0415 - not needed to show a window

    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


@dataclass
class ShotTile:
    """One shot as shown: its record, its small picture, its badge when known."""

    record: ShotRecord
    image: QImage | None = None
    screening: ShotScreening | None = None


class PhotoStationModel(QObject):
    """Signals carry rows of ``tiles``. Every call returns at once."""

    session_changed = Signal()
    shots_changed = Signal()
    tile_changed = Signal(int)
    selected_changed = Signal(int)
    applicant_picked = Signal(int)
    busy_changed = Signal(bool)
    confirmed = Signal(object, object)  # SessionRecord, ShotRecord
    guidance_changed = Signal(str)  # a key of resources/texts/live.toml
    ranked = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self.session: SessionRecord | None = None
        self.tiles: list[ShotTile] = []
        self.selected = -1
        self.busy = False
        self.order: tuple[Ranked, ...] = ()
        self.strangers: tuple[int, ...] = ()
        self.guidance = ""
        self._steady = Steady()
        self._guiding = False
        self._guided_at = 0.0
        bench.camera_signals.reported.connect(self._camera_said)
        bench.desk_closed.connect(self.forget)

    # -- the session -----------------------------------------------------------------------------------

    def begin(
        self,
        applicant: Applicant,
        standards: Sequence[str],
        mode: ShootingMode,
        exceptions: Sequence[str] = (),
    ) -> None:
        """Start with the next person."""
        desk = self._bench.desk
        self._bench.ask(lambda: desk.photo.begin(applicant, standards, mode, exceptions), self._begun)

    @property
    def standard(self) -> PhotoStandard | None:
        """The one shots are judged by: the session's first as it was when the session began, exceptions in force."""
        if self.session is None:
            return None
        return self._bench.desk.photo.standards_of(self.session)[0].excepting(self.session.exceptions)

    def resume(self, session: SessionRecord) -> None:
        """恢复: take up a session a crash or a break left open."""
        desk = self._bench.desk

        def question() -> tuple[SessionRecord, tuple[ShotRecord, ...]]:
            desk.photo.standards_of(session)  # refuses here, before anything is shown, when they cannot be judged by
            return session, desk.photo.shots(session.id)

        self._bench.ask(question, self._resumed)

    def discard(self, session: SessionRecord) -> None:
        """丢弃: give the open session up; its shots stay sealed."""
        desk = self._bench.desk
        self._bench.ask(lambda: desk.photo.abandon(session.id), lambda _: self.session_changed.emit())

    def _resumed(self, found: tuple[SessionRecord, tuple[ShotRecord, ...]]) -> None:
        session, shots = found
        self._begun(session)
        self._add(shots)
        if session.chosen_shot is not None and session.state is not SessionState.CHOOSING:
            chosen = next((t.record for t in self.tiles if t.record.id == session.chosen_shot), None)
            if chosen is not None:
                self.confirmed.emit(session, chosen)

    def _begun(self, session: SessionRecord) -> None:
        self.session = session
        self.tiles = []
        self.selected = -1
        self.order, self.strangers = (), ()
        self.shots_changed.emit()
        self.session_changed.emit()

    def forget(self) -> None:
        """Nobody is here: nothing of the last applicant stays in the window."""
        self.session = None
        self.tiles = []
        self.selected = -1
        self.order, self.strangers = (), ()
        self.shots_changed.emit()
        self.session_changed.emit()

    def can(self, event: SessionEvent) -> bool:
        """Whether a button should be live."""
        return self.session is not None and not self.busy and allowed(self.session.state, event)

    @property
    def may_shoot(self) -> bool:
        """The session allows it and this round is not full."""
        if not self.can(SessionEvent.SHUTTER) or self.session is None:
            return False
        return self._wanted > 0

    _wanted = 1

    # -- shooting --------------------------------------------------------------------------------------

    def shoot(self) -> None:
        """Press the shutter; a second press while a shot is in flight does nothing."""
        if self.session is None or self.busy:
            return
        desk, session_id = self._bench.desk, self.session.id
        self._set_busy(True)
        self._bench.ask(lambda: desk.photo.shoot(session_id), self._arrived, self._failed)

    def load_files(self, paths: Sequence[Path]) -> None:
        """本地照片加载."""
        if self.session is None or self.busy:
            return
        desk, session_id = self._bench.desk, self.session.id
        self._set_busy(True)
        self._bench.ask(lambda: desk.photo.import_files(session_id, paths), self._arrived, self._failed)

    def _camera_said(self, event: CameraEvent) -> None:
        if event.kind is CameraEventKind.SHUTTER_BUTTON and event.file is not None and self.session is not None:
            self._keep_body_shot(event.file)

    def _keep_body_shot(self, file: CapturedFile) -> None:
        if self.session is None:
            return
        desk, session_id = self._bench.desk, self.session.id
        self._bench.ask(lambda: (desk.photo.keep_body_shot(session_id, file),), self._arrived)

    def _arrived(self, shots: tuple[ShotRecord, ...]) -> None:
        self._set_busy(False)
        self._add(shots)
        self._reload()

    def _failed(self, error: Coded) -> None:
        """What did arrive before the fault is kept and shown."""
        self._set_busy(False)
        self._bench.refused.emit(error)
        if self.session is None:
            return
        desk, session_id, known = self._bench.desk, self.session.id, {t.record.id for t in self.tiles}

        def question() -> tuple[ShotRecord, ...]:
            return tuple(s for s in desk.photo.shots(session_id) if s.id not in known)

        self._bench.ask(question, self._arrived)

    def _add(self, shots: Sequence[ShotRecord]) -> None:
        first = len(self.tiles)
        self.tiles += [ShotTile(shot) for shot in shots]
        if shots:
            self.shots_changed.emit()
            self.select(len(self.tiles) - 1)
        for row in range(first, len(self.tiles)):
            self._look_at(row)

    def _look_at(self, row: int) -> None:
        """Thumbnail first, then the badge."""
        desk, tile = self._bench.desk, self.tiles[row]
        standard = self.session.standard_ids[0] if self.session else ""

        def picture() -> QImage:
            return QImage.fromData(desk.photo.thumbnail(tile.record.id, _THUMBNAIL_PX))

        def seen(image: QImage) -> None:
            tile.image = image
            self._tell(tile)

        def judged(screening: ShotScreening) -> None:
            tile.screening = screening
            self._tell(tile)
            self._rank()

        self._bench.ask(picture, seen)
        self._bench.ask(lambda: desk.photo.screen(tile.record.id, standard), judged)

    def _tell(self, tile: ShotTile) -> None:
        if tile in self.tiles:
            self.tile_changed.emit(self.tiles.index(tile))

    def _reload(self) -> None:
        """The session as stored, and whether another press is wanted."""
        if self.session is None:
            return
        desk, session_id = self._bench.desk, self.session.id

        def question() -> tuple[SessionRecord, int]:
            session = desk.photo.session(session_id)
            return session, desk.photo.shots_wanted(session)

        def answer(found: tuple[SessionRecord, int]) -> None:
            self.session, self._wanted = found
            self.session_changed.emit()

        self._bench.ask(question, answer)

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.busy_changed.emit(busy)

    # -- guiding the applicant ---------------------------------------------------------------------------

    def see_frame(self, image: QImage) -> None:
        """A live frame was painted: look at it when the last look is done and a sixth of a second has passed."""
        now = time.monotonic()
        if self.session is None or self._guiding or now - self._guided_at < _GUIDE_EVERY_S:
            return
        self._guiding, self._guided_at = True, now
        desk, session = self._bench.desk, self.session
        still = image.convertToFormat(QImage.Format.Format_BGR888)
        self._bench.ask(lambda: desk.photo.guide_live(_pixels(still), session), self._guided, self._not_guided)

    def _guided(self, key: str) -> None:
        self._guiding = False
        if key != self.guidance:
            self.guidance = key
            self.guidance_changed.emit(key)
        steady = self._steady.tell(key, time.monotonic())
        if steady and self.may_shoot and self._bench.settings.flag("camera.auto_shot"):
            self.shoot()

    def _not_guided(self, error: Coded) -> None:
        self._guiding = False
        self._bench.refused.emit(error)

    # -- the best shot -----------------------------------------------------------------------------------

    def _rank(self) -> None:
        """Once every badge is there: which shot is best, and whether all show one person."""
        from app.photo.verdict import rank, strangers  # noqa: PLC0415 - brings the picture libraries; not at start

        screened = [t.screening for t in self.tiles if t.screening is not None]
        standard = self.standard
        if standard is None or len(screened) != len(self.tiles) or not screened:
            return
        self.order = rank([s.report for s in screened], standard)
        self.strangers = strangers([s.likeness for s in screened])
        self.ranked.emit()

    # -- choosing --------------------------------------------------------------------------------------

    def select(self, row: int) -> None:
        """The operator looks at this shot."""
        if 0 <= row < len(self.tiles) and row != self.selected:
            self.selected = row
            self.selected_changed.emit(row)

    def step(self, by: int) -> None:
        """↑ and ↓."""
        if self.tiles:
            self.select(max(0, min(len(self.tiles) - 1, self.selected + by)))

    def applicant_picks(self, row: int) -> None:
        """The applicant pointed at a shot on the second screen."""
        if 0 <= row < len(self.tiles):
            self.applicant_picked.emit(row)
            self.select(row)

    def confirm(self) -> None:
        """The shot under the cursor becomes the master."""
        if self.session is None or not self.can(SessionEvent.CONFIRM) or self.selected < 0:
            return
        desk, session_id, shot = self._bench.desk, self.session.id, self.tiles[self.selected].record

        def answer(session: SessionRecord) -> None:
            self.session = session
            self.session_changed.emit()
            self.confirmed.emit(session, shot)

        self._bench.ask(lambda: desk.photo.choose(session_id, shot.id), answer)

    def retake(self) -> None:
        """重拍: the earlier shots stay."""
        if self.session is None or not self.can(SessionEvent.RETAKE):
            return
        desk, session_id = self._bench.desk, self.session.id
        self._bench.ask(lambda: desk.photo.retake(session_id), self._retaken)

    def _retaken(self, session: SessionRecord) -> None:
        self.session = session
        self._wanted = 1
        self.session_changed.emit()

    def abandon(self) -> None:
        """The applicant left."""
        if self.session is None or not self.can(SessionEvent.ABANDON):
            self.forget()
            return
        desk, session_id = self._bench.desk, self.session.id
        self._bench.ask(lambda: desk.photo.abandon(session_id), lambda _: self.forget())

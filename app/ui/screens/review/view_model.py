"""The review's state: one composed photo per service, its crop with undo, saving, the receipt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from app.config.texts import Coded
from app.domain.edits import CropBox, EditHistory, Recipe
from app.domain.photo_standard import PhotoStandard
from app.domain.printing import PrintJob
from app.domain.records import PhotoRecord, SessionRecord, ShotRecord, Standing
from app.domain.retouch import Retouch
from app.domain.strategy import Strategy
from app.photo.framing import GeometryReading, read_geometry
from app.ui.bench import Bench
from app.ui.screens.review.inspection_round import InspectionRound

if TYPE_CHECKING:
    from app.imaging.retouch import RetouchResult
    from app.inspection.head import HeadPoints
    from app.photo.assess import ShotScreening
    from app.photo.compose import ComposedPhoto

_ORIGINAL_PX = 1400
_WATCH_MS = 2000
_SETTLE_MS = 250  # after the last nudge of the crop the photo is composed again


@dataclass
class ServicePhoto:
    """One service's photo on the table."""

    standard: PhotoStandard
    composed: ComposedPhoto | None = None
    image: QImage | None = None
    history: EditHistory | None = None
    error: Coded | None = None
    working: bool = True


class ReviewModel(QObject):
    """Signals carry the row of ``photos``. Every call returns at once."""

    opened = Signal()
    original_ready = Signal()
    photo_changed = Signal(int)
    crop_changed = Signal()
    current_changed = Signal(int)
    saved = Signal()
    receipt_ready = Signal()
    printed = Signal(object)  # PrintJob
    finished = Signal()
    retouch_ready = Signal(tuple)  # the protected zone, shares of the picture
    strategies_known = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._compose_current)
        self.round = InspectionRound(bench)
        self.round.passed.connect(self._save)
        self._watch = QTimer(self)  # pending photos: has the library answered?
        self._watch.setInterval(_WATCH_MS)
        self._watch.timeout.connect(self._look_again)
        bench.desk_closed.connect(self._empty)
        self._empty()

    def _empty(self) -> None:
        self.session: SessionRecord | None = None
        self.shot: ShotRecord | None = None
        self.photos: list[ServicePhoto] = []
        self.current = 0
        self.original: QImage | None = None
        self.original_size = (0, 0)
        self.head: HeadPoints | None = None
        self.records: tuple[PhotoRecord, ...] = ()
        self.strategies: dict[str, Strategy | None] = {}
        self._said = ("", "")  # the reason for forcing, the special-inspection reason
        self.round.forget()
        self._watch.stop()
        self.receipt: QImage | None = None
        self.job: PrintJob | None = None
        self._settle.stop()

    # -- opening ---------------------------------------------------------------------------------------

    def open(self, session: SessionRecord, shot: ShotRecord) -> None:
        """The master was chosen: compose it for every service."""
        self._empty()
        self.session, self.shot = session, shot
        desk = self._bench.desk
        self.photos = [ServicePhoto(standard) for standard in desk.photo.standards_of(session)]
        self.opened.emit()

        def look() -> tuple[QImage, ShotScreening]:
            image = QImage.fromData(desk.photo.thumbnail(shot.id, _ORIGINAL_PX))
            return image, desk.photo.screen(shot.id, session.standard_ids[0])

        self._bench.ask(look, self._seen)
        self._bench.ask(lambda: desk.photo.strategies(session.id), self._followed)
        for row in range(len(self.photos)):
            self._compose(row)

    def _followed(self, strategies: dict[str, Strategy | None]) -> None:
        self.strategies = strategies
        self.strategies_known.emit()

    def _seen(self, found: tuple[QImage, ShotScreening]) -> None:
        self.original, screening = found
        self.original_size = (screening.width, screening.height)
        self.head = screening.head
        self.original_ready.emit()

    def _compose(self, row: int) -> None:
        photo, shot = self.photos[row], self.shot
        if shot is None:
            return
        desk = self._bench.desk
        recipe = photo.history.current if photo.history else None
        photo.working, photo.error = True, None
        self.photo_changed.emit(row)

        def question() -> tuple[ComposedPhoto, QImage]:
            composed = desk.photo.compose(shot.id, photo.standard.id, recipe)
            return composed, QImage.fromData(composed.image)

        def answer(found: tuple[ComposedPhoto, QImage]) -> None:
            photo.working = False
            if photo.history is not None and recipe != photo.history.current:
                return  # the crop moved on meanwhile; the newer answer is coming
            photo.composed, photo.image = found
            if photo.history is None:
                photo.history = EditHistory((found[0].recipe,))
            self._tell(photo)

        def refuse(error: Coded) -> None:
            photo.working, photo.error = False, error
            self._tell(photo)

        self._bench.ask(question, answer, refuse)

    def _tell(self, photo: ServicePhoto) -> None:
        if photo in self.photos:
            self.photo_changed.emit(self.photos.index(photo))

    # -- the crop --------------------------------------------------------------------------------------

    @property
    def now(self) -> ServicePhoto | None:
        """The photo under the cursor."""
        return self.photos[self.current] if self.current < len(self.photos) else None

    @property
    def crop(self) -> CropBox | None:
        """The crop in force, in original pixels."""
        now = self.now
        return now.history.current.crop if now is not None and now.history is not None else None

    def readings(self) -> tuple[GeometryReading, ...]:
        """The standard's bands on the crop as it lies now; arithmetic only, so it may run while dragging."""
        now, crop = self.now, self.crop
        if now is None or crop is None or self.head is None:
            return ()
        return read_geometry(self.head, crop, now.standard)

    def choose(self, row: int) -> None:
        """Another service's photo."""
        if 0 <= row < len(self.photos) and row != self.current:
            self.current = row
            self.current_changed.emit(row)
            self.crop_changed.emit()

    def change_crop(self, crop: CropBox) -> None:
        """A step of its own in the history."""
        now = self.now
        if now is None or now.history is None:
            return
        self._apply(now, replace(now.history.current, crop=crop, automatic=False))

    def toggle_background(self) -> None:
        """Replace the background, or keep the real one."""
        now = self.now
        if now is not None and now.history is not None:
            current = now.history.current
            self._apply(now, replace(current, replace_background=not current.replace_background))

    @property
    def may_retouch(self) -> bool:
        """The standard allows it and the photo is there."""
        now = self.now
        may_edit = not self.records and not self.round.active
        return now is not None and now.history is not None and now.standard.processing.retouch and may_edit

    def open_retouch(self) -> None:
        """Ask for the zone that strokes may not touch; ``retouch_ready`` follows."""
        now, shot = self.now, self.shot
        if now is None or now.history is None or shot is None:
            return
        desk, recipe, standard = self._bench.desk, now.history.current, now.standard.id
        self._bench.ask(lambda: desk.photo.protected_outline(shot.id, standard, recipe), self.retouch_ready.emit)

    def retouch_renderer(self) -> Callable[[Retouch], RetouchResult]:
        """Makes the photo with given strokes; runs off the GUI thread."""
        now, shot = self.now, self.shot
        if now is None or now.history is None or shot is None:
            raise RuntimeError("nothing to retouch")
        desk, recipe, standard = self._bench.desk, now.history.current, now.standard.id
        return lambda retouch: desk.photo.retouch_preview(shot.id, standard, replace(recipe, retouch=retouch))

    def use_retouch(self, retouch: Retouch) -> None:
        """A step of its own in the history."""
        now = self.now
        if now is not None and now.history is not None:
            self._apply(now, replace(now.history.current, retouch=retouch))

    def automatic(self) -> None:
        """Back to the solver's own crop; the manual steps stay in the history."""
        now = self.now
        if now is not None and now.history is not None:
            self._apply(now, now.history.done[0])

    def _apply(self, photo: ServicePhoto, recipe: Recipe) -> None:
        if photo.history is not None and not self.round.active:
            photo.history = photo.history.apply(recipe)
            self._changed()

    def undo(self) -> None:
        """One step back."""
        now = self.now
        if now is not None and now.history is not None and now.history.can_undo:
            now.history = now.history.undo()
            self._changed()

    def redo(self) -> None:
        """One step forward again."""
        now = self.now
        if now is not None and now.history is not None and now.history.can_redo:
            now.history = now.history.redo()
            self._changed()

    def _changed(self) -> None:
        self.crop_changed.emit()
        self._settle.start()

    def _compose_current(self) -> None:
        self._compose(self.current)

    # -- saving and the receipt ------------------------------------------------------------------------

    @property
    def ready(self) -> bool:
        """Every service has its photo, made of the crop shown."""
        return (
            bool(self.photos)
            and not self.records
            and not self.round.active
            and not self._settle.isActive()
            and all(p.composed is not None and not p.working and p.error is None for p in self.photos)
        )

    @property
    def all_passed(self) -> bool:
        """Nothing needs an officer's reason."""
        return all(p.composed is not None and p.composed.report.passed for p in self.photos)

    @property
    def special_reason_needed(self) -> bool:
        """A strategy of these photos asks why this is a special inspection."""
        return any(s is not None and s.special_reason_needed for s in self.strategies.values())

    def save(self, reason: str = "", special_reason: str = "") -> None:
        """Through the stations of the strategies in force now, then everything in one transaction; then the receipt."""
        session = self.session
        if session is None or not self.ready:
            return
        desk, photos = self._bench.desk, [p.composed for p in self.photos if p.composed is not None]
        self._said = (reason, special_reason)

        def answer(strategies: dict[str, Strategy | None]) -> None:
            if self.session is session:
                self._followed(strategies)
                self.round.begin(session, photos, strategies, special_reason)

        self._bench.ask(lambda: desk.photo.strategies(session.id), answer, self._not_saved)

    def _not_saved(self, error: Coded) -> None:
        self._bench.refused.emit(error)
        self.round.forget()
        self.round.ended.emit()

    def _save(self) -> None:
        """Every station has been asked and none said no."""
        session = self.session
        if session is None:
            return
        desk, photos, passes = self._bench.desk, list(self.round.photos), dict(self.round.passes)
        forced, special = self._said

        def answer(records: tuple[PhotoRecord, ...]) -> None:
            self.records = records
            self.round.forget()
            self.saved.emit()
            self._bench.photos_saved.emit()
            self._bench.ask(desk.outbox.wake, lambda _: None)  # the network may be there: do not wait for the clock
            self._stand()

        def question() -> tuple[PhotoRecord, ...]:
            return desk.photo.save(session.id, photos, forced_reason=forced, special_reason=special, passes=passes)

        self._bench.ask(question, answer, self._not_saved)

    @property
    def all_final(self) -> bool:
        """Every saved photo may be used: only then there is a receipt."""
        return bool(self.records) and all(r.standing is Standing.FINAL for r in self.records)

    def _stand(self) -> None:
        """Final ones get their receipt; pending ones are looked at again."""
        if self.all_final:
            self._watch.stop()
            self._preview()
        elif any(r.standing is Standing.PENDING for r in self.records):
            self._watch.start()
        else:
            self._watch.stop()

    def _look_again(self) -> None:
        session = self.session
        if session is None or self._bench.opened is None:
            self._watch.stop()
            return
        desk = self._bench.desk

        def answer(records: tuple[PhotoRecord, ...]) -> None:
            if self.session is session and records != self.records:
                self.records = records
                self.saved.emit()
                self._stand()

        self._bench.ask(lambda: desk.photo.standings(session.id), answer)

    def _preview(self) -> None:
        session = self.session
        if session is None:
            return
        desk = self._bench.desk

        def answer(image: QImage) -> None:
            self.receipt = image
            self.receipt_ready.emit()

        self._bench.ask(lambda: QImage.fromData(desk.receipts.preview(session.id)), answer)

    def print_receipt(self) -> None:
        """Once more is a reprint."""
        session = self.session
        if session is None or not self.records:
            return
        desk = self._bench.desk

        def answer(job: PrintJob) -> None:
            self.job = job
            self.printed.emit(job)

        self._bench.ask(lambda: desk.receipts.print(session.id), answer)

    def leave(self) -> None:
        """Back to the shots: what was edited here is forgotten, nothing was saved."""
        self._empty()

    def next_person(self) -> None:
        """The applicant has the receipt: close the session."""
        session = self.session
        if session is None or not self.records:
            return
        desk = self._bench.desk

        def answer(_: SessionRecord) -> None:
            self._empty()
            self.finished.emit()

        self._bench.ask(lambda: desk.photo.close(session.id), answer)

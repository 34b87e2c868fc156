"""Takes the photos of one save through the stations of their strategies (质检工位), off the GUI thread and in order."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.config.texts import Coded
from app.domain.errors import NotAllowed, WorkstationError
from app.domain.inspecting import next_station
from app.domain.judgement import Verdict
from app.domain.records import SessionRecord
from app.domain.strategy import InspectionStation, Strategy
from app.domain.trail import StationKind, StationPass
from app.ui.bench import Bench

if TYPE_CHECKING:
    from app.photo.compose import ComposedPhoto


class InspectionRound(QObject):
    """``begin`` once a save; then ``looking`` asks for the officer's verdict of a row, ``passed`` or ``ended`` follows.

    ``ended``: a station said no (it is recorded, and told in the banner), the officer went back, or something failed.
    ``active`` until ``forget``: nothing may be edited meanwhile.
    """

    asking = Signal()  # the photo library is being asked
    looking = Signal(int)
    passed = Signal()
    ended = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self.forget()

    def forget(self) -> None:
        """Nothing is under way."""
        self.active = False
        self.done = False  # every station was asked: the save is under way
        self.row = -1  # whose manual verdict is wanted, -1 nobody's
        self._session: SessionRecord | None = None
        self.photos: list[ComposedPhoto] = []
        self._strategies: dict[str, Strategy | None] = {}
        self._special_reason = ""
        self._began = 0.0
        self.passes: dict[str, tuple[StationPass, ...]] = {}

    def begin(
        self,
        session: SessionRecord,
        photos: list[ComposedPhoto],
        strategies: dict[str, Strategy | None],
        special_reason: str,
    ) -> None:
        """The photos as they are now; nothing may be edited until the round is over."""
        self.forget()
        self.active = True
        self._session, self.photos = session, photos
        self._strategies, self._special_reason = strategies, special_reason
        self.passes = {p.report.standard_id: () for p in photos}
        self._go_on()

    def _next(self, photo: ComposedPhoto) -> InspectionStation | None:
        standard = photo.report.standard_id
        return next_station(self._strategies[standard], self.passes[standard])

    def _go_on(self) -> None:
        refused = [p for p in self.photos if any(s.verdict is Verdict.FAIL for s in self.passes[p.report.standard_id])]
        if refused:
            self._turn_down(refused)
            return
        stations = [self._next(photo) for photo in self.photos]
        if InspectionStation.BACKEND in stations:
            self._ask([p for p, s in zip(self.photos, stations, strict=True) if s is InspectionStation.BACKEND])
        elif InspectionStation.MANUAL in stations:
            self.row = stations.index(InspectionStation.MANUAL)
            self._began = time.monotonic()
            self.looking.emit(self.row)
        else:
            self.done = True
            self.passed.emit()

    # -- the library -----------------------------------------------------------------------------------

    def _ask(self, photos: list[ComposedPhoto]) -> None:
        session, desk, strategies = self._session, self._bench.desk, self._strategies
        if session is None:
            return
        self.asking.emit()

        def question() -> dict[str, StationPass]:
            return desk.photo.ask_library(session.id, photos, strategies)

        def answer(said: dict[str, StationPass]) -> None:
            if self._session is not session:
                return  # the officer went back meanwhile
            for standard, stage in said.items():
                self.passes[standard] += (stage,)
            self._go_on()

        self._bench.ask(question, answer, self._failed)

    def unreached(self, standard: str) -> bool:
        """Whether the library was asked about this photo and has not answered."""
        return any(p.kind is StationKind.BACKEND and p.verdict is Verdict.UNKNOWN for p in self.passes[standard])

    def answered(self, standard: str) -> bool:
        """Whether the library has passed this photo."""
        return any(p.kind is StationKind.BACKEND and p.verdict is Verdict.PASS for p in self.passes[standard])

    # -- the officer -----------------------------------------------------------------------------------

    def judge(self, verdict: Verdict, note: str) -> None:
        """人工检测 of the row that is looked at; a missing word goes to the banner and the row stays."""
        if not self.active or self.row < 0:
            return
        looked_s = time.monotonic() - self._began
        try:
            stage = self._bench.desk.photo.by_hand(verdict, note, looked_s)
        except WorkstationError as error:
            self._bench.refused.emit(error)
            return
        self.passes[self.photos[self.row].report.standard_id] += (stage,)
        self.row = -1
        self._go_on()

    def cancel(self) -> None:
        """Back to editing; nothing was recorded and nothing issued."""
        if self.active and not self.done:
            self.forget()
            self.ended.emit()

    # -- ends ------------------------------------------------------------------------------------------

    def _turn_down(self, refused: list[ComposedPhoto]) -> None:
        session, desk, passes, special = self._session, self._bench.desk, dict(self.passes), self._special_reason
        if session is None:
            return

        def question() -> None:
            for photo in refused:
                desk.photo.turn_down(session.id, photo, passes[photo.report.standard_id], special)

        def answer(_: None) -> None:
            self.forget()
            self._bench.refused.emit(_refusal(refused[0], passes[refused[0].report.standard_id], self._bench))
            self.ended.emit()

        self._bench.ask(question, answer, self._failed)

    def _failed(self, error: Coded) -> None:
        self.forget()
        self._bench.refused.emit(error)
        self.ended.emit()


def _refusal(photo: ComposedPhoto, passes: tuple[StationPass, ...], bench: Bench) -> NotAllowed:
    """What the banner says of it."""
    standard = next(s for s in bench.desk.standards if s.id == photo.report.standard_id).name(bench.language)
    no = next(s for s in passes if s.verdict is Verdict.FAIL)
    if no.kind is StationKind.BACKEND:
        return NotAllowed("INS-111", standard=standard, reasons=no.text or "—")
    return NotAllowed("INS-103", standard=standard)

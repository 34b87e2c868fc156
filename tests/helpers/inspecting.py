"""A photo station with a real store and a chosen shot, whose strategy and photo library a test lays down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from app.config.settings import Settings
from app.domain.edits import CropBox, Recipe
from app.domain.errors import NetworkFault
from app.domain.inspecting import InspectionAnswer, InspectionQuestion, InspectionReason
from app.domain.judgement import CheckResult, Limit, Measurement, QualityReport, Verdict
from app.domain.photo_session import SessionState
from app.domain.records import Officer, Role, SessionRecord
from app.domain.strategy import InspectionStation, Strategy
from app.photo.assess import Examiner
from app.photo.compose import ComposedPhoto, Composer
from app.photo.standards import load_standards
from app.photo.station import PhotoStation, TetheredCamera
from app.store.store import Store
from helpers.stores import STATION, TestClock, new_store, session_record

A, B, M = InspectionStation.ALGORITHM, InspectionStation.BACKEND, InspectionStation.MANUAL
STRICT = Strategy(
    "strict", "严格", "Strict", "户政部门", "camera", "household", ("id-card",), (A, B, M), "S{date}{seq:03}", "户政照片库"
)


class ScriptedLibrary:
    """``reachable`` and ``reasons`` say what the next question gets."""

    def __init__(self, clock: TestClock) -> None:
        self.clock = clock
        self.reachable = True
        self.reasons: tuple[InspectionReason, ...] = ()
        self.asked: list[InspectionQuestion] = []

    def ask(self, question: InspectionQuestion) -> InspectionAnswer:
        self.asked.append(question)
        if not self.reachable:
            raise NetworkFault("NET-101")
        return InspectionAnswer("I1", not self.reasons, self.reasons, self.clock.now(), 500.0)


@dataclass
class StationSeat:
    """``strategies`` by service; None where a service has none."""

    store: Store
    photo: PhotoStation
    session: SessionRecord
    library: ScriptedLibrary
    clock: TestClock
    strategies: dict[str, Strategy | None]

    def composed(self, standard: str = "id-card", *, passed: bool = True) -> ComposedPhoto:
        """A photo of the chosen shot, as composing hands it over."""
        verdict = Verdict.PASS if passed else Verdict.FAIL
        check = CheckResult(Measurement("sharpness", 0.5, "score", "t/1"), Limit("sharpness", low=0.1), verdict, "")
        report = QualityReport(standard, "1", (check,), 250.0)
        image = b"\xff\xd8" + standard.encode()
        return ComposedPhoto(image, Recipe(CropBox(1.0, 2.0, 3.0, 0.0), replace_background=True), report, ())

    def follow(self, **changes: object) -> None:
        """The household strategy, changed."""
        self.strategies["household"] = replace(STRICT, **changes)  # type: ignore[arg-type]  # a test names its fields


def station_seat(root: Path, standards: tuple[str, ...] = ("id-card",)) -> StationSeat:
    """Close its store."""
    clock = TestClock()
    store, _, _ = new_store(root, clock)
    library = ScriptedLibrary(clock)
    strategies: dict[str, Strategy | None] = {"household": STRICT}
    photo = PhotoStation(
        store=store,
        camera=cast("TetheredCamera", None),
        camera_name=lambda: None,
        examiner=cast("Examiner", None),
        composer=cast("Composer", None),
        standards=load_standards,
        settings=Settings.of({}),
        officer=Officer("zhang", "张", Role.OPERATOR),
        station=lambda: STATION,
        clock=clock,
        strategy_for=lambda _, service: strategies.get(service),
        ask_library=library.ask,
    )
    session = session_record(clock, standard_ids=standards, state=SessionState.EDITING, exceptions=("child",))
    store.create_session(session)
    shot = store.keep_shot(session.id, b"original", device="Nikon D750", file_name="a.jpg")
    session = store.move_session(session.id, SessionState.EDITING, chosen_shot=shot.id)
    return StationSeat(store, photo, session, library, clock, strategies)

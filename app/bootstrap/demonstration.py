"""The demo: an operator's whole job without a person, through every real part, with what it made laid out to see."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from app.bootstrap.assemble import build_gate
from app.bootstrap.training_account import training_account
from app.bootstrap.training_kit import TrainingKit
from app.config.places import DataFolder
from app.config.settings import Settings
from app.desk.desk import Desk
from app.desk.gate import Gate
from app.domain.errors import SetupFault
from app.domain.inspecting import next_station
from app.domain.judgement import Verdict
from app.domain.person import Applicant, check_character
from app.domain.records import PhotoRecord, ShootingMode
from app.domain.strategy import InspectionStation
from app.domain.trail import StationPass
from app.photo.compose import ComposedPhoto

STANDARDS = ("id-card", "exit-entry", "driving-licence")
SHOTS = 3
_CAMERA_DEADLINE_S = 30.0
_SENT_DEADLINE_S = 60.0


class Stopwatch:
    """Milliseconds of each step, in order."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}

    def timed(self, name: str, work: Callable[[], Any]) -> Any:
        """Run ``work`` and remember how long it took."""
        begun = time.perf_counter()
        result = work()
        self.steps[name] = round(1000 * (time.perf_counter() - begun), 1)
        return result


def demo_applicant() -> Applicant:
    """Nobody: region 999999 is not assigned (GB/T 2260)."""
    first17 = "99999919900307101"
    return Applicant.from_input("示例·𬱖㐂", first17 + check_character(first17))


def demonstrate(out: Path, *, portraits: Path | None, language: str, progress: Callable[[str], None]) -> dict[str, Any]:
    """Do the job, write the results under ``out``, return the summary.

    Raises SetupFault, StoreFault, NetworkFault, DeviceError: the demo does not go around a fault.
    """
    out.mkdir(parents=True, exist_ok=True)
    watch = Stopwatch()
    with ExitStack() as endings:
        data = Path(endings.enter_context(tempfile.TemporaryDirectory(prefix="jingchuang-demo-")))
        folder = DataFolder(data)
        kit = endings.enter_context(TrainingKit(folder, portraits))
        around = watch.timed("start simulated devices and back end", kit.start)
        settings = Settings.load(folder.settings)
        gate = build_gate(folder, settings, language, around)
        desk = watch.timed("sign in", lambda: enter_training(gate))
        progress("● " + " · ".join((around.camera_address.split("?")[0], around.printer_address, around.backend_url)))
        try:
            wait_for_camera(desk)
            summary = _job(desk, out, watch, progress)
        finally:
            desk.close()
        summary["screenshots"] = watch.timed(
            "the same job in the windows", lambda: _screens(gate, settings, out / "screenshots", language)
        )
        shutil.copytree(kit.paper, out / "paper", dirs_exist_ok=True)
    summary["timings_ms"] = watch.steps
    (out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return summary


def enter_training(gate: Gate) -> Desk:
    """Sign in as the training user, making the account on a new folder."""
    account = training_account()
    if gate.is_new:
        gate.create_first_account(account.account, account.name, account.password)
    return gate.sign_in(account.account, account.password)


def wait_for_camera(desk: Desk, deadline_s: float = _CAMERA_DEADLINE_S) -> None:
    """Until the camera is ready. Raises SetupFault TRN-102."""
    if not desk.camera.wait_until_ready(deadline_s):
        raise SetupFault("TRN-102", seconds=int(deadline_s))


def _job(desk: Desk, out: Path, watch: Stopwatch, progress: Callable[[str], None]) -> dict[str, Any]:
    session = desk.photo.begin(demo_applicant(), STANDARDS, ShootingMode.REGULAR)
    for number in range(1, SHOTS + 1):
        watch.timed(f"shot {number}: shutter to sealed", lambda: desk.photo.shoot(session.id))
    shots = desk.photo.shots(session.id)
    badges = {shot.id: desk.photo.screen(shot.id, STANDARDS[0]) for shot in shots}
    best = next((s for s in shots if badges[s.id].report.passed), shots[0])
    for shot in shots:
        (out / f"original-{shot.index}.jpg").write_bytes(desk.photo.original(shot.id))
        progress(f"  {shot.index}  {badges[shot.id].report.verdict.value}  {shot.file_name}  {shot.size} B")
    desk.photo.choose(session.id, best.id)
    composed = [watch.timed(f"compose {sid}", partial(desk.photo.compose, best.id, sid)) for sid in STANDARDS]
    said = watch.timed("inspection stations", lambda: through_stations(desk, session.id, composed))
    reason = _reason(composed)
    saved = watch.timed("save", lambda: desk.photo.save(session.id, composed, forced_reason=reason, passes=said))
    photos = [_written(out, photo, record, progress) for photo, record in zip(composed, saved, strict=True)]
    (out / "receipt.png").write_bytes(desk.receipts.preview(saved[0].session_id))
    job = watch.timed("print receipt", lambda: desk.receipts.print(saved[0].session_id))
    watch.timed("send", lambda: wait_until_sent(desk))
    desk.photo.close(session.id)
    progress(f"  回执 {job.state.value} · 待发 {desk.outbox.waiting()}")
    return {
        "passed": all(p["passed"] for p in photos),
        "chosen_shot": best.index,
        "photos": photos,
        "receipt": {"file": "receipt.png", "state": job.state.value},
        "outbox": [
            {"kind": i.kind.value, "photo": i.photo_number, "state": i.state.value, "receipt": i.receipt}
            for i in desk.outbox.items()
        ],
    }


def through_stations(desk: Desk, session_id: str, composed: Sequence[ComposedPhoto]) -> dict[str, tuple[StationPass, ...]]:
    """Every photo through its strategy's stations, in their order; this officer finds every photo good."""
    strategies = desk.photo.strategies(session_id)
    said: dict[str, tuple[StationPass, ...]] = {}
    for photo in composed:
        standard = photo.report.standard_id
        passes: tuple[StationPass, ...] = ()
        while (station := next_station(strategies[standard], passes)) is not None:
            if station is InspectionStation.BACKEND:
                passes = (*passes, desk.photo.ask_library(session_id, [photo], strategies)[standard])
            else:
                passes = (*passes, desk.photo.by_hand(Verdict.PASS, "", 0.0))
        said[standard] = passes
    return said


def _reason(composed: list[ComposedPhoto]) -> str:
    return "" if all(p.report.passed for p in composed) else "演示"


def _written(out: Path, photo: ComposedPhoto, record: PhotoRecord, progress: Callable[[str], None]) -> dict[str, Any]:
    path = out / f"{record.standard_id}.jpg"
    path.write_bytes(photo.image)
    progress(f"  {photo.report.verdict.value}  {path.name}  {record.number}  {record.size} B")
    return {
        "standard": record.standard_id,
        "file": path.name,
        "number": record.number,
        "bytes": record.size,
        "passed": photo.report.passed,
    }


def wait_until_sent(desk: Desk, deadline_s: float = _SENT_DEADLINE_S) -> None:
    """Until the back end has acknowledged everything. Raises SetupFault TRN-103 at the deadline."""
    if waiting := desk.outbox.send_now(deadline_s):
        raise SetupFault("TRN-103", waiting=waiting)


def _screens(gate: Gate, settings: Settings, folder: Path, language: str) -> list[str]:
    from app.ui.screenshots import take_screenshots  # noqa: PLC0415 - Qt only where pictures of windows are wanted

    folder.mkdir(exist_ok=True)
    account = training_account()
    trainee = (account.account, account.password)
    return [p.name for p in take_screenshots(gate, settings, trainee, demo_applicant(), folder, language)]

"""The start form offers the standards in force now; what the officer ticked stays ticked."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

from PySide6.QtWidgets import QApplication

from app.config.clock import SystemClock
from app.config.settings import Settings
from app.desk.desk import Desk
from app.desk.gate import Gate
from app.desk.person_reader import PersonReader
from app.ui.bench import Bench
from app.ui.screens.photo_station.start_form import StartForm
from app.ui.theme import Theme
from helpers.audit import Remembered
from helpers.standards import shipped


def test_a_standard_that_came_into_force_is_offered_without_a_restart(application: QApplication) -> None:
    settings = Settings.of({"photo.standards": "id-card,village"})
    desk = SimpleNamespace(
        standards=(shipped(), shipped("exit-entry")),
        people=PersonReader(None, None, settings, "zh_CN", SystemClock(), Remembered()),
    )
    bench = Bench(cast("Gate", None), settings, "zh_CN", Theme.load("light"))
    bench.opened = cast("Desk", desk)
    form = StartForm(bench)
    form.services["exit-entry"].setChecked(True)
    form.services["id-card"].setChecked(False)
    desk.standards = (*desk.standards, replace(shipped(), id="village", name_zh="乡镇身份证"))
    form.show_standards()
    ticked = {standard_id: box.isChecked() for standard_id, box in form.services.items()}
    assert ticked == {"id-card": False, "exit-entry": True, "village": True}
    boxes = dict(form.services)
    form.show_standards()
    assert form.services == boxes, "nothing is rebuilt while nothing changed"
    desk.standards = (shipped("exit-entry"),)
    form.show_standards()
    assert list(form.services) == ["exit-entry"]
    bench.tasks.stop()
    bench.opened = None

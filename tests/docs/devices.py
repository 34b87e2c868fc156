"""Pictures of the device panel with a device in every state, the shift check and a self-test, in both languages."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import cast

from app.ui.application import make_application
from app.ui.bench import Bench
from app.ui.main_window import MainWindow
from app.ui.rehearsal import save_picture, wait_until
from app.ui.screen_table import DEVICES
from app.ui.screens.devices.view import DevicesView
from app.ui.theme import Theme
from helpers.desks import TRAINEE, training_gate
from helpers.rosters import every_state, posed_roster


def device_pictures(language: str, target: Path) -> None:
    """One PNG a state, named after the kind that poses it."""
    theme = Theme.load("light")
    make_application(language, theme)
    with tempfile.TemporaryDirectory() as folder, training_gate(Path(folder), language) as (gate, settings, _, _):
        bench = Bench(gate, settings, language, theme, TRAINEE)
        window = MainWindow(bench)
        window.resize(1366, 768)
        window.show()
        try:
            window.sign_in.button.click()
            wait_until("sign in", lambda: bool(window.screens))
            window.go_to(DEVICES)
            wait_until("devices", lambda: window.shown == DEVICES)
            view = cast(DevicesView, window.screens[DEVICES])
            wait_until("asked", lambda: not bench.tasks.busy)
            view.choose("printer")
            wait_until("printer", lambda: all(r.standing is None or r.standing.usable for r in view.model.rows))
            view.test.click()
            wait_until("tested", lambda: not view.model.testing)
            save_picture(window, target / "devices-training.png")
            view.show_shift()
            view.shift.all_good.click()
            view.shift.lines[2].bad.click()
            save_picture(window, target / "devices-shift-check.png")
            view.show_devices()
            room = bench.desk.devices
            bench.desk.devices = replace(room, roster=posed_roster(every_state()))
            view.model.look()
            for kind in (*every_state(), "signature_pad"):
                view.choose(kind)
                save_picture(window, target / f"devices-{kind.replace('_', '-')}.png")
            bench.desk.devices = room
        finally:
            window.close()
            bench.shut()

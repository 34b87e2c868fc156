"""Pictures of the finger screen, by working it in training mode: start, a bad press, exception, a crash, the end."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import cast
from urllib.parse import quote

from app.bootstrap.demonstration import demo_applicant
from app.domain.fingers import Ask, Enrolment
from app.ui.application import make_application
from app.ui.bench import Bench
from app.ui.main_window import MainWindow
from app.ui.rehearsal import save_picture, wait_until
from app.ui.screen_table import FINGERS
from app.ui.screens.fingers.view import FingersView
from app.ui.screens.fingers.view_model import Work
from app.ui.theme import Theme
from helpers.desks import SECOND, TRAINEE, training_gate

# The simulator counts from one again after its crash.
_PRESSES = {"presses": [{"nth": 1, "fault": "dry"}, {"nth": 3, "fault": "crash"}]}


class _Scene:
    """The window, and what an officer does in it."""

    def __init__(self, window: MainWindow, target: Path) -> None:
        self._window = window
        self._target = target
        self.view = cast(FingersView, window.screens[FINGERS])

    def seen(self, name: str) -> None:
        save_picture(self._window, self._target / f"fingers-{name}.png")

    @property
    def enrolment(self) -> Enrolment:
        assert self.view.model.enrolment is not None
        return self.view.model.enrolment

    def press(self) -> None:
        """One press, to its end."""
        model = self.view.model
        wait_until("scanner", lambda: model.may_press)
        self.view.taking.next.click()
        wait_until("pressed", lambda: model.work is Work.NOTHING)
        wait_until("seen", lambda: not self._window.bench.tasks.busy)

    def understood(self) -> None:
        """The message was read."""
        self._window.banner.hide()

    def begin(self) -> None:
        applicant = demo_applicant()
        self.view.take(applicant)
        self.view.begin.click()
        wait_until("begun", lambda: self.view.model.enrolment is not None)
        wait_until("scanner", lambda: self.view.model.may_press)

    def pass_over(self, reason: str) -> None:
        panel = self.view.taking.panel
        panel.reason.setCurrentIndex(panel.reason.findData(reason))
        panel.account.setText(SECOND[0])
        panel.password.setText(SECOND[1])
        self.seen("exception")
        panel.confirm.click()
        wait_until("passed over", panel.isHidden)


def finger_pictures(language: str, target: Path, size: tuple[int, int] = (1366, 768)) -> None:
    """One PNG a scene."""
    theme = Theme.load("light")
    make_application(language, theme)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "fingers.json"
        script.write_text(json.dumps(_PRESSES), encoding="utf-8")
        address = f"sim:finger?script={quote(str(script))}"
        with training_gate(Path(folder), language, fingerprint_address=address) as (gate, settings, _, _):
            bench = Bench(gate, settings, language, theme, TRAINEE, SECOND)
            window = MainWindow(bench)
            window.resize(*size)
            window.show()
            try:
                window.sign_in.button.click()
                wait_until("sign in", lambda: bool(window.screens))
                window.go_to(FINGERS)
                wait_until("fingers", lambda: window.shown == FINGERS)
                wait_until("asked", lambda: not bench.tasks.busy)
                _play(_Scene(window, target))
            finally:
                window.close()
                bench.shut()


def _play(scene: _Scene) -> None:
    scene.begin()
    scene.seen("empty")
    scene.press()
    scene.seen("too-dry")
    scene.press()
    scene.seen("taken")
    scene.press()
    scene.seen("crashed")
    scene.understood()
    scene.view.taking.cannot.click()
    scene.pass_over("injured")
    while scene.enrolment.step().ask is not Ask.DONE:
        scene.press()
    wait_until("pictures", lambda: all(c.picture.has_image() for c in scene.view.finished.cards))
    scene.seen("finished")
    scene.view.finished.leave.click()
    wait_until("left open", lambda: scene.view.who.open_enrolments.children()[1:] != [])
    scene.seen("start")

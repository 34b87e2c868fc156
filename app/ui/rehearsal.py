"""Works the windows as an operator would, for the demo's and the manual's screenshots and for the whole-job test.

GUI thread. Keys and clicks go through Qt's own event queue; every wait has a deadline.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.errors import SetupFault
from app.domain.person import Applicant
from app.ui.main_window import MainWindow
from app.ui.screen_table import (
    CASES,
    DEVICES,
    FINGERS,
    HISTORY,
    INTAKE,
    OUTBOX,
    PRINTING,
    QUEUE,
    SETTINGS,
    STANDARDS,
    STRATEGIES,
    TRAIL,
)
from app.ui.screens.photo_station.view import PhotoStationView
from app.ui.screens.review.view import ReviewView

_DEADLINE_S = 60.0


def wait_until(what: str, good: Callable[[], bool], deadline_s: float = _DEADLINE_S) -> None:
    """Run the event loop until ``good``. Raises SetupFault WIN-102 at the deadline."""
    until = time.monotonic() + deadline_s
    while not good():
        if time.monotonic() > until:
            raise SetupFault("WIN-102", what=what)
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)


def press(widget: QWidget, key: Qt.Key, text: str = "") -> None:
    """One key, down and up, to the widget."""
    for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
        QApplication.postEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


class Rehearsal:
    """One operator, one window. ``shot`` is called with a name whenever there is something to see."""

    def __init__(self, window: MainWindow, seen: Callable[[str], None]) -> None:
        self._window = window
        self._seen = seen

    def sign_in(self) -> None:
        """The door, with what training mode filled in."""
        self._seen("sign-in")
        self._window.sign_in.button.click()
        wait_until("sign in", lambda: bool(self._window.screens))

    def photograph(self, applicant: Applicant, shots: int) -> None:
        """Start, shoot, look at the badges."""
        station = self._window.screens["photo"]
        model = self._window.station_model
        if model is None or not isinstance(station, PhotoStationView):
            raise SetupFault("WIN-102", what="station")
        self._seen("photo-start")
        station.form.name.setText(applicant.name)
        station.form.number.setText(applicant.id_number)
        station.begin.click()
        wait_until("session", lambda: model.session is not None)
        wait_until("live view", station.live.has_image)
        self._seen("photo-live")
        for number in range(1, shots + 1):
            wait_until("shutter", station.shoot.isEnabled)
            station.shoot.click()
            wait_until("shot", lambda number=number: len(model.tiles) == number and not model.busy)  # type: ignore[misc]
        wait_until("badges", lambda: all(t.screening is not None and t.image is not None for t in model.tiles))
        self._seen("photo-shots")
        self._window.toggle_applicant()
        if self._window.applicant is not None:
            wait_until("mirror", self._window.applicant.mirror.has_image)
            self._seen("applicant")
        self._window.toggle_applicant()
        model.applicant_picks(min(1, shots - 1))

    def review(self) -> None:
        """Confirm, nudge the crop and take it back, save, print, next."""
        window = self._window
        model = window.station_model
        if model is None:
            raise SetupFault("WIN-102", what="station")
        station = window.screens["photo"]
        if isinstance(station, PhotoStationView):
            wait_until("confirm", station.confirm.isEnabled)
        model.confirm()
        wait_until("review", lambda: window.review is not None)
        review = window.review
        if review is None:
            raise SetupFault("WIN-102", what="review")
        wait_until("composed", lambda: review.model.ready and review.model.original is not None)
        self._seen("review")
        crop = review.model.crop
        if crop is not None:
            review.model.change_crop(crop.moved(0, -crop.width * 0.12).scaled(1.15))
            self._seen("review-crop")
            wait_until("composed again", lambda: review.model.ready)
            review.model.undo()
            wait_until("undone", lambda: review.model.ready)
        review.reason.setText("—" if not review.model.all_passed else "")
        review.next.click()
        self._look_by_hand(review)
        wait_until("saved", lambda: review.model.receipt is not None)
        review.print.click()
        wait_until("printed", lambda: review.model.job is not None)
        self._seen("review-saved")
        review.next.click()
        wait_until("next person", lambda: model.session is None)

    def _look_by_hand(self, review: ReviewView) -> None:
        """Where a strategy wants it, the officer finds every photo good."""
        while not review.model.records:
            wait_until("stations", lambda: bool(review.model.records) or review.model.round.row >= 0)
            if review.model.round.row >= 0:
                review.manual.good.click()

    def look_around(self) -> None:
        """Every other screen."""
        bench = self._window.bench
        for name in (
            INTAKE,
            HISTORY,
            TRAIL,
            OUTBOX,
            PRINTING,
            DEVICES,
            STRATEGIES,
            STANDARDS,
            SETTINGS,
            FINGERS,
            CASES,
            QUEUE,
        ):
            self._window.go_to(name)
            wait_until(name, lambda name=name: self._window.shown == name and not bench.tasks.busy)  # type: ignore[misc]
            self._seen(name)


def save_picture(widget: QWidget, path: Path) -> None:
    """The widget as PNG."""
    QApplication.processEvents()
    widget.grab().save(str(path), "PNG")

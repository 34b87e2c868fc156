"""The frame of every screen: rail, title, work area, banner, status strip; keys lead everywhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import StoreFault
from app.domain.records import SessionRecord, ShotRecord
from app.ui.bench import Bench
from app.ui.bridge.settled_memory import let_go, settle
from app.ui.import_ahead import ImportAhead
from app.ui.key_help import KeyHelp
from app.ui.late_failures import LateFailures
from app.ui.screen_lock import ScreenLock
from app.ui.screen_shelf import ScreenShelf
from app.ui.screen_table import (
    ACCOUNTS,
    ARCHIVE,
    AUDIT,
    CASES,
    DEVICES,
    FINGERS,
    HISTORY,
    ICONS,
    INTAKE,
    OUTBOX,
    PHOTO,
    PRINTING,
    QUEUE,
    SETTINGS,
    STANDARDS,
    STRATEGIES,
    TRAIL,
    VIEWS,
    opens,
)
from app.ui.screens.sign_in.view import SignInView
from app.ui.status_strip import StatusStrip
from app.ui.widgets.banner import Banner
from app.ui.words import icon, rail_icon

if TYPE_CHECKING:
    from app.desk.desk import Desk
    from app.domain.queueing import Visit
    from app.ui.screens.applicant.view import ApplicantWindow
    from app.ui.screens.intake.view import IntakeView
    from app.ui.screens.photo_station.view import PhotoStationView
    from app.ui.screens.photo_station.view_model import PhotoStationModel
    from app.ui.screens.queue.view import QueueView
    from app.ui.screens.review.view import ReviewView

_STRIP_MS = 3000
_REVIEW_AFTER_MS = 600
_RAIL_PX = 126


def _made(module: str, name: str, *parts: object) -> Any:
    """A window's part, its module imported now."""
    return getattr(import_module(f"app.ui.screens.{module}"), name)(*parts)


def _fetched(name: str) -> None:
    """Import a screen's module in a turn of its own: a large one takes as long as making the screen."""
    if name in VIEWS:
        import_module(f"app.ui.screens.{VIEWS[name][0]}")


def dress_parts(screen: QWidget) -> None:
    """Give every part its style now, so that showing the screen is quick."""
    for part in cast("list[QWidget]", screen.findChildren(QWidget)):
        part.ensurePolished()


def large_parts(screen: QWidget) -> tuple[Callable[[], object], ...]:
    """What makes the parts of a screen that are too large to be made in one turn with it; each step a turn of its own."""
    parts = getattr(screen, "parts", None)
    return () if parts is None else tuple(parts())


def rail_key(number: int) -> str:
    """The key of a screen by its place on the rail: ten digits, then the same with Shift as well."""
    return f"Ctrl+{number % 10}" if number <= 10 else f"Ctrl+Shift+{number - 10}"


class MainWindow(QWidget):
    """One window for the whole shift. ``closing`` before it goes."""

    closing = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.setWindowTitle(self.tr("Jingchuang workstation"))
        self.setMinimumSize(QSize(1024, 640))
        self.resize(1366, 768)
        self.sign_in = SignInView(bench)
        self.banner = Banner(bench.language, bench.theme.colours["fail"], self)
        self._work = QStackedWidget(self)
        self._work.addWidget(self.sign_in)
        self.screens = ScreenShelf({})
        self.shown = ""  # the name of the screen that is looked at
        self._wanted = ""
        self.review: ReviewView | None = None
        self.applicant: ApplicantWindow | None = None
        self.station_model: PhotoStationModel | None = None
        self._title = QLabel(self)
        self._title.setObjectName("title")
        self._training = QLabel(self)
        self._training.setObjectName("training")
        self.strip = StatusStrip(bench, self)
        self._rail_buttons: dict[str, QPushButton] = {}
        self._lay_out()
        self.lock = ScreenLock(bench, self)
        self.lock.covered.connect(self._covered)
        self.lock.uncovered.connect(lambda: self.go_to(self.shown or PHOTO))
        self._keys()
        self._strip_timer = QTimer(self)
        self._strip_timer.setInterval(_STRIP_MS)
        self._strip_timer.timeout.connect(self.strip.refresh)
        self.late = LateFailures(bench, self.banner)
        self._strip_timer.timeout.connect(self.late.look)
        bench.desk_opened.connect(self._furnish)
        bench.desk_closed.connect(self._lock)
        bench.desk_closed.connect(lambda: QTimer.singleShot(0, let_go))
        bench.refused.connect(self.banner.show_error)
        bench.photos_saved.connect(self.strip.refresh)
        self.strip.wanted.connect(self.go_to)
        self._lock()
        settle()
        ImportAhead(bench, self)

    # -- laying out ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        titlebar = QFrame(self)
        titlebar.setObjectName("titlebar")
        top = QHBoxLayout(titlebar)
        top.setContentsMargins(16, 8, 16, 8)
        top.addWidget(self._title, 1)
        top.addWidget(self._training)
        self._help_button = QPushButton(self.tr("Keys  F1"), titlebar)
        self._help_button.setAccessibleName(self.tr("Keys"))
        self._help_button.clicked.connect(self.show_keys)
        top.addWidget(self._help_button)
        work = QVBoxLayout()
        work.setContentsMargins(12, 8, 12, 8)
        work.addWidget(self.banner)
        work.addWidget(self._work, 1)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(titlebar)
        right.addLayout(work, 1)
        right.addWidget(self.strip)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._rail())
        whole.addLayout(right, 1)

    def _rail(self) -> QWidget:
        rail = QFrame(self)
        rail.setObjectName("rail")
        rail.setFixedWidth(_RAIL_PX)
        column = QVBoxLayout(rail)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(0)
        group = QButtonGroup(rail)
        colours = self.bench.theme.colours
        words = {
            PHOTO: self.tr("Photo"),
            INTAKE: self.tr("Intake"),
            HISTORY: self.tr("History"),
            TRAIL: self.tr("Trail"),
            OUTBOX: self.tr("Outbox"),
            PRINTING: self.tr("Printing"),
            DEVICES: self.tr("Devices"),
            STRATEGIES: self.tr("Strategies"),
            STANDARDS: self.tr("Standards"),
            SETTINGS: self.tr("Settings"),
            FINGERS: self.tr("Fingers"),
            CASES: self.tr("Cases"),
            QUEUE: self.tr("Queue"),
            AUDIT: self.tr("Audit"),
            ARCHIVE: self.tr("Archive"),
            ACCOUNTS: self.tr("Accounts"),
        }
        for number, (name, word) in enumerate(words.items(), start=1):
            button = QPushButton(
                rail_icon(ICONS[name], colours["accent_text"], colours["accent"]), f"{word}\n{rail_key(number)}", rail
            )
            button.setIconSize(QSize(22, 22))
            button.setCheckable(True)
            button.setAccessibleName(word)
            button.setProperty("screen", name)
            button.clicked.connect(self._rail_clicked)
            group.addButton(button)
            column.addWidget(button)
            self._rail_buttons[name] = button
        column.addStretch(1)
        self._leave = QPushButton(icon("mdi6.logout", self.bench.theme.colours["accent_text"]), self.tr("Sign out"), rail)
        self._leave.setAccessibleName(self.tr("Sign out"))
        self._leave.clicked.connect(self.sign_out)
        column.addWidget(self._leave)
        return rail

    def _keys(self) -> None:
        for number, name in enumerate(self._rail_buttons, start=1):
            shortcut = QShortcut(QKeySequence(rail_key(number)), self)
            shortcut.activated.connect(self._rail_buttons[name].click)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.show_keys)
        QShortcut(QKeySequence("F11"), self).activated.connect(self.toggle_applicant)

    # -- the desk --------------------------------------------------------------------------------------

    def _lock(self) -> None:
        """Nobody is signed in: only the door."""
        self._strip_timer.stop()
        for screen in (*self.screens.made.values(), *([self.review] if self.review else [])):
            self._work.removeWidget(screen)
            screen.deleteLater()
        self.screens, self.review = ScreenShelf({}), None
        self.shown = self._wanted = ""
        if self.applicant is not None:
            self.applicant.close()
            self.applicant.deleteLater()
            self.applicant = None
        for button in (*self._rail_buttons.values(), self._leave):
            button.setEnabled(False)
        for name in (ACCOUNTS, AUDIT):
            self._rail_buttons[name].hide()
        self._title.setText(self.tr("Jingchuang workstation"))
        self._training.setVisible(self.bench.trainee is not None)
        self._training.setText(self.tr("TRAINING MODE"))
        self._work.setCurrentWidget(self.sign_in)
        self.strip.refresh()

    def _furnish(self) -> None:
        """Somebody signed in: the shelf of screens is this desk's."""
        self.sign_in.clear()
        self.banner.hide()
        bench = self.bench
        model: PhotoStationModel = _made("photo_station.view_model", "PhotoStationModel", bench)
        self.station_model = model
        model.session_changed.connect(self._name_session)
        others = {name: partial(_made, *view, bench) for name, view in VIEWS.items()}
        shelf = ScreenShelf({PHOTO: lambda: self._station(model), **others, QUEUE: self._hall})
        first = (
            (lambda: shelf[PHOTO], lambda: self._place(shelf[PHOTO]), lambda: dress_parts(shelf[PHOTO]))
            if opens(bench.desk.place, PHOTO)
            else ()
        )
        self._in_turns(
            *first,
            lambda: self._open(shelf),
            self.strip.refresh,
            lambda: self.go_to(self._wanted or self._first_screen()),
        )

    def _first_screen(self) -> str:
        """Where this officer's day begins."""
        return next((name for name in self._rail_buttons if opens(self.bench.desk.place, name)), DEVICES)

    def _in_turns(self, *steps: Callable[[], object]) -> None:
        """One step a turn of the event loop, so that making a screen holds up nothing; not beyond this desk's end."""
        self._turn(self.bench.opened, steps)

    def _turn(self, desk: Desk | None, steps: tuple[Callable[[], object], ...]) -> None:
        if steps and self.bench.opened is desk:
            steps[0]()
            QTimer.singleShot(0, partial(self._turn, desk, steps[1:]))

    def _station(self, model: PhotoStationModel) -> PhotoStationView:
        station: PhotoStationView = _made("photo_station.view", "PhotoStationView", self.bench, model)
        station.confirmed.connect(self._to_review)
        return station

    def _hall(self) -> QWidget:
        screen: QueueView = _made(*VIEWS[QUEUE], self.bench)
        screen.begun.connect(self._take_matter)
        return screen

    def _take_matter(self, visit: Visit) -> None:
        """Who was called stands at the window: the next matter begun is theirs."""
        intake: IntakeView = self.screens[INTAKE]  # type: ignore[assignment]  # the shelf holds widgets of every kind
        intake.model.expect(visit)
        self.go_to(INTAKE)

    def _open(self, shelf: ScreenShelf) -> None:
        self.screens = shelf
        for name, button in self._rail_buttons.items():
            found = opens(self.bench.desk.place, name)
            button.setVisible(found)
            button.setEnabled(found)
        self._leave.setEnabled(True)
        self._tell_damage()
        self.bench.camera_signals.status.connect(self.strip.show_camera)
        self._training.setVisible(self.bench.desk.training)
        self._strip_timer.start()
        if opens(self.bench.desk.place, PHOTO):
            QTimer.singleShot(_REVIEW_AFTER_MS, lambda: self._in_turns(self._make_review, self._place_review, settle))

    def _covered(self) -> None:
        """锁屏: the applicant's screen and the live picture go, too."""
        if self.applicant is not None:
            self.applicant.hide()
        self.bench.desk.camera.live(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The lock covers the window whatever its size."""
        self.lock.fit(event)
        super().resizeEvent(event)

    def _tell_damage(self) -> None:
        """Every officer is told when the audit log was found tampered with."""
        if damage := self.bench.desk.audit.damage:
            self.banner.show_error(StoreFault("AUD-101", count=len(damage), first=damage[0].words()))

    def go_to(self, name: str) -> None:
        """Another screen; the photo station resumes where it stood. One that is new is there some turns later."""
        if name not in self.screens or not opens(self.bench.desk.place, name):
            return
        self._wanted = name
        shelf = self.screens
        if name in shelf.made:
            self._show(name)
        else:
            self._rail_buttons[name].setChecked(True)
            self._in_turns(
                lambda: _fetched(name),
                lambda: shelf[name],
                lambda: self._in_turns(
                    *large_parts(shelf[name]),
                    lambda: self._place(shelf[name]),
                    lambda: dress_parts(shelf[name]),
                    lambda: self._show(name),
                ),
            )

    def _place(self, screen: QWidget) -> None:
        if self._work.indexOf(screen) < 0:
            self._work.addWidget(screen)

    def _show(self, name: str) -> None:
        """Unless the officer has chosen yet another one meanwhile."""
        if name != self._wanted:
            return
        screen: QWidget = self.screens[name]
        self._place(screen)
        if name == PHOTO and self.review is not None and self.review.model.session is not None:
            screen = self.review
        self._rail_buttons[name].setChecked(True)
        self._work.setCurrentWidget(screen)
        self._in_turns(lambda: None, lambda: self._enter(name, screen))

    def _enter(self, name: str, screen: QWidget) -> None:
        enter = getattr(screen, "enter", None)
        if self._work.currentWidget() is not screen:
            return
        if enter is not None:
            enter()
        if name != PHOTO:
            self.bench.desk.camera.live(False)
        self._name_session()
        self.shown = name

    def sign_out(self) -> None:
        """Unless something typed would be lost; then that screen asks first."""
        if not self._held_back(self.bench.sign_out):
            self.bench.sign_out()

    def _held_back(self, step: Callable[[], object]) -> bool:
        """Whether a screen holds what is not saved; it is shown and asks, and runs ``step`` when it is given up."""
        for name, screen in self.screens.made.items():
            hold_back = getattr(screen, "hold_back", None)
            if hold_back is not None and hold_back(step):
                self.go_to(name)
                return True
        return False

    def _rail_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.go_to(str(sender.property("screen")))

    def _make_review(self) -> None:
        """Ready before the first shot is chosen; then, composing needs the processor."""
        if self.review is None and self.bench.opened is not None:
            self.review = cast("ReviewView", _made("review.view", "ReviewView", self.bench))
            self.review.finished.connect(self._next_person)
            self.review.back.connect(self._back_to_shots)

    def _place_review(self) -> None:
        if self.review is not None:
            self._place(self.review)

    def _to_review(self, session: SessionRecord, shot: ShotRecord) -> None:
        self._make_review()
        self._place_review()
        if self.review is None:
            return
        self.review.open(session, shot)
        self._work.setCurrentWidget(self.review)
        self.bench.desk.camera.live(False)

    def _back_to_shots(self) -> None:
        """Esc: nothing is lost; the session goes back to choosing."""
        if self.review is not None:
            self.review.model.leave()
        self.go_to(PHOTO)

    def _next_person(self) -> None:
        if self.station_model is not None:
            self.station_model.forget()
        self.go_to(PHOTO)

    def _name_session(self) -> None:
        model = self.station_model
        session = model.session if model is not None else None
        words = {name: button.accessibleName() for name, button in self._rail_buttons.items()}
        current = next((n for n, b in self._rail_buttons.items() if b.isChecked()), PHOTO)
        if session is None or current != PHOTO:
            self._title.setText(words[current])
        else:
            self._title.setText(f"{words[PHOTO]} · {session.applicant.name} · {session.applicant.id_number}")

    # -- more windows ----------------------------------------------------------------------------------

    def toggle_applicant(self) -> None:
        """F11: the applicant's screen, on the second monitor where there is one."""
        if self.station_model is None or self.bench.opened is None:
            return
        shown = self.applicant
        if shown is None:
            shown = self.applicant = cast(
                "ApplicantWindow", _made("applicant.view", "ApplicantWindow", self.bench, self.station_model)
            )
        if shown.isVisible():
            shown.hide()
            return
        screens = self.screen().virtualSiblings()
        other = next((s for s in screens if s is not self.screen()), None)
        if other is not None:
            shown.setGeometry(other.geometry())
            shown.showFullScreen()
        else:
            shown.resize(800, 600)
            shown.show()

    def show_keys(self) -> None:
        """F1: every key that works here."""
        self._key_help = KeyHelp(self._work.currentWidget(), self)
        self._key_help.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of everything before the window goes; not before a screen with unsaved work has asked."""
        if self._held_back(self.close):
            event.ignore()
            return
        if self.applicant is not None:
            self.applicant.close()
        self.closing.emit()
        super().closeEvent(event)

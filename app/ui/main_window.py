"""The frame of every screen: rail, title, work area, banner, status strip; keys lead everywhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
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

from app.domain.records import SessionRecord, ShotRecord
from app.ui.bench import Bench
from app.ui.key_help import KeyHelp
from app.ui.late_failures import LateFailures
from app.ui.screen_shelf import ScreenShelf
from app.ui.screens.applicant.view import ApplicantWindow
from app.ui.screens.cases.view import CasesView
from app.ui.screens.devices.view import DevicesView
from app.ui.screens.history.view import HistoryView
from app.ui.screens.outbox.view import OutboxView
from app.ui.screens.photo_station.view import PhotoStationView
from app.ui.screens.photo_station.view_model import PhotoStationModel
from app.ui.screens.printing.view import PrintingView
from app.ui.screens.review.view import ReviewView
from app.ui.screens.settings.view import SettingsView
from app.ui.screens.sign_in.view import SignInView
from app.ui.screens.standards.view import StandardsView
from app.ui.screens.strategies.view import StrategiesView
from app.ui.screens.trail.view import TrailView
from app.ui.status_strip import StatusStrip
from app.ui.widgets.banner import Banner
from app.ui.words import icon, rail_icon

_STRIP_MS = 3000

PHOTO, HISTORY, TRAIL, OUTBOX, PRINTING = "photo", "history", "trail", "outbox", "printing"
DEVICES, STRATEGIES, STANDARDS, SETTINGS = "devices", "strategies", "standards", "settings"
CASES = "cases"
_ICONS = {
    PHOTO: "mdi6.camera-account",
    HISTORY: "mdi6.image-search",
    TRAIL: "mdi6.clipboard-check-outline",
    OUTBOX: "mdi6.tray-arrow-up",
    PRINTING: "mdi6.printer-check",
    DEVICES: "mdi6.usb",
    STRATEGIES: "mdi6.transit-connection-variant",
    STANDARDS: "mdi6.ruler-square",
    SETTINGS: "mdi6.cog",
    CASES: "mdi6.folder-account-outline",
}


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
        self.screens = ScreenShelf({}, self._work.addWidget)
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
        self._keys()
        self._strip_timer = QTimer(self)
        self._strip_timer.setInterval(_STRIP_MS)
        self._strip_timer.timeout.connect(self.strip.refresh)
        self.late = LateFailures(bench, self.banner)
        self._strip_timer.timeout.connect(self.late.look)
        bench.desk_opened.connect(self._furnish)
        bench.desk_closed.connect(self._lock)
        bench.refused.connect(self.banner.show_error)
        bench.photos_saved.connect(self.strip.refresh)
        self.strip.wanted.connect(self.go_to)
        self._lock()

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
        rail.setFixedWidth(112)
        column = QVBoxLayout(rail)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(0)
        group = QButtonGroup(rail)
        colours = self.bench.theme.colours
        words = {
            PHOTO: self.tr("Photo"),
            HISTORY: self.tr("History"),
            TRAIL: self.tr("Trail"),
            OUTBOX: self.tr("Outbox"),
            PRINTING: self.tr("Printing"),
            DEVICES: self.tr("Devices"),
            STRATEGIES: self.tr("Strategies"),
            STANDARDS: self.tr("Standards"),
            SETTINGS: self.tr("Settings"),
            CASES: self.tr("Cases"),
        }
        for number, (name, word) in enumerate(words.items(), start=1):
            button = QPushButton(
                rail_icon(_ICONS[name], colours["accent_text"], colours["accent"]), f"{word}\nCtrl+{number % 10}", rail
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
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number % 10}"), self)
            shortcut.activated.connect(self._rail_buttons[name].click)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.show_keys)
        QShortcut(QKeySequence("F11"), self).activated.connect(self.toggle_applicant)

    # -- the desk --------------------------------------------------------------------------------------

    def _lock(self) -> None:
        """Nobody is signed in: only the door."""
        self._strip_timer.stop()
        for screen in (*(s for _, s in self.screens.made), *([self.review] if self.review else [])):
            self._work.removeWidget(screen)
            screen.deleteLater()
        self.screens, self.review = ScreenShelf({}, self._work.addWidget), None
        if self.applicant is not None:
            self.applicant.close()
            self.applicant.deleteLater()
            self.applicant = None
        for button in (*self._rail_buttons.values(), self._leave):
            button.setEnabled(False)
        self._title.setText(self.tr("Jingchuang workstation"))
        self._training.setVisible(self.bench.trainee is not None)
        self._training.setText(self.tr("TRAINING MODE"))
        self._work.setCurrentWidget(self.sign_in)
        self.strip.refresh()

    def _furnish(self) -> None:
        """Somebody signed in: the shelf of screens is this desk's."""
        self.sign_in.clear()
        self.banner.hide()
        model = PhotoStationModel(self.bench)
        self.station_model = model
        model.session_changed.connect(self._name_session)
        bench = self.bench
        self.screens = ScreenShelf(
            {
                PHOTO: lambda: self._station(model),
                HISTORY: lambda: HistoryView(bench),
                TRAIL: lambda: TrailView(bench),
                OUTBOX: lambda: OutboxView(bench),
                PRINTING: lambda: PrintingView(bench),
                DEVICES: lambda: DevicesView(bench),
                STRATEGIES: lambda: StrategiesView(bench),
                STANDARDS: lambda: StandardsView(bench),
                SETTINGS: lambda: SettingsView(bench),
                CASES: lambda: CasesView(bench),
            },
            self._work.addWidget,
        )
        for button in (*self._rail_buttons.values(), self._leave):
            button.setEnabled(True)
        self.bench.camera_signals.status.connect(self.strip.show_camera)
        self._training.setVisible(self.bench.desk.training)
        self._strip_timer.start()
        self.strip.refresh()
        self.go_to(PHOTO)

    def _station(self, model: PhotoStationModel) -> PhotoStationView:
        station = PhotoStationView(self.bench, model)
        station.confirmed.connect(self._to_review)
        return station

    def go_to(self, name: str) -> None:
        """Another screen; the photo station resumes where it stood."""
        if name not in self.screens:
            return
        screen: QWidget = self.screens[name]
        if name == PHOTO and self.review is not None and self.review.model.session is not None:
            screen = self.review
        self._rail_buttons[name].setChecked(True)
        self._work.setCurrentWidget(screen)
        enter = getattr(screen, "enter", None)
        if enter is not None:
            enter()
        if name != PHOTO:
            self.bench.desk.camera.live(False)
        self._name_session()

    def sign_out(self) -> None:
        """Unless something typed would be lost; then that screen asks first."""
        if not self._held_back(self.bench.sign_out):
            self.bench.sign_out()

    def _held_back(self, step: Callable[[], object]) -> bool:
        """Whether a screen holds what is not saved; it is shown and asks, and runs ``step`` when it is given up."""
        for name, screen in self.screens.made:
            hold_back = getattr(screen, "hold_back", None)
            if hold_back is not None and hold_back(step):
                self.go_to(name)
                return True
        return False

    def _rail_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.go_to(str(sender.property("screen")))

    def _to_review(self, session: SessionRecord, shot: ShotRecord) -> None:
        if self.review is None:
            self.review = ReviewView(self.bench)
            self.review.finished.connect(self._next_person)
            self.review.back.connect(self._back_to_shots)
            self._work.addWidget(self.review)
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
        if self.applicant is None:
            self.applicant = ApplicantWindow(self.bench, self.station_model)
        if self.applicant.isVisible():
            self.applicant.hide()
            return
        screens = self.screen().virtualSiblings()
        other = next((s for s in screens if s is not self.screen()), None)
        if other is not None:
            self.applicant.setGeometry(other.geometry())
            self.applicant.showFullScreen()
        else:
            self.applicant.resize(800, 600)
            self.applicant.show()

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

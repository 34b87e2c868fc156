"""照相: live view with the standard's lines, shots with badges, checks with advice; every action has its key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.config.texts import check_name, live_sentence
from app.domain.judgement import CheckResult
from app.domain.photo_session import SessionEvent
from app.domain.photo_standard import PhotoStandard
from app.domain.records import SessionRecord
from app.ui.bench import Bench
from app.ui.screens.photo_station.camera_panel import CameraPanel
from app.ui.screens.photo_station.start_form import StartForm
from app.ui.screens.photo_station.view_model import PhotoStationModel
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.picture_view import Mark, PictureView
from app.ui.widgets.shot_strip import ShotStrip
from app.ui.widgets.verdict_list import VerdictList
from devices.host.camera import CameraState, CameraStatus

if TYPE_CHECKING:
    from app.photo.assess import ShotScreening


class PhotoStationView(QWidget):
    """The start form, then the station; ``confirmed`` leads to the review."""

    confirmed = Signal(object, object)

    def __init__(self, bench: Bench, model: PhotoStationModel) -> None:
        super().__init__()
        self._bench = bench
        self.model = model
        self._live_marks: tuple[Mark, ...] = ()
        self.form = StartForm(bench, self)
        self.live = PictureView(self)
        self.strip = ShotStrip(bench.theme, self)
        self.verdicts = VerdictList(bench.language, bench.theme, self)
        self.camera_panel = CameraPanel(bench, self)
        self._heading = QLabel(self)
        self._heading.setObjectName("heading")
        self._heading.setWordWrap(True)
        self._best = QLabel(self)
        self._best.setWordWrap(True)
        self._guidance = QLabel(self)
        self._guidance.setObjectName("heading")
        self._buttons()
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._form_page())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self._connect()
        self._digits()
        self._show_session()
        QTimer.singleShot(0, self, self._lay_out_station)

    # -- laying out ------------------------------------------------------------------------------------

    def _buttons(self) -> None:
        self.begin = KeyButton(self.tr("Begin"), "F2", self)
        self.begin.setObjectName("next")
        self.shoot = KeyButton(self.tr("Shoot"), "Space", self)
        self.shoot.setObjectName("next")
        self.confirm = KeyButton(self.tr("Choose this one"), "Return / Enter", self)
        self.retake = KeyButton(self.tr("Retake"), "R", self)
        self.load = KeyButton(self.tr("From folder"), "L", self)
        self.leave = KeyButton(self.tr("Applicant left"), "Escape", self)

    def _form_page(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.form, 4)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        end = QHBoxLayout()
        end.addStretch(1)
        end.addWidget(self.begin)
        column.addLayout(end)
        return page

    def _lay_out_station(self) -> None:
        """A turn of the event loop after the form, or when a session begins: both at once would hold it up."""
        if self._pages.count() == 1:
            page = self._station_page()
            self._pages.addWidget(page)
            for part in cast("list[QWidget]", page.findChildren(QWidget)):
                part.ensurePolished()  # a session begins at once when somebody begins it

    def _station_page(self) -> QWidget:
        page = QWidget(self)
        side = QVBoxLayout()
        side.addWidget(self.camera_panel)
        side.addWidget(self._best)
        side.addWidget(self._heading)
        side.addWidget(self.verdicts, 1)
        middle = QVBoxLayout()
        middle.addWidget(self._guidance)
        middle.addWidget(self.live, 1)
        middle.addWidget(self.strip)
        upper = QHBoxLayout()
        upper.addLayout(middle, 7)
        upper.addLayout(side, 2)
        lower = QHBoxLayout()
        for button in (self.leave, self.load, self.retake):
            lower.addWidget(button)
        lower.addStretch(1)
        lower.addWidget(self.confirm)
        lower.addWidget(self.shoot)
        column = QVBoxLayout(page)
        column.addLayout(upper, 1)
        column.addLayout(lower)
        return page

    def _connect(self) -> None:
        self.begin.clicked.connect(self.form.submit)
        self.form.started.connect(self.model.begin)
        self.form.resumed.connect(self.model.resume)
        self.form.discarded.connect(self.model.discard)
        self.shoot.clicked.connect(self.model.shoot)
        self.confirm.clicked.connect(self.model.confirm)
        self.retake.clicked.connect(self.model.retake)
        self.leave.clicked.connect(self.model.abandon)
        self.load.clicked.connect(self._choose_files)
        self.strip.chosen.connect(self.model.select)
        self.verdicts.picked.connect(self._point_at)
        self.model.session_changed.connect(self._show_session)
        self.model.shots_changed.connect(self._show_shots)
        self.model.tile_changed.connect(self._show_tile)
        self.model.selected_changed.connect(self._show_selected)
        self.model.applicant_picked.connect(self.strip.set_applicants_pick)
        self.model.busy_changed.connect(self._show_busy)
        self.model.confirmed.connect(self.confirmed)
        self.model.guidance_changed.connect(self._show_guidance)
        self.model.ranked.connect(self._show_best)
        self._bench.camera_signals.frame_ready.connect(self._paint_frame)
        self._bench.camera_signals.status.connect(self._show_camera)

    def _digits(self) -> None:
        """1…9 and 0 choose a shot, ↑ and ↓ step."""
        self._keys: list[QShortcut] = []
        for row in range(10):
            self._keys.append(self._shortcut(str((row + 1) % 10), _RowPicker(self.model, row, self).pick))
        self._keys.append(self._shortcut("Up", self._up))
        self._keys.append(self._shortcut("Down", self._down))

    def _shortcut(self, key: str, work: object) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.activated.connect(work)
        return shortcut

    def _up(self) -> None:
        self.model.step(-1)

    def _down(self) -> None:
        self.model.step(1)

    # -- showing ---------------------------------------------------------------------------------------

    def enter(self) -> None:
        """The screen is shown: sessions left open are offered, live view runs during a session."""
        desk = self._bench.desk
        self._bench.ask(desk.photo.unfinished, self._offer)
        self.form.show_standards()
        self._show_session()

    def _offer(self, sessions: tuple[SessionRecord, ...]) -> None:
        current = self.model.session.id if self.model.session else ""
        self.form.show_open_sessions(tuple(s for s in sessions if s.id != current))

    def _show_session(self) -> None:
        session = self.model.session
        typing = session is None
        if not typing:
            self._lay_out_station()
        self._pages.setCurrentIndex(0 if typing else 1)
        for button in (self.shoot, self.confirm, self.retake, self.load, self.leave):
            button.let_keys_go(typing)
        for key in self._keys:
            key.setEnabled(not typing)
        self.begin.let_keys_go(not typing)
        if self._bench.opened is not None:
            self._bench.desk.camera.live(not typing and self.isVisible())
        if session is None:
            self.form.clear()
            self.live.set_image(None)
            return
        standard = self.model.standard
        self._live_marks = guide_marks(standard, self._bench.theme) if standard is not None else ()
        self._enable()
        self._show_camera(self._bench.desk.camera.status)
        self.setFocus()

    def _enable(self) -> None:
        ready = self._bench.opened is not None and self._bench.desk.camera.status.state is CameraState.READY
        self.shoot.setEnabled(self.model.may_shoot and ready)
        self.load.setEnabled(self.model.can(SessionEvent.SHUTTER))
        self.confirm.setEnabled(self.model.can(SessionEvent.CONFIRM) and self.model.selected >= 0)
        self.retake.setEnabled(self.model.can(SessionEvent.RETAKE))
        self.leave.setEnabled(self.model.session is not None and not self.model.busy)

    def _show_busy(self, busy: bool) -> None:
        self.shoot.set_words(self.tr("Shooting…") if busy else self.tr("Shoot"))
        self._enable()

    def _show_camera(self, status: CameraStatus) -> None:
        words = {
            CameraState.ABSENT: self.tr("No camera. Switch it on and connect its cable; it is found by itself."),
            CameraState.CONNECTING: self.tr("Connecting to the camera…"),
            CameraState.FAULT: self.tr("The camera has a fault and is being connected again."),
        }
        sentence = words.get(status.state, self.tr("Waiting for the picture…"))
        if status.description is not None and not status.description.live_view:
            sentence = self.tr("This camera shows no live picture. Look through its finder and press Space.")
            self.live.set_image(None)
        if status.state in words:
            self.live.set_image(None)
        self.live.set_sentence(sentence)
        self.camera_panel.show_status(status)
        self._enable()

    def _paint_frame(self) -> None:
        image = self._bench.camera_signals.take_frame()
        if image is not None and self.model.session is not None:
            self.live.set_image(image)
            self.live.set_marks(scaled_marks(self._live_marks, image))
            self.model.see_frame(image)

    def _show_shots(self) -> None:
        self.strip.show_count(len(self.model.tiles))
        self.verdicts.show_report(None)
        self._heading.clear()
        self._best.clear()
        for row in range(len(self.model.tiles)):
            self._show_tile(row)
        self._enable()

    def _show_tile(self, row: int) -> None:
        tile = self.model.tiles[row]
        if tile.image is not None:
            self.strip.set_thumbnail(row, tile.image)
        if tile.screening is not None:
            self.strip.set_verdict(row, tile.screening.report.verdict)
        if row == self.model.selected:
            self._show_selected(row)

    def _show_selected(self, row: int) -> None:
        self.strip.setCurrentRow(row)
        screening = self.model.tiles[row].screening
        words = self.tr("Shot {0}").format(row + 1)
        self._heading.setText(words if screening is None else f"{words}\n{self._use_words(screening)}")
        self.verdicts.show_report(screening.report if screening else None)
        self._enable()

    def _show_guidance(self, key: str) -> None:
        self._guidance.setText(live_sentence(key, self._bench.language))

    def _show_best(self) -> None:
        """Which shot is best and why; whether one shows somebody else."""
        if len(self.model.order) < 2:
            return
        first = self.model.order[0]
        language = self._bench.language
        names = ", ".join(check_name(c, language) for c in first.better[:2])
        words = self.tr("Best: shot {0}").format(first.position + 1)
        sentence = f"{words} ({names})" if names else words
        if self.model.strangers:
            odd = ", ".join(str(row + 1) for row in self.model.strangers)
            sentence += "\n" + self.tr("Does shot {0} show somebody else?").format(odd)
        self._best.setText(sentence)

    def _use_words(self, screening: ShotScreening) -> str:
        """Ready, mended here at one press, or to be taken again."""
        from app.photo.verdict import Use, two_stage  # noqa: PLC0415 - brings the picture libraries; not at start

        standard = self.model.standard
        if standard is None:
            return ""
        stage = two_stage(screening.report, standard)
        words = {
            Use.READY: self.tr("Good as it is"),
            Use.MENDABLE: self.tr("Good: crop, background and light are mended when you choose it"),
            Use.RETAKE: self.tr("Take it again and tell the applicant:"),
        }
        return words[stage.use]

    def _point_at(self, result: CheckResult | None) -> None:
        """Nothing to point at on live view; the shot's own picture is in the review."""

    def _choose_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Choose pictures"), "", self.tr("Pictures") + " (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.webp)"
        )
        if names:
            self.model.load_files([Path(name) for name in names])


class _RowPicker(QWidget):
    def __init__(self, model: PhotoStationModel, row: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._row = row
        self.hide()

    def pick(self) -> None:
        self._model.select(self._row)


def guide_marks(standard: PhotoStandard, theme: Theme) -> tuple[Mark, ...]:
    """The first chosen standard's lines in shares of the picture: where hair top, chin and the middle should lie."""
    from app.photo.framing import guide  # noqa: PLC0415 - only where a session runs

    lines = guide(standard)
    colour = theme.colours["training"]
    aspect = standard.output.width_px / standard.output.height_px
    return (
        Mark(((0, 0), (aspect, 0), (aspect, 1), (0, 1)), colour),
        Mark(((0, lines.hair_top), (aspect, lines.hair_top)), colour, closed=False, dashed=True),
        Mark(((0, lines.chin), (aspect, lines.chin)), colour, closed=False, dashed=True),
        Mark(((aspect * lines.centre_x, 0), (aspect * lines.centre_x, 1)), colour, closed=False, dashed=True),
    )


def scaled_marks(marks: tuple[Mark, ...], image: QImage) -> tuple[Mark, ...]:
    """From shares of the picture's height to the live frame's pixels, the frame in the middle."""
    if not marks:
        return ()
    size = image.height() * 0.92
    left = (image.width() - size * marks[0].points[1][0]) / 2
    top = image.height() * 0.04
    return tuple(
        Mark(tuple((left + x * size, top + y * size) for x, y in m.points), m.colour, m.word, m.closed, m.dashed)
        for m in marks
    )

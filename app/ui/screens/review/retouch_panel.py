"""人工修图: tone by sliders, two erasers by hand, each step taken back, and how much of the picture was touched."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from app.config.texts import Coded
from app.domain.retouch import Adjustments, BrushStroke, Point, Retouch, RetouchHistory, StrokeKind
from app.imaging.retouch import RetouchResult, touched_area
from app.ui.screens.review.retouch_canvas import RetouchCanvas
from app.ui.widgets.buttons import KeyButton

_T = TypeVar("_T")
_SETTLE_MS = 300  # after the last move of a slider by key or wheel the step is recorded
_STEPS = 100  # of a slider for 1.0
_BRUSH = 500  # of the brush's slider for a radius of the whole width
_SMALLEST, _USUAL, _LARGEST = 2, 10, 50

Render = Callable[[Retouch], RetouchResult]


class Tasks(Protocol):
    """Runs a question off the GUI thread and hands the answer back on it."""

    def run(self, question: Callable[[], _T], answer: Callable[[_T], None], refuse: Callable[[Coded], None]) -> None: ...


class RetouchPanel(QWidget):
    """``changed`` carries the Retouch after every recorded step; ``refused`` a coded error of the rendering.

    Its keys are those of the review's buttons too: show it as a page or window of its own, not beside them.
    """

    changed = Signal(object)
    refused = Signal(object)

    def __init__(self, colours: dict[str, str], tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._render: Render | None = None
        self._history = RetouchHistory()
        self._opening = 0
        self._working = False
        self._wanted: Retouch | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._settled)
        self.canvas = RetouchCanvas(colours, self)
        self.sliders: dict[str, QSlider] = {}
        self._numbers: dict[QSlider, QLabel] = {}
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._show_brush()
        self._show_steps()

    # -- laying out ------------------------------------------------------------------------------------

    def _make_buttons(self) -> None:
        self.erase = KeyButton(self.tr("Eraser"), "E", self, checkable=True)
        self.erase.setToolTip(self.tr("Paints the background's colour"))
        self.smart = KeyButton(self.tr("Smart eraser"), "S", self, checkable=True)
        self.smart.setToolTip(self.tr("Removes what is under the brush and fills from the surroundings"))
        self.erase.setChecked(True)
        self._tools = QButtonGroup(self)
        self._tools.addButton(self.erase)
        self._tools.addButton(self.smart)
        self.undo = KeyButton(self.tr("Undo"), "Ctrl+Z", self)
        self.redo = KeyButton(self.tr("Redo"), "Ctrl+Y", self)
        self.reset = KeyButton(self.tr("Reset"), "Ctrl+R", self)
        self.reset.setToolTip(self.tr("Back to the picture without retouching; can be undone"))

    def _lay_out(self) -> None:
        side = QFrame(self)
        side.setObjectName("panel")
        side.setFixedWidth(380)
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._words(self.tr("Tone"), "heading"))
        column.addLayout(self._tone_rows(side))
        column.addSpacing(8)
        column.addWidget(self._words(self.tr("Erase by hand"), "heading"))
        column.addLayout(_row(self.erase, self.smart))
        column.addLayout(self._brush_row(side))
        column.addWidget(
            self._words(self.tr("The hatched face is protected: strokes there are refused. Tone acts everywhere."), "muted")
        )
        column.addSpacing(8)
        self.area = self._words("", "heading")
        self.refusal = self._words("", "")
        column.addWidget(self.area)
        column.addWidget(self.refusal)
        column.addStretch(1)
        column.addLayout(_row(self.undo, self.redo))
        column.addWidget(self.reset)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.canvas, 1)
        row.addWidget(side)

    def _words(self, text: str, name: str) -> QLabel:
        label = QLabel(text, self)
        label.setObjectName(name)
        label.setWordWrap(True)
        return label

    def _tone_rows(self, side: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        words = {
            "brightness": self.tr("Brightness"),
            "contrast": self.tr("Contrast"),
            "sharpness": self.tr("Sharpness"),
            "saturation": self.tr("Saturation"),
            "warmth": self.tr("Warmth"),
        }
        for row, (key, word) in enumerate(words.items()):
            slider = self._slider(side, 0 if key == "sharpness" else -_STEPS, _STEPS, word)
            self.sliders[key] = slider
            self._place_slider(grid, row, word, slider)
        return grid

    def _brush_row(self, side: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        self.brush = self._slider(side, _SMALLEST, _LARGEST, self.tr("Brush size"))
        self.brush.setValue(_USUAL)
        self._place_slider(grid, 0, self.tr("Brush size"), self.brush)
        return grid

    def _slider(self, side: QWidget, low: int, high: int, word: str) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, side)
        slider.setRange(low, high)
        slider.setMinimumHeight(28)
        slider.setAccessibleName(word)
        return slider

    def _place_slider(self, grid: QGridLayout, row: int, word: str, slider: QSlider) -> None:
        label, number = QLabel(word, self), QLabel("0", self)
        label.setBuddy(slider)
        label.setMinimumWidth(84)
        number.setMinimumWidth(56)
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._numbers[slider] = number
        grid.addWidget(label, row, 0)
        grid.addWidget(slider, row, 1)
        grid.addWidget(number, row, 2)

    def _connect(self) -> None:
        for slider in self.sliders.values():
            slider.valueChanged.connect(self._tone_moved)
            slider.sliderReleased.connect(self._settled)
        self.brush.valueChanged.connect(self._show_brush)
        self._tools.buttonClicked.connect(self._show_brush)
        self.canvas.drawn.connect(self._take_stroke)
        self.canvas.refused.connect(self._say_refused)
        self.undo.clicked.connect(self._undo)
        self.redo.clicked.connect(self._redo)
        self.reset.clicked.connect(self._reset)

    # -- opening ---------------------------------------------------------------------------------------

    @property
    def retouch(self) -> Retouch:
        """What was recorded so far."""
        return self._history.current

    def open(self, render: Render, zone: tuple[Point, ...], retouch: Retouch | None = None) -> None:
        """Another picture. ``render``: may be called on any thread. ``zone``: the protected outline in shares."""
        self._settle.stop()
        self._opening += 1
        self._render, self._working = render, False
        self._history = RetouchHistory((Retouch(),)).apply(retouch or Retouch())
        self.canvas.set_image(None)
        self.canvas.set_sentence(self.tr("Preparing the picture…"))
        self.canvas.set_zone(zone)
        self.area.clear()
        self.refusal.clear()
        self._show_sliders()
        self._show_steps()
        self._ask(self.retouch)

    # -- steps -----------------------------------------------------------------------------------------

    def _tone_moved(self) -> None:
        """Shown at once, recorded when the hand rests."""
        self._show_numbers()
        self._settle.start()
        self._ask(Retouch(self._tone(), self.retouch.strokes))

    def _settled(self) -> None:
        if any(slider.isSliderDown() for slider in self.sliders.values()):
            return
        self._settle.stop()
        self._record(self._history.with_adjustments(self._tone()))

    def _take_stroke(self, stroke: BrushStroke) -> None:
        self._settled()
        self._record(self._history.with_stroke(stroke))

    def _undo(self) -> None:
        self._settled()
        self._record(self._history.undo())

    def _redo(self) -> None:
        self._settled()
        self._record(self._history.redo())

    def _reset(self) -> None:
        self._settled()
        self._record(self._history.apply(Retouch()))

    def _record(self, history: RetouchHistory) -> None:
        if history == self._history:
            return
        self._history = history
        self._show_sliders()
        self._show_steps()
        self._ask(self.retouch)
        self.changed.emit(self.retouch)

    def _tone(self) -> Adjustments:
        """As the sliders stand; one that was not moved keeps its finer value."""
        kept = {key: float(getattr(self.retouch.adjustments, key)) for key in self.sliders}
        places = {key: slider.value() for key, slider in self.sliders.items()}
        return Adjustments(**{k: kept[k] if round(_STEPS * kept[k]) == v else v / _STEPS for k, v in places.items()})

    def hideEvent(self, event: QHideEvent) -> None:
        """A slider's last move is not lost with the page."""
        if self._settle.isActive():
            self._settled()
        self.canvas.drop_stroke()
        super().hideEvent(event)

    # -- rendering -------------------------------------------------------------------------------------

    def _ask(self, retouch: Retouch) -> None:
        """Only the newest wish is rendered; what came between is skipped."""
        self._wanted = retouch
        if not self._working:
            self._work()

    def _work(self) -> None:
        render, wanted, opening = self._render, self._wanted, self._opening
        if render is None or wanted is None:
            return
        self._wanted, self._working = None, True
        self._tasks.run(
            lambda: render(wanted),
            lambda result: self._rendered(opening, result),
            lambda error: self._failed(opening, error),
        )

    def _rendered(self, opening: int, result: RetouchResult) -> None:
        if opening != self._opening:
            return
        self._working = False
        self.canvas.set_image(_image(result))
        self.area.setText(self.tr("Erased by hand: {0} % of the picture").format(_percent(touched_area(result))))
        share = result.refused_share
        words = self.tr("{0} % of the strokes lay on the protected face and were refused.")
        self.refusal.setText(words.format(_percent(share)) if share else "")
        self._show_numbers()
        self._work()

    def _failed(self, opening: int, error: Coded) -> None:
        if opening == self._opening:
            self._working = False
            self.refused.emit(error)
            self._work()

    # -- showing ---------------------------------------------------------------------------------------

    def _say_refused(self) -> None:
        self.refusal.setText(self.tr("Refused: the face is protected and is never erased."))

    def _show_brush(self) -> None:
        kind = StrokeKind.SMART_ERASE if self.smart.isChecked() else StrokeKind.ERASE
        self.canvas.set_brush(kind, self.brush.value() / _BRUSH)
        self._show_numbers()

    def _show_sliders(self) -> None:
        for key, slider in self.sliders.items():
            slider.blockSignals(True)
            slider.setValue(round(_STEPS * getattr(self.retouch.adjustments, key)))
            slider.blockSignals(False)
        self._show_numbers()

    def _show_numbers(self) -> None:
        for slider in self.sliders.values():
            self._numbers[slider].setText(f"{slider.value():+d}" if slider.value() else "0")
        self._numbers[self.brush].setText(f"{200 * self.brush.value() / _BRUSH:.1f} %")

    def _show_steps(self) -> None:
        self.undo.setEnabled(self._history.can_undo)
        self.redo.setEnabled(self._history.can_redo)
        self.reset.setEnabled(not self.retouch.is_empty)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget, 1)
    return row


def _percent(share: float) -> str:
    """One digit behind the point; what is not nothing is not shown as nothing."""
    return "<0.1" if 0 < share < 0.0005 else f"{100 * share:.1f}"


def _image(result: RetouchResult) -> QImage:
    pixels = np.ascontiguousarray(result.pixels)
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_BGR888).copy()

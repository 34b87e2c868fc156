"""人工修图 of one service's photo: sliders, eraser and smart eraser outside the face; every stroke can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from app.domain.retouch import Adjustments, BrushStroke, Retouch, StrokeKind
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.picture_view import Mark, PictureView

Shown = tuple[QImage, float, float]  # the picture, share touched, share of strokes refused on the face


class BrushView(PictureView):
    """The issued picture, drawn upon; ``stroke`` carries points in shares of width and height."""

    stroke = Signal(tuple)

    def __init__(self, parent: QWidget, zone: tuple[tuple[float, float], ...], colour: str) -> None:
        super().__init__(parent)
        self._points: list[tuple[float, float]] = []
        self._zone, self._colour = zone, colour
        self.setCursor(Qt.CursorShape.CrossCursor)

    def set_picture(self, image: QImage) -> None:
        """Show it, with the protected zone's outline."""
        self.set_image(image)
        size = image.width(), image.height()
        self.set_marks((Mark(tuple((x * size[0], y * size[1]) for x, y in self._zone), self._colour, dashed=True),))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A stroke begins."""
        self._points = []
        self._add(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes on."""
        self._add(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It ends."""
        self._add(event.position())
        if self._points:
            self.stroke.emit(tuple(self._points))
        self._points = []

    def _add(self, at: QPointF) -> None:
        rect = self.image_rect()
        if not rect.isEmpty():
            x, y = (at.x() - rect.x()) / rect.width(), (at.y() - rect.y()) / rect.height()
            self._points.append((min(1.0, max(0.0, x)), min(1.0, max(0.0, y))))


class RetouchDialog(QDialog):
    """``retouch`` holds what was done when the dialog is accepted. ``render`` makes the picture, off the GUI thread."""

    def __init__(
        self,
        parent: QWidget,
        retouch: Retouch,
        zone: tuple[tuple[float, float], ...],
        render: Callable[[Retouch, Callable[[Shown], None]], None],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Retouch"))
        self.resize(980, 720)
        self.retouch = retouch
        self._done: list[Retouch] = []
        self._undone: list[Retouch] = []
        self._render = render
        self.canvas = BrushView(self, zone, "#ffb000")
        self.canvas.setAccessibleName(self.tr("Photo"))
        self.erase = QRadioButton(self.tr("Eraser: paints the background"), self)
        self.smart = QRadioButton(self.tr("Smart eraser: fills from around"), self)
        self.smart.setChecked(True)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.sliders: dict[str, QSlider] = {}
        self._lay_out()
        self.canvas.stroke.connect(self._stroked)
        self._show()

    def _lay_out(self) -> None:
        form = QFormLayout()
        words = {
            "brightness": self.tr("Brightness"),
            "contrast": self.tr("Contrast"),
            "sharpness": self.tr("Sharpness"),
            "saturation": self.tr("Colour"),
            "warmth": self.tr("Warmth"),
        }
        for name, word in words.items():
            slider = self._slider(word, 0 if name == "sharpness" else -100, 100)
            slider.setValue(round(100 * getattr(self.retouch.adjustments, name)))
            slider.sliderReleased.connect(self._slid)
            self.sliders[name] = slider
            form.addRow(word, slider)
        tools = QButtonGroup(self)
        for tool in (self.smart, self.erase):
            tools.addButton(tool)
            form.addRow(tool)
        self.brush = self._slider(self.tr("Brush size"), 5, 120)
        self.brush.setValue(30)
        form.addRow(self.tr("Brush size"), self.brush)
        form.addRow(self.said)
        self.undo = KeyButton(self.tr("Undo"), "Ctrl+Z", self)
        self.redo = KeyButton(self.tr("Redo"), "Ctrl+Y", self)
        self.reset = KeyButton(self.tr("All back"), "Ctrl+0", self)
        self.cancel = KeyButton(self.tr("Cancel"), "Escape", self)
        self.accept_button = KeyButton(self.tr("Use this"), "Return / Enter", self)
        self.accept_button.setObjectName("next")
        for button, work in (
            (self.undo, self._undo),
            (self.redo, self._redo),
            (self.reset, self._reset),
            (self.cancel, self.reject),
            (self.accept_button, self.accept),
        ):
            button.clicked.connect(work)
        lower = QHBoxLayout()
        for button in (self.cancel, self.reset, self.undo, self.redo):
            lower.addWidget(button)
        lower.addStretch(1)
        lower.addWidget(self.accept_button)
        upper = QHBoxLayout()
        upper.addWidget(self.canvas, 3)
        upper.addLayout(form, 2)
        column = QVBoxLayout(self)
        column.addLayout(upper, 1)
        column.addLayout(lower)

    def _slider(self, word: str, low: int, high: int) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(low, high)
        slider.setAccessibleName(word)
        return slider

    def _stroked(self, points: tuple[tuple[float, float], ...]) -> None:
        kind = StrokeKind.ERASE if self.erase.isChecked() else StrokeKind.SMART_ERASE
        self._apply(self.retouch.with_stroke(BrushStroke(kind, points, self.brush.value() / 1000)))

    def _slid(self) -> None:
        values = {name: slider.value() / 100 for name, slider in self.sliders.items()}
        self._apply(replace(self.retouch, adjustments=Adjustments(**values)))

    def _apply(self, retouch: Retouch) -> None:
        if retouch != self.retouch:
            self._done.append(self.retouch)
            self._undone = []
            self.retouch = retouch
            self._show()

    def _undo(self) -> None:
        if self._done:
            self._undone.append(self.retouch)
            self.retouch = self._done.pop()
            self._show()

    def _redo(self) -> None:
        if self._undone:
            self._done.append(self.retouch)
            self.retouch = self._undone.pop()
            self._show()

    def _reset(self) -> None:
        self._apply(Retouch())

    def _show(self) -> None:
        for name, slider in self.sliders.items():
            slider.setValue(round(100 * getattr(self.retouch.adjustments, name)))
        self.undo.setEnabled(bool(self._done))
        self.redo.setEnabled(bool(self._undone))
        asked = self.retouch

        def shown(found: Shown) -> None:
            if asked == self.retouch:
                image, touched, refused = found
                self.canvas.set_picture(image)
                self._say(touched, refused)

        self._render(asked, shown)

    def _say(self, touched: float, refused: float) -> None:
        words = self.tr("{0} % of the picture is touched. The original stays as it is.").format(f"{100 * touched:.2f}")
        if refused > 0.001:
            words += "\n" + self.tr("The face inside the dashed line cannot be erased.")
        self.said.setText(words)

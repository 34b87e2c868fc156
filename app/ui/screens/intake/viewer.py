"""One paper large: 放大, 缩小, 旋转, the next and the one before."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QTransform
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.domain.cases.case import CaseMaterial
from app.ui.bench import Bench
from app.ui.screens.intake.view_model import IntakeModel
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.picture_view import PictureView

_STEP = 1.25
_LARGEST = 8.0
_MARGIN_PX = 4


class PaperViewer(QWidget):
    """``left``: Esc. Nothing of a paper stays here once it is left."""

    left = Signal()

    def __init__(self, bench: Bench, model: IntakeModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._papers: tuple[CaseMaterial, ...] = ()
        self._number = 0
        self._image: QImage | None = None
        self._turn, self._zoom = 0, 1.0
        self.heading = QLabel(self)
        self.heading.setObjectName("heading")
        colours = bench.theme.colours
        self.picture = PictureView(self, ground=colours["picture"], ink=colours["picture_text"])
        self.picture.setAccessibleName(self.tr("Paper"))
        self.area = QScrollArea(self)
        self.area.setAccessibleName(self.tr("Paper"))
        self.area.setWidget(self.picture)
        self.bigger = KeyButton(self.tr("Larger"), "+ / =", self)
        self.smaller = KeyButton(self.tr("Smaller"), "-", self)
        self.turn = KeyButton(self.tr("Turn"), "R", self)
        self.before = KeyButton(self.tr("Before"), "PgUp", self)
        self.after = KeyButton(self.tr("Next"), "PgDown", self)
        self.back = KeyButton(self.tr("Back to the case"), "Escape", self)
        self.back.setObjectName("next")
        lower = QHBoxLayout()
        for button in (self.smaller, self.bigger, self.turn, self.before, self.after):
            lower.addWidget(button)
        lower.addStretch(1)
        lower.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.heading)
        column.addWidget(self.area, 1)
        column.addLayout(lower)
        self.bigger.clicked.connect(self._larger)
        self.smaller.clicked.connect(self._smaller)
        self.turn.clicked.connect(self._turned)
        self.before.clicked.connect(self._back_one)
        self.after.clicked.connect(self._on_one)
        self.back.clicked.connect(self._leave)

    def open(self, papers: tuple[CaseMaterial, ...], paper: CaseMaterial) -> None:
        """This one of these."""
        self._papers = papers
        self._show(papers.index(paper))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, number: int) -> None:
        self._number = number % len(self._papers)
        paper = self._papers[self._number]
        self._turn, self._zoom = 0, 1.0
        place = self.tr("{0} of {1}").format(self._number + 1, len(self._papers))
        self.heading.setText(f"{paper.name} · {place} · {paper.taken.astimezone():%Y-%m-%d %H:%M}")
        self._set_image(None)
        if paper.media_type == "application/pdf":
            self.picture.set_sentence(self.tr("A PDF of {0} KB, sealed as it is.").format(max(1, paper.size // 1024)))
        else:
            self.picture.set_sentence(self.tr("Opening…"))
            self._model.large(paper, lambda data: self._opened(paper, data))

    def _opened(self, paper: CaseMaterial, data: bytes) -> None:
        if self._papers and self._papers[self._number].id == paper.id:
            image = QImage.fromData(data)
            self._set_image(None if image.isNull() else image)

    def _set_image(self, image: QImage | None) -> None:
        self._image = image
        self._draw()

    def _draw(self) -> None:
        image = self._image
        if image is not None and self._turn:
            image = image.transformed(QTransform().rotate(90 * self._turn))
        self.picture.set_image(image)
        room = self.area.viewport().size()
        self.picture.resize(
            round((room.width() - _MARGIN_PX) * self._zoom), round((room.height() - _MARGIN_PX) * self._zoom)
        )

    def resizeEvent(self, event: object) -> None:
        """The picture fills the room there is."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # QResizeEvent
        self._draw()

    @property
    def zoom(self) -> float:
        """1: the whole paper is seen."""
        return self._zoom

    @property
    def turned(self) -> int:
        """Quarter turns clockwise."""
        return self._turn

    def _larger(self) -> None:
        self._zoom = min(_LARGEST, self._zoom * _STEP)
        self._draw()

    def _smaller(self) -> None:
        self._zoom = max(1.0, self._zoom / _STEP)
        self._draw()

    def _turned(self) -> None:
        self._turn = (self._turn + 1) % 4
        self._draw()

    def _back_one(self) -> None:
        self._show(self._number - 1)

    def _on_one(self) -> None:
        self._show(self._number + 1)

    def _leave(self) -> None:
        self.forget()
        self.left.emit()

    def forget(self) -> None:
        """Let go of the picture."""
        self._papers = ()
        self._set_image(None)

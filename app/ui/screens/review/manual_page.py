"""人工检测: the photo large, what the other stations said, and the officer's verdict with a note."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.domain.judgement import Verdict
from app.ui.bench import Bench
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.picture_view import PictureView


class ManualPage(QWidget):
    """``judged`` carries the verdict and the note, ``left`` means back to editing."""

    judged = Signal(object, str)
    left = Signal()

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self.heading = QLabel(self)
        self.heading.setObjectName("heading")
        self.heading.setWordWrap(True)
        colours = bench.theme.colours
        self.picture = PictureView(self, ground=colours["window"], ink=colours["text"])
        self.picture.setAccessibleName(self.tr("Photo to be looked at"))
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.note = QLineEdit(self)
        self.note.setPlaceholderText(self.tr("Note; needed when not passed"))
        self.note.setAccessibleName(self.tr("Note of the manual inspection"))
        self.good = KeyButton(self.tr("Passed"), "Y", self)
        self.good.setObjectName("next")
        self.bad = KeyButton(self.tr("Not passed"), "N", self)
        self.good.clicked.connect(self._pass)
        self.bad.clicked.connect(self._refuse)
        buttons = QHBoxLayout()
        buttons.addWidget(self.bad, 1)
        buttons.addWidget(self.good, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.heading)
        column.addWidget(self.picture, 1)
        column.addWidget(self.said)
        column.addWidget(self.note)
        column.addLayout(buttons)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_photo(self, name: str, image: QImage | None, said: str) -> None:
        """The next one to be looked at."""
        self.heading.setText(self.tr("Manual inspection: {0}").format(name))
        self.picture.set_image(image)
        self.said.setText(said)
        self.note.clear()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pass(self) -> None:
        self.judged.emit(Verdict.PASS, self.note.text())

    def _refuse(self) -> None:
        self.judged.emit(Verdict.FAIL, self.note.text())

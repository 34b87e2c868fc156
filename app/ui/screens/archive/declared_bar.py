"""What a pile was said to hold, said anew after counting again; a batch that nothing came to is thrown away here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSpinBox, QWidget

from app.domain.archive_batch import Declared

_MOST = 9999


def count_box(unsaid: str, parent: QWidget) -> QSpinBox:
    """A number of pages or files; 0 reads as ``unsaid``."""
    box = QSpinBox(parent)
    box.setRange(0, _MOST)
    box.setSpecialValueText(unsaid)
    return box


class DeclaredBar(QFrame):
    """``said`` carries Declared; ``thrown``: the batch is not wanted."""

    said = Signal(object)
    thrown = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.pages, self.files = (count_box(self.tr("not counted"), self) for _ in range(2))
        self.go = QPushButton(self.tr("Keep this"), self)
        self.throw = QPushButton(self.tr("Throw the batch away"), self)
        self.drop = QPushButton(self.tr("Leave it"), self)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 6, 12, 8)
        grid.setVerticalSpacing(2)
        words = (self.tr("Pages in the pile"), self.tr("Files in the pile"))
        for column, (word, box) in enumerate(zip(words, (self.pages, self.files), strict=True)):
            label = QLabel(word, self)
            label.setBuddy(box)
            box.setAccessibleName(word)
            grid.addWidget(label, 0, column)
            grid.addWidget(box, 1, column)
        buttons = QHBoxLayout()
        for button in (self.go, self.drop):
            buttons.addWidget(button)
        grid.addLayout(buttons, 1, 2)
        grid.addWidget(self.throw, 2, 0, 1, 2)
        self.go.clicked.connect(self._go)
        self.throw.clicked.connect(self._throw)
        self.drop.clicked.connect(self.hide)
        self.hide()

    def open(self, declared: Declared, *, empty: bool) -> None:
        """``empty``: no page has come, so nothing is lost with the batch."""
        self.pages.setValue(declared.pages)
        self.files.setValue(declared.files)
        self.throw.setVisible(empty)
        self.show()
        self.pages.setFocus(Qt.FocusReason.OtherFocusReason)
        self.pages.selectAll()

    def _go(self) -> None:
        self.hide()
        self.said.emit(Declared(self.pages.value(), self.files.value()))

    def _throw(self) -> None:
        self.hide()
        self.thrown.emit()

"""The papers of one case as large as the window, two of them side by side."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.desk.casework import CaseDetail
from app.domain.cases.case import CaseMaterial
from app.ui.screens.cases.list_model import CaseListModel
from app.ui.screens.cases.words import origin_word
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.compare_view import CompareView


class PaperPage(QWidget):
    """``back`` on Esc. What is shown is opened off the GUI thread by the model."""

    back = Signal()

    def __init__(self, model: CaseListModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._papers: tuple[CaseMaterial, ...] = ()
        self.compare = CompareView((self.tr("Paper"), self.tr("Paper beside it")), self)
        self.left_choice, self.right_choice = QComboBox(self), QComboBox(self)
        self.left_choice.setAccessibleName(self.tr("Left paper"))
        self.right_choice.setAccessibleName(self.tr("Right paper"))
        self.leave = KeyButton(self.tr("Back to the case"), "Escape", self)
        self._lay_out()
        self.left_choice.currentIndexChanged.connect(self._left_chosen)
        self.right_choice.currentIndexChanged.connect(self._right_chosen)
        self.leave.clicked.connect(self.back)
        model.picture.connect(self._show_picture)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        for words, box in ((self.tr("Left"), self.left_choice), (self.tr("Right"), self.right_choice)):
            top.addWidget(QLabel(words, self))
            top.addWidget(box, 1)
        top.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addLayout(top)
        column.addWidget(self.compare, 1)

    def open(self, detail: CaseDetail, paper_id: str) -> None:
        """That paper left, another of the case right."""
        self._papers = detail.papers
        place = next((n for n, paper in enumerate(self._papers) if paper.id == paper_id), 0)
        for box in (self.left_choice, self.right_choice):
            box.blockSignals(True)
            box.clear()
            for paper in self._papers:
                box.addItem(f"{paper.name} · {origin_word(paper.origin)}")
            box.blockSignals(False)
        self.compare.compare.setChecked(len(self._papers) > 1)
        self.left_choice.setCurrentIndex(place)
        self.right_choice.setCurrentIndex(self._beside(place))
        self._left_chosen()
        self._right_chosen()

    def _beside(self, place: int) -> int:
        """The same material from another hand first, else the next paper."""
        this = self._papers[place]
        twins = [n for n, other in enumerate(self._papers) if other.item == this.item and n != place and this.item]
        return twins[0] if twins else (place + 1) % len(self._papers)

    def _left_chosen(self) -> None:
        paper = self._papers[self.left_choice.currentIndex()]
        self.compare.show_left(None, paper.name, self.tr("Opening…"))
        self._model.look_at_paper(paper.id)

    def _right_chosen(self) -> None:
        paper = self._papers[self.right_choice.currentIndex()]
        self.compare.show_right(None, paper.name, self.tr("Opening…"))
        self._model.look_at_paper(paper.id)

    def _show_picture(self, paper_id: str, image: QImage | None) -> None:
        words = self.tr("This file is not a picture and cannot be shown here.")
        left, right = self.left_choice.currentIndex(), self.right_choice.currentIndex()
        if 0 <= left < len(self._papers) and self._papers[left].id == paper_id:
            self.compare.show_left(image, self._caption(left), words)
        if 0 <= right < len(self._papers) and self._papers[right].id == paper_id:
            self.compare.show_right(image, self._caption(right), words)

    def _caption(self, place: int) -> str:
        paper = self._papers[place]
        return f"{paper.name} · {origin_word(paper.origin)}"

"""The papers of one case as large as the window, two of them side by side: 放大, 缩小, 旋转, 比对, 打印."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.cases.case import CaseMaterial
from app.domain.printing import PrintJob
from app.ui.bench import Bench
from app.ui.screens.papers.looking import PaperImage, look_at
from app.ui.screens.papers.words import origin_word
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.compare_view import CompareView
from app.ui.words import print_told


class PaperViewer(QWidget):
    """``left``: Esc. Nothing of a paper stays here once it is left."""

    left = Signal()

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self._papers: tuple[CaseMaterial, ...] = ()
        self._seen: dict[str, PaperImage] = {}  # by side, for the pages
        self.compare = CompareView((self.tr("Paper"), self.tr("Paper beside it")), self)
        self.left_choice, self.right_choice = QComboBox(self), QComboBox(self)
        self.left_choice.setAccessibleName(self.tr("Left paper"))
        self.right_choice.setAccessibleName(self.tr("Right paper"))
        self._right_word = QLabel(self.tr("Right"), self)
        self.before = KeyButton(self.tr("Before"), "PgUp", self)
        self.after = KeyButton(self.tr("Next"), "PgDown", self)
        self.right_after = KeyButton(self.tr("Next on the right"), "Ctrl+PgDown", self)
        self.print = KeyButton(self.tr("Print"), "P", self)
        self.back = KeyButton(self.tr("Back to the case"), "Escape", self)
        self.back.setObjectName("next")
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self._lay_out()
        self.left_choice.currentIndexChanged.connect(lambda _: self._look("left"))
        self.right_choice.currentIndexChanged.connect(lambda _: self._look("right"))
        self.compare.compare.toggled.connect(self._show_right)
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        self.right_after.clicked.connect(self._step_right)
        self.print.clicked.connect(self._print)
        self.back.clicked.connect(self._leave)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(QLabel(self.tr("Left"), self))
        top.addWidget(self.left_choice, 1)
        top.addWidget(self._right_word)
        top.addWidget(self.right_choice, 1)
        lower = QHBoxLayout()
        for button in (self.before, self.after, self.right_after, self.print):
            lower.addWidget(button)
        lower.addWidget(self.told, 1)
        lower.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addLayout(top)
        column.addWidget(self.compare, 1)
        column.addLayout(lower)

    def open(self, papers: tuple[CaseMaterial, ...], paper: CaseMaterial, *, beside: bool) -> None:
        """This one of these on the left, another on the right; ``beside``: both at once from the start."""
        self._papers, self._seen = papers, {}
        place = papers.index(paper)
        for box in (self.left_choice, self.right_choice):
            box.blockSignals(True)
            box.clear()
            for each in papers:
                box.addItem(_name(each))
            box.blockSignals(False)
        self.told.clear()
        self.print.setVisible(self._bench.desk.paper_reading.prints)
        self.compare.compare.setEnabled(len(papers) > 1)
        self.compare.compare.setChecked(beside and len(papers) > 1)
        self._show_right(self.compare.compare.isChecked())
        self._choose(self.left_choice, place, "left")
        self._choose(self.right_choice, _beside(papers, place), "right")
        self.compare.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, box: QComboBox, place: int, side: str) -> None:
        box.blockSignals(True)
        box.setCurrentIndex(place)
        box.blockSignals(False)
        self._look(side)

    def forget(self) -> None:
        """Let go of the pictures."""
        self._papers, self._seen = (), {}
        self.told.clear()
        self.compare.show_left(None, "", "")
        self.compare.show_right(None, "", "")

    # -- looking ---------------------------------------------------------------------------------------

    def _place(self, side: str) -> int:
        return (self.left_choice if side == "left" else self.right_choice).currentIndex()

    def _look(self, side: str, page: int = 0) -> None:
        place = self._place(side)
        if not 0 <= place < len(self._papers) or (side == "right" and not self.compare.compare.isChecked()):
            return
        paper = self._papers[place]
        self._show(side, PaperImage(None, page, why=self.tr("Opening…")), paper)
        self._seen.pop(side, None)
        look_at(self._bench, paper, page, lambda image: self._looked(side, paper, image))

    def _looked(self, side: str, paper: CaseMaterial, image: PaperImage) -> None:
        place = self._place(side)
        if 0 <= place < len(self._papers) and self._papers[place].id == paper.id:
            self._seen[side] = image
            self._show(side, image, paper)

    def _show(self, side: str, image: PaperImage, paper: CaseMaterial) -> None:
        show = self.compare.show_left if side == "left" else self.compare.show_right
        show(image.image, image.caption(_name(paper)), image.why)

    def _show_right(self, both: bool) -> None:
        for widget in (self._right_word, self.right_choice, self.right_after):
            widget.setVisible(both)
        if both and "right" not in self._seen:
            self._look("right")

    # -- doing -----------------------------------------------------------------------------------------

    def _step(self, by: int) -> None:
        """To the next page; behind the last one, to the next paper."""
        seen = self._seen.get("left")
        if seen is not None and 0 <= seen.page + by < seen.pages:
            self._look("left", seen.page + by)
        elif self._papers:
            self.left_choice.setCurrentIndex((self.left_choice.currentIndex() + by) % len(self._papers))

    def _step_right(self) -> None:
        seen = self._seen.get("right")
        if seen is not None:
            self._look("right", (seen.page + 1) % seen.pages)

    def _print(self) -> None:
        if not self._papers or not self.print.isEnabled():
            return
        paper, reading = self._papers[self._place("left")], self._bench.desk.paper_reading
        self.print.setEnabled(False)
        self.told.setText(self.tr("Waiting for the printer…"))
        self._bench.ask(lambda: reading.print(paper), lambda job: self._printed(paper, job), self._not_printed)

    def _printed(self, paper: CaseMaterial, job: PrintJob) -> None:
        self.print.setEnabled(True)
        if paper in self._papers:
            self.told.setText(print_told(job, self._bench.language))

    def _not_printed(self, error: object) -> None:
        self.print.setEnabled(True)
        self.told.clear()
        self._bench.refused.emit(error)

    def _leave(self) -> None:
        self.forget()
        self.left.emit()


def _name(paper: CaseMaterial) -> str:
    return f"{paper.name} · {origin_word(paper.origin)}"


def _beside(papers: tuple[CaseMaterial, ...], place: int) -> int:
    """The same material from another hand first, else the next paper."""
    this = papers[place]
    twins = [n for n, other in enumerate(papers) if other.item == this.item and n != place and this.item]
    return twins[0] if twins else (place + 1) % len(papers)

"""One service's composed photo with its verdict in words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.config.texts import advice, error_text
from app.domain.judgement import Verdict
from app.ui.bench import Bench
from app.ui.screens.review.view_model import ServicePhoto
from app.ui.widgets.picture_view import PictureView
from app.ui.words import verdict_icon, verdict_word


class PhotoCard(QFrame):
    """``picked`` carries its row."""

    picked = Signal(int)

    def __init__(self, row: int, name: str, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self.row = row
        self._bench = bench
        self.setObjectName("panel")
        self.setMinimumWidth(116)
        self._name = QLabel(name, self)
        self._name.setObjectName("heading")
        self._name.setWordWrap(True)
        colours = bench.theme.colours
        self.picture = PictureView(self, ground=colours["window"], ink=colours["text"])
        self.picture.setAccessibleName(name)
        self._sign = QLabel(self)
        self._word = QLabel(self)
        self._word.setObjectName("heading")
        self._why = QLabel(self)
        self._why.setWordWrap(True)
        self._why.setAlignment(Qt.AlignmentFlag.AlignTop)
        verdict = QHBoxLayout()
        verdict.addWidget(self._sign)
        verdict.addWidget(self._word, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._name)
        column.addWidget(self.picture, 1)
        column.addLayout(verdict)
        column.addWidget(self._why)
        self.picture.set_sentence(self.tr("Composing…"))

    def set_current(self, current: bool) -> None:
        """The one the crop frame belongs to."""
        colour = self._bench.theme.colours["accent" if current else "line"]
        self.setStyleSheet(f"#panel {{ border: 2px solid {colour}; }}")

    def show_photo(self, photo: ServicePhoto) -> None:
        """Picture, verdict, the first reasons."""
        if photo.error is not None:
            text = error_text(photo.error, self._bench.language)
            self._verdict(Verdict.FAIL)
            self._why.setText(f"{text.what} {text.next}")
            self.picture.set_image(None)
            self.picture.set_sentence(text.what)
            return
        if photo.composed is None:
            return
        self.picture.set_image(photo.image)
        report = photo.composed.report
        self._verdict(report.verdict)
        reasons = [advice(c.advice, self._bench.language) for c in report.worst_first() if c.advice]
        background = "" if photo.composed.recipe.replace_background else self.tr("Real background kept.")
        self._why.setText("\n".join([*reasons[:2], *([background] if background else [])]))

    def _verdict(self, verdict: Verdict) -> None:
        self._sign.setPixmap(verdict_icon(verdict, self._bench.theme.colours[verdict.value]).pixmap(22, 22))
        self._word.setText(verdict_word(verdict))
        self.setAccessibleName(f"{self._name.text()} {verdict_word(verdict)}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look at this one."""
        self.picked.emit(self.row)

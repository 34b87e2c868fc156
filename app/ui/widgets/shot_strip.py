"""The shots of a session in a row: number, thumbnail, badge as soon as it is known, who picked which."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from app.domain.judgement import Verdict
from app.ui.theme import Theme
from app.ui.words import verdict_icon, verdict_word

_THUMB = QSize(132, 132)


class ShotStrip(QListWidget):
    """``chosen`` tells the row under the cursor."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setIconSize(_THUMB)
        self.setFixedHeight(_THUMB.height() + 52)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Shots"))
        self.currentRowChanged.connect(self.chosen)
        self._images: list[QImage | None] = []
        self._verdicts: list[Verdict | None] = []
        self._applicant = -1

    def show_count(self, count: int) -> None:
        """So many shots, nothing known of them yet."""
        self.clear()
        self._images, self._verdicts, self._applicant = [], [], -1
        for _ in range(count):
            self.append()

    def append(self) -> None:
        """One more shot."""
        self._images.append(None)
        self._verdicts.append(None)
        item = QListWidgetItem()
        item.setSizeHint(QSize(_THUMB.width() + 12, _THUMB.height() + 30))
        self.addItem(item)
        self._refresh(self.count() - 1)

    def set_thumbnail(self, row: int, image: QImage) -> None:
        """The shot's picture."""
        self._images[row] = image
        self._refresh(row)

    def set_verdict(self, row: int, verdict: Verdict) -> None:
        """The shot's badge."""
        self._verdicts[row] = verdict
        self._refresh(row)

    def set_applicants_pick(self, row: int) -> None:
        """The applicant points at this one."""
        before, self._applicant = self._applicant, row
        for changed in {before, row}:
            if 0 <= changed < self.count():
                self._refresh(changed)

    def _refresh(self, row: int) -> None:
        item, verdict = self.item(row), self._verdicts[row]
        word = verdict_word(verdict) if verdict is not None else self.tr("checking…")
        pick = "  ★" if row == self._applicant else ""
        item.setText(f"{row + 1}  {word}{pick}")
        painted = self._painted(row)
        icon = QIcon(painted)
        icon.addPixmap(painted, QIcon.Mode.Selected)  # a chosen shot keeps its colours
        item.setIcon(icon)
        item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)

    def _painted(self, row: int) -> QPixmap:
        canvas = QPixmap(_THUMB)
        canvas.fill(QColor(self._theme.colours["picture"]))
        painter = QPainter(canvas)
        image = self._images[row]
        if image is not None:
            small = image.scaled(_THUMB, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            painter.drawImage((_THUMB.width() - small.width()) // 2, (_THUMB.height() - small.height()) // 2, small)
        verdict = self._verdicts[row]
        if verdict is not None:
            painter.setBrush(QColor(self._theme.colours["panel"]))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(_THUMB.width() - 34, 4, 30, 30)
            painter.drawPixmap(
                _THUMB.width() - 32, 6, verdict_icon(verdict, self._theme.colours[verdict.value]).pixmap(26, 26)
            )
        painter.end()
        return canvas

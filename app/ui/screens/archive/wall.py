"""The wall of pages: every page of a file small beside the others, chosen by keys, what speaks against it written on it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QListWidgetItem, QWidget

from app.archive.review import is_red
from app.domain.archive_batch import ArchivePage
from app.ui.screens.archive.looks import laid_image
from app.ui.theme import Theme

_SMALL = QSize(132, 176)
_ROOM = QSize(152, 232)
_ID = Qt.ItemDataRole.UserRole


class PageWall(QListWidget):
    """``looked_at``: the page under the cursor changed. Several pages can be chosen (Shift, Ctrl)."""

    looked_at = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pages: list[ArchivePage] = []
        self._images: dict[str, QImage] = {}
        self.setObjectName("entries")
        self.setAccessibleName(self.tr("Pages of the file"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setIconSize(_SMALL)
        self.setGridSize(_ROOM)
        self.setWordWrap(True)
        self.setUniformItemSizes(True)
        self.currentRowChanged.connect(lambda _: self.looked_at.emit())

    def show_pages(self, pages: list[ArchivePage], words: list[str]) -> None:
        """These, in this order; what was chosen stays chosen."""
        if (
            pages == self._pages
            and self.count() == len(pages)
            and words == [self.item(n).text() for n in range(len(words))]
        ):
            return
        kept, current = {page.id for page in self.chosen()}, self.current()
        self._pages = pages
        self.blockSignals(True)
        while self.count() > len(pages):
            self.takeItem(self.count() - 1)
        for row, (page, word) in enumerate(zip(pages, words, strict=True)):
            if row >= self.count():
                self.addItem(QListWidgetItem())
            item = self.item(row)
            item.setData(_ID, page.id)
            item.setText(word)
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            item.setSizeHint(_ROOM)
            item.setIcon(self._icon(page))
        rows = {page.id: row for row, page in enumerate(pages)}
        at = rows.get(current.id, 0) if current is not None else 0
        self.setCurrentRow(at if pages else -1)
        for page_id in kept & rows.keys():
            self.item(rows[page_id]).setSelected(True)
        self.blockSignals(False)
        self.looked_at.emit()

    def set_picture(self, page_id: str, image: QImage) -> None:
        """A small picture came."""
        self._images[page_id] = image
        for row, page in enumerate(self._pages):
            if page.id == page_id:
                self.item(row).setIcon(self._icon(page))

    def forget(self) -> None:
        """Nothing stays on the wall."""
        self._pages, self._images = [], {}
        self.clear()

    def go_to(self, page_id: str) -> None:
        """Choose that page."""
        for row, page in enumerate(self._pages):
            if page.id == page_id:
                self.setCurrentRow(row)

    def current(self) -> ArchivePage | None:
        """The page under the cursor."""
        row = self.currentRow()
        return self._pages[row] if 0 <= row < len(self._pages) else None

    def chosen(self) -> list[ArchivePage]:
        """Those chosen, in the order of the wall."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self._pages[row] for row in rows if row < len(self._pages)]

    def _icon(self, page: ArchivePage) -> QIcon:
        painted = self._painted(page)
        found = QIcon(painted)
        found.addPixmap(painted, QIcon.Mode.Selected)  # a chosen page keeps its colours
        return found

    def _painted(self, page: ArchivePage) -> QPixmap:
        canvas = QPixmap(_SMALL)
        canvas.fill(QColor(self._theme.colours["picture"]))
        painter = QPainter(canvas)
        image = self._images.get(page.id)
        if image is not None and not image.isNull():
            shown = laid_image(image, page.standing)
            small = shown.scaled(_SMALL, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            painter.drawImage((_SMALL.width() - small.width()) // 2, (_SMALL.height() - small.height()) // 2, small)
        if not page.counts:
            painter.fillRect(canvas.rect(), QColor(0, 0, 0, 120))
        elif page.standing.rejected or is_red(page):
            pen = QPen(QColor(self._theme.colours["fail"]), 6)
            painter.setPen(pen)
            painter.drawRect(canvas.rect().adjusted(3, 3, -4, -4))
            if page.standing.rejected:
                painter.drawLine(6, 6, _SMALL.width() - 6, _SMALL.height() - 6)
        painter.end()
        return canvas

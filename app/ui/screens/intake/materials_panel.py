"""The checklist of materials: what must be handed in, what is there, small pictures of it; file, scanner, look, remove."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.domain.cases.case import CaseMaterial
from app.domain.matters.matter import Asked, Need
from app.ui.bench import Bench
from app.ui.screens.intake.sheet import Sheet
from app.ui.widgets.buttons import KeyButton
from app.ui.words import icon

_THUMB_PX = 44
_ROW_PX = 64
_FILES = "PDF JPEG PNG (*.pdf *.jpg *.jpeg *.png)"
_KEPT = 200


class MaterialsPanel(QFrame):
    """``files_chosen``: material id and paths; ``scan_wanted``, ``licence_wanted``: id and name; ``look_wanted``,
    ``unwanted``: a paper."""

    files_chosen = Signal(str, tuple)
    scan_wanted = Signal(str, str)
    licence_wanted = Signal(str, str)
    look_wanted = Signal(object)
    unwanted = Signal(object)

    def __init__(
        self, bench: Bench, small: Callable[[CaseMaterial, int, Callable[[bytes], None]], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._bench = bench
        self._small = small
        self._pictures: dict[str, QIcon] = {}
        self._asked_for: set[str] = set()
        self._papers: dict[str, CaseMaterial] = {}
        self._names: dict[str, str] = {}
        self.title = QLabel(self)
        self.title.setObjectName("heading")
        self.list = QListWidget(self)
        self.list.setObjectName("entries")
        self.list.setAccessibleName(self.tr("Materials"))
        self.list.setIconSize(QSize(_THUMB_PX, _THUMB_PX))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.note = QLabel(self)
        self.note.setObjectName("muted")
        self.note.setWordWrap(True)
        self.file = KeyButton(self.tr("File"), "F6", self)
        self.scan = KeyButton(self.tr("Scan"), "F7", self)
        self.look = KeyButton(self.tr("Look at"), "F8", self)
        self.remove = KeyButton(self.tr("Remove"), "Ctrl+D", self)
        grid = QGridLayout()
        grid.setSpacing(6)
        for place, button in enumerate((self.file, self.scan, self.look, self.remove)):
            grid.addWidget(button, place // 2, place % 2)
        self.licence = KeyButton(self.tr("Electronic licence"), "Ctrl+E", self)
        grid.addWidget(self.licence, 2, 0, 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.title)
        column.addWidget(self.list, 1)
        column.addWidget(self.note)
        column.addLayout(grid)
        self.file.clicked.connect(self._choose)
        self.scan.clicked.connect(self._scan)
        self.licence.clicked.connect(self._fetch)
        self.look.clicked.connect(self._look)
        self.remove.clicked.connect(self._remove)
        self.list.currentRowChanged.connect(self._enable)
        self.list.itemDoubleClicked.connect(self._look)

    # -- showing ---------------------------------------------------------------------------------------

    def show_sheet(self, sheet: Sheet) -> None:
        """The list for this applicant as the form stands; the cursor stays on its line."""
        rows = _rows(sheet)
        self._papers = {paper.id: paper for paper in sheet.papers}
        self._names = {a.material.id: a.material.name(self._bench.language) for a in sheet.assessment.asked}
        kept = self.list.currentRow()
        kept_key = self.list.item(kept).data(Qt.ItemDataRole.UserRole) if kept >= 0 else None
        words = [(key, self._words(asked, paper, count)) for key, asked, paper, count in rows]
        if words != [(i.data(Qt.ItemDataRole.UserRole), i.text()) for i in map(self.list.item, range(self.list.count()))]:
            self.list.clear()
            for (key, asked, paper, _), (_, text) in zip(rows, words, strict=True):
                self._line(key, text, asked, paper)
            keys = [key for key, *_ in rows]
            self.list.setCurrentRow(keys.index(kept_key) if kept_key in keys else 0)
        missing = len(sheet.assessment.missing)
        self.title.setText(self.tr("Materials: {0} missing").format(missing) if missing else self.tr("Materials"))
        self.note.setText(self.tr("The whole list comes from the back end.") if sheet.matter.materials_open else "")
        self.note.setVisible(bool(self.note.text()))
        self._enable()

    def _line(self, key: tuple[str, str], text: str, asked: Asked | None, paper: CaseMaterial | None) -> None:
        item = QListWidgetItem(text, self.list)
        item.setData(Qt.ItemDataRole.UserRole, key)
        item.setToolTip(text)
        item.setSizeHint(QSize(0, _ROW_PX))
        colours = self._bench.theme.colours
        if paper is not None:
            item.setIcon(self._picture(paper))
        elif asked is None:
            item.setIcon(icon("mdi6.file-plus-outline", colours["unknown"]))
        elif asked.need is Need.MAY or not asked.certain:
            item.setIcon(icon("mdi6.file-outline", colours["unknown"]))
        else:
            item.setIcon(icon("mdi6.file-alert-outline", colours["fail"]))

    def _words(self, asked: Asked | None, paper: CaseMaterial | None, count: int) -> str:
        if paper is not None:
            return f"{paper.name}\n{max(1, paper.size // 1024)} KB"
        if asked is None:
            return self.tr("Further papers")
        needs = {Need.MUST: self.tr("must"), Need.MAY: self.tr("may"), Need.WHEN: self.tr("needed here")}
        need = needs[asked.need] if asked.certain else self.tr("depends")
        there = self.tr("{0} there").format(count) if count else self.tr("none yet")
        return f"{asked.material.name(self._bench.language)}\n{need} · {there}"

    def _picture(self, paper: CaseMaterial) -> QIcon:
        known = self._pictures.get(paper.id)
        if known is not None:
            return known
        if paper.id not in self._asked_for and self._bench.opened is not None:
            self._asked_for.add(paper.id)
            self._small(paper, 2 * _THUMB_PX, lambda data: self._drawn(paper, data))
        name = "mdi6.file-pdf-box" if paper.media_type == "application/pdf" else "mdi6.file-image-outline"
        return icon(name, self._bench.theme.colours["accent"])

    def _drawn(self, paper: CaseMaterial, data: bytes) -> None:
        image = QImage.fromData(data)
        if image.isNull():
            return
        while len(self._pictures) >= _KEPT:
            self._pictures.pop(next(iter(self._pictures)))
        self._pictures[paper.id] = QIcon(QPixmap.fromImage(image))
        for item in map(self.list.item, range(self.list.count())):
            if item.data(Qt.ItemDataRole.UserRole)[1] == paper.id:
                item.setIcon(self._pictures[paper.id])

    def forget(self) -> None:
        """Another case: nothing of the last one is kept."""
        self._pictures.clear()
        self._asked_for.clear()
        self.list.clear()

    # -- doing -----------------------------------------------------------------------------------------

    @property
    def item(self) -> str:
        """The material under the cursor, "" for further papers."""
        row = self.list.currentRow()
        return str(self.list.item(row).data(Qt.ItemDataRole.UserRole)[0]) if row >= 0 else ""

    @property
    def paper(self) -> CaseMaterial | None:
        """The paper under the cursor; on a material's own line its first one."""
        if self.list.currentRow() < 0:
            return None
        item, paper = self.list.currentItem().data(Qt.ItemDataRole.UserRole)
        return self._papers.get(paper) or next((p for p in self._papers.values() if p.item == item), None)

    def _enable(self) -> None:
        self.look.setEnabled(bool(self.list.count()) and self.paper is not None)
        self.licence.setEnabled(bool(self.item))
        self.remove.setEnabled(self.look.isEnabled())

    def offer(self, scanning: bool, licences: bool) -> None:
        """A scanner, a back end: only what there is."""
        self.scan.setVisible(scanning)
        self.licence.setVisible(licences)

    def show_scanning(self, scanning: bool) -> None:
        """While pages come the key stops them."""
        self.scan.set_words(self.tr("Stop") if scanning else self.tr("Scan"))

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Files of this material"), "", _FILES)
        if names:
            self.files_chosen.emit(self.item, tuple(Path(name) for name in names))

    def _scan(self) -> None:
        self.scan_wanted.emit(self.item, self._names.get(self.item, self.tr("Further papers")))

    def _fetch(self) -> None:
        if self.item:
            self.licence_wanted.emit(self.item, self._names.get(self.item, self.item))

    def _look(self) -> None:
        if self.paper is not None:
            self.look_wanted.emit(self.paper)

    def _remove(self) -> None:
        if self.paper is not None:
            self.unwanted.emit(self.paper)


def _rows(sheet: Sheet) -> list[tuple[tuple[str, str], Asked | None, CaseMaterial | None, int]]:
    """(material, paper), what is asked, the paper, how many; every material with its papers beneath, the rest last."""
    rows: list[tuple[tuple[str, str], Asked | None, CaseMaterial | None, int]] = []
    asked_ids = {asked.material.id for asked in sheet.assessment.asked}
    for asked in sheet.assessment.asked:
        own = [paper for paper in sheet.papers if paper.item == asked.material.id]
        rows.append(((asked.material.id, ""), asked, None, len(own)))
        rows += [((asked.material.id, paper.id), asked, paper, 0) for paper in own]
    rows.append((("", ""), None, None, 0))
    rows += [(("", paper.id), None, paper, 0) for paper in sheet.papers if paper.item not in asked_ids]
    return rows

"""The files of a batch: number, business, pages, where each stands; and of the one looked at, what stands against it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.archive.review import business_of
from app.config.archive_materials import fact_name
from app.ui.bench import Bench
from app.ui.screens.archive.model import Shelf
from app.ui.screens.archive.words import SIGNS, against, state_word, why_returned
from app.ui.words import icon


class FileList(QWidget):
    """``chosen`` carries the Shelf; ``fact``: a fact of its business, and whether it holds."""

    chosen = Signal(object)
    fact = Signal(str, bool)

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self._shelves: tuple[Shelf, ...] = ()
        self.list = QListWidget(self)
        self.list.setObjectName("entries")
        self.list.setAccessibleName(self.tr("Files of the batch"))
        self.list.setWordWrap(True)
        self.lacks = QLabel(self)
        self.lacks.setWordWrap(True)
        self.lacks.setObjectName("heading")
        self._boxes: list[QCheckBox] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self.lacks)
        self._facts_of = ""
        self.list.currentRowChanged.connect(self._row_changed)

    def show_shelves(self, shelves: tuple[Shelf, ...], at: Shelf | None, facts: frozenset[str]) -> None:
        """These files; ``at`` is looked at."""
        self._shelves = shelves
        self.list.blockSignals(True)
        self.list.clear()
        for shelf in shelves:
            self.list.addItem(self._item(shelf))
        if at is not None and at in shelves:
            self.list.setCurrentRow(shelves.index(at))
        self.list.blockSignals(False)
        lines = self._against(at) if at is not None else []
        if at is not None and at.file is None:
            lines = [self.tr("These pages belong to no file yet: choose them and press F8.")]
        self.lacks.setText("\n".join(f"▲ {line}" for line in lines))
        self.lacks.setVisible(bool(lines))
        self._show_facts(at, facts)

    def _against(self, shelf: Shelf) -> list[str]:
        if shelf.review is None or shelf.file is None:
            return []
        why = why_returned(shelf.file, self._bench.language)
        return ([why] if why else []) + against(shelf.review, shelf.file.kind, self._bench.language)

    def _item(self, shelf: Shelf) -> QListWidgetItem:
        counted = sum(page.counts for page in shelf.pages)
        pages = self.tr("{0} pages").format(counted)
        colours = self._bench.theme.colours
        if shelf.file is None:
            nobody = self.tr("Nobody’s pages")
            return QListWidgetItem(icon("mdi6.help-circle", colours["fail"]), f"{nobody}\n{pages}")
        business = business_of(shelf.file)
        name = business.name(self._bench.language) if business is not None else shelf.file.business
        words = f"{shelf.file.serial}  {name}\n{pages} · {state_word(shelf.file.state)}"
        if shelf.review is not None and not shelf.review.ready and shelf.file.receipt == "":
            words += f" · ▲ {len(self._against(shelf))}"
        sign, colour = SIGNS[shelf.file.state]
        return QListWidgetItem(icon(sign, colours[colour]), words)

    def _show_facts(self, at: Shelf | None, facts: frozenset[str]) -> None:
        """Boxes for what the business must be told; made anew only for another file."""
        business = business_of(at.file) if at is not None and at.file is not None else None
        key = "" if at is None or at.file is None else f"{at.file.kind}{at.file.serial}"
        if key == self._facts_of:
            return
        self._facts_of = key
        for box in self._boxes:
            self._column.removeWidget(box)
            box.deleteLater()
        self._boxes = []
        for fact in business.facts if business is not None else ():
            box = QCheckBox(fact_name(fact, self._bench.language), self)
            box.setChecked(fact in facts)
            box.toggled.connect(lambda on, fact=fact: self.fact.emit(fact, on))
            self._column.addWidget(box)
            self._boxes.append(box)

    def _row_changed(self, row: int) -> None:
        if 0 <= row < len(self._shelves):
            self.chosen.emit(self._shelves[row])
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

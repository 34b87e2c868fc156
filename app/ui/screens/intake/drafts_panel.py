"""What lies open: cases of this window and those that a break left behind; numbers masked, because the list stays open."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from app.domain.cases.case import DraftState
from app.domain.person import masked
from app.ui.bench import Bench
from app.ui.screens.intake.sheet import OpenDraft
from app.ui.words import icon

_SIGN_AND_MARGINS_PX, _LEAST_PX = 56, 120


class DraftsPanel(QFrame):
    """``taken_up``: a draft's id; ``unwanted``: the draft that is to be thrown away, once the officer was asked."""

    taken_up = Signal(str)
    unwanted = Signal(object)

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._bench = bench
        self._drafts: tuple[OpenDraft, ...] = ()
        self.title = QLabel(self)
        self.title.setObjectName("heading")
        self.list = QListWidget(self)
        self.list.setObjectName("entries")
        self.list.setAccessibleName(self.tr("Open cases"))
        self.list.setIconSize(QSize(20, 20))
        self.list.setMinimumHeight(72)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.resume = QPushButton(self.tr("Take up"), self)
        self.discard = QPushButton(self.tr("Throw away"), self)
        for button in (self.resume, self.discard):
            button.setAccessibleName(button.text())
        row = QHBoxLayout()
        row.addWidget(self.resume, 1)
        row.addWidget(self.discard, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        self.resume.clicked.connect(self._take_up)
        self.discard.clicked.connect(self._throw_away)
        self.list.itemDoubleClicked.connect(self._take_up)
        self.list.currentRowChanged.connect(self._enable)
        self.show_drafts((), "")

    def show_drafts(self, drafts: tuple[OpenDraft, ...], current: str) -> None:
        """``current``: the id of the case in front."""
        self._drafts = drafts
        kept = self.chosen.draft.id if self.chosen is not None else ""
        self.list.clear()
        for each in drafts:
            item = QListWidgetItem(self._sign(each, current), self._words(each), self.list)
            item.setData(Qt.ItemDataRole.UserRole, each.draft.id)
            item.setSizeHint(QSize(0, 62))
            if each.draft.id == (current or kept):
                self.list.setCurrentItem(item)
        self.title.setText(self.tr("Open cases: {0}").format(len(drafts)))
        self._enable()

    def _sign(self, each: OpenDraft, current: str) -> QIcon:
        colours = self._bench.theme.colours
        if each.draft.id == current:
            return icon("mdi6.pencil", colours["accent"])
        if each.draft.state is DraftState.PARKED:
            return icon("mdi6.pause-circle-outline", colours["warn"])
        return icon("mdi6.folder-open-outline" if each.here else "mdi6.history", colours["unknown"])

    def _words(self, each: OpenDraft) -> str:
        who = f"{each.name} {masked(each.number)}".strip() or self.tr("nobody yet")
        when = f"{each.draft.updated.astimezone():%m-%d %H:%M}"
        state = self.tr("told what to bring") if each.draft.state is DraftState.PARKED else when
        matter = f"{each.matter.code} {each.matter.name(self._bench.language)}"
        room = self.list.viewport().width() - _SIGN_AND_MARGINS_PX
        matter = self.list.fontMetrics().elidedText(matter, Qt.TextElideMode.ElideRight, max(_LEAST_PX, room))
        return f"{matter}\n{who} · {state}"

    @property
    def chosen(self) -> OpenDraft | None:
        """The one under the cursor."""
        item = self.list.currentItem()
        draft_id = item.data(Qt.ItemDataRole.UserRole) if item is not None else ""
        return next((each for each in self._drafts if each.draft.id == draft_id), None)

    def _enable(self) -> None:
        for button in (self.resume, self.discard):
            button.setEnabled(self.chosen is not None)

    def _take_up(self) -> None:
        if self.chosen is not None:
            self.taken_up.emit(self.chosen.draft.id)

    def _throw_away(self) -> None:
        if self.chosen is not None:
            self.unwanted.emit(self.chosen)

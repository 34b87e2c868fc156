"""策略: found on the left; on the right the form and the drawn way of a photo; an administrator saves and deletes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.config.texts import Coded, error_text
from app.domain.strategy import Strategy
from app.photo.strategies import BrokenFile
from app.ui.bench import Bench
from app.ui.screens.strategies.form import StrategyForm
from app.ui.screens.strategies.view_model import StrategiesModel
from app.ui.screens.strategies.words import station_word
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.confirm_bar import ConfirmBar

_ENTRY = Qt.ItemDataRole.UserRole

# Narrower than this, three stations with their notes do not fit beside the list.
_WIDE_PX = 1180


class StrategiesView(QWidget):
    """The list shows what is on disk; the form keeps what is typed until it is saved or thrown away."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.model = StrategiesModel(bench)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Name or department"))
        self.search.setAccessibleName(self.tr("Search strategies by name or department"))
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Strategies"))
        self.list.setObjectName("entries")
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.form = StrategyForm(bench, self.model, self)
        self.confirm = ConfirmBar(self)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.delete = KeyButton(self.tr("Delete"), "Ctrl+D", self)
        self.new = KeyButton(self.tr("New"), "Ctrl+N", self)
        self.save = KeyButton(self.tr("Save"), "Ctrl+S", self)
        self.save.setObjectName("next")
        self._wanted = ""  # the id the list shall stand on after the next look
        self._broken: BrokenFile | None = None  # the file the list stands on, when nobody can follow it
        self._fresh = False  # a new one is being filled in
        self._lay_out()
        self._listen()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        QTimer.singleShot(0, self, lambda: self._area.setWidget(self.form))  # in a turn of its own: it has many parts
        upper = QHBoxLayout()
        upper.addLayout(left, 3)
        upper.addWidget(self._area, 8)
        lower = QHBoxLayout()
        lower.addWidget(self.said, 1)
        for button in (self.delete, self.new, self.save):
            lower.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(upper, 1)
        column.addWidget(self.confirm)
        column.addLayout(lower)

    def _listen(self) -> None:
        self.search.textChanged.connect(self._show_list)
        self.list.currentItemChanged.connect(self._row_wanted)
        self.form.edited.connect(self._edited)
        self.save.clicked.connect(self._save)
        self.new.clicked.connect(self._new)
        self.delete.clicked.connect(self._ask_delete)
        self.model.read.connect(self._show_list)
        self.model.kept.connect(self._kept)
        self.model.gone.connect(self._gone)
        self.model.wrong.connect(self._show_wrong)

    def enter(self) -> None:
        """The screen is shown; what is typed and not saved stays."""
        self._be_quiet()
        self.model.refresh()

    def _be_quiet(self) -> None:
        self.said.setText("" if self.model.may_change else self.tr("Only an administrator may change strategies."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The drawn way fits the window it is in."""
        super().resizeEvent(event)
        self.form.flow.set_compact(self.width() < _WIDE_PX)

    # -- the list --------------------------------------------------------------------------------------

    def _show_list(self) -> None:
        words = self.search.text()
        entries: list[Strategy | BrokenFile] = [*self.model.shown(words), *(() if words else self.model.broken)]
        current = self._wanted or (self._broken.id if self._broken else self.form.shown.id)
        self._wanted = ""
        self.list.blockSignals(True)
        self.list.clear()
        for entry in entries:
            item = QListWidgetItem(self._row_words(entry), self.list)
            item.setData(_ENTRY, entry)
        row = next((n for n, entry in enumerate(entries) if entry.id == current), -1)
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        if self.form.dirty:
            return
        if row < 0 and entries and not self._fresh:
            self.list.setCurrentRow(0)
        elif row >= 0:
            self._open(entries[row])
        self._show_state()

    def _row_words(self, entry: Strategy | BrokenFile) -> str:
        if isinstance(entry, BrokenFile):
            broken = self.tr("Cannot be read")
            return f"{entry.id}\n{broken}"
        way = " → ".join(station_word(s) for s in entry.stations)
        return f"{entry.name(self._bench.language)}\n{entry.department} · {way}"

    def _row_wanted(self, item: QListWidgetItem | None, _: QListWidgetItem | None) -> None:
        if item is None:
            return
        entry = item.data(_ENTRY)
        if entry.id == self.form.shown.id and self._broken is None:
            return
        self._after_edits(lambda: self._open_row(entry.id))

    def _after_edits(self, step: Callable[[], None]) -> None:
        """``step`` now, or after the officer gave up what is typed."""
        if not self.form.dirty or self._broken is not None:
            step()
            return
        self._stand_on(self.form.shown.id)
        self.confirm.ask(self.tr("What you typed is not saved."), self.tr("Throw it away"), self.tr("Go on editing"), step)

    def _stand_on(self, entry_id: str) -> None:
        self.list.blockSignals(True)
        rows = [row for row in range(self.list.count()) if self.list.item(row).data(_ENTRY).id == entry_id]
        self.list.setCurrentRow(rows[0] if rows and entry_id else -1)
        self.list.blockSignals(False)

    def _open_row(self, entry_id: str) -> None:
        for row in range(self.list.count()):
            entry = self.list.item(row).data(_ENTRY)
            if entry.id == entry_id:
                self._be_quiet()
                self._open(entry)
                self._stand_on(entry_id)

    def _open(self, entry: Strategy | BrokenFile) -> None:
        self.confirm.drop()
        self._fresh = False
        self._broken = entry if isinstance(entry, BrokenFile) else None
        self.form.show_strategy(self.model.blank() if isinstance(entry, BrokenFile) else entry)
        self._show_state()

    # -- the buttons -----------------------------------------------------------------------------------

    def _show_state(self) -> None:
        may, broken = self.model.may_change, self._broken
        self.form.setEnabled(may and broken is None)
        self.new.setEnabled(may)
        self.save.setEnabled(may and broken is None and (self.form.dirty or self._fresh))
        self.delete.setEnabled(may and (broken is not None or bool(self.form.shown.id)))
        self.delete.set_words(self.tr("Set aside") if broken is not None else self.tr("Delete"))
        if broken is not None:
            text = error_text(broken.fault, self._bench.language)
            self.said.setText(f"{text.what} {text.next}")

    def _edited(self) -> None:
        self.confirm.drop()
        self.said.clear()
        self._show_state()

    def _new(self) -> None:
        self._after_edits(self._open_blank)

    def _open_blank(self) -> None:
        self.confirm.drop()
        self._broken, self._fresh = None, True
        self.form.show_strategy(self.model.blank())
        self._stand_on("")
        self.said.setText(self.tr("A new strategy: fill in the form, then save."))
        self._show_state()
        self.form.name_zh.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        self.confirm.drop()
        self.said.clear()
        self.model.save(self.form.draft())

    def _show_wrong(self, fields: dict[str, Coded]) -> None:
        self.form.show_wrong(fields)
        first = self.form.first_wrong()
        if first is not None:
            self._area.ensureWidgetVisible(first)

    def _kept(self, strategy: Strategy) -> None:
        self._open(strategy)
        self._wanted = strategy.id
        self.search.clear()
        self.said.setText(self.tr("Saved as version {0}.").format(strategy.version))

    def _ask_delete(self) -> None:
        broken, shown = self._broken, self.form.shown
        if broken is not None:
            self.confirm.ask(
                self.tr("Set the file {0} aside? A shipped strategy of that name is in force again.").format(broken.id),
                self.tr("Set aside"),
                self.tr("Keep"),
                lambda: self.model.set_aside(broken.id),
            )
            return
        name = shown.name(self._bench.language)
        self.confirm.ask(
            self.tr("Delete “{0}”? Photos taken under it are kept.").format(name),
            self.tr("Delete it"),
            self.tr("Keep"),
            lambda: self.model.delete(shown.id),
        )

    def _gone(self) -> None:
        self._broken, self._fresh = None, False
        self.form.show_strategy(self.model.blank())
        self.said.setText(self.tr("Done."))

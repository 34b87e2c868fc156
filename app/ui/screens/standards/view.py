"""照片标准: found on the left, laid out on the right, compared with another; an administrator changes, everybody looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.config.texts import error_text
from app.desk.standards import IncomingStandard
from app.domain.photo_standard import PhotoStandard
from app.photo.signed_standards import Provenance, SignatureState
from app.photo.standards import BrokenStandard, KeptStandard, compare
from app.ui.bench import Bench
from app.ui.screens.standards.compare import ComparePanel
from app.ui.screens.standards.sheet import StandardSheet
from app.ui.screens.standards.view_model import Entry, StandardsModel, today
from app.ui.screens.standards.words import badges, short_key, signature_sentence
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.confirm_bar import ConfirmBar

_ENTRY = Qt.ItemDataRole.UserRole
_FILTER = " (*.flt)"


class StandardsView(QWidget):
    """The list shows what is on disk; the sheet keeps what is typed until it is saved or thrown away."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.model = StandardsModel(bench)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Name or department"))
        self.search.setAccessibleName(self.tr("Search standards by name or department"))
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Photo standards"))
        self.list.setObjectName("entries")
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = QLabel(self.tr("No standard has these words in its name or department."), self)
        self.nothing.setWordWrap(True)
        self.nothing.setObjectName("muted")
        self.heading = QLabel(self)
        self.heading.setObjectName("heading")
        self.badges = QLabel(self)
        self.badges.setObjectName("badge")
        self.pages = QStackedWidget(self)
        self.confirm = ConfirmBar(self)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self._wanted = ""  # the id the list shall stand on after the next look
        self._buttons()
        self._lay_out()
        self._listen()

    def _buttons(self) -> None:
        self.new = KeyButton(self.tr("New from this"), "Ctrl+N", self)
        self.take = KeyButton(self.tr("Import"), "Ctrl+I", self)
        self.export = KeyButton(self.tr("Export"), "Ctrl+E", self)
        self.differ = KeyButton(self.tr("Compare"), "F6", self)
        self.sign = KeyButton(self.tr("Sign"), "F7", self)
        self.verify = KeyButton(self.tr("Verify"), "F8", self)
        self.delete = KeyButton(self.tr("Delete"), "Ctrl+D", self)
        self.save = KeyButton(self.tr("Save"), "Ctrl+S", self)
        self.save.setObjectName("next")

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        left.addWidget(self.nothing)
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addWidget(self.badges)
        head.addStretch(1)
        page = QWidget(self)
        self._sheet_page = QVBoxLayout(page)
        self._sheet_page.setContentsMargins(0, 0, 0, 0)
        self._sheet_page.addLayout(head)
        self.pages.addWidget(page)
        upper = QHBoxLayout()
        upper.addLayout(left, 11)
        upper.addWidget(self.pages, 42)
        lower = QHBoxLayout()
        lower.setSpacing(6)
        for button in (self.new, self.take, self.export, self.differ, self.sign, self.verify, self.delete):
            lower.addWidget(button)
        lower.addStretch(1)
        lower.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(upper, 1)
        column.addWidget(self.confirm)
        column.addWidget(self.said)
        column.addLayout(lower)

    def _listen(self) -> None:
        self.search.textChanged.connect(self._show_list)
        self.list.currentItemChanged.connect(self._row_wanted)
        for button, work in (
            (self.new, self._new),
            (self.take, self._choose_file),
            (self.export, self._choose_target),
            (self.differ, self._compare),
            (self.sign, self._sign),
            (self.verify, self.model.verify),
            (self.delete, self._ask_delete),
            (self.save, self._save),
        ):
            button.clicked.connect(work)
        self.model.read.connect(self._show_list)
        self.model.opened.connect(self._show_state)
        self.model.drafted.connect(self._edited)
        self.model.kept.connect(self._kept)
        self.model.gone.connect(self._gone)
        self.model.incoming.connect(self._came)
        self.model.exported.connect(self._exported)
        self.model.judged.connect(self._judged)

    # -- entering and leaving --------------------------------------------------------------------------

    def parts(self) -> Iterator[Callable[[], object]]:
        """The large parts, each made once."""
        yield lambda: self.sheet
        yield lambda: self.compare

    @cached_property
    def sheet(self) -> StandardSheet:
        """The standard laid out."""
        sheet = StandardSheet(self._bench, self.model, self)
        self._sheet_page.addWidget(sheet, 1)
        return sheet

    @cached_property
    def compare(self) -> ComparePanel:
        """Two of them side by side."""
        panel = ComparePanel(self._bench, self)
        self.pages.addWidget(panel)
        panel.closed.connect(self._back)
        panel.file_wanted.connect(self._choose_other)
        return panel

    def enter(self) -> None:
        """The screen is shown; what is typed and not saved stays."""
        for part in self.parts():
            part()
        self._be_quiet()
        self.model.refresh()

    def hold_back(self, step: Callable[[], None]) -> bool:
        """Whether something typed would be lost by ``step``; then the officer is asked first, here."""
        if not self.model.dirty:
            return False
        self._after_edits(step)
        return True

    def _be_quiet(self) -> None:
        self.said.setText("" if self.model.may_change else self.tr("Only an administrator may change standards."))

    # -- the list --------------------------------------------------------------------------------------

    def _show_list(self) -> None:
        entries = self.model.shown(self.search.text())
        standing = self.model.entry
        current = self._wanted or (_key(standing) if standing is not None else "")
        self._wanted = ""
        self.list.blockSignals(True)
        self.list.clear()
        for entry in entries:
            item = QListWidgetItem(self._row_words(entry), self.list)
            item.setData(_ENTRY, entry)
            item.setToolTip(item.text())
        row = next((n for n, entry in enumerate(entries) if _key(entry) == current), -1)
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self.nothing.setVisible(not entries)
        if self.model.dirty:
            return
        if row < 0 and entries:
            self.list.setCurrentRow(0)
        elif row >= 0 and entries[row] != standing:
            self.model.open(entries[row])
        self._show_state()

    def _row_words(self, entry: Entry) -> str:
        if isinstance(entry, BrokenStandard):
            broken = self.tr("Cannot be read")
            return f"{entry.file}\n✗ {broken}"
        language = self._bench.language
        return f"{entry.standard.name(language)}\n{entry.standard.client} · {' · '.join(badges(entry, today()))}"

    def _row_wanted(self, item: QListWidgetItem | None, _: QListWidgetItem | None) -> None:
        if item is None:
            return
        entry: Entry = item.data(_ENTRY)
        if self.model.entry is not None and _key(entry) == _key(self.model.entry):
            return
        self._after_edits(lambda: self._open(entry))

    def _after_edits(self, step: Callable[[], None]) -> None:
        """``step`` now, or after the officer gave up what is typed."""
        if not self.model.dirty:
            step()
            return
        self._stand_on(self.model.entry)

        def give_up() -> None:
            self.model.open(self.model.entry)
            step()

        question = self.tr("What you typed is not saved.")
        self.confirm.ask(question, self.tr("Throw it away"), self.tr("Go on editing"), give_up)

    def _stand_on(self, entry: Entry | None) -> None:
        self.list.blockSignals(True)
        keys = [_key(self.list.item(row).data(_ENTRY)) for row in range(self.list.count())]
        self.list.setCurrentRow(keys.index(_key(entry)) if entry is not None and _key(entry) in keys else -1)
        self.list.blockSignals(False)

    def _open(self, entry: Entry) -> None:
        self.confirm.drop()
        self._back()
        self._be_quiet()
        self.model.open(entry)
        self._stand_on(entry)

    # -- what stands on the right ----------------------------------------------------------------------

    def _show_state(self) -> None:
        model, may = self.model, self.model.may_change
        entry, kept = model.entry, model.standing
        broken = isinstance(entry, BrokenStandard)
        old = kept is not None and not model.fresh
        self.new.setEnabled(may and old)
        self.take.setEnabled(may)
        for button in (self.export, self.differ):
            button.setEnabled(old)
        local = old and kept is not None and kept.local
        self.verify.setEnabled(local)
        self.sign.setEnabled(may and local)
        self.delete.setEnabled(may and (broken or local))
        self.delete.set_words(self.tr("Set aside") if broken else self.tr("Delete"))
        self.save.setEnabled(may and model.dirty)
        self._show_heading(entry)

    def _show_heading(self, entry: Entry | None) -> None:
        draft = self.model.draft
        if isinstance(entry, BrokenStandard):
            text = error_text(entry.fault, self._bench.language)
            hidden = self.tr(
                "The shipped standard of that id is not offered either until this file is mended or set aside."
            )
            self.heading.setText(entry.file)
            self.said.setText(f"{text.what} {hidden if entry.shipped else text.next}")
            words: tuple[str, ...] = (self.tr("Cannot be read"),)
        elif entry is None or draft is None:
            self.heading.clear()
            words = ()
        elif self.model.fresh:
            self.heading.setText(self.tr("New, from {0}").format(entry.standard.name(self._bench.language)))
            words = (self.tr("Not saved"),)
        else:
            self.heading.setText(entry.standard.name(self._bench.language))
            words = (*badges(entry, today()), *((self.tr("Not saved"),) if self.model.dirty else ()))
        self.badges.setText(" · ".join(words))
        self.badges.setVisible(bool(words))

    def _edited(self) -> None:
        self.confirm.drop()
        self.said.clear()
        self._show_state()

    def _save(self) -> None:
        self.confirm.drop()
        self.said.clear()
        self.model.save()

    def _kept(self, kept: KeptStandard) -> None:
        self._back()
        self.model.open(kept)
        self._wanted = _key(kept)
        self.search.clear()
        words = self.tr("Version {0} is kept. Sessions under way go on with the former one; the next begins with it.")
        self.said.setText(words.format(kept.standard.version))

    # -- the buttons -----------------------------------------------------------------------------------

    def _new(self) -> None:
        self._after_edits(self.model.begin_new)

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import"), "", self.tr("Photo standards") + _FILTER)
        if name:
            self._after_edits(lambda: self.import_file(Path(name)))

    def import_file(self, path: Path) -> None:
        """Read it, say who signed it and what it changes, then ask."""
        self.confirm.drop()
        self.model.read_file(path)

    def _came(self, incoming: IncomingStandard) -> None:
        found, fault = incoming.provenance, incoming.provenance.fault
        unsigned = found.state is SignatureState.UNSIGNED
        if found.state is SignatureState.ALTERED or (unsigned and not self.model.accepts_unsigned):
            if fault is not None:
                self._bench.refused.emit(fault)
            return
        unknown = found.state is SignatureState.UNKNOWN_KEY
        question, yes = f"{signature_sentence(found)} {self._what_changes(incoming)}", self.tr("Take it")
        if unsigned:
            question += " " + self.tr("You answer for it.")
        if unknown:
            question += " " + self.tr("Have the signer read this key to you: {0}").format(short_key(found.public))
            yes = self.tr("Trust the key and take it")
        if incoming.former is not None:
            self._show_pair(incoming.standard, {self.tr("In force here"): incoming.former})
        step = partial(self.model.take, incoming, answered=unsigned, trust=unknown)
        self.confirm.ask(question, yes, self.tr("Leave it"), step)

    def _what_changes(self, incoming: IncomingStandard) -> str:
        name = f"{incoming.standard.name(self._bench.language)} {incoming.standard.version}"
        if incoming.former is None:
            return self.tr("{0} is new here.").format(name)
        count = len(compare(incoming.former, incoming.standard))
        return self.tr("{0} takes the place of version {1}; {2} differences.").format(name, incoming.former.version, count)

    def _choose_target(self) -> None:
        kept = self.model.standing
        if kept is None:
            return
        file = f"{kept.id}.flt"
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Export"), file, self.tr("Photo standards") + _FILTER)
        if name:
            self.model.export(Path(name))

    def _exported(self, written: tuple[Path, ...]) -> None:
        names = ", ".join(path.name for path in written)
        self.said.setText(self.tr("Written: {0}").format(names))

    def _sign(self) -> None:
        self._after_edits(self.model.sign)

    def _judged(self, found: Provenance) -> None:
        self.said.setText(signature_sentence(found))

    def _ask_delete(self) -> None:
        self._after_edits(self._confirm_delete)

    def _confirm_delete(self) -> None:
        entry, keep = self.model.entry, self.tr("Keep")
        if isinstance(entry, BrokenStandard):
            question = self.tr("Set the file {0} aside? A shipped standard of that id is in force again.").format(
                entry.file
            )
            self.confirm.ask(question, self.tr("Set aside"), keep, self.model.delete)
        elif entry is not None and entry.local:
            name = entry.standard.name(self._bench.language)
            if entry.shipped is not None:
                words = self.tr("Delete the local “{0}”? The shipped version {1} is in force again.")
                question = words.format(name, entry.shipped.version)
            else:
                question = self.tr("Delete “{0}”? Photos made by it are kept.").format(name)
            self.confirm.ask(question, self.tr("Delete it"), keep, self.model.delete)

    def _gone(self, shipped: PhotoStandard | None) -> None:
        self.model.open(None)
        self._wanted = shipped.id if shipped is not None else ""
        words = self.tr("Done. The shipped version {0} is in force again.")
        self.said.setText(words.format(shipped.version) if shipped is not None else self.tr("Done."))

    # -- comparing -------------------------------------------------------------------------------------

    def _compare(self) -> None:
        kept = self.model.standing
        if kept is None:
            return
        others: dict[str, PhotoStandard] = {}
        language = self._bench.language
        if self.model.dirty:
            others[self.tr("As it is kept")] = kept.standard
        if kept.local and kept.shipped is not None:
            others[self.tr("Shipped version {0}").format(kept.shipped.version)] = kept.shipped
        others |= {k.standard.name(language): k.standard for k in self.model.content.kept if k.id != kept.id}
        self._show_pair(self.model.draft or kept.standard, others)

    def _show_pair(self, after: PhotoStandard, others: dict[str, PhotoStandard]) -> None:
        self.compare.show_pair(after, others)
        self.pages.setCurrentWidget(self.compare)
        self.compare.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_other(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Compare"), "", self.tr("Photo standards") + _FILTER)
        if name:
            self.compare_with_file(Path(name))

    def compare_with_file(self, path: Path) -> None:
        """A file from outside against the standard on the right; it is only read."""
        desk = self._bench.desk.standard_files
        self._bench.ask(lambda: desk.read(path), self._compare_incoming)

    def _compare_incoming(self, incoming: IncomingStandard) -> None:
        kept = self.model.standing
        if kept is not None:
            self._show_pair(self.model.draft or kept.standard, {incoming.file: incoming.standard})

    def _back(self) -> None:
        self.pages.setCurrentIndex(0)


def _key(entry: Entry) -> str:
    """A broken file may claim the id of a standard that is there."""
    return f"file:{entry.file}" if isinstance(entry, BrokenStandard) else entry.id

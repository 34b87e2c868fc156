"""档案: left the batch and its files, in the middle the wall of pages, right the page looked at; the keys below."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.config.archive_types import page_types
from app.domain.archive_batch import ArchiveFile, ArchivePage, BatchProfile, FileState
from app.ui.bench import Bench
from app.ui.screens.archive.batch_form import BatchForm
from app.ui.screens.archive.declared_bar import DeclaredBar
from app.ui.screens.archive.facts_bar import FactsBar
from app.ui.screens.archive.file_list import FileList
from app.ui.screens.archive.model import ArchiveModel
from app.ui.screens.archive.owner_bar import OwnerBar
from app.ui.screens.archive.sign_bar import SignBar
from app.ui.screens.archive.wall import PageWall
from app.ui.screens.archive.words import asked_words, compared_words, page_reasons, type_word, why_words
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.picture_view import PictureView
from app.ui.widgets.reason_box import ReasonBox
from app.ui.words import print_told

_LEFT_PX, _RIGHT_PX = 290, 380
_PICTURES = "*.jpg *.jpeg *.png *.tif *.tiff *.pdf"


class BatchPage(QWidget):
    """One batch at a time; nothing here is lost by leaving. ``searched``: what is filed is wanted; ``returned_wanted``:
    the files of which pages must come again."""

    searched = Signal()
    returned_wanted = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.model = ArchiveModel(bench)
        self.batch = QComboBox(self)
        self.batch.setAccessibleName(self.tr("Open batches"))
        self.batch.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.form = BatchForm(bench, self)
        self.files = FileList(bench, self)
        self.state = QLabel(self)
        self.state.setObjectName("heading")
        self.state.setWordWrap(True)
        self.wall = PageWall(bench.theme, self)
        self.picture = PictureView(self)
        self.picture.setAccessibleName(self.tr("Page looked at"))
        self.other = PictureView(self)
        self.other.setAccessibleName(self.tr("Page compared with"))
        self.other.hide()
        self.type = QComboBox(self)
        self.type.setAccessibleName(self.tr("Type of the page"))
        self.why = QLabel(self)
        self.why.setWordWrap(True)
        self.reasons = QLabel(self)
        self.reasons.setWordWrap(True)
        self.reasons.setObjectName("heading")
        self.reject_reason = ReasonBox(
            (self.tr("not sharp"), self.tr("cut off"), self.tr("wrong paper"), self.tr("too dark")),
            self.tr("Why it must be scanned again"),
            self.tr("Why it must be scanned again"),
            self,
        )
        self.owner = OwnerBar(bench, self)
        self.sign = SignBar(bench, self)
        self.facts = FactsBar(bench, self)
        self.declared = DeclaredBar(self)
        self._make_keys()
        self._shown_page, self._compared = "", ""
        self._lay_out()
        self._connect()
        self._offer_new()

    def _make_keys(self) -> None:
        self.new = KeyButton(self.tr("New batch"), "F3", self)
        self.filed = KeyButton(self.tr("Search files"), "Ctrl+F", self)
        self.scan = KeyButton(self.tr("Go on scanning"), "F6", self)
        self.stop = KeyButton(self.tr("Stop"), "Ctrl+D", self)
        self.turn = KeyButton(self.tr("Turn"), "Ctrl+R", self)
        self.trim = KeyButton(self.tr("Trim"), "Ctrl+K", self)
        self.earlier = KeyButton(self.tr("Earlier"), "Ctrl+Left", self)
        self.later = KeyButton(self.tr("Later"), "Ctrl+Right", self)
        self.hide_page = KeyButton(self.tr("Hide"), "F9", self)
        self.to_file = KeyButton(self.tr("Other file"), "F8", self)
        self.split = KeyButton(self.tr("Split"), "Ctrl+T", self)
        self.reject = KeyButton(self.tr("Reject"), "F7", self)
        self.replace = KeyButton(self.tr("Replace"), "Ctrl+G", self)
        self.undo = KeyButton(self.tr("Undo"), "Ctrl+Z", self)
        self.redo = KeyButton(self.tr("Redo"), "Ctrl+Y", self)
        self.signing = KeyButton(self.tr("Sign doubtful pages"), "F10", self)
        self.compare = KeyButton(self.tr("Compare contents"), "F4", self)
        self.give_back = KeyButton(self.tr("Return the file"), "Ctrl+B", self)
        self.returned = KeyButton(self.tr("Returned files"), "Ctrl+U", self)
        self.known = KeyButton(self.tr("File details"), "Ctrl+I", self)
        self.counted = KeyButton(self.tr("Counts"), "Ctrl+E", self)
        self.separator = KeyButton(self.tr("Print separator"), "Ctrl+P", self)
        self.accept = KeyButton(self.tr("Accept the file"), "F2", self)
        self.accept.setObjectName("next")

    # -- laying out ------------------------------------------------------------------------------------

    def _left_side(self) -> QWidget:
        left = QVBoxLayout()
        upper, lower = QHBoxLayout(), QHBoxLayout()
        upper.addWidget(self.new)
        upper.addWidget(self.filed)
        lower.addWidget(self.scan)
        lower.addWidget(self.stop)
        left.addLayout(upper)
        chosen = QHBoxLayout()
        chosen.addWidget(self.batch, 1)
        chosen.addWidget(self.counted)
        left.addLayout(chosen)
        left.addWidget(self.form)
        left.addWidget(self.files, 1)
        left.addLayout(lower)
        left.addWidget(self.returned)
        left.addWidget(self.separator)
        holder = QWidget(self)
        holder.setLayout(left)
        holder.setFixedWidth(_LEFT_PX)
        left.setContentsMargins(0, 0, 0, 0)
        return holder

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.addWidget(self.state)
        middle.addWidget(self.wall, 1)
        middle.addWidget(self.owner)
        middle.addWidget(self.sign)
        middle.addWidget(self.facts)
        middle.addWidget(self.declared)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.picture, 1)
        right.addWidget(self.other, 1)
        right.addWidget(self.type)
        right.addWidget(self.why)
        right.addWidget(self.reasons)
        right.addWidget(self.reject_reason)
        side = QWidget(self)
        side.setLayout(right)
        side.setFixedWidth(_RIGHT_PX)
        row = QHBoxLayout()
        row.addWidget(self._left_side())
        row.addLayout(middle, 1)
        row.addWidget(side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row, 1)
        for buttons in (
            (
                self.turn,
                self.trim,
                self.earlier,
                self.later,
                self.hide_page,
                self.to_file,
                self.split,
                self.reject,
                self.replace,
            ),
            (
                self.undo,
                self.redo,
                self.known,
                self.compare,
                self.give_back,
                self.signing,
                None,
                self.accept,
            ),
        ):
            line = QHBoxLayout()
            for button in buttons:
                if button is None:
                    line.addStretch(1)
                else:
                    line.addWidget(button)
            column.addLayout(line)

    def _page_buttons(self) -> tuple[KeyButton, ...]:
        """What is done to chosen pages."""
        row = (self.turn, self.trim, self.earlier, self.later)
        return (*row, self.hide_page, self.to_file, self.split, self.reject)

    def _connect(self) -> None:
        model = self.model
        model.changed.connect(self._show)
        model.pictured.connect(self.wall.set_picture)
        model.shown.connect(self._show_picture)
        model.printed.connect(lambda job: self.state.setText(print_told(job, self._bench.language)))
        model.halted.connect(self._show_last)
        self._bench.desk_closed.connect(self._forget)
        self.batch.activated.connect(lambda _: model.open(str(self.batch.currentData())))
        self.form.wanted.connect(self._begin)
        self.files.chosen.connect(model.go_to)
        self.files.fact.connect(model.choose_fact)
        self.wall.looked_at.connect(self._look)
        self.wall.itemSelectionChanged.connect(self._compare_two)
        self.type.activated.connect(self._retype)
        self.owner.chosen.connect(self._owned)
        self.sign.signed.connect(model.sign)
        self.facts.said.connect(model.know)
        model.known.connect(self.facts.clear)
        self.declared.said.connect(model.redeclare)
        self.declared.thrown.connect(model.throw_away)
        for button, step in (
            (self.new, self._offer_new),
            (self.filed, self.searched.emit),
            (self.returned, self.returned_wanted.emit),
            (self.known, self._ask_facts),
            (self.counted, self._ask_counts),
            (self.scan, self._go_on),
            (self.stop, model.stop),
            (self.turn, lambda: model.turn(self.wall.chosen(), 90)),
            (self.trim, lambda: model.trim(self.wall.chosen())),
            (self.earlier, lambda: self._move(-1)),
            (self.later, lambda: self._move(1)),
            (self.hide_page, lambda: model.hide(self.wall.chosen())),
            (self.to_file, lambda: self._ask_owner(split=False)),
            (self.split, lambda: self._ask_owner(split=True)),
            (self.reject, self._reject),
            (self.replace, self._replace),
            (self.undo, model.undo),
            (self.redo, model.redo),
            (self.signing, self.sign.open),
            (self.compare, model.compare),
            (self.give_back, self._give_back),
            (self.separator, self._print_separator),
            (self.accept, model.accept),
        ):
            button.clicked.connect(lambda _=False, step=step: step())

    def enter(self) -> None:
        """The screen is shown."""
        self.model.enter()

    def _forget(self) -> None:
        self.wall.forget()
        self.picture.set_image(None)
        self.other.set_image(None)
        self._shown_page, self._compared = "", ""
        self.owner.hide()
        self.declared.hide()
        self.sign.clear()

    # -- a batch ---------------------------------------------------------------------------------------

    def _offer_new(self) -> None:
        """The form in place of the list of files."""
        self.form.show()
        self.files.hide()
        self.form.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, file: ArchiveFile) -> None:
        """A file and the batch it lies in."""
        self.form.hide()
        self.files.show()
        self.model.open_file(file)

    def _ask_facts(self) -> None:
        if self.model.shelf is not None and self.model.shelf.file is not None:
            self.facts.open(self.model.shelf.file)

    def _ask_counts(self) -> None:
        view = self.model.view
        if view is not None:
            self.declared.open(view.batch.profile.declared, empty=not view.pages)

    def _begin(self, profile: BatchProfile) -> None:
        paths = self._picked() if profile.source == "files" else []
        if profile.source == "files" and not paths:
            return
        self.form.hide()
        self.files.show()
        self.model.begin(profile, paths)

    def _print_separator(self) -> None:
        """Of the number in the form, else of the file looked at."""
        shelf, profile = self.model.shelf, self.form.profile()
        if self.form.isVisible() and profile.serial:
            self.model.print_separator(profile.kind, profile.serial, profile.business)
        elif shelf is not None and shelf.file is not None:
            self.model.print_separator(shelf.file.kind, shelf.file.serial, shelf.file.business)

    def _picked(self) -> list[Path]:
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Pages of the batch"), "", _PICTURES)
        return [Path(name) for name in names]

    def _go_on(self) -> None:
        view = self.model.view
        if view is not None and view.batch.profile.source == "files":
            if paths := self._picked():
                self.model.take(paths)
        else:
            self.model.scan()

    # -- pages -----------------------------------------------------------------------------------------

    def _look(self) -> None:
        page = self.wall.current()
        if page is None:
            self._shown_page = ""
            self.picture.set_image(None)
        elif self._shown_page != f"{page.id} {page.standing.turn} {page.standing.crop}":
            self._shown_page = f"{page.id} {page.standing.turn} {page.standing.crop}"
            self.model.look_at(page)
        self._show_page(page)

    def _show_last(self) -> None:
        """The last good page of the pile, wherever it lies in its file."""
        view = self.model.view
        last = view.pages[-1].id if view is not None and view.pages else ""
        self.wall.go_to(last)

    def _compare_two(self) -> None:
        """Two chosen pages are seen one under the other."""
        chosen, current = self.wall.chosen(), self.wall.current()
        others = [page for page in chosen if current is not None and page.id != current.id]
        both = len(chosen) == 2 and len(others) == 1
        self.other.setVisible(both)
        if both and others[0].id != self._compared:
            self.model.look_at(others[0])
        self._compared = others[0].id if both else ""
        self._offer()

    def _show_picture(self, page_id: str, image: QImage) -> None:
        shown = None if image.isNull() else image
        if self._shown_page.startswith(page_id):
            self.picture.set_image(shown)
        elif page_id == self._compared:
            self.other.set_image(shown)

    def _show_page(self, page: ArchivePage | None) -> None:
        self.type.blockSignals(True)
        self.type.clear()
        if page is not None:
            kind = "driver" if page.standing.kind == "D" else "vehicle"
            self.type.addItem(self.tr("type unknown"), "")
            for each in page_types(kind).values():
                self.type.addItem(each.name(self._bench.language), each.id)
            self.type.setCurrentIndex(max(0, self.type.findData(page.standing.type)))
        self.type.setEnabled(page is not None and page.counts)
        self.type.blockSignals(False)
        self.why.setText("" if page is None else why_words(page))
        reasons = [] if page is None else page_reasons(page, self._bench.language)
        self.reasons.setText("\n".join(f"▲ {reason}" for reason in reasons))
        self.reasons.setVisible(bool(reasons))

    def _retype(self) -> None:
        type_id = str(self.type.currentData())
        if type_id:
            self.model.retype(self.wall.chosen() or [p for p in [self.wall.current()] if p is not None], type_id)

    def _move(self, steps: int) -> None:
        page = self.wall.current()
        if page is not None:
            self.model.move(page, steps)

    def _reject(self) -> None:
        pages = self.wall.chosen()
        rejected = any(page.standing.rejected for page in pages)
        self.model.reject(pages, "" if rejected else self.reject_reason.currentText().strip() or self.tr("not sharp"))

    def _give_back(self) -> None:
        self.model.give_back(self.reject_reason.currentText().strip() or self.tr("pages rejected"))

    def _replace(self) -> None:
        """The chosen new page for the file's rejected one; a page scanned last is the new one."""
        shelf, view = self.model.shelf, self.model.view
        if shelf is None or shelf.review is None or view is None or not shelf.review.rejected:
            return
        new = [p for p in view.pages if p.counts and p.found is not None and p.id != shelf.review.rejected[0].id]
        if new:
            self.model.replace(shelf.review.rejected[0], new[-1])

    def _ask_owner(self, *, split: bool) -> None:
        pages = self.wall.chosen()
        if pages:
            self.owner.open(pages[0], split=split)

    def _owned(self, owner: object, split: bool) -> None:
        pages = self.wall.chosen()
        if not pages:
            return
        if split:
            self.model.split(pages[0], owner)  # type: ignore[arg-type]  # signals carry objects
        else:
            self.model.to_file(pages, owner)  # type: ignore[arg-type]  # signals carry objects

    # -- showing ---------------------------------------------------------------------------------------

    def _show(self) -> None:
        model = self.model
        self._show_batches()
        shelf = model.shelf
        if shelf is not None and shelf.file is not None:
            model.at = (shelf.file.kind, shelf.file.serial)
        self.files.show_shelves(model.shelves, shelf, model.facts.get(model.at, frozenset()))
        if model.view is not None and self.form.isVisible() and (model.scanning or model.busy or model.at != ("", "")):
            self.form.hide()
            self.files.show()
        pages = [] if shelf is None else list(shelf.pages)
        for page in pages:
            model.small(page)
        self.wall.show_pages(pages, [self._caption(number, page) for number, page in enumerate(pages, start=1)])
        self.state.setText(self._state())
        self._offer()

    def _caption(self, number: int, page: ArchivePage) -> str:
        return f"{number}  {type_word(page, self._bench.language)}"

    def _show_batches(self) -> None:
        self.batch.blockSignals(True)
        self.batch.clear()
        for batch in self.model.batches:
            kind = self.tr("vehicles") if batch.profile.kind == "V" else self.tr("drivers")
            self.batch.addItem(f"{batch.started:%m-%d %H:%M} {kind}", batch.id)
        view = self.model.view
        self.batch.setCurrentIndex(self.batch.findData(view.batch.id) if view is not None else -1)
        self.batch.blockSignals(False)

    def _state(self) -> str:
        view = self.model.view
        if view is None:
            return self.tr("Begin a batch, or choose one that is open.")
        last = view.pages[-1].number if view.pages else 0
        if self.model.scanning:
            return self.tr("Scanning: {0} pages are kept, the last sheet is {1}.").format(len(view.pages), last)
        asked = asked_words(view.report.asked, self._bench.language)
        compared = compared_words(self.model.compared.get(self.model.at))
        asked = "\n".join(filter(None, (asked, compared)))
        kept = self.tr("{0} pages are kept, the last sheet is {1}.").format(len(view.pages), last)
        return f"{kept}\n{asked}" if asked else kept

    def _offer(self) -> None:
        model, shelf = self.model, self.model.shelf
        free = not model.busy
        file = shelf.file if shelf is not None else None
        editable = free and shelf is not None and (file is None or file.state in {FileState.OPEN, FileState.RETURNED})
        chosen = bool(self.wall.chosen())
        for button in (
            self.turn,
            self.trim,
            self.earlier,
            self.later,
            self.hide_page,
            self.to_file,
            self.split,
            self.reject,
        ):
            button.setEnabled(editable and chosen)
        review = shelf.review if shelf is not None else None
        self.replace.setEnabled(editable and review is not None and bool(review.rejected))
        self.signing.setEnabled(editable and review is not None and bool(review.red))
        self.compare.setEnabled(free and file is not None)
        self.known.setEnabled(editable and file is not None)
        self.counted.setEnabled(free and model.view is not None)
        self.returned.setEnabled(bool(model.returned))
        self.returned.set_words(self.tr("Returned files: {0}").format(len(model.returned)))
        self.accept.setEnabled(editable and review is not None and review.ready and not model.scanning)
        self.give_back.setEnabled(free and file is not None and file.state is not FileState.SENT)
        for button in (self.undo, self.redo):
            button.setEnabled(free and model.view is not None)
        self.scan.setEnabled(model.view is not None and not model.scanning)
        self.stop.setEnabled(model.scanning)
        self.new.setEnabled(not model.scanning)

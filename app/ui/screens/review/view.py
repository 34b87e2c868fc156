"""审核: every service's photo side by side, the original with its crop beneath the same eyes, then save and receipt."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.config.texts import error_text, special_reasons
from app.domain.errors import WorkstationError
from app.domain.judgement import CheckResult, QualityReport
from app.domain.printing import PrintJob, PrintJobState
from app.domain.records import SessionRecord, ShotRecord, Standing
from app.ui.bench import Bench
from app.ui.screens.review.crop_view import CropView
from app.ui.screens.review.manual_page import ManualPage
from app.ui.screens.review.photo_card import PhotoCard
from app.ui.screens.review.retouch_dialog import RetouchDialog
from app.ui.screens.review.view_model import ReviewModel
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.picture_view import Mark, PictureView
from app.ui.widgets.reason_box import ReasonBox
from app.ui.widgets.verdict_list import VerdictList

_NUDGE_SHARE = 0.005  # of the crop's width, one press of an arrow key
_SIZE_STEP = 1.01
_TURN_DEG = 0.5


class ReviewView(QWidget):
    """``finished`` leads back to the photo station; ``back`` too, with the shots as they were."""

    finished = Signal()
    back = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.model = ReviewModel(bench)
        self.crop = CropView(bench.language, bench.theme.colours, self)
        self.verdicts = VerdictList(bench.language, bench.theme, self)
        colours = bench.theme.colours
        self.receipt = PictureView(self, ground=colours["window"], ink=colours["text"])
        self.receipt.setAccessibleName(self.tr("Receipt"))
        self._cards: list[PhotoCard] = []
        self._card_row = QHBoxLayout()
        self._numbers = QLabel(self)
        self._numbers.setObjectName("heading")
        self._numbers.setWordWrap(True)
        self._print_state = QLabel(self)
        self._print_state.setWordWrap(True)
        self.reason = QLineEdit(self)
        self.reason.setPlaceholderText(self.tr("Reason for issuing although not passed"))
        self.reason.setAccessibleName(self.tr("Reason for issuing although not passed"))
        self.special = ReasonBox(
            special_reasons(bench.language),
            self.tr("Reason of special inspection"),
            self.tr("Reason of special inspection: choose or write"),
            self,
        )
        self.manual = ManualPage(bench, self)
        self._buttons()
        self._lay_out()
        self._connect()

    # -- laying out ------------------------------------------------------------------------------------

    def _buttons(self) -> None:
        self.next = KeyButton(self.tr("Save"), "Return / Enter", self)
        self.next.setObjectName("next")
        self.leave = KeyButton(self.tr("Back to the shots"), "Escape", self)
        self.background = KeyButton(self.tr("Replace background"), "B", self, checkable=True)
        self.automatic = KeyButton(self.tr("Automatic crop"), "A", self)
        self.undo = KeyButton(self.tr("Undo"), "Ctrl+Z", self)
        self.redo = KeyButton(self.tr("Redo"), "Ctrl+Y", self)
        self.retouch = KeyButton(self.tr("Retouch"), "E", self)
        self.print = KeyButton(self.tr("Print"), "P", self)
        self.smaller = KeyButton(self.tr("Smaller"), "- ", self)
        self.bigger = KeyButton(self.tr("Bigger"), "+", self)
        self.turn_left = KeyButton(self.tr("Turn left"), "[", self)
        self.turn_right = KeyButton(self.tr("Turn right"), "]", self)

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        for button in (self.smaller, self.bigger, self.turn_left, self.turn_right):
            tools.addWidget(button)
        tools.addStretch(1)
        editing = QVBoxLayout()
        editing.addLayout(tools)
        editing.addWidget(self.crop, 1)
        right = QStackedWidget(self)
        right.addWidget(self.verdicts)
        right.addWidget(self._receipt_page())
        right.addWidget(self.manual)
        self._right = right
        cards = QWidget(self)
        cards.setLayout(self._card_row)
        self._card_row.setContentsMargins(0, 0, 0, 0)
        middle = QScrollArea(self)
        middle.setWidgetResizable(True)
        middle.setWidget(cards)
        upper = QHBoxLayout()
        upper.addLayout(editing, 5)
        upper.addWidget(middle, 5)
        upper.addWidget(right, 3)
        lower = QHBoxLayout()
        for button in (self.leave, self.automatic, self.undo, self.redo, self.background, self.retouch):
            lower.addWidget(button)
        lower.addStretch(1)
        lower.addWidget(self.print)
        lower.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        statement = QHBoxLayout()
        statement.addWidget(self.special, 1)
        statement.addWidget(self.reason, 1)
        column.addLayout(upper, 1)
        column.addLayout(statement)
        column.addLayout(lower)

    def _receipt_page(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._numbers)
        column.addWidget(self._print_state)
        column.addWidget(self.receipt, 1)
        return page

    def _connect(self) -> None:
        model = self.model
        for signal, slot in (
            (self.next.clicked, self._advance),
            (self.leave.clicked, self._leave),
            (self.background.clicked, model.toggle_background),
            (self.automatic.clicked, model.automatic),
            (self.undo.clicked, model.undo),
            (self.redo.clicked, model.redo),
            (self.retouch.clicked, model.open_retouch),
            (model.retouch_ready, self._retouch),
            (self.print.clicked, model.print_receipt),
            (self.smaller.clicked, self._smaller),
            (self.bigger.clicked, self._bigger),
            (self.turn_left.clicked, self._turn_left),
            (self.turn_right.clicked, self._turn_right),
            (self.crop.changed, model.change_crop),
            (self.verdicts.picked, self._point_at),
            (model.opened, self._show_opened),
            (model.original_ready, self._show_crop),
            (model.crop_changed, self._show_crop),
            (model.photo_changed, self._show_photo),
            (model.current_changed, self._show_current),
            (model.saved, self._show_saved),
            (model.receipt_ready, self._show_receipt),
            (model.printed, self._show_printed),
            (model.finished, self.finished),
            (model.strategies_known, self._enable),
            (model.round.asking, self._show_asking),
            (model.round.looking, self._show_looking),
            (model.round.ended, self._show_round_ended),
            (self.manual.judged, model.round.judge),
            (self.reason.textChanged, self._enable),
            (self.special.editTextChanged, self._enable),
        ):
            signal.connect(slot)
        for key, slot in (
            ("Left", self._move_left),
            ("Right", self._move_right),
            ("Up", self._move_up),
            ("Down", self._move_down),
            ("Tab", self._next_card),
            ("Ctrl+Tab", self._next_card),
        ):
            if key != "Tab":
                QShortcut(QKeySequence(key), self).activated.connect(slot)

    # -- the crop by keys ------------------------------------------------------------------------------

    def _nudge(self, dx: float, dy: float) -> None:
        crop = self.model.crop
        if crop is not None and not self.model.records and not self.model.round.active:
            step = crop.width * _NUDGE_SHARE
            self.model.change_crop(crop.moved(dx * step, dy * step))

    def _move_left(self) -> None:
        self._nudge(-1, 0)

    def _move_right(self) -> None:
        self._nudge(1, 0)

    def _move_up(self) -> None:
        self._nudge(0, -1)

    def _move_down(self) -> None:
        self._nudge(0, 1)

    def _smaller(self) -> None:
        if (crop := self.model.crop) is not None:
            self.model.change_crop(crop.scaled(1 / _SIZE_STEP))

    def _bigger(self) -> None:
        if (crop := self.model.crop) is not None:
            self.model.change_crop(crop.scaled(_SIZE_STEP))

    def _turn_left(self) -> None:
        if (crop := self.model.crop) is not None:
            self.model.change_crop(crop.turned(_TURN_DEG))

    def _turn_right(self) -> None:
        if (crop := self.model.crop) is not None:
            self.model.change_crop(crop.turned(-_TURN_DEG))

    def _next_card(self) -> None:
        if self.model.photos:
            self.model.choose((self.model.current + 1) % len(self.model.photos))

    # -- showing ---------------------------------------------------------------------------------------

    def open(self, session: SessionRecord, shot: ShotRecord) -> None:
        """A master was chosen."""
        self.model.open(session, shot)

    def _show_opened(self) -> None:
        for card in self._cards:
            self._card_row.removeWidget(card)
            card.deleteLater()
        self._cards = []
        for row, photo in enumerate(self.model.photos):
            card = PhotoCard(row, photo.standard.name(self._bench.language), self._bench, self)
            card.picked.connect(self.model.choose)
            self._cards.append(card)
            self._card_row.addWidget(card, 1)
        self.crop.set_image(None)
        self.crop.set_sentence(self.tr("Opening the original…"))
        self.receipt.set_image(None)
        self.reason.clear()
        self.special.setCurrentIndex(0)
        self._right.setCurrentIndex(0)
        self._print_state.clear()
        self._show_current(0)
        self.setFocus()

    def _show_crop(self) -> None:
        now = self.model.now
        if now is None:
            return
        if self.model.original is not None and not self.crop.has_image():
            self.crop.set_image(self.model.original)
        self.crop.show_crop(self.model.crop, now.standard, self.model.readings(), self.model.original_size[0])
        history = now.history
        self.undo.setEnabled(history is not None and history.can_undo)
        self.redo.setEnabled(history is not None and history.can_redo)
        self.background.setChecked(history is not None and history.current.replace_background)
        self._enable()

    def _show_photo(self, row: int) -> None:
        if row >= len(self._cards):
            return
        self._cards[row].show_photo(self.model.photos[row])
        if row == self.model.current:
            self._show_current(row)
        self._enable()

    def _show_current(self, row: int) -> None:
        for card in self._cards:
            card.set_current(card.row == row)
        now = self.model.now
        report: QualityReport | None = now.composed.report if now is not None and now.composed is not None else None
        self.verdicts.show_report(report)
        if now is not None and now.error is not None and isinstance(now.error, Exception):
            self._bench.refused.emit(now.error)
        self._show_crop()

    def _point_at(self, result: CheckResult | None) -> None:
        """Where on the composed picture the check was read."""
        if not self._cards or self.model.current >= len(self._cards):
            return
        region = result.measurement.region if result is not None else None
        marks: tuple[Mark, ...] = ()
        if region is not None and result is not None:
            x1, y1 = region.x + region.width, region.y + region.height
            corners = ((region.x, region.y), (x1, region.y), (x1, y1), (region.x, y1))
            marks = (Mark(corners, self._bench.theme.colours[result.verdict.value]),)
        self._cards[self.model.current].picture.set_marks(marks)

    def _enable(self) -> None:
        saved = bool(self.model.records)
        busy = self.model.round.active
        needs_reason = self.model.ready and not self.model.all_passed
        needs_special = self.model.special_reason_needed and not saved
        self.reason.setVisible(needs_reason and not saved)
        self.special.setVisible(needs_special)
        self.special.setEnabled(not busy)
        said = bool(self.special.currentText().strip()) or not needs_special
        able = self.model.ready and said and (self.model.all_passed or bool(self.reason.text().strip()))
        self.next.setEnabled(saved or able)
        self.next.set_words(self.tr("Next person") if saved else self.tr("Save"))
        self.print.setVisible(saved)
        self.print.setEnabled(self.model.all_final)
        self.retouch.setEnabled(self.model.may_retouch)
        self.leave.setEnabled(not saved)
        self.leave.set_words(self.tr("Back to editing") if busy else self.tr("Back to the shots"))
        for button in (self.background, self.automatic, self.smaller, self.bigger, self.turn_left, self.turn_right):
            button.setEnabled(not saved and not busy)
        if busy:
            self.undo.setEnabled(False)
            self.redo.setEnabled(False)

    def _retouch(self, zone: tuple[tuple[float, float], ...]) -> None:
        now = self.model.now
        if now is None or now.history is None:
            return
        dialog = RetouchDialog(self._bench, self.model.retouch_renderer(), zone, now.history.current.retouch, self)
        if dialog.exec() == RetouchDialog.DialogCode.Accepted:
            self.model.use_retouch(dialog.panel.retouch)

    # -- saving ----------------------------------------------------------------------------------------

    def _advance(self) -> None:
        if self.model.records:
            self.model.next_person()
        else:
            self.next.setEnabled(False)
            self.model.save(self.reason.text(), self.special.currentText())

    def _leave(self) -> None:
        if self.model.round.active:
            self.model.round.cancel()
        elif not self.model.records:
            self.back.emit()

    def _show_asking(self) -> None:
        self._numbers.setText(self.tr("The photo library is checking the photos…"))
        self._print_state.setText(self.tr("Without an answer the photo is kept here as pending."))
        self.receipt.set_image(None)
        self._right.setCurrentIndex(1)
        self._enable()

    def _show_looking(self, row: int) -> None:
        photo, rounds = self.model.photos[row], self.model.round
        standard = photo.standard.id
        said = ""
        if rounds.unreached(standard):
            said = self.tr("The photo library has not answered yet; its answer is filled in later.")
        elif rounds.answered(standard):
            said = self.tr("The photo library passed this photo.")
        self.model.choose(row)
        self.manual.show_photo(photo.standard.name(self._bench.language), photo.image, said)
        self._right.setCurrentIndex(2)
        self.manual.setFocus()
        self._enable()

    def _show_round_ended(self) -> None:
        self._right.setCurrentIndex(0)
        self._enable()

    def _show_saved(self) -> None:
        words = {
            Standing.FINAL: "",
            Standing.PENDING: self.tr("pending: the photo library has not answered"),
            Standing.WITHHELD: self.tr("withheld: the photo library refused it"),
        }
        lines = [self.tr("Saved. Photo numbers:")]
        for record in self.model.records:
            lines += [record.number, *filter(None, (words[record.standing],))]
        self._numbers.setText("\n".join(lines))
        if self.model.all_final:
            self._print_state.setText(self.tr("Press P to print the receipt."))
        else:
            self._print_state.setText(
                self.tr(
                    "Photos and numbers are safe here. The receipt is printed once every photo has passed; see History."
                )
            )
        self._right.setCurrentIndex(1)
        self._enable()

    def _show_receipt(self) -> None:
        self.receipt.set_image(self.model.receipt)

    def _show_printed(self, job: PrintJob) -> None:
        words = {
            PrintJobState.CONFIRMED: self.tr("The printer confirmed the receipt."),
            PrintJobState.SENT: self.tr("Sent, but the printer gave no answer: look whether the paper came out."),
            PrintJobState.QUEUED: self.tr("Waiting: it prints by itself as soon as the printer can."),
            PrintJobState.FAILED: self.tr("Not printed, or not whole: look at the paper."),
            PrintJobState.EXPIRED: self.tr("Not printed."),
        }
        sentence = words[job.state]
        if job.error:
            text = error_text(WorkstationError(job.error), self._bench.language)
            sentence += f" {text.what} {text.next}"
        self._print_state.setText(sentence)
        self.print.set_words(self.tr("Print again"))

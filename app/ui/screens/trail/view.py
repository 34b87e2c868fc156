"""检测流水: every judged picture by any field; stations, reasons and notes beside the picture; changes with a reason."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap, QTransform
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.config.texts import check_name, special_reasons
from app.domain.errors import BadInput
from app.domain.judgement import Verdict
from app.domain.trail import TrailEntry, TrailQuery
from app.ui.bench import Bench
from app.ui.screens.history.view_model import day_of
from app.ui.screens.trail.detail import TrailDetail
from app.ui.screens.trail.view_model import TrailModel
from app.ui.screens.trail.words import GOOD, department_words, entry_icon, entry_word, pending_word, second_words
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.picture_view import PictureView
from app.ui.widgets.reason_box import ReasonBox
from app.ui.widgets.table import WordTable
from app.ui.words import verdict_word

_PENDING = "pending"
_VERDICT_COLUMN, _SPECIAL_COLUMN = 7, 9
_SECONDS = ((None, None), (0, 1), (1, 10), (10, 20), (20, None))
_ZOOM = 1.5


class TrailView(QWidget):
    """Filters on top, entries left, picture and stations right, counts below."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.model = TrailModel(bench)
        self._images: tuple[QImage | None, QImage | None] = (None, None)
        self._turn, self._zoom = 0, 1.0
        self._fields()
        heads = (
            self.tr("Time"),
            self.tr("Department"),
            self.tr("Device"),
            self.tr("Photo for"),
            self.tr("Photo number"),
            self.tr("ID number"),
            self.tr("Uploaded"),
            self.tr("Verdict"),
            self.tr("Reasons"),
            self.tr("Special picture"),
            self.tr("Special inspection"),
            self.tr("Took"),
        )
        self.table = WordTable(heads, self.tr("Inspection trail"), self)
        self.table.setIconSize(QSize(24, 30))
        self.picture = PictureView(self)
        self.picture.setAccessibleName(self.tr("Judged picture"))
        self.picture.set_sentence(self.tr("No entry chosen"))
        self.original = PictureView(self)
        self.original.setAccessibleName(self.tr("Original"))
        self.original.set_sentence(self.tr("Original"))
        self.original.hide()
        self.detail = TrailDetail(bench, self)
        self.counts = QLabel(self)
        self.counts.setWordWrap(True)
        self._buttons()
        self._lay_out()
        self._connect()

    # -- laying out ------------------------------------------------------------------------------------

    def _field(self, word: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setPlaceholderText(word)
        field.setAccessibleName(word)
        return field

    def _choice(self, word: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(word)
        box.addItem(word, None)
        return box

    def _fields(self) -> None:
        self.first_day = self._field(self.tr("From day, e.g. 2026-11-24"))
        self.last_day = self._field(self.tr("To day"))
        self.department = self._field(self.tr("Department or terminal"))
        self.device = self._field(self.tr("Device"))
        self.number = self._field(self.tr("Photo number"))
        self.id_number = self._field(self.tr("ID number"))
        special = self.tr("Reason of special inspection")
        self.special = ReasonBox(special_reasons(self._bench.language), special, special, self)
        self.type = self._choice(self.tr("Any photo type"))
        self.verdict = self._choice(self.tr("Any verdict"))
        self.verdict.addItem(self.tr("Passed"), True)
        self.verdict.addItem(self.tr("Not passed"), False)
        self.verdict.addItem(pending_word(), _PENDING)
        self.reason = self._choice(self.tr("Any reason"))
        self.took = self._choice(self.tr("Any duration"))
        for low, high in _SECONDS[1:]:
            self.took.addItem(self.tr("{0} – {1} s").format(low, "…" if high is None else high), (low, high))

    def _buttons(self) -> None:
        self.search_button = KeyButton(self.tr("Search"), "Return / Enter", self)
        self.search_button.setObjectName("next")
        self.export_button = KeyButton(self.tr("Export"), "E", self)
        self.note_button = KeyButton(self.tr("Annotate"), "N", self)
        self.override_button = KeyButton(self.tr("Change verdict"), "V", self)
        self.bigger = KeyButton(self.tr("Bigger"), "+", self)
        self.smaller = KeyButton(self.tr("Smaller"), "- ", self)
        self.turn = KeyButton(self.tr("Rotate"), "R", self)

    def _lay_out(self) -> None:
        filters = QGridLayout()
        widgets = (self.first_day, self.last_day, self.department, self.device, self.type, self.number,
                   self.id_number, self.verdict, self.reason, self.special, self.took)  # fmt: skip
        for place, widget in enumerate(widgets):
            filters.addWidget(widget, place // 6, place % 6)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._pictures = QWidget(self)
        pictures = QHBoxLayout(self._pictures)
        pictures.setContentsMargins(0, 0, 0, 0)
        pictures.addWidget(self.picture, 1)
        pictures.addWidget(self.original, 1)
        self._scroll.setWidget(self._pictures)
        more = QScrollArea(self)
        more.setWidgetResizable(True)
        more.setFrameShape(QFrame.Shape.NoFrame)
        more.setWidget(self.detail)
        tools = QHBoxLayout()
        for button in (self.smaller, self.bigger, self.turn):
            tools.addWidget(button)
        tools.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self._scroll, 2)
        right.addLayout(tools)
        right.addWidget(more, 3)
        left = QVBoxLayout()
        left.addWidget(self.table, 1)
        left.addWidget(self.counts)
        middle = QHBoxLayout()
        middle.addLayout(left, 5)
        middle.addLayout(right, 4)
        lower = QHBoxLayout()
        for button in (self.note_button, self.override_button, self.export_button):
            lower.addWidget(button)
        lower.addStretch(1)
        lower.addWidget(self.search_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(filters)
        column.addLayout(middle, 1)
        column.addLayout(lower)

    def _connect(self) -> None:
        self.search_button.clicked.connect(self.search)
        self.table.row_changed.connect(self._chosen)
        self.model.found.connect(self._show)
        self.model.changed.connect(self._changed)
        self.model.picture.connect(self._show_picture)
        self.model.special_pictures.connect(self._show_special)
        self.model.exported.connect(self._show_exported)
        self.note_button.clicked.connect(self._annotate)
        self.override_button.clicked.connect(self._override)
        self.export_button.clicked.connect(self._export)
        self.bigger.clicked.connect(self._zoom_in)
        self.smaller.clicked.connect(self._zoom_out)
        self.turn.clicked.connect(self._rotate)

    # -- asking ----------------------------------------------------------------------------------------

    def enter(self) -> None:
        """The screen is shown."""
        for standard in self._bench.desk.standards:
            if self.type.findData(standard.id) < 0:
                self.type.addItem(standard.name(self._bench.language), standard.id)
        self.search()
        self.first_day.setFocus(Qt.FocusReason.OtherFocusReason)

    def search(self) -> None:
        """With the filters as they stand."""
        low, high = self.took.currentData() or (None, None)
        try:
            query = TrailQuery(
                first_day=day_of(self.first_day.text()),
                last_day=day_of(self.last_day.text()),
                department=self.department.text(),
                device=self.device.text(),
                standard_id=self.type.currentData() or "",
                number=self.number.text(),
                id_number=self.id_number.text(),
                passed=None if self.verdict.currentData() == _PENDING else self.verdict.currentData(),
                pending=self.verdict.currentData() == _PENDING,
                reason=self.reason.currentData() or "",
                special_reason=self.special.currentText(),
                min_ms=None if low is None else 1000.0 * low,
                max_ms=None if high is None else 1000.0 * high,
            )
        except BadInput as error:
            self._bench.refused.emit(error)
            return
        self.model.search(query)

    # -- showing ---------------------------------------------------------------------------------------

    def _show(self) -> None:
        self._show_rows()
        language, summary = self._bench.language, self.model.summary
        worst = "   ".join(f"{check_name(f.reason, language)} {f.count}" for f in summary.failures[:8])
        words = self.tr("{0} pictures, {1} passed, {2} not passed, {3} pending.")
        refused = summary.total - summary.passed - summary.pending
        self.counts.setText(words.format(summary.total, summary.passed, refused, summary.pending) + "\n" + worst)
        chosen = self.reason.currentData()
        self.reason.blockSignals(True)
        while self.reason.count() > 1:
            self.reason.removeItem(1)
        for failure in summary.failures:
            self.reason.addItem(check_name(failure.reason, language), failure.reason)
        self.reason.setCurrentIndex(max(0, self.reason.findData(chosen)))
        self.reason.blockSignals(False)
        for button in (self.note_button, self.override_button, self.export_button):
            button.setEnabled(bool(self.model.entries))
        if not self.model.entries:
            self._show_picture((None, None))
            self.detail.show_entry(None)

    def _show_rows(self) -> None:
        self.table.show_rows([self._row(e) for e in self.model.entries])
        for row, entry in enumerate(self.model.entries):
            self.table.set_sign(row, _VERDICT_COLUMN, entry_icon(entry, self._bench.theme.colours))

    def _show_special(self, pictures: dict[int, QImage]) -> None:
        """特检图片 in the list."""
        for row, entry in enumerate(self.model.entries):
            if entry.id in pictures:
                self.table.set_sign(row, _SPECIAL_COLUMN, QIcon(QPixmap.fromImage(pictures[entry.id])))

    def _row(self, entry: TrailEntry) -> tuple[str, ...]:
        draft, language = entry.draft, self._bench.language
        names = {s.id: s.name(language) for s in self._bench.desk.standards}
        return (
            f"{entry.recorded:%Y-%m-%d %H:%M:%S}",
            department_words(entry),
            draft.device,
            names.get(draft.standard_id, draft.standard_id),
            draft.number,
            self._bench.desk.trail.shown_number(entry),
            second_words(entry, entry.uploaded),
            entry_word(entry),
            ", ".join(check_name(r, language) for r in draft.reasons),
            "",
            draft.special_reason,
            f"{entry.duration_ms / 1000:.1f} s",
        )

    def _changed(self, row: int) -> None:
        self._show_rows()
        self.table.selectRow(row)
        self._show_detail(row)

    def _chosen(self, row: int) -> None:
        self._turn, self._zoom = 0, 1.0
        self.model.look_at(row)
        self._show_detail(row)

    def _show_detail(self, row: int) -> None:
        self.detail.show_entry(self.model.entries[row] if 0 <= row < len(self.model.entries) else None)

    def _show_picture(self, pictures: tuple[QImage | None, QImage | None]) -> None:
        self._images = pictures
        self.original.setVisible(pictures[1] is not None)
        self._show_turned()

    def _show_turned(self) -> None:
        turn = QTransform().rotate(self._turn)
        for view, image in zip((self.picture, self.original), self._images, strict=True):
            view.set_image(None if image is None else image.transformed(turn))
        room = self._scroll.viewport().size()
        self._pictures.setMinimumSize(round(room.width() * self._zoom), round(room.height() * self._zoom))

    def _zoom_in(self) -> None:
        self._zoom = min(8.0, self._zoom * _ZOOM)
        self._show_turned()

    def _zoom_out(self) -> None:
        self._zoom = max(1.0, self._zoom / _ZOOM)
        self._show_turned()

    def _rotate(self) -> None:
        self._turn = (self._turn + 90) % 360
        self._show_turned()

    # -- changing --------------------------------------------------------------------------------------

    def _annotate(self) -> None:
        text, done = QInputDialog.getText(self, self.tr("Annotate"), self.tr("What is abnormal?"))
        if done:
            self.model.annotate(self.table.currentRow(), text)

    def _override(self) -> None:
        row = self.table.currentRow()
        if not 0 <= row < len(self.model.entries):
            return
        after = Verdict.FAIL if self.model.entries[row].verdict in GOOD else Verdict.PASS
        words = self.tr("New verdict: {0}. Why?").format(verdict_word(after))
        reason, done = QInputDialog.getText(self, self.tr("Change verdict"), words)
        if done:
            self.model.override(row, after, reason)

    def _export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Export"), "trail.csv", "CSV (*.csv)")
        if name:
            self.model.export(Path(name))

    def _show_exported(self, rows: int) -> None:
        self.counts.setText(self.tr("{0} rows exported.").format(rows))

"""One section of the form at a time, made from the matter's entry; rows of sections that repeat one under the other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.config.texts import error_text
from app.domain.errors import BadInput
from app.domain.matters.form import Section
from app.intake.typed import Slot
from app.ui.bench import Bench
from app.ui.screens.intake.field_editor import FieldEditor
from app.ui.screens.intake.sheet import Sheet

_COLUMNS = 2


class SectionPanel(QScrollArea):
    """``edited``: key, text, reason. ``finished``: Enter in the last field."""

    edited = Signal(str, str, str)
    finished = Signal()
    row_wanted = Signal()
    row_unwanted = Signal(int)

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Form"))
        self.editors: dict[str, FieldEditor] = {}
        self._grids: list[tuple[QGridLayout, list[FieldEditor], list[bool]]] = []
        self._section: Section | None = None
        self._rows: tuple[int, ...] = ()

    # -- making ----------------------------------------------------------------------------------------

    def build(self, sheet: Sheet, section: Section) -> None:
        """Another section, or other rows of it."""
        self._section, self._rows = section, sheet.rows(section)
        self.editors, self._grids = {}, []
        inner = QFrame(self)
        inner.setObjectName("panel")
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 8, 16, 8)
        identities = sheet.identities
        for row in self._rows:
            if row:
                column.addLayout(self._row_head(section, row, inner))
            grid = QGridLayout()
            grid.setHorizontalSpacing(16)
            grid.setVerticalSpacing(4)
            for number in range(_COLUMNS):
                grid.setColumnStretch(number, 1)
            made = [self._editor(Slot(section, f, row), identities, inner) for f in section.fields]
            self._grids.append((grid, made, []))
            column.addLayout(grid)
        if section.rows:
            column.addWidget(self._more(inner), 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        old = self.takeWidget()
        if old is not None:
            old.deleteLater()
        self.setWidget(inner)
        self.show_values(sheet)

    def _editor(self, slot: Slot, identities: frozenset[str], parent: QWidget) -> FieldEditor:
        editor = FieldEditor(self._bench, slot, slot.key in identities, parent)
        editor.edited.connect(self.edited)
        editor.entered.connect(self._entered)
        self.editors[slot.key] = editor
        return editor

    def _row_head(self, section: Section, row: int, parent: QWidget) -> QHBoxLayout:
        words = f"{section.zh if self._bench.language.startswith('zh') else section.en} {row}"
        title = QLabel(words, parent)
        title.setObjectName("heading")
        remove = QPushButton(self.tr("Remove"), parent)
        remove.setObjectName("small")
        remove.setAccessibleName(self.tr("Remove {0}").format(words))
        remove.setProperty("row", row)
        remove.clicked.connect(self._remove)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(remove)
        return head

    def _more(self, parent: QWidget) -> QPushButton:
        more = QPushButton(self.tr("One more"), parent)
        more.setAccessibleName(more.text())
        more.clicked.connect(self.row_wanted)
        return more

    def _remove(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.row_unwanted.emit(int(sender.property("row")))

    # -- showing ---------------------------------------------------------------------------------------

    def show_values(self, sheet: Sheet) -> None:
        """What stands in the draft now; fields that are not asked are not there."""
        section = self._section
        if section is None or section is not sheet.section:
            return
        if sheet.rows(section) != self._rows:
            self.build(sheet, section)  # somebody was added on the left
            return
        assessment = sheet.assessment
        tried = section.id in sheet.tried
        for grid, editors, shown in self._grids:
            asked = [editor.slot.field.is_asked(assessment.facts(editor.slot)) for editor in editors]
            if asked != shown:
                shown[:] = asked
                _arrange(grid, editors, asked)
            for editor in editors:
                key = editor.slot.key
                mandatory = editor.slot.field.is_mandatory(assessment.facts(editor.slot))
                editor.show_value(sheet.value(key), mandatory=mandatory, wrong=self._wrong(sheet, key, editor, tried))

    def _wrong(self, sheet: Sheet, key: str, editor: FieldEditor, tried: bool) -> str:
        """A sentence while somebody is still typing would be impatient; once NEXT was pressed it is not."""
        error = sheet.assessment.wrong.get(key)
        if error is not None and (tried or not editor.control.widget().hasFocus()):
            text = error_text(error, self._bench.language)
            return f"{text.what} {text.next}"
        if not tried:
            return ""
        field = editor.slot.field
        if key in sheet.assessment.blank:
            return error_text(BadInput("INT-101", zh=field.zh, en=field.en), self._bench.language).what
        if key in sheet.unreasoned:
            text = error_text(BadInput("INT-107", zh=field.zh, en=field.en), self._bench.language)
            return f"{text.what} {text.next}"
        return ""

    def point_at(self, key: str) -> None:
        """The keyboard goes to this field."""
        editor = self.editors.get(key)
        if editor is not None:
            editor.take_focus()
            self.ensureWidgetVisible(editor)

    def begin(self) -> None:
        """The keyboard goes to the first field that can be typed into."""
        for editor in self._visible():
            if not editor.locked:
                editor.take_focus()
                return

    def _visible(self) -> list[FieldEditor]:
        return [e for _, editors, shown in self._grids for e, asked in zip(editors, shown, strict=True) if asked]

    def _entered(self, key: str) -> None:
        order = self._visible()
        places = [number for number, editor in enumerate(order) if editor.slot.key == key]
        following = [editor for editor in order[places[0] + 1 :] if not editor.locked] if places else []
        if following:
            following[0].take_focus()
        else:
            self.finished.emit()


def _arrange(grid: QGridLayout, editors: list[FieldEditor], asked: list[bool]) -> None:
    """Those that are asked, two in a row, the wide ones alone; in reading order."""
    row = column = 0
    for editor, visible in zip(editors, asked, strict=True):
        grid.removeWidget(editor)
        editor.setVisible(visible)
        if not visible:
            continue
        if editor.wide and column:
            row, column = row + 1, 0
        grid.addWidget(editor, row, column, 1, _COLUMNS if editor.wide else 1, Qt.AlignmentFlag.AlignTop)
        row, column = (row + 1, 0) if editor.wide or column else (row, 1)

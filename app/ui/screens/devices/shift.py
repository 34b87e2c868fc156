"""班前点检: the list to go through and sign; shown as due, never in the way."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.desk.roster import RosterRow
from app.domain.shift import LONGEST_NOTE, CheckAnswer, CheckItem, ShiftCheck
from app.ui.bench import Bench
from app.ui.screens.devices.words import state_shape, state_token, state_word
from app.ui.widgets.buttons import KeyButton
from app.ui.words import icon


class _Line:
    """One item's widgets."""

    def __init__(self, item: CheckItem, language: str, parent: QWidget) -> None:
        self.item = item
        self.words = QLabel(item.text(language), parent)
        self.words.setWordWrap(True)
        self.sign = QLabel(parent)
        self.good = QRadioButton(parent)
        self.bad = QRadioButton(parent)
        self.group = QButtonGroup(parent)
        self.note = QLineEdit(parent)
        self.note.setMaxLength(LONGEST_NOTE)
        for button in (self.good, self.bad):
            self.group.addButton(button)
            button.setMinimumHeight(40)

    def answer(self) -> CheckAnswer | None:
        """None until a button was chosen."""
        if not (self.good.isChecked() or self.bad.isChecked()):
            return None
        return CheckAnswer(self.item.id, self.good.isChecked(), self.note.text())

    def clear(self) -> None:
        """For the next shift."""
        self.group.setExclusive(False)
        for button in (self.good, self.bad):
            button.setChecked(False)
        self.group.setExclusive(True)
        self.note.clear()


class ShiftPanel(QFrame):
    """``to_sign`` carries the answers given so far; what is missing the desk says."""

    to_sign = Signal(object)  # tuple[CheckAnswer, …]
    left = Signal()

    def __init__(self, bench: Bench, items: tuple[CheckItem, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._bench = bench
        title = QLabel(self.tr("Shift-start check"), self)
        title.setObjectName("title")
        self.said = QLabel(self)
        self.said.setObjectName("muted")
        self.lines = [_Line(item, bench.language, self) for item in items]
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(4, 2)
        for row, line in enumerate(self.lines):
            self._place(grid, row, line)
        self.all_good = KeyButton(self.tr("All good"), "F7", self)
        self.back = KeyButton(self.tr("Back"), "Escape", self)
        self.sign = KeyButton(self.tr("Sign"), "Ctrl+S", self)
        self.sign.setObjectName("next")
        lower = QHBoxLayout()
        lower.addWidget(self.back)
        lower.addStretch(1)
        lower.addWidget(self.all_good)
        lower.addWidget(self.sign)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.addWidget(title)
        column.addWidget(self.said)
        column.addLayout(grid)
        column.addStretch(1)
        column.addLayout(lower)
        self.sign.clicked.connect(self._sign)
        self.back.clicked.connect(self.left)
        self.all_good.clicked.connect(self._all_good)

    def _place(self, grid: QGridLayout, row: int, line: _Line) -> None:
        line.good.setText(self.tr("Good"))
        line.bad.setText(self.tr("Faulty"))
        line.note.setPlaceholderText(self.tr("what is wrong, what was done"))
        line.note.setAccessibleName(self.tr("Note: {0}").format(line.words.text()))
        for button in (line.good, line.bad):
            button.setAccessibleName(f"{button.text()}: {line.words.text()}")
        for column, widget in enumerate((line.sign, line.words, line.good, line.bad, line.note)):
            grid.addWidget(widget, row, column)

    def show_rows(self, rows: tuple[RosterRow, ...]) -> None:
        """The devices' own states beside their items."""
        known = {row.kind.id: row for row in rows}
        for line in self.lines:
            row = known.get(line.item.kind)
            line.sign.setVisible(row is not None)
            if row is not None:
                colour = self._bench.theme.colours[state_token(row)]
                line.sign.setPixmap(icon(state_shape(row), colour).pixmap(22, 22))
                line.sign.setToolTip(state_word(row.standing))

    def show_last(self, last: ShiftCheck | None, *, due: bool) -> None:
        """Whether it is due, and who signed last."""
        if last is None:
            self.said.setText(self.tr("No check has been signed on this computer yet."))
            return
        words = self.tr("Last signed {0} by {1}.").format(f"{last.signed.astimezone():%Y-%m-%d %H:%M}", last.officer)
        if not last.all_good:
            words += "  " + self.tr("Faults were noted.")
        self.said.setText(words + ("  " + self.tr("It is time to look again.") if due else ""))

    def _all_good(self) -> None:
        for line in self.lines:
            if line.answer() is None:
                line.good.setChecked(True)

    def _sign(self) -> None:
        self.to_sign.emit(tuple(a for a in (line.answer() for line in self.lines) if a is not None))

    def clear(self) -> None:
        """Signed: the next check begins empty."""
        for line in self.lines:
            line.clear()

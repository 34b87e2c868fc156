"""Under the checks: whether the applicant signed and what became of the fee, each with the key that leads there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from app.domain.money import yuan
from app.ui.bench import Bench
from app.ui.screens.intake.sheet import Sheet
from app.ui.widgets.buttons import KeyButton
from app.ui.words import fee_icon, fee_word, icon


class FinishBar(QFrame):
    """Neither stands in the way of accepting: not every matter is signed for or paid at the window."""

    sign_wanted = Signal()
    fee_wanted = Signal()

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._bench = bench
        self.signed, self.fee = QLabel(self), QLabel(self)
        self._signs = (QLabel(self), QLabel(self))
        self.sign = KeyButton(self.tr("Have it signed"), "F5", self)
        self.pay = KeyButton(self.tr("Fee"), "F12", self)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 8, 16, 8)
        grid.setColumnStretch(1, 1)
        for row, parts in enumerate(((self._signs[0], self.signed, self.sign), (self._signs[1], self.fee, self.pay))):
            for column, part in enumerate(parts):
                grid.addWidget(part, row, column)
            parts[1].setWordWrap(True)
        self.sign.clicked.connect(self.sign_wanted)
        self.pay.clicked.connect(self.fee_wanted)

    def show_sheet(self, sheet: Sheet) -> None:
        """As the case stands."""
        signed = sheet.signed
        if signed is None:
            self._line(0, self.signed, "mdi6.draw", "unknown", self.tr("Nobody has signed yet."))
        elif signed.current:
            when = f"{signed.paper.taken.astimezone():%H:%M}"
            self._line(0, self.signed, "mdi6.check-circle", "pass", self.tr("Signed at {0}.").format(when))
        else:
            words = self.tr("The form was changed after it was signed. Have it signed again.")
            self._line(0, self.signed, "mdi6.alert", "warn", words)
        order = sheet.fee
        if sheet.matter.fees == ():
            self._line(1, self.fee, "mdi6.check-circle", "pass", self.tr("This matter costs nothing."))
        elif order is None:
            self._line(1, self.fee, "mdi6.cash", "unknown", self.tr("No payment has been asked for."))
        else:
            self._line(1, self.fee, *fee_icon(order), f"{fee_word(order)}　{yuan(order.demand.total_fen)} 元")
        self.pay.setVisible(sheet.matter.fees != ())
        self.pay.setEnabled(bool(sheet.applicant()[0]))
        self.pay.setToolTip("" if self.pay.isEnabled() else self.tr("First who is to pay: the applicant's name."))

    def _line(self, row: int, label: QLabel, name: str, token: str, words: str) -> None:
        self._signs[row].setPixmap(icon(name, self._bench.theme.colours[token]).pixmap(24, 24))
        label.setText(words)

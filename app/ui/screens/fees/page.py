"""缴费: left what is to be paid, right the code to pay with and what the finance system says of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.config.texts import error_text
from app.domain.errors import WorkstationError
from app.domain.fees import OPEN, FeeOrder, FeeState
from app.domain.matters.matter import FeeItem
from app.domain.money import yuan
from app.domain.printing import PrintJob
from app.ui.bench import Bench
from app.ui.screens.fees.model import FeeModel, FeeSubject
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.confirm_bar import ConfirmBar
from app.ui.widgets.picture_view import PictureView
from app.ui.words import fee_advice, fee_icon, fee_word, icon, print_told

_CODE_PX = 300
_CODE = Qt.ItemDataRole.UserRole


class FeePage(QWidget):
    """``left``: Esc, or the fee is paid and the officer goes on. The order stays; nothing is undone by leaving."""

    left = Signal()

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self.model = FeeModel(bench)
        self.title = QLabel(self)
        self.title.setObjectName("heading")
        self.question = ConfirmBar(self)
        self.list = QListWidget(self)
        self.list.setObjectName("entries")
        self.list.setAccessibleName(self.tr("Fee items"))
        self.list.setWordWrap(True)
        self.total = QLabel(self)
        self.total.setObjectName("title")
        self._sign = QLabel(self)
        self.state = QLabel(self)
        self.state.setObjectName("title")
        self.advice = QLabel(self)
        self.advice.setWordWrap(True)
        self.picture = PictureView(self, ground=bench.theme.colours["panel"], ink=bench.theme.colours["muted"])
        self.picture.setAccessibleName(self.tr("Code to pay with"))
        self.picture.setMinimumSize(_CODE_PX, _CODE_PX)
        self.code = QLabel(self)
        self.code.setObjectName("asked")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts = QLabel(self)
        self.facts.setWordWrap(True)
        self.told = QLabel(self)
        self.told.setObjectName("heading")
        self.told.setWordWrap(True)
        self.back = KeyButton(self.tr("Back to the case"), "Escape", self)
        self.cancel = KeyButton(self.tr("Cancel the order"), "Ctrl+D", self)
        self.notice = KeyButton(self.tr("Print payment notice"), "F6", self)
        self.bill = KeyButton(self.tr("Print bill"), "F7", self)
        self.next = KeyButton(self.tr("Ask for the payment code"), "F2", self)
        self.next.setObjectName("next")
        self._lay_out()
        self.list.itemChanged.connect(self._ticked)
        self.back.clicked.connect(self._leave)
        self.next.clicked.connect(self._advance)
        self.cancel.clicked.connect(self._ask_to_cancel)
        self.notice.clicked.connect(self.model.print_notice)
        self.bill.clicked.connect(self.model.print_bill)
        self.model.changed.connect(self._show)
        self.model.printed.connect(self._show_printed)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(self.total)
        panel = QFrame(self)
        panel.setObjectName("panel")
        right = QVBoxLayout(panel)
        right.setContentsMargins(24, 16, 24, 16)
        right.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self._sign)
        top.addWidget(self.state, 1)
        right.addLayout(top)
        right.addWidget(self.advice)
        right.addWidget(self.picture, 1)
        right.addWidget(self.code, 0, Qt.AlignmentFlag.AlignHCenter)
        right.addWidget(self.facts)
        right.addWidget(self.told)
        row = QHBoxLayout()
        row.addLayout(left, 2)
        row.addWidget(panel, 3)
        lower = QHBoxLayout()
        for button in (self.back, self.cancel, self.notice, self.bill):
            lower.addWidget(button)
        lower.addStretch(1)
        lower.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.question)
        column.addWidget(self.title)
        column.addLayout(row, 1)
        column.addLayout(lower)

    def open(self, subject: FeeSubject) -> None:
        """The fee of a draft or case."""
        self.told.clear()
        self.question.drop()
        self.title.setText(subject.title)
        self.model.open(subject)
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Another case, or nobody."""
        self.model.forget()
        self.question.drop()
        self.told.clear()
        self.title.clear()
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page or screen: whoever sits before the applicant's screen now has nothing to pay."""
        super().hideEvent(event)
        self._bench.stage.clear()

    def showEvent(self, event: QShowEvent) -> None:
        """Back again: what is to be paid is shown once more."""
        super().showEvent(event)
        self.model.show_face()

    # -- showing ---------------------------------------------------------------------------------------

    def _show(self) -> None:
        model = self.model
        standing = model.standing
        self._show_items(standing.demand.items if standing is not None else model.items, standing is None)
        self.total.setText(self.tr("Together {0} yuan").format(yuan(model.total_fen)))
        self._show_order(model.order)
        order = model.order
        self.cancel.setEnabled(order is not None and order.state in OPEN and not order.cancel_wanted and not model.busy)
        self.notice.setEnabled(model.payable and not model.busy)
        self.bill.setVisible(order is not None and order.state is FeeState.PAID)
        self.bill.setEnabled(order is not None and bool(order.bill) and not model.busy)
        self.next.set_words(self._next_words())
        ready = standing is not None or not model.items or bool(model.chosen)
        self.next.setEnabled(model.subject is not None and ready and not model.busy)

    def _next_words(self) -> str:
        standing = self.model.standing
        if standing is None:
            return self.tr("Ask for the payment code") if self.model.items else self.tr("Ask for the items")
        return self.tr("Go on with the case") if standing.state is FeeState.PAID else self.tr("Check now")

    def _show_items(self, items: tuple[FeeItem, ...], free: bool) -> None:
        """Built anew only where the items differ, so that a tick keeps the keyboard."""
        self.list.blockSignals(True)
        known = [self.list.item(row).data(_CODE) for row in range(self.list.count())]
        if known != [item.code for item in items]:
            self.list.clear()
            for item in items:
                entry = QListWidgetItem(f"{item.name}\n{yuan(item.fen)} 元", self.list)
                entry.setData(_CODE, item.code)
        for row in range(self.list.count()):
            entry = self.list.item(row)
            ticked = not free or entry.data(_CODE) in self.model.chosen
            entry.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
            entry.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable if free else flags)
        self.list.blockSignals(False)

    def _show_order(self, order: FeeOrder | None) -> None:
        colours = self._bench.theme.colours
        if order is None:
            self._sign.clear()
            self.state.setText(self.tr("Nothing ordered yet"))
            self.advice.setText(self.tr("Tick what is to be paid, then ask for the payment code."))
            self.code.clear()
            self.facts.clear()
            self.picture.set_image(None)
            self.picture.set_sentence("")
            return
        name, token = fee_icon(order)
        self._sign.setPixmap(icon(name, colours[token]).pixmap(36, 36))
        self.state.setText(fee_word(order))
        trouble = error_text(WorkstationError(order.error), self._bench.language).what if order.error else ""
        self.advice.setText(f"{fee_advice(order)} {trouble}".strip())
        payable, slip = self.model.payable, order.slip
        self.picture.set_image(self.model.qr if payable else None)
        self.picture.set_sentence(self.tr("Being drawn…") if payable and self.model.qr is None else "")
        self.code.setText(_in_fours(slip.code) if payable and slip is not None else "")
        self.facts.setText("\n".join(self._facts(order)))

    def _facts(self, order: FeeOrder) -> list[str]:
        slip = order.slip
        facts = []
        if slip is not None and order.state in OPEN:
            facts += [self.tr("To: {0}").format(slip.unit_name), self.tr("Pay until: {0}").format(slip.deadline)]
        if order.paid_at is not None:
            facts.append(self.tr("Paid at: {0}").format(f"{order.paid_at.astimezone():%Y-%m-%d %H:%M:%S}"))
        if order.state is FeeState.PAID:
            facts.append(self.tr("Bill: {0}").format(order.bill or self.tr("not here yet, it is fetched by itself")))
        return facts

    def _show_printed(self, job: PrintJob) -> None:
        self.told.setText(print_told(job, self._bench.language))

    # -- doing -----------------------------------------------------------------------------------------

    def _ticked(self, entry: QListWidgetItem) -> None:
        self.model.choose(str(entry.data(_CODE)), entry.checkState() is Qt.CheckState.Checked)

    def _advance(self) -> None:
        model, standing = self.model, self.model.standing
        if standing is not None and standing.state is FeeState.PAID:
            self._leave()
        elif standing is not None:
            model.check_now()
        elif model.items:
            model.ask_for_code()
        elif model.subject is not None:
            model.open(model.subject)

    def _ask_to_cancel(self) -> None:
        self.question.ask(
            self.tr("Cancel this order? Its code must not be paid with any more."),
            self.tr("Cancel the order"),
            self.tr("Keep"),
            self.model.cancel,
        )

    def _leave(self) -> None:
        self.forget()
        self.left.emit()


def _in_fours(code: str) -> str:
    """``33020026000000012345`` → groups of four, as it is read aloud."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))

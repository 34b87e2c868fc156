"""A case's fee as the window works it: what may be ordered, the order as it stands, asked again while it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from app.config.texts import Coded
from app.desk.fees import PAYABLE, FeeFor
from app.domain.cases.case import Case, PersonRole
from app.domain.errors import BadInput
from app.domain.fees import OPEN, STANDING, FeeOrder, FeeState, Payer
from app.domain.matters.matter import FeeItem
from app.domain.money import yuan
from app.ui.applicant_stage import PaymentFace
from app.ui.bench import Bench

_LOOK_MS = 2000


@dataclass(frozen=True)
class FeeSubject:
    """Whose fee. ``items`` None: the collecting unit's own list is asked for."""

    id: str  # of the draft, which is the case's
    serial: str  # the case's number, "" = none yet
    title: str
    payer: Payer
    items: tuple[FeeItem, ...] | None

    @classmethod
    def of_case(cls, case: Case, matter: str, items: tuple[FeeItem, ...] | None) -> FeeSubject:
        """A case that has its number: its applicant pays."""
        applicant = case.content.person(PersonRole.APPLICANT)
        payer = Payer("") if applicant is None else Payer(applicant.name, applicant.id_number, applicant.phone)
        return cls(case.id, case.number, f"{case.number}　{matter}", payer, items)


class FeeModel(QObject):
    """GUI thread. ``changed``: look at everything again; ``printed`` carries the PrintJob."""

    changed = Signal()
    printed = Signal(object)

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self.subject: FeeSubject | None = None
        self.items: tuple[FeeItem, ...] = ()
        self.chosen: frozenset[str] = frozenset()
        self.order: FeeOrder | None = None
        self.qr: QImage | None = None
        self.busy = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        bench.desk_closed.connect(self.forget)

    def forget(self) -> None:
        """The page is left: nobody's money stays in front of the next person."""
        self._timer.stop()
        self.subject, self.order, self.qr, self.busy = None, None, None, False
        self.items, self.chosen = (), frozenset()
        self._bench.stage.clear()

    # -- what stands -----------------------------------------------------------------------------------

    @property
    def total_fen(self) -> int:
        """Of what is chosen, or of the standing order."""
        if self.standing is not None:
            return self.standing.demand.total_fen
        return sum(item.fen for item in self.items if item.code in self.chosen)

    @property
    def standing(self) -> FeeOrder | None:
        """The order nothing else may be ordered beside."""
        order = self.order
        return order if order is not None and order.state in STANDING else None

    @property
    def payable(self) -> bool:
        """Whether there is a code to pay with now."""
        order = self.order
        return order is not None and order.state in PAYABLE and not order.cancel_wanted and order.slip is not None

    # -- reading ---------------------------------------------------------------------------------------

    def open(self, subject: FeeSubject) -> None:
        """The last order, and what may be ordered."""
        self.forget()
        self.subject = subject
        fees = self._bench.desk.fees
        self.changed.emit()
        self._ask(lambda: fees.orders(subject.id), lambda orders: self._ordered_before(orders[-1] if orders else None))

    def _ordered_before(self, order: FeeOrder | None) -> None:
        self._know(order)
        subject, fees = self.subject, self._bench.desk.fees
        if subject is None or self.standing is not None:
            return
        if subject.items is not None:
            self._items_known(subject.items)
        elif not fees.configured:
            self._bench.refused.emit(BadInput("FEE-120"))
        else:
            self._ask(fees.items, self._items_known)

    def _items_known(self, items: tuple[FeeItem, ...]) -> None:
        self.items = items
        self.chosen = frozenset(item.code for item in items) if len(items) == 1 else frozenset()
        self.changed.emit()

    def choose(self, code: str, chosen: bool) -> None:
        """One item more or less."""
        self.chosen = self.chosen | {code} if chosen else self.chosen - {code}
        self.changed.emit()

    def look(self) -> None:
        """What the line to the finance system has found out by itself meanwhile; read from the disk."""
        order = self.order
        if order is None or self.busy or self._bench.opened is None:
            return
        fees = self._bench.desk.fees
        self._bench.ask(lambda: fees.fee_order(order.id), self._looked)

    def _looked(self, order: FeeOrder) -> None:
        if self.order is not None and order.id == self.order.id and order != self.order and not self.busy:
            self._know(order)

    def _know(self, order: FeeOrder | None) -> None:
        """Show it; its code is drawn once, and gone as soon as nothing is to be paid."""
        before, self.order = self.order, order
        same = before is not None and order is not None and before.id == order.id
        if not self.payable or not same:
            self.qr = None
        if order is not None and order.state in OPEN | {FeeState.PAID}:
            self._timer.start()
        else:
            self._timer.stop()
        self._show()
        if order is not None and self.payable and self.qr is None:
            fees = self._bench.desk.fees
            self._bench.ask(lambda: QImage.fromData(fees.qr(order.id)), lambda image: self._drawn(order.id, image))

    def _drawn(self, order_id: str, image: QImage) -> None:
        if self.order is not None and self.order.id == order_id and self.payable:
            self.qr = image
            self._show()

    def _show(self) -> None:
        """To the officer, and to the applicant without a name."""
        self.changed.emit()
        self.show_face()

    def show_face(self) -> None:
        """On the applicant's screen: what is paid for, and the code while it can be paid with."""
        order = self.order
        if order is None or self.subject is None:
            return
        slip = order.slip
        lines = tuple((item.name, f"{yuan(item.fen)} 元") for item in order.demand.items)
        total = f"{yuan(order.demand.total_fen)} 元"
        unit, deadline = (slip.unit_name, slip.deadline) if slip is not None else ("", "")
        self._bench.stage.show_face(PaymentFace(order.state, lines, total, unit, deadline, self.qr))

    # -- doing -----------------------------------------------------------------------------------------

    def ask_for_code(self) -> None:
        """下单; pressed ten times, one order."""
        subject, fees = self.subject, self._bench.desk.fees
        if subject is None or self.standing is not None:
            return
        items = tuple(item for item in self.items if item.code in self.chosen)
        wanted = FeeFor(subject.id, subject.serial, subject.payer, items)
        self._ask(lambda: fees.order(wanted), self._know)

    def check_now(self) -> None:
        """Ask the finance system this moment."""
        order, fees = self.order, self._bench.desk.fees
        if order is not None:
            self._ask(lambda: fees.refresh(order.id), self._know)

    def cancel(self) -> None:
        """After the officer was asked. What may be ordered anew is offered again."""
        order, fees = self.order, self._bench.desk.fees
        if order is not None:
            self._ask(lambda: fees.cancel(order.id), self._ordered_before)

    def print_notice(self) -> None:
        """缴款通知 on the receipt printer, once for each press."""
        order, fees = self.order, self._bench.desk.fees
        if order is not None and self.payable:
            self._ask(lambda: fees.print_notice(order.id), self.printed.emit)

    def print_bill(self) -> None:
        """财政电子票据 on A4, once for each press."""
        order, fees = self.order, self._bench.desk.fees
        if order is not None and order.bill:
            self._ask(lambda: fees.print_bill(order.id), self.printed.emit)

    def _ask(self, question: Callable[[], object], answer: Callable[..., object]) -> None:
        """One thing at a time, and nothing of a subject that was left meanwhile."""
        if self.busy:
            return
        subject = self.subject
        self._set_busy(True)

        def answered(given: object) -> None:
            if self.subject is subject:
                self._set_busy(False)
                answer(given)

        def refused(error: Coded) -> None:
            if self.subject is subject:
                self._set_busy(False)
            self._bench.refused.emit(error)

        self._bench.ask(question, answered, refused)

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.changed.emit()

"""公安非税 at the desk: order → code and QR → paid, unknown or over by the finance system's word → its bill."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from app.desk.page_queue import PageQueue
from app.desk.place import DeskPlace
from app.desk.tickets import TicketDesk
from app.domain.audit import Access, AuditEvent
from app.domain.errors import BadInput, NotAllowed
from app.domain.fees import OPEN, ElectronicBill, FeeDemand, FeeOrder, FeeState, Payer
from app.domain.matters.matter import FeeItem
from app.domain.money import yuan
from app.domain.printing import PrintJob
from app.printing.codes import qr_png
from app.printing.tickets import PaymentItem, PaymentNoticeFacts
from app.store.store import Store
from app.sync.fees import FeeRound
from app.sync.fiscal import CollectingUnit, FiscalClient
from app.sync.loop import SyncLoop, SyncState

# The code of these is still to be paid with; of no others is it shown or printed.
PAYABLE = frozenset({FeeState.CREATED, FeeState.UNKNOWN})
_ANY_CHANNEL = ("全国统一缴款渠道",)  # L11022

_Answer = TypeVar("_Answer")


@dataclass(frozen=True)
class FeeLine:
    """The way to the finance system: one question now, and the loop that asks by itself."""

    round: FeeRound
    loop: SyncLoop


@dataclass(frozen=True)
class FeeFor:
    """What a fee is for. ``subject_id``: of the draft or the case; ``serial``: the case's number, "" = none yet."""

    subject_id: str
    serial: str
    payer: Payer
    items: tuple[FeeItem, ...]
    purpose: str = ""


class FeeDesk:
    """Thread: any; blocks as long as the gateway's own deadlines. Raises what the store raises.

    What keeps the finance system from answering is never raised: the order's ``error`` says it, its state stays honest.
    """

    def __init__(self, store: Store, line: FeeLine | None, tickets: TicketDesk, pages: PageQueue, place: DeskPlace) -> None:
        self._rows = store.fees
        self._audit = store.audit
        self._line = line
        self._tickets = tickets
        self._pages = pages
        self._place = place

    @property
    def configured(self) -> bool:
        """Whether a gateway is set up at all."""
        return self._line is not None

    def state(self) -> SyncState | None:
        """How the line stands; None without a gateway."""
        return None if self._line is None else self._line.loop.state

    # -- one order -------------------------------------------------------------------------------------

    def order(self, wanted: FeeFor) -> FeeOrder:
        """The order on the disk, then asked for at once. However often it is pressed: one standing order.

        Raises BadInput FEE-120 without a gateway, FEE-102, FEE-103; NotAllowed FEE-104 for other items than ordered.
        """
        line = self._require_line()
        demand = FeeDemand(
            case_id=wanted.subject_id,
            serial=wanted.serial or wanted.subject_id,
            payer=wanted.payer,
            items=wanted.items,
            officer=self._place.officer.account,
            station=self._place.station(),
            purpose=wanted.purpose,
        )
        order = self._rows.place(demand)
        return line.round.ask(order.id) if order.state is FeeState.ASKED else order

    def refresh(self, order_id: str) -> FeeOrder:
        """Asked now, whatever the next turn would be. Raises BadInput FEE-120."""
        return self._require_line().round.ask(order_id)

    def cancel(self, order_id: str) -> FeeOrder:
        """Cancelled where the finance system says so, or wanted so until it does.

        Raises NotAllowed FEE-105 for an order that is paid or over, BadInput FEE-120.
        """
        line = self._require_line()
        order = self._rows.want_cancelled(order_id)
        return line.round.ask(order_id) if order.state in OPEN else order

    def _require_line(self) -> FeeLine:
        if self._line is None:
            raise BadInput("FEE-120")
        return self._line

    def orders(self, subject_id: str) -> tuple[FeeOrder, ...]:
        """Every order of a draft or case, oldest first."""
        return self._rows.of_case(subject_id)

    def fee_order(self, order_id: str) -> FeeOrder:
        """Raises StoreFault STO-110."""
        return self._rows.order(order_id)

    def order_of_serial(self, serial: str) -> str:
        """The id of the order with that 业务编号, "" when there is none."""
        return self._rows.id_of_serial(serial)

    def recent(self, limit: int = 200) -> tuple[FeeOrder, ...]:
        """The latest orders, newest first."""
        return self._rows.recent(limit)

    # -- on the screen and on paper --------------------------------------------------------------------

    def qr(self, order_id: str) -> bytes:
        """PNG of the code to pay with, with its quiet zone. Raises NotAllowed FEE-108 when there is nothing to pay."""
        slip = self._payable(order_id).slip
        if slip is None:
            raise NotAllowed("FEE-108")
        return qr_png(slip.qr or slip.code)

    def preview_notice(self, order_id: str) -> bytes:
        """PNG of the 缴款通知 as it would be printed next. Raises NotAllowed FEE-108, BadInput PRN-13x."""
        return self._tickets.preview_payment_notice(self._notice(order_id))

    def print_notice(self, order_id: str) -> PrintJob:
        """On the receipt printer; again is 补打 with the same code, and only by the officer's own press.

        Raises NotAllowed FEE-108 once it is paid, cancelled or overdue: nobody is to pay again; BadInput PRN-105, PRN-13x.
        """
        with self._audit.doing(Access(AuditEvent.NOTICE_PRINTED, order_id)):
            return self._tickets.print_payment_notice(self._notice(order_id))

    def bill(self, order_id: str) -> ElectronicBill:
        """财政电子票据. Raises NotAllowed FEE-106 while there is none."""
        return self._rows.bill(order_id)

    def print_bill(self, order_id: str) -> PrintJob:
        """The very file on A4, once for each press. Raises NotAllowed FEE-106, BadInput PRN-149."""
        with self._audit.doing(Access(AuditEvent.BILL_PRINTED, order_id)):
            bill = self._rows.bill(order_id)
            return self._pages.submit(f"{order_id} e-bill", "E-BILL", lambda copy: bill.pdf)

    def _payable(self, order_id: str) -> FeeOrder:
        order = self._rows.order(order_id)
        if order.state not in PAYABLE or order.cancel_wanted or order.slip is None:
            raise NotAllowed("FEE-108")
        return order

    def _notice(self, order_id: str) -> PaymentNoticeFacts:
        order = self._payable(order_id)
        slip, demand = order.slip, order.demand
        if slip is None:
            raise NotAllowed("FEE-108")
        return PaymentNoticeFacts(
            serial=demand.serial,
            unit=demand.station.station_name,
            code=slip.code,
            collecting_unit=slip.unit_name,
            items=tuple(PaymentItem(item.name, f"{yuan(item.fen)} 元", 1, item.fen) for item in demand.items),
            issued=f"{order.created:%Y-%m-%d %H:%M}",
            deadline=slip.deadline,
            window=demand.station.terminal_number,
            officer=demand.officer,
            channels=slip.channels or _ANY_CHANNEL,
            payer=demand.payer.name,
            qr=slip.qr,
            check_code=slip.check_code,
        )

    # -- the collecting unit ---------------------------------------------------------------------------

    def unit(self) -> CollectingUnit:
        """执收单位信息查询. Raises BadInput FEE-120, NetworkFault FEE-12x."""
        return self._asked(lambda client: client.unit())

    def items(self) -> tuple[FeeItem, ...]:
        """执收单位项目查询. Raises BadInput FEE-120, NetworkFault FEE-12x."""
        return self._asked(lambda client: client.items())

    def fetch_signature_template(self) -> str:
        """单位电子签名原文模板查询: by hand, when there is a new one. Open orders are signed by it from now on."""
        text = self._asked(lambda client: client.signature_template())
        self._rows.keep_signature_template(text)
        return text

    def _asked(self, question: Callable[[FiscalClient], _Answer]) -> _Answer:
        return self._require_line().round.call(question)

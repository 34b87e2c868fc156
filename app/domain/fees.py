"""公安非税: a payment order and its life as one table; money in whole fen, unknown is neither paid nor failed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from app.domain.errors import BadInput, NotAllowed
from app.domain.matters.filling import MOST_FEN, MOST_ROWS
from app.domain.matters.matter import FeeItem
from app.domain.records import Station


class FeeState(Enum):
    """``ASKED``: on this disk, the finance system has not given a code. ``CREATED``: it has, nobody has paid yet.

    ``UNKNOWN``: it has, and nobody can say now whether it is paid. ``REFUSED``: the finance system does not take the order.
    """

    ASKED = "asked"
    CREATED = "created"
    UNKNOWN = "unknown"
    PAID = "paid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REFUSED = "refused"


class FeeEvent(Enum):
    """What can become known of an order. Everything that is *said* is the finance system's word."""

    CODE_GIVEN = "code_given"
    NO_WORD = "no_word"  # no answer, or one that says neither paid nor unpaid
    SAID_UNPAID = "said_unpaid"
    SAID_PAID = "said_paid"
    SAID_EXPIRED = "said_expired"
    SAID_CANCELLED = "said_cancelled"
    SAID_NO = "said_no"  # the order is not taken as it is
    WITHDRAWN = "withdrawn"  # the officer, before a byte was sent


_S, _E = FeeState, FeeEvent

# No event but the finance system's own word leads to PAID, and no way leads away from it. Its word that something is paid
# counts also after it had said expired or cancelled: money that came in is never denied.
TRANSITIONS: dict[tuple[FeeState, FeeEvent], FeeState] = {
    (_S.ASKED, _E.CODE_GIVEN): _S.CREATED,
    (_S.ASKED, _E.NO_WORD): _S.ASKED,
    (_S.ASKED, _E.SAID_NO): _S.REFUSED,
    (_S.ASKED, _E.WITHDRAWN): _S.CANCELLED,
    (_S.CREATED, _E.SAID_UNPAID): _S.CREATED,
    (_S.CREATED, _E.NO_WORD): _S.UNKNOWN,
    (_S.CREATED, _E.SAID_PAID): _S.PAID,
    (_S.CREATED, _E.SAID_EXPIRED): _S.EXPIRED,
    (_S.CREATED, _E.SAID_CANCELLED): _S.CANCELLED,
    (_S.UNKNOWN, _E.SAID_UNPAID): _S.CREATED,
    (_S.UNKNOWN, _E.NO_WORD): _S.UNKNOWN,
    (_S.UNKNOWN, _E.SAID_PAID): _S.PAID,
    (_S.UNKNOWN, _E.SAID_EXPIRED): _S.EXPIRED,
    (_S.UNKNOWN, _E.SAID_CANCELLED): _S.CANCELLED,
    (_S.EXPIRED, _E.SAID_EXPIRED): _S.EXPIRED,
    (_S.EXPIRED, _E.SAID_PAID): _S.PAID,
    (_S.EXPIRED, _E.NO_WORD): _S.EXPIRED,
    (_S.CANCELLED, _E.SAID_CANCELLED): _S.CANCELLED,
    (_S.CANCELLED, _E.SAID_PAID): _S.PAID,
    (_S.CANCELLED, _E.NO_WORD): _S.CANCELLED,
    (_S.PAID, _E.SAID_PAID): _S.PAID,
    (_S.PAID, _E.NO_WORD): _S.PAID,
}

# A case has at most one of these for one purpose; after the others a fresh order may be made.
STANDING = frozenset({FeeState.ASKED, FeeState.CREATED, FeeState.UNKNOWN, FeeState.PAID})
# These are asked about again and again.
OPEN = frozenset({FeeState.ASKED, FeeState.CREATED, FeeState.UNKNOWN})


def step(state: FeeState, event: FeeEvent) -> FeeState:
    """The next state. Raises NotAllowed FEE-101 when the event does not belong to the state."""
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise NotAllowed("FEE-101", state=state.value, event=event.value) from None


@dataclass(frozen=True)
class Payer:
    """缴款人. ``number``: of the identity document, "" where unknown."""

    name: str = field(repr=False)
    number: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)


@dataclass(frozen=True)
class FeeDemand:
    """What is to be paid and for what. ``purpose`` tells several orders of one case apart, "" = its fee."""

    case_id: str
    serial: str  # 业务编号: the case's number
    payer: Payer
    items: tuple[FeeItem, ...]
    officer: str
    station: Station
    purpose: str = ""

    @property
    def total_fen(self) -> int:
        """缴款金额."""
        return sum(item.fen for item in self.items)


def require_demand(demand: FeeDemand) -> None:
    """Raises BadInput FEE-102 without an item, FEE-103 for an amount that is not a positive whole number of fen."""
    if not demand.items or len(demand.items) > MOST_ROWS:
        raise BadInput("FEE-102", most=MOST_ROWS)
    for item in demand.items:
        if not 0 < item.fen <= MOST_FEN:
            raise BadInput("FEE-103", item=item.name[:40], fen=item.fen)


@dataclass(frozen=True)
class PaymentSlip:
    """What the finance system gave with the code, as it said it; nothing here is computed."""

    code: str  # 缴款码
    qr: str  # what the QR code says, "" = the code itself
    fen: int  # 缴款金额 as the finance system has it
    deadline: str  # 缴费截止日期
    unit_name: str  # 执收单位名称
    notice_number: str = ""  # 通知书号
    check_code: str = ""  # 校验码
    channels: tuple[str, ...] = ()  # 缴款渠道


@dataclass(frozen=True)
class FiscalAccount:
    """Who asks: 执收单位编码, and the key agreed with the gateway."""

    unit_code: str
    app_id: str
    app_key: str = field(repr=False)


@dataclass(frozen=True)
class FeeWord:
    """One answer about one order. ``paid_at``: 缴款日期时间."""

    event: FeeEvent
    paid_at: datetime | None = None


@dataclass(frozen=True)
class ElectronicBill:
    """财政电子票据: the finance system's own PDF, byte for byte."""

    code: str  # 票据代码
    number: str  # 票据号码
    check_code: str  # 校验码
    pdf: bytes = field(repr=False)


@dataclass(frozen=True)
class FeeOrder:
    """One order as it stands. ``id`` is its key towards the finance system and never changes.

    ``attempts``: questions in a row that brought no word; ``error``: the code of the last one's trouble, "" when none.
    ``cancel_wanted``: the officer cancelled it, the finance system has not said so yet. ``bill``: 票据号码 once it is kept.
    """

    id: str
    demand: FeeDemand
    state: FeeState
    created: datetime
    next_try: datetime
    attempts: int = 0
    error: str = ""
    cancel_wanted: bool = False
    slip: PaymentSlip | None = None
    paid_at: datetime | None = None
    bill: str = ""
    signed: bool = False  # 单位电子签名 has been taken by the finance system

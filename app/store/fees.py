"""Payment orders in the database: one standing order a case and purpose, moved by the table, bills sealed as they came."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from app.config.clock import Clock
from app.domain.errors import NotAllowed, StoreFault
from app.domain.fees import (
    OPEN,
    STANDING,
    ElectronicBill,
    FeeDemand,
    FeeEvent,
    FeeOrder,
    FeeState,
    Payer,
    PaymentSlip,
    require_demand,
    step,
)
from app.domain.matters.matter import FeeItem
from app.domain.records import Station
from app.security.identifiers import new_id
from app.store.blobs import BlobContent, BlobFolder, BlobLabel
from app.store.database import fetch_all, transaction

BILL_KIND = "e-bill"


@dataclass(frozen=True)
class FeeNews:
    """What became known, and when to ask again. ``error``: the code of what kept an answer back."""

    event: FeeEvent
    next_try: datetime
    error: str = ""
    slip: PaymentSlip | None = None
    paid_at: datetime | None = None
    keep_cancelling: bool = True


def _marks(states: Iterable[FeeState]) -> str:
    return ", ".join(f"'{state.value}'" for state in sorted(states, key=lambda s: s.value))


class FeeRows:
    """Thread: any; shares the store's connection and lock."""

    def __init__(self, connection: Any, lock: threading.RLock, clock: Clock, blobs: BlobFolder) -> None:
        self._connection = connection
        self._lock = lock
        self._clock = clock
        self._blobs = blobs

    def _all(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        return fetch_all(self._connection, self._lock, sql, values)

    # -- writing ---------------------------------------------------------------------------------------

    def place(self, demand: FeeDemand) -> FeeOrder:
        """A new order, or the standing one of that case and purpose; durable when this returns.

        Raises BadInput FEE-102, FEE-103; NotAllowed FEE-104 when the standing one asks for something else.
        """
        require_demand(demand)
        now = self._clock.now().isoformat()
        with self._lock, transaction(self._connection):
            sql = f"SELECT * FROM fee_orders WHERE case_id = ? AND purpose = ? AND state IN ({_marks(STANDING)})"  # noqa: S608
            there = self._connection.execute(sql, (demand.case_id, demand.purpose)).fetchone()
            if there is None:
                sql = "SELECT count(*) AS n FROM fee_orders WHERE case_id = ?"
                before = self._connection.execute(sql, (demand.case_id,)).fetchone()["n"]
                values = (
                    new_id(),
                    demand.case_id,
                    demand.purpose,
                    f"{demand.serial}-{before + 1}"
                    if before
                    else demand.serial,  # each order's notice is a paper of its own
                    json.dumps(asdict(demand.payer), ensure_ascii=False),
                    json.dumps([asdict(item) for item in demand.items], ensure_ascii=False),
                    demand.total_fen,
                    demand.officer,
                    json.dumps(asdict(demand.station), ensure_ascii=False),
                    FeeState.ASKED.value,
                    now,
                    now,
                )
                self._connection.execute(
                    "INSERT INTO fee_orders (id, case_id, purpose, serial, payer, items, total, officer, station, state,"
                    " created, next_try) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    values,
                )
                there = self._row(values[0])
        order = order_of(there)
        if order.demand.items != demand.items:
            raise NotAllowed("FEE-104", serial=demand.serial)
        return order

    def _row(self, order_id: object) -> Any:
        row = self._connection.execute("SELECT * FROM fee_orders WHERE id = ?", (order_id,)).fetchone()
        if row is None:
            raise StoreFault("STO-110")
        return row

    def hear(self, order_id: str, news: FeeNews) -> FeeOrder:
        """The order after ``news``. Raises NotAllowed FEE-101 for news that do not belong to its state, StoreFault."""
        with self._lock, transaction(self._connection):
            row = self._row(order_id)
            state = step(FeeState(row["state"]), news.event)
            silent = news.event is FeeEvent.NO_WORD
            self._connection.execute(
                "UPDATE fee_orders SET state = ?, next_try = ?, attempts = ?, error = ?, slip = coalesce(?, slip),"
                " paid_at = coalesce(?, paid_at), cancel_wanted = ? WHERE id = ?",
                (
                    state.value,
                    news.next_try.isoformat(),
                    row["attempts"] + 1 if silent else 0,
                    news.error,
                    None if news.slip is None else json.dumps(asdict(news.slip), ensure_ascii=False),
                    None if news.paid_at is None else news.paid_at.isoformat(),
                    int(row["cancel_wanted"] and news.keep_cancelling and state in OPEN),
                    order_id,
                ),
            )
        return self.order(order_id)

    def trying(self, order_id: str) -> None:
        """From now on the finance system may know of it: it is no longer withdrawn without asking."""
        self._change("UPDATE fee_orders SET sent = 1 WHERE id = ?", (order_id,))

    def want_cancelled(self, order_id: str) -> FeeOrder:
        """The officer cancels. An order of which nothing was ever sent is over at once; another as soon as it can be said.

        Raises NotAllowed FEE-105 for one that is paid or over.
        """
        with self._lock:
            order = self.order(order_id)
            if order.state not in OPEN:
                raise NotAllowed("FEE-105", state=order.state.value)
            if not self._row(order_id)["sent"]:
                return self.hear(order_id, FeeNews(FeeEvent.WITHDRAWN, self._clock.now()))
            self._change("UPDATE fee_orders SET cancel_wanted = 1 WHERE id = ?", (order_id,))
        return self.hurry(order_id)

    def hurry(self, order_id: str) -> FeeOrder:
        """Ask at the next look."""
        self._change("UPDATE fee_orders SET next_try = ? WHERE id = ?", (self._clock.now().isoformat(), order_id))
        return self.order(order_id)

    def put_off(self, order_id: str, next_try: datetime, error: str) -> FeeOrder:
        """Its bill or signature could not be had: later again; what is known of the money stays."""
        self._change(
            "UPDATE fee_orders SET next_try = ?, error = ?, attempts = attempts + 1 WHERE id = ?",
            (next_try.isoformat(), error, order_id),
        )
        return self.order(order_id)

    def mark_signed(self, order_id: str) -> FeeOrder:
        """The finance system has taken the unit's signature."""
        self._change("UPDATE fee_orders SET signed = 1 WHERE id = ?", (order_id,))
        return self.order(order_id)

    def _change(self, sql: str, values: tuple[Any, ...]) -> None:
        with self._lock, transaction(self._connection):
            if self._connection.execute(sql, values).rowcount != 1:
                raise StoreFault("STO-110")

    def keep_bill(self, order_id: str, bill: ElectronicBill) -> FeeOrder:
        """Sealed on the disk, then named by the order; a bill that is there already stays. Raises StoreFault."""
        with self._lock:
            if self._row(order_id)["blob"]:
                return self.order(order_id)
            label = BlobLabel(BILL_KIND, new_id(), "", 0, self._clock.now().isoformat())
            self._blobs.write(label, BlobContent(bill.pdf, "", bill.code))
            self._change(
                "UPDATE fee_orders SET blob = ?, bill = ?, bill_check = ?, attempts = 0, error = '' WHERE id = ?",
                (label.id, bill.number, bill.check_code, order_id),
            )
        return self.order(order_id)

    # -- reading ---------------------------------------------------------------------------------------

    def order(self, order_id: str) -> FeeOrder:
        """Raises StoreFault STO-110 for an unknown one."""
        rows = self._all("SELECT * FROM fee_orders WHERE id = ?", (order_id,))
        if not rows:
            raise StoreFault("STO-110")
        return order_of(rows[0])

    def of_case(self, case_id: str) -> tuple[FeeOrder, ...]:
        """Every order of a case, oldest first."""
        return tuple(order_of(r) for r in self._all("SELECT * FROM fee_orders WHERE case_id = ? ORDER BY id", (case_id,)))

    def id_of_serial(self, serial: str) -> str:
        """The order with that 业务编号, "" when there is none."""
        rows = self._all("SELECT id FROM fee_orders WHERE serial = ? ORDER BY id DESC LIMIT 1", (serial,))
        return str(rows[0]["id"]) if rows else ""

    def recent(self, limit: int) -> tuple[FeeOrder, ...]:
        """The latest orders, newest first."""
        return tuple(order_of(r) for r in self._all("SELECT * FROM fee_orders ORDER BY id DESC LIMIT ?", (limit,)))

    def due(self, now: datetime, limit: int) -> tuple[FeeOrder, ...]:
        """What is to be asked about now: open orders, and paid ones whose bill is not here; oldest first."""
        rows = self._all(
            f"SELECT * FROM fee_orders WHERE (state IN ({_marks(OPEN)}) OR state = 'paid' AND blob = '')"  # noqa: S608
            " AND julianday(next_try) <= julianday(?) ORDER BY next_try, id LIMIT ?",
            (now.isoformat(), limit),
        )
        return tuple(order_of(row) for row in rows)

    def bill(self, order_id: str) -> ElectronicBill:
        """The bill as it came. Raises NotAllowed FEE-106 while there is none, StoreFault STO-107, SEA-…."""
        with self._lock:
            row = self._row(order_id)
            if not row["blob"]:
                raise NotAllowed("FEE-106")
            content = self._blobs.open(row["blob"])[1]
        return ElectronicBill(content.file_name, row["bill"], row["bill_check"], content.data)

    # -- 单位电子签名原文模板 ----------------------------------------------------------------------------

    def keep_signature_template(self, text: str) -> None:
        """The template that was asked for by hand; it holds until somebody asks again (L11045)."""
        with self._lock, transaction(self._connection):
            self._connection.execute("DELETE FROM fee_signature_template")
            self._connection.execute(
                "INSERT INTO fee_signature_template VALUES (?, ?)", (text, self._clock.now().isoformat())
            )

    def signature_template(self) -> str:
        """The template in force, "" when none was ever asked for."""
        rows = self._all("SELECT text FROM fee_signature_template")
        return str(rows[0]["text"]) if rows else ""


def order_of(row: Any) -> FeeOrder:
    """A row of ``fee_orders``."""
    slip = json.loads(row["slip"]) if row["slip"] else None
    demand = FeeDemand(
        case_id=row["case_id"],
        serial=row["serial"],
        payer=Payer(**json.loads(row["payer"])),
        items=tuple(FeeItem(**item) for item in json.loads(row["items"])),
        officer=row["officer"],
        station=Station(**json.loads(row["station"])),
        purpose=row["purpose"],
    )
    return FeeOrder(
        id=row["id"],
        demand=demand,
        state=FeeState(row["state"]),
        created=datetime.fromisoformat(row["created"]),
        next_try=datetime.fromisoformat(row["next_try"]),
        attempts=row["attempts"],
        error=row["error"],
        cancel_wanted=bool(row["cancel_wanted"]),
        slip=None if slip is None else PaymentSlip(**{**slip, "channels": tuple(slip["channels"])}),
        paid_at=datetime.fromisoformat(row["paid_at"]) if row["paid_at"] else None,
        bill=row["bill"],
        signed=bool(row["signed"]),
    )

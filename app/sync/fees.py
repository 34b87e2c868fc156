"""Asks the finance system about open payment orders, again and again, and writes down what it says; silence is silence."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from app.config.clock import Clock
from app.domain.errors import NetworkFault, NotAllowed
from app.domain.fees import OPEN, FeeEvent, FeeOrder, FeeState
from app.store.fees import FeeNews, FeeRows
from app.sync.client import RefusedByBackend
from app.sync.drain import DrainReport, back_off_s
from app.sync.fiscal import FiscalClient, UnitSignature

_BATCH = 20
_CAP_S = 300.0
# After these nothing else would get through either: the pass ends.
_LINE_DOWN = frozenset({"FEE-121", "FEE-122", "FEE-123", "FEE-124"})

_Answer = TypeVar("_Answer")
Sign = Callable[[bytes], UnitSignature]


def ask_again_s(age_s: float, interval_s: float) -> float:
    """While the payer stands at the window every ``interval_s``; then ever more seldom, at last every five minutes."""
    return min(_CAP_S, max(interval_s, age_s / 20.0))


class FeeRound:
    """Thread: any, one question at a time; a question blocks as long as the client's own deadlines."""

    def __init__(self, rows: FeeRows, client: FiscalClient, sign: Sign, clock: Clock, interval_s: float) -> None:
        self._rows = rows
        self._client = client
        self._sign = sign
        self._clock = clock
        self._interval_s = interval_s
        self._lock = threading.Lock()
        self._jitter = random.Random()  # noqa: S311 - spreads load, keeps no secret

    def run_once(self) -> DrainReport:
        """Ask about everything that is due. Raises StoreFault only when the store itself fails."""
        asked, stopped_by = 0, ""
        for order in self._rows.due(self._clock.now(), _BATCH):
            now = self.ask(order.id)
            asked += not now.error
            if now.error in _LINE_DOWN:
                stopped_by = now.error
                break
        return DrainReport(asked, 0, stopped_by, self._clock.now())

    def ask(self, order_id: str) -> FeeOrder:
        """One order, one step on its way; its state and ``error`` say what came of it."""
        with self._lock:
            order = self._rows.order(order_id)
            try:
                return self._step(order)
            except NetworkFault as error:
                return self._silence(order_id, error)

    def call(self, question: Callable[[FiscalClient], _Answer]) -> _Answer:
        """Something else asked of the finance system in between. Raises what the client raises."""
        with self._lock:
            return question(self._client)

    # -- one step --------------------------------------------------------------------------------------

    def _step(self, order: FeeOrder) -> FeeOrder:
        if order.state is FeeState.ASKED:
            order = self._order(order)
        elif order.state is FeeState.PAID:
            return order if order.bill else self._rows.keep_bill(order.id, self._client.bill(_code(order)))
        if order.cancel_wanted and order.slip is not None:
            return self._cancel(order)
        if order.slip is None:
            return order
        order = self._status(order)
        if order.state in OPEN and not order.signed:
            order = self._signature(order)
        return order

    def _order(self, order: FeeOrder) -> FeeOrder:
        self._rows.trying(order.id)
        try:
            slip = self._client.order(order)
        except RefusedByBackend as error:
            return self._rows.hear(order.id, FeeNews(FeeEvent.SAID_NO, self._clock.now(), error.code))
        if slip.fen != order.demand.total_fen:
            # Nobody is shown a code for another sum than the officer named.
            return self._rows.hear(order.id, FeeNews(FeeEvent.SAID_NO, self._clock.now(), "FEE-107"))
        return self._rows.hear(order.id, FeeNews(FeeEvent.CODE_GIVEN, self._later(order), slip=slip))

    def _cancel(self, order: FeeOrder) -> FeeOrder:
        try:
            self._client.cancel(_code(order))
        except RefusedByBackend:
            # Paid or overdue meanwhile (L11026): its state says which, and nothing is cancelled any more.
            return self._status(order, keep_cancelling=False)
        return self._rows.hear(order.id, FeeNews(FeeEvent.SAID_CANCELLED, self._clock.now()))

    def _status(self, order: FeeOrder, *, keep_cancelling: bool = True) -> FeeOrder:
        word = self._client.status(_code(order))
        silent = word.event is FeeEvent.NO_WORD
        news = FeeNews(
            word.event,
            self._later(order),
            error="FEE-128" if silent else "",
            paid_at=word.paid_at,
            keep_cancelling=keep_cancelling,
        )
        try:
            heard = self._rows.hear(order.id, news)
        except NotAllowed:
            # A word that cannot follow what was said before (paid, then unpaid): what was said first stays.
            return self._rows.put_off(order.id, self._later(order), "FEE-129")
        if heard.state is FeeState.PAID and not heard.bill:
            return self._rows.keep_bill(order.id, self._client.bill(_code(order)))
        return heard

    def _signature(self, order: FeeOrder) -> FeeOrder:
        template = self._rows.signature_template()
        if not template:
            return order
        try:
            self._client.sign(_code(order), template, self._sign)
        except NetworkFault as error:
            return self._rows.put_off(order.id, self._later(order), error.code)  # what was just said of the money stays
        return self._rows.mark_signed(order.id)

    def _silence(self, order_id: str, error: NetworkFault) -> FeeOrder:
        """No answer, or a bill or signature that is not to be had yet. Only an open order is unknown by it."""
        order = self._rows.order(order_id)
        again = self._clock.now() + timedelta(seconds=back_off_s(order.attempts, self._jitter.random()))
        if order.state in OPEN:
            return self._rows.hear(order_id, FeeNews(FeeEvent.NO_WORD, again, error.code))
        return self._rows.put_off(order_id, again, error.code)

    def _later(self, order: FeeOrder) -> datetime:
        now = self._clock.now()
        age_s = max(0.0, (now - order.created).total_seconds())
        return now + timedelta(seconds=ask_again_s(age_s, self._interval_s))


def _code(order: FeeOrder) -> str:
    """Only orders with a code come here."""
    if order.slip is None:
        raise NetworkFault("FEE-127")
    return order.slip.code

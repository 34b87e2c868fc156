"""One pass over the outbox: send what is due, oldest first; a row is done on the back end's receipt alone."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from app.config.clock import Clock
from app.config.register import register
from app.domain.errors import NetworkFault, StoreFault
from app.domain.records import OutboxItem, OutboxKind
from app.store.store import Store
from app.sync.client import BackendClient, RefusedByBackend, question_of

_BASE_S, _CAP_S = 2.0, 300.0
_BATCH = 20

# After these nothing else would get through either: the pass ends, the rest waits its turn.
LINE_DOWN = frozenset({"NET-101", "NET-102", "NET-103", "NET-104"})


@dataclass(frozen=True)
class DrainReport:
    """What one pass did; ``stopped_by`` is the code that ended it early, "" when it reached the end."""

    sent: int
    refused: int
    stopped_by: str
    finished: datetime


def back_off_s(attempts: int, jitter: float) -> float:
    """Doubling from two seconds to five minutes; ``jitter`` 0..1 spreads terminals over half of it."""
    return min(_CAP_S, _BASE_S * 2.0 ** min(attempts, 20)) * (0.5 + 0.5 * jitter)


_Item = TypeVar("_Item")


def passed_over(
    due: Callable[[datetime, int], Sequence[_Item]], send: Callable[[_Item], str], clock: Clock, batch: int = _BATCH
) -> DrainReport:
    """Everything that is due, a few at a time, until nothing is or the line is down. ``send`` says "" when acknowledged,
    "refused CODE", or the code of why not."""
    sent = refused = 0
    stopped_by = ""
    while not stopped_by:
        waiting = due(clock.now(), batch)
        if not waiting:
            break
        for item in waiting:
            error = send(item)
            sent += error == ""
            refused += error.startswith("refused ")
            if error in LINE_DOWN:
                stopped_by = error
                break
    return DrainReport(sent, refused, stopped_by, clock.now())


class Drain:
    """Thread: one pass at a time."""

    def __init__(self, store: Store, client: BackendClient, clock: Clock) -> None:
        self._store = store
        self._client = client
        self._clock = clock
        self._jitter = random.Random()  # noqa: S311 - spreads load, keeps no secret

    def run_once(self) -> DrainReport:
        """Send everything that is due. Raises StoreFault only when the store itself fails."""
        return passed_over(self._store.outbox.due, self._send, self._clock)

    def _send(self, item: OutboxItem) -> str:
        """One item; "" when acknowledged, else why not."""
        self._store.outbox.mark_sending(item.id)
        try:
            self._deliver(item)
        except RefusedByBackend as error:
            self._store.outbox.mark_refused(item.id, error.code)
            return f"refused {error.code}"
        except NetworkFault as error:
            wait = timedelta(seconds=back_off_s(item.attempts, self._jitter.random()))
            self._store.outbox.mark_waiting(item.id, error.code, self._clock.now() + wait)
            return error.code
        except StoreFault as error:
            # This item's picture cannot be read: it must not keep the others from leaving.
            self._store.outbox.mark_refused(item.id, error.code)
            return f"refused {error.code}"
        return ""

    def _deliver(self, item: OutboxItem) -> None:
        """Send it, or ask it; then record what came back."""
        if item.case_number:
            self._store.outbox.mark_sent(item.id, self._client.send_case(self._store.outbox.case_content(item)))
            return
        content = self._store.outbox.content(item)
        if item.kind is OutboxKind.INSPECTION:
            self._store.answers.fill(item, self._client.inspect(question_of(content)), register().keys())
        else:
            self._store.outbox.mark_sent(item.id, self._client.send(content))

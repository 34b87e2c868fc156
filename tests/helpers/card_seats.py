"""A simulated card reader behind its worker, ready."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.desk.card_seat import CardSeat
from devices.registry import worker_launch


@contextmanager
def card_reader(options: str) -> Iterator[CardSeat]:
    seat = CardSeat(worker_launch("card_reader", f"sim:card?{options}"), None)
    seat.start()
    try:
        assert seat.wait_until_known(20)
        yield seat
    finally:
        seat.stop()

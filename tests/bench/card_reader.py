"""A card on the reader to its fields, beside the time that the same bytes need on the wire at 115200 baud."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.rows import Row, row

from app.desk.card_seat import CardSeat
from devices.ports.card_reader import ReadRequest
from devices.registry import worker_launch
from devices.simulators.sdt.cards import invented_card
from devices.simulators.sdt.machine import SamModule
from devices.simulators.sdt.terminal import TerminalReader

_BAUD = 115200
_BITS_A_BYTE = 10
_RUNS = 9


def measure() -> Iterator[Row]:
    """Through the worker, with and without fingerprints; the simulated module thinks no time, its wire takes its own."""
    for name, fingerprints in (("text and photo", False), ("text, photo and fingerprints", True)):
        with _seat() as (terminal, seat):
            times, wires = zip(*(_tap(terminal, seat, seed, fingerprints) for seed in range(_RUNS + 1)), strict=True)
        yield row(
            f"card on the reader to fields, {name}",
            1000 * statistics.median(times[1:]),
            "ms",
            "the same bytes on the wire at 115200 baud (both ways, 10 bits a byte)",
            1000 * statistics.median(wires[1:]),
        )


@contextmanager
def _seat() -> Iterator[tuple[TerminalReader, CardSeat]]:
    with tempfile.TemporaryDirectory() as folder:
        terminal = TerminalReader(SamModule(), Path(folder) / "reader", _BAUD, paced=True)
        terminal.start()
        seat = CardSeat(worker_launch("card_reader", f"sdt:{terminal.path}?baud={_BAUD}"), None)
        seat.start()
        try:
            if not seat.wait_until_known(15):
                raise SystemExit(f"the simulated reader did not answer: {seat.error}")
            yield terminal, seat
        finally:
            seat.stop()
            terminal.stop()


def _tap(terminal: TerminalReader, seat: CardSeat, seed: int, fingerprints: bool) -> tuple[float, float]:
    """Seconds from the question to the fields, and seconds that the bytes of both ways need."""
    terminal.module.lay(invented_card("resident", seed, new_address=True))
    before = terminal.sent + terminal.received
    begun = time.perf_counter()
    card = seat.read(ReadRequest(5.0, fingerprints, same_again=True)).result(20).card
    elapsed = time.perf_counter() - begun
    assert card.name
    assert card.number.startswith("999999")
    return elapsed, (terminal.sent + terminal.received - before) * _BITS_A_BYTE / _BAUD

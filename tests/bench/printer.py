"""Ticket bytes per second through host, pipe, worker and driver beside a plain socket write to the same simulator."""

from __future__ import annotations

import socket
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.rows import Row, row

from app.printing.charset import UNCHECKED
from app.printing.template import load_template
from app.printing.ticket import TicketPrinter
from app.printing.tickets import PaymentItem, PaymentNoticeFacts
from devices.host.printer import PrinterHost
from devices.ports.printer import JobOutcome
from helpers.printers import FONT, hosted, simulated

_RUNS = 9


def measure() -> Iterator[Row]:
    """One payment notice, to the printer's own word after the cut, A B A B … after one warm-up of both."""
    job = _notice()
    with tempfile.TemporaryDirectory() as folder, simulated(Path(folder)) as (simulator, address), hosted(address) as host:
        _ours(host, job)
        _bare(simulator.port, job)
        pairs = [(_ours(host, job), _bare(simulator.port, job)) for _ in range(_RUNS)]
    ours, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
    yield row(
        "ticket bytes per second, sent and confirmed",
        len(job) / ours,
        "B/s",
        "plain socket write and GS r 1, same simulator",
        len(job) / bare,
    )


def _notice() -> bytes:
    facts = PaymentNoticeFacts(
        serial="PZ1",
        unit="训练市公安局",
        code="99992026112400000123",
        collecting_unit="训练市公安局",
        items=(PaymentItem("工本费（𬱖）", "120.00 元/本", 1, 120_00),),
        issued="2026-11-24 09:40",
        deadline="2026-12-01",
        window="5",
        officer="zhang",
        channels=("银行柜面",),
        payer="欧阳示例",
    )
    return TicketPrinter(576, FONT, UNCHECKED).job(facts.fields(0, training=True), load_template("payment-notice")).data


def _ours(host: PrinterHost, job: bytes) -> float:
    begun = time.perf_counter()
    assert host.print(job, 20).result(60) is JobOutcome.CONFIRMED
    return time.perf_counter() - begun


def _bare(port: int, job: bytes) -> float:
    begun = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(job + b"\x1dr\x01")
        assert line.recv(1)
    return time.perf_counter() - begun

"""What any bytes of a printer must end in; one input a call."""

from __future__ import annotations

import contextlib

from devices.drivers.cups.ipp import IppBroken, decoded
from devices.drivers.cups.printer import job_of, queue_of
from devices.drivers.escpos.printer import EscposPrinter
from devices.drivers.escpos.status import is_done_answer, parse, valid
from devices.ports.errors import DeviceError
from devices.ports.printer import JobOutcome, PrinterState, PrinterStatus
from devices.simulators.ipp.server import IppSimulator


def check_status_bytes(data: tuple[bytes, ...]) -> None:
    """The fuzz target: what the replies do not say is not claimed."""
    one, two, three, four = data
    state = parse((one, two, three, four)).state
    if state is PrinterState.PAPER_END:
        assert (valid(four) and four[0] & 0x60 == 0x60) or (valid(two) and two[0] & 0x20)
    if state in (PrinterState.READY, PrinterState.NEAR_END):
        assert valid(one)
        assert not one[0] & 0x28


class AnsweringWire:
    """A connection whose printer answers with a given stream of bytes, one a read."""

    answers = True

    def __init__(self, stream: bytes) -> None:
        self._stream = list(stream)
        self.written = b""

    def write(self, data: bytes, timeout_s: float) -> None:
        self.written += data

    def read(self, timeout_s: float) -> bytes:
        return bytes((self._stream.pop(0),)) if self._stream and self.written else b""

    def close(self) -> None:
        pass


def check_answer_stream(stream: bytes) -> None:
    """The fuzz target: whatever a printer answers, asking and printing end, confirmed only by a GS r answer."""
    status = EscposPrinter("x", AnsweringWire(stream), 576).status()
    assert isinstance(status, PrinterStatus)
    wire = AnsweringWire(stream)
    try:
        outcome = EscposPrinter("x", wire, 576).print(b"job", 0.0)
    except DeviceError:
        return
    assert outcome is JobOutcome.UNCERTAIN or any(is_done_answer(bytes((b,))) for b in stream)


_SIMULATED = IppSimulator()


def check_request(data: bytes) -> None:
    """The fuzz target: whatever is sent to training's printer, it answers in IPP, with the request's own number."""
    answer = decoded(_SIMULATED.answer(data))
    assert answer.status == 0 or answer.status >= 0x0400
    for job in list(_SIMULATED.room.jobs):
        del _SIMULATED.room.jobs[job]


def check_response(data: bytes) -> None:
    """The fuzz target: a response, or IppBroken, or a device error; nothing else, and no time lost."""
    try:
        answer = decoded(data)
    except IppBroken:
        return
    queue_of(answer)
    with contextlib.suppress(DeviceError):
        job_of(answer)

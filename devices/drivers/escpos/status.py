"""DLE EOT 1-4 and GS r 1: what the printer says of itself, bit by bit (Epson ESC/POS reference, DLE EOT and GS r)."""

from __future__ import annotations

from devices.ports.printer import PrinterState, PrinterStatus

_OFFLINE = 0x08
_WAITING_FOR_RECOVERY = 0x20
_COVER = 0x04
_STOPPED_BY_PAPER_END = 0x20
_ERROR = 0x40
_CUTTER = 0x08
_UNRECOVERABLE = 0x20
_RECOVERS_BY_ITSELF = 0x40
_NEAR_END = 0x0C
_END = 0x60
_SENSOR_END = 0x0C


def query(number: int) -> bytes:
    """The real-time request ``number`` 1..4."""
    return bytes((0x10, 0x04, number))


def valid(reply: bytes) -> bool:
    """A status byte is always 0xx1xx10; anything else is noise or another answer."""
    return len(reply) == 1 and reply[0] & 0b10010011 == 0b00010010


def is_done_answer(reply: bytes) -> bool:
    """Whether this is an answer to GS r: 0xx0xxxx, which no real-time status is."""
    return len(reply) == 1 and reply[0] & 0b10010000 == 0


def says_paper_end(answer: bytes) -> bool:
    """Whether an answer to GS r 1 reports the end of the roll."""
    return answer[0] & _SENSOR_END == _SENSOR_END


def is_hot(reply: bytes) -> bool:
    """Whether a reply to DLE EOT 3 names an error that goes by itself, as a hot head does."""
    return valid(reply) and bool(reply[0] & _RECOVERS_BY_ITSELF)


def parse(replies: tuple[bytes, bytes, bytes, bytes]) -> PrinterStatus:
    """The worst thing said. READY only when the printer itself says it is on line; no answer is UNKNOWN, never paper out.

    The paper sensors' bits come in pairs: a reply with half a pair contradicts itself and says nothing.
    """
    printer, cause, error, paper = (reply[0] if valid(reply) else None for reply in replies)
    if paper is not None and (paper & _NEAR_END not in (0, _NEAR_END) or paper & _END not in (0, _END)):
        paper = None
    # In the order in which a person would mend them.
    findings = (
        (cause, _COVER, PrinterState.COVER_OPEN),
        (paper, _END, PrinterState.PAPER_END),
        (cause, _STOPPED_BY_PAPER_END, PrinterState.PAPER_END),
        (error, _CUTTER, PrinterState.CUTTER_FAULT),
        (error, _UNRECOVERABLE | _RECOVERS_BY_ITSELF, PrinterState.ERROR),
        (cause, _ERROR, PrinterState.ERROR),
        (printer, _OFFLINE | _WAITING_FOR_RECOVERY, PrinterState.OFFLINE),
    )
    for byte, bits, state in findings:
        if byte is not None and byte & bits:
            return PrinterStatus(state, replies)
    if printer is None:
        return PrinterStatus(PrinterState.UNKNOWN, replies)
    near = paper is not None and paper & _NEAR_END
    return PrinterStatus(PrinterState.NEAR_END if near else PrinterState.READY, replies)

"""DLE EOT 1-4: what the printer says of itself, bit by bit (Epson ESC/POS reference, DLE EOT)."""

from __future__ import annotations

from devices.ports.printer import PrinterState, PrinterStatus

_OFFLINE = 0x08
_COVER = 0x04
_STOPPED_BY_PAPER_END = 0x20
_ERROR = 0x40
_CUTTER = 0x08
_UNRECOVERABLE = 0x20
_NEAR_END = 0x0C
_END = 0x60


def query(number: int) -> bytes:
    """The real-time request ``number`` 1..4."""
    return bytes((0x10, 0x04, number))


def valid(reply: bytes) -> bool:
    """A status byte is always 0xx1xx10; anything else is noise or another answer."""
    return len(reply) == 1 and reply[0] & 0b10010011 == 0b00010010


def parse(replies: tuple[bytes, bytes, bytes, bytes]) -> PrinterStatus:
    """The worst thing said. No valid answer at all is UNKNOWN, never paper out and never ready."""
    printer, cause, error, paper = (reply[0] if valid(reply) else None for reply in replies)
    if all(byte is None for byte in (printer, cause, error, paper)):
        return PrinterStatus(PrinterState.UNKNOWN, replies)
    # In the order in which a person would mend them.
    findings = (
        (cause, _COVER, PrinterState.COVER_OPEN),
        (paper, _END, PrinterState.PAPER_END),
        (cause, _STOPPED_BY_PAPER_END, PrinterState.PAPER_END),
        (error, _CUTTER, PrinterState.CUTTER_FAULT),
        (error, _UNRECOVERABLE, PrinterState.ERROR),
        (cause, _ERROR, PrinterState.ERROR),
        (printer, _OFFLINE, PrinterState.OFFLINE),
        (paper, _NEAR_END, PrinterState.NEAR_END),
    )
    for byte, bits, state in findings:
        if byte is not None and byte & bits:
            return PrinterStatus(state, replies)
    return PrinterStatus(PrinterState.READY, replies)

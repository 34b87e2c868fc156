"""What any text and any bytes must end in, at the readers of travel documents; one input a call."""

from __future__ import annotations

from datetime import date

from app.domain.errors import BadInput
from app.domain.mrz.parse import lines_of, parse
from app.domain.mrz.reading import Reading
from devices.drivers.mrz.framing import Framer, Framing, Rubbish, Zone
from devices.ports.document_reader import ZONE_SHAPES

TODAY = date(2026, 11, 24)


def read_any_text(text: str) -> Reading | None:
    """The fuzz target of texts: a reading or a typed refusal, whatever comes."""
    reading, code = None, ""
    try:
        reading = parse(lines_of(text), TODAY)
    except BadInput as refused:
        code = refused.code
    assert code in {"", "TRV-101", "TRV-102"}
    return reading


def frame_any_bytes(data: bytes, step: int, framing: Framing) -> list[Zone | Rubbish]:
    """The fuzz target of the wire: only zones' shapes and rubbish come out, and little is ever held."""
    framer = Framer(framing)
    found: list[Zone | Rubbish] = []
    for start in range(0, len(data), step):
        found += framer.feed(data[start : start + step])
        assert sum(map(len, framer.held())) <= 512
    found += framer.silence()
    assert not framer.waiting
    for zone in found:
        if isinstance(zone, Zone):
            assert (len(zone.lines), len(zone.lines[0])) in ZONE_SHAPES
    return found

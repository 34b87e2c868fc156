"""What is laid on the simulated reader, one after another, and what goes wrong with it.

File (JSON): ``{"documents": [{"specimen": "passport"}, {"specimen": "card", "fault": "truncated"},
{"lines": ["…", "…"], "fault": "slow"}], "every_s": 1.0, "framing": "stx"}``
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from devices.simulators.mrz.documents import SPECIMENS


class Fault(Enum):
    """What can go wrong between a document and its lines."""

    NONE = "none"
    MISREAD = "misread"  # a 0 arrives as a letter O
    TRUNCATED = "truncated"  # the last ten characters are missing
    BROKEN_OFF = "broken-off"  # silence in the middle of it
    NOISE = "noise"  # bytes with the eighth bit set among the characters
    NO_READ = "no-read"  # NAK
    TWICE = "twice"  # the same zone again at once
    SWAPPED = "swapped"  # lower line first
    FLOOD = "flood"  # endless characters, no end
    SLOW = "slow"  # byte by byte
    ONE_LINE = "one-line"  # no line ends
    UNPLUGGED = "unplugged"  # the line goes away in mid-work
    NOTHING = "nothing"  # the document is not noticed


@dataclass(frozen=True)
class Laid:
    """One document laid on the reader."""

    lines: tuple[str, ...]
    fault: Fault = Fault.NONE


@dataclass(frozen=True)
class Script:
    """``framing``: ``lines`` or ``stx``; the documents come round again when they are through."""

    documents: tuple[Laid, ...] = (Laid(SPECIMENS["passport"]),)
    every_s: float = 1.0
    framing: str = "lines"

    @classmethod
    def load(cls, path: Path) -> Script:
        """From a file. Raises ValueError, KeyError, OSError: a script is the tester's own."""
        table = json.loads(path.read_text(encoding="utf-8"))
        rows = table.get("documents", [{"specimen": "passport"}])
        laid = tuple(
            Laid(tuple(row.get("lines") or SPECIMENS[row["specimen"]]), Fault(row.get("fault", "none"))) for row in rows
        )
        return cls(laid, float(table.get("every_s", 1.0)), str(table.get("framing", "lines")))


def pieces(laid: Laid, framing: str) -> list[bytes]:
    """The bytes on the wire, in the pieces in which they leave; faults that are no bytes (unplugged) give none."""
    lines = list(laid.lines)
    if laid.fault is Fault.SWAPPED:
        lines.reverse()
    if laid.fault is Fault.MISREAD:
        lines[-1] = lines[-1].replace("0", "O", 1)
    if laid.fault is Fault.TRUNCATED:
        lines[-1] = lines[-1][:-10]
    text = "".join(lines) if laid.fault is Fault.ONE_LINE else "\r\n".join(lines)
    body = b"\x02" + text.encode() + b"\x03" if framing == "stx" else text.encode() + b"\r\n"
    if laid.fault is Fault.NOISE:
        body = body[:20] + b"\xc5\xff\x00" + body[23:]
    if laid.fault is Fault.SLOW:
        return [bytes((byte,)) for byte in body]
    special = {
        Fault.BROKEN_OFF: [body[: len(body) // 2]],
        Fault.NO_READ: [b"\x15"],
        Fault.TWICE: [body, body],
        Fault.FLOOD: [b"<" * 1024] * 8,
        Fault.UNPLUGGED: [body[:10]],
        Fault.NOTHING: [],
    }
    return special.get(laid.fault, [body])

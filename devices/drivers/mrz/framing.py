"""Bytes of a document reader → whole zones, in bounded memory, nothing put right.

Two ways to mark a zone are common: plain lines ended by CR or LF, and STX … ETX around all lines. Which one a reader
speaks is a setting; ``auto`` takes what comes: STX begins a frame, anything else is lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from devices.ports.document_reader import ZONE_SHAPES

STX, ETX, NAK = 0x02, 0x03, 0x15
_ENDS = b"\r\n"
_ZONE_BYTES = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<")
# The largest zone has 90 characters and six line ends; a reader may send a prefix. What is longer is noise.
_LARGEST = 256
_MOST_LINES = max(lines for lines, _ in ZONE_SHAPES)
_WHOLE = {lines * length: length for lines, length in ZONE_SHAPES}


class Framing(Enum):
    """How a reader marks the ends of what it sends."""

    LINES = "lines"
    STX_ETX = "stx"
    AUTO = "auto"


@dataclass(frozen=True)
class Zone:
    """A whole zone."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Rubbish:
    """Something that ended and is no zone; ``reason`` is for the log and holds no data."""

    reason: str


class Framer:
    """Feed bytes in any pieces. One zone or one piece of rubbish at a time comes out."""

    def __init__(self, framing: Framing) -> None:
        self._framing = framing
        self._line = bytearray()
        self._lines: list[bytes] = []
        self._framed = False
        self._overrun = False

    @property
    def waiting(self) -> bool:
        """Whether something has begun and not ended."""
        return self._framed or self._overrun or bool(self._line) or bool(self._lines)

    def held(self) -> tuple[bytes, ...]:
        """What has come and not ended, line by line: never more than a few hundred bytes."""
        return (*self._lines, bytes(self._line))

    def feed(self, data: bytes) -> list[Zone | Rubbish]:
        """What ended within ``data``."""
        found: list[Zone | Rubbish] = []
        for byte in data:
            found += self._byte(byte)
        return found

    def silence(self) -> list[Zone | Rubbish]:
        """The reader has paused: what has begun is over. Lines may end so; a frame may not."""
        if not self.waiting:
            return []
        if self._framed or self._framing is Framing.STX_ETX:
            return [self._drop("broke off")]
        self._end_of_line()
        return [self._judged()] if self._lines or self._overrun else []

    def _byte(self, byte: int) -> list[Zone | Rubbish]:
        if byte == NAK and not self.waiting:
            return [Rubbish("reader says it could not read")]
        if byte == STX and self._framing is not Framing.LINES:
            return self._begin_frame()
        if byte == ETX and self._framed:
            self._end_of_line()
            return [self._judged()]
        if byte in _ENDS:
            return self._line_end()
        # Between frames a reader may send anything (a bell, a newline).
        if self._framed or self._framing is not Framing.STX_ETX:
            self._character(byte)
        return []

    def _begin_frame(self) -> list[Zone | Rubbish]:
        found: list[Zone | Rubbish] = [self._drop("new frame within another")] if self.waiting else []
        self._framed = True
        return found

    def _line_end(self) -> list[Zone | Rubbish]:
        self._end_of_line()
        whole = not self._framed and _shape(tuple(len(line) for line in self._lines)) is not None
        return [self._judged()] if whole else []

    def _character(self, byte: int) -> None:
        if len(self._line) + sum(map(len, self._lines)) >= _LARGEST:
            # Thrown away until the next end, told once there.
            self._overrun = True
            self._line.clear()
            self._lines.clear()
        self._line.append(byte)

    def _end_of_line(self) -> None:
        if self._line:
            self._lines.append(bytes(self._line))
            self._line.clear()
        if not self._framed and len(self._lines) > _MOST_LINES:
            self._overrun = True
            self._lines.clear()

    def _begin_anew(self) -> None:
        self._line.clear()
        self._lines.clear()
        self._framed = self._overrun = False

    def _drop(self, reason: str) -> Rubbish:
        self._begin_anew()
        return Rubbish(reason)

    def _judged(self) -> Zone | Rubbish:
        lines, overrun = list(self._lines), self._overrun
        self._begin_anew()
        if overrun:
            return Rubbish("too long")
        if len(lines) == 1 and len(lines[0]) in _WHOLE:
            step = _WHOLE[len(lines[0])]
            lines = [lines[0][i : i + step] for i in range(0, len(lines[0]), step)]
        if not lines:
            return Rubbish("empty")
        if any(byte not in _ZONE_BYTES for line in lines for byte in line):
            return Rubbish("characters that no zone has")
        if _shape(tuple(map(len, lines))) is None:
            return Rubbish(f"{len(lines)} lines of {', '.join(str(len(line)) for line in lines)}")
        return Zone(tuple(line.decode("ascii") for line in lines))


def _shape(lengths: tuple[int, ...]) -> tuple[int, int] | None:
    shape = (len(lengths), lengths[0] if lengths else 0)
    if all(length == shape[1] for length in lengths) and shape in ZONE_SHAPES:
        return shape
    # One line that holds the whole zone.
    return shape if len(lengths) == 1 and lengths[0] in _WHOLE else None

"""SDT frames: requests out, replies back out of any stream of bytes, however much of it is noise.

``AA AA AA 96 69 | Len (2, big endian) | body | CHK``; Len counts body and CHK, CHK is the exclusive or of every byte from
Len to the end of the body (GA/T 467, SAM_V). A reply's body begins with SW1 SW2 SW3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import xor

PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
# Some readers lose one or two leading AA on the way; what every reply still shows is this.
_MARK = b"\xaa\x96\x69"
_STATUS_BYTES = 3
# The longest reply known has 2321 bytes; a longer claim is a damaged length and must not be waited for.
LARGEST_LENGTH = 4096
_SHORTEST_LENGTH = _STATUS_BYTES + 1


def checksum(data: bytes) -> int:
    """Exclusive or of all bytes, 0..255."""
    return reduce(xor, data, 0)


def request(command: int, parameter: int, data: bytes = b"") -> bytes:
    """A whole request frame."""
    body = bytes((command, parameter)) + data
    counted = (len(body) + 1).to_bytes(2, "big") + body
    return PREAMBLE + counted + bytes((checksum(counted),))


@dataclass(frozen=True)
class Reply:
    """One sound reply: three status bytes and the data behind them."""

    status: bytes
    data: bytes

    @property
    def word(self) -> int:
        """SW3, which says what happened."""
        return self.status[2]


class ReplyParser:
    """Feed it bytes as they come; it yields sound replies and passes over everything else.

    One parser serves one answer: bytes left over belong to nobody. Memory is bounded by ``LARGEST_LENGTH``.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._damage = ""

    def feed(self, data: bytes) -> Iterator[Reply]:
        """Replies that are complete now."""
        self._buffer += data
        while (at := self._buffer.find(_MARK)) >= 0:
            del self._buffer[:at]
            start = len(_MARK)
            if len(self._buffer) < start + 2:
                return
            length = int.from_bytes(self._buffer[start : start + 2], "big")
            if not _SHORTEST_LENGTH <= length <= LARGEST_LENGTH:
                self._pass_over(f"length {length}")
                continue
            end = start + 2 + length
            if len(self._buffer) < end:
                return
            counted, check = bytes(self._buffer[start : end - 1]), self._buffer[end - 1]
            if checksum(counted) != check:
                self._pass_over(f"checksum {check:02X}, not {checksum(counted):02X}")
                continue
            del self._buffer[:end]
            yield Reply(counted[2 : 2 + _STATUS_BYTES], counted[2 + _STATUS_BYTES :])
        # Only the beginning of a mark may wait for its rest.
        del self._buffer[: max(0, len(self._buffer) - len(_MARK) + 1)]

    def _pass_over(self, damage: str) -> None:
        """Not a frame after all: look for the next one inside it."""
        self._damage = self._damage or damage
        del self._buffer[:1]

    def end(self) -> Iterator[Reply]:
        """No more bytes will come: what looked like the beginning of a frame was none, or was cut."""
        while self.waiting:
            self._pass_over(f"cut after {len(self._buffer)} bytes")
            yield from self.feed(b"")

    @property
    def damage(self) -> str:
        """What was wrong with the first thing that looked like a frame, "" when nothing was."""
        return self._damage

    @property
    def waiting(self) -> bool:
        """Whether a frame has begun and not ended."""
        return self._buffer.startswith(_MARK)
